"""Plants passages in other texts and measures how well `trace` finds them again.

    python benchmarks/echoes.py FOLDER-OF-TEXTS     (*.txt, one article each)
    python benchmarks/echoes.py TEXTS.json          ({id: {"articleBody": text}} or {id: text})

Passages of 15 to 200 words are taken from one text and set between the sentences of one to three
others: word for word, lightly edited (some words dropped, numbers changed, other quote marks,
other line breaks) or heavily edited (a quarter of the words dropped, changed, respelt or swapped).
All pairs of a passage and its copies, and of two copies, are to be found. The texts are split in
two by the hash of their names: what is tuned is tuned on `--half tune`, and the figures that are
reported come from `--half report`. What `trace` finds in the texts before anything is planted is
not counted for or against (its number is printed), and no passage is taken from there.

With `--within` each passage is planted once more in its own text instead.

found: at least half of both sides is covered by one echo. Word P, R, F: over the words of both
sides. plagdet: macro-averaged over characters, with granularity (Potthast et al., 2010).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.base.rows import Article, Document, Echo, Given, Zone, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.echoes import trace

Source = tuple[str, int, int]
LEVELS = ("verbatim", "light", "heavy")
_DROPPED = {"verbatim": 0.0, "light": 0.05, "heavy": 0.12}
_CHANGED = {"verbatim": 0.0, "light": 0.03, "heavy": 0.13}
_FILLERS = ("again", "clearly", "early", "former", "indeed", "later", "local", "nearly", "whole")


@dataclass(frozen=True, slots=True)
class Side:
    """A stretch of a text, in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Planted:
    """Two stretches that are to be found, and the heavier of their two edits."""

    left: Side
    right: Side
    level: str


@dataclass(frozen=True, slots=True)
class Found:
    left: Side
    right: Side


def read_texts(path: Path) -> dict[str, str]:
    """The texts of a folder or a JSON file, by name, those too short to hold a passage left out."""
    if path.is_dir():
        texts = {p.name: p.read_text("utf-8", "replace") for p in sorted(path.glob("*.txt"))}
    else:
        given = json.loads(path.read_text("utf-8"))
        texts = {k: v if isinstance(v, str) else v["articleBody"] for k, v in given.items()}
    return {name: text for name, text in sorted(texts.items()) if len(text.split()) >= 60}


def half_of(texts: dict[str, str], half: str) -> dict[str, str]:
    """One half of the texts, by the hash of their names; "all" gives all of them."""

    def is_tuning(name: str) -> bool:
        return hashlib.sha256(name.encode()).digest()[0] % 2 == 0

    if half == "all":
        return texts
    return {name: text for name, text in texts.items() if is_tuning(name) == (half == "tune")}


class Planter:
    """Takes passages out of texts and sets edited copies into others; the seed decides all."""

    def __init__(
        self,
        texts: dict[str, str],
        seed: int,
        before: Sequence[Found] = (),
        *,
        within: bool = False,
    ) -> None:
        """`before`: what the texts share as they are, from which no passage is taken. `within`:
        each passage is set once more, word for word or lightly edited, into its own text."""
        self._within = within
        self._random = random.Random(seed)
        self._texts = texts
        self._names = list(texts)
        self._sources: list[Source] = []
        self._shared = {(s.text, s.start, s.end) for f in before for s in (f.left, f.right)}
        self._inserts: defaultdict[str, list[tuple[int, int, str, str]]] = defaultdict(list)

    def plant(self, passages: int) -> tuple[dict[str, str], list[Planted]]:
        """The texts with the copies in them, and all pairs of stretches that belong together."""
        for _ in range(passages):
            if (source := self._passage()) is not None:
                self._sources.append(source)
        for number, source in enumerate(self._sources):
            self._copies(number, source)
        return self._assemble()

    def _passage(self) -> Source | None:
        """A passage that overlaps no other; None if the text has no room left for it."""
        name = self._random.choice(self._names)
        words = list(re.finditer(r"\S+", self._texts[name]))
        longest = min(200, len(words) - 1)
        size = min(longest, round(15 * math.exp(self._random.random() * math.log(200 / 15))))
        first = self._random.randrange(len(words) - size)
        start, end = words[first].start(), words[first + size - 1].end()
        known = (*self._sources, *self._shared)
        taken = any(n == name and s < end and start < e for n, s, e in known)
        return None if taken else (name, start, end)

    def _copies(self, number: int, source: Source) -> None:
        name, start, end = source
        if self._within:
            level = self._random.choice(LEVELS[:2])
            copy = edit(self._texts[name][start:end], level, self._random)
            self._inserts[name].append(
                (self._random.choice(self._places(name)), number, level, copy)
            )
            return
        others = [other for other in self._names if other != name]
        for other in self._random.sample(others, self._random.randint(1, 3)):
            level = self._random.choice(LEVELS)
            copy = edit(self._texts[name][start:end], level, self._random)
            at = self._random.choice(self._places(other))
            self._inserts[other].append((at, number, level, copy))

    def _places(self, name: str) -> list[int]:
        """Ends of sentences that are inside no passage that was taken, and the text's beginning."""
        ends = [m.end() for m in re.finditer(r"[.!?][\"”’]?\s", self._texts[name])]
        inside = [(s, e) for n, s, e in self._sources if n == name]
        return [0, *(at for at in ends if not any(s < at < e for s, e in inside))]

    def _assemble(self) -> tuple[dict[str, str], list[Planted]]:
        families: defaultdict[int, list[tuple[Side, str]]] = defaultdict(list)
        made: dict[str, str] = {}
        for name, text in self._texts.items():
            pieces, position, length = [], 0, 0
            for at, number, level, copy in sorted(self._inserts[name]):
                pieces += [text[position:at], copy, " "]
                length += at - position
                families[number].append((Side(name, length, length + len(copy)), level))
                length += len(copy) + 1
                position = at
            made[name] = "".join([*pieces, text[position:]])
        for number, source in enumerate(self._sources):
            families[number].append((self._moved(*source), "verbatim"))
        return made, list(_pairs(families))

    def _moved(self, name: str, start: int, end: int) -> Side:
        """A source where it stands after the copies of others were set in before it."""
        shift = sum(len(copy) + 1 for at, _, _, copy in self._inserts[name] if at <= start)
        return Side(name, start + shift, end + shift)


def _pairs(families: dict[int, list[tuple[Side, str]]]) -> Iterator[Planted]:
    for _, members in sorted(families.items()):
        for i, (left, level) in enumerate(members):
            for right, other in members[i + 1 :]:
                yield Planted(left, right, max(level, other, key=LEVELS.index))


def edit(passage: str, level: str, chance: random.Random) -> str:
    """A passage as another editor would print it."""
    if level == "verbatim":
        return passage
    words = [_edited(word, level, chance) for word in passage.split()]
    if level == "heavy" and len(words) > 12:
        at = chance.randrange(len(words) - 2)
        words[at : at + 2] = reversed(words[at : at + 2])
    text = " ".join(word for word in words if word)
    text = text.translate(str.maketrans('“”‘’"', "\"\"''“"))
    return re.sub(r" ", lambda _: "\n" if chance.random() < 0.08 else " ", text)


def _edited(word: str, level: str, chance: random.Random) -> str:
    draw = chance.random()
    if word[0].isdigit() and chance.random() < 0.5:
        return str(chance.randint(2, 900))
    if draw < _DROPPED[level]:
        return ""
    if draw < _DROPPED[level] + _CHANGED[level]:
        if word[0].isupper() and len(word) > 4:
            return word[:-2] + word[-1] + word[-2]
        return chance.choice((chance.choice(_FILLERS), f"{chance.choice(_FILLERS)} {word}"))
    return word


def echoes_of(texts: dict[str, str]) -> tuple[list[Found], float]:
    """What `trace` finds in articles that are all body, and the CPU seconds it took."""
    with Store() as store:
        store.fill(row for name, text in texts.items() for row in article_rows(name, text))
        began = time.process_time()
        found = list(trace(store))
        spent = time.process_time() - began
        names = dict(store.query("SELECT id, name FROM documents ORDER BY id"))
    return [_found(echo, names) for echo in found], spent


def article_rows(name: str, text: str) -> Iterator[Document | Article | Zone]:
    size, document = len(text), row_id(Document, name)
    article = row_id(Article, document, 0, size)
    yield Document(document, name, name, "", "text/plain", "utf-8", size, text, Given())
    yield Article(article, document, 0, size, None, None, None, "", None, "en")
    yield Zone(row_id(Zone, document, 0, size, "body"), document, article, 0, size, "body", None)


def _found(echo: Echo, names: dict[str, str]) -> Found:
    left, right = echo.left, echo.right
    return Found(
        Side(names[left.document], left.start, left.end),
        Side(names[right.document], right.start, right.end),
    )


def shared(one: Side, other: Side) -> int:
    if one.text != other.text:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def straight(pair: Planted | Found, found: Found) -> Found | None:
    """`found` with its sides in the order of `pair`'s, if both sides touch."""
    for turned in (found, Found(found.right, found.left)):
        if shared(pair.left, turned.left) and shared(pair.right, turned.right):
            return turned
    return None


def joined(
    planted: Sequence[Planted], found: Sequence[Found]
) -> tuple[dict[int, list[Found]], dict[int, list[Planted]]]:
    """Which findings touch which planted pairs on both sides; `found` must be unique."""
    by_text: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for k, finding in enumerate(found):
        by_text[frozenset((finding.left.text, finding.right.text))].append(k)
    hits: dict[int, list[Found]] = {i: [] for i in range(len(planted))}
    claims: dict[int, list[Planted]] = {k: [] for k in range(len(found))}
    for i, pair in enumerate(planted):
        for k in by_text[frozenset((pair.left.text, pair.right.text))]:
            if (turned := straight(pair, found[k])) is not None:
                hits[i].append(turned)
                same = turned.left == found[k].left
                claims[k].append(pair if same else Planted(pair.right, pair.left, pair.level))
    return hits, claims


def _covered(side: Side, parts: Sequence[Side]) -> set[int]:
    return {
        c
        for part in parts
        if part.text == side.text
        for c in range(max(side.start, part.start), min(side.end, part.end))
    }


def _size(side: Side) -> int:
    return side.end - side.start


def is_found(pair: Planted, hits: Sequence[Found]) -> bool:
    return any(
        2 * shared(pair.left, hit.left) >= _size(pair.left)
        and 2 * shared(pair.right, hit.right) >= _size(pair.right)
        for hit in hits
    )


def plagdet(
    planted: Sequence[Planted], found: Sequence[Found]
) -> tuple[float, float, float, float]:
    """Macro precision and recall, granularity, and plagdet, over characters of both sides."""
    hits, claims = joined(planted, found)
    recall = [
        (len(_covered(p.left, [h.left for h in hits[i]]))
         + len(_covered(p.right, [h.right for h in hits[i]])))
        / (_size(p.left) + _size(p.right))
        for i, p in enumerate(planted)
    ]  # fmt: skip
    precision = [
        (len(_covered(f.left, [p.left for p in claims[k]]))
         + len(_covered(f.right, [p.right for p in claims[k]])))
        / (_size(f.left) + _size(f.right))
        for k, f in enumerate(found)
    ]  # fmt: skip
    pieces = [len(some) for some in hits.values() if some]
    granularity = sum(pieces) / len(pieces) if pieces else 1.0
    p, r = sum(precision) / max(len(precision), 1), sum(recall) / max(len(recall), 1)
    f = 2 * p * r / (p + r) if p + r else 0.0
    return p, r, granularity, f / math.log2(1 + granularity)


def word_scores(
    texts: dict[str, str], planted: Sequence[Planted], found: Sequence[Found]
) -> tuple[float, float, float]:
    """Precision, recall and F over the words of both sides, all pairs together."""
    hits, claims = joined(planted, found)
    words = {name: [m.start() for m in re.finditer(r"\S+", text)] for name, text in texts.items()}

    def count(side: Side, inside: set[int] | None = None) -> int:
        here = [w for w in words[side.text] if side.start <= w < side.end]
        return len(here) if inside is None else sum(w in inside for w in here)

    wanted = sum(count(p.left) + count(p.right) for p in planted)
    given = sum(count(f.left) + count(f.right) for f in found)
    right = sum(
        count(f.left, _covered(f.left, [p.left for p in claims[k]]))
        + count(f.right, _covered(f.right, [p.right for p in claims[k]]))
        for k, f in enumerate(found)
    )
    got = sum(
        count(p.left, _covered(p.left, [h.left for h in hits[i]]))
        + count(p.right, _covered(p.right, [h.right for h in hits[i]]))
        for i, p in enumerate(planted)
    )
    p, r = right / max(given, 1), got / max(wanted, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def natural_left_out(
    before: Sequence[Found], planted: Sequence[Planted], found: Sequence[Found]
) -> list[Found]:
    """Without what touches no planted pair, in two texts that shared something before."""
    known = {frozenset((f.left.text, f.right.text)) for f in before}
    _, claims = joined(planted, found)
    return [
        f
        for k, f in enumerate(found)
        if claims[k] or frozenset((f.left.text, f.right.text)) not in known
    ]


def report(texts: dict[str, str], passages: int, seed: int, *, within: bool) -> None:
    before, _ = echoes_of(texts)
    made, planted = Planter(texts, seed, before, within=within).plant(passages)
    everything, spent = echoes_of(made)
    found = natural_left_out(before, planted, everything)
    hits, _ = joined(planted, found)
    size = sum(len(text.encode()) for text in made.values())
    print(f"{len(made)} texts, {size / 1e6:.2f} MB; {passages} passages, {len(planted)} pairs")
    for level in ("all", *LEVELS):
        some = [i for i, p in enumerate(planted) if level in ("all", p.level)]
        share = sum(is_found(planted[i], hits[i]) for i in some) / max(len(some), 1)
        print(f"found {level:9} {share:.3f} of {len(some)}")
    print("word P/R/F      {:.3f} {:.3f} {:.3f}".format(*word_scores(made, planted, found)))
    scores = plagdet(planted, found)
    print("macro P/R {:.3f} {:.3f}, granularity {:.3f}, plagdet {:.3f}".format(*scores))
    print(f"echoes {len(found)}, left out as there before {len(everything) - len(found)}")
    print(f"{size / 1e6 / spent:.2f} MB per CPU-second ({spent:.2f} s)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--half", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--passages", type=int, default=0, help="default: as many as texts")
    parser.add_argument("--within", action="store_true", help="repeats within one text")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    texts = half_of(read_texts(given.texts), given.half)
    report(texts, given.passages or len(texts), given.seed, within=given.within)


if __name__ == "__main__":
    main()
