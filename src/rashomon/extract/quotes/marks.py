"""Quote marks of all kinds, paired inside their own paragraph.

A mark without its partner costs its paragraph and no more. A quote may run on over several
paragraphs when each of them opens with a mark and only the last closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rashomon.base.rows import Span

_OPEN = {"“": '"', "„": '"', "‟": '"', "«": "«", "‘": "'", "‚": "'", "‹": "«"}
_CLOSE = {"”": '"', "»": "«", "’": "'", "›": "«"}
_STRAIGHT = {'"': '"', "''": '"', "``": '"', "'": "'", "`": "'", "´": "'"}
_DOUBLE = '“"„‟”«'
_ALL = frozenset("".join((*_OPEN, *_CLOSE, *_STRAIGHT)))
_ANY = re.compile("''|``|[" + "".join(sorted(_ALL)) + "]")
_STARTERS = "([{—–-/:,;…"
_ELISIONS = ("em", "til", "tis", "twas", "cause", "round", "bout", "n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quoted stretch, its marks included. `paragraph` is the index of its paragraph.

    `closed` is False when no partner was found: the stretch then ends with its paragraph.
    `runs_on` says that the next paragraph opens with a mark too and goes on with it.
    """

    start: int
    end: int
    paragraph: int
    family: str
    closed: bool = True
    runs_on: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Sign(NamedTuple):
    """One mark of a paragraph: its place, its family, and whether it may open or close."""

    at: int
    after: int
    family: str
    opens: bool
    closes: bool


def find(text: str, paragraphs: Sequence[Span]) -> tuple[Mark, ...]:
    """The outermost quoted stretches of each paragraph, in order; inner ones are left out."""
    found: list[Mark] = []
    for index, paragraph in enumerate(paragraphs):
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        signs = list(_signs(text, paragraph))
        if signs:
            found += _outermost(text, paragraph, index, signs, after)
    return tuple(mark for mark in found if mark.end - mark.start > 2)


def _outermost(
    text: str, paragraph: Span, index: int, signs: Sequence[Sign], after: Span | None
) -> Iterator[Mark]:
    """Opening and closing marks paired from left to right; a pair inside a pair is skipped."""
    at, partners = paragraph.start, _partners(text, signs)
    if _lost_opening(text, paragraph, signs[0]):
        at = signs[0].after
        yield Mark(paragraph.start, at, index, signs[0].family, closed=False)
    for position, sign in enumerate(signs):
        if sign.at < at or not sign.opens:
            continue
        closing = partners.get(position)
        if closing is not None:
            at = signs[closing].after
            yield Mark(sign.at, at, index, sign.family)
        elif runs_on := _runs_on(text, paragraph, sign, after):
            at = paragraph.end
            yield Mark(sign.at, at, index, sign.family, closed=False, runs_on=runs_on)
        elif _alone(text, paragraph, signs, position):
            at = paragraph.end
            yield Mark(sign.at, at, index, sign.family, closed=False)


def _lost_opening(text: str, paragraph: Span, sign: Sign) -> bool:
    """A closing mark first of all, after a stop: the quote began with the paragraph."""
    if not sign.closes or sign.family == "'" or sign.at - paragraph.start < 8:
        return False
    return text[sign.at - 1] in ",.?!"


def _runs_on(text: str, paragraph: Span, sign: Sign, after: Span | None) -> bool:
    """Whether the next paragraph opens with a mark too, and this one does not end with one."""
    if after is None or sign.family == "'" or text[paragraph.end - 1] in _ALL:
        return False
    return text[after.start] in _DOUBLE


def _alone(text: str, paragraph: Span, signs: Sequence[Sign], position: int) -> bool:
    """Whether a mark without a partner stands for its paragraph: it begins it, alone."""
    sign = signs[position]
    if position or sign.family == "'" or sign.at > paragraph.start + 2:
        return False
    begins = not text[paragraph.start : sign.at].strip()
    return begins and not any(later.opens for later in signs[1:])


def _signs(text: str, span: Span) -> Iterator[Sign]:
    for match in _ANY.finditer(text, span.start, span.end):
        (at, after), sign = match.span(), match.group()
        family = _OPEN.get(sign) or _CLOSE.get(sign) or _STRAIGHT[sign]
        opens, closes = _sides(text, span, at, after)
        if family == "'" and opens and _elision(text, at):
            continue
        if opens or closes:
            yield Sign(at, after, family, opens and not closes, closes)


def _sides(text: str, span: Span, at: int, end: int) -> tuple[bool, bool]:
    """Whether a mark may open (blank before it, a word after) or close (the other way round)."""
    before = text[at - 1] if at > span.start else " "
    after = text[end] if end < span.end else " "
    free_before = before.isspace() or before in _STARTERS or before in _ALL
    free_after = not after.isalnum()
    opens = free_before and not after.isspace()
    closes = free_after and not before.isspace()
    if text[at] in _OPEN and (opens or not closes):
        return not after.isspace(), False
    if text[at] in _CLOSE and (closes or not opens):
        return False, closes or (text[at] in "”»" and not before.isspace())
    return opens, closes


def _elision(text: str, at: int) -> bool:
    """'em, 'til, '90s: an apostrophe that looks like an opening mark."""
    word = text[at + 1 : at + 7]
    if word[:1].isdigit():
        return text[at] != "‘"
    letters = "".join(c if c.isalpha() else " " for c in word).split(" ")[0].lower()
    return letters in _ELISIONS


def _partners(text: str, signs: Sequence[Sign]) -> dict[int, int]:
    """For each sign that opens a stretch the sign that closes it, in time linear in the signs."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for index, sign in enumerate(signs):
        if sign.family == "'":
            closing = _single_partner(text, signs, index + 1) if sign.opens else None
            if closing is not None:
                found[index] = closing
        elif sign.closes:
            if opened := waiting.get(sign.family):
                found[opened.pop()] = index
        else:
            waiting.setdefault(sign.family, []).append(index)
    return found


def _single_partner(text: str, signs: Sequence[Sign], first: int) -> int | None:
    """The first sure closing mark; a plural's apostrophe only when there is no other."""
    doubtful: int | None = None
    for index in range(first, len(signs)):
        sign = signs[index]
        if sign.family != "'":
            continue
        if not sign.closes:
            break
        if not _possessive(text, sign.at):
            return index
        doubtful = index if doubtful is None else doubtful
    return doubtful


def _possessive(text: str, at: int) -> bool:
    """ "the officers' car": a closing mark after a plural s, with no stop before it."""
    return text[at - 1 : at] in ("s", "S") and text[at + 1 : at + 2] == " "
