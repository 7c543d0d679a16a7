"""What each piece of an article's page is: one kind for each, in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rashomon.base.rows import ZoneKind
from rashomon.collect.articles.biography import is_biography
from rashomon.collect.articles.comments import Comment, separate, signed_parts
from rashomon.collect.articles.heads import Head
from rashomon.collect.articles.onset import heads_comments, only_comment, onset
from rashomon.collect.articles.page import Piece, is_outlined
from rashomon.collect.articles.quotations import Kind, quotations
from rashomon.collect.articles.signatures import signature

_OFF_PAGE = ("furniture", "closing", "rule", "comments", "foreign", "source", "excerpt")
_INDENT = 4
_NOTE_PIECES = 6
_BELIEVED = 1_000_000


class Mark(NamedTuple):
    """A stretch of a page and its kind. Marks of one `group` above 0 are one comment."""

    start: int
    end: int
    kind: ZoneKind
    label: str | None = None
    group: int = 0

    def joins(self, after: Mark, mergeable: bool) -> bool:
        """Whether the mark after this one continues it."""
        same = self.kind == after.kind and self.label == after.label
        return same and (mergeable or self.group == after.group > 0)


def plan(page: Sequence[Piece], top: Head, first: int, after: int) -> list[Mark]:
    """A mark for each piece of `first` to `after`."""
    start = _comments_start(page, top, after)
    end = after if start is None else start
    kinds = {i: _kind(page, i, top) for i in range(first, end)}
    kinds |= _notes(page, top.body, end)
    kinds |= quotations(page, kinds, top.body, end)
    kinds |= _excerpt(page, kinds, top.body, end)
    kinds |= _foot(page, kinds, top, end)
    marks = _believed_comments(page, [_mark(page[i], *kinds[i]) for i in range(first, end)], first)
    return marks + (_comments(page, end, after) if end < after else [])


def _mark(piece: Piece, kind: ZoneKind, label: str | None = None, group: int = 0) -> Mark:
    return Mark(piece.start, piece.end, kind, label, group)


def _kind(page: Sequence[Piece], place: int, top: Head) -> Kind:
    piece = page[place]
    if piece.told and piece.told != "body":
        label = piece.label or ("subtitle" if place == top.subtitle else None)
        return piece.told, label
    if place < top.body:
        return _head_kind(place, top, piece)
    if piece.role == "foreign":
        return "furniture", "foreign"
    if piece.role in _OFF_PAGE:
        return "furniture", None
    if piece.words.startswith(">") or _is_indented(page, place):
        return "quoted_block", None
    return "body", None


def _head_kind(place: int, top: Head, piece: Piece) -> Kind:
    if place == top.title:
        return "title", None
    if place == top.subtitle:
        return "title", "subtitle"
    if place == top.outlet or place in (*top.bylines, *top.people):
        return "byline", None
    if piece.role == "heading" and place not in top.repeated:
        return "body", None
    return "furniture", "foreign" if piece.role == "foreign" else None


def _is_indented(page: Sequence[Piece], place: int) -> bool:
    """Whether a paragraph is set in from those before and after it."""
    if page[place].indent < _INDENT or page[place].role != "text":
        return False
    around = [p.indent for p in page[max(0, place - 8) : place + 9] if p.role == "text"]
    outer = sorted(around)[(len(around) - 1) // 2] if around else 0
    return page[place].indent >= outer + _INDENT


def _notes(page: Sequence[Piece], first: int, after: int) -> dict[int, Kind]:
    """An editor's note and its further paragraphs, where a wider gap or a bracket ends it."""
    kinds: dict[int, Kind] = {}
    for i in range(first, after):
        if page[i].role == "note" and page[i].told != "editors_note":
            end = _note_end(page, i, min(after, i + _NOTE_PIECES))
            kinds |= dict.fromkeys(range(i, end), ("editors_note", None))
    return kinds


def _note_end(page: Sequence[Piece], place: int, after: int) -> int:
    closing = {"[": "]", "(": ")"}.get(page[place].words[0])
    if closing:
        ends = (i + 1 for i in range(place, after) if page[i].words[-1] == closing)
        return next(ends, place + 1)
    gap = page[place + 1].gap if place + 1 < after else 0
    ends = (
        i for i in range(place + 1, after) if page[i].gap > max(1, gap) or page[i].role == "rule"
    )
    return next(ends, place + 1)


def _excerpt(
    page: Sequence[Piece], kinds: dict[int, Kind], first: int, after: int
) -> dict[int, Kind]:
    """The body as an excerpt, if a credit says that it is taken from elsewhere.

    "Source: X" alone says so only where an editor's note stands before the text.
    """
    notes = [i for i in range(first, after) if kinds[i][0] == "editors_note"]
    for i in sorted(kinds):
        if page[i].role == "excerpt" or (page[i].role == "source" and notes):
            inside = range(max(first, notes[-1] + 1 if notes else first), i if i > first else after)
            body = [j for j in inside if kinds[j][0] in ("body", "quoted_block")]
            return dict.fromkeys(body, ("excerpt", page[i].outlet))
    return {}


def _foot(page: Sequence[Piece], kinds: dict[int, Kind], top: Head, after: int) -> dict[int, Kind]:
    """Headings of links under the last paragraph, and lines about the author, are furniture."""
    found: dict[int, Kind] = {}
    people = [by.people for i in top.bylines if (by := page[i].byline)]
    foot: list[int] = []
    for i in range(after - 1, top.body, -1):
        if kinds[i][0] == "furniture":
            found |= dict.fromkeys(foot, ("furniture", None))
            foot = []
        elif page[i].role in ("heading", "byline"):
            foot.append(i)
        elif page[i].role == "text" and is_biography(page[i].words, people):
            found[i] = ("furniture", None)
        else:
            break
    return found


def _comments_start(page: Sequence[Piece], top: Head, after: int) -> int | None:
    """Where comments begin: under their heading, or where the paragraphs begin to read so. The
    outline of a page that has comments is believed; in the body of another only signatures count.
    """
    told = is_outlined(page)
    if told and any(page[i].told == "comment" for i in range(top.body, after)):
        return None
    texts = 0
    for i in range(top.body, after):
        announced = page[i].role == "comments" and texts > 0 and not told
        if announced and heads_comments(page, i, after):
            return i
        texts += page[i].role == "text"
    inside = range(top.body, after)
    body = [i for i in inside if page[i].told == "body"] if told else inside
    start = onset([page[i] for i in body], outlined=told)
    if start is None and not told and (day := _day(page, top)):
        start = only_comment([page[i] for i in body], day)
    return None if start is None else body[start]


def _day(page: Sequence[Piece], top: Head) -> str:
    """The day in the head of an article, ISO 8601; "" if it says none."""
    said = [by.when for i in top.bylines if (by := page[i].byline) and by.when]
    return next((when.latest for when in said if when.latest), "")


def _believed_comments(page: Sequence[Piece], marks: list[Mark], first: int) -> list[Mark]:
    """The same marks, those that the outline calls comments each with its comment's group: a
    stretch is one comment unless signatures part it."""
    kept = list(marks)
    group = _BELIEVED
    places = [i for i, mark in enumerate(marks) if mark.kind == "comment"]
    for _, run in groupby(places, key=lambda i: page[first + i].stretch):
        stretch = list(run)
        said = [page[first + i] for i in stretch]
        parts = [Comment(0, len(said), said[0].label)]
        if said[0].label is None:
            parts = signed_parts(said)
        for comment in parts:
            group += 1
            for k in range(comment.first, comment.after):
                kept[stretch[k]] = _mark(said[k], "comment", comment.handle, group)
    return kept


def _comments(page: Sequence[Piece], first: int, after: int) -> list[Mark]:
    furniture = [
        i for i in range(first, after)
        if page[i].role in _OFF_PAGE and not ((mark := signature(page[i].words)) and mark.name)
    ]  # fmt: skip
    marks = {i: _mark(page[i], "furniture") for i in furniture}
    kept = [i for i in range(first, after) if i not in marks]
    said = [page[i] for i in kept]
    for group, comment in enumerate(separate(said, 0, len(said)) if said else [], start=1):
        for k in range(comment.first, comment.after):
            marks[kept[k]] = _mark(said[k], "comment", comment.handle, group)
    return [marks[i] for i in sorted(marks)]
