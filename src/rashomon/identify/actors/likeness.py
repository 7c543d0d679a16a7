"""How likely two lists of words are two spellings of one name: a scorecard over named measures.

Words are paired one to one by sound. A word counts by its rarity: "Muhammad" agreeing says little,
"Qavrani" much. Each measure of a pair falls into a step that is worth points, and the sum of points
is the log-odds of one name (an additive logistic model, as in Fellegi and Sunter 1969). Points and
rarities are tables, learned by `training/scorecard.py`; they see spelling only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from types import MappingProxyType
from typing import Literal

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import partial_ratio

from rashomon.base.lexicon import table
from rashomon.identify.actors.spelling import Aligned, align, alike, skeleton, sounds

Kind = Literal["person", "organisation"]
AGREE = 0.87
_HALF = 0.6
_INITIAL = 0.15
_COMMON = 0.2
_STARTS = 0.88
MEASURES = (
    "agreeing", "near", "share of the shorter", "share of the longer", "against", "left over",
    "words that agree", "rarest that agrees", "second that agrees", "words against",
    "words left over", "first words", "last words", "first words differ", "last words differ",
    "letters", "letters in order", "part of the letters", "crossed", "initials", "fewest words",
    "most words", "lengths equal", "weakest", "acronym", "other numbers",
)  # fmt: skip
"""What a pair is measured by, in the order of `measures`. Weights are rarities, 0 to 1 a word."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A name's words with what does not depend on the other name."""

    kind: Kind
    words: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    short: bool
    joined: str
    ordered: str
    initials: frozenset[str]
    numbers: frozenset[str]


@cache
def rarities(kind: Kind) -> Mapping[str, float]:
    rows = (row for row in table("name_rarity") if row["kind"] == kind)
    return MappingProxyType({row["sound"]: float(row["rarity"]) for row in rows})


@cache
def _points(kind: Kind) -> tuple[tuple[int, tuple[float, ...], tuple[float, ...]], ...]:
    """For each measure with points: its position, where its second and further steps begin, and
    what each is worth."""
    steps: dict[str, list[tuple[float, float]]] = {}
    for row in table("name_points"):
        if row["kind"] == kind:
            steps.setdefault(row["measure"], []).append(
                (float(row["at_least"]), float(row["points"]))
            )
    found = []
    for measure, listed in steps.items():
        starts, points = zip(*sorted(listed), strict=True)
        found.append((MEASURES.index(measure), starts[1:], points))
    return tuple(found)


@lru_cache(maxsize=200_000)
def profile(kind: Kind, words: tuple[str, ...], initials: frozenset[str] = frozenset()) -> Profile:
    """A name's profile. `initials` are the acronyms that it may have, in small letters."""
    heard = [sounds(word) for word in words]
    weights = tuple(rarity(kind, word) for word in words)
    return Profile(
        kind,
        words,
        weights,
        sum(weights),
        any(len(word) == 1 for word in words),
        "".join(heard),
        " ".join(sorted(heard)),
        initials,
        frozenset(word for word in words if word[0].isdigit()),
    )


@lru_cache(maxsize=200_000)
def rarity(kind: Kind, word: str) -> float:
    """How much a word tells, 0 to 1; one that the table lacks tells most."""
    return _INITIAL if len(word) == 1 else rarities(kind).get(skeleton(word), 1.0)


def pair(left: Profile, right: Profile) -> Aligned:
    """The words of two names one to one."""
    return align(left.words, right.words, alike if left.kind == "person" else _starts)


def likeness(left: Profile, right: Profile, pairs: Aligned) -> float:
    """How likely two names with paired words are one, 0 to 1, among names that share a word or a
    sound. Neither may be without words."""
    values = measures(left, right, pairs)
    total = 0.0
    for at, starts, points in _points(left.kind):
        total += points[bisect_right(starts, values[at])]
    return 1 / (1 + exp(-total))


def measures(left: Profile, right: Profile, pairs: Aligned) -> list[float]:
    """The values of `MEASURES` for two names of one kind."""
    ours, theirs = [0.0] * len(left.words), [0.0] * len(right.words)
    agreeing = near = 0.0
    found: list[float] = []
    strong: list[int] = []
    for i, j, score in pairs:
        ours[i] = theirs[j] = score
        weight = min(left.weights[i], right.weights[j])
        if score >= AGREE:
            agreeing += weight * score
            found.append(weight)
            strong.append(j)
        else:
            near += weight * score
    found.sort(reverse=True)
    all_agreeing = agreeing + _HALF * near
    small, large = left.total, right.total
    if small > large:
        small, large = large, small
    against, left_over = _missing(left.weights, ours), _missing(right.weights, theirs)
    if against > left_over:
        against, left_over = left_over, against
    few, many = len(ours), len(theirs)
    if few > many:
        few, many = many, few
    first, last = alike(left.words[0], right.words[0]), alike(left.words[-1], right.words[-1])
    return [
        agreeing,
        near,
        all_agreeing / small,
        all_agreeing / large,
        against,
        left_over,
        sum([weight > _COMMON for weight in found]),
        found[0] if found else 0.0,
        found[1] if len(found) > 1 else 0.0,
        few - len(pairs),
        many - len(pairs),
        first,
        last,
        left.weights[0] * right.weights[0] if not (ours[0] or theirs[0]) else 0.0,
        left.weights[-1] * right.weights[-1] if not (ours[-1] or theirs[-1]) else 0.0,
        JaroWinkler.similarity(left.joined, right.joined),
        JaroWinkler.similarity(left.ordered, right.ordered),
        partial_ratio(left.joined, right.joined) / 100,
        strong != sorted(strong),
        left.short or right.short,
        few,
        many,
        few == many,
        min([score for _, _, score in pairs]) if len(pairs) == few else 0.0,
        _acronym(left, right) if left.initials or right.initials else 0.0,
        left.numbers != right.numbers,
    ]


def _missing(weights: Sequence[float], scores: Sequence[float]) -> float:
    """The weight of what the other name does not have; nearly alike counts for little."""
    return sum([w * (1 - s) for w, s in zip(weights, scores, strict=True)])


@lru_cache(maxsize=500_000)
def _starts(left: str, right: str) -> float:
    """As `alike`; a word of an organisation may also be cut short ("petro" for "petrochemical")."""
    short, long = sorted((left, right), key=len)
    return max(alike(left, right), _STARTS if len(short) > 3 and long.startswith(short) else 0.0)


def _acronym(left: Profile, right: Profile) -> float:
    """The letters of a word of one name that are the other name's initials, at most 5."""
    ours = left.initials.intersection(right.words)
    theirs = right.initials.intersection(left.words)
    return float(min(5, max((len(word) for word in ours | theirs), default=0)))
