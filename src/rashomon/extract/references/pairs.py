"""Which earlier phrase a phrase may mean, and how the two compare: one row of numbers a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.extract.references import words as w
from rashomon.extract.references.phrases import DEFINITE, Ints, Phrases

_BEHIND = 30
_ALIKE = 8
_DEFINITE_BEHIND = 12

COMPARED = (
    ("sentences", 8), ("phrases", 8), ("rank", 6), ("words", 8), ("modifiers", 6), ("number", 3),
    ("gender", 3), ("class", 4), ("syntax", 7), ("parallel", 2), ("quotation", 5), ("alike", 2),
    ("role", 2), ("size", 5), ("group gender", 3), ("group class", 4), ("group name", 3),
    ("offer", 9), ("governor", 2),
)  # fmt: skip
"""How a phrase compares with one before it, each with how many values it has."""
WIDTH = sum(size for _, size in COMPARED)
_OFFSETS = np.cumsum([0, *(size for _, size in COMPARED[:-1])])
_COLUMNS = {name: k for k, (name, _) in enumerate(COMPARED)}
_SENTENCES = np.array([1, 2, 3, 4, 6, 10, 20])
_PHRASES = np.array([2, 3, 4, 6, 9, 16, 31])
_SIZES = np.array([1, 2, 3, 6])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of phrases by index: `later` may mean `earlier`; an `earlier` of -1 is nobody yet
    named. All pairs of one `later` stand together, nobody first and then the nearest first."""

    later: Ints
    earlier: Ints
    codes: Ints

    def __len__(self) -> int:
        return len(self.later)

    def ones(self) -> Ints:
        """One row a pair: the places of its ones among `WIDTH` values."""
        places: Ints = self.codes + _OFFSETS
        return places

    def vectors(self) -> NDArray[np.float32]:
        """One row a pair, a 1 for each value that it has."""
        rows = np.zeros((len(self), WIDTH), dtype=np.float32)
        rows[np.arange(len(self))[:, None], self.ones()] = 1
        return rows


@dataclass(frozen=True, slots=True)
class Groups:
    """What the phrases that are one so far have in common, one row a phrase: which group, how many
    came before it in its group, gender, class, whether a name is among them."""

    group: Ints
    gender: Ints
    kind: Ints
    named: Ints
    order: Ints

    @classmethod
    def of(cls, phrases: Phrases, links: Sequence[int]) -> Groups:
        """The groups that links from phrases to earlier ones make (-1: none)."""
        group = list(range(len(phrases)))
        size: dict[int, int] = defaultdict(int)
        order = []
        for k, link in enumerate(links):
            if link >= 0:
                group[k] = group[link]
            size[group[k]] += 1
            order.append(size[group[k]])
        gender, named = (np.zeros(len(phrases), dtype=np.int64) for _ in range(2))
        groups = np.array(group, dtype=np.int64)
        np.maximum.at(gender, groups, phrases.trait("gender"))
        votes = np.zeros((len(phrases), len(w.CLASSES)))
        np.add.at(votes, (groups, phrases.trait("class")), 1)
        votes[:, w.NONE] = 0
        kind = votes.argmax(axis=1)
        np.maximum.at(named, groups, (phrases.trait("form") == w.NAME).astype(np.int64))
        return cls(groups, gender[groups], kind[groups], named[groups], np.array(order))


def nominal_pairs(phrases: Phrases) -> Pairs:
    """Names and common nouns with the phrases before them that share a word, and definite ones
    with the nearest."""
    form = phrases.trait("form")
    firm = np.isin(phrases.trait("determiner"), DEFINITE) & (form == w.NOMINAL)
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    later, earlier = [], []
    plain = np.flatnonzero(form <= w.NOMINAL).tolist()
    keys = _keys(phrases)
    for at, k in enumerate(plain):
        found: set[int] = set()
        for key in keys[k]:
            found.update(buckets[key][-_ALIKE:])
            found.update(buckets[key][:1])
            buckets[key].append(k)
        if firm[k]:
            found.update(plain[max(0, at - _DEFINITE_BEHIND) : at])
        later += [k] * (len(found) + 1)
        earlier += [-1, *sorted(found, reverse=True)]
    return compared(phrases, np.array(later, np.int64), np.array(earlier, np.int64), None)


def _keys(phrases: Phrases) -> list[list[tuple[int, int]]]:
    """What phrases that may be one have in common: the head, a word of a name, initials, a role."""
    found = []
    for lemma, initials, names, roles in zip(
        phrases.lemma.tolist(), phrases.initials.tolist(), phrases.names.tolist(),
        phrases.roles.tolist(), strict=True,
    ):  # fmt: skip
        keys = [(0, lemma)]
        if initials:
            keys.append((1, initials))
        keys += [(2, bit) for bit in _bits(names)]
        keys += [(3, bit) for bit in _bits(roles)]
        found.append(keys)
    return found


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low)
        mask ^= low
    return found


def pronoun_pairs(phrases: Phrases, groups: Groups) -> Pairs:
    """Pronouns with the phrases before them; in the third person never with a fellow argument of
    their verb ("Lee met him"), but for reflexives."""
    form, case, parent = phrases.trait("form"), phrases.trait("case"), phrases.parent.tolist()
    later, earlier = [], []
    for k in np.flatnonzero((form >= w.HE) & (form < w.OTHER)).tolist():
        fellow = parent[k] if case[k] == 0 and form[k] in w.THIRD else -1
        found = [j for j in range(k - 1, max(-1, k - 1 - _BEHIND), -1) if parent[j] != fellow]
        later += [k] * (len(found) + 1)
        earlier += [-1, *found]
    return compared(phrases, np.array(later, np.int64), np.array(earlier, np.int64), groups)


def compared(phrases: Phrases, later: Ints, earlier: Ints, groups: Groups | None) -> Pairs:
    codes = np.zeros((len(later), len(COMPARED)), dtype=np.int64)
    real = earlier >= 0
    a, c = later[real], earlier[real]
    part = codes[real]
    columns = {
        "sentences": np.digitize(phrases.sentence[a] - phrases.sentence[c], _SENTENCES),
        "phrases": np.digitize(a - c, _PHRASES),
        "words": _shared_words(phrases, a, c),
        "modifiers": _modifiers(phrases.mods[a], phrases.mods[c]),
        "number": _agree(phrases.trait("number"), a, c, w.EITHER),
        "gender": _agree(phrases.trait("gender"), a, c, w.UNKNOWN),
        "class": _class(phrases, a, c),
        "syntax": _syntax(phrases, a, c),
        "parallel": (phrases.trait("role")[a] == phrases.trait("role")[c]).astype(np.int64),
        "quotation": _quotation(phrases.quote[a], phrases.quote[c]),
        "governor": (phrases.verb[a] == phrases.verb[c]).astype(np.int64),
        "alike": (phrases.trait("form")[a] == phrases.trait("form")[c]).astype(np.int64),
        "role": ((phrases.roles[a] & phrases.roles[c]) != 0).astype(np.int64),
    }
    if groups is not None:
        columns |= _grouped(phrases, groups, a, c)
    for name, values in columns.items():
        part[:, _COLUMNS[name]] = values
    codes[real] = part
    codes[real, _COLUMNS["rank"]] = _rank(part, a)
    _offer(codes, later, real)
    return Pairs(later, earlier, codes)


def _shared_words(phrases: Phrases, a: Ints, c: Ints) -> Ints:
    names_a, names_c = phrases.names[a], phrases.names[c]
    both = (names_a != 0) & (names_c != 0)
    shared = (names_a & names_c) != 0
    short = phrases.initials[a]
    found = np.zeros(len(a), dtype=np.int64)
    found[both & (short > 0) & (short == phrases.initials[c])] = 1
    found[both & shared] = 2
    inside = ((names_a & ~names_c) == 0) | ((names_c & ~names_a) == 0)
    found[both & shared & inside] = 3
    found[phrases.lemma[a] == phrases.lemma[c]] = 4
    found[phrases.word[a] == phrases.word[c]] = 5
    found[both & (phrases.word[a] == phrases.word[c]) & inside] = 6
    found[phrases.whole[a] == phrases.whole[c]] = 7
    return found


def _modifiers(a: Ints, c: Ints) -> Ints:
    found = np.full(len(a), 5, dtype=np.int64)
    found[(a & c) != 0] = 4
    found[(c & ~a) == 0] = 3
    found[(a & ~c) == 0] = 2
    found[a == c] = 1
    found[(a == 0) & (c == 0)] = 0
    return found


def _agree(values: Ints, a: Ints, c: Ints, unknown: int) -> Ints:
    """0 the same, 1 not known of one, 2 not the same."""
    left, right = values[a], values[c]
    found = np.where(left == right, 0, 2)
    found[(left == unknown) | (right == unknown)] = 1
    return found


def _class(phrases: Phrases, a: Ints, c: Ints) -> Ints:
    known = phrases.trait("class")
    return _kinds(known[a], known[c], phrases.trait("form")[a])


def _kinds(left: Ints, right: Ints, form: Ints) -> Ints:
    """0 the same class, 1 unknown, 2 not the same, 3 what a pronoun cannot mean."""
    found = np.where(left == right, 0, 2)
    found[(left == 0) | (right == 0)] = 1
    person = np.isin(form, (w.HE, w.SHE, w.ME))
    found[person & (right != w.PERSON) & (right > 0)] = 3
    found[(form == w.IT) & (right == w.PERSON)] = 3
    return found


def _syntax(phrases: Phrases, a: Ints, c: Ints) -> Ints:
    """1 arguments of one verb, 2 the first in the phrase of the second, 3 side by side, 4 owner in
    the same clause, 5 the subject of the same clause for a reflexive."""
    heads, parent = phrases.heads, phrases.parent
    found = np.zeros(len(a), dtype=np.int64)
    together = phrases.governor[a] == phrases.governor[c]
    case = phrases.trait("case")[a]
    found[together & (case == 1)] = 4
    found[together & (case == 0)] = 1
    found[together & (case == 2)] = 5
    found[parent[a] == parent[c]] = 6
    found[(parent[a] == heads[c]) & (phrases.trait("role")[a] == _CONJ)] = 3
    inside = parent[a] == heads[c]
    found[inside & (phrases.trait("role")[a] != _CONJ)] = 2
    found[heads[a] == parent[c]] = 2
    return found


_CONJ = 7


def _quotation(a: Ints, c: Ints) -> Ints:
    found = np.full(len(a), 4, dtype=np.int64)
    found[(a == 0) & (c > 0)] = 3
    found[(a > 0) & (c == 0)] = 2
    found[(a == c) & (a > 0)] = 1
    found[(a == 0) & (c == 0)] = 0
    return found


def _grouped(phrases: Phrases, groups: Groups, a: Ints, c: Ints) -> dict[str, Ints]:
    gender, kind = phrases.trait("gender")[a], groups.kind[c]
    alike = np.where(gender == groups.gender[c], 0, 2)
    alike[(gender == 0) | (groups.gender[c] == 0)] = 1
    own = phrases.trait("class")[a]
    return {
        "size": np.digitize(groups.order[c], _SIZES),
        "group gender": alike,
        "group class": _kinds(own, kind, phrases.trait("form")[a]),
        "group name": 1 + groups.named[c],
    }


def _rank(part: Ints, later: Ints) -> Ints:
    """How many phrases that fit stand nearer: 0 to 4; 5 for one that does not fit itself."""
    columns = ("number", "gender", "class", "group gender", "group class")
    fits = np.all([part[:, _COLUMNS[name]] < 2 for name in columns], axis=0)
    fits &= ~np.isin(part[:, _COLUMNS["syntax"]], (1, 2, 3))
    total = np.cumsum(fits)
    begins = np.flatnonzero(np.diff(later, prepend=-1))
    before = np.repeat(total[begins] - fits[begins], np.diff(np.append(begins, len(later))))
    nearer = np.minimum(total - before - 1, 4)
    ranked: Ints = np.where(fits, nearer, 5)
    return ranked


def _offer(codes: Ints, later: Ints, real: NDArray[np.bool_]) -> None:
    """For nobody yet named: the most that any candidate shares in words."""
    begins = np.flatnonzero(~real)
    if len(begins):
        best = np.maximum.reduceat(codes[:, _COLUMNS["words"]], begins)
        codes[begins, _COLUMNS["offer"]] = 1 + best
