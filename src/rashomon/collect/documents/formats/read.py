"""Read one file that is not plain text, in a child process with limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.child import parse_apart
from rashomon.collect.documents.formats.plain import read_plain
from rashomon.collect.documents.formats.refusals import refusal
from rashomon.collect.documents.formats.sniff import HEAD, PLAIN, READABLE, media_type_of
from rashomon.collect.documents.gathered import Gathered, Origin, left_out


def read_format(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The documents that the bytes of one file hold, in their order, and what was left out.

    `origin.media_type` says what the bytes are (a document's kept bytes are read again by it); ""
    has them sniffed. What `origin.given` says counts before what the file says of itself. A parser
    that dies, or exceeds `parse_seconds` or `parse_bytes`, gives a `Skip`.
    """
    kind = origin.media_type or media_type_of(original[:HEAD], origin.name)
    origin = replace(origin, media_type=kind)
    if kind == PLAIN:
        yield from read_plain(original, origin)
    elif kind in READABLE:
        yield from parse_apart(original, origin, settings)
    else:
        yield left_out(origin.name, refusal(kind))
