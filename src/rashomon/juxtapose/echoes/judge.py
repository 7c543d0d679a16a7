"""What kind of echo a pair of passages is, and which of the two came first.

copy: whole paragraphs taken over nearly word for word. excerpt: one side stands in an excerpt or
a block quote, or the passage is a part of a longer one, or was cut. shared_quotation: both sides
are for the most part one voice's quoted words, so neither needs to know the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import pyarrow as pa

from rashomon.base.outlets import names_outlet
from rashomon.base.rows import EchoKind, First, Passage
from rashomon.base.store import Store

WHOLE = 0.85
"""The share of the paragraphs which a passage touches that makes it whole."""
CLOSE = 0.9
"""The `alike` of a copy that was hardly touched."""
QUOTED = 0.66
"""The share of a passage inside quotes that makes it a quotation."""
APART = 0.5
"""The share of a passage in an excerpt or a block quote that makes it one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that are alike; `left` comes first by document id and offset."""

    left: Passage
    right: Passage
    alike: float


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: EchoKind
    first: First
    basis: str


@dataclass(frozen=True, slots=True)
class _Side:
    """What surrounds one passage. Shares are of its characters, `whole` of its paragraphs'."""

    article: str
    names: tuple[str, ...]
    earliest: str
    latest: str
    whole: float
    quoted: float
    apart: float
    cited: tuple[str, ...]


def judge(store: Store, pairs: Sequence[Pair]) -> Iterator[Verdict]:
    """A verdict for each pair, in their order."""
    sides = list(chain.from_iterable((pair.left, pair.right) for pair in pairs))
    store.keep("echo_sides", _table(sides))
    known = _sides(store, sides)
    for pair, left, right in zip(pairs, known[0::2], known[1::2], strict=True):
        yield Verdict(_kind(pair, left, right), *_first(left, right))


def _table(sides: Sequence[Passage]) -> pa.Table:
    columns = {
        name: pa.array(list(map(attrgetter(name), sides)), type=kind)
        for name, kind in (("article", pa.string()), ("start", pa.int64()), ("end", pa.int64()))
    }
    return pa.table({"number": pa.array(range(len(sides)), type=pa.int64()), **columns})


_SHARES = """
WITH paragraphs AS (
  SELECT article, min(start) AS start, max("end") AS "end"
  FROM sentences WHERE article IN (SELECT article FROM echo_sides) GROUP BY article, paragraph
), contents AS (
  SELECT article, unnest(content) AS part FROM quotes
  WHERE manner <> 'indirect' AND within IS NULL
    AND article IN (SELECT article FROM echo_sides)
), whole AS (
  SELECT e.number, sum(least(e."end", p."end") - greatest(e.start, p.start))
    / sum(p."end" - p.start) AS share
  FROM echo_sides e JOIN paragraphs p
    ON p.article = e.article AND p.start < e."end" AND e.start < p."end"
  GROUP BY e.number
), quoted AS (
  SELECT e.number,
    sum(least(e."end", c.part."end") - greatest(e.start, c.part.start)) AS characters
  FROM echo_sides e JOIN contents c
    ON c.article = e.article AND c.part.start < e."end" AND e.start < c.part."end"
  GROUP BY e.number
), apart AS (
  SELECT e.number, sum(least(e."end", z."end") - greatest(e.start, z.start)) AS characters
  FROM echo_sides e JOIN zones z
    ON z.article = e.article AND z.start < e."end" AND e.start < z."end"
  WHERE z.kind IN ('excerpt', 'quoted_block') GROUP BY e.number
)
SELECT e.article, coalesce(whole.share, 1.0), coalesce(quoted.characters / (e."end" - e.start), 0),
  coalesce(apart.characters / (e."end" - e.start), 0)
FROM echo_sides e LEFT JOIN whole USING (number) LEFT JOIN quoted USING (number)
  LEFT JOIN apart USING (number)
ORDER BY e.number
"""
_DATES = """
SELECT id, coalesce(outlet, ''), coalesce(published.earliest, ''), coalesce(published.latest, '')
FROM articles WHERE id IN (SELECT article FROM echo_sides) ORDER BY id
"""
_CITED = """
SELECT e.number, c.label FROM echo_sides e JOIN (
  SELECT s.article, s.start, s."end", unnest(h.labels[2:]) AS label
  FROM statements s JOIN chains h ON h."row" = s.id
  UNION ALL SELECT article, start, "end", label FROM zones
  WHERE label IS NOT NULL AND kind IN ('excerpt', 'quoted_block')
) c ON c.article = e.article AND c.start < e."end" AND e.start < c."end"
GROUP BY ALL ORDER BY ALL
"""
_ALIASES = "SELECT names FROM actors WHERE kind <> 'person' AND len(names) > 1 ORDER BY id"


def _sides(store: Store, sides: Sequence[Passage]) -> list[_Side]:
    dates = {article: known for article, *known in store.query(_DATES)}
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for number, label in store.query(_CITED):
        cited[number].append(label)
    also = _aliases(store, {known[0] for known in dates.values()})
    return [
        _Side(
            article=article,
            names=also.get(dates[article][0], ()),
            earliest=dates[article][1],
            latest=dates[article][2],
            whole=whole,
            quoted=quoted,
            apart=apart,
            cited=tuple(cited[number]),
        )
        for number, (article, whole, quoted, apart) in enumerate(store.query(_SHARES))
    ]


def _aliases(store: Store, outlets: set[str]) -> dict[str, tuple[str, ...]]:
    """Each outlet with the other names of the actor that bears its name."""
    found: dict[str, tuple[str, ...]] = {outlet: (outlet,) for outlet in outlets if outlet}
    for (names,) in store.query(_ALIASES):
        for outlet in outlets.intersection(names) - {""}:
            found[outlet] = (outlet, *(name for name in names if name != outlet))
    return found


def _kind(pair: Pair, left: _Side, right: _Side) -> EchoKind:
    if min(left.quoted, right.quoted) >= QUOTED:
        return "shared_quotation"
    if max(left.apart, right.apart) >= APART or min(left.whole, right.whole) < WHOLE:
        return "excerpt"
    return "copy" if pair.alike >= CLOSE else "excerpt"


def _first(left: _Side, right: _Side) -> tuple[First, str]:
    """Which side came first, and from what: a source that one side names, else the dates, else that
    one side marks it as an excerpt and the other does not."""
    if left.article == right.article:
        return "unknown", "both stand in one article"
    named_left, named_right = _names(right, left), _names(left, right)
    if named_left and not named_right:
        return "left", f"the other gives {named_left} as its source"
    if named_right and not named_left:
        return "right", f"the other gives {named_right} as its source"
    if left.latest and right.latest:
        if left.latest < right.earliest:
            return "left", f"published earlier: {left.latest}, the other {right.earliest}"
        if right.latest < left.earliest:
            return "right", f"published earlier: {right.latest}, the other {left.earliest}"
    if max(left.apart, right.apart) >= APART > min(left.apart, right.apart):
        first: First = "left" if right.apart >= APART else "right"
        return first, "the other sets it apart as taken from elsewhere"
    return "unknown", "neither a source nor the dates tell"


def _names(side: _Side, other: _Side) -> str:
    """The label by which one side names the outlet of the other as its source, or ""."""
    if set(side.names) & set(other.names):
        return ""
    found = (
        label for label in side.cited if any(names_outlet(label, name) for name in other.names)
    )
    return next(found, "")
