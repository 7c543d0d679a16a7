"""A page as a list of pieces: each paragraph with what it seems to be, by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rashomon.base.layout import Block, blocks, lines, wrap_width
from rashomon.base.rows import Span, Stretch, ZoneKind
from rashomon.collect.articles.bylines import Byline, byline
from rashomon.collect.articles.cues import Cue, cue, is_heading
from rashomon.collect.articles.languages import is_other_script

Role = Literal[
    "text", "heading", "byline", "foreign",
    "comments", "excerpt", "source", "note", "closing", "rule", "furniture",
]  # fmt: skip


@dataclass(slots=True)
class Piece:
    """A paragraph. `gap` blank lines and `indent` white characters stand before it; `words` are
    its words with single blanks; `outlet` is whom it credits. `told` is what the document's
    outline says it is (None: it has none), `label` what it says besides, `stretch` counts the
    stretches of the outline.
    """

    start: int
    end: int
    gap: int
    indent: int
    lines: int
    words: str
    role: Role
    outlet: str = ""
    byline: Byline | None = None
    told: ZoneKind | None = None
    label: str | None = None
    stretch: int = 0


def is_outlined(page: Sequence[Piece]) -> bool:
    """Whether the document has an outline: it then tells something of every piece."""
    return bool(page) and page[0].told is not None


_TOLD: dict[ZoneKind, Role] = {"title": "heading", "byline": "byline", "comment": "text",
                               "furniture": "furniture", "editors_note": "note",
                               "excerpt": "text", "quoted_block": "text"}  # fmt: skip


def pieces(text: str, outline: Sequence[Stretch] = ()) -> list[Piece]:
    """The paragraphs of a text, in order; together they hold all of it that is not blank.

    Those of an outlined text never cross from one stretch to the next, and what stands outside of
    every stretch is furniture.
    """
    if not outline:
        return _pieces(text, Span(0, len(text)))
    found: list[Piece] = []
    for number, stretch in enumerate(_whole(text, outline)):
        within = _within(text, stretch)
        if stretch.kind == "title" and within:
            within = [Block(within[0].start, within[-1].end, within[0].gap, 0, 1)]
        found += (_told(text, block, stretch, number) for block in within)
    return found


def _whole(text: str, outline: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, and those between them as furniture."""
    edges = [Stretch(0, 0, "furniture"), *outline, Stretch(len(text), len(text), "furniture")]
    for left, right in pairwise(edges):
        if left.end < right.start:
            yield Stretch(left.end, right.start, "furniture")
        if right.start < right.end:
            yield right


def _within(text: str, stretch: Stretch) -> list[Block]:
    """The paragraphs of a stretch; of furniture its lines."""
    span = Span(stretch.start, stretch.end)
    if stretch.kind != "furniture":
        return _blocks(text, span)
    return [Block(start, end, gap, indent, 1) for start, end, gap, indent in lines(text, span)]


def _told(text: str, block: Block, stretch: Stretch, number: int) -> Piece:
    """A piece of a stretch; its role is asked of its words only where the outline leaves it
    open."""
    role = _TOLD.get(stretch.kind)
    piece = _piece(text, block) if role is None else _plain(text, block, role)
    if stretch.kind == "byline":
        piece.byline = byline(piece.words) or byline(f"By {piece.words}")
    piece.told, piece.label, piece.stretch = stretch.kind, stretch.label, number
    return piece


def _pieces(text: str, span: Span) -> list[Piece]:
    return [_piece(text, block) for block in _blocks(text, span)]


def _blocks(text: str, span: Span) -> list[Block]:
    return blocks(text, span, wrap_width(text), alone=_stands_alone)


def _piece(text: str, block: Block) -> Piece:
    piece = _plain(text, block, "text")
    piece.role, piece.outlet, piece.byline = _role(piece.words)
    return piece


def _plain(text: str, block: Block, role: Role) -> Piece:
    return Piece(*block, words=" ".join(text[block.start : block.end].split()), role=role)


def _role(words: str) -> tuple[Role, str, Byline | None]:
    found: Cue | None = cue(words)
    by = byline(words)
    if by and (found is None or by.named or (found.kind == "furniture" and not words[0].islower())):
        return ("furniture", "", None) if _is_update(words) else ("byline", by.outlet, by)
    if found:
        return found.kind, found.outlet, None
    if is_other_script(words):
        return "foreign", "", None
    return ("heading" if is_heading(words) else "text"), "", None


def _is_update(words: str) -> bool:
    return words.lower().startswith(("updated", "last updated", "modified", "last modified"))


@lru_cache(maxsize=64)
def _stands_alone(line: str) -> bool:
    """Whether a line is no part of the paragraph around it."""
    if line[0].islower() or len(line) > 200:
        return False
    words = " ".join(line.split())
    found = cue(words)
    return byline(words) is not None or (found is not None and found.kind != "note")
