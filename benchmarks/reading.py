"""Reading speed: words per CPU-second beside the bare parse of the same run, and stage shares.

    python benchmarks/reading.py [--texts FOLDER] [--repeat N] [--reader none|shipped|DIR]

Without --texts it reads the invented crisis that ships with Rashomon, N times over. Words are runs
of non-blank characters. CPU time is this process's own, user and system, in one process.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from rashomon import pipeline
from rashomon.base import language
from rashomon.base.rows import Document, Span
from rashomon.base.settings import Settings
from rashomon.collect.articles import divide
from rashomon.collect.documents import Gathered, gather
from rashomon.extract.sentences import paragraphs

STAGES = (
    "divide", "paragraphs", "split", "date", "find", "refer", "overhear", "attribute", "speak",
    "state", "check_words",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--texts", type=Path, help="a folder of .txt files")
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--reader", default=Settings().reader, help="none, shipped, or a folder")
    given = options.parse_args()
    folder = given.texts or Path(str(files("rashomon").joinpath("data", "demo")))
    documents = read_folder(folder)
    words = sum(len(document.text.split()) for document in documents) * given.repeat
    language.parse("A first sentence loads the model.", [Span(0, 33)])

    bare = cpu(lambda: bare_parse(documents), given.repeat)
    spent = watch_stages()
    settings = Settings(reader=given.reader)
    pipeline.read_batch(documents[:1], settings)
    spent.update(dict.fromkeys(spent, 0.0))
    whole = cpu(lambda: pipeline.read_batch(documents, settings), given.repeat)

    print(f"{len(documents)} documents, {words // given.repeat:,} words, read {given.repeat} times")
    print(f"{'bare parse':<12} {words / bare:9,.0f} words per CPU-second")
    print(f"{'reading':<12} {words / whole:9,.0f} words per CPU-second")
    print(f"reading costs {whole / bare:.2f} times the bare parse")
    quoting = sum(spent[stage] for stage in ("parse", "overhear", "attribute"))
    print(f"parse, reader and quotes: {words / quoting:,.0f} words per CPU-second\n")
    print(f"{'stage':<12} {'CPU s':>8} {'share':>7} {'of the parse':>13}")
    for stage, seconds in (*spent.items(), ("rest", whole - sum(spent.values()))):
        print(f"{stage:<13} {seconds:7.2f} {seconds / whole:7.1%} {seconds / bare:13.1%}")


def read_folder(folder: Path) -> list[Document]:
    found = gather([str(path) for path in sorted(folder.glob("*.txt"))], Settings())
    return [item.document for item in found if isinstance(item, Gathered)]


def bare_parse(documents: list[Document]) -> None:
    """The parse alone, of the same stretches that reading parses."""
    for document in documents:
        division = divide(document)
        for article in division.articles:
            zones = tuple(zone for zone in division.zones if zone.article == article.id)
            language.parse(document.text, paragraphs(document.text, zones))


def cpu(work: Callable[[], object], repeat: int) -> float:
    start = time.process_time()
    for _ in range(repeat):
        work()
    return time.process_time() - start


def watch_stages() -> dict[str, float]:
    """Wrap each stage of the pipeline in a clock; the seconds that each will have spent."""
    spent: dict[str, float] = {"parse": 0.0} | dict.fromkeys(STAGES, 0.0)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            start = time.process_time()
            result = function(*arguments)
            spent[name] += time.process_time() - start
            return result

        return call

    for name in STAGES:
        setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    language.parse = timed("parse", language.parse)
    return spent


if __name__ == "__main__":
    main()
