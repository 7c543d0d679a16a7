"""The two graphs of a case: which actor acts on which, and who takes words from whom.

Both are of what is told. What no actor is known for is a node of its article alone (`known` false):
the same words elsewhere may mean another. An edge of `actors` says how it is told (affirmed or
denied, happened or only planned ...), an edge of `voices` that words reached the reader by way of
one voice from another. `told` on each edge is JSON: its tellings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rashomon.base.outlets import outlet_key
from rashomon.base.store import Store
from rashomon.show.exports import scales
from rashomon.show.exports.files import as_json
from rashomon.show.exports.graphml import Columns, Edge, Graph, Node
from rashomon.show.exports.tables import COMMON
from rashomon.show.exports.tellings import PROVENANCE, SOURCES, telling

ACTOR_NODE: Columns = {"label": "string", "kind": "string", "known": "boolean"}
ACTOR_EDGE: Columns = {
    "label": "string", "act": "string", "quad_code": "int", "polarity": "string",
    "modality": "string", "weight": "int", "documents": "int", "events": "int",
    "earliest": "string", "latest": "string", "told": "string",
}  # fmt: skip
VOICE_NODE: Columns = {"label": "string", "kind": "string", "known": "boolean"}
VOICE_EDGE: Columns = {
    "label": "string", "by": "string", "direction": "string", "weight": "int", "documents": "int",
    "told": "string",
}  # fmt: skip

_SIDE = """
  SELECT s.id, coalesce(l.target, s.article || ':' || lower(p.text)) AS node,
    coalesce(a.label, p.text) AS label, coalesce(a.kind, m.kind, 'unknown') AS kind,
    l.target IS NOT NULL AS known
  FROM (SELECT id, article, unnest({side}) AS p FROM statements WHERE act IS NOT NULL) s
  LEFT JOIN meant l ON l.mention = p.mention LEFT JOIN mentions m ON m.id = p.mention
  LEFT JOIN actors a ON a.id = l.target"""

_ACTORS = f"""
{COMMON},
doers AS ({_SIDE.format(side="actors")}), done_to AS ({_SIDE.format(side="recipients")}),
pairs AS (SELECT DISTINCT x.id, x.node AS source, y.node AS target
          FROM doers x JOIN done_to y ON y.id = x.id)"""

_ACTOR_NODES = f"""{_ACTORS}
SELECT node AS id, min(label) AS label, min(kind) AS kind, bool_or(known) AS known
FROM (FROM doers UNION ALL FROM done_to) WHERE node IN
  (SELECT source FROM pairs UNION ALL SELECT target FROM pairs)
GROUP BY node ORDER BY node"""

_ACTOR_EDGES = f"""{_ACTORS},
held AS (SELECT statement, min(id) AS event
         FROM (SELECT id, unnest(statements) AS statement FROM events) GROUP BY statement)
SELECT p.source, p.target, h.event, {PROVENANCE}
FROM pairs p JOIN statements s ON s.id = p.id {SOURCES}
LEFT JOIN held h ON h.statement = s.id
ORDER BY p.source, p.target, s.act, s.polarity, s.modality, document, s.start, s.id"""

_LINKS = f"""
{COMMON},
said AS (
  SELECT c."row" AS id, s.document, s.sentence, s.start, s."end", c.labels, c.voices, s.article
  FROM chains c JOIN statements s ON s.id = c."row"
  UNION ALL SELECT c."row", q.document, q.sentence, q.content[1].start, q.content[-1]."end",
    c.labels, c.voices, q.article
  FROM chains c JOIN quotes q ON q.id = c."row"),
steps AS (SELECT *, unnest(range(1, len(labels))) AS step FROM said),
ends AS (
  SELECT *, labels[step] AS taker, coalesce(nullif(voices[step], ''), article) AS taker_actor,
    labels[step + 1] AS giver, coalesce(nullif(voices[step + 1], ''), article) AS giver_actor
  FROM steps),
links_told AS (
SELECT e.id AS "row", n.name AS document, e.start, e."end", e.labels AS "chain",
  substring(d.text, g.start::INT + 1, (g."end" - g.start)::INT) AS sentence,
  g.start AS sentence_start, g."end" AS sentence_end, taker, taker_actor, giver, giver_actor,
  'attribution' AS "by", 'known' AS direction
FROM ends e JOIN documents d ON d.id = e.document JOIN named n ON n.id = d.id
JOIN sentences g ON g.id = e.sentence
UNION ALL
SELECT e.id, n.name, late.start, late."end", [b.outlet, f.outlet],
  substring(d.text, late.start::INT + 1, (late."end" - late.start)::INT), late.start, late."end",
  b.outlet, '', f.outlet, '', e.kind, CASE e.first WHEN 'unknown' THEN 'unknown' ELSE 'known' END
FROM (SELECT *, CASE WHEN "first" = 'right' THEN "left" ELSE "right" END AS late,
        CASE WHEN "first" = 'right' THEN "right" ELSE "left" END AS early FROM echoes) e
JOIN documents d ON d.id = late.document JOIN named n ON n.id = d.id
JOIN articles b ON b.id = late.article JOIN articles f ON f.id = early.article
WHERE b.outlet IS NOT NULL AND f.outlet IS NOT NULL)"""

_NODE = """coalesce('outlet:' || {0}_outlet.key, CASE WHEN starts_with({0}_actor, 'act-')
    THEN {0}_actor ELSE {0}_actor || ':' || lower({0}) END)"""

_TAKINGS = f"""{_LINKS},
outlet_keys AS (SELECT unnest($1) AS label, unnest($2) AS key),
takings AS (
  SELECT {_NODE.format("taker")} AS source, {_NODE.format("giver")} AS target, t.*
  FROM links_told t LEFT JOIN outlet_keys taker_outlet ON taker_outlet.label = t.taker
  LEFT JOIN outlet_keys giver_outlet ON giver_outlet.label = t.giver)"""

_VOICE_NODES = f"""{_TAKINGS}
SELECT id, max(label) AS label, CASE WHEN starts_with(id, 'outlet:') THEN 'outlet' ELSE 'voice' END
  AS kind, NOT starts_with(id, 'art-') AS known
FROM (SELECT source AS id, taker AS label FROM takings WHERE source != target
      UNION ALL SELECT target, giver FROM takings WHERE source != target)
GROUP BY id ORDER BY id"""

_VOICE_EDGES = f"""{_TAKINGS}
SELECT * EXCLUDE (taker, taker_actor, giver, giver_actor) FROM takings WHERE source != target
ORDER BY source, target, "by", direction, document, start, "row", "chain" """

_LABELS = """
SELECT DISTINCT label FROM (
  SELECT outlet AS label FROM articles UNION ALL SELECT unnest(labels) FROM chains)
WHERE label != '' ORDER BY label"""


def actors(store: Store) -> Graph:
    """Who acts on whom: an edge for each pair, act, polarity and modality."""
    nodes = (
        Node(row["id"], {key: row[key] for key in ACTOR_NODE})
        for row in store.records(_ACTOR_NODES)
    )
    return Graph("actors", ACTOR_NODE, ACTOR_EDGE, nodes, _actor_edges(store))


def _actor_edges(store: Store) -> Iterator[Edge]:
    def kind(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(row[key] for key in ("source", "target", "act", "polarity", "modality"))

    for number, (key, found) in enumerate(groupby(store.records(_ACTOR_EDGES), key=kind)):
        rows = list(found)
        source, target, act, polarity, modality = key
        days = sorted(day for row in rows for day in (row["earliest"], row["latest"]) if day)
        yield Edge(f"e{number}", source, target, {
            "label": act,
            "act": act,
            "quad_code": scales.quad(act),
            "polarity": polarity,
            "modality": modality,
            "weight": len(rows),
            "documents": len({row["document"] for row in rows}),
            "events": len({row["event"] for row in rows if row["event"]}),
            "earliest": days[0] if days else None,
            "latest": days[-1] if days else None,
            "told": as_json([telling(row) for row in rows]),
        })  # fmt: skip


def voices(store: Store) -> Graph:
    """Who takes words from whom: from the taker to the one taken from. One edge for each pair, way
    (`by`: attribution, copy, excerpt, shared_quotation) and whether the direction is known."""
    outlets = {
        outlet_key(name)
        for (name,) in store.query("SELECT DISTINCT outlet FROM articles WHERE outlet != ''")
    }
    spelt = {
        row["label"]: key
        for row in store.records(_LABELS)
        if (key := outlet_key(row["label"])) in outlets
    }
    keys = [list(spelt), list(spelt.values())]
    nodes = (
        Node(row["id"], {key: row[key] for key in VOICE_NODE})
        for row in store.records(_VOICE_NODES, *keys)
    )
    edges = _voice_edges(store.records(_VOICE_EDGES, *keys))
    return Graph("voices", VOICE_NODE, VOICE_EDGE, nodes, edges)


SPOKEN = ("row", "document", "start", "end", "sentence", "sentence_start", "sentence_end", "chain")


def _voice_edges(rows: Iterator[dict[str, Any]]) -> Iterator[Edge]:
    def way(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(row[key] for key in ("source", "target", "by", "direction"))

    for number, (key, found) in enumerate(groupby(rows, key=way)):
        told = [{name: row[name] for name in SPOKEN} for row in found]
        yield Edge(f"e{number}", key[0], key[1], {
            "label": key[2],
            "by": key[2],
            "direction": key[3],
            "weight": len({(row["document"], row["sentence_start"]) for row in told}),
            "documents": len({row["document"] for row in told}),
            "told": as_json(told),
        })  # fmt: skip
