"""How well a page is divided: precision and recall of each kind of zone against a gold table.

    python benchmarks/zones.py --seeds DIR --gold segments.jsonl

DIR holds the texts that the gold names in `file`. A gold line has `file`, `kind`, `start`, `end`
(character offsets, end not included). A zone counts as found if both its boundaries lie within
SLACK characters of a gold zone of its kind in the same text; each gold zone is found once. An
article is measured without the readers' comments under it, as the gold draws it. What the gold
says of an article (`title`, `byline`, `outlet`, `published`) or of a comment (`author`) is measured
as a value: the same words at the same article or comment. A date is measured where it stands, by
lines of the kind `date`. The last line is the speed of dividing, over these texts again and again.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from rashomon.base.rows import Article, Document, Zone
from rashomon.base.settings import Settings
from rashomon.collect.articles import Division, divide
from rashomon.collect.documents import Gathered, gather

SLACK = 3
REPEATS, ROUNDS = 20, 3
_VALUES = ("title", "byline", "outlet", "published")
_KINDS = {
    "article": "article",
    "title": "title",
    "subtitle": "subtitle",
    "editor_note": "editors_note",
    "excerpt": "excerpt",
    "outlet_line": "byline",
    "byline": "byline",
    "date": "date",
    "quoted_block": "quoted_block",
    "comment": "comment",
    "reader_comment": "comment",
    "reader_comments": "all comments of an article",
}
"""The gold's kinds that are measured, by their names here."""


class Stretch(NamedTuple):
    file: str
    kind: str
    start: int
    end: int
    value: str = ""


class Score(NamedTuple):
    found: int
    predicted: int
    gold: int


def gold_stretches(path: Path) -> Iterator[Stretch]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] in _KINDS:
            yield Stretch(row["file"], _KINDS[row["kind"]], row["start"], row["end"])
            yield from _gold_values(row)


def _gold_values(row: Mapping[str, Any]) -> Iterator[Stretch]:
    for name in _VALUES if row["kind"] == "article" else ():
        if row.get(name):
            yield _value(row["file"], f"its {name}", row["start"], row[name])
    if row["kind"] in ("reader_comment", "comment") and row.get("author"):
        yield _value(row["file"], "comment's handle", row["start"], row["author"])


def _value(file: str, kind: str, place: int, value: str) -> Stretch:
    return Stretch(file, kind, place, place, " ".join(value.casefold().split()))


def documents(folder: Path, files: Iterable[str]) -> Iterator[Document]:
    sources = [str(folder / file) for file in sorted(files)]
    for row in gather(sources, Settings()):
        if isinstance(row, Gathered):
            yield row.document


def predicted_stretches(documents: Iterable[Document]) -> Iterator[Stretch]:
    for document in documents:
        yield from _stretches(Path(document.name).name, document.text, divide(document))


def _stretches(file: str, text: str, division: Division) -> Iterator[Stretch]:
    for zone in division.zones:
        subtitle = zone.kind == "title" and zone.label == "subtitle"
        yield Stretch(file, "subtitle" if subtitle else zone.kind, zone.start, zone.end)
        if zone.kind == "comment" and zone.label:
            yield _value(file, "comment's handle", zone.start, zone.label)
    for article in division.articles:
        zones = [zone for zone in division.zones if zone.article == article.id]
        comments = [zone for zone in zones if zone.kind == "comment"]
        yield Stretch(file, "article", article.start, _end_without_comments(article, zones))
        if comments:
            start, end = comments[0].start, comments[-1].end
            yield Stretch(file, "all comments of an article", start, end)

        yield from _values(file, text, article, zones)


def _values(file: str, text: str, article: Article, zones: Iterable[Zone]) -> Iterator[Stretch]:
    for name, value in (
        ("title", article.title), ("byline", article.byline), ("outlet", article.outlet)
    ):  # fmt: skip
        if value:
            yield _value(file, f"its {name}", article.start, value)
    when = article.published
    if when is None or when.basis == "inferred":
        return
    if when.earliest and when.earliest == when.latest:
        yield _value(file, "its published", article.start, when.earliest)
    places = (text.find(when.words, zone.start, zone.end) for zone in zones if when.words)
    if (place := next((p for p in places if p >= 0), -1)) >= 0:
        yield Stretch(file, "date", place, place + len(when.words))


def _end_without_comments(article: Article, zones: Iterable[Zone]) -> int:
    read = ("title", "body", "excerpt", "editors_note", "quoted_block")
    return max((zone.end for zone in zones if zone.kind in read), default=article.end)


def score(predicted: Iterable[Stretch], gold: Iterable[Stretch]) -> Mapping[str, Score]:
    """For each kind of the gold: how many were found, predicted, and there to be found."""
    guesses: dict[str, list[Stretch]] = defaultdict(list)
    truths: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in predicted:
        guesses[stretch.kind].append(stretch)
    for stretch in gold:
        truths[stretch.kind].append(stretch)
    return {
        kind: Score(_matches(guesses[kind], wanted), len(guesses[kind]), len(wanted))
        for kind, wanted in sorted(truths.items())
    }


def _matches(guesses: Iterable[Stretch], wanted: Iterable[Stretch]) -> int:
    open_ones = list(wanted)
    before = len(open_ones)
    for guess in guesses:
        hit = next((truth for truth in open_ones if _close(guess, truth)), None)
        if hit:
            open_ones.remove(hit)
    return before - len(open_ones)


def _close(left: Stretch, right: Stretch) -> bool:
    near = abs(left.start - right.start) <= SLACK and abs(left.end - right.end) <= SLACK
    return left.file == right.file and left.value == right.value and near


def speed(documents: Sequence[Document]) -> float:
    """Millions of characters divided in a second of processor time, the best of ROUNDS."""
    size = sum(document.characters for document in documents)
    return max(size / _seconds(documents) / 1e6 for _ in range(ROUNDS)) if size else 0.0


def _seconds(documents: Sequence[Document]) -> float:
    begun = process_time()
    for _ in range(REPEATS):
        for document in documents:
            divide(document)
    return (process_time() - begun) / REPEATS


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--seeds", type=Path, required=True, help="folder of the texts")
    arguments.add_argument("--gold", type=Path, required=True, help="segments.jsonl")
    given = arguments.parse_args()
    gold = list(gold_stretches(given.gold))
    texts = list(documents(given.seeds, {row.file for row in gold}))
    scores = score(predicted_stretches(texts), gold)
    print(f"{'kind':28}{'precision':>10}{'recall':>8}{'found':>7}{'said':>6}{'gold':>6}")
    for kind, (found, said, there) in scores.items():
        precision = f"{found / said:.2f}" if said else "-"
        print(f"{kind:28}{precision:>10}{found / there:>8.2f}{found:>7}{said:>6}{there:>6}")
    print(f"plain text: {speed(texts):.1f} MB per CPU-second")


if __name__ == "__main__":
    main()
