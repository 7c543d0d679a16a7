"""Invented crises with known truth: events told by invented outlets, with what is planted in them.

`generate(seed, articles)` gives the articles and the truth of one crisis; the same seed and size
always give the same crisis. Every state, town, person, outlet and event is invented.
"""

from crises.truth import Crisis, Event, Harmless, Planted, Telling
from crises.write import generate

__all__ = ["Crisis", "Event", "Harmless", "Planted", "Telling", "generate"]
