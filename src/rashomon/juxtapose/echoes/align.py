"""Where exactly two articles run alike: shared n-grams are chained, filled, extended and trimmed.

The scheme is that of Basic Local Alignment (Altschul et al. 1990), on words: seeds, chains of
seeds that keep their order, the words between and beside them aligned, and of all that the
stretch which is worth most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from rapidfuzz.distance import LCSseq

from rashomon.juxtapose.echoes.seeds import Run, Seeds
from rashomon.juxtapose.echoes.words import Ints, Texts

ALIGNING = 1
"""The version of how passages are aligned: alignments that another version made are not used."""
GAP = 32
"""Words that one side may leave out or put in within a passage."""
FLANK = 32
"""Words beside a chain that are looked at for more of the passage."""
MATCH, WORTH, MISS = 400, 600, 300
"""What an aligned word adds (a base, and more by its weight) and an unmatched one takes away."""
LEAST_WORDS, LEAST_WEIGHT, LEAST_ALIKE = 10, 4.5, 0.5
"""What an echo must have: aligned words, their weight, and the share of them on both sides."""
RELIEF = 0.2
"""By how much less they may weigh for each word more: a long run of names is no chance either."""
OWN_WORDS, OWN_ALIKE = 15, 0.8
"""The same for a passage that an article repeats from itself: writers do come back to a phrase."""

_LOOK_BACK = 48
_GAP_COST = 0.15
_LEAST_CHAIN = 5


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two passages as half-open ranges of words (of all texts), and how many words they share."""

    left: tuple[int, int]
    right: tuple[int, int]
    shared: int

    @property
    def alike(self) -> float:
        """Dice's coefficient of the aligned words."""
        sizes = self.left[1] - self.left[0] + self.right[1] - self.right[0]
        return 2 * self.shared / sizes


class Aligner:
    """Aligns pairs of articles, many at a time."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._seeds = Seeds(texts)
        self._worth = np.rint(MATCH + WORTH * texts.weights).astype(np.int32)

    def align(self, pairs: Ints) -> Iterator[tuple[int, int, list[Aligned]]]:
        """For each pair of articles (or an article and itself) the passages that they share,
        none inside another."""
        for left, right, runs in self._seeds.runs(pairs):
            limits = self._limits(left), self._limits(right)
            found: list[Aligned] = []
            for chain in _chains(runs):
                found += self._passages(chain, limits)
            yield left, right, _apart(found) if left != right else _own(found)

    def _limits(self, unit: int) -> tuple[int, int]:
        return int(self._texts.first[unit]), int(self._texts.first[unit + 1])

    def _passages(
        self, chain: Sequence[Run], limits: tuple[tuple[int, int], tuple[int, int]]
    ) -> Iterator[Aligned]:
        """The stretches of a chain that are worth most, each of them an echo of its own."""
        here, there = self._matches(chain, limits)
        waiting = [(0, len(here))]
        while waiting:
            first, after = waiting.pop()
            if after - first < LEAST_WORDS:
                continue
            begin, end = self._best(here[first:after], there[first:after])
            begin, end = first + begin, first + end
            begin, end = self._trimmed(here, there, begin, end)
            if (passage := self._passage(here[begin:end], there[begin:end])) is not None:
                yield passage
                waiting += [(end, after), (first, begin)]

    def _matches(
        self, chain: Sequence[Run], limits: tuple[tuple[int, int], tuple[int, int]]
    ) -> tuple[Ints, Ints]:
        """Aligned places of a whole chain: its runs, what aligns between them and beside them."""
        (low, high), (low_there, high_there) = limits
        here, there = max(low, chain[0][0] - FLANK), max(low_there, chain[0][1] - FLANK)
        lefts: list[int] = []
        rights: list[int] = []
        last, last_there, length = chain[-1]
        end = min(high, last + length + FLANK), min(high_there, last_there + length + FLANK), 0
        for left, right, length in (*chain, end):
            cut = max(0, here - left, there - right)
            self._fill(lefts, rights, (here, left + cut), (there, right + cut))
            lefts += range(left + cut, left + length)
            rights += range(right + cut, right + length)
            here, there = left + length, right + length
        return np.array(lefts, dtype=np.int64), np.array(rights, dtype=np.int64)

    def _fill(
        self, lefts: list[int], rights: list[int], ours: tuple[int, int], theirs: tuple[int, int]
    ) -> None:
        """Align the words between two runs by their longest common subsequence."""
        if ours[0] >= ours[1] or theirs[0] >= theirs[1]:
            return
        one = self._texts.keys[ours[0] : ours[1]].tolist()
        other = self._texts.keys[theirs[0] : theirs[1]].tolist()
        if set(one).isdisjoint(other):
            return
        for block in LCSseq.opcodes(one, other):
            if block.tag == "equal":
                lefts += range(ours[0] + block.src_start, ours[0] + block.src_end)
                rights += range(theirs[0] + block.dest_start, theirs[0] + block.dest_end)

    def _best(self, here: Ints, there: Ints) -> tuple[int, int]:
        """The range of aligned words whose worth, less what stands unmatched between, is most."""
        worth = self._worth[here]
        steps = worth.astype(np.int64)
        steps[1:] -= MISS * (here[1:] - here[:-1] + there[1:] - there[:-1] - 2)
        total = steps.cumsum()
        before = total - worth
        end = int((total - np.minimum.accumulate(before)).argmax())
        return int(before[: end + 1].argmin()), end + 1

    def _trimmed(self, here: Ints, there: Ints, begin: int, end: int) -> tuple[int, int]:
        """Without a word or two at either end that belong to the next or the last sentence."""
        for cut in (end - 1, end - 2):
            if cut > begin and self._begins(here, there, cut):
                end = cut
        for cut in (begin + 1, begin + 2):
            if cut < end and self._begins(here, there, cut):
                begin = cut
        return begin, end

    def _begins(self, here: Ints, there: Ints, at: int) -> bool:
        return bool(self._texts.begins[here[at]] or self._texts.begins[there[at]])

    def _passage(self, here: Ints, there: Ints) -> Aligned | None:
        least = LEAST_WEIGHT - RELIEF * (len(here) - LEAST_WORDS)
        if len(here) < LEAST_WORDS or self._texts.weights[here].sum() < least:
            return None
        left, right = (int(here[0]), int(here[-1]) + 1), (int(there[0]), int(there[-1]) + 1)
        passage = Aligned(left, right, len(here))
        return passage if passage.alike >= LEAST_ALIKE else None


def _chains(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs in one order on both sides with no wide gap between, the longest chain first."""
    score, before = _scored(runs)
    used = [False] * len(runs)
    for k in sorted(range(len(runs)), key=lambda k: (-score[k], k)):
        chain: list[Run] = []
        at = k
        while at >= 0 and not used[at]:
            used[at] = True
            chain.append(runs[at])
            at = before[at]
        if sum(run[2] for run in chain) >= _LEAST_CHAIN:
            yield chain[::-1]


def _scored(runs: Sequence[Run]) -> tuple[list[float], list[int]]:
    """The score of the best chain that ends in each run, and the run before it (-1: none)."""
    score: list[float] = []
    before: list[int] = []
    reach = GAP + max((run[2] for run in runs), default=0)
    for k, run in enumerate(runs):
        best, previous = float(run[2]), -1
        for p in range(k - 1, max(-1, k - 1 - _LOOK_BACK), -1):
            one = runs[p]
            if run[0] - one[0] > reach:
                break
            if score[p] + run[2] <= best or run[1] <= one[1] or run[0] <= one[0]:
                continue
            gained = _joined(one, run)
            if score[p] + gained > best:
                best, previous = score[p] + gained, p
        score.append(best)
        before.append(previous)
    return score, before


def _joined(one: Run, other: Run) -> float:
    """What a run adds to a chain that ends in another; minus infinity if it does not fit."""
    gap, gap_there = other[0] - one[0] - one[2], other[1] - one[1] - one[2]
    if gap > GAP or gap_there > GAP:
        return -inf
    cut = -min(0, gap, gap_there)
    if cut >= other[2]:
        return -inf
    return other[2] - cut - _GAP_COST * (max(gap, 0) + max(gap_there, 0))


def _apart(found: list[Aligned]) -> list[Aligned]:
    """Without those that one with more shared words covers for the most part on both sides."""
    kept: list[Aligned] = []
    for passage in sorted(found, key=lambda f: (-f.shared, f.left, f.right)):
        if not any(_within(passage, other) for other in kept):
            kept.append(passage)
    return kept


def _own(found: list[Aligned]) -> list[Aligned]:
    """Repeats within an article: long and close ones, each stretch of words in one only."""
    kept: list[Aligned] = []
    for passage in sorted(found, key=lambda f: (-f.shared, f.left, f.right)):
        if passage.left[1] > passage.right[0] or passage.shared < OWN_WORDS:
            continue
        sides = [side for other in kept for side in (other.left, other.right)]
        if passage.alike >= OWN_ALIKE and not any(
            _half(one, side) for one in (passage.left, passage.right) for side in sides
        ):
            kept.append(passage)
    return kept


def _within(passage: Aligned, other: Aligned) -> bool:
    return _half(passage.left, other.left) and _half(passage.right, other.right)


def _half(part: tuple[int, int], whole: tuple[int, int]) -> bool:
    shared = min(part[1], whole[1]) - max(part[0], whole[0])
    return 2 * shared > part[1] - part[0]
