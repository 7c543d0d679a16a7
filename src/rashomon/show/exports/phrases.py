"""Phrases of one to five words from a list, found in a text with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:\.?[.’'-][^\W_]+)*\.?")
_PART = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[.’'][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’]s$")
_RELATION = re.compile(r"-(?:\w+ed|held|led|run|born|built|owned|era|style)$", re.IGNORECASE)
_AGAINST = re.compile(r"^(?:anti|pro|non)-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its offsets there; a possessive ending is left out of `text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A phrase of the list: what it stands for, and its offsets."""

    value: V
    words: str
    start: int
    end: int


def words(text: str, *, names: bool = False) -> list[Word]:
    """The words of a text. With `names`, words that only stand in a relation to the name in them
    ("rebel-held", "Iran-backed", "anti-American") are left out; other hyphens part words."""
    found = []
    for whole in _WORD.finditer(text):
        if names and (_RELATION.search(whole[0]) or _AGAINST.match(whole[0])):
            continue
        for part in _PART.finditer(text, whole.start(), whole.end()):
            bare = _POSSESSIVE.sub("", part[0])
            bare = bare if "." in bare[:-1] else bare.rstrip(".")
            found.append(Word(bare, part.start(), part.start() + len(bare)))
    return found


def find(
    text: str, listed: Sequence[Word], phrases: Mapping[str, V], *, exact: bool = False
) -> Iterator[Found[V]]:
    """The phrases that words of a text make, the longest at each place, none inside another.

    Phrases stand in small letters and singular; with `exact`, as names are written.
    """
    at = 0
    while at < len(listed):
        for length in range(min(5, len(listed) - at), 0, -1):
            run = listed[at : at + length]
            key = next((form for form in _forms(run, exact=exact) if form in phrases), None)
            if key is not None:
                start, end = run[0].start, run[-1].end
                yield Found(phrases[key], text[start:end], start, end)
                at += length - 1
                break
        at += 1


def _forms(run: Sequence[Word], *, exact: bool) -> Iterator[str]:
    """How a list may write a run of words."""
    joined = " ".join(word.text for word in run)
    bare = joined.rstrip(".")
    if exact:
        yield from (joined, bare)
        if bare.isupper() and len(bare) > 3:
            yield bare.title()
        return
    small = bare.lower()
    yield small
    if small.endswith("ies"):
        yield small[:-3] + "y"
    if small.endswith("es"):
        yield small[:-2]
    if small.endswith("s"):
        yield small[:-1]
