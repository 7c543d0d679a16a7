"""Juxtaposing: time and peak memory against the number of articles, and each stage's share.

    python benchmarks/juxtaposing.py [--sizes 100 1000 10000] [--workers 2]

Articles are generated from the invented crisis that ships with Rashomon: each copy of the pile is
another crisis, with its own names, month and numbers, so that groups stay as small as they are in
life. Reading is timed apart. Each size runs in a process of its own; its peak is the operating
system's (`ru_maxrss`), taken over juxtaposing alone, in MB.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.resources import files
from multiprocessing.connection import Connection
from pathlib import Path

from rashomon import pipeline
from rashomon.base.settings import Settings
from rashomon.base.store import CaseFolder, create

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SYLLABLES = ("ba", "dor", "el", "fan", "gil", "har", "is", "kor", "lem", "mar", "nav", "os")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    print(
        f"{'articles':>9} {'reading s':>10} {'juxtaposing s':>14} {'ms/article':>11} {'peak MB':>8}"
    )
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder), given.workers)


def measure(size: int, folder: Path, workers: int) -> None:
    source = folder / "generated.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for record in generate(size):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    case = create(folder / "case")
    start = time.monotonic()
    pipeline.read_only([str(source)], case, Settings(), engine="processes", workers=workers)
    reading = time.monotonic() - start
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=juxtapose, args=(case, theirs))
    process.start()
    stages, peak = ours.recv()
    process.join()
    total = sum(seconds for _, seconds in stages)
    print(f"{size:9,} {reading:10.1f} {total:14.1f} {1000 * total / size:11.2f} {peak:8,.0f}")
    print("          " + ", ".join(f"{name} {seconds / total:.0%}" for name, seconds in stages))


def juxtapose(case: CaseFolder, pipe: Connection) -> None:
    """Build the case's tables, and send each stage's seconds and the peak in MB."""
    stages: list[tuple[str, float]] = []
    last_at, last_what = time.monotonic(), "load"

    def progress(what: str, _done: int, _of: int) -> None:
        nonlocal last_at, last_what
        now = time.monotonic()
        stages.append((last_what, now - last_at))
        last_at, last_what = now, what

    pipeline.build(case, Settings(), progress=progress)
    progress("end", 0, 0)
    pipe.send((stages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def generate(size: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """`size` records in copies of the invented crisis, each copy with its own names and numbers."""
    folder = files("rashomon").joinpath("data", "demo")
    reports = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".txt")
    }
    names = proper_names(reports.values())
    chance = random.Random(seed)
    for copy in range(1 + size // len(reports)):
        renamed = {name: invent(chance) for name in names}
        date = (chance.choice(_MONTHS), str(chance.randint(1990, 2040)))
        for name, text in list(reports.items())[: size - copy * len(reports)]:
            yield {"id": f"{copy:05}-{name}", "text": retell(text, renamed, date, copy)}


def retell(text: str, renamed: dict[str, str], date: tuple[str, str], copy: int) -> str:
    """The report with other names, another month and year, and other numbers (but dates)."""
    pattern = re.compile(r"\b(" + "|".join(sorted(renamed, key=len, reverse=True)) + r")\b")
    text = pattern.sub(lambda found: renamed[found[0]], text)
    text = re.sub(r"(?<!March )\b\d{2,3}\b(?! March)", lambda found: vary(found[0], copy), text)
    return text.replace("March", date[0]).replace("2031", date[1])


def proper_names(texts: Iterable[str]) -> list[str]:
    """Capitalised words of the pile that never stand in small letters: its invented names."""
    whole = " ".join(texts)
    small = set(re.findall(r"\b[a-z]{3,}\b", whole))
    words = set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b", whole))
    kept = {word for word in words if word.lower() not in small and word not in _MONTHS}
    return sorted(
        kept - {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
    )


def invent(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()


def vary(number: str, copy: int) -> str:
    """The same number of digits, moved by the copy, so that a copy's numbers agree as before."""
    low, high = 10 ** (len(number) - 1), 10 ** len(number)
    return str(low + (int(number) - low + 3 * copy) % (high - low))


if __name__ == "__main__":
    main()
