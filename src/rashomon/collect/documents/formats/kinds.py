"""What each block of a page is: title, byline, body, quotation, comment or furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.base.layout import ends_sentence
from rashomon.base.rows import Given, ZoneKind
from rashomon.collect.documents.formats.body import HEADINGS, body_of, key_of
from rashomon.collect.documents.formats.page import Page, Piece
from rashomon.collect.documents.formats.written import Block

_BYLINE = 120
"""Characters over which a block is no byline."""
_BY = re.compile(r"(?:written |posted |published |reported )?by\b", re.IGNORECASE)
_LEAD = 60
"""Characters from which a block can be a lead."""
_NEAR = 12
"""Blocks before the body among which a byline is looked for."""


def blocks_of(page: Page, lines: Sequence[str], given: Given) -> list[Block]:
    """The blocks of a page; `lines` are what the library takes for the article."""
    pieces = page.pieces
    keys = [key_of(piece.text) for piece in pieces]
    said = key_of(given.title or "").casefold()
    inside = body_of(pieces, keys, lines, said)
    first = inside.index(True) if any(inside) else len(pieces)
    title = _title(pieces, keys, said, first)
    writer = key_of(given.byline or "").casefold()
    kinds = [
        _kind(piece, found, _in_head(number, title, first), writer)
        for number, (piece, found) in enumerate(zip(pieces, inside, strict=True))
    ]
    if title is not None:
        kinds[title] = "title"
    blocks = [_block(page, piece, kind) for piece, kind in zip(pieces, kinds, strict=True)]
    if title is not None:
        for number in range(title + 1, first):
            if kinds[number] == "furniture" and _is_lead(pieces[number]):
                blocks[number] = Block(pieces[number].text, "title", "subtitle")
    if title is None and given.title:
        blocks.insert(0, Block(given.title, "title"))
    return blocks


def _title(pieces: Sequence[Piece], keys: Sequence[str], said: str, first: int) -> int | None:
    """The block that is the title: one that says it, nearest above the body; else an h1."""
    above = range(min(len(pieces), first + 3))
    if said:
        same = [n for n in above if keys[n].casefold() == said]
        headed = [n for n in same if pieces[n].tag in HEADINGS]
        if headed or same:
            return (headed or same)[-1]
        for number in reversed(above):
            if pieces[number].tag in HEADINGS and _alike(said, keys[number].casefold()):
                return number
    return next((n for n in reversed(above) if pieces[n].tag == "h1"), None)


def _alike(said: str, other: str) -> bool:
    """Whether one of two titles is the other cut short, or with the outlet's name behind it."""
    return len(other) >= 10 and (other in said or said in other)


def _in_head(number: int, title: int | None, first: int) -> bool:
    """Whether a block stands where bylines stand: between title and body, or just before it."""
    low = title if title is not None and title < first else first - _NEAR
    return low < number <= first + 1


def _kind(piece: Piece, inside: bool, head: bool, writer: str) -> ZoneKind:
    if piece.comment and not inside:
        return "comment"
    if head and _is_byline(piece, writer):
        return "byline"
    if not inside:
        return "furniture"
    if piece.part == "note":
        return "editors_note"
    return "quoted_block" if piece.quote else "body"


def _is_lead(piece: Piece) -> bool:
    """Whether a block between the title and the body reads as a lead or subtitle."""
    if (
        piece.part in ("furniture", "caption")
        or piece.comment
        or piece.tag in ("figcaption", "figure")
    ):
        return False
    if len(piece.text) < _LEAD or 4 * piece.linked > len(piece.text):
        return False
    return ends_sentence(piece.text)


def _is_byline(piece: Piece, writer: str) -> bool:
    """Whether a short block says by its markup or its words who wrote, or when."""
    if len(piece.text) > _BYLINE or piece.tag in HEADINGS:
        return False
    if piece.part in ("byline", "date", "handle") or _BY.match(piece.text):
        return True
    return len(writer) >= 5 and writer in key_of(piece.text).casefold()


def _block(page: Page, piece: Piece, kind: ZoneKind) -> Block:
    if kind == "comment":
        return Block(piece.text, kind, page.handles.get(piece.comment), piece.comment)
    if kind == "quoted_block":
        return Block(piece.text, kind, page.sources.get(piece.quote), piece.quote)
    return Block(piece.text, kind)
