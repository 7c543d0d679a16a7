"""Which phrases of an article are one: names and nouns first, then the pronouns among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.base.language import Parse
from rashomon.extract.references import words as w
from rashomon.extract.references.follow import follow
from rashomon.extract.references.pairs import Groups, Pairs, nominal_pairs, pronoun_pairs
from rashomon.extract.references.phrases import Phrases, phrases
from rashomon.extract.references.ranker import Ranker, chances, shipped

LEAST = 0.5
"""The probability of meaning anybody under which a phrase stays unknown."""
LEAST_PRONOUN = 0.3
"""The same for a pronoun, which seldom means nobody."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The phrases of an article; of each, the index of the earlier one that it means (-1: none)
    and how likely that is."""

    phrases: Phrases
    links: tuple[int, ...]
    likely: tuple[float, ...]

    def clusters(self) -> list[list[int]]:
        """The phrases that are one, as token indexes of their heads; no single ones."""
        held: dict[int, list[int]] = {}
        root = list(range(len(self.links)))
        for k, link in enumerate(self.links):
            root[k] = root[link] if link >= 0 else k
            held.setdefault(root[k], []).append(int(self.phrases.heads[k]))
        return [heads for heads in held.values() if len(heads) > 1]


def resolve(
    parse: Parse,
    rankers: tuple[Ranker, Ranker] | None = None,
    least: float = LEAST,
    least_pronoun: float = LEAST_PRONOUN,
) -> Resolved:
    """What each phrase of an article means."""
    nominal, pronoun = rankers or shipped()
    found = phrases(parse)
    if not len(found):
        return Resolved(found, (), ())
    first = take(found, nominal_pairs(found), nominal, least)
    groups = Groups.of(found, first.links)
    pairs = pronoun_pairs(found, groups)
    chance = chances(pronoun.scores(found.vectors(), pairs), pairs)
    links, second = follow(found, pairs, chance, first.links, groups, least_pronoun)
    likely = tuple(min(both) for both in zip(first.likely, second, strict=True))
    return Resolved(found, tuple(links), likely)


@dataclass(frozen=True, slots=True)
class Taken:
    """Of each phrase the index of the earlier one that it means (-1: none), and how likely."""

    links: tuple[int, ...]
    likely: tuple[float, ...]


def take(
    found: Phrases,
    pairs: Pairs,
    ranker: Ranker,
    least: float,
) -> Taken:
    """Of each phrase the likeliest candidate whose group agrees with it in gender."""
    chosen = [-1] * len(found)
    likely = [1.0] * len(found)
    if not len(pairs):
        return Taken(tuple(chosen), tuple(likely))
    gender = _genders(found, chosen)
    chance = chances(ranker.scores(found.vectors(), pairs), pairs)
    begins = np.flatnonzero(pairs.earlier < 0)
    ends = np.append(begins[1:], len(pairs))
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end == begin + 1 or 1 - float(chance[begin]) < least:
            continue
        k = int(pairs.later[begin])
        order = np.argsort(-chance[begin + 1 : end], kind="stable") + begin + 1
        for at in order.tolist():
            if _joined(gender, k, int(pairs.earlier[at])):
                chosen[k], likely[k] = int(pairs.earlier[at]), float(chance[at])
                break
    return Taken(tuple(chosen), tuple(likely))


def _genders(found: Phrases, links: Sequence[int]) -> list[list[int]]:
    """Of each phrase the gender of its group, in a box that the whole group shares."""
    boxes: list[list[int]] = []
    for own, link in zip(found.trait("gender").tolist(), links, strict=True):
        box = boxes[link] if link >= 0 else [w.UNKNOWN]
        box[0] = box[0] or own
        boxes.append(box)
    return boxes


def _joined(boxes: list[list[int]], later: int, earlier: int) -> bool:
    """Put a phrase into the group of an earlier one; False if their genders differ."""
    left, right = boxes[later][0], boxes[earlier][0]
    if left and right and left != right:
        return False
    boxes[earlier][0] = left or right
    boxes[later] = boxes[earlier]
    return True
