"""What is told of events, a statement at a time: the words, who says them, how, when and where.

A telling is what every export of events gives for its source: the document and offsets of the
statement, the words of its sentence, the chain of voices, and whether it is affirmed or denied,
and said to have happened at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from rashomon.base.store import Store
from rashomon.show.exports.tables import COMMON, body

By = Literal["event", "place"]

KEYS = (
    "statement", "document", "start", "end", "sentence", "sentence_start", "sentence_end", "chain",
    "polarity", "modality", "act", "mode", "earliest", "latest", "precision", "time_basis",
    "time_words", "place_words", "outlet", "published", "url",
)  # fmt: skip
"""The keys of a telling, as docs/interchange.md lists them."""

_SIDE = """
  SELECT s.id, list(DISTINCT l.target ORDER BY l.target) AS actors
  FROM (SELECT id, unnest({side}) AS p FROM statements) s
  JOIN meant l ON l.mention = p.mention GROUP BY s.id"""

PROVENANCE = """s.id AS statement, n.name AS document, s.start, s."end",
  substring(d.text, g.start::INT + 1, (g."end" - g.start)::INT) AS sentence,
  g.start AS sentence_start, g."end" AS sentence_end, coalesce(c.labels, []) AS "chain",
  s.polarity, s.modality, s.act, s.mode,
  t."when".earliest AS earliest, t."when".latest AS latest, t."when".precision AS precision,
  t."when".basis AS time_basis, t.text AS time_words, m.text AS place_words,
  a.outlet, a.published,
  coalesce(d.given.url, CASE WHEN regexp_matches(d.uri, '^https?://') THEN d.uri END) AS url"""
"""The columns of a telling, of the tables that `SOURCES` joins."""

SOURCES = f"""JOIN documents d ON d.id = s.document JOIN named n ON n.id = d.id
JOIN sentences g ON g.id = s.sentence JOIN ({body("articles")}) a ON a.id = s.article
LEFT JOIN chained c ON c."row" = s.id
LEFT JOIN mentions t ON t.id = s."time" LEFT JOIN mentions m ON m.id = s.place"""

_QUERY = f"""
{COMMON},
doers AS ({_SIDE.format(side="actors")}),
done_to AS ({_SIDE.format(side="recipients")}),
origin_count AS (
  SELECT a.event, count(DISTINCT a.id) AS accounts, count(DISTINCT o.origin) AS origins
  FROM accounts a LEFT JOIN origins o ON o.account = a.id GROUP BY a.event),
held AS (SELECT id AS event, unnest(statements) AS statement FROM events)
SELECT e.id AS event, e.label, e.act AS event_act, e."when".earliest AS event_earliest,
  e."when".latest AS event_latest, e."when".precision AS event_precision,
  e."when".basis AS event_basis, e."when".words AS event_words, e.because,
  coalesce(q.accounts, 0) AS accounts, coalesce(q.origins, 0) AS origins,
  coalesce(x.actors, []) AS actors, coalesce(y.actors, []) AS recipients, c.voices,
  a.id AS article, p.id AS place, coalesce(p.id, s.place) AS place_key,
  coalesce(p.name, m.text) AS place_name, p.latitude, p.longitude, p.country, p.kind AS place_kind,
  {PROVENANCE}
FROM held h JOIN events e ON e.id = h.event JOIN statements s ON s.id = h.statement
{SOURCES.replace('chained c ON c."row"', 'chains c ON c."row"')}
LEFT JOIN origin_count q ON q.event = e.id
LEFT JOIN doers x ON x.id = s.id LEFT JOIN done_to y ON y.id = s.id
LEFT JOIN located l ON l.mention = s.place LEFT JOIN places p ON p.id = l.target"""

_ORDER = 'document, s.start, s."end", s.id'


@dataclass(frozen=True, slots=True)
class Happening:
    """An event (at one place, where asked by place) and the rows of what is told of it.

    `rows` have the keys of `_QUERY`; the event's own are the same in each."""

    rows: tuple[Mapping[str, Any], ...]

    @property
    def event(self) -> Mapping[str, Any]:
        return self.rows[0]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [telling(row) for row in self.rows]

    @property
    def marks(self) -> list[str]:
        """How it is told, each way once: "affirmed, happened", "denied, happened"."""
        return sorted({f"{row['polarity']}, {row['modality']}" for row in self.rows})

    def ids(self, side: Literal["actors", "recipients"]) -> list[str]:
        """The actors of a side by all that is told, each once."""
        return sorted({actor for row in self.rows for actor in row[side]})


def happenings(store: Store, *, where: str = "true") -> Iterator[Happening]:
    """The events for which `where` holds (of `e`), by id, one in memory at a time."""
    query = f"{_QUERY} WHERE {where} ORDER BY e.id, {_ORDER}"
    return _grouped(store.records(query), ("event",))


def located(store: Store) -> Iterator[Happening]:
    """What is told to have happened at a place, by place and event."""
    query = f"{_QUERY} WHERE s.place IS NOT NULL ORDER BY place_key, e.id, {_ORDER}"
    return _grouped(store.records(query), ("place_key", "event"))


def telling(row: Mapping[str, Any]) -> dict[str, Any]:
    """The source of one statement, as every export gives it."""
    return {key: row[key] for key in KEYS}


def _grouped(rows: Iterator[dict[str, Any]], keys: tuple[str, ...]) -> Iterator[Happening]:
    for _, found in groupby(rows, key=lambda row: tuple(row[key] for key in keys)):
        yield Happening(tuple(found))
