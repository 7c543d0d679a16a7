"""How well the body of a page is found, beside the library alone, and how fast.

    python benchmarks/pages.py scrapinghub-aeb [--half seen|unseen|both] [--repeat 3] [--wrong 10]

The folder is that of article-extraction-benchmark (MIT): `ground-truth.json` and `html/ID.html.gz`.
The measure is its own: F1 over shingles of four words, each page counting the same. Ours are the
zones body, quoted_block, excerpt and editors_note of the divided document (and passages that are
set apart only for their script: the measure knows no languages), read in the child process as a
user's pages are. `seen` are the pages whose id ends in an even digit: rules are made
on them alone. Time is processor time, our child's and its start included; the library's start is
not counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from trafilatura import bare_extraction

from rashomon.base.rows import Given
from rashomon.base.settings import Settings
from rashomon.collect.articles import divide
from rashomon.collect.documents.formats import child, read_format
from rashomon.collect.documents.gathered import Gathered, Origin

SHINGLE = 4
_WORD = re.compile(r"\w+")
_BODY = ("body", "quoted_block", "excerpt", "editors_note")
_SETTINGS = Settings()


class Score(NamedTuple):
    """Shares of all shingles of a page: found rightly, wrongly, and missed."""

    right: float
    wrong: float
    missed: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--half", choices=("seen", "unseen", "both"), default="both")
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--wrong", type=int, default=0, help="show the worst pages")
    given = options.parse_args()
    gold = {key: row["articleBody"] for key, row in _gold(given.folder).items()}
    gold = {key: gold[key] for key in sorted(gold) if given.half in ("both", half_of(key))}
    pages = {key: _page(given.folder, key) for key in gold}
    ours = measure("ours, divided", gold, pages, divided, given.repeat)
    measure("outline alone", gold, pages, outlined, given.repeat)
    measure("trafilatura", gold, pages, library, given.repeat)
    measure("trafilatura fast", gold, pages, library_fast, given.repeat)
    for key in sorted(ours, key=lambda key: ours[key].right)[: given.wrong]:
        print(f"{key[:8]}  right {ours[key].right:.2f} wrong {ours[key].wrong:.2f}")


def half_of(key: str) -> str:
    """Which half of the pages one belongs to: "seen" or "unseen"."""
    return "unseen" if int(key[-1], 16) % 2 else "seen"


def measure(
    name: str,
    gold: Mapping[str, str],
    pages: Mapping[str, bytes],
    body: Callable[[bytes], str],
    repeat: int,
) -> dict[str, Score]:
    """Print the figures of one way to find the body, and its processor time for each page."""
    body(next(iter(pages.values())))
    child.stop()
    before = _seconds()
    for _ in range(repeat):
        found = {key: body(page) for key, page in pages.items()}
    child.stop()
    each = 1000 * (_seconds() - before) / (repeat * len(pages))
    scores = {key: score(gold[key], found[key]) for key in gold}
    for half in ("seen", "unseen", "all"):
        chosen = [s for key, s in scores.items() if half in ("all", half_of(key))]
        if chosen:
            precision, recall, f1 = summary(chosen)
            print(
                f"{name:17} {half:7} {len(chosen):4} pages  P {precision:.3f}  R {recall:.3f}"
                f"  F1 {f1:.3f}"
            )
    print(f"{name:17} {each:.1f} ms of processor time a page")
    return scores


def divided(page: bytes) -> str:
    """The body as the pipeline gives it."""
    document = _document(page)
    if document is None:
        return ""
    zones = divide(document.document).zones
    text = document.document.text
    kept = (zone for zone in zones if zone.kind in _BODY or zone.label == "foreign")
    return "\n".join(text[zone.start : zone.end] for zone in kept)


def outlined(page: bytes) -> str:
    """The body as the page's outline gives it, before division."""
    document = _document(page)
    if document is None:
        return ""
    text = document.document.text
    return "\n".join(text[s.start : s.end] for s in document.document.outline if s.kind in _BODY)


def library(page: bytes) -> str:
    """The body as the library gives it by itself, with its metadata as ours has them."""
    found = bare_extraction(page, with_metadata=True)
    return str(getattr(found, "text", "") or "")


def library_fast(page: bytes) -> str:
    """The same without the library's second opinions, the way in which we call it."""
    found = bare_extraction(page, fast=True, include_comments=False, with_metadata=True)
    return str(getattr(found, "text", "") or "")


def score(true: str, predicted: str) -> Score:
    """Of the shingles of both, with their counts."""
    gold, found = _shingles(true), _shingles(predicted)
    right = (gold & found).total()
    every = (gold | found).total()
    if not every:
        return Score(0.0, 0.0, 0.0)
    return Score(right / every, (found - gold).total() / every, (gold - found).total() / every)


def summary(scores: list[Score]) -> tuple[float, float, float]:
    """Mean precision and recall over the pages where each is defined, and their harmonic mean."""
    precisions = [s.right / (s.right + s.wrong) for s in scores if s.right + s.wrong]
    recalls = [s.right / (s.right + s.missed) for s in scores if s.right + s.missed]
    precision = sum(precisions) / len(precisions)
    recall = sum(recalls) / len(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    last = max(1, len(words) - SHINGLE + 1)
    return Counter(s for at in range(last) if (s := tuple(words[at : at + SHINGLE])))


def _document(page: bytes) -> Gathered | None:
    rows = read_format(page, Origin("page", "page", "text/html", Given()), _SETTINGS)
    return next((row for row in rows if isinstance(row, Gathered)), None)


def _gold(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return found


def _page(folder: Path, key: str) -> bytes:
    return gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())


def _seconds() -> float:
    """Processor seconds of this process and of its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    main()
