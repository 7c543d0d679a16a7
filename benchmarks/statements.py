"""Event coding, end to end: the PLOVER type that Rashomon gives to marked sentences.

    python benchmarks/statements.py PLV_train.tsv --rows odd

The file is PLV (Zero-Shot-PLOVER, Hu et al., ACL 2024): one sentence a row, with a source, a target
and the PLOVER root that holds between them (YIELD stands for CONCEDE and RETREAT). The coder sees
the bare sentence. Of its statements that have an act, the one whose actors and recipients overlap
the marked source and target best is scored. Even rows are kept unseen while rules are written.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.base.language import Parse, parse
from rashomon.base.reader import Coding, network_of, overhear
from rashomon.base.rows import Article, Part, Sentence, Span, Statement, row_id
from rashomon.extract.statements import state

# PLV does not tell CONCEDE (verbal) from RETREAT (material), so YIELD is a fifth class here.
QUADS = {
    "AGREE": "verbal cooperation", "CONSULT": "verbal cooperation",
    "SUPPORT": "verbal cooperation", "YIELD": "yielding",
    "COOPERATE": "material cooperation", "AID": "material cooperation",
    "REQUEST": "verbal conflict", "ACCUSE": "verbal conflict", "REJECT": "verbal conflict",
    "THREATEN": "verbal conflict", "PROTEST": "material conflict",
    "SANCTION": "material conflict", "MOBILIZE": "material conflict",
    "COERCE": "material conflict", "ASSAULT": "material conflict",
}  # fmt: skip
NONE = "none"


@dataclass(frozen=True, slots=True)
class Record:
    text: str
    source: str
    target: str
    root: str


@dataclass(frozen=True, slots=True)
class Coded:
    """`first`: the root of the first statement with an act, chosen without the marked spans."""

    record: Record
    root: str
    first: str
    statements: tuple[Statement, ...]


def read(path: Path, rows: str) -> list[Record]:
    """The records of the odd rows (the first is 1), the even rows, or all."""
    with path.open(encoding="utf-8", newline="") as lines:
        records = [
            Record(row["sentence"], row["source"], row["target"], row["gold_root"])
            for row in csv.DictReader(lines, delimiter="\t")
        ]
    return {"odd": records[0::2], "even": records[1::2], "all": records}[rows]


def sentences_of(parsed: Parse) -> list[Sentence]:
    spans = [parsed.sentence_span(index) for index in range(len(parsed.sentences))]
    return [
        Sentence(row_id(Sentence, "plv", *span), "plv", "plv", *span, index, "body")
        for index, span in enumerate(spans)
    ]


def article_of(text: str) -> Article:
    return Article("plv", "plv", 0, max(1, len(text)), None, None, None, "none", None, "en")


def code(parsed: Parse, heard: Sequence[Coding] = ()) -> list[Statement]:
    return state(article_of(parsed.text), sentences_of(parsed), [], [], parsed, heard)


def overlap(parts: Iterable[Part], words: set[str]) -> float:
    """F1 of the words of the parts against the marked words, the best part counts."""
    best = 0.0
    for part in parts:
        own = {word.strip(",.'’s") for word in part.text.lower().split()}
        shared = len(own & words)
        best = max(best, 2 * shared / (len(own) + len(words)))
    return best


def marked(text: str) -> set[str]:
    return {word.strip(",.'’s") for word in text.lower().split()}


def choose(record: Record, statements: Sequence[Statement]) -> Statement | None:
    """The statement with an act that fits source and target best, the first of equals."""
    source, target = marked(record.source), marked(record.target)
    scored = [
        (overlap(s.actors, source) + overlap(s.recipients, target), -index, s)
        for index, s in enumerate(statements)
        if s.act
    ]
    return max(scored, key=lambda item: item[:2])[2] if scored else None


def root(statement: Statement | None) -> str:
    if statement is None or statement.act is None:
        return NONE
    return "YIELD" if statement.act in ("CONCEDE", "RETREAT") else statement.act


def run(records: Sequence[Record], reader: str) -> tuple[list[Coded], int, float]:
    """The records as coded, the words, and the seconds of CPU spent after parse and reader."""
    parses = [parse(r.text, [Span(0, len(r.text))]) for r in records]
    network = network_of(reader)
    heard = [overhear(r.text, [Span(0, len(r.text))], network)[1] for r in records]
    words = sum(t.text[0].isalnum() for p in parses for t in p.tokens)
    if parses:
        code(parses[0])
    before = time.process_time()
    found = [code(parsed, acts) for parsed, acts in zip(parses, heard, strict=True)]
    spent = time.process_time() - before
    coded = [
        Coded(
            record,
            root(choose(record, statements)),
            root(next((s for s in statements if s.act), None)),
            tuple(statements),
        )
        for record, statements in zip(records, found, strict=True)
    ]
    return coded, words, spent


def f1(coded: Sequence[Coded], name: str) -> float:
    right = sum(c.root == name == c.record.root for c in coded)
    said = sum(c.root == name for c in coded)
    there = sum(c.record.root == name for c in coded)
    return 2 * right / (said + there) if said + there else 0.0


def show(coded: Sequence[Coded], words: int, spent: float) -> None:
    size = len(coded)
    roots = sorted({c.record.root for c in coded})
    right = sum(c.root == c.record.root for c in coded)
    quad = sum(QUADS.get(c.root) == QUADS[c.record.root] for c in coded)
    acts = sum(s.act is not None for c in coded for s in c.statements)
    whole = sum(len(c.statements) for c in coded)
    print(f"sentences            {size}")
    print(f"root accuracy        {right / size:.3f}")
    blind = sum(c.first == c.record.root for c in coded)
    print(f"the same, blind      {blind / size:.3f} (the first statement with an act)")
    print(f"root macro-F1        {sum(f1(coded, r) for r in roots) / len(roots):.3f}")
    print(f"quad accuracy        {quad / size:.3f}")
    print(f"without any act      {sum(c.root == NONE for c in coded) / size:.3f}")
    whose = sum(s.act is not None and bool(s.actors) for c in coded for s in c.statements)
    print(f"statements/sentence  {whole / size:.2f} ({acts / size:.2f} with an act)")
    print(f"coded events         {whose / size:.2f} a sentence (an act and who did it)")
    print(f"words/CPU-second     {words / spent:,.0f} (parse and reader given)")
    print("\nroot        gold  said    F1  mostly taken for")
    for name in roots:
        wrong = Counter(c.root for c in coded if c.record.root == name != c.root)
        taken = " ".join(f"{other} {count}" for other, count in wrong.most_common(4))
        gold = sum(c.record.root == name for c in coded)
        said = sum(c.root == name for c in coded)
        print(f"{name:10} {gold:5} {said:5}  {f1(coded, name):.2f}  {taken}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", choices=("odd", "even", "all"), default="odd")
    parser.add_argument("--reader", default="shipped", help="shipped, none, or a folder")
    given = parser.parse_args()
    show(*run(read(given.file, given.rows), given.reader))


if __name__ == "__main__":
    main()
