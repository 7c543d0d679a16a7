"""The words of all articles as parallel arrays, so that passages can be compared as numbers."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.base import lexicon
from rashomon.base.outlets import outlet_key
from rashomon.base.rows import Document, Span
from rashomon.base.store import Store

Keys = NDArray[np.uint64]
Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]

KEPT = ("title", "body", "editors_note", "excerpt", "quoted_block")
"""Kinds of zones whose words can be an echo; what stands in a comment or furniture cannot."""
CONTENT, NAME, FUNCTION = 1.0, 0.33, 0.0
"""What a shared word is worth: names and titles recur uncopied, function words still more."""

_MARK = 1
_LETTER_PLACES = 64
_AT_ONCE = 100_000
_SENTENCE_ENDS = ".!?…"
_OPENINGS = ':“”"‘'


@dataclass(frozen=True, slots=True)
class Found:
    """The words of one text: keys that ignore case, accents and marks; offsets; which of them are
    names (a capital that no sentence's beginning explains), which begin a sentence, and which
    begin with a digit."""

    keys: Keys
    starts: Ints
    ends: Ints
    names: Flags
    begins: Flags
    digits: Flags


@dataclass(frozen=True, slots=True)
class Unit:
    """An article as echoes see it. `published` is its earliest day, "" where it is not known."""

    document: str
    article: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of all articles, one article after the other, the earliest published first.

    `keys`, `starts`, `ends`, `weights`, `titles`, `begins` (a sentence), `digits`, `furniture`
    (which matches nothing) and `unit` have one value a word; the words of article `u` are those
    from `first[u]` up to `first[u + 1]`.
    """

    units: tuple[Unit, ...]
    first: Ints
    keys: Keys
    starts: Ints
    ends: Ints
    weights: NDArray[np.float32]
    titles: Flags
    begins: Flags
    digits: Flags
    furniture: Flags

    @property
    def unit(self) -> Ints:
        return np.repeat(np.arange(len(self.units), dtype=np.int32), np.diff(self.first))


def mix(values: Keys) -> Keys:
    """Spread 64-bit keys evenly (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def words(text: str) -> Found:
    """Cut a text at everything that is no letter or digit."""
    (found,) = words_of([text])
    return found


def words_of(texts: Sequence[str]) -> Iterator[Found]:
    """The words of each text; many short texts cost less together than one by one."""
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    found = _words("\n".join(texts), begins[:-1])
    for start, (first, after) in zip(
        begins.tolist(), pairwise(np.searchsorted(found.starts, begins).tolist()), strict=False
    ):
        piece = _take(found, slice(first, after))
        yield replace(piece, starts=piece.starts - start, ends=piece.ends - start)


def _words(text: str, texts: Ints) -> Found:
    """The words of texts that stand one behind the other, from where each begins."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.minimum(codes, 0xFFFF)
    folded = _folding()[codes]
    place = np.append(np.flatnonzero(folded != _MARK), len(codes))
    codes, folded = codes[place[:-1]], folded[place[:-1]]
    inside = np.concatenate(([False], folded > _MARK, [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    first, after = edges[0::2], edges[1::2]
    before = np.concatenate(([0], after))[: len(first)]
    texts = np.searchsorted(place, texts)
    before = np.maximum(before, texts[np.searchsorted(texts, first, "right") - 1])
    begins = _marked(codes, first, before, _SENTENCE_ENDS)
    capital = _capitals()[codes[first]]
    return Found(
        keys=_keys(folded, first, after),
        starts=place[first].astype(np.int32),
        ends=(place[after - 1] + 1).astype(np.int32),
        names=capital & ~begins & ~_marked(codes, first, before, _OPENINGS),
        begins=begins,
        digits=_flags("0123456789")[codes[first]],
    )


def _keys(folded: NDArray[np.uint32], first: Ints, after: Ints) -> Keys:
    """One key a word: a polynomial of its letters, mixed."""
    if not len(first):
        return np.empty(0, dtype=np.uint64)
    lengths = after - first
    offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    letters = folded[np.repeat(first, lengths) + offset].astype(np.uint64)
    valued = letters * _powers()[np.minimum(offset, _LETTER_PLACES - 1)]
    return mix(np.add.reduceat(valued, np.cumsum(lengths) - lengths).astype(np.uint64))


def _marked(codes: NDArray[np.uint32], first: Ints, before: Ints, marks: str) -> Flags:
    """Which words have one of these marks between the end of the word before and themselves."""
    count = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(_flags(marks)[codes], out=count[1:])
    return np.asarray(count[first] > count[before])


@cache
def _powers() -> Keys:
    base = np.full(_LETTER_PLACES, 0x9E3779B97F4A7C15, dtype=np.uint64)
    return np.asarray(np.cumprod(base), dtype=np.uint64)


@cache
def _folding() -> NDArray[np.uint32]:
    """For each code of the first plane: 0 not a word, 1 a mark to pass over, else its letter."""
    table = np.zeros(0x10000, dtype=np.uint32)
    for code in range(0x10000):
        kind = unicodedata.category(chr(code))
        if kind == "Lo" and not unicodedata.decomposition(chr(code)):
            table[code] = code
        elif kind[0] in "LN":
            table[code] = _base_letter(chr(code))
        elif kind in ("Mn", "Cf"):
            table[code] = _MARK
    return table


def _base_letter(letter: str) -> int:
    parts = [c for c in unicodedata.normalize("NFKD", letter.lower()) if c.isalnum()]
    return ord(parts[0] if len(parts) == 1 else letter)


@cache
def _capitals() -> Flags:
    return np.array([chr(code).isupper() for code in range(0x10000)])


@cache
def _flags(letters: str) -> Flags:
    flags = np.zeros(0x10000, dtype=bool)
    flags[[ord(letter) for letter in letters]] = True
    return flags


@cache
def _function_keys() -> Keys:
    return np.unique(words("\n".join(sorted(lexicon.words("function_words")))).keys)


def among(keys: Keys, known: Keys) -> Flags:
    """Which keys are among some few, sorted ones."""
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[at] == keys)


def load(store: Store) -> Texts:
    """The words of every article of the case, without those of comments and furniture."""
    pieces: list[tuple[Unit, int, Found, Flags]] = []
    articles = _articles(store)
    zones = _zones(store)
    for document, found in _read(store):
        for start, unit in articles.get(document, ()):
            inside, title = _inside(found.starts, zones[unit.article])
            if inside.any():
                pieces.append((unit, start, _take(found, inside), title[inside]))
    pieces.sort(key=lambda piece: (piece[0].published or "~", piece[0].document, piece[1]))
    return _join([(unit, found, title) for unit, _, found, title in pieces])


def _read(store: Store) -> Iterator[tuple[str, Found]]:
    """The id of each document with its words, some documents at a time."""
    waiting: list[Document] = []
    for document in store.rows(Document):
        waiting.append(document)
        if sum(each.characters for each in waiting) >= _AT_ONCE:
            yield from _cut(waiting)
            waiting = []
    yield from _cut(waiting)


def _cut(documents: Sequence[Document]) -> Iterator[tuple[str, Found]]:
    found = words_of([document.text for document in documents])
    for document, each in zip(documents, found, strict=False):
        yield document.id, each


def _articles(store: Store) -> dict[str, list[tuple[int, Unit]]]:
    rows = store.query(
        """SELECT document, start, id, coalesce(outlet, ''), coalesce(published.earliest, '')
        FROM articles ORDER BY document, start, id"""
    )
    return {
        document: [(start, Unit(document, i, outlet_key(o), day)) for _, start, i, o, day in some]
        for document, some in groupby(rows, key=itemgetter(0))
    }


def _zones(store: Store) -> defaultdict[str, list[tuple[Span, str]]]:
    zones: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for article, start, end, kind in store.query(
        """SELECT article, start, "end", kind FROM zones WHERE article IS NOT NULL
        ORDER BY article, start, "end" DESC, id"""
    ):
        zones[article].append((Span(start, end), kind))
    return zones


def _inside(starts: Ints, zones: list[tuple[Span, str]]) -> tuple[Flags, Flags]:
    """Which words stand in a kept zone, and which in a title; an inner zone counts before outer."""
    inside, title = np.zeros(len(starts), dtype=bool), np.zeros(len(starts), dtype=bool)
    for span, kind in zones:
        first, after = np.searchsorted(starts, span)
        inside[first:after] = kind in KEPT
        title[first:after] = kind == "title"
    return inside, title


def _take(found: Found, which: Flags | slice) -> Found:
    return Found(*(getattr(found, field.name)[which] for field in fields(found)))


def _join(pieces: list[tuple[Unit, Found, Flags]]) -> Texts:
    """All words one behind the other; `pieces` is emptied, so that no word is held twice."""
    units = tuple(piece[0] for piece in pieces)
    sizes = [len(piece[1].keys) for piece in pieces]
    none = words("")
    columns: dict[str, list[Any]] = {f.name: [getattr(none, f.name)] for f in fields(Found)}
    titles = [np.zeros(0, dtype=bool)]
    while pieces:
        _, found, title = pieces.pop()
        titles.append(title)
        for name, some in columns.items():
            some.append(getattr(found, name))
    whole = {name: np.concatenate(columns.pop(name)[::-1]) for name in list(columns)}
    weights = np.where(whole.pop("names"), np.float32(NAME), np.float32(CONTENT))
    weights[whole["ends"] - whole["starts"] == 1] = FUNCTION
    weights[among(whole["keys"], _function_keys())] = FUNCTION
    return Texts(
        units=units,
        first=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64),
        weights=weights,
        titles=np.concatenate(titles[::-1]),
        furniture=np.zeros(len(weights), dtype=bool),
        **whole,
    )


def grams(texts: Texts, length: int) -> tuple[Keys, Flags]:
    """For each word the key of the `length` words that begin with it, and whether it counts.

    It counts if it stays inside its article and holds a word that is no function word.
    """
    count = len(texts.keys)
    joined = np.zeros(count, dtype=np.uint64)
    valued = np.zeros(count, dtype=bool)
    for step in range(length):
        rest = max(count - step, 0)
        joined[:rest] = joined[:rest] * np.uint64(0xD1342543DE82EF95) + texts.keys[step:]
        valued[:rest] |= texts.weights[step:] > FUNCTION
    room = np.repeat(texts.first[1:], np.diff(texts.first)) - np.arange(count)
    return mix(joined), valued & (room >= length)
