"""Pairs of names from the sanctions list of the United States (a work of the US government, in the
public domain), for measuring and for training.

`sdn.csv` holds an entry a line (number, name, type, programmes, …), `alt.csv` further names of
entries (entry, number, kind, name). Only entries under a programme about the Middle East or terror
count, persons and organisations apart; vessels and aircraft are left out. An entry belongs to the
half "work" or "unseen" by a hash of its number, and pairs never cross halves.

Positive pairs are two different names of one entry, at most `PER_ENTRY` of them, drawn at random.
Negative pairs are names of two entries: hard ones share a word, the Soundex code of the surname
(for organisations of the first word) or the codes of two words; the others are drawn at random
from all. Names equal but for case, marks and accents are no pair of either kind. Everything is
drawn with the fixed `SEED`.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Literal

Kind = Literal["person", "organisation"]
Half = Literal["work", "unseen"]
SEED = 2026
PER_ENTRY = 6
_PROGRAMMES = (
    "SYRIA", "IRAQ", "IRAN", "IRGC", "LEBANON", "YEMEN", "LIBYA", "HRIT", "FSE-SY", "IFSR", "IFCA",
    "CAATSA - IRAN", "SDGT", "FTO", "NPWMD",
)  # fmt: skip
_TYPES: dict[str, Kind] = {"individual": "person", "-0-": "organisation"}
_WORD = re.compile(r"[a-z0-9]+")
_SOUNDEX = {
    letter: code
    for code, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed person or organisation with all its names, the surname of a person last."""

    number: str
    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: str
    same: bool


def entries(folder: Path, kind: Kind, half: Half) -> list[Entry]:
    """The entries of one half, in the order of their numbers."""
    names: dict[str, dict[str, None]] = {}
    for row in rows(folder / "sdn.csv"):
        if len(row) < 4 or _TYPES.get(row[2]) != kind or half_of(row[0]) != half:
            continue
        if any(programme.startswith(_PROGRAMMES) for programme in programmes(row)):
            names[row[0]] = {_turned(row[1], kind): None}
    for row in rows(folder / "alt.csv"):
        if len(row) > 3 and row[0] in names:
            names[row[0]][_turned(row[3], kind)] = None
    return [Entry(number, kind, tuple(names[number])) for number in sorted(names, key=int)]


def half_of(number: str) -> Half:
    """By the first byte of the number's SHA-256: even for "work", odd for "unseen"."""
    return "unseen" if sha256(number.encode()).digest()[0] % 2 else "work"


def pairs(listed: Sequence[Entry], hard: float, at_random: float) -> list[Pair]:
    """All positive pairs of these entries and, for each, so many hard and random negative ones."""
    draw = random.Random(SEED)
    found = list(_positives(listed, draw))
    count = len(found)
    found += _negatives(_hard(listed, draw), round(hard * count))
    found += _negatives(_at_random(listed, draw), round(at_random * count))
    draw.shuffle(found)
    return found


def programmes(row: Sequence[str]) -> list[str]:
    """The programmes of a line of `sdn.csv`."""
    return row[3].split("] [")


def rows(path: Path) -> Iterator[list[str]]:
    """The lines of a file of the list, its cells without space around them."""
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        for row in csv.reader(lines):
            yield [cell.strip() for cell in row]


def _turned(name: str, kind: Kind) -> str:
    """ "AL-KADHIMI, Samir" as "Samir AL-KADHIMI"."""
    if kind == "person" and name.count(",") == 1:
        surname, given = name.split(",")
        return f"{given.strip()} {surname.strip()}".strip()
    return name


def plain(name: str) -> tuple[str, ...]:
    spelt = unicodedata.normalize("NFKD", name.lower())
    return tuple(_WORD.findall("".join(c for c in spelt if c.isalnum() or c in " -")))


def soundex(word: str) -> str:
    """The American Soundex code of a word of small letters (US patent 1,261,167)."""
    codes = [_SOUNDEX.get(letter, 0) for letter in word if letter not in "hw"]
    kept = [c for at, c in enumerate(codes) if c and (at == 0 or codes[at - 1] != c)]
    if word[:1] in _SOUNDEX:
        kept = kept[1:]
    return word[:1] + "".join(str(code) for code in kept[:3]).ljust(3, "0")


def _positives(listed: Iterable[Entry], draw: random.Random) -> Iterator[Pair]:
    for entry in listed:
        options = [(a, b) for a, b in combinations(entry.names, 2) if plain(a) != plain(b)]
        for left, right in draw.sample(options, min(PER_ENTRY, len(options))):
            yield Pair(left, right, same=True)


Named = tuple[int, str]
"""The position of an entry and one of its names."""


def _hard(listed: Sequence[Entry], draw: random.Random) -> Iterator[tuple[Named, Named]]:
    named = [(at, name) for at, entry in enumerate(listed) for name in entry.names]
    by_key: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        for key in _keys(one[1], listed[one[0]].kind):
            by_key[key].append(one)
    while True:
        left = draw.choice(named)
        keys = sorted(_keys(left[1], listed[left[0]].kind))
        if keys:
            yield left, draw.choice(by_key[draw.choice(keys)])


def _keys(name: str, kind: Kind) -> set[str]:
    words = plain(name)
    if not words:
        return set()
    sound = words[-1] if kind == "person" else words[0]
    starts = sorted(soundex(word) for word in words if len(word) > 2)
    return {
        *(f"word {word}" for word in words if len(word) > 2),
        f"sound {soundex(sound)}",
        *(f"two {a} {b}" for a, b in combinations(starts, 2)),
    }


def _at_random(listed: Sequence[Entry], draw: random.Random) -> Iterator[tuple[Named, Named]]:
    named = [(at, name) for at, entry in enumerate(listed) for name in entry.names]
    while True:
        yield draw.choice(named), draw.choice(named)


def _negatives(options: Iterator[tuple[Named, Named]], count: int) -> list[Pair]:
    found: dict[tuple[str, str], Pair] = {}
    while len(found) < count:
        (left, first), (right, second) = next(options)
        low, high = sorted((first, second))
        if left != right and plain(first) != plain(second):
            found.setdefault((low, high), Pair(low, high, same=False))
    return list(found.values())
