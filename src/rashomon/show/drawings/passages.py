"""An article as it was read: its zones cut into segments, each with the voices that speak there.

Quotes may nest, mentions stand inside them and statements across them: so the text is cut wherever
one begins or ends, and each segment knows what it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from rashomon.show.queries.articles import Reading
from rashomon.show.queries.asking import Row

COLOURS = 8
_WRAPPED = re.compile(r"([^\n]{60})\n(?=\S)")
_MOST_WORDS = 1_200
_Span = tuple[int, int, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words in which nothing begins or ends. `colour` is that of the innermost voice, None outside
    of quotes; `deep` where its quote stands inside another; `begins` are the quotes that begin
    here, outermost first; `anchors` the statements that do; `means` the id of the actor that the
    words name, `title` why; `does` where they are a statement's predicate; `again` where they stand
    again elsewhere."""

    start: int
    text: str
    colour: int | None = None
    deep: bool = False
    begins: tuple[Row, ...] = ()
    anchors: tuple[str, ...] = ()
    means: str | None = None
    title: str = ""
    does: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A zone (or what no zone covers, kind "") and its segments."""

    kind: str
    label: str | None
    segments: tuple[Segment, ...]


@dataclass(slots=True)
class _Marks:
    quotes: list[_Span] = field(default_factory=list)
    mentions: list[_Span] = field(default_factory=list)
    predicates: list[_Span] = field(default_factory=list)
    echoes: list[_Span] = field(default_factory=list)
    anchors: dict[int, list[str]] = field(default_factory=dict)

    def edges(self) -> set[int]:
        spans = [*self.quotes, *self.mentions, *self.predicates, *self.echoes]
        return {edge for start, end, _ in spans for edge in (start, end)} | set(self.anchors)


def voices(reading: Reading) -> dict[str, int]:
    """The colour of each speaker, in the order in which they first speak; colours come round."""
    found: dict[str, int] = {}
    for quote in reading.quotes:
        found.setdefault(quote["speaker_label"], len(found) % COLOURS)
    return found


def stretches(reading: Reading) -> list[Stretch]:
    """The zones of an article in their order, and what lies between them.

    A line break after 60 characters or more, with words behind it, is shown as a space: the file
    was wrapped there."""
    reading = replace(reading, text=_WRAPPED.sub(r"\1 ", reading.text))
    marks, colours = _marks(reading), voices(reading)
    edges = sorted(marks.edges())
    found, at = list[Stretch](), reading.start
    for zone in reading.zones:
        start, end = max(zone["start"], at), min(zone["end"], reading.end)
        if start >= end:
            continue
        if reading.text[at - reading.start : start - reading.start].strip():
            found.append(_stretch("", None, at, start, reading, marks, edges, colours))
        found.append(
            _stretch(zone["kind"], zone["label"], start, end, reading, marks, edges, colours)
        )
        at = end
    if reading.text[at - reading.start :].strip():
        found.append(_stretch("", None, at, reading.end, reading, marks, edges, colours))
    return found


def _marks(reading: Reading) -> _Marks:
    marks = _Marks()
    for quote in reading.quotes:
        for part in quote["content"]:
            marks.quotes.append((part["start"], part["end"], quote))
    marks.quotes.sort(key=lambda span: (span[0], -span[1], span[2]["id"]))
    marks.mentions = [(m["start"], m["end"], m) for m in reading.mentions if m["target"]]
    for statement in reading.statements:
        told = statement["predicate"]
        marks.predicates.append((told["start"], told["end"], statement))
        marks.anchors.setdefault(statement["start"], []).append(statement["id"])
    marks.echoes = [(echo.start, echo.end, echo) for echo in reading.echoes]
    return marks


def _stretch(
    kind: str, label: str | None, start: int, end: int, reading: Reading, marks: _Marks,
    edges: Sequence[int], colours: Mapping[str, int],
) -> Stretch:  # fmt: skip
    cuts = [start, *(edge for edge in edges if start < edge < end), end]
    inside = _Marks(
        _within(marks.quotes, start, end),
        _within(marks.mentions, start, end),
        _within(marks.predicates, start, end),
        _within(marks.echoes, start, end),
        marks.anchors,
    )
    text = reading.text
    return Stretch(
        kind,
        label,
        tuple(
            _segment(a, b, text[a - reading.start : b - reading.start], inside, colours)
            for a, b in pairwise(cuts)
        ),
    )


def _within(spans: list[_Span], start: int, end: int) -> list[_Span]:
    return [span for span in spans if span[0] < end and span[1] > start]


def _segment(start: int, end: int, text: str, marks: _Marks, colours: Mapping[str, int]) -> Segment:
    quotes = [row for a, b, row in marks.quotes if a <= start and end <= b]
    mention = next((row for a, b, row in marks.mentions if a <= start and end <= b), None)
    return Segment(
        start,
        text,
        colours[quotes[-1]["speaker_label"]] if quotes else None,
        len(quotes) > 1,
        tuple(row for a, _, row in marks.quotes if a == start and _opens(row, a)),
        tuple(marks.anchors.get(start, ())),
        mention["target"] if mention else None,
        f"{mention['means']}: {mention['because']}" if mention else "",
        any(a <= start and end <= b for a, b, _ in marks.predicates),
        any(a <= start and end <= b for a, b, _ in marks.echoes),
    )


def _opens(quote: Row, start: int) -> bool:
    return bool(quote["content"][0]["start"] == start)


def differences(here: str, there: str) -> Iterator[tuple[str, str]]:
    """The words of two passages as one run: ("same", …), ("del", only here), ("ins", only there).

    Long passages are compared as they begin.
    """
    left, right = here.split()[:_MOST_WORDS], there.split()[:_MOST_WORDS]
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", " ".join(left[a:b])
            continue
        if a < b:
            yield "del", " ".join(left[a:b])
        if c < d:
            yield "ins", " ".join(right[c:d])
