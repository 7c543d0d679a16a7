"""Events: the list with its filters, one event, and events in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from rashomon.base.errors import QueryError
from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, Row, one, page

POLARITIES = ("affirmed", "denied")
MODALITIES = (
    "happened", "ongoing", "planned", "demanded", "threatened", "supposed", "expected",
)  # fmt: skip
ORDERS = {
    "origins": "rank",
    "time": "earliest NULLS LAST, latest NULLS LAST, rank",
    "disputes": "disputes DESC, rank",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: each "" (0) keeps all. `actor` and `place` are names or parts of one, `since`
    and `until` ISO 8601 days; an event without a date is never kept by these."""

    actor: str = ""
    act: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    polarity: str = ""
    modality: str = ""
    outlet: str = ""
    origins: int = 0

    @property
    def any(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))


_CONDITIONS = {
    "actor": """id IN (SELECT p.event FROM shelf_parts p JOIN shelf_actors a ON a.id = p.actor
  WHERE contains(a.who, lower(?)))""",
    "act": "act = upper(?)",
    "place": "contains(lower(place_name), lower(?))",
    "since": "coalesce(latest, earliest) >= ?",
    "until": "coalesce(earliest, latest) <= ? || 'T99'",
    "polarity": "list_contains(polarities, ?)",
    "modality": "list_contains(modalities, ?)",
    "outlet": "list_contains(outlets, ?)",
    "origins": "origins >= ?",
}
_LIST = """
SELECT id, label, act, quad, place, place_name, earliest, latest, "when", certainty, because,
  statements, accounts, origins, outlets, people, polarities, modalities, disputes
FROM shelf_events"""


def events(
    store: Store, wanted: Wanted, *, order: str = "origins", start: int = 0, size: int = 50
) -> Page:
    """Keys: id, label, act, quad, place, place_name, earliest, latest, when, certainty, because,
    statements, accounts, origins, outlets, people (actor ids), polarities, modalities, disputes."""
    conditions, values = ["true"], list[object]()
    for name, condition in _CONDITIONS.items():
        if value := getattr(wanted, name):
            conditions.append(condition)
            values.append(value)
    order = ORDERS.get(order, ORDERS["origins"])
    sql = f"{_LIST} WHERE {' AND '.join(conditions)} ORDER BY {order}"
    return page(store, sql, values, start=start, size=size)


def event(store: Store, id_: str) -> Row:
    """One event, with the keys of `events` and the statements' ids under `told`."""
    found = one(store, f"{_LIST} WHERE id = ?", id_)
    told = one(store, "SELECT statements FROM events WHERE id = ?", id_)
    if found is None or told is None:
        raise QueryError(f"there is no event {id_} in this case")
    return {**found, "told": told["statements"]}


def acts(store: Store) -> list[str]:
    """The acts that events of the case have."""
    rows = store.query("SELECT DISTINCT act FROM shelf_events WHERE act IS NOT NULL ORDER BY act")
    return [row[0] for row in rows]


def dated(store: Store, wanted: Wanted | None = None, *, most: int = 60) -> Page:
    """Events that have a date, those with the most origins, in the order of time."""
    sql, values = _dated(wanted or Wanted())
    chosen = page(store, f"{sql} ORDER BY rank", values, size=most)
    rows = sorted(chosen.rows, key=_in_time)
    return Page(rows, chosen.total, 0, None)


def _in_time(row: Row) -> tuple[str, str, str]:
    return row["earliest"] or row["latest"], row["latest"] or "9", row["id"]


def _dated(wanted: Wanted) -> tuple[str, Sequence[object]]:
    conditions, values = ["coalesce(earliest, latest) IS NOT NULL"], list[object]()
    for name in ("since", "until"):
        if value := getattr(wanted, name):
            conditions.append(_CONDITIONS[name])
            values.append(value)
    return f"{_LIST} WHERE {' AND '.join(conditions)}", values


def days(store: Store) -> list[Row]:
    """How many events begin on which day, and how many of them have disputes; keys: day, events,
    disputed. Only events with a first day, and told by two accounts or more where any is."""
    return list(
        store.records(
            """SELECT earliest[:10] AS day, count(*) AS events,
  count(*) FILTER (disputes > 0) AS disputed
FROM shelf_events WHERE earliest IS NOT NULL GROUP BY day ORDER BY day"""
        )
    )
