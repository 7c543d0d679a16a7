"""The tables of a case in their interchange form.

One named query a table gives it (the keys stand in docs/interchange.md). A span is `[start, end]`;
`document` is the id of a JSON-lines record, else the path or URL as given. Rows are sorted by id,
keys by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rashomon.base.errors import QueryError
from rashomon.base.store import Store

_PARTS = """
    SELECT s.id, list({{'start': p.start, 'end': p.end, 'actor': l.target, 'label': p.text}}
                      ORDER BY p.start, p.end) AS parts
    FROM (SELECT id, unnest({side}) AS p FROM statements) s
    LEFT JOIN meant l ON l.mention = p.mention
    GROUP BY s.id"""

COMMON = """
WITH named AS (
  SELECT id, CASE WHEN count(*) OVER (PARTITION BY name) = 1 THEN name
             ELSE name || '@' || sha256[1:8] END AS name FROM documents),
meant AS (SELECT l.mention, min(l.target) AS target FROM links l JOIN actors a ON a.id = l.target
          GROUP BY l.mention),
located AS (SELECT l.mention, min(l.target) AS target FROM links l JOIN places p ON p.id = l.target
            GROUP BY l.mention),
chained AS (SELECT "row", labels FROM chains)
"""

_BODIES: dict[str, str] = {
    "documents": """
SELECT d.id AS row_id, n.name AS id, d.uri, d.sha256, d.media_type, d.characters, d.text
FROM documents d JOIN named n USING (id)""",
    "retrievals": """
SELECT r.id, n.name AS document, r.uri, r.name, r."at", r.media_type, e.name AS earlier
FROM retrievals r JOIN named n ON n.id = r.document LEFT JOIN named e ON e.id = r.earlier""",
    "articles": """
SELECT a.id, n.name AS document, a.start, a."end", a.title, a.byline, a.outlet, a.outlet_basis,
  CASE WHEN a.published.earliest = a.published.latest THEN a.published.earliest
       WHEN a.published IS NULL THEN NULL
       ELSE coalesce(a.published.earliest, '..') || '/' || coalesce(a.published.latest, '..')
  END AS published,
  a.published.basis AS published_basis, a.language
FROM articles a JOIN named n ON n.id = a.document""",
    "zones": """
SELECT z.id, n.name AS document, z.start, z."end", z.kind, z.article, z.label
FROM zones z JOIN named n ON n.id = z.document""",
    "sentences": """
SELECT s.id, n.name AS document, s.article, s.start, s."end", s.paragraph, s.zone
FROM sentences s JOIN named n ON n.id = s.document""",
    "mentions": """
SELECT m.id, n.name AS document, m.article, m.sentence, m.start, m."end", m.kind, m.form, m.text,
  m.refers, meant.target AS actor, located.target AS place, m.timex_type, m.timex_value,
  m."when".earliest AS earliest, m."when".latest AS latest, m."when".precision AS precision,
  coalesce(m."when".basis, m.amount.basis) AS basis, m.amount.low AS low, m.amount.high AS high,
  m.amount.unit AS unit, m.amount.counted AS counted
FROM mentions m JOIN named n ON n.id = m.document
LEFT JOIN meant ON meant.mention = m.id LEFT JOIN located ON located.mention = m.id""",
    "quotes": """
SELECT q.id, n.name AS document, q.article, q.sentence,
  CASE WHEN q.source IS NOT NULL THEN [q.source.start, q.source."end"] END AS source,
  CASE WHEN q.cue IS NOT NULL THEN [q.cue.start, q.cue."end"] END AS cue,
  list_transform(q.content, lambda c: [c.start, c."end"]) AS content,
  q.manner, q.source_kind, q.stance, q."within", meant.target AS speaker, q.speaker_label,
  q.via, coalesce(chained.labels, []) AS "chain", q.because
FROM quotes q JOIN named n ON n.id = q.document
LEFT JOIN meant ON meant.mention = q.speaker LEFT JOIN chained ON chained."row" = q.id""",
    "statements": f"""
SELECT s.id, n.name AS document, s.article, s.sentence, s.start, s."end",
  [s.predicate.start, s.predicate."end"] AS predicate, s.lemma, s.act, s.mode,
  coalesce(a.parts, []) AS actors, coalesce(r.parts, []) AS recipients, s.place, s."time",
  s.numbers, s.polarity, s.modality, s.quote, coalesce(chained.labels, []) AS "chain", s.because
FROM statements s JOIN named n ON n.id = s.document
LEFT JOIN ({_PARTS.format(side="actors")}) a ON a.id = s.id
LEFT JOIN ({_PARTS.format(side="recipients")}) r ON r.id = s.id
LEFT JOIN chained ON chained."row" = s.id""",
    "actors": "SELECT id, label, kind, names, roles FROM actors",
    "links": "SELECT id, mention, target, score, because FROM links",
    "perhaps": """
SELECT p.id, p.of, p."left", p."right",
  {'document': l.name, 'start': p.left_words.start, 'end': p.left_words."end"} AS left_words,
  {'document': r.name, 'start': p.right_words.start, 'end': p.right_words."end"} AS right_words,
  p.score, p.because
FROM perhaps p JOIN named l ON l.id = p.left_words.document
JOIN named r ON r.id = p.right_words.document""",
    "places": "SELECT id, name, latitude, longitude, country, kind FROM places",
    "events": """
SELECT e.id, e.label, e.act, e.actors, e.recipients, e.place, e."when".earliest AS earliest,
  e."when".latest AS latest, e.statements, coalesce(t.accounts, []) AS accounts,
  coalesce(t.origins, 0) AS origins, e.because
FROM events e LEFT JOIN (
  SELECT a.event, list(a.id ORDER BY a.id) AS accounts, count(DISTINCT o.origin) AS origins
  FROM accounts a LEFT JOIN origins o ON o.account = a.id GROUP BY a.event) t ON t.event = e.id""",
    "accounts": """
SELECT a.id, a.event, n.name AS document, a.article, a.statements, a."chain", a.voices,
  o.origin, o.label AS origin_label, o.because AS origin_because
FROM accounts a JOIN named n ON n.id = a.document LEFT JOIN origins o ON o.account = a.id""",
    "origins": "SELECT id, account, origin, label, because FROM origins",
    "chains": 'SELECT id, "row", labels, voices FROM chains',
    "echoes": """
SELECT e.id,
  {'document': l.name, 'start': e."left".start, 'end': e."left"."end"} AS "left",
  {'document': r.name, 'start': e."right".start, 'end': e."right"."end"} AS "right",
  e.alike, e.kind, e.first, e.basis,
  list_transform(e.changed, lambda c: {'what': c.what,
    'left': CASE WHEN c."left" IS NOT NULL THEN [c."left".start, c."left"."end"] END,
    'right': CASE WHEN c."right" IS NOT NULL THEN [c."right".start, c."right"."end"] END
  }) AS changed
FROM echoes e JOIN named l ON l.id = e."left".document
JOIN named r ON r.id = e."right".document""",
    "disputes": """
SELECT id, event, question, about, kind, answers, strength, because, state FROM disputes""",
    "judgements": """
SELECT id, verb, targets, value, author, reason, "at", undone, anchors FROM judgements""",
    "skips": "SELECT id, stage, document, about, reason FROM skips",
}


def query(table: str, ids: str = "") -> str:
    """The named query that gives a table in its interchange form, sorted by id.

    `ids` is a query in brackets for the row ids to keep; without it, all are.
    """
    if table not in _BODIES:
        raise QueryError(f"there is no table {table!r}; there are: {', '.join(_BODIES)}")
    key, columns = ("row_id", "* EXCLUDE (row_id)") if table == "documents" else ("id", "*")
    where = f" WHERE {key} IN {ids}" if ids else ""
    return f"{COMMON} SELECT {columns} FROM ({_BODIES[table]}){where} ORDER BY id"


def body(table: str) -> str:
    """The query of a table inside another one that begins with `COMMON`; without an order."""
    return _BODIES[table]


def tables() -> tuple[str, ...]:
    """The tables that are saved, in pipeline order."""
    return tuple(_BODIES)


def records(store: Store, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table in interchange form, a bounded number in memory."""
    yield from store.records(query(table))
