"""Who wrote an article, for which outlet, and when: as given or as its page says, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rashomon.base.rows import Document, Skip, Span, When, ZoneKind, skip
from rashomon.collect.articles.bounds import bounds
from rashomon.collect.articles.bylines import byline
from rashomon.collect.articles.cues import copyright_holder
from rashomon.collect.articles.datelines import Dateline, dateline
from rashomon.collect.articles.dates import given_date
from rashomon.collect.articles.heads import Head
from rashomon.collect.articles.page import Piece
from rashomon.collect.articles.plan import Mark
from rashomon.collect.articles.urls import BASIS as URL
from rashomon.collect.articles.urls import date_at, outlet_at

_READ: frozenset[ZoneKind] = frozenset({"body", "excerpt", "quoted_block", "title"})
_PUBLISHED = re.compile(r"(?:first )?(?:posted|published|dated?|issued)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|:\s*[\w-]+(?:\.[\w-]+)+/?\S*$")


@dataclass(frozen=True, slots=True)
class Credits:
    """`outlet_basis` says where the outlet was read: given, metadata, text, byline, source line,
    copyright line, URL or dateline; "" if there is none."""

    byline: str | None
    outlet: str | None
    outlet_basis: str
    published: When | None
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article's pieces, `first` to `after` of a page, with its head and its marks."""

    document: Document
    page: Sequence[Piece]
    top: Head
    marks: Sequence[Mark]
    first: int
    after: int

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.page[self.first : self.after]

    @property
    def address(self) -> str:
        return self.document.given.url or self.document.uri

    @property
    def basis(self) -> str:
        """What a value that came beside the text rests on: the metadata of a page or file whose
        format carries them, else whoever gave it."""
        return "metadata" if self.document.outline else "given"


def credits_of(sheet: Sheet) -> Credits:
    """The credits of an article."""
    given, page, top = sheet.document.given, sheet.page, sheet.top
    lines = [by for i in top.bylines if (by := page[i].byline)]
    names = [by.people for by in lines] + [page[i].words for i in top.people]
    line = _dateline(sheet)
    outlet, basis = next(_outlets(sheet, line), (None, ""))
    when, skips = _given(sheet)
    if given.published is None:
        when = next(_dates(sheet, line), None)
    return Credits(
        given.byline or max(names, key=len, default="") or None, outlet, basis, when, skips
    )


def _given(sheet: Sheet) -> tuple[When | None, tuple[Skip, ...]]:
    words = sheet.document.given.published
    when = given_date(words, sheet.basis) if words else None
    if not words or when:
        return when, ()
    reason = "the date given as 'published' cannot be read: write it as 2031-03-14"
    return None, (skip("divide", sheet.document.name, words, reason),)


def _dates(sheet: Sheet, line: Dateline | None) -> Iterator[When]:
    """The dates of publication that a page tells, the surest first; bounds where it tells none."""
    for i in sheet.top.bylines:
        by = sheet.page[i].byline
        if by and by.when:
            yield by.when
    if line and line.when:
        yield line.when
    for piece in _foot(sheet):
        dated = byline(piece.words) if _PUBLISHED.match(piece.words) else None
        if dated and dated.when:
            yield dated.when
    if when := date_at(sheet.address):
        yield when
    if bounded := bounds(sheet.document.text, list(_prose(sheet))):
        yield bounded


def _prose(sheet: Sheet) -> Iterator[Span]:
    """The stretches that are the article's own words and those that it quotes."""
    for is_read, run in groupby(sheet.marks, key=lambda mark: mark.kind in _READ):
        marks = list(run)
        if is_read:
            yield Span(marks[0].start, marks[-1].end)


def _foot(sheet: Sheet) -> Iterator[Piece]:
    """The furniture under the body."""
    furniture = {mark.start for mark in sheet.marks if mark.kind == "furniture"}
    return (piece for piece in sheet.page[sheet.top.body : sheet.after] if piece.start in furniture)


def _dateline(sheet: Sheet) -> Dateline | None:
    """The dateline of the first paragraph of the body."""
    prose = (p for p in sheet.page[sheet.top.body : sheet.after] if p.role == "text")
    opening = next(prose, None)
    return dateline(opening.words) if opening else None


def _outlets(sheet: Sheet, line: Dateline | None) -> Iterator[tuple[str, str]]:
    """The outlets that can be told, each with its basis, the surest first."""
    if sheet.document.given.outlet:
        yield sheet.document.given.outlet, sheet.basis
    if sheet.top.outlet is not None:
        yield sheet.page[sheet.top.outlet].words, "text"
    for i in sheet.top.bylines:
        by = sheet.page[i].byline
        if by and by.outlet:
            yield by.outlet, "byline" if by.named else "text"
    yield from _foot_outlets(sheet)
    if outlet := outlet_at(sheet.address) if "://" in sheet.address else "":
        yield outlet, URL
    if line and line.agency:
        yield line.agency, "dateline"


def _foot_outlets(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """From a source line (unless it credits an excerpt) or a copyright line."""
    is_excerpt = any(mark.kind == "excerpt" for mark in sheet.marks)
    for piece in sheet.pieces:
        if piece.role == "source" and not is_excerpt:
            yield piece.outlet, URL if _ADDRESS.search(piece.words) else "source line"
    for piece in sheet.pieces:
        if piece.role == "closing" and (name := copyright_holder(piece.words)):
            yield name, "copyright line"
