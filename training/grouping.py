"""Score a grouping of mentions against a gold one: MUC, B-cubed, CEAF-e and their mean.

MUC: Vilain et al. 1995. B-cubed: Bagga and Baldwin 1998. CEAF-e: Luo 2005. CoNLL: the mean of the
three F1 values (Pradhan et al. 2012). Several texts are summed as the CoNLL scorer sums them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Clusters = Sequence[frozenset[int]]


@dataclass(slots=True)
class Ratio:
    """A share right of predicted and of gold, summed over texts."""

    right_predicted: float = 0.0
    predicted: float = 0.0
    right_gold: float = 0.0
    gold: float = 0.0

    def add(self, predicted: tuple[float, float], gold: tuple[float, float]) -> None:
        self.right_predicted += predicted[0]
        self.predicted += predicted[1]
        self.right_gold += gold[0]
        self.gold += gold[1]

    @property
    def f1(self) -> float:
        precision = self.right_predicted / max(1e-9, self.predicted)
        recall = self.right_gold / max(1e-9, self.gold)
        return 2 * precision * recall / max(1e-9, precision + recall)

    def __str__(self) -> str:
        precision = self.right_predicted / max(1e-9, self.predicted)
        recall = self.right_gold / max(1e-9, self.gold)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}"


@dataclass(slots=True)
class Grouping:
    """The mentions found and the three measures, over some texts."""

    found: Ratio = field(default_factory=Ratio)
    muc: Ratio = field(default_factory=Ratio)
    b_cubed: Ratio = field(default_factory=Ratio)
    ceaf_e: Ratio = field(default_factory=Ratio)

    @property
    def conll(self) -> float:
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3

    def add(self, ours: Clusters, wanted: Clusters) -> None:
        """Add a text; each mention stands in one cluster of each side at most."""
        left, right = frozenset[int]().union(*wanted), frozenset[int]().union(*ours)
        both = float(len(left & right))
        self.found.add((both, len(right)), (both, len(left)))
        self.muc.add(_muc(ours, wanted), _muc(wanted, ours))
        self.b_cubed.add(_b_cubed(ours, wanted), _b_cubed(wanted, ours))
        alike = _ceaf_e(ours, wanted)
        self.ceaf_e.add((alike, len(ours)), (alike, len(wanted)))

    def __str__(self) -> str:
        named = {"mentions": self.found, "MUC": self.muc, "B-cubed": self.b_cubed}
        lines = [f"  {name:9} {of}" for name, of in (*named.items(), ("CEAF-e", self.ceaf_e))]
        return "\n".join([*lines, f"  CoNLL     {self.conll:.3f}"])


def places(of: Clusters) -> dict[int, int]:
    return {mention: k for k, held in enumerate(of) for mention in held}


def _muc(left: Clusters, right: Clusters) -> tuple[float, float]:
    """Links of `left` that hold in `right`, of how many."""
    where = places(right)
    kept = sum(
        len(held) - len({where.get(m, -1 - m) for m in held}) for held in left
    )  # fmt: skip
    return kept, sum(len(held) - 1 for held in left)


def _b_cubed(left: Clusters, right: Clusters) -> tuple[float, float]:
    """Of each mention of `left` the share of its cluster that is with it in `right`."""
    where = places(right)
    kept = sum(
        len(held & right[where[m]]) / len(held) for held in left for m in held if m in where
    )  # fmt: skip
    return kept, sum(len(held) for held in left)


def _ceaf_e(left: Clusters, right: Clusters) -> float:
    """The likeness of the best one-to-one alignment of clusters (Luo's phi 4)."""
    if not left or not right:
        return 0.0
    alike = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in right] for a in left])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum())
