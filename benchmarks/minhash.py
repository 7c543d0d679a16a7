"""Echoes beside MinHash: the same planted passages, the same run, found by a general library.

    python benchmarks/minhash.py FOLDER-OR-TEXTS.json [--seed 1] [--half report]
    (needs the extra `measure`: datasketch, MIT)

The texts are those of `echoes.py`. MinHash with locality-sensitive hashing (Broder 1997; datasketch
by Zhu and Lakshmanan) gets each text as windows of 24 words, 12 apart, as sets of three words in a
row, 64 permutations, and a Jaccard threshold of 0.3; two windows that match on checking are a find.
Printed for both: planted pairs of which both sides are half covered, the share of found words that
were planted (word precision), and MB per CPU-second. `trace` also says where a passage begins and
ends, what kind it is and who was first; MinHash does not.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path

from datasketch import MinHash, MinHashLSH

from echoes import (
    Found,
    Planted,
    Planter,
    Side,
    echoes_of,
    half_of,
    joined,
    natural_left_out,
    plagdet,
    read_texts,
    shared,
    word_scores,
)

WINDOW, STEP, IN_A_ROW = 24, 12, 3
PERMUTATIONS, ALIKE = 64, 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--half", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    texts = half_of(read_texts(given.texts), given.half)
    before, _ = echoes_of(texts)
    made, planted = Planter(texts, given.seed, before).plant(len(texts))
    size = sum(len(text.encode()) for text in made.values()) / 1e6
    print(f"{len(made)} texts, {size:.2f} MB, {len(planted)} planted pairs")
    for name, find in (("trace", echoes_of), ("MinHash", windows_alike)):
        found, spent = find(made)
        told = natural_left_out(before, planted, found)
        precision = word_scores(made, planted, told)[0]
        score = plagdet(planted, told)[3]
        print(
            f"{name:8} found {covered(planted, told):.3f}, word precision {precision:.3f},"
            f" plagdet {score:.3f}, {size / spent:.2f} MB per CPU-second"
        )


def windows_alike(texts: dict[str, str]) -> tuple[list[Found], float]:
    """Pairs of windows that MinHash holds for alike, and the CPU seconds it took."""
    began = time.process_time()
    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    known: dict[int, tuple[Side, MinHash]] = {}
    found: list[Found] = []
    for name, text in texts.items():
        for side, print_of in _windows(name, text):
            for other in index.query(print_of):
                there, theirs = known[other]
                if _apart(there, side) and print_of.jaccard(theirs) >= ALIKE:
                    found.append(Found(there, side))
            index.insert(len(known), print_of)
            known[len(known)] = (side, print_of)
    return found, time.process_time() - began


def _windows(name: str, text: str) -> list[tuple[Side, MinHash]]:
    words = [(m[0].lower(), m.start(), m.end()) for m in re.finditer(r"\w+", text)]
    sides: list[Side] = []
    shingles: list[list[bytes]] = []
    for first in range(0, max(1, len(words) - WINDOW + STEP), STEP):
        some = words[first : first + WINDOW]
        rows = zip(*(some[k:] for k in range(IN_A_ROW)), strict=False)
        made = [" ".join(word for word, _, _ in row).encode() for row in rows]
        if made:
            sides.append(Side(name, some[0][1], some[-1][2]))
            shingles.append(made)
    prints = MinHash.bulk(shingles, num_perm=PERMUTATIONS) if shingles else []
    return list(zip(sides, prints, strict=True))


def _apart(one: Side, other: Side) -> bool:
    return one.text != other.text or not shared(one, other)


def covered(planted: Sequence[Planted], found: Sequence[Found]) -> float:
    """The share of planted pairs of which found pairs together cover half of both sides."""
    hits, _ = joined(planted, found)
    good = 0
    for number, pair in enumerate(planted):
        sides = (
            (pair.left, [h.left for h in hits[number]]),
            (pair.right, [h.right for h in hits[number]]),
        )
        good += all(_half(side, parts) for side, parts in sides)
    return good / max(len(planted), 1)


def _half(side: Side, parts: Sequence[Side]) -> bool:
    inside = {
        place
        for part in parts
        for place in range(max(side.start, part.start), min(side.end, part.end))
    }
    return 2 * len(inside) >= side.end - side.start


if __name__ == "__main__":
    main()
