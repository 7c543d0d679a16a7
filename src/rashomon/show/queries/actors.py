"""Actors: the list, and one actor with its names, its roles, and what is said by and of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rashomon.base.errors import QueryError
from rashomon.base.store import Store
from rashomon.show.queries import words
from rashomon.show.queries.asking import Page, Row, one, page
from rashomon.show.queries.words import Passage

Side = Literal["did", "done", "said", "told"]
SIDES: Mapping[Side, str] = {
    "did": "Said to have done",
    "done": "Said to have been done to it",
    "said": "Said by it",
    "told": "Said of it by others",
}
_MENTIONS = "SELECT mention FROM links WHERE target = $1"
_TAKING_PART = """
SELECT s.id FROM (SELECT id, document, start, quote, unnest({parts}).mention AS mention
  FROM statements) s
WHERE s.mention IN ({mentions}){more} GROUP BY s.id, s.document, s.start
ORDER BY s.document, s.start, s.id"""
_ROWS: Mapping[Side, str] = {
    "did": _TAKING_PART.format(parts="actors", mentions=_MENTIONS, more=""),
    "done": _TAKING_PART.format(parts="recipients", mentions=_MENTIONS, more=""),
    "said": f"""SELECT id FROM quotes WHERE speaker IN ({_MENTIONS})
ORDER BY document, content[1].start, id""",
    "told": _TAKING_PART.format(
        parts="actors || recipients",
        mentions=_MENTIONS,
        more=f""" AND s.quote IS NOT NULL AND s.quote NOT IN
  (SELECT id FROM quotes WHERE speaker IN ({_MENTIONS}))""",
    ),
}


def actors(store: Store, *, find: str = "", kind: str = "", start: int = 0, size: int = 50) -> Page:
    """Keys: id, label, kind, names, roles (three), mentions, documents; the most named first."""
    return page(
        store,
        """SELECT id, label, kind, names, roles, mentions, documents FROM shelf_actors
WHERE contains(who, lower(?)) AND ? IN ('', kind) ORDER BY rank""",
        [find, kind],
        start=start,
        size=size,
    )


def actor(store: Store, id_: str) -> Row:
    """Keys: id, label, kind, names, roles (each text, earliest, latest), mentions, documents."""
    found = one(
        store,
        """SELECT a.id, a.label, a.kind, a.names, a.roles, s.mentions, s.documents
FROM actors a JOIN shelf_actors s ON s.id = a.id WHERE a.id = ?""",
        id_,
    )
    if found is None:
        raise QueryError(f"there is no actor {id_} in this case")
    return found


def names(store: Store, id_: str) -> list[Row]:
    """Each name under which an actor is spoken of, and why it is the actor's. Keys: text, form,
    mentions, because (list), mention (the first one's id), article."""
    return list(
        store.records(
            """SELECT regexp_replace(m.text, '\\s+', ' ', 'g') AS text, m.form,
  count(*) AS mentions,
  list(DISTINCT l.because ORDER BY l.because)[:6] AS because, min(m.id) AS mention,
  arg_min(m.article, m.id) AS article
FROM links l JOIN mentions m ON m.id = l.mention WHERE l.target = ? AND m.form != 'pronoun'
GROUP BY 1, m.form
ORDER BY m.form != 'name', mentions DESC, 1 LIMIT 200""",
            id_,
        )
    )


def side(
    store: Store, id_: str, which: Side, *, start: int = 0, size: int = 20
) -> tuple[Page, list[Passage]]:
    """What is said by an actor, of it, what it did or what was done to it, as told: a page of ids,
    and their words."""
    ids = page(store, _ROWS[which], [id_], start=start, size=size)
    chosen = [str(row["id"]) for row in ids]
    of = words.of_quotes if which == "said" else words.of_statements
    return ids, list(of(store, chosen).values())


def labels(store: Store, ids: list[str]) -> dict[str, str]:
    """The labels of some actors by id."""
    rows = store.query(
        "SELECT id, label FROM shelf_actors WHERE id IN (SELECT unnest(?::VARCHAR[]))", ids
    )
    return {row[0]: row[1] for row in rows}


def events(store: Store, id_: str, *, size: int = 30) -> list[Row]:
    """An actor's events; keys: id, label, earliest, latest, origins, accounts, disputes."""
    return list(
        store.records(
            """SELECT id, label, earliest, latest, origins, accounts, disputes FROM shelf_events
WHERE id IN (SELECT event FROM shelf_parts WHERE actor = ?) ORDER BY rank LIMIT ?""",
            id_,
            size,
        )
    )
