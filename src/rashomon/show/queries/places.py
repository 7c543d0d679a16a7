"""Places: where things are said to have happened."""

from __future__ import annotations

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, page

_LIST = """
SELECT id, name, kind, country, latitude, longitude, mentions, events, disputed
FROM shelf_places"""


def places(store: Store, *, on_map: bool = False, start: int = 0, size: int = 50) -> Page:
    """Keys: id, name, kind, country, latitude, longitude, mentions, events, disputed; those where
    most is said to have happened first. `on_map` keeps those whose position is known."""
    sql = f"{_LIST} WHERE NOT ? OR latitude IS NOT NULL ORDER BY rank"
    return page(store, sql, [on_map], start=start, size=size)
