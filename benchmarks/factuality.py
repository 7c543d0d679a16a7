"""Factuality, end to end: polarity and modality of 300 invented sentences, both right.

    python benchmarks/factuality.py [TABLE.csv] [--wrong [--unseen]]

The table (`tests/cases/factuality.csv`) has one sentence a row with the word of one predicate, and
the polarity and modality that it should have. Half of the rows are plain facts, half one of fifteen
shapes in which something is denied, asked, planned and so on. A row whose predicate makes no
statement is wrong. Odd rows are seen while rules are written, even rows are not: report those.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.base.rows import Article, Document, Given, Statement, Zone
from rashomon.base.settings import Settings
from rashomon.pipeline import read_article

TABLE = Path(__file__).parents[1] / "tests" / "cases" / "factuality.csv"
MISSED = ("none", "none")


@dataclass(frozen=True, slots=True)
class Case:
    sentence: str
    predicate: str
    gold: tuple[str, str]
    shape: str
    half: str


@dataclass(frozen=True, slots=True)
class Told:
    case: Case
    said: tuple[str, str]
    because: str

    @property
    def right(self) -> bool:
        return self.said == self.case.gold


def read(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Case(
                row["sentence"],
                row["predicate"],
                (row["polarity"], row["modality"]),
                row["shape"],
                row["half"],
            )
            for row in csv.DictReader(lines)
        ]


def statements_of(text: str) -> tuple[Statement, ...]:
    """The statements of a text read as the body of an article, through every stage."""
    document = Document("fact", "", "", "", "", "", len(text), text, Given())
    article = Article("fact", "fact", 0, len(text), None, None, None, "none", None, "en")
    zone = Zone("fact", "fact", "fact", 0, len(text), "body", None)
    return read_article(document, article, (zone,), Settings()).statements


def tell(case: Case) -> Told:
    for statement in statements_of(case.sentence):
        word = case.sentence[statement.predicate.start : statement.predicate.end]
        if word == case.predicate:
            return Told(case, (statement.polarity, statement.modality), statement.because)
    return Told(case, MISSED, "no statement")


def share(told: Iterable[Told]) -> str:
    rows = list(told)
    right = sum(t.right for t in rows)
    return f"{right / len(rows):5.3f} ({right} of {len(rows)})" if rows else "    -"


def show(told: Sequence[Told]) -> None:
    halves = ("seen", "unseen")
    print(f"both right           {share(told)}")
    for half in halves:
        print(f"  {half:18} {share(t for t in told if t.case.half == half)}")
    for name, plain in (("shapes", False), ("plain facts", True)):
        for half in halves:
            rows = [t for t in told if t.case.half == half and is_plain(t.case) == plain]
            print(f"  {name + ', ' + half:18} {share(rows)}")
    print(f"polarity             {share_of(told, 0)}")
    print(f"modality             {share_of(told, 1)}")
    print("\nshape                       seen             unseen")
    for shape in dict.fromkeys(t.case.shape for t in told):
        seen, unseen = (
            share(t for t in told if t.case.shape == shape and t.case.half == half)
            for half in halves
        )
        print(f"{shape:27} {seen:16} {unseen}")


def is_plain(case: Case) -> bool:
    return case.shape.startswith("fact")


def share_of(told: Sequence[Told], part: int) -> str:
    right = sum(t.said[part] == t.case.gold[part] for t in told)
    return f"{right / len(told):5.3f}"


def list_wrong(told: Iterable[Told]) -> None:
    for one in told:
        if not one.right:
            said, gold = " ".join(one.said), " ".join(one.case.gold)
            print(f"\n{one.case.shape}: {one.case.sentence}")
            print(f"  {one.case.predicate}: {said}, should be {gold}. {one.because}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("table", type=Path, nargs="?", default=TABLE)
    parser.add_argument("--wrong", action="store_true", help="list the wrong rows of the seen half")
    parser.add_argument("--unseen", action="store_true", help="with --wrong, the unseen half's")
    given = parser.parse_args()
    told = [tell(case) for case in read(given.table)]
    show(told)
    if given.wrong:
        half = "unseen" if given.unseen else "seen"
        list_wrong(t for t in told if t.case.half == half)


if __name__ == "__main__":
    main()
