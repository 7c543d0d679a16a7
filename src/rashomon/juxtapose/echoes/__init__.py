"""Echoes: passages that repeat passages, across documents and within one.

`trace` looks only at the words of articles (their titles, bodies, notes, excerpts and block
quotes), never at comments or furniture. Within one article a title that the text below it repeats
is no echo; neither is what one outlet repeats in more than twelve of its articles while it is a
small part of them. Of a passage that stands in more than twelve articles each copy is set beside
the earliest only, so that a wire text in a thousand outlets costs a thousand rows, not a million.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rashomon.base.rows import Change, Echo, Passage, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.echoes.align import Aligned
from rashomon.juxtapose.echoes.candidates import pairs, without_furniture
from rashomon.juxtapose.echoes.changes import Changes
from rashomon.juxtapose.echoes.judge import Pair, Verdict, judge
from rashomon.juxtapose.echoes.kept import align
from rashomon.juxtapose.echoes.words import Texts, load

__all__ = ["trace"]

_AT_ONCE = 50_000


def trace(store: Store) -> Iterator[Echo]:
    """Every echo of the case. `left` is the side that comes first by document id and offset."""
    texts = without_furniture(load(store))
    changes = Changes(texts)
    found = align(store, texts, pairs(texts))
    while some := [_in_order(texts, *each) for each in islice(found, _AT_ONCE)]:
        paired = [_pair(texts, *each) for each in some]
        for (_, aligned), pair, verdict in zip(some, paired, judge(store, paired), strict=True):
            yield _echo(pair, verdict, changes.between(aligned))


def _in_order(
    texts: Texts, left: int, right: int, found: Aligned
) -> tuple[tuple[int, int], Aligned]:
    """The two articles with what they share, the side first that is `left` in the row."""
    one, other = texts.units[left].document, texts.units[right].document
    if (one, texts.starts[found.left[0]]) <= (other, texts.starts[found.right[0]]):
        return (left, right), found
    return (right, left), Aligned(found.right, found.left, found.shared)


def _pair(texts: Texts, units: tuple[int, int], aligned: Aligned) -> Pair:
    left, right = (
        _passage(texts, unit, words)
        for unit, words in zip(units, (aligned.left, aligned.right), strict=True)
    )
    return Pair(left, right, round(aligned.alike, 4))


def _passage(texts: Texts, unit: int, words: tuple[int, int]) -> Passage:
    owner = texts.units[unit]
    start, end = int(texts.starts[words[0]]), int(texts.ends[words[1] - 1])
    return Passage(owner.document, owner.article, start, end)


def _echo(pair: Pair, verdict: Verdict, changed: tuple[Change, ...]) -> Echo:
    left, right = pair.left, pair.right
    return Echo(
        id=row_id(
            Echo, left.document, left.start, left.end, right.document, right.start, right.end
        ),
        left=left,
        right=right,
        alike=pair.alike,
        kind=verdict.kind,
        first=verdict.first,
        basis=verdict.basis,
        changed=changed,
    )
