"""Perhaps the same: pairs of events that nearly joined, for a person to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rashomon.base.rows import Passage, Perhaps, row_id
from rashomon.juxtapose.events.tellings import Telling

_MOST = 5


@dataclass(frozen=True, slots=True)
class Near:
    """Two tellings of what may be one happening, how near they came, and why."""

    score: float
    left: Telling
    right: Telling
    because: str


def perhaps(found: Iterable[Near], events: Mapping[str, str]) -> Iterator[Perhaps]:
    """The pairs, by id: each pair of events once, of an event the nearest few.

    `events` is the event of each telling; what stands in none, or in one with the other, is left
    out.
    """
    listed: Counter[str] = Counter()
    rows: dict[tuple[str, str], Perhaps] = {}
    for near in sorted(found, key=lambda n: (-n.score, n.left.id, n.right.id)):
        sides = sorted(
            (events[telling.id], telling.id, _words(telling))
            for telling in (near.left, near.right)
            if telling.id in events
        )
        if len(sides) < 2 or sides[0][0] == sides[1][0]:
            continue
        (one, _, left), (other, _, right) = sides
        if (one, other) in rows or max(listed[one], listed[other]) >= _MOST:
            continue
        listed.update((one, other))
        made = row_id(Perhaps, "events", one, other)
        score = round(min(near.score, 1.0), 3)
        rows[one, other] = Perhaps(made, "events", one, other, left, right, score, near.because)
    yield from sorted(rows.values(), key=lambda row: row.id)


def _words(telling: Telling) -> Passage:
    return Passage(telling.document, telling.article, telling.start, telling.end)
