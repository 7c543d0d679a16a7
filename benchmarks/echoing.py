"""Echoes: CPU time and peak memory of `trace` against the number of articles.

    python benchmarks/echoing.py [--sizes 1000 10000 100000] [--kinds copies stock]

copies: articles generated from the invented crisis that ships with Rashomon, each copy of the pile
with its own names, month and numbers, so that an article has some seven others that it echoes.
stock: the worst case of shared sentences: every article is made of invented words that no other
has, and of five of forty stock sentences of twenty words; each article is of another outlet, so
that none of them is a site's furniture. Each size runs in a process of its own; CPU seconds are of
`trace` alone, the peak is the operating system's for the whole process (`ru_maxrss`), in MB.
again: CPU seconds of `trace` when the tables are built anew with a hundredth more articles.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from echoes import article_rows
from juxtaposing import generate
from rashomon.base.store import Store
from rashomon.juxtapose.echoes import trace

_LETTERS = "bcdfghjklmnprstvwz"
Told = tuple[str, str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--kinds", nargs="+", choices=sorted(_KINDS), default=sorted(_KINDS))
    given = options.parse_args()
    print(
        f"{'kind':7} {'articles':>9} {'MB':>7} {'echoes':>9} {'CPU s':>8} {'ms/article':>11}"
        f" {'MB/s':>6} {'peak MB':>8} {'again s':>8}"
    )
    for kind in given.kinds:
        for size in given.sizes:
            apart(kind, size)


def apart(kind: str, size: int) -> None:
    """Measure in a process of its own, and print."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=measure, args=(kind, size, theirs))
    process.start()
    megabytes, count, spent, peak, again = ours.recv()
    process.join()
    print(
        f"{kind:7} {size:9,} {megabytes:7.1f} {count:9,} {spent:8.1f} {1000 * spent / size:11.2f}"
        f" {megabytes / spent:6.2f} {peak:8,.0f} {again:8.1f}",
        flush=True,
    )


def measure(kind: str, size: int, pipe: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = _KINDS[kind](size + max(1, size // 100))
        first = Path(folder) / "first.duckdb"
        with Store(first) as store:
            megabytes = fill(store, islice(made, size))
            count, spent = traced(store)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with Store(Path(folder) / "again.duckdb") as store:
            fill(store, _KINDS[kind](size + max(1, size // 100)))
            store.recall(first)
            _, again = traced(store)
    pipe.send((megabytes, count, spent, peak, again))


def fill(store: Store, made: Iterator[Told]) -> float:
    """Add the articles; their size in MB."""
    size = 0
    while some := list(islice(made, 1_000)):
        store.fill(row for name, text in some for row in article_rows(name, text))
        size += sum(len(text.encode()) for _, text in some)
    return size / 1e6


def traced(store: Store) -> tuple[int, float]:
    """How many echoes there are, and the CPU seconds to find them."""
    began = time.process_time()
    count = sum(1 for _ in trace(store))
    return count, time.process_time() - began


def copies(size: int) -> Iterator[Told]:
    for record in generate(size):
        yield record["id"], record["text"]


def stock(size: int) -> Iterator[Told]:
    chance = random.Random(11)
    sentences = [f"{_words(chance, 20).capitalize()}." for _ in range(40)]
    for number in range(size):
        own = [f"{_words(chance, 20).capitalize()}." for _ in range(5)]
        mixed = [
            part for both in zip(own, chance.sample(sentences, 5), strict=True) for part in both
        ]
        yield f"{number:06}", " ".join(mixed)


def _words(chance: random.Random, count: int) -> str:
    return " ".join("".join(chance.choices(_LETTERS, k=7)) for _ in range(count))


_KINDS = {"copies": copies, "stock": stock}


if __name__ == "__main__":
    main()
