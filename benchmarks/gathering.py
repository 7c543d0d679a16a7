"""Gathering and dividing at size: documents a second, megabytes a second, peak memory.

    python benchmarks/gathering.py [--sizes 10000 100000 1000000] [--files 10000]

Three jobs, each size in a process of its own: "gather" takes the documents of sources and drops
them; "keep" does all of `rashomon read` up to the language work (originals, where they came from,
what is known before), then does it again, when all is known; "divide" gathers and divides.
Sources are made in a temporary folder: JSON lines, and small text files. MB are 1,000,000 bytes of
text; the seconds are processor time (user and system), and wall time beside it.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rashomon import engines, pipeline
from rashomon.base import store
from rashomon.base.rows import Document, Reading
from rashomon.base.settings import Settings
from rashomon.collect.articles import divide
from rashomon.collect.documents import Gathered, gather

Counted = tuple[int, int]
Job = Callable[[list[str], Path], Counted]
_PLACES = ("Orvel", "Kessal", "Port Selim", "Tarvesk", "Vessen", "Mardun")
_DONE = ("closed the harbour", "left the town", "met the mayor", "counted the dead", "crossed")


@dataclass(frozen=True, slots=True)
class Figures:
    documents: int
    characters: int
    cpu: float
    wall: float
    peak_mb: float

    def __str__(self) -> str:
        speed = self.characters / 1e6 / self.cpu
        return (
            f"{self.documents:>9,} documents {self.documents / self.cpu:>9,.0f} a CPU-second"
            f" {speed:>7.1f} MB a CPU-second {self.wall:>7.1f} s wall {self.peak_mb:>6.0f} MB peak"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--files", type=int, nargs="*", default=[10_000])
    options.add_argument("--keep", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--divide", type=int, nargs="*", default=[10_000])
    options.add_argument("--one", nargs=2, metavar=("JOB", "SOURCE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one:
        print(json.dumps(measure(*given.one)))
        return
    for size in given.sizes:
        run("gather", size, lines)
    for size in given.files:
        run("gather", size, small_files)
    for size in given.keep:
        run("keep", size, lines)
    for size in given.divide:
        run("divide", size, lines)
        run("divide", size // 10, long_files)


def run(job: str, size: int, make: Callable[[Path, int], Path]) -> None:
    """Make the source and measure the job on it in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        source = make(Path(folder), size)
        command = [sys.executable, __file__, "--one", job, str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    for figures in json.loads(done.stdout):
        print(f"{job:<7} {make.__name__:<12} {Figures(**figures)}", flush=True)


def measure(job: str, source: str) -> list[dict[str, float]]:
    """The figures of each pass of a job, with the process's peak memory so far."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2 if job == "keep" else 1):
            cpu, wall = time.process_time(), time.monotonic()
            documents, characters = JOBS[job]([source], Path(folder) / "case")
            found.append(
                {
                    "documents": documents,
                    "characters": characters,
                    "cpu": time.process_time() - cpu,
                    "wall": time.monotonic() - wall,
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
                }
            )
    return found


def gather_only(sources: list[str], _: Path) -> Counted:
    return counted(row.document for row in gather(sources, Settings()) if isinstance(row, Gathered))


def keep(sources: list[str], case: Path) -> Counted:
    """Readings are kept with their documents alone, as if there were nothing in them."""
    documents = characters = 0

    def unread(batch: engines.Batch, _: Settings) -> Reading:
        nonlocal documents, characters
        documents += len(batch)
        characters += sum(document.characters for document in batch)
        return Reading(documents=batch)

    outcome = pipeline.read_only(sources, store.create(case), Settings(), read=unread)
    return documents + outcome.known, characters


def divide_all(sources: list[str], _: Path) -> Counted:
    def divided() -> Iterator[Document]:
        for row in gather(sources, Settings()):
            if isinstance(row, Gathered):
                divide(row.document)
                yield row.document

    return counted(divided())


def counted(documents: Iterator[Document]) -> Counted:
    count = characters = 0
    for document in documents:
        count += 1
        characters += document.characters
    return count, characters


JOBS: dict[str, Job] = {"gather": gather_only, "keep": keep, "divide": divide_all}


def lines(folder: Path, size: int) -> Path:
    """JSON lines of about 600 characters of text each."""
    chance, path = random.Random(7), folder / "reports.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            record = {"id": f"r{number}", "text": report(chance, number, 8)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def small_files(folder: Path, size: int) -> Path:
    """Text files of about 600 characters, a thousand in a folder."""
    chance = random.Random(7)
    for number in range(size):
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(report(chance, number, 8), encoding="utf-8")
    return folder


def long_files(folder: Path, size: int) -> Path:
    """Text files of about 6,000 characters."""
    chance = random.Random(7)
    for number in range(size):
        (folder / f"{number:07}.txt").write_text(report(chance, number, 80), encoding="utf-8")
    return folder


def report(chance: random.Random, number: int, sentences: int) -> str:
    """A headline, a date, and paragraphs of four sentences; no two reports are equal."""
    told = [
        f"Witness {chance.randrange(10**6)} said that guards {chance.choice(_DONE)} near"
        f" {chance.choice(_PLACES)} – {chance.randrange(99)} people saw it."
        for _ in range(sentences)
    ]
    paragraphs = [" ".join(told[start : start + 4]) for start in range(0, sentences, 4)]
    return f"Report {number} from {chance.choice(_PLACES)}\n\n14 March 2031\n\n" + "\n\n".join(
        paragraphs
    )


if __name__ == "__main__":
    main()
