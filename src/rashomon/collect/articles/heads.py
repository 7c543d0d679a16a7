"""Where articles begin in a page, and what the head of each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.base.lexicon import words as word_list
from rashomon.collect.articles.bylines import Byline, is_name, is_outlet
from rashomon.collect.articles.page import Piece, is_outlined
from rashomon.collect.articles.signatures import signature

_HEAD = 5
_TITLE_WORDS = 4
_OFTEN, _MANY = 3, 8
_BODY = ("body", "quoted_block", "editors_note", "excerpt")


@dataclass(slots=True)
class Head:
    """What stands before the first paragraph of an article, as indexes of pieces.

    `body` is the first piece after the head; `outlet` and `credits` name the lines they stand in.
    """

    title: int | None = None
    subtitle: int | None = None
    outlet: int | None = None
    bylines: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    body: int = 0


def starts(pieces: Sequence[Piece]) -> list[int]:
    """The pieces at which articles begin; the first is 0.

    In an outlined page a title after some body begins the next one. In any other it takes more:

    A further article needs a title with a byline or date under it, or a title under a line that
    closed the article before. Headings without either are subheadings.
    """
    if is_outlined(pieces):
        return _told_starts(pieces)
    found = [0]
    texts = 0
    signed: frozenset[str] | None = None
    for i, piece in enumerate(pieces):
        texts += piece.role == "text"
        if piece.role != "heading" or not texts or _above_is_heading(pieces, i):
            continue
        title = _title_of_run(pieces, i)
        if not _could_open(pieces, title):
            continue
        signed = _recurring(pieces) if signed is None else signed
        if _opens(pieces, title, signed):
            found.append(title)
            texts = 0
    return found


def _told_starts(pieces: Sequence[Piece]) -> list[int]:
    found, texts = [0], 0
    for i, piece in enumerate(pieces):
        if piece.told == "title" and texts:
            found.append(i)
            texts = 0
        texts += piece.told in _BODY
    return found


def _recurring(pieces: Sequence[Piece]) -> frozenset[str]:
    """The shapes of signatures that recur as those of comments do: no bylines of articles."""
    marks = [signature(p.words) for p in pieces if p.role in ("byline", "heading")]
    shapes = Counter(mark.shape for mark in marks if mark)
    timed = {mark.shape for mark in marks if mark and (mark.is_timed or "says" in mark.shape)}
    return frozenset(
        shape for shape, count in shapes.items() if count >= (_OFTEN if shape in timed else _MANY)
    )


def _above_is_heading(pieces: Sequence[Piece], place: int) -> bool:
    return pieces[place - 1].role == "heading"


def _title_of_run(pieces: Sequence[Piece], place: int) -> int:
    """Of headings in a row the first is the title; of three and more (a list of links) the last."""
    after = place
    while after < len(pieces) and pieces[after].role == "heading":
        after += 1
    return place if after - place < 3 else after - 1


def _could_open(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a heading is long enough for a title, set apart, and has text under it."""
    if len(pieces[place].words.split()) < _TITLE_WORDS or not pieces[place].gap:
        return False
    return _text_follows(pieces, place)


def _opens(pieces: Sequence[Piece], place: int, signed: frozenset[str]) -> bool:
    below = _below(pieces, place, signed)
    if any(by.named and not by.clock for by in below):
        return True
    above = _above(pieces, place)
    return above == "closing" or (bool(below) and above in ("furniture", "rule"))


def _below(pieces: Sequence[Piece], place: int, signed: frozenset[str]) -> list[Byline]:
    """The bylines of the head that this piece would be the title of."""
    found: list[Byline] = []
    for piece in pieces[place + 1 : place + _HEAD]:
        if piece.role in ("text", "note"):
            break
        mark = signature(piece.words) if piece.byline else None
        if piece.byline and not (mark and mark.shape in signed):
            found.append(piece.byline)
    return found


def _above(pieces: Sequence[Piece], place: int) -> str:
    """What ended the article before: its closing line, if the lines above belong to its foot."""
    last = ""
    for piece in reversed(pieces[max(0, place - 6) : place]):
        if piece.role not in ("furniture", "closing", "rule", "heading"):
            break
        last = piece.role if piece.role == "closing" or not last else last
        if last == "closing":
            break
    return last


def _text_follows(pieces: Sequence[Piece], place: int) -> bool:
    return any(piece.role in ("text", "note") for piece in pieces[place + 1 : place + _HEAD + 2])


def head(pieces: Sequence[Piece], first: int, after: int, given_title: str | None) -> Head:
    """The head of the article of pieces `first` to `after`."""
    if is_outlined(pieces):
        return _told_head(pieces, first, after)
    found = Head(body=_first_text(pieces, first, after))
    headings = [i for i in range(first, found.body) if pieces[i].role == "heading"]
    found.bylines = [i for i in range(first, found.body) if pieces[i].role == "byline"]
    if found.body == after:
        headings = []
        found.body = first
        found.bylines = []
    if len(headings) > 1 and _names_outlet(pieces[headings[0]], pieces[headings[1]]):
        found.outlet = headings.pop(0)
    for i in [i for i in headings[1:] if is_name(pieces[i].words.replace(",", ""))]:
        _credit(found, pieces, i, after, headings)
    if given_title is not None and first + 1 < after and alike(pieces[first].words, given_title):
        headings = sorted({first, *headings})
        found.body = max(found.body, first + 1)
    _choose_title(found, pieces, headings, given_title)
    return found


def _told_head(pieces: Sequence[Piece], first: int, after: int) -> Head:
    """The head as the outline draws it, with the bylines that stand before the first paragraph."""
    inside = range(first, after)
    found = Head(title=next((i for i in inside if pieces[i].told == "title"), None))
    if found.title is not None and found.title + 1 < after:
        below = pieces[found.title + 1]
        found.subtitle = found.title + 1 if below.told == "title" else None
    body = [i for i in inside if pieces[i].told in _BODY]
    found.body = next((i for i in body[:_HEAD] if pieces[i].role in ("text", "note")),
                      body[0] if body else after)  # fmt: skip
    found.bylines = [i for i in inside if pieces[i].told == "byline"]
    found.bylines += [i for i in body if i < found.body and pieces[i].role == "byline"]
    return found


def _credit(
    found: Head, pieces: Sequence[Piece], place: int, after: int, headings: list[int]
) -> None:
    """A line of names under the title: the outlet's, or a person's if it touches a date line."""
    words = pieces[place].words
    touches = place + 1 in found.bylines and not pieces[place + 1].gap
    below = place - 1 in found.bylines and not pieces[place].gap
    if found.outlet is None and (is_outlet(words) or (touches and _is_body(pieces, place, after))):
        found.outlet = place
    elif touches or below:
        found.people.append(place)
    else:
        return
    headings.remove(place)


def _is_body(pieces: Sequence[Piece], place: int, after: int) -> bool:
    """Whether a line's name must be a body's: too long for a person's, or the text speaks of it,
    or the line under it has a name of its own."""
    words, by = pieces[place].words, pieces[place + 1].byline
    if len(words.split()) > 2 or (by and by.named):
        return True
    return any(words in piece.words for piece in pieces[place + 2 : after])


def _first_text(pieces: Sequence[Piece], first: int, after: int) -> int:
    return next((i for i in range(first, after) if pieces[i].role in ("text", "note")), after)


def _names_outlet(piece: Piece, below: Piece) -> bool:
    """Whether the line over a title names the outlet: one name, or one that looks like it."""
    if len(below.words.split()) < _TITLE_WORDS or piece.words.lower() in word_list(
        "section_names", "name"
    ):
        return False
    return is_outlet(piece.words) or (len(piece.words.split()) == 1 and piece.words[-1].isalnum())


def _choose_title(
    found: Head, pieces: Sequence[Piece], headings: list[int], given_title: str | None
) -> None:
    headings = [i for i in headings if not _is_section(pieces[i])] or headings
    if given_title is not None:
        same = [i for i in headings if alike(pieces[i].words, given_title)]
        found.title = same[0] if same else None
        headings = [i for i in headings if found.title is not None and i > found.title]
    elif headings:
        found.title = headings.pop(0)
    if found.title is None:
        return
    for i in headings:
        if alike(pieces[i].words, pieces[found.title].words):
            found.repeated.append(i)
        elif i == found.title + 1:
            found.subtitle = i


def _is_section(piece: Piece) -> bool:
    return piece.words.lower() in word_list("section_names", "name")


def alike(left: str, right: str) -> bool:
    """Whether two titles are the same but for case, blanks and signs."""
    return _letters(left) == _letters(right)


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
