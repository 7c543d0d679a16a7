"""Score the chains of voices of a case on annotated attributions.

    python benchmarks/chains.py GOLD.jsonl --texts DIR [--wrong] [--reader none|shipped|DIR]

Each line of GOLD holds `doc` (a file under --texts) and `attributions` with `content` and `chain`
(labels of the voices, outermost first; the first is the report's own outlet). All texts are read
into one case. A gold attribution is found when a quote shares a token F1 of .5 or more of its
content (paired one to one, best pairs first). Its chain is right when it has the same number of
voices and each bears a name like its partner's (half of the shorter name's words, or nearly the
same letters); the outlet of the report itself may be spelt in any way, and "the author" is it.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from quotes import Attribution, Words, overlap, pairs, spans
from rashomon import pipeline
from rashomon.base import store
from rashomon.base.rows import Chain, Document, Quote
from rashomon.base.settings import Settings

_ENOUGH = 0.5
_MARKS = ("unnamed", "doubtful")
_LIKE = 0.8
_PLAIN = frozenset(["the", "a", "an", "of", "at", "for", "in", "and", "s", "unnamed"])


def words_of(label: str) -> list[str]:
    return [w for w in re.findall(r"[^\W_]+", label.lower()) if w not in _PLAIN]


def alike(left: str, right: str) -> bool:
    """Whether half of the shorter label's words stand in the longer one, or almost."""
    shorter, longer = sorted((words_of(left), words_of(right)), key=len)
    if not shorter:
        return words_of(left) == words_of(right)
    held = sum(any(SequenceMatcher(None, a, b).ratio() >= _LIKE for b in longer) for a in shorter)
    return 2 * held >= len(shorter)


def inner(chain: Sequence[str]) -> list[str]:
    """The voices inside the report's own."""
    return [label for label in chain[1:] if label != "the author"]


def right(wanted: Sequence[str], found: Sequence[str]) -> bool:
    left, other = inner(wanted), inner(found)
    return len(left) == len(other) and all(map(alike, left, other))


def role(words: Words, content: Any) -> Attribution:
    empty: frozenset[int] = frozenset()
    return Attribution(empty, empty, words.of(spans(content)), "", False)


def paired(
    record: dict[str, Any], text: str, quotes: Sequence[Quote]
) -> Iterator[tuple[dict[str, Any], Quote]]:
    """Each gold attribution that is found, with its quote."""
    words = Words(text)
    gold = [role(words, item["content"]) for item in record["attributions"]]
    predicted = [role(words, [list(s) for s in quote.content]) for quote in quotes]
    for i, j in pairs(gold, predicted):
        if overlap(gold[i].content, predicted[j].content) >= _ENOUGH:
            yield record["attributions"][i], quotes[j]


def score(records: Sequence[dict[str, Any]], case: store.Store, *, wrong: bool) -> None:
    documents = {Path(row.name).name: row for row in case.rows(Document)}
    chains = {row.row: row.labels for row in case.rows(Chain)}
    quotes = list(case.rows(Quote))
    counts: Counter[str] = Counter()
    for record in records:
        document = documents[record["doc"]]
        held = [quote for quote in quotes if quote.document == document.id]
        counts["predicted"] += len(held)
        for item in record["attributions"]:
            counts.update(["gold", *(mark for mark in _MARKS if item.get(mark))])
        for item, quote in paired(record, document.text, held):
            hit = right(item["chain"], chains[quote.id])
            counts["found"] += 1
            counts["right"] += hit
            counts.update(f"{mark} found" for mark in _MARKS if item.get(mark))
            if wrong and not hit:
                print(f"{item['id']}: {inner(item['chain'])} but {inner(chains[quote.id])}")
    show(counts)


def show(counts: Counter[str]) -> None:
    gold, predicted, found = counts["gold"], counts["predicted"], counts["found"]
    precision, recall = found / max(1, predicted), found / max(1, gold)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"found        P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {100 * both:.1f}")
    for mark in _MARKS:
        print(f"{mark:12} found {counts[f'{mark} found']} of {counts[mark]}")
    print(f"chain right  {counts['right']} of {found} found ({gold} gold)", end=" ")
    print(f"({100 * counts['right'] / max(1, found):.1f} % of the found)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, required=True, help="where the texts lie, by `doc`")
    parser.add_argument("--reader", default="shipped", help="none, shipped, or a folder")
    parser.add_argument("--wrong", action="store_true", help="list the chains that differ")
    asked = parser.parse_args()
    records = [json.loads(line) for line in asked.gold.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        case = store.create(Path(folder) / "case")
        settings = Settings(reader=asked.reader)
        pipeline.read([str(asked.texts / r["doc"]) for r in records], case, settings)
        with case.store() as opened:
            score(records, opened, wrong=asked.wrong)


if __name__ == "__main__":
    main()
