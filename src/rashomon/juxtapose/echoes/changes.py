"""In which numbers and names two passages differ that are else alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import Literal

import numpy as np
from rapidfuzz.distance import LCSseq

from rashomon.base import lexicon
from rashomon.base.rows import Change, Span
from rashomon.juxtapose.echoes.align import Aligned
from rashomon.juxtapose.echoes.words import CONTENT, FUNCTION, Keys, Texts, among, words

Words = tuple[int, int]
"""Half-open places of words among those of all articles."""

_RUNS = {kind: re.compile(kind + b"+") for kind in (b"9", b"A")}


class Changes:
    """Finds what changed; marks once, for all words, which are numbers and which are names."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        names = (texts.weights > FUNCTION) & (texts.weights < CONTENT)
        kinds = np.where(names, ord("A"), ord(" ")).astype(np.uint8)
        kinds[texts.digits | among(texts.keys, _number_words())] = ord("9")
        self._kinds = kinds.tobytes()

    def between(self, passage: Aligned) -> tuple[Change, ...]:
        """The changes from the left side to the right, in the order of the left."""
        (first, after), (there, after_there) = passage.left, passage.right
        if passage.alike == 1 or not (
            self._kinds[first:after].strip() or self._kinds[there:after_there].strip()
        ):
            return ()
        return tuple(
            Change(what, self._span(one), self._span(other))
            for left, right in self._gaps(passage)
            for what, one, other in self._changed(left, right)
        )

    def _gaps(self, passage: Aligned) -> Iterator[tuple[Words, Words]]:
        """What stands on either side between the words that both hold."""
        (first, after), (there, after_there) = passage.left, passage.right
        keys = self._texts.keys
        at, at_there = first, there
        for block in LCSseq.opcodes(keys[first:after].tolist(), keys[there:after_there].tolist()):
            if block.tag == "equal":
                yield (at, first + block.src_start), (at_there, there + block.dest_start)
                at, at_there = first + block.src_end, there + block.dest_end
        yield (at, after), (at_there, after_there)

    def _changed(
        self, left: Words, right: Words
    ) -> Iterator[tuple[Literal["number", "name"], Words | None, Words | None]]:
        """Numbers stand for numbers and names for names, in their order."""
        if not (self._kinds[slice(*left)].strip() or self._kinds[slice(*right)].strip()):
            return
        for one, other in zip_longest(self._runs(b"9", left), self._runs(b"9", right)):
            yield "number", one and self._whole(one), other and self._whole(other)
        for one, other in zip_longest(self._runs(b"A", left), self._runs(b"A", right)):
            yield "name", one, other

    def _runs(self, kind: bytes, words: Words) -> list[Words]:
        return [found.span() for found in _RUNS[kind].finditer(self._kinds, *words)]

    def _whole(self, number: Words) -> Words:
        """Of "1,400" all, also where only "400" is another."""
        begin, end = number
        while begin and self._goes_on(begin):
            begin -= 1
        while end < len(self._kinds) and self._goes_on(end):
            end += 1
        return begin, end

    def _goes_on(self, word: int) -> bool:
        """Whether a word in digits goes on with the number of the word before: "1,400", "2.5"."""
        texts = self._texts
        if not (texts.digits[word - 1] and texts.digits[word]):
            return False
        thousands = texts.ends[word] - texts.starts[word] == 3
        touches = texts.starts[word] - texts.ends[word - 1] == 1
        return bool(touches and (thousands or texts.begins[word]))

    def _span(self, words: Words | None) -> Span | None:
        if words is None:
            return None
        texts = self._texts
        return Span(int(texts.starts[words[0]]), int(texts.ends[words[1] - 1]))


@cache
def _number_words() -> Keys:
    rows = lexicon.table("number_words")
    kept = (row["word"] for row in rows if row["kind"] in ("unit", "ten", "scale"))
    return np.unique(words("\n".join(word for word in kept if word != "one")).keys)
