"""Cut an article into paragraphs, and the parse of them into sentence rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rashomon.base.language import Parse
from rashomon.base.layout import blocks, wrap_width
from rashomon.base.rows import Article, Sentence, Span, Zone, ZoneKind, row_id

READ: frozenset[ZoneKind] = frozenset({"title", "body", "editors_note", "excerpt", "quoted_block"})
"""The kinds of zone whose sentences are read; the others only help to understand the page."""


def paragraphs(text: str, zones: Sequence[Zone]) -> list[Span]:
    """The paragraphs of the zones that are read, in the order of the text.

    A title is one paragraph however it is wrapped.
    """
    width = wrap_width(text)
    found: list[Span] = []
    for zone in _read(zones):
        span = Span(zone.start, zone.end)
        whole = zone.kind == "title"
        found += [span] if whole else [b.span for b in blocks(text, span, width)]
    return found


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
