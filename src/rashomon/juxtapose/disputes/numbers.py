"""How many: counts of one thing in one event, by the compatibility of their bounds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import table, words
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_ROUNDING = 0.1
_HARMS = words("harms", "what")
_PEOPLE = "people"
_KNOWN = words("happenings")
_NEED_MORE = frozenset(row["word"] for row in table("happenings") if row["needs"])
_WHOLE = ("", "correct")
_OTHER_SCOPES = {"part": "a part", "long": "more than this happening"}
_BEFORE, _AFTER = 60, 60

_CANDIDATES = """
WITH one AS (SELECT t.*, unnest(t.numbers) AS n FROM dispute_told t),
counted AS (
    SELECT one.event, n.what, m.amount.low AS low, m.amount.high AS high FROM one
    JOIN mentions m ON m.id = n.mention
    WHERE m.amount IS NOT NULL AND one.polarity = 'affirmed'
        AND one.modality IN ('happened', 'ongoing')
)
SELECT event, what FROM counted GROUP BY event, what HAVING count(DISTINCT (low, high)) > 1
"""

_COUNTS = f"""
WITH candidate AS ({_CANDIDATES}), one AS (SELECT t.*, unnest(t.numbers) AS n FROM dispute_told t)
SELECT one.* EXCLUDE (numbers, n), n.what, m.start AS stands, m.amount, m.text AS words,
    substring(d.text, greatest(m.start - {_BEFORE}, se.start) + 1,
        m.start - greatest(m.start - {_BEFORE}, se.start)) AS before,
    substring(d.text, m."end" + 1, least({_AFTER}, se."end" - m."end")) AS after
FROM one
JOIN candidate c ON c.event = one.event AND c.what = n.what
JOIN mentions m ON m.id = n.mention
JOIN sentences se ON se.id = m.sentence
JOIN documents d ON d.id = one.document
WHERE m.amount IS NOT NULL AND one.polarity = 'affirmed' AND one.modality IN ('happened', 'ongoing')
ORDER BY one.event, n.what, m.amount.low, m.amount.high, one.id, m.start
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count in a telling: its bounds, the noun it counts, and what kind of count it is."""

    low: float
    high: float
    counted: str
    unit: str
    scope: str
    telling: Telling

    @property
    def bounds(self) -> tuple[float, float, str]:
        return self.low, self.high, self.counted

    @property
    def width(self) -> float:
        return (self.high - self.low) / max(1.0, self.high) if self.high < math.inf else 1.0


@dataclass(frozen=True, slots=True)
class Tallied:
    """The counts of one thing in one event, apart by answer; `loose` fit more than one.

    `refined`: counts of one answer apart by their bounds; `scopes`: counts of the whole, and of a
    part or of more than the happening, where they are at odds.
    """

    event: str
    what: str
    sides: tuple[tuple[Side, tuple[Tally, ...]], ...]
    loose: tuple[Tally, ...]
    refined: tuple[Side, ...] = ()
    scopes: tuple[Side, ...] = ()

    @property
    def apart(self) -> float:
        """How far apart the answers are, 0 to 1: the share by which the least is below the most."""
        lows = [min(tally.low for tally in counted) for _, counted in self.sides]
        return 1 - min(lows) / max(lows) if max(lows, default=0.0) else 1.0


def tallies(store: Store) -> Iterator[Tallied]:
    """The counts of each event that are told with more than one value."""
    for (event, what), rows in groupby(ask(store, _COUNTS), lambda r: (r["event"], r["what"])):
        found = [tally for row in rows if _comparable(tally := _tally(row), what)]
        found = _one_each(found)
        tallied = weigh(event, what, [t for t in found if t.scope in _WHOLE])
        yield replace(tallied, refined=_refined(tallied), scopes=_scoped(tallied, found))


def _refined(tallied: Tallied) -> tuple[Side, ...]:
    """The counts of the one answer, apart by their bounds, the sharpest first."""
    if len(tallied.sides) != 1 or tallied.loose:
        return ()
    ((_, core),) = tallied.sides
    alike = [t for t in core if _one_thing(t, core[0])]
    told = {t.telling.article for t in alike if not t.telling.title}
    alike = [t for t in alike if not (t.telling.title and t.telling.article in told)]
    groups = groupby(alike, key=lambda t: (t.low, t.high))
    return tuple(_side(list(same)) for _, same in groups)


def _scoped(tallied: Tallied, found: Sequence[Tally]) -> tuple[Side, ...]:
    """The one count of the whole, and the counts of another scope that would be at odds with it."""
    if len(tallied.sides) != 1:
        return ()
    ((whole, core),) = tallied.sides
    others = [
        t for t in found if t.scope in _OTHER_SCOPES and t.unit == _PEOPLE and not agree(t, core[0])
    ]
    if not others:
        return ()
    others.sort(key=lambda t: (t.scope, *t.bounds, t.telling.id))
    groups = groupby(others, key=lambda t: (t.scope, t.low, t.high))
    return (whole, *(_side(list(same), _OTHER_SCOPES[scope]) for (scope, *_), same in groups))


def _one_thing(left: Tally, right: Tally) -> bool:
    return left.counted == right.counted or (_anyone(left) and _anyone(right))


def _comparable(tally: Tally, what: str) -> bool:
    """Counts of those who were harmed, or with a predicate that data/happenings.tsv knows.

    What other predicates count ("cut 716 billion") may be of other objects in the same event, and
    some words tell of harm only beside others ("five rounds": of boxing, where nobody is rounded
    up).
    """
    people = tally.unit == _PEOPLE and tally.telling.lemma in _KNOWN
    harmed = what in _HARMS and tally.counted not in _NEED_MORE
    return harmed or people or tally.telling.corrects


def _one_each(found: Sequence[Tally]) -> list[Tally]:
    """A statement that counts the same twice does not say which is which."""
    several = Counter(t.telling.id for t in found if t.scope in _WHOLE)
    return [t for t in found if t.scope not in _WHOLE or several[t.telling.id] == 1]


def _tally(row: Mapping[str, Any]) -> Tally:
    amount, kind = row["amount"], scope(row["before"], row["after"])
    return Tally(
        low=0.0 if _open("low", amount["basis"]) else amount["low"],
        high=math.inf if _open("high", amount["basis"]) else amount["high"],
        counted=amount["counted"] or "",
        unit=amount["unit"],
        scope=kind,
        telling=Telling.of(row, corrects=kind == "correct"),
    )


def weigh(event: str, what: str, found: Iterable[Tally]) -> Tallied:
    """Group counts whose bounds touch, the sharpest first; equal counts are weighed once."""
    cores: list[list[list[Tally]]] = []
    loose: list[Tally] = []
    ordered = sorted(found, key=lambda t: (round(t.width, 6), *t.bounds, t.telling.id))
    for _, same in groupby(ordered, key=lambda t: t.bounds):
        equal = list(same)
        fits = [core for core in cores if all(agree(equal[0], other[0]) for other in core)]
        if len(fits) > 1:
            loose += equal
        elif fits:
            fits[0].append(equal)
        else:
            cores.append([equal])
    listed = [[tally for equal in core for tally in equal] for core in cores]
    sides = tuple((_side(core), tuple(core)) for core in listed)
    return Tallied(event, what, sides, tuple(loose))


def agree(left: Tally, right: Tally) -> bool:
    """Whether two counts can both hold: their bounds touch, one rounds the other, or they are
    of different things (a part and the whole, soldiers and nurses)."""
    if left.low <= right.high and right.low <= left.high:
        return True
    lower, upper = sorted((left, right), key=lambda t: t.low)
    if rounds(upper, lower):
        return True
    if _one_thing(left, right):
        return False
    return not (_anyone(lower) and not _anyone(upper))


def rounds(upper: Tally, lower: Tally) -> bool:
    """Whether one is the other to its last round figure, and no more than a tenth away."""
    gap = upper.low - lower.high
    if gap > _ROUNDING * upper.low:
        return False
    return any(gap <= _unit(value) / 2 for value in (upper.low, lower.high))


def _unit(value: float) -> float:
    """The last place of a number that is not a nought: 10 of 30, 100 of 2,900."""
    unit = 1.0
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _anyone(tally: Tally) -> bool:
    return not tally.counted or tally.counted in words("any_people")


def _open(end: str, basis: str) -> bool:
    """Whether a hedge leaves an end open: "at least 3" does not deny 10."""
    hedge = next((row for row in table("number_hedges") if row["words"] == basis.lower()), None)
    if hedge is None:
        return False
    return float(hedge["low"]) <= 0.5 if end == "low" else float(hedge["high"]) >= 2


@cache
def _scopes(side: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b{re.escape(row['words'])}\b", re.IGNORECASE), row["scope"])
        for row in table("count_scopes")
        if row["side"] == side
    )


def scope(before: str, after: str) -> str:
    """What the words beside a number make of it ("" for a plain count): see count_scopes.tsv.

    Only the clause counts, for "since January" and its like up to a comma, and "of the" and its
    like only right behind the number.
    """
    behind, ahead = re.split(r"[;:.!?]", before)[-1], re.split(r"[;:.!?]", after)[0]
    for pattern, kind in _scopes("before"):
        found = pattern.search(behind)
        if found and (kind == "correct" or len(behind) - found.end() <= 12):
            return kind
    for pattern, kind in _scopes("after"):
        found = pattern.search(ahead.split(",")[0] if kind == "long" else ahead)
        if found and (kind in ("long", "correct", "each") or found.start() <= _reach(pattern)):
            return kind
    return ""


def _reach(pattern: re.Pattern[str]) -> int:
    """How far behind the number a phrase may begin."""
    return 50 if "among" in pattern.pattern else 14


def _side(core: Sequence[Tally], kind: str = "") -> Side:
    low, high = max(t.low for t in core), min(t.high for t in core)
    low, high = (low, high) if low <= high else (core[0].low, core[0].high)
    value = _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"
    value = f"at least {_plain(low)}" if high == math.inf else value
    tellings = tuple(dict.fromkeys(t.telling for t in core))
    return Side(f"{value} ({kind})" if kind else value, tellings)


def _plain(number: float) -> str:
    if number == math.inf:
        return "more"
    return str(int(number)) if number == int(number) else str(number)
