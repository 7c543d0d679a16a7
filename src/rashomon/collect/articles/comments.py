"""Readers' comments: where they begin, and where each of them does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.base.layout import ends_sentence
from rashomon.base.lexicon import words as word_list
from rashomon.collect.articles.dates import find_date
from rashomon.collect.articles.page import Piece

_SAYS = re.compile(
    r"^(?P<name>.{1,60}?)[\s,·|•-]*\b(?:says?|said|wrote|writes|commented|replied|responds|responded)"
    r"\b\s*(?:in reply to .{1,40})?(?::|…|\.\.\.|↓)?$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^(?P<name>.{0,60}?)[\s,·|•-]*\b(?:\d+|an?|one)\s+(?:minute|hour|day|week|month|year)s?\s+ago\b"
    r".{0,30}$",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"[\s·|•↓]*\b(?:reply|replies|report|flag|permalink|share|link)\b[\s·|•↓]*$", re.I
)
_AROUND = re.compile(
    r"^(?:posted|comment(?:ed)?|written|submitted)?\s*(?:by\b)?\s*:?\s*"
    r"|[\s,]*\b(?:says?|said|wrote|on|at|posted)\b[\s:,]*$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Yy]ou|[Yy]our|you['’]re|[Mm]y|me|[Uu]r|u)\b")
_QUOTED = re.compile(r"[“\"][^”\"]{0,2000}[”\"]?")
_LOUD = re.compile(r"[!?]{2,}|!$|\.{4,}|[:;]-?[)(DP](?:\s|$)|[☺-♥😀-🙏]")
_INLINE = re.compile(r"(?P<name>@?[\w.’'-]{2,30}(?: [\w.’'-]{1,20}){0,2}):\s+\S")
_SHORT = 12
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
    line = _REPLY.sub("", piece.words)
    if len(line.split()) > 14:
        return None
    for pattern in (_SAYS, _AGO):
        if found := pattern.match(line):
            return _name(found["name"])
    dated = find_date(line)
    if dated and (dated.clock or piece.role == "byline"):
        rest = f"{line[: dated.start]} {line[dated.end :]}".strip()
        return _name(rest) if len(rest.split()) <= 6 else None
    return None


def _name(words: str) -> str:
    dated = find_date(words)
    words = words[: dated.start] if dated else words
    for _ in range(2):
        words = _AROUND.sub("", words.strip(" .,:;·|•-–—#"))
    return words.strip(" .,:;·|•-–—")


def likeness(piece: Piece) -> float:
    """How much a paragraph reads like a reader's comment: 0 for a report's, 1 and more for one."""
    if piece.role == "byline" or handle_of(piece) is not None:
        return 3.0
    words = _QUOTED.sub(" ", piece.words)
    score = min(2, len(_turns().findall(words))) + 1.0 * bool(_LOUD.search(words))
    score += 1.0 * bool(_PERSONAL.search(words))
    score += 1.0 * piece.words[0].islower()
    score += 0.5 * (not ends_sentence(piece.words))
    return score + 0.5 * (len(piece.words.split()) <= _SHORT)


@cache
def _turns() -> re.Pattern[str]:
    listed = sorted(word_list("comment_words", "words"), key=lambda turn: (-len(turn), turn))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)


# ---- where comments begin without a heading

_RISE = 0.7
"""By how much comments must read more like comments than what stands before them: over the pages
of the Dragnet set, reports lie near 0.3, weblogs near 1.0 and comments near 1.8."""
_LEAST = 0.8
_COMMENTS, _BODY, _SIGNED = 3, 3, 2


def onset(pieces: Sequence[Piece], first: int, after: int) -> int | None:
    """The piece of `first` to `after` at which comments begin that no heading announces.

    It is the first of several lines that name who comments and when; else the break in the page
    (a wider gap, a credit) after which the paragraphs read most unlike those before it. None if
    there is neither.
    """
    signed = _signed(pieces, first, after)
    return signed if signed is not None else _parted(pieces, first, after)


def _signed(pieces: Sequence[Piece], first: int, after: int) -> int | None:
    """Where comments begin that are headed by names and dates, or ended by them."""
    marks = [i for i in range(first + 1, after) if handle_of(pieces[i])]
    if len(marks) < _SIGNED:
        return None
    return marks[0] if marks[-1] != after - 1 or marks[0] == first + 1 else marks[0] - 1


def _parted(pieces: Sequence[Piece], first: int, after: int) -> int | None:
    """The break that parts the paragraphs best: most between-halves variance of likeness."""
    usual = _usual_gap(pieces[first:after])
    scores = [likeness(p) + 0.5 * (p.gap > usual) for p in pieces[first:after]]
    total, before = sum(scores), 0.0
    best, chosen = 0.0, None
    for index, score in enumerate(scores):
        rest = len(scores) - index
        if index >= _BODY and rest >= _COMMENTS and _is_break(pieces, first + index, usual):
            low, high = before / index, (total - before) / rest
            parted = index * rest / len(scores) * (high - low) ** 2
            if high - low >= _RISE and high >= _LEAST and parted > best:
                best, chosen = parted, first + index
        before += score
    return chosen


def _usual_gap(pieces: Sequence[Piece]) -> int:
    """The narrower of the gaps that are common between paragraphs, in blank lines."""
    gaps = sorted(piece.gap for piece in pieces[1:])
    return gaps[len(gaps) // 4] if gaps else 0


def _is_break(pieces: Sequence[Piece], place: int, usual: int) -> bool:
    here, above = pieces[place], pieces[place - 1]
    return (
        here.gap > usual
        or above.role in ("closing", "source", "excerpt", "rule", "furniture", "comments")
        or handle_of(here) is not None
    )


# ---- where each comment begins


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
