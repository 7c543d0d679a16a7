"""The ranker: how likely a phrase means each of its candidates, by a small network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rashomon.base.errors import SetupError
from rashomon.extract.references.pairs import Pairs

Floats = NDArray[np.float32]
WEIGHTS = ("later", "earlier", "pair", "bias", "out")


@dataclass(frozen=True, slots=True)
class Ranker:
    """A pair's score: `out` · relu(`later` a + `earlier` c + `pair` p + `bias`).

    Shapes: traits × hidden, traits × hidden, compared × hidden, hidden, hidden.
    """

    later: Floats
    earlier: Floats
    pair: Floats
    bias: Floats
    out: Floats

    def scores(self, traits: Floats, pairs: Pairs) -> Floats:
        """One score a pair; nobody yet named has no traits of its own.

        Without matrix products: on matrices this small their threads cost more than they save.
        """
        first = np.einsum("pt,th->ph", traits, self.later) + self.bias
        second = np.vstack([np.einsum("pt,th->ph", traits, self.earlier), np.zeros_like(self.bias)])
        hidden = first[pairs.later] + second[pairs.earlier]
        for column in pairs.ones().T:
            hidden += self.pair[column]
        scored: Floats = np.einsum("nh,h->n", np.maximum(hidden, 0), self.out)
        return scored


def chances(scores: Floats, pairs: Pairs) -> Floats:
    """The scores of each phrase's candidates as probabilities that sum to 1."""
    begins = np.flatnonzero(pairs.earlier < 0)
    if not len(begins):
        return scores
    sizes = np.diff(np.append(begins, len(scores)))
    raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, begins), sizes))
    shared: Floats = raised / np.repeat(np.add.reduceat(raised, begins), sizes)
    return shared


@cache
def shipped() -> tuple[Ranker, Ranker]:
    """The rankers that ship: for names and nouns, for pronouns."""
    path = files("rashomon").joinpath("data", "coreference", "weights.npz")
    if not path.is_file():
        raise SetupError("the coreference weights are missing: install Rashomon again")
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
        nominal, pronoun = (
            Ranker(*(held[f"{which}_{name}"].astype(np.float32) for name in WEIGHTS))
            for which in ("nominal", "pronoun")
        )
    return nominal, pronoun
