"""What kind of happening a word tells of: data/happenings.tsv."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.base.lexicon import mapping, table, words

Tallied = tuple[str, float, float, str]
"""What befell those who are counted, the bounds of their number, and the noun for them."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BEHIND_NOUN = re.compile(
    r"\s+(?:on|of|in|against|at|by|between|with|since|took|continued|and|occurring)\b"
)


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of data/happenings.tsv; `once` is in days, 0 where it can befall one anew."""

    family: str
    kind: str
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    once: int
    noun: bool
    in_words: bool
    befalls: bool


@cache
def _happenings() -> Mapping[str, tuple[Happening, ...]]:
    found: defaultdict[str, list[Happening]] = defaultdict(list)
    for row in table("happenings"):
        happening = Happening(
            row["family"],
            row["kind"],
            tuple(row["needs"].split("|")) if row["needs"] else (),
            tuple(row["unless"].split("|")) if row["unless"] else (),
            int(row["once"] or 0),
            row["noun"] == "yes",
            row["in_words"] == "yes",
            row["befalls"] == "yes",
        )
        found[row["word"]].append(happening)
    return {word: tuple(lines) for word, lines in found.items()}


def happening_of_counts(counts: Sequence[Tallied]) -> Happening | None:
    """What befell those who are counted, where the predicate only tells of the count.

    "The ministry put the number of dead at nine": neither the place nor the time of the putting
    is that of the deaths.
    """
    harms = words("harms", "what")
    found = (
        next(iter(_happenings().get(what, ())), None)
        for what, *_, counted in counts
        if what in harms and not needs_more(counted)
    )
    return next((happening for happening in found if happening), None)


def same_act(lemma: str) -> str:
    """The word by which an act is known that several words tell of; else the lemma itself."""
    return mapping("same_acts", "word", "act").get(lemma, lemma)


def needs_more(word: str) -> bool:
    """Whether a word tells of a happening only beside others: "five rounds" are no arrests."""
    found = _happenings().get(word, ())
    return bool(found) and all(happening.needs for happening in found)


def happening_of(lemma: str, spoken: Sequence[str]) -> Happening | None:
    """The line of a lemma of which the clause has one of the phrases that it needs."""
    clause = f" {' '.join(spoken)} "
    for found in _happenings().get(lemma, ()):
        if any(f" {phrase} " in clause for phrase in found.unless):
            continue
        if not found.needs or any(f" {phrase} " in clause for phrase in found.needs):
            return found
    return None


def event_word(word: str) -> Happening | None:
    """What a noun that is spoken of as known names ("the strike"), if it names a happening."""
    return next((found for found in _happenings().get(word, ()) if found.noun), None)


def is_plural(text: str, start: int, lemma: str) -> bool:
    """A noun that names several happenings, told from a verb by the preposition behind it."""
    word = _WORD.match(text, start)
    noun = event_word(lemma)
    if word is None or noun is None or word.group().lower() not in (f"{lemma}s", f"{lemma}es"):
        return False
    return bool(_BEHIND_NOUN.match(text, word.end())) and noun.family != "meet"
