"""From what a person writes to a row and its words, and back to the row when its id has changed.

An id is made from the words of its row, so most outlive a re-run. Those of events, accounts and
disputes change when a telling joins, and a new reading may find other spans: then the row is taken
that has the words which were judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.base.errors import QueryError
from rashomon.base.rows import TABLE_OF_PREFIX, Anchor, Judgement
from rashomon.base.store import Store
from rashomon.identify.judgements.verbs import ACTORS, UNDO, VERBS

_ID = re.compile(r"[a-z]{3}-[0-9a-f]{16}")
_MANY = 12
_SHOWN = 80
_OF_STATEMENTS = """SELECT x.id, {about} AS about, s.id AS "row", s.document,
  s.predicate.start AS start, s.predicate."end" AS "end"
FROM ({rows}) x JOIN statements s ON s.id = x.statement"""
_LINKED = """SELECT {id} AS id, '' AS about, m.id AS "row", m.document, m.start, m."end"
FROM links l JOIN mentions m ON m.id = l.mention"""
_PLAIN = """SELECT id, {about} AS about, id AS "row", document, {start} AS start, {end} AS "end"
FROM {table}"""

SPANS: dict[str, str] = {
    "articles": _PLAIN.format(about="''", start="start", end='"end"', table="articles"),
    "mentions": _PLAIN.format(about="kind", start="start", end='"end"', table="mentions"),
    "statements": _PLAIN.format(
        about="''", start="predicate.start", end='predicate."end"', table="statements"
    ),
    "quotes": _PLAIN.format(
        about="''", start="content[1].start", end='content[-1]."end"', table="quotes"
    ),
    "actors": _LINKED.format(id="l.target"),
    "places": _LINKED.format(id="l.target"),
    "links": _LINKED.format(id="l.id"),
    "echoes": " UNION ALL ".join(
        f"""SELECT id, '{side}' AS about, id AS "row", e."{side}".document AS document,
  e."{side}".start AS start, e."{side}"."end" AS "end" FROM echoes e"""
        for side in ("left", "right")
    ),
    "events": _OF_STATEMENTS.format(
        about="''", rows="SELECT id, unnest(statements) AS statement FROM events"
    ),
    "accounts": _OF_STATEMENTS.format(
        about="x.about",
        rows="""SELECT id, array_to_string("chain", ' ← ') AS about,
    unnest(statements) AS statement FROM accounts""",
    ),
    "disputes": _OF_STATEMENTS.format(
        about="x.about",
        rows="""SELECT id, question || ' ' || about AS about, unnest(v.statements) AS statement
    FROM (SELECT id, question, about, unnest(answers) AS v FROM disputes)""",
    ),
}
"""A query a table: the id of each row, what tells it from another with the same words, and the
spans of its words with the row that has them."""

_SPAN_ROWS = ("mentions", "quotes", "statements", "links")
_VERY = 'a.start = x.start AND a."end" = x."end"'
_TOUCHING = """2 * (least(a."end", x."end") - greatest(a.start, x.start))
    > greatest(a."end", x."end") - least(a.start, x.start)"""


def anchored(store: Store, verb: str, targets: Sequence[str]) -> tuple[Anchor, ...]:
    """The words that each target means; QueryError where it is not in the case, is of a table that
    the verb is not about, or is the name of several actors, which are listed."""
    tables = VERBS[verb].tables
    if verb == UNDO:
        for target in targets:
            _undoable(store, target)
        return ()
    return tuple(anchor for target in targets for anchor in _anchors(store, verb, tables, target))


def _undoable(store: Store, target: str) -> None:
    found = store.query("SELECT undone FROM judgements WHERE id = ?", target)
    if not found:
        raise QueryError(f"there is no judgement {target}: `rashomon judge list` shows them")
    if found[0][0]:
        raise QueryError(f"{target} is undone already")


def _anchors(store: Store, verb: str, tables: tuple[str, ...], target: str) -> list[Anchor]:
    if not _ID.fullmatch(target):
        row, table = _named(store, tables, target)
        return _words_of(store, table, row, target)
    table = TABLE_OF_PREFIX.get(target[:3], "")
    if table not in tables:
        hint = ": give it a state with “dispute”" if table == "disputes" else ""
        raise QueryError(f"“{verb}” is about {' or '.join(tables)}, and {target} is none{hint}")
    row = target
    if table == "actors" and not _is_there(store, table, row):
        table, row = "mentions", _mention_of(store, target)
    if not _is_there(store, table, row):
        raise QueryError(f"there is no row {target} in the case")
    if table == "actors" and verb != "wrong":
        table, row = "mentions", _mention_of(store, row) or _first_mention(store, row)
    return _words_of(store, table, row, target)


def _is_there(store: Store, table: str, row: str) -> bool:
    return bool(store.query(f"SELECT 1 FROM {table} WHERE id = ?", row))


def _mention_of(store: Store, actor: str) -> str:
    """The mention that an actor's id was made from, "" if it is gone."""
    found = store.query("SELECT id FROM mentions WHERE 'act-' || sha256(id)[1:16] = ?", actor)
    return found[0][0] if found else ""


def _first_mention(store: Store, actor: str) -> str:
    return str(store.query("SELECT min(mention) FROM links WHERE target = ?", actor)[0][0])


def _named(store: Store, tables: tuple[str, ...], name: str) -> tuple[str, str]:
    """The row of a name, and its table: an actor's mention, or an article by its document."""
    if tables == ("articles",):
        return _article(store, name), "articles"
    if tables != ACTORS:
        raise QueryError(f"“{name}” is no id: ids stand in the first column of `rashomon show`")
    actor = _actor(store, " ".join(name.split()))
    spelt = store.query(
        """SELECT m.id FROM links l JOIN mentions m ON m.id = l.mention
WHERE l.target = ? AND lower(regexp_replace(m.text, '\\s+', ' ', 'g')) = lower(?)
  AND m.form = 'name' ORDER BY m.id LIMIT 1""",
        actor,
        " ".join(name.split()),
    )
    return (spelt[0][0] if spelt else _mention_of(store, actor)), "mentions"


_CALLED = (
    "label = $1",
    "list_contains(names, $1)",
    "lower(label) = lower($1)",
    "list_contains(list_transform(names, lambda n: lower(n)), lower($1))",
)


def _actor(store: Store, name: str) -> str:
    """The one actor that is shown under a name, or else bears it."""
    for called in _CALLED:
        found = store.query(
            f"""SELECT a.id, a.label, a.kind, count(l.id) AS mentions FROM actors a
LEFT JOIN links l ON l.target = a.id WHERE {called} GROUP BY ALL ORDER BY mentions DESC, a.id""",
            name,
        )
        if len(found) == 1:
            return str(found[0][0])
        if found:
            listed = [f"{id_} {label} ({kind}, {n} mentions)" for id_, label, kind, n in found]
            raise QueryError(_several(name, "actors", listed))
    raise QueryError(f"no actor of the case has the name “{name}”: see `rashomon show actors`")


def _article(store: Store, name: str) -> str:
    found = store.query(
        "SELECT a.id, a.title FROM articles a JOIN documents d ON d.id = a.document"
        " WHERE d.name = $1 OR d.uri = $1 OR a.title = $1 ORDER BY a.document, a.start",
        name,
    )
    if not found:
        raise QueryError(f"no article of the case is called “{name}”: see `rashomon show articles`")
    if len(found) > 1:
        listed = [f"{id_} {title or ''}".strip() for id_, title in found]
        raise QueryError(_several(name, "articles", listed))
    return str(found[0][0])


def _several(name: str, what: str, listed: Sequence[str]) -> str:
    more = f"; and {len(listed) - _MANY} more" if len(listed) > _MANY else ""
    shown = "; ".join(listed[:_MANY])
    return f"“{name}” is the name of {len(listed)} {what}, so give the id of one: {shown}{more}"


def _words_of(store: Store, table: str, row: str, target: str) -> list[Anchor]:
    found = store.query(
        f"""SELECT x."row", x.about, x.document, x.start, x."end", substring(
  d.text, x.start::INT + 1, least(x."end" - x.start, {_SHOWN})::INT)
FROM ({SPANS[table]}) x JOIN documents d ON d.id = x.document WHERE x.id = ?
ORDER BY x.document, x.start, x."end", x."row" LIMIT {_MANY}""",
        row,
    )
    return [
        Anchor(target, held, about, document, start, end, " ".join(words.split()))
        for held, about, document, start, end, words in found
    ]


def find(store: Store, judgement: Judgement, target: str, tables: Sequence[str]) -> str | None:
    """The id that a target has now, in one of these tables; None if its words are gone."""
    table = TABLE_OF_PREFIX.get(target[:3], "") if _ID.fullmatch(target) else tables[0]
    if table not in tables:
        return None
    if _is_there(store, table, target):
        return target
    anchors = [anchor for anchor in judgement.anchors if anchor.target == target]
    return _overlapping(store, table, anchors) if anchors else None


def _overlapping(store: Store, table: str, anchors: Sequence[Anchor]) -> str | None:
    """The row that has at least half of the anchors: of what was read, the very span, as one that
    was read otherwise since may be right; else spans that share more than half of all their
    characters."""
    touching = _VERY if table in _SPAN_ROWS else _TOUCHING
    listed = ", ".join(["(?, ?, ?, ?)"] * len(anchors))
    values = [v for a in anchors for v in (a.about, a.document, a.start, a.end)]
    found = store.query(
        f"""SELECT x.id, count(DISTINCT (a.document, a.start)) AS shared
FROM ({SPANS[table]}) x JOIN (VALUES {listed}) a(about, document, start, "end")
  ON a.document = x.document AND a.about = x.about AND {touching}
GROUP BY x.id ORDER BY shared DESC, x.id LIMIT 1""",
        *values,
    )
    return found[0][0] if found and 2 * found[0][1] >= len(anchors) else None


def gone(judgement: Judgement, target: str) -> str:
    """What to say of a target that is not in the case: its id and the words that it had."""
    words = [anchor.words for anchor in judgement.anchors if anchor.target == target]
    said = f" (“{' … '.join(words[:3])}”)" if words else ""
    return f"{target}{said} is not in the case any more"
