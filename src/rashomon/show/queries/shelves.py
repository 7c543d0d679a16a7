"""Tables in memory that make long lists quick: one row for each article, event, actor, place, tie
between actors, and taking of one outlet from another, in the order in which they are read."""

from __future__ import annotations

from rashomon.base.lexicon import table
from rashomon.base.store import Store

SHELVES: dict[str, str] = {
    "shelf_outlets": """
SELECT a.id AS article, coalesce(a.outlet, any_value(c."chain"[1]), d.name) AS outlet,
  a.outlet IS NOT NULL AS named
FROM articles a JOIN documents d ON d.id = a.document
LEFT JOIN accounts c ON c.article = a.id GROUP BY a.id, a.outlet, d.name""",
    "shelf_articles": """
SELECT row_number() OVER (ORDER BY a.published.earliest NULLS LAST, d.name, a.start) AS rank,
  a.id, a.document, d.name, a.title, a.byline, o.outlet, o.named,
  a.published.earliest AS earliest, a.published.latest AS latest, a.published.basis AS basis,
  a."end" - a.start AS characters, coalesce(s.statements, 0) AS statements,
  coalesce(q.quotes, 0) AS quotes
FROM articles a JOIN documents d ON d.id = a.document JOIN shelf_outlets o ON o.article = a.id
LEFT JOIN (SELECT article, count(*) AS statements FROM statements GROUP BY article) s
  ON s.article = a.id
LEFT JOIN (SELECT article, count(*) AS quotes FROM quotes GROUP BY article) q ON q.article = a.id
ORDER BY rank""",
    "shelf_events": """
SELECT row_number() OVER (ORDER BY coalesce(t.origins, 0) DESC, coalesce(t.accounts, 0) DESC, e.id)
    AS rank,
  e.id, e.label, e.act, q.quad, e.place, p.name AS place_name, e."when".earliest AS earliest,
  e."when".latest AS latest, e."when".words AS "when", e.certainty, e.because,
  len(e.statements) AS statements, coalesce(t.accounts, 0) AS accounts,
  coalesce(t.origins, 0) AS origins, coalesce(t.outlets, []) AS outlets,
  list_distinct(e.actors || e.recipients) AS people, coalesce(s.polarities, []) AS polarities,
  coalesce(s.modalities, []) AS modalities, coalesce(s.as_happened, 0) AS as_happened,
  coalesce(x.disputes, 0) AS disputes
FROM events e LEFT JOIN places p ON p.id = e.place LEFT JOIN shelf_quads q ON q.act = e.act
LEFT JOIN (SELECT a.event, count(DISTINCT a.id) AS accounts, count(DISTINCT o.origin) AS origins,
    list(DISTINCT a."chain"[1] ORDER BY a."chain"[1]) AS outlets
  FROM accounts a LEFT JOIN origins o ON o.account = a.id GROUP BY a.event) t ON t.event = e.id
LEFT JOIN (SELECT u.event, list(DISTINCT s.polarity ORDER BY s.polarity) AS polarities,
    list(DISTINCT s.modality ORDER BY s.modality) AS modalities,
    count(*) FILTER (s.polarity = 'affirmed' AND s.modality IN ('happened', 'ongoing'))
      AS as_happened
  FROM (SELECT id AS event, unnest(statements) AS statement FROM events) u
  JOIN statements s ON s.id = u.statement GROUP BY u.event) s ON s.event = e.id
LEFT JOIN (SELECT event, count(*) AS disputes FROM disputes WHERE kind = 'dispute' GROUP BY event) x
  ON x.event = e.id
ORDER BY rank""",
    "shelf_actors": """
SELECT row_number() OVER (ORDER BY coalesce(l.mentions, 0) DESC, a.label, a.id) AS rank,
  a.id, a.label, a.kind, a.names, coalesce(l.mentions, 0) AS mentions,
  coalesce(l.documents, 0) AS documents, list_transform(a.roles, lambda r: r.text)[:3] AS roles,
  lower(concat_ws(' ', a.label, array_to_string(a.names, ' '))) AS who
FROM actors a LEFT JOIN (SELECT l.target, count(*) AS mentions,
    count(DISTINCT m.document) AS documents
  FROM links l JOIN mentions m ON m.id = l.mention GROUP BY l.target) l ON l.target = a.id
ORDER BY rank""",
    "shelf_parts": """
SELECT unnest(people) AS actor, id AS event, rank FROM shelf_events ORDER BY actor, rank""",
    "shelf_places": """
SELECT row_number() OVER (ORDER BY coalesce(e.events, 0) DESC, coalesce(l.mentions, 0) DESC,
    p.name, p.id) AS rank,
  p.id, p.name, p.kind, p.country, p.latitude, p.longitude, coalesce(l.mentions, 0) AS mentions,
  coalesce(e.events, 0) AS events, coalesce(e.disputed, 0) AS disputed
FROM places p LEFT JOIN (SELECT target, count(*) AS mentions FROM links GROUP BY target) l
  ON l.target = p.id
LEFT JOIN (SELECT place, count(*) AS events, count(*) FILTER (disputes > 0) AS disputed
  FROM shelf_events WHERE place IS NOT NULL GROUP BY place) e ON e.place = p.id
ORDER BY rank""",
    "shelf_ties": """
SELECT a.actor, r.recipient, e.id AS event, s.quad, s.earliest, s.latest, s.origins, s.as_happened
FROM events e JOIN shelf_events s ON s.id = e.id,
  LATERAL (SELECT unnest(e.actors) AS actor) a, LATERAL (SELECT unnest(e.recipients) AS recipient) r
WHERE s.quad IS NOT NULL AND a.actor != r.recipient""",
    "shelf_takings": """
SELECT taker, source, how, count(*) AS passages, count(DISTINCT article) AS articles,
  source IN (SELECT outlet FROM shelf_outlets) AS outlet
FROM (
  SELECT a."chain"[1] AS taker, a."chain"[2] AS source, 'cites' AS how, a.article
  FROM accounts a WHERE len(a."chain") > 1
  UNION ALL
  SELECT CASE e.first WHEN 'left' THEN r.outlet ELSE l.outlet END,
    CASE e.first WHEN 'left' THEN l.outlet ELSE r.outlet END,
    CASE e.first WHEN 'unknown' THEN 'shares words' ELSE 'repeats' END,
    CASE e.first WHEN 'left' THEN e."right".article ELSE e."left".article END
  FROM echoes e JOIN shelf_outlets l ON l.article = e."left".article
  JOIN shelf_outlets r ON r.article = e."right".article)
WHERE taker != source GROUP BY ALL ORDER BY passages DESC, taker, source, how""",
}


def prepare(store: Store) -> None:
    """Fill the shelves of a store that can be written to in memory."""
    store.execute("CREATE TABLE shelf_quads (act VARCHAR, quad INTEGER)")
    for row in table("plover_scores"):
        if row["quad"] and not row["mode"]:
            store.execute("INSERT INTO shelf_quads VALUES (?, ?)", row["act"], int(row["quad"]))
    for name, sql in SHELVES.items():
        store.execute(f"CREATE TABLE {name} AS {sql}")
