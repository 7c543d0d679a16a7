"""How well a page is divided: precision and recall of each kind of zone against a gold table.

    python benchmarks/zones.py --seeds DIR --gold segments.jsonl

DIR holds the texts that the gold names in `file`. A gold line has `file`, `kind`, `start`, `end`
(character offsets, end not included). A zone counts as found if both its boundaries lie within
SLACK characters of a gold zone of its kind in the same text; each gold zone is found once. An
article is measured without the readers' comments under it, as the gold draws it.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rashomon.base.rows import Article, Zone
from rashomon.base.settings import Settings
from rashomon.collect.articles import Division, divide
from rashomon.collect.documents import Gathered, gather

SLACK = 3
_KINDS = {
    "article": "article",
    "title": "title",
    "subtitle": "subtitle",
    "editor_note": "editors_note",
    "excerpt": "excerpt",
    "outlet_line": "byline",
    "reader_comment": "comment",
    "reader_comments": "all comments of an article",
}
"""The gold's kinds that are measured, by their names here."""


class Stretch(NamedTuple):
    file: str
    kind: str
    start: int
    end: int


class Score(NamedTuple):
    found: int
    predicted: int
    gold: int


def gold_stretches(path: Path) -> Iterator[Stretch]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] in _KINDS:
            yield Stretch(row["file"], _KINDS[row["kind"]], row["start"], row["end"])


def predicted_stretches(folder: Path, files: Iterable[str]) -> Iterator[Stretch]:
    sources = [str(folder / file) for file in sorted(files)]
    for row in gather(sources, Settings()):
        if isinstance(row, Gathered):
            yield from _stretches(Path(row.document.name).name, divide(row.document))


def _stretches(file: str, division: Division) -> Iterator[Stretch]:
    for zone in division.zones:
        subtitle = zone.kind == "title" and zone.label == "subtitle"
        yield Stretch(file, "subtitle" if subtitle else zone.kind, zone.start, zone.end)
    for article in division.articles:
        zones = [zone for zone in division.zones if zone.article == article.id]
        comments = [zone for zone in zones if zone.kind == "comment"]
        yield Stretch(file, "article", article.start, _end_without_comments(article, zones))
        if comments:
            start, end = comments[0].start, comments[-1].end
            yield Stretch(file, "all comments of an article", start, end)


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
    return left.file == right.file and near


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--seeds", type=Path, required=True, help="folder of the texts")
    arguments.add_argument("--gold", type=Path, required=True, help="segments.jsonl")
    given = arguments.parse_args()
    gold = list(gold_stretches(given.gold))
    scores = score(predicted_stretches(given.seeds, {row.file for row in gold}), gold)
    print(f"{'kind':28}{'precision':>10}{'recall':>8}{'found':>7}{'said':>6}{'gold':>6}")
    for kind, (found, said, there) in scores.items():
        precision = f"{found / said:.2f}" if said else "-"
        print(f"{kind:28}{precision:>10}{found / there:>8.2f}{found:>7}{said:>6}{there:>6}")


if __name__ == "__main__":
    main()
