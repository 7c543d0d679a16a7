"""The coded statements of a case: each with its entities' codes, its sentence and all around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rashomon.base.rows import Actor
from rashomon.base.store import Store
from rashomon.show.exports import tables
from rashomon.show.exports.entities import Codebook, Coding

_SIDE = """
  SELECT s.id, list({{'start': p.start, 'end': p.end, 'text': p.text, 'actor': l.target,
      'kind': m.kind, 'name': CASE WHEN m.form = 'name' THEN m.text END,
      'lies_in': c.country}}
    ORDER BY p.start, p.end) AS parts
  FROM (SELECT id, unnest({side}) AS p FROM statements WHERE act IS NOT NULL) s
  LEFT JOIN meant l ON l.mention = p.mention LEFT JOIN mentions m ON m.id = p.mention
  LEFT JOIN located g ON g.mention = p.mention LEFT JOIN places c ON c.id = g.target
  GROUP BY s.id"""

_QUERY = f"""
{tables.COMMON},
coded AS (SELECT * FROM statements WHERE act IS NOT NULL),
doers AS ({_SIDE.format(side="actors")}),
done_to AS ({_SIDE.format(side="recipients")}),
counts AS (
  SELECT n.id, list({{'what': n.what, 'low': m.amount.low, 'high': m.amount.high,
      'unit': m.amount.unit, 'counted': m.amount.counted, 'text': m.text, 'start': m.start,
      'end': m."end"}} ORDER BY m.start, m.id, n.what) AS numbers
  FROM (SELECT id, unnest(numbers, recursive := true) FROM coded) n
  JOIN mentions m ON m.id = n.mention GROUP BY n.id),
happened AS (
  SELECT statement, min(event) AS event
  FROM (SELECT id AS event, unnest(statements) AS statement FROM events) GROUP BY statement),
told AS (
  SELECT a.event, count(DISTINCT o.origin) AS origins
  FROM accounts a LEFT JOIN origins o ON o.account = a.id GROUP BY a.event),
numbered AS (
  SELECT id, row_number() OVER (PARTITION BY article ORDER BY start, id) AS sequence
  FROM sentences)
SELECT s.id, n.name AS document, d.uri, d.given.url AS url, s.start, s."end",
  s.predicate.start AS predicate_start, s.predicate."end" AS predicate_end,
  substring(d.text, s.predicate.start::INT + 1, (s.predicate."end" - s.predicate.start)::INT)
    AS predicate,
  e.start AS sentence_start, e."end" AS sentence_end, q.sequence,
  substring(d.text, e.start::INT + 1, (e."end" - e.start)::INT) AS sentence,
  s.act, s.mode, s.polarity, s.modality, s.because, coalesce(c.labels, []) AS "chain",
  coalesce(x.parts, []) AS actors, coalesce(y.parts, []) AS recipients,
  coalesce(k.numbers, []) AS numbers,
  t."when".earliest AS earliest, t."when".latest AS latest, t."when".precision AS precision,
  t."when".basis AS basis, t.text AS time_words,
  t.timex_value,
  m.text AS place_words, p.id AS place, p.name AS place_name, p.latitude, p.longitude,
  p.country AS place_iso, p.kind AS place_kind,
  h.event, coalesce(o.origins, 0) AS origins,
  v."when".earliest AS event_earliest, v."when".latest AS event_latest,
  a.title, a.outlet, a.published, a.language
FROM coded s JOIN documents d ON d.id = s.document JOIN named n ON n.id = d.id
JOIN sentences e ON e.id = s.sentence JOIN numbered q ON q.id = e.id
JOIN ({tables.body("articles")}) a ON a.id = s.article
LEFT JOIN chained c ON c."row" = s.id LEFT JOIN counts k ON k.id = s.id
LEFT JOIN doers x ON x.id = s.id LEFT JOIN done_to y ON y.id = s.id
LEFT JOIN mentions t ON t.id = s."time" LEFT JOIN mentions m ON m.id = s.place
LEFT JOIN located l ON l.mention = s.place LEFT JOIN places p ON p.id = l.target
LEFT JOIN happened h ON h.statement = s.id LEFT JOIN told o ON o.event = h.event
LEFT JOIN events v ON v.id = h.event
ORDER BY s.id"""


@dataclass(frozen=True, slots=True)
class Entity:
    """Who takes part: the words and their offsets, the actor they mean, and its codes.

    `office` is the role that stands in the words, else the actor's only one."""

    text: str
    start: int
    end: int
    actor: str | None
    label: str | None
    kind: str | None
    office: str | None
    coding: Coding


@dataclass(frozen=True, slots=True)
class Coded:
    """A statement that has an act, with what the case knows around it (`row`: see `_QUERY`)."""

    row: Mapping[str, Any]
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]

    @property
    def days(self) -> tuple[str | None, str | None]:
        """First and last day where the words tell it to the day, else nothing.

        A month or a year is no date: its bounds stand beside, in `earliest` and `latest`."""
        first, last = self.row["earliest"], self.row["latest"]
        if self.row["precision"] not in ("day", "minute") or not first or not last:
            return None, None
        return first[:10], last[:10] if last[:10] != first[:10] else None

    def count(self, *kinds: str) -> int | None:
        """The exact number of those who were `kinds` (killed, wounded ...); None: none, several,
        or bounds only."""
        found = [n for n in self.row["numbers"] if n["what"] in kinds]
        exact = {n["low"] for n in found if n["low"] == n["high"]}
        return int(found[0]["low"]) if len(exact) == 1 and len(found) == 1 else None

    @property
    def url(self) -> str | None:
        """Where the document is on the web, where that is known."""
        uri = str(self.row["uri"])
        return self.row["url"] or (uri if uri.startswith(("http://", "https://")) else None)


def coded(store: Store) -> Iterator[Coded]:
    """The statements of a case that have an act, by id, a bounded number in memory."""
    actors = {actor.id: actor for actor in store.rows(Actor)}
    outlets = [name for (name,) in store.query(_OUTLETS)]
    book = Codebook(actors.values(), outlets)
    for row in store.records(_QUERY):
        sides = [
            tuple(_entity(part, actors, book) for part in row[side])
            for side in ("actors", "recipients")
        ]
        yield Coded(row, *sides)


_OUTLETS = "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"


def _entity(part: Mapping[str, Any], actors: Mapping[str, Actor], book: Codebook) -> Entity:
    actor = actors.get(part["actor"] or "")
    coding = book.code(
        part["text"], actor, part["kind"] or "", part["name"] or "", lies_in=part["lies_in"]
    )
    return Entity(
        part["text"],
        part["start"],
        part["end"],
        part["actor"],
        actor.label if actor else None,
        actor.kind if actor else part["kind"],
        _office(part["text"], actor),
        coding,
    )


def _office(text: str, actor: Actor | None) -> str | None:
    if actor is None:
        return None
    roles = list(dict.fromkeys(role.text for role in actor.roles))
    inside = [role for role in roles if role.lower() in text.lower()]
    if inside:
        return max(inside, key=len)
    return roles[0] if len(roles) == 1 else None
