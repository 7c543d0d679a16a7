"""Formats: the bytes of one file into the documents it holds, each parsed in a child process."""

from rashomon.collect.documents.formats.read import read_format
from rashomon.collect.documents.formats.sniff import HEAD, media_type_of

__all__ = ["HEAD", "media_type_of", "read_format"]
