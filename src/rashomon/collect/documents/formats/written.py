"""From the blocks of a parsed file to a document: its text, and the outline of that text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from rashomon.base.rows import Given, Skip, Stretch, ZoneKind
from rashomon.collect.documents.encodings import unusable
from rashomon.collect.documents.gathered import Gathered, Origin, gathered, left_out

_BETWEEN = "\n\n"
_HALVES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and what it is; `run` tells apart neighbours of the same kind (two comments,
    two quotations): those with the same run are one stretch."""

    text: str
    kind: ZoneKind
    label: str | None = None
    run: int = 0


def write(
    blocks: Iterable[Block], original: bytes, encoding: str, origin: Origin, given: Given
) -> Iterator[Gathered | Skip]:
    """The document of some blocks, or a `Skip` if it cannot be read on. What `origin.given` says
    counts before `given`."""
    text, outline = laid_out(blocks)
    if reason := unusable(text):
        yield left_out(origin.name, reason)
        return
    origin = replace(origin, given=filled(origin.given, given))
    found = gathered(original, text, encoding, origin)
    yield replace(found, document=replace(found.document, outline=outline))


def laid_out(blocks: Iterable[Block]) -> tuple[str, tuple[Stretch, ...]]:
    """The text, a blank line between its blocks, and the stretches that hold them."""
    pieces: list[str] = []
    outline: list[Stretch] = []
    run, length = 0, 0
    for block in blocks:
        words = printable_only(block.text).strip()
        if not words:
            continue
        start = length
        length += len(words) + len(_BETWEEN)
        last = outline[-1] if outline else None
        if last and (last.kind, last.label, run) == (block.kind, block.label, block.run):
            outline[-1] = replace(last, end=start + len(words))
        else:
            outline.append(Stretch(start, start + len(words), block.kind, block.label))
        pieces.append(words)
        run = block.run
    return _BETWEEN.join(pieces), tuple(outline)


def printable_only(text: str) -> str:
    """The text without control characters, half characters as U+FFFD."""
    return _CONTROL.sub("", _HALVES.sub("\ufffd", text))


def filled(first: Given, second: Given) -> Given:
    """Every value of `first`, and of `second` where `first` has none."""
    values = (getattr(first, f.name) or getattr(second, f.name) for f in fields(Given))
    return Given(*(_said(value) for value in values))


def _said(value: str | None) -> str | None:
    """A value on one line without blanks around it; None if nothing is left."""
    return " ".join(printable_only(value).split()) or None if value else None
