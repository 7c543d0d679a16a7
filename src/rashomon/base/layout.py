"""Where the lines and paragraphs of a text begin and end, hard line breaks seen through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rashomon.base.healing import is_numbered, page_numbers
from rashomon.base.rows import Span

LONG = 120
"""Characters over which a line is taken to be a paragraph: no mail or PDF wraps that late."""

_BULLET = re.compile(r"(?:[•▪◦●]|[*-]\s|\d{1,2}[.)]\s)")
_SENTENCE_END = re.compile(r"[.?!:…][\"'”’»)\]]*$")
_HYPHENS = "-\u00ad\u2010"
_FULL, _NUMBER, _WRAPPED = 0.75, 16, 50


class Line(NamedTuple):
    """A line without the white space at its ends; `gap` blank lines stand before it, `indent`
    white characters before its first."""

    start: int
    end: int
    gap: int
    indent: int


class Block(NamedTuple):
    """A paragraph: one line, or several that were one before they were wrapped."""

    start: int
    end: int
    gap: int
    indent: int
    lines: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def lines(text: str, span: Span) -> Iterator[Line]:
    """The lines of a stretch that are not blank."""
    gap, start = 0, span.start
    for written in text[span.start : span.end].splitlines(keepends=True):
        bare = written.strip()
        if bare:
            indent = written.index(bare[0])
            yield Line(start + indent, start + indent + len(bare), gap, indent)
            gap = 0
        else:
            gap += 1
        start += len(written)


@lru_cache(maxsize=2)
def _all_lines(text: str) -> tuple[Line, ...]:
    return tuple(lines(text, Span(0, len(text))))


@lru_cache(maxsize=2)
def wrap_width(text: str) -> int:
    """The width at which a text was wrapped by hand or machine, in characters; 0 if it was not.

    Wrapped English shows itself by lines that begin in the middle of a sentence.
    """
    continued = following = long = 0
    lengths: list[int] = []
    for line in _all_lines(text):
        length = line.end - line.start
        if length > LONG:
            long += length
            continue
        lengths.append(length)
        if not line.gap and len(lengths) > 1:
            following += 1
            continued += text[line.start].islower()
    if continued < 2 or continued < 0.3 * following or long > sum(lengths):
        return 0
    return sorted(lengths)[int(0.9 * (len(lengths) - 1))]


def ends_sentence(words: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_SENTENCE_END.search(words[-8:]))


def blocks(
    text: str, span: Span, width: int, *, alone: Callable[[str], bool] | None = None
) -> list[Block]:
    """The paragraphs of a stretch, in order. `width` is the text's `wrap_width`; a line for which
    `alone` holds is joined to no other."""
    found: list[Block] = []
    run: list[Line] = []
    listed = _all_lines(text) if span == (0, len(text)) else tuple(lines(text, span))
    healed = _healed(text, span, listed)
    for line in listed:
        if run and line.start not in healed and not _joined(text, run[-1], line, width, alone):
            found.append(_block(run))
            run = []
        run.append(line)
    return [*found, _block(run)] if run else found


def _healed(text: str, span: Span, listed: Sequence[Line]) -> frozenset[int]:
    """Where the lines with page numbers inside of sentences begin, and those after them."""
    short = (line for line in listed if line.end - line.start <= _NUMBER)
    if not any(is_numbered(text[line.start : line.end]) for line in short):
        return frozenset()
    found: set[int] = set()
    for start, end in page_numbers(text, span.start, span.end):
        number = next(lines(text, Span(start, end)), None)
        found |= {number.start, end} if number else set()
    return frozenset(found)


def _block(run: Sequence[Line]) -> Block:
    return Block(run[0].start, run[-1].end, run[0].gap, run[0].indent, len(run))


def _joined(
    text: str, above: Line, below: Line, width: int, alone: Callable[[str], bool] | None
) -> bool:
    """Whether a line goes on with the sentence or paragraph of the line above it."""
    if below.gap or _BULLET.match(text, below.start):
        return False
    upper, lower = text[above.start : above.end], text[below.start : below.end]
    if upper[-1] in _HYPHENS and upper[-2:-1].isalpha() and lower[0].islower():
        return True
    if len(upper) > LONG:
        return False
    goes_on = lower[0].islower() and not ends_sentence(upper)
    if goes_on and len(upper) >= _WRAPPED:
        return True
    if alone and (alone(upper) or alone(lower)):
        return False
    return goes_on or (width > 0 and len(upper) >= _FULL * width)
