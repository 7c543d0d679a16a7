"""Cut an article into paragraphs, and the parse of them into sentence rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from rashomon.base.language import Parse
from rashomon.base.layout import blocks, wrap_width
from rashomon.base.lexicon import table
from rashomon.base.rows import Article, Sentence, Span, Zone, ZoneKind, row_id
from rashomon.base.spans import trim

READ: frozenset[ZoneKind] = frozenset({"title", "body", "editors_note", "excerpt", "quoted_block"})
"""The kinds of zone whose sentences are read; the others only help to understand the page."""


_CLOCK = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,4}\)?)?"
_DASH = r"(?:\s+(?:--?|[–—―])\s+|\s?(?:--|[—―])\s?)"
_STAMP = re.compile(rf"{_CLOCK}(?:{_DASH}|:\s+)(?=\S)", re.I)
_CITY = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]*(?:[ -][A-ZÀ-Þ.’'-]+){0,3}"
_FURTHER = r"(?:,\s+[A-ZÀ-Þ][\w.’'-]*(?:\s[\w.’'-]+){0,3}){0,2}"
_AGENCY = r"\s*\([A-ZÀ-Þ][\w .’'/-]{1,40}\)"
_PLACE = r"[A-ZÀ-Þ][\w.’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]+){0,2}"
_DATELINE = re.compile(
    rf"(?:(?=[A-ZÀ-Þ.’' -]*[A-ZÀ-Þ]{{3}}){_CITY}{_FURTHER}(?:{_AGENCY})?"
    rf"|{_PLACE}{_FURTHER}{_AGENCY}){_DASH}(?=[\"'“‘«(]?[A-ZÀ-Þ0-9])"
)
_LABEL = re.compile(r"([^\W\d_][\w’' -]{2,24}?)(?::|\.(?=\s+[A-ZÀ-Þ“\"]))\s+(?=\S)")


def paragraphs(text: str, zones: Sequence[Zone]) -> list[Span]:
    """The paragraphs of the zones that are read, in the order of the text.

    A title is one paragraph however it is wrapped. What only heads a paragraph, a dateline
    ("TARVESK, Kessaly –"), a clock time of a live page or a label ("CORRECTION."), is a stretch of
    its own, so that the sentence after it is read as if it stood alone.
    """
    width = wrap_width(text)
    found: list[Span] = []
    for zone in _read(zones):
        span = Span(zone.start, zone.end)
        whole = zone.kind == "title"
        held = [span] if whole else [b.span for b in blocks(text, span, width)]
        found += [part for each in held for part in _beheaded(text, each, zone.kind)]
    return found


def _beheaded(text: str, span: Span, kind: ZoneKind) -> Iterator[Span]:
    """What heads a paragraph, and its rest."""
    start = trim(text, span).start
    while (after := _head(text, Span(start, span.end), kind)) is not None:
        yield trim(text, Span(start, after))
        start = after
    yield Span(start, span.end)


def _head(text: str, span: Span, kind: ZoneKind) -> int | None:
    """Where the rest of a paragraph begins that a dateline, a clock time or a label heads."""
    shapes = (_STAMP,) if kind == "title" else (_STAMP, _DATELINE)
    for shape in shapes:
        if match := shape.match(text, span.start, span.end):
            return match.end()
    match = _LABEL.match(text, span.start, span.end)
    return match.end() if match and _is_label(match.group(1)) else None


def _is_label(words: str) -> bool:
    form = _labels().get(" ".join(words.lower().split()))
    return (form == "any" and words[0].isupper()) or (form is not None and words.isupper())


@cache
def _labels() -> dict[str, str]:
    """The labels and whether they must stand in capitals."""
    return {row["label"]: row["form"] for row in table("paragraph_labels")}


def split(article: Article, zones: Sequence[Zone], parse: Parse) -> list[Sentence]:
    """One row for each sentence of the parse, in order; its zone is the one it begins in."""
    read = _read(zones)
    starts = [zone.start for zone in read]
    rows: list[Sentence] = []
    for index in range(len(parse.sentences)):
        span = parse.sentence_span(index)
        zone = read[max(0, bisect_right(starts, span.start) - 1)]
        rows.append(_sentence(article, span, parse.sentence(index)[0].paragraph, zone.kind))
    return rows


def _read(zones: Sequence[Zone]) -> list[Zone]:
    return sorted((zone for zone in zones if zone.kind in READ), key=lambda zone: zone.start)


def _sentence(article: Article, span: Span, paragraph: int, kind: ZoneKind) -> Sentence:
    key = row_id(Sentence, article.document, span.start, span.end)
    return Sentence(
        key, article.document, article.id, span.start, span.end, paragraph=paragraph, zone=kind
    )
