"""Judgements: what people decided, and which rows they decided about."""

from __future__ import annotations

from collections import defaultdict

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, Row, page

_LIST = 'SELECT id, verb, targets, value, author, reason, "at", undone FROM judgements'


def judgements(store: Store, *, start: int = 0, size: int = 50) -> Page:
    """Keys: id, verb, targets, value, author, reason, at, undone; the latest first."""
    return page(store, f'{_LIST} ORDER BY "at" DESC, id', start=start, size=size)


def decided(store: Store) -> dict[str, list[Row]]:
    """What was decided and still counts, by the id of the row that it is about: the target itself,
    and the actor that bears a target's name or to which a target's mention belongs."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in store.records(f"{_LIST} WHERE NOT undone AND verb != 'undo' ORDER BY \"at\", id"):
        for target in row["targets"]:
            found[target].append(row)
    if found:
        _add_actors(store, found)
    return dict(found)


def _add_actors(store: Store, found: dict[str, list[Row]]) -> None:
    targets = list(found)
    for target, actor in store.query(
        """SELECT t.target, a.id FROM (SELECT unnest(?::VARCHAR[]) AS target) t
JOIN shelf_actors a ON list_contains(a.names, t.target) OR a.label = t.target
UNION SELECT l.mention, l.target FROM links l
WHERE l.mention IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1, 2""",
        targets,
        targets,
    ):
        for row in found[target]:
            if row not in found[actor]:
                found[actor].append(row)
