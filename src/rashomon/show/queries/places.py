"""Places: where things are said to have happened."""

from __future__ import annotations

from rashomon.base.errors import QueryError
from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, Row, one, page

_LIST = """
SELECT p.id, p.name, p.kind, p.country, p.latitude, p.longitude,
  coalesce(l.mentions, 0) AS mentions, coalesce(e.events, 0) AS events,
  coalesce(e.disputed, 0) AS disputed
FROM places p LEFT JOIN (SELECT target, count(*) AS mentions FROM links GROUP BY target) l
  ON l.target = p.id
LEFT JOIN (SELECT place, count(*) AS events, count(*) FILTER (disputes > 0) AS disputed
  FROM shelf_events WHERE place IS NOT NULL GROUP BY place) e ON e.place = p.id"""


def places(store: Store, *, on_map: bool = False, start: int = 0, size: int = 50) -> Page:
    """Keys: id, name, kind, country, latitude, longitude, mentions, events, disputed; those where
    most is said to have happened first. `on_map` keeps those whose position is known."""
    sql = f"""{_LIST} WHERE NOT ? OR p.latitude IS NOT NULL
ORDER BY events DESC, mentions DESC, p.name, p.id"""
    return page(store, sql, [on_map], start=start, size=size)


def place(store: Store, id_: str) -> Row:
    """One place, with the keys of `places`."""
    found = one(store, f"{_LIST} WHERE p.id = ?", id_)
    if found is None:
        raise QueryError(f"there is no place {id_} in this case")
    return found
