"""Where each reader's comment begins, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.base.layout import ends_sentence
from rashomon.collect.articles.page import Piece
from rashomon.collect.articles.signatures import signature

_INLINE = re.compile(r"(?P<name>@?[\w.’'-]{2,30}(?: [\w.’'-]{1,20}){0,2}):\s+\S")
_HANDLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Comment:
    """Pieces `first` to `after` (not included) of an article, by whoever calls themselves so."""

    first: int
    after: int
    handle: str | None


def handle_of(piece: Piece) -> str | None:
    """The name in a line that heads or ends a comment ("Ana says:", "Ana, 3 May 2031 at 10:32");
    "" if the line names nobody, None if it is no such line."""
    found = signature(piece.words)
    return None if found is None else found.name


def separate(pieces: Sequence[Piece], first: int, after: int) -> list[Comment]:
    """The comments of a stretch, in order: cut at wide gaps and at names that head a comment.

    Names that follow their comment (all but the first line of such a page) end it instead.
    """
    marks = [i for i in range(first, after) if handle_of(pieces[i]) is not None]
    if not marks and _INLINE.match(pieces[first].words):
        marks = [i for i in range(first, after) if _INLINE.match(pieces[i].words)]
    if marks and marks[0] != first and marks[-1] == after - 1:
        return _ended_by(pieces, first, marks)
    headed = frozenset(marks)
    wide = any(pieces[i].gap > 1 for i in range(first + 1, after)) and not marks
    starts = [
        i
        for i in range(first, after)
        if i == first or i in headed or (wide and pieces[i].gap > 1) or _is_handle(pieces, i, after)
    ]
    return [
        Comment(start, end, _handle(pieces, start, end))
        for start, end in zip(starts, [*starts[1:], after], strict=True)
    ]


def signed_parts(pieces: Sequence[Piece]) -> list[Comment]:
    """The comments of a stretch that nothing but signatures may part; without any it is one."""
    signed = any(handle_of(piece) is not None for piece in pieces)
    return separate(pieces, 0, len(pieces)) if signed else [Comment(0, len(pieces), None)]


def _ended_by(pieces: Sequence[Piece], first: int, marks: Sequence[int]) -> list[Comment]:
    starts = [first, *(mark + 1 for mark in marks[:-1])]
    return [
        Comment(start, mark + 1, handle_of(pieces[mark]) or None)
        for start, mark in zip(starts, marks, strict=True)
    ]


def _handle(pieces: Sequence[Piece], start: int, after: int) -> str | None:
    named = handle_of(pieces[start])
    if named is not None:
        return named or None
    inline = _INLINE.match(pieces[start].words)
    if inline:
        return inline["name"]
    return pieces[start].words if _is_handle(pieces, start, after) else None


def _is_handle(pieces: Sequence[Piece], place: int, after: int) -> bool:
    """Whether a paragraph of a few words is the name of whoever wrote the next one."""
    here = pieces[place]
    if place + 1 >= after or not here.gap or not 0 < pieces[place + 1].gap <= here.gap:
        return False
    short = len(here.words.split()) <= _HANDLE_WORDS and len(here.words) <= 40
    return short and not ends_sentence(here.words) and "," not in here.words
