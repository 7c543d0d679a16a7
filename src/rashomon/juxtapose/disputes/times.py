"""When: the days given for one event, where they have no day in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import mapping
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Days, Side, Telling, ask, day

_SHARP = ("minute", "day", "week", "month")

_TIMES = """
WITH timed AS (
    SELECT t.* EXCLUDE (time, numbers), m."when" AS span, m.text AS words
    FROM dispute_told t JOIN mentions m ON m.id = t.time
    WHERE t.polarity = 'affirmed' AND t.modality = 'happened' AND m.timex_type IN ('DATE', 'TIME')
        AND m."when".earliest IS NOT NULL AND m."when".latest IS NOT NULL
), candidate AS (
    SELECT event FROM timed GROUP BY event
    HAVING count(DISTINCT (left(span.earliest, 10), left(span.latest, 10))) > 1
)
SELECT timed.* FROM timed JOIN candidate USING (event) ORDER BY event, id
"""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or days given for an event. `family` is what kind of act the telling tells of."""

    span: Days
    precision: str
    family: str
    telling: Telling


@dataclass(frozen=True, slots=True)
class Timed:
    """The times given for one event, apart by answer; `spans` are the days of each answer.

    `refined`: the times of one answer, apart by their bounds, the sharpest first.
    """

    event: str
    sides: tuple[Side, ...]
    spans: tuple[Days, ...]
    refined: tuple[Side, ...]

    @property
    def apart(self) -> float:
        """How far apart, 0 to 1: .5 for two days that follow each other, 1 from a month on."""
        gap = max(start for start, _ in self.spans) - min(end for _, end in self.spans)
        return min(1.0, 0.5 + gap / 60)


def dates(store: Store) -> Iterator[Timed]:
    """The times given for each event, of the first kind of act that is given several."""
    for event, rows in groupby(ask(store, _TIMES), lambda r: r["event"]):
        found = [dated for row in rows if (dated := _dated(row)).precision in _SHARP]
        families = sorted({d.family for d in found})
        timed = [_timed(event, [d for d in found if d.family == family]) for family in families]
        timed.sort(key=lambda t: -len(t.sides))
        if timed:
            yield timed[0]


def _timed(event: str, found: Sequence[Dated]) -> Timed:
    sides = apart(found)
    refined = groupby(sorted(found, key=_sharpest_first), key=lambda d: d.span)
    return Timed(
        event,
        tuple(side for side, _ in sides),
        tuple(span for _, span in sides),
        tuple(_side(list(same))[0] for _, same in refined) if len(sides) == 1 else (),
    )


def _sharpest_first(dated: Dated) -> tuple[int, Days, str]:
    return dated.span[1] - dated.span[0], dated.span, dated.telling.id


def _dated(row: Mapping[str, Any]) -> Dated:
    span = day(row["span"]["earliest"]), day(row["span"]["latest"])
    family = mapping("happenings", "word", "family").get(row["lemma"], row["lemma"])
    return Dated(span, row["span"]["precision"], family, Telling.of(row))


def apart(found: Iterable[Dated]) -> list[tuple[Side, Days]]:
    """Group times that have a day in common, the shortest first; what fits several is left out."""
    cores: list[list[list[Dated]]] = []
    ordered = sorted(found, key=_sharpest_first)
    for span, same in groupby(ordered, key=lambda d: d.span):
        equal = list(same)
        fits = [core for core in cores if all(_touch(span, other[0].span) for other in core)]
        if len(fits) == 1:
            fits[0].append(equal)
        elif not fits:
            cores.append([equal])
    listed = [[dated for equal in core for dated in equal] for core in cores]
    return [_side(core) for core in sorted(listed, key=lambda core: core[0].span)]


def _touch(left: Days, right: Days) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _side(core: list[Dated]) -> tuple[Side, Days]:
    span = core[0].span
    first, last = (date.fromordinal(d).isoformat() for d in span)
    value = first if first == last else f"{first} to {last}"
    return Side(value, tuple(dict.fromkeys(d.telling for d in core))), span
