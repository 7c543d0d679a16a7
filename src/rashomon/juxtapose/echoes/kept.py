"""Alignments kept from one building of the tables to the next.

What two articles share depends on nothing but their words, so a pair that was aligned once is
never aligned again: `align` looks it up in the tables of the earlier building, under a digest of
the words of both, and keeps all it finds for the next.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from rashomon.base.store import Store
from rashomon.juxtapose.echoes.align import ALIGNING, Aligned, Aligner
from rashomon.juxtapose.echoes.words import Ints, Keys, Texts

_COLUMNS = ("at", "left_start", "left_end", "right_start", "right_end", "shared")
_SHARED = _COLUMNS.index("shared")
_AT_ONCE = 10_000
_EARLIER = f"""
SELECT w.number, {", ".join(f"a.{name}::BIGINT AS {name}" for name in _COLUMNS)}
FROM echo_pairs w JOIN earlier.aligned a
  ON a.left_words = w.left_words AND a.right_words = w.right_words AND a.own = w.own
ORDER BY w.number, a.at
"""
_KEEP = f"""
CREATE TABLE aligned AS SELECT DISTINCT w.left_words, w.right_words, w.own,
  {", ".join(f"a.{name}::INTEGER AS {name}" for name in _COLUMNS)}
FROM echo_aligned a JOIN echo_pairs w ON w.number = a.number
ORDER BY ALL
"""


def align(store: Store, texts: Texts, pairs: Ints) -> Iterator[tuple[int, int, Aligned]]:
    """Each pair of articles with each passage that it shares, in the order of the pairs."""
    digests = _digests(texts)
    left, right = digests[pairs[:, 0]], digests[pairs[:, 1]]
    columns = {
        "number": np.arange(len(pairs)),
        "left_words": left,
        "right_words": right,
        "own": pairs[:, 0] == pairs[:, 1],
    }
    store.keep("echo_pairs", pa.table(columns))
    known = _known(store)
    missing = np.ones(len(pairs), dtype=bool)
    missing[known[:, 0]] = False
    found = np.concatenate((known, _aligned(texts, pairs, np.flatnonzero(missing))))
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    names = ("number", *_COLUMNS)
    table = {name: found[:, k] for k, name in enumerate(names)}
    store.keep("echo_aligned", pa.table(table))
    store.execute(_KEEP)
    found = found[found[:, 1 + _SHARED] > 0]
    for begin in range(0, len(found), _AT_ONCE):
        for number, _, *places in found[begin : begin + _AT_ONCE].tolist():
            one, other = pairs[number].tolist()
            yield one, other, _placed(texts, (one, other), places)


def _placed(texts: Texts, units: tuple[int, int], places: list[int]) -> Aligned:
    first, first_there = (int(texts.first[unit]) for unit in units)
    begin, end, begin_there, end_there, shared = places
    left = first + begin, first + end
    return Aligned(left, (first_there + begin_there, first_there + end_there), shared)


def _known(store: Store) -> Ints:
    """Rows `(pair, at, left, right, shared)` for the pairs that were aligned before."""
    if not store.has_earlier("aligned"):
        return np.empty((0, 1 + len(_COLUMNS)), dtype=np.int64)
    rows = store.arrow(_EARLIER)
    return np.stack([rows.column(name).to_numpy() for name in rows.column_names], axis=1)


def _aligned(texts: Texts, pairs: Ints, numbers: Ints) -> Ints:
    """The same rows for these pairs, aligned now; one with no words aligned for a pair with no
    passage."""
    flat = array("q")
    if len(numbers):
        each = zip(numbers.tolist(), Aligner(texts).align(pairs[numbers]), strict=True)
        for number, (left, right, found) in each:
            first, there = int(texts.first[left]), int(texts.first[right])
            for at, passage in enumerate(found):
                flat.extend((number, at, passage.left[0] - first, passage.left[1] - first))
                flat.extend((passage.right[0] - there, passage.right[1] - there, passage.shared))
            if not found:
                flat.extend((number, 0, 0, 0, 0, 0, 0))
    return np.array(flat, dtype=np.int64).reshape(-1, 1 + len(_COLUMNS))


def _digests(texts: Texts) -> Keys:
    """For each article what names its words: all that an alignment can depend on."""
    keys = np.where(texts.furniture, np.uint64(0), texts.keys)
    parts = (keys, *(getattr(texts, name) for name in ("weights", "titles", "begins")))
    made = np.empty(len(texts.units), dtype=np.uint64)
    for unit, (first, after) in enumerate(zip(texts.first, texts.first[1:], strict=False)):
        digest = hashlib.blake2b(ALIGNING.to_bytes(4), digest_size=8)
        for part in parts:
            digest.update(part[first:after].tobytes())
        made[unit] = int.from_bytes(digest.digest())
    return made
