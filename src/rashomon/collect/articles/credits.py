"""Who wrote an article, for which outlet, and when: as given or as its page says, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.base.rows import Document, Skip, When, skip
from rashomon.collect.articles.cues import copyright_holder
from rashomon.collect.articles.dates import given_date
from rashomon.collect.articles.heads import Head
from rashomon.collect.articles.page import Piece
from rashomon.collect.articles.plan import Mark


@dataclass(frozen=True, slots=True)
class Credits:
    """`outlet_basis` says where the outlet was read: given, text, byline, source line or
    copyright line; "" if there is none."""

    byline: str | None
    outlet: str | None
    outlet_basis: str
    published: When | None
    skips: tuple[Skip, ...]


def credits_of(
    document: Document,
    page: Sequence[Piece],
    top: Head,
    marks: Sequence[Mark],
    first: int,
    after: int,
) -> Credits:
    """The credits of the article of pieces `first` to `after`."""
    lines = [by for i in top.bylines if (by := page[i].byline)]
    names = [by.people for by in lines] + [page[i].words for i in top.people]
    people = max(names, key=len, default="")
    outlet, basis = _outlet(document, page, top, marks, first, after)
    published, skips = _given(document)
    if document.given.published is None:
        published = next((by.when for by in lines if by.when), None)
    return Credits(document.given.byline or people or None, outlet, basis, published, skips)


def _given(document: Document) -> tuple[When | None, tuple[Skip, ...]]:
    words = document.given.published
    when = given_date(words) if words else None
    if not words or when:
        return when, ()
    reason = "the date given as 'published' cannot be read: write it as 2031-03-14"
    return None, (skip("divide", document.name, words, reason),)


def _outlet(
    document: Document,
    page: Sequence[Piece],
    top: Head,
    marks: Sequence[Mark],
    first: int,
    after: int,
) -> tuple[str | None, str]:
    """The outlet and its basis, the surest first."""
    if document.given.outlet:
        return document.given.outlet, "given"
    if top.outlet is not None:
        return page[top.outlet].words, "text"
    for i in top.bylines:
        by = page[i].byline
        if by and by.outlet:
            return by.outlet, "byline" if by.named else "text"
    return _foot_outlet(page[first:after], any(mark.kind == "excerpt" for mark in marks))


def _foot_outlet(pieces: Sequence[Piece], is_excerpt: bool) -> tuple[str | None, str]:
    """From a source line (unless it credits an excerpt) or a copyright line."""
    for piece in pieces:
        if piece.role == "source" and not is_excerpt:
            return piece.outlet, "source line"
    for piece in pieces:
        if piece.role == "closing" and (name := copyright_holder(piece.words)):
            return name, "copyright line"
    return None, ""
