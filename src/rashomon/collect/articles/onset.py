"""Where readers' comments begin that no heading announces, scored over the whole page.

Each paragraph gets its evidence: above 0 for a reader's comment, below 0 for a report. Comments
begin where the evidence of all that follows, with what the break itself tells, is greatest. The
weights are set by hand in the manner of log-odds: a line that names who wrote and at what time is
worth several paragraphs that merely read like comments.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from rashomon.base.layout import ends_sentence
from rashomon.base.lexicon import words as word_list
from rashomon.collect.articles.dates import find_date
from rashomon.collect.articles.page import Piece
from rashomon.collect.articles.signatures import Signature, signature

ENOUGH, ENOUGH_UNSIGNED = 3.0, 4.0
"""Evidence under which a page has no comments: with signatures that recur, and without any."""
_TIMED, _DATED, _NAMED, _NAME, _FOLLOWS = 2.5, 1.6, 1.2, 0.5, 0.5
_ALONE, _ABOVE, _WEAK = 0.3, 0.3, 0.4
_ALSO_IN_REPORTS = frozenset(
    ("date", "clock", "name clock", "name date", "by name", "url name", "name says")
)
"""Shapes that chronologies, programmes, interviews and lists of links have as well."""
_HANDLE, _NICK, _AGAIN = 0.1, 0.9, 0.6
_USUAL, _USUAL_UNSIGNED, _SLOPE, _LEAST, _MOST = 0.9, 0.55, 0.8, -1.0, 2.0
_GAP, _CLOSED, _SIGNED = 0.8, 0.8, 1.5
_SHORT, _LONG = 12, 90
_HANDLE_WORDS, _HANDLE_LENGTH = 4, 40
_FAR, _NEAR, _HEAD, _SIGNS, _OFTEN = 6, 12, 3, 3, 3

_LOUD = re.compile(r"[!?]{2}|\.{4}")
_SMILE = re.compile(r"[:;]-?[)(DP](?:\s|$)|[☺-♥😀-🙏]")
_COUNT = re.compile(r"#?(\d{1,4})\s*[.):]\s")
_ODD = re.compile(r"^[a-z]|\d|_|[a-z][A-Z]")
_QUOTED = re.compile(r"[“\"][^”\"]{0,2000}[”\"]?")
_EDGES = ("", ",", ".", "!", "?", ":", ";", "...", "…", ")")


def _edged(words: Iterable[str]) -> frozenset[str]:
    """Words with both apostrophes and with the signs that follow them on a page."""
    plain = [form for word in words for form in (word, word.replace("'", "’"))]
    return frozenset(f"{opening}{word}{edge}" for word in plain for edge in _EDGES
                     for opening in ("", "(", "*"))  # fmt: skip


_PERSONAL = _edged(
    ("i", "i'm", "i've", "i'd", "i'll", "you", "your", "you're", "you've", "you'll", "my", "me",
     "ur", "u", "mine", "myself", "yours")
)  # fmt: skip
_REPORTED = _edged(
    ("said", "says", "told", "according", "spokesman", "spokeswoman", "reported", "reportedly")
)


def likeness(piece: Piece) -> float:
    """How much a paragraph reads like a reader's comment: 0 for a report's, 1 and more for one."""
    words = piece.words
    if '"' in words or "“" in words:
        words = _QUOTED.sub(" ", words)
    lower = words.lower()
    tokens = lower.split()
    held = set(tokens)
    score = float(min(2, _turns_in(lower, held))) + (not _PERSONAL.isdisjoint(held))
    score += 1.0 * _is_loud(words) + 1.0 * piece.words[0].islower()
    score += 0.5 * (not ends_sentence(piece.words)) + 0.5 * (len(tokens) <= _SHORT)
    return score - 0.5 * (not _REPORTED.isdisjoint(held)) - 0.5 * (len(tokens) > _LONG)


def _is_loud(words: str) -> bool:
    if words[-1:] == "!" or _LOUD.search(words):
        return True
    plain = words.isascii() and ":" not in words and ";" not in words
    return not plain and bool(_SMILE.search(words))


def _turns_in(lower: str, held: set[str]) -> int:
    """How many words and turns of comments stand in a paragraph."""
    firsts = held & _turns().keys()
    return sum(
        part in lower and bool(turn.search(lower))
        for first in firsts
        for part, turn in _turns()[first]
    )


@cache
def _turns() -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """The turns of comments, and a part of each without apostrophe, by their first word as it can
    stand on a page."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
    for turn in sorted(word_list("comment_words", "words")):
        written = re.escape(turn).replace("'", "['’]")
        shape = re.compile(rf"\b{written}\b")
        part = max(turn.split("'"), key=len)
        for first in sorted(_edged([turn.split()[0]])):
            found[first].append((part, shape))
    return {first: tuple(shapes) for first, shapes in found.items()}


@dataclass(frozen=True, slots=True)
class _Body:
    """The pieces under a head, the signatures among them, the places of those that recur, and
    those of the entries of lists."""

    pieces: Sequence[Piece]
    signed: Sequence[Signature | None]
    marks: Sequence[int]
    listed: frozenset[int]


def onset(page: Sequence[Piece], *, outlined: bool = False) -> int | None:
    """The piece at which comments begin; None if there seem to be none. `outlined`: an outline
    calls all of it body, so that only signatures count which nothing but comments has."""
    if len(page) < 2:
        return None
    lines = [signature(piece.words) for piece in page]
    listed = _listed(page, lines)
    signed = [None if i in listed else mark for i, mark in enumerate(lines)]
    marks = _sure(signed) if outlined else _recurring(page, signed)
    body = _Body(page, signed, marks, listed)
    if not marks and (outlined or not _is_spoken(page)):
        return None
    evidence = _evidence(body)
    chosen = _greatest(body, evidence)
    return None if chosen is None else _backed_up(body, evidence, chosen)


def _listed(page: Sequence[Piece], signed: Sequence[Signature | None]) -> frozenset[int]:
    """The places of entries of a list. Three in a row that are numbered on, or signatures made
    alike, with no words of anybody's under them, sign nothing and are nobody's comments."""
    if not any(signed):
        return frozenset()
    counts = [_count(piece.words) for piece in page]
    found: set[int] = set()
    for i in range(2, len(page)):
        first = counts[i - 2]
        counted = first > 0 and counts[i - 1 : i + 1] == [first + 1, first + 2]
        if counted or _same(signed[i - 2 : i + 1]):
            found |= {i - 2, i - 1, i}
    return frozenset(found)


def _count(words: str) -> int:
    """The number before an entry of a list ("12. Who Paid?"); 0 if there is none."""
    found = _COUNT.match(words)
    return int(found[1]) if found else 0


def _same(marks: Sequence[Signature | None]) -> bool:
    return None not in marks and len({mark.shape for mark in marks if mark}) == 1


def _sure(signed: Sequence[Signature | None]) -> list[int]:
    """The places of signatures that say who and at what time, or who "says", in a shape that at
    least three of them have."""
    shapes = Counter(
        mark.shape
        for mark in signed
        if mark and mark.name and (mark.is_timed or "says" in mark.shape)
    )
    often = {shape for shape, count in shapes.items() if count >= _SIGNS} - _ALSO_IN_REPORTS
    return [i for i, mark in enumerate(signed) if mark and mark.shape in often]


def only_comment(page: Sequence[Piece], day: str) -> int | None:
    """The piece at which a single comment begins: over a last line that says who wrote and when, on
    a later day than the article's (ISO 8601), and so by somebody else; None if there is none."""
    said = [i for i, piece in enumerate(page) if piece.role not in ("furniture", "closing", "rule")]
    last = said[-1] if said else 0
    mark = signature(page[last].words) if last > 1 else None
    if mark is None or not mark.name or not mark.is_timed:
        return None
    found = find_date(page[last].words)
    if found is None or found.day is None or found.day.isoformat() <= day:
        return None
    place = last - 1
    while place > 1 and likeness(page[place - 1]) > _USUAL:
        place -= 1
    return place


def heads_comments(pieces: Sequence[Piece], place: int, after: int) -> bool:
    """Whether comments follow a line such as "12 comments": it stands in the second half of the
    page, or somebody signs soon under it, or the paragraphs under it read so."""
    below = pieces[place + 1 : min(after, place + 1 + _FAR)]
    if 2 * (pieces[place].start - pieces[0].start) > pieces[after - 1].end - pieces[0].start:
        return True
    if any(signature(piece.words) or is_handle(below, i) for i, piece in enumerate(below)):
        return True
    return sum(likeness(piece) for piece in below) >= _USUAL * len(below)


def _is_spoken(page: Sequence[Piece]) -> bool:
    """Whether several paragraphs bear a sign of comments that is seen at a glance."""
    if len(page) < _SIGNS:
        return False
    signs = 0
    for piece in page:
        words = piece.words
        signs += (
            words[0].islower()
            or " I " in words
            or " you" in words
            or "!" in words
            or words.startswith(("I ", "I'", "I’", "You"))
            or not ends_sentence(words)
        )
    return signs >= _SIGNS


def _recurring(page: Sequence[Piece], signed: Sequence[Signature | None]) -> list[int]:
    """The places of signatures that have another of the same shape near them, or that say both
    who speaks and when, on one line or on two."""
    last: dict[str, int] = {}
    found: set[int] = set()
    for place, mark in enumerate(signed):
        if mark is None:
            continue
        if place > 1 and mark.is_timed and ("says" in mark.shape or "number" in mark.shape):
            found.add(place)
        if place > 1 and _is_under_name(page, signed, place):
            found |= {place - 1, place} if signed[place - 1] else {place}
        before = last.get(mark.shape)
        if before is not None and place - before <= _NEAR:
            found |= {before, place}
        last[mark.shape] = place
    return sorted(found)


def _is_under_name(page: Sequence[Piece], signed: Sequence[Signature | None], place: int) -> bool:
    """Whether a line that says only when stands under one that says who: "Ana says:", "Ana"."""
    mark, above = signed[place], signed[place - 1]
    if mark is None or mark.name or not mark.is_dated:
        return False
    if above:
        return bool(above.name) and "says" in above.shape
    touches = not page[place].gap and page[place - 1].gap > 0
    return place > _HEAD and mark.is_timed and touches and is_handle(page, place - 1)


def _greatest(body: _Body, evidence: Sequence[float]) -> int | None:
    ahead = list(accumulate(reversed(evidence)))[::-1]
    usual = _usual_gap(body.pieces)
    best, chosen = ENOUGH if body.marks else ENOUGH_UNSIGNED, None
    for place in range(1, len(evidence)):
        total = ahead[place] + _break(body, place, usual)
        if total > best:
            best, chosen = total, place
    return chosen


def _evidence(body: _Body) -> list[float]:
    page = body.pieces
    scores = [likeness(piece) if piece.role != "byline" else 0.0 for piece in page]
    third = scores[: max(3, len(scores) // 4)]
    least = _USUAL if body.marks else _USUAL_UNSIGNED
    base = max(least, min(1.6, sum(third) / len(third) + 0.4))
    names = Counter(piece.words for piece in page if _is_name_like(piece))
    told = [_of_piece(body, names, scores[place] - base, place) for place in range(len(page))]
    first = body.marks[0] if body.marks else 0
    return [value * _ABOVE if i < first and value > 0 else value for i, value in enumerate(told)]


def _of_piece(body: _Body, names: Mapping[str, int], above: float, place: int) -> float:
    mark, piece = body.signed[place], body.pieces[place]
    if mark:
        told = _TIMED if mark.is_timed else _DATED if mark.is_dated else _NAMED
        told += _NAME * bool(mark.name)
        told *= _WEAK if mark.shape in _ALSO_IN_REPORTS else 1.0
        return told if place in body.marks else told * _ALONE * (place > 1)
    if piece.role not in ("text", "heading", "note", "foreign") or place in body.listed:
        return 0.0
    if is_handle(body.pieces, place) or names[piece.words] >= _OFTEN:
        return _HANDLE + _NICK * _is_nick(piece.words) + _AGAIN * (names[piece.words] > 1)
    told = min(_MOST, max(_LEAST, _SLOPE * above))
    return told + (_FOLLOWS if place and (place - 1) in body.marks else 0.0)


def _is_nick(words: str) -> bool:
    """Whether a short line is what somebody calls themselves: a given name, or one odd word."""
    tokens = words.split()
    if tokens[0].capitalize() in word_list("given_names"):
        return len(tokens) <= 3
    return len(tokens) == 1 and bool(_ODD.search(words))


def is_handle(page: Sequence[Piece], place: int) -> bool:
    """Whether a line of a few words can be the name of whoever wrote the paragraph after it."""
    if place + 1 >= len(page) or not _is_name_like(page[place]):
        return False
    return page[place + 1].gap <= page[place].gap or not page[place + 1].gap


def _is_name_like(piece: Piece) -> bool:
    """Whether a line has few enough words to be a name, and no sign of a sentence."""
    if len(piece.words) > _HANDLE_LENGTH or piece.lines > 1:
        return False
    few = len(piece.words.split()) <= _HANDLE_WORDS
    return few and not ends_sentence(piece.words) and "," not in piece.words


def _break(body: _Body, place: int, usual: int) -> float:
    """What the place itself tells for comments to begin there."""
    page = body.pieces
    told = _GAP * (page[place].gap > usual) + _SIGNED * (place in body.marks[:1])
    above = page[place - 1].role
    return told + _CLOSED * (above in ("closing", "source", "excerpt", "rule", "furniture"))


def _backed_up(body: _Body, evidence: Sequence[float], chosen: int) -> int:
    """The same place, or that of the comment which the first signature ends."""
    marks = body.marks
    if not marks or chosen not in (marks[0], marks[0] + 1) or not _ends_comments(body):
        return chosen
    between = pairwise(marks)
    lengths = sorted(sum(not is_handle(body.pieces, i) for i in range(left + 1, right))
                     for left, right in between)  # fmt: skip
    usual = min(_FAR, lengths[len(lengths) // 2])
    place = max(1, marks[0] - 1)
    while place > 1 and marks[0] - place < usual and evidence[place - 1] > 0:
        place -= 1
    return place


def _ends_comments(body: _Body) -> bool:
    """Whether signatures stand under their comments: the page ends with one of the same shape."""
    page = body.pieces
    last = max(i for i, piece in enumerate(page)
               if piece.role not in ("furniture", "closing") or body.signed[i])  # fmt: skip
    first, final = body.signed[body.marks[0]], body.signed[last]
    return bool(first and final and first.shape == final.shape)


def _usual_gap(pieces: Sequence[Piece]) -> int:
    """The gap between paragraphs of the first half, in blank lines."""
    gaps = sorted(piece.gap for piece in pieces[1 : len(pieces) // 2 + 1])
    return gaps[len(gaps) // 2] if gaps else 0
