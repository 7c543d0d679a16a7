"""Check a span, quote it, and carry offsets across cleaning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.base.healing import edits
from rashomon.base.rows import Span

_EDGE = " \t\r\n\f\v\u00a0\ufeff"


def check(text: str, span: Span) -> Span:
    """The span itself if it is inside the text and not empty, else ValueError."""
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"span {tuple(span)} is not inside a text of {len(text)} characters")
    return span


def words(text: str, span: Span) -> str:
    """The words of a span, exactly as they stand."""
    return text[span.start : span.end]


def trim(text: str, span: Span, edge: str = _EDGE) -> Span:
    """The span without white space (or the characters of `edge`) at its ends; may be empty."""
    start, end = span
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return Span(start, end)


def overlap(left: Span, right: Span) -> int:
    """Shared characters of two spans; 0 if they only touch."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of them."""
    listed = list(spans)
    return Span(min(s.start for s in listed), max(s.end for s in listed))


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From offsets in a cleaned text to offsets in the text as read.

    `breaks` are cleaned offsets where the shift changes, `shifts` what to add from there on.
    """

    breaks: tuple[int, ...]
    shifts: tuple[int, ...]

    def back(self, offset: int) -> int:
        """The offset in the text as read of a character of the cleaned text."""
        return offset + self.shifts[bisect_right(self.breaks, offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span in the text as read; `end` follows the last character, not the gap after it."""
        return Span(self.back(start), self.back(end - 1) + 1)


def clean(text: str, span: Span) -> tuple[str, OffsetMap]:
    """The words of `span` healed and on one line: every run of white space becomes one blank.

    Hard line breaks, double spaces, hyphens and soft hyphens at line ends, ligatures and page
    numbers inside a sentence are healed (see `rashomon.base.healing`). The map leads back into
    `text`; what was added maps to the characters that it stands for.
    """
    span = trim(text, span)
    pieces: list[str] = []
    breaks, shifts = [0], [span.start]
    length, position = 0, span.start
    for start, end, instead in edits(text, span.start, span.end):
        pieces += (text[position:start], instead)
        length += start - position
        for extra in range(1, len(instead)):
            breaks.append(length + extra)
            shifts.append(min(start + extra, end - 1) - length - extra)
        length += len(instead)
        position = end
        if position - length != shifts[-1]:
            breaks.append(length)
            shifts.append(position - length)
    pieces.append(text[position : span.end])
    return "".join(pieces), OffsetMap(tuple(breaks), tuple(shifts))


def healed(words: str) -> str:
    """Some words as they are meant: on one line, with line-end hyphens and ligatures mended."""
    if words.isascii() and "\n" not in words and "\r" not in words and "  " not in words:
        return words.strip()
    return clean(words, Span(0, len(words)))[0]


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Sorted, with those that touch or overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
