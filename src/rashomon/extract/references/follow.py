"""Whom pronouns mean: of each, how likely it means each group, through the pronouns before it.

A pronoun whose candidate is another pronoun takes over what that one may mean, share by share, in
place of the one group that it was put into: one wrong step does not lead all later ones astray.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rashomon.extract.references import words as w
from rashomon.extract.references.pairs import Groups, Pairs
from rashomon.extract.references.phrases import Phrases
from rashomon.extract.references.ranker import Floats

NAMED = 2.0
"""How much likelier than the ranker says a person with a name is to be "he" or "she": reports tell
of whom they name, and novels, which the ranker mostly learned from, less so."""
_KEPT, _LEAST_SHARE = 4, 0.01


@dataclass(slots=True)
class _State:
    """Of each phrase its group and what else it may mean; of each group the gender."""

    root: list[int]
    shares: list[dict[int, float]]
    gender: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, gender: Sequence[int], links: Sequence[int]) -> _State:
        root: list[int] = []
        for k, link in enumerate(links):
            root.append(root[link] if link >= 0 else k)
        state = cls(root, [{group: 1.0} for group in root])
        for group, own in zip(root, gender, strict=True):
            state.learn(group, own)
        return state

    def learn(self, group: int, gender: int) -> None:
        if gender:
            self.gender.setdefault(group, gender)

    def agrees(self, group: int, gender: int) -> bool:
        return not gender or self.gender.get(group, gender) == gender


def follow(
    found: Phrases, pairs: Pairs, chance: Floats, links: Sequence[int], groups: Groups, least: float
) -> tuple[list[int], list[float]]:
    """Of each phrase the link of before, or for a pronoun to the nearest phrase of the group that
    it means most likely (-1: nobody, where anybody is less likely than `least`); and how likely
    that group is. Groups of another gender do not count."""
    chosen, likely = list(links), [1.0] * len(found)
    if not len(pairs):
        return chosen, likely
    gender = found.trait("gender").tolist()
    state = _State.of(np.where(found.trait("form") <= w.NOMINAL, gender, 0).tolist(), links)
    weight = _names_first(found, pairs, chance, groups).tolist()
    earlier, nobody = pairs.earlier.tolist(), np.flatnonzero(pairs.earlier < 0).tolist()
    for begin, end in zip(nobody, [*nobody[1:], len(pairs)], strict=True):
        if end == begin + 1 or 1 - float(chance[begin]) < least:
            continue
        k = int(pairs.later[begin])
        candidates = earlier[begin + 1 : end]
        shares = _shares(state, candidates, weight[begin + 1 : end], gender[k])
        reached = {state.root[candidate]: candidate for candidate in reversed(candidates)}
        group = max((g for g in shares if g in reached), key=lambda g: (shares[g], g), default=None)
        if group is None:
            continue
        chosen[k], likely[k] = reached[group], min(1.0, shares[group])
        state.root[k], state.shares[k] = group, _kept(shares)
        state.learn(group, gender[k])
    return chosen, likely


def _shares(
    state: _State, candidates: Sequence[int], weight: Sequence[float], gender: int
) -> dict[int, float]:
    """How likely each group is that a pronoun's candidates may mean."""
    found: dict[int, float] = {}
    for candidate, likely in zip(candidates, weight, strict=True):
        if likely < _LEAST_SHARE:
            continue
        for group, share in state.shares[candidate].items():
            found[group] = found.get(group, 0.0) + likely * share
    return {group: share for group, share in found.items() if state.agrees(group, gender)}


def _kept(shares: Mapping[int, float]) -> dict[int, float]:
    """The likeliest groups, their shares brought to a sum of 1."""
    best = sorted(shares.items(), key=lambda item: -item[1])[:_KEPT]
    total = sum(shares.values())
    return {group: share / total for group, share in best}


def _names_first(found: Phrases, pairs: Pairs, chance: Floats, groups: Groups) -> Floats:
    """The chances, those of people with a name raised for "he" and "she"."""
    weight = chance.copy()
    spoken = np.isin(found.trait("form")[pairs.later], (w.HE, w.SHE)) & (pairs.earlier >= 0)
    people = found.trait("class")[pairs.earlier] == w.PERSON
    weight[spoken & people & (groups.named[pairs.earlier] > 0)] *= NAMED
    return weight
