"""Divide a document into articles, and its page into zones.

Every piece of a page gets one kind, so zones never overlap and hold all that is not blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.base.rows import Article, Document, Skip, Zone, ZoneKind, row_id, skip
from rashomon.collect.articles.credits import Credits, Sheet, credits_of
from rashomon.collect.articles.heads import head, starts
from rashomon.collect.articles.languages import (
    READ,
    SAMPLE,
    is_english,
    language_name,
    language_of,
    settled,
)
from rashomon.collect.articles.page import Piece, pieces
from rashomon.collect.articles.plan import Mark, plan

_MERGED: frozenset[ZoneKind] = frozenset({"body", "furniture", "excerpt", "editors_note",
                                          "quoted_block"})  # fmt: skip
_PROSE: frozenset[ZoneKind] = frozenset({"body", "excerpt", "editors_note", "quoted_block"})
_SPAN: frozenset[ZoneKind] = _PROSE | {"title", "comment"}


@dataclass(frozen=True, slots=True)
class Division:
    """The articles of a document, the zones of its page, and what was left out of it."""

    articles: tuple[Article, ...]
    zones: tuple[Zone, ...]
    skips: tuple[Skip, ...]


def divide(document: Document) -> Division:
    """The articles and zones of a document. A record with a title is one article.

    An article in another language than English is left out with a `Skip` that names it; its zones
    stay, with no article.
    """
    page = pieces(document.text, document.outline)
    firsts = starts(page) if document.given.title is None else [0]
    parts = [
        _article(document, page, first, after)
        for first, after in zip(firsts, [*firsts[1:], len(page)], strict=True)
    ]
    return Division(
        tuple(article for part in parts for article in part.articles),
        tuple(zone for part in parts for zone in part.zones),
        tuple(row for part in parts for row in part.skips),
    )


def _article(document: Document, page: Sequence[Piece], first: int, after: int) -> Division:
    top = head(page, first, after, document.given.title)
    marks = plan(page, top, first, after)
    language, told = _language(document, marks)
    if not is_english(language):
        return _left_out(
            document,
            [_own(mark) for mark in marks],
            f"the text is in {language_name(language)} ({told}), which cannot be read yet",
        )
    inside = [mark for mark in marks if mark.kind in _SPAN]
    if not inside:
        return _left_out(
            document, marks, "no article: only lines that belong to a page and to no report"
        )
    start, end = inside[0].start, max(mark.end for mark in inside)
    written = credits_of(Sheet(document, page, top, marks, first, after))
    title = page[top.title].words if top.title is not None else None
    article = _row(document, start, end, title, written)
    zones = _zones(document, article.id, marks)
    return Division((article,), zones, (*written.skips, *_foreign(document, page, first, after)))


def _own(mark: Mark) -> Mark:
    """A mark of an article in another language: what is foreign to an English one is its body."""
    return mark._replace(kind="body", label=None) if mark.label == "foreign" else mark


def _left_out(document: Document, marks: Sequence[Mark], reason: str) -> Division:
    """No article, for this reason; its zones stay."""
    about = f"characters {marks[0].start} to {marks[-1].end}" if marks else "all"
    row = skip("divide", document.name, about, reason)
    return Division((), _zones(document, None, marks), (row,))


def _row(document: Document, start: int, end: int, title: str | None, written: Credits) -> Article:
    return Article(
        id=row_id(Article, document.id, start, end),
        document=document.id,
        start=start,
        end=end,
        title=document.given.title or title,
        byline=written.byline,
        outlet=written.outlet,
        outlet_basis=written.outlet_basis,
        published=written.published,
        language="en",
    )


def _language(document: Document, marks: Sequence[Mark]) -> tuple[str, str]:
    """The language of an article's prose and how it is known; English where it cannot be told.
    What came with a record is believed; what a page's markup states is held against its words."""
    stated = document.given.language
    if stated and not document.outline:
        return stated, "as given"
    spans = [mark for mark in marks if mark.kind in _PROSE or mark.label == "foreign"]
    prose = _sample(document.text, spans) or _sample(document.text, marks)
    return settled(prose, stated) if stated else (language_of(prose) or "en", READ)


def _sample(text: str, marks: Sequence[Mark]) -> str:
    """The first words of some marks, as many as it takes to tell their language."""
    pieces: list[str] = []
    length = 0
    for mark in marks:
        pieces.append(text[mark.start : min(mark.end, mark.start + SAMPLE)])
        length += len(pieces[-1])
        if length > SAMPLE:
            break
    return " ".join(pieces).strip()


def _foreign(document: Document, page: Sequence[Piece], first: int, after: int) -> list[Skip]:
    """Passages in another script inside an English article."""
    return [
        skip(
            "divide",
            document.name,
            f"characters {piece.start} to {piece.end}",
            f"a passage in {language_name(language_of(piece.words) or 'another script')}, "
            "which cannot be read yet",
        )
        for piece in page[first:after]
        if piece.role == "foreign"
    ]


def _zones(document: Document, article: str | None, marks: Sequence[Mark]) -> tuple[Zone, ...]:
    """Marks as rows; neighbours of one kind and label are one zone where the kind allows it."""
    rows: list[Mark] = []
    for mark in marks:
        last = rows[-1] if rows else None
        if last and last.joins(mark, mark.kind in _MERGED):
            rows[-1] = last._replace(end=mark.end)
        else:
            rows.append(mark)
    return tuple(
        Zone(
            id=row_id(Zone, document.id, mark.start, mark.end, mark.kind),
            document=document.id,
            article=article,
            start=mark.start,
            end=mark.end,
            kind=mark.kind,
            label=mark.label,
        )
        for mark in rows
    )
