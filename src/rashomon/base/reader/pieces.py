"""Words and word pieces: what the small reader takes in.

Greedy longest-match word pieces (WordPiece; Wu et al. 2016, as in BERT uncased) over words that
carry their offsets. Written here because the libraries that do it bring a model hub's client.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+|[^\w\s]")
_MARKS = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-",
          "—": "-", "…": "."}  # fmt: skip
LOWER, TITLE, UPPER, NUMBER, OTHER = range(5)
OPEN = 5
"""Shapes of a word; `+ OPEN` inside double quotation marks."""
SHAPES = 10


class Word(NamedTuple):
    """A word or a mark: half-open character offsets, and whether it stands in quotation marks."""

    start: int
    end: int
    text: str
    quoted: bool


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of a paragraph. An unclosed mark holds to the paragraph's end."""
    found: list[Word] = []
    quoted = False
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if word in "“„«":
            quoted = True
        elif word in "”»":
            found.append(Word(match.start(), match.end(), word, quoted))
            quoted = False
            continue
        elif word == '"':
            quoted = not quoted
        found.append(Word(match.start(), match.end(), word, quoted or word == '"'))
    return found


def shape_of(word: Word) -> int:
    text = word.text
    if text.islower():
        shape = LOWER
    elif text[:1].isupper():
        shape = UPPER if len(text) > 1 and text.isupper() else TITLE
    else:
        shape = NUMBER if text[:1].isdigit() else OTHER
    return shape + OPEN * word.quoted


class Pieces:
    """Word pieces of a vocabulary: `vocabulary[i]` is the piece with number i."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.first = self._numbers["[CLS]"]
        self.last = self._numbers["[SEP]"]
        self.padding = self._numbers["[PAD]"]
        self._unknown = self._numbers["[UNK]"]
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; one unknown piece where it has none."""
        plain = _plain(word)
        found: list[int] = []
        start = 0
        while start < len(plain):
            prefix = "##" if start else ""
            end = len(plain)
            while end > start and prefix + plain[start:end] not in self._numbers:
                end -= 1
            if end == start:
                return (self._unknown,)
            found.append(self._numbers[prefix + plain[start:end]])
            start = end
        return tuple(found[:12]) or (self._unknown,)


def _plain(word: str) -> str:
    """Lower case, without accents, with plain quotation marks and dashes."""
    text = "".join(_MARKS.get(letter, letter) for letter in word.lower())
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
