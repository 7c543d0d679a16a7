"""The words in a row that pairs of articles share, found for many pairs at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rashomon.juxtapose.echoes.candidates import SHORT, occurrences
from rashomon.juxtapose.echoes.words import Ints, Texts

Run = tuple[int, int, int]
"""Words that both sides hold in a row: where they begin on the left and the right, how many."""

_REPEATS = 4
_AT_ONCE = 1_000_000


class Seeds:
    """The n-grams of all articles that stand at least twice, by article and sorted by key."""

    def __init__(self, texts: Texts) -> None:
        keys, places = occurrences(texts, SHORT)
        number = np.cumsum(np.append(False, keys[1:] != keys[:-1]))[: len(keys)]
        self._count = np.int64(number[-1] + 1 if len(number) else 1)
        order = np.argsort(texts.unit[places], kind="stable")
        self._numbers, self._places = number[order], places[order]
        sizes = np.bincount(texts.unit[places], minlength=len(texts.units))
        self._first = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self._titles = texts.titles

    def runs(self, pairs: Ints) -> Iterator[tuple[int, int, list[Run]]]:
        """Each pair (left, right) with the runs that both hold, sorted by their places."""
        sizes = np.diff(self._first)
        upto = np.cumsum(sizes[pairs].sum(axis=1))
        begin = 0
        while begin < len(pairs):
            done = upto[begin - 1] if begin else 0
            end = max(begin + 1, int(np.searchsorted(upto, done + _AT_ONCE)))
            yield from self._together(pairs[begin:end])
            begin = end

    def _together(self, pairs: Ints) -> Iterator[tuple[int, int, list[Run]]]:
        ours, here = self._side(pairs[:, 0])
        theirs, there = self._side(pairs[:, 1])
        low = np.searchsorted(theirs, ours, "left")
        many = np.searchsorted(theirs, ours, "right") - low
        many[many > _REPEATS] = 0
        at = np.repeat(low - np.cumsum(many) + many, many) + np.arange(many.sum())
        pair, here, there = np.repeat(ours, many) // self._count, np.repeat(here, many), there[at]
        inside = pairs[pair, 0] == pairs[pair, 1]
        kept = ~inside | ((there - here >= SHORT) & ~self._titles[here])
        pair, left, right, length = _joined(pair[kept], here[kept], there[kept])
        bounds = np.searchsorted(pair, np.arange(len(pairs) + 1)).tolist()
        runs = list(zip(left.tolist(), right.tolist(), length.tolist(), strict=True))
        for number, (one, other) in enumerate(pairs.tolist()):
            yield one, other, runs[bounds[number] : bounds[number + 1]]

    def _side(self, units: Ints) -> tuple[Ints, Ints]:
        """The n-grams of articles, numbered apart for each of them, sorted; and their places."""
        first = self._first[units]
        sizes = self._first[units + 1] - first
        at = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        pair = np.repeat(np.arange(len(units)), sizes)
        return pair * self._count + self._numbers[at], self._places[at]


def _joined(pair: Ints, here: Ints, there: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Seeds of a pair that follow each other word by word, joined; sorted by pair and place."""
    order = np.lexsort((here, here - there, pair))
    pair, here, there = pair[order], here[order], there[order]
    begins = np.ones(len(pair), dtype=bool)
    begins[1:] = (
        (np.diff(here) != 1) | (np.diff(there) != 1) | (pair[1:] != pair[:-1])
    )  # fmt: skip
    at = np.flatnonzero(begins)
    lengths = np.diff(np.append(at, len(pair))) + SHORT - 1
    order = np.lexsort((there[at], here[at], pair[at]))
    at = at[order]
    return pair[at], here[at], there[at], lengths[order]
