"""Gather: from paths to documents. What cannot be read becomes a `Skip` that says what to do."""

from rashomon.collect.documents.gather import gather, gather_again
from rashomon.collect.documents.gathered import Gathered

__all__ = ["Gathered", "gather", "gather_again"]
