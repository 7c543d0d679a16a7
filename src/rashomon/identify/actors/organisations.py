"""How surely two names of organisations are one.

Words in which one name is put in several languages count as one ("Kataib", "Brigades"), legal forms
as one another, as `data/organisation_terms.tsv` has them. What may be left off or stands for a
whole name is settled elsewhere: here only spelling and wording are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rashomon.base.lexicon import mapping
from rashomon.base.reasons import Reason
from rashomon.identify.actors import groups
from rashomon.identify.actors.likeness import Profile, likeness, pair, profile
from rashomon.identify.actors.names import DIGITS, below_same, plain_words, spelling
from rashomon.identify.actors.spelling import SAME, align, alike

_LONG = 5
_UNLIKE = 0.5
_FORM = "company"


def compare(left: str, right: str) -> Reason:
    """How surely two names, as they stand, are one. From `SAME` up they are spellings of one name:
    the same words in any order but for their spelling, and the same states and numbers."""
    if plain_words(left) == plain_words(right):
        return Reason(1.0, "the same name", left, right)
    ours, theirs = profile_of(left), profile_of(right)
    if theirs.words < ours.words:
        ours, theirs = theirs, ours
    if not ours.words or not theirs.words:
        return Reason(0.0, "no words", left, right)
    pairs = pair(ours, theirs)
    likely = likeness(ours, theirs, pairs)
    if likely >= _UNLIKE and _spelt_alike(left, right):
        score = SAME + (1 - SAME) * likely
    else:
        score = below_same(likely, whole=False)
    return Reason(round(score, DIGITS), spelling(ours.words, theirs.words, pairs), left, right)


@lru_cache(maxsize=100_000)
def profile_of(text: str) -> Profile:
    """What an organisation's name is measured by."""
    raw = " ".join(plain_words(text))
    initials = groups.initials(raw) | groups.initials(" ".join(wording(raw)))
    return profile("organisation", wording(raw), frozenset(one.lower() for one in initials))


@lru_cache(maxsize=100_000)
def wording(raw: str) -> tuple[str, ...]:
    """The words of a raw name without links, each as the word that stands for its meaning, and
    one legal form at most."""
    found: list[str] = []
    terms = mapping("organisation_terms", "word", "meaning")
    for word in raw.split():
        word = terms.get(word, word)
        if word not in groups.uses("of") and not (word == _FORM and _FORM in found):
            found.append(word)
    return tuple(found) or tuple(raw.split())


@lru_cache(maxsize=100_000)
def _bag(text: str) -> tuple[str, ...]:
    return groups.bag(" ".join(plain_words(text)))


def _spelt_alike(left: str, right: str) -> bool:
    ours, theirs = _bag(left), _bag(right)
    return ours == theirs or close(ours, theirs)


def close(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two bags differ in the spelling of names only. English words that sound alike are two
    words, and short words hold too little to tell ("view", "WWII")."""
    pairs = align(left, right, alike) if len(left) == len(right) else []
    return len(left) == len(right) == len(pairs) and all(
        left[i] == right[j] or (score >= SAME and min(len(left[i]), len(right[j])) >= _LONG)
        for i, j, score in pairs
    )
