"""How well readers' comments are parted from the article above them, in plain text.

    python benchmarks/comments.py DIR [--half seen|unseen|all] [--joint narrow|as-read] [--each]

DIR holds texts in which a line of signs and the word COMMENTS parts article and comments (the
`Corrected` folder of the Dragnet data: github.com/seomoz/dragnet_data, AGPL-3.0, to measure on
only). That line is taken out before dividing; with `--joint narrow` one blank line stays in its
place, with `as-read` all blank lines around it. The halves are those of the SHA-256 of the file
names; what is tuned is tuned on `seen`.

Of the pages with at least LEAST words of comments: how many have the boundary within NEAR
characters. Of their words: how many of the comments' are taken for the article's (`leaked`), how
many of the article's for comments or furniture (`lost`); pooled, and as the mean of the pages. Of
the pages without comments: how many words are lost, and how many pages get comments at all.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rashomon.base.rows import Document, Given, Zone
from rashomon.collect.articles import divide

LEAST, NEAR = 20, 200
_MARKER = re.compile(r"^[^\w\n]*[!@#$%^&*() ]{4,}\s*COMMENTS[ \t]*$", re.MULTILINE)


class Page(NamedTuple):
    """A text without its marker; its comments begin at `start` (its length if it has none) and
    its article ends at `end`."""

    name: str
    text: str
    end: int
    start: int


class Result(NamedTuple):
    """Counts of words of one page, and how many characters the boundary is off."""

    name: str
    off: int
    article: int
    comments: int
    lost: int
    leaked: int


def pages(folder: Path, half: str, joint: str) -> Iterator[Page]:
    for path in sorted(folder.iterdir()):
        is_seen = int(hashlib.sha256(path.name.encode()).hexdigest(), 16) % 2 == 0
        if half == "all" or is_seen == (half == "seen"):
            yield page(path.name, decoded(path.read_bytes()), joint)


def decoded(written: bytes) -> str:
    for encoding in ("utf-16",) if written[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return written.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            break
    return written.decode("cp1252", "replace").replace("\r\n", "\n")


def page(name: str, text: str, joint: str) -> Page:
    marker = _MARKER.search(text)
    if marker is None:
        return Page(name, text, len(text), len(text))
    above, below = text[: marker.start()], text[marker.end() :]
    if joint == "narrow":
        below = "\n\n" + re.sub(r"\A(?:[ \t]*\n)+", "", below)
        above = above.rstrip()
    text = above + below
    start = len(above) + len(below) - len(below.lstrip())
    return Page(name, text, len(above.rstrip()), start)


def measure(page: Page) -> Result:
    document = Document(
        page.name, page.name, page.name, "0", "text/plain", "utf-8", len(page.text), page.text,
        Given(),
    )  # fmt: skip
    zones = divide(document).zones
    first = next((zone.start for zone in zones if zone.kind == "comment"), len(page.text))
    off = max(page.end - first, first - page.start, 0)
    lost = [zone for zone in zones if zone.kind in ("comment", "furniture")]
    read = [zone for zone in zones if zone.kind not in ("comment", "furniture")]
    return Result(
        page.name,
        off,
        len(page.text[: page.end].split()),
        len(page.text[page.start :].split()),
        sum(_within(page.text, zone, 0, page.end) for zone in lost),
        sum(_within(page.text, zone, page.start, len(page.text)) for zone in read),
    )


def _within(text: str, zone: Zone, start: int, end: int) -> int:
    """The words of a zone that lie in a stretch."""
    return len(text[max(start, zone.start) : max(start, min(end, zone.end))].split())


def report(results: Iterable[Result]) -> Iterator[str]:
    measured = list(results)
    with_comments = [r for r in measured if r.comments >= LEAST]
    without = [r for r in measured if not r.comments]
    near = sum(r.off <= NEAR for r in with_comments)
    yield f"pages with comments    {len(with_comments)}"
    yield f"boundary within {NEAR}    {_share(near, len(with_comments))}"
    for name, rows in (("with comments", with_comments), ("without", without)):
        pooled = _share(sum(r.lost for r in rows), sum(r.article for r in rows))
        mean = _share(sum(r.lost / max(1, r.article) for r in rows), len(rows))
        yield f"lost, pages {name:14} pooled {pooled}  mean {mean}"
    pooled = _share(sum(r.leaked for r in with_comments), sum(r.comments for r in with_comments))
    mean = _share(sum(r.leaked / r.comments for r in with_comments), len(with_comments))
    yield f"leaked, pages with comments   pooled {pooled}  mean {mean}"
    yield f"pages without that get some   {_share(sum(r.off > 0 for r in without), len(without))}"


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--half", choices=("seen", "unseen", "all"), default="seen")
    arguments.add_argument("--joint", choices=("narrow", "as-read"), default="narrow")
    arguments.add_argument("--each", action="store_true", help="a line for each page first")
    given = arguments.parse_args()
    results = [measure(page) for page in pages(given.folder, given.half, given.joint)]
    for row in results if given.each else ():
        print(*row, sep="\t")
    print(*report(results), sep="\n")


if __name__ == "__main__":
    main()
