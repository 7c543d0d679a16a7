"""Articles: the list, and one article as it was read, with all that was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.base.errors import QueryError
from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, Row, one, page

MOST_CHARACTERS = 400_000
_LIST = """
SELECT id, document, name, title, byline, outlet, named, earliest, latest, basis, characters,
  statements, quotes FROM shelf_articles"""


@dataclass(frozen=True, slots=True)
class Echoed:
    """A passage of the article that stands again elsewhere. `here` and `there` are the words as
    they stand on either side."""

    id: str
    start: int
    end: int
    here: str
    there: str
    article: str
    outlet: str
    title: str | None
    there_start: int
    kind: str
    alike: float
    first: str
    basis: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read: `text` is the document's from `start` to `end` (cut where it is
    too long), and rows of its zones, sentences, mentions, quotes and statements, whose offsets
    count from the document's beginning."""

    article: Row
    start: int
    end: int
    text: str
    zones: Sequence[Row]
    sentences: Sequence[Row]
    mentions: Sequence[Row]
    quotes: Sequence[Row]
    statements: Sequence[Row]
    echoes: Sequence[Echoed]


def articles(store: Store, *, outlet: str = "", start: int = 0, size: int = 50) -> Page:
    """Keys: id, document, name, title, byline, outlet, named, earliest, latest, basis, characters,
    statements, quotes; in the order of publication."""
    sql = f"{_LIST} WHERE ? IN ('', outlet) ORDER BY rank"
    return page(store, sql, [outlet], start=start, size=size)


def article(store: Store, id_: str) -> Reading:
    """One article and all rows that stand in it."""
    found = one(store, f"{_LIST} WHERE id = ?", id_)
    span = store.query('SELECT start, "end" FROM articles WHERE id = ?', id_)
    if found is None or not span:
        raise QueryError(f"there is no article {id_} in this case")
    start, end = span[0][0], min(span[0][1], span[0][0] + MOST_CHARACTERS)
    text = store.query(
        "SELECT substring(text, ?::INT, ?::INT) FROM documents WHERE id = ?",
        start + 1,
        end - start,
        found["document"],
    )[0][0]
    inside = [list(store.records(sql, id_)) for sql in _INSIDE]
    zones, sentences, mentions, quotes, statements = inside
    return Reading(
        found, start, end, text, zones, sentences, mentions, quotes, statements, _echoes(store, id_)
    )


_INSIDE = (
    'SELECT id, start, "end", kind, label FROM zones WHERE article = ? ORDER BY start, id',
    'SELECT id, start, "end", paragraph, zone FROM sentences WHERE article = ? ORDER BY start, id',
    """SELECT m.id, m.start, m."end", m.kind, m.form, l.target, coalesce(a.label, p.name) AS means,
  m."when".earliest AS earliest, m."when".latest AS latest, l.because
FROM mentions m LEFT JOIN links l ON l.mention = m.id LEFT JOIN shelf_actors a ON a.id = l.target
LEFT JOIN places p ON p.id = l.target WHERE m.article = ? ORDER BY m.start, m.id""",
    """SELECT q.id, q.source, q.cue, q.content, q.manner, q.source_kind, q.stance, q.within,
  q.speaker_label, q.because, coalesce(c.labels, []) AS chain, l.target AS speaker
FROM quotes q LEFT JOIN chains c ON c."row" = q.id LEFT JOIN links l ON l.mention = q.speaker
WHERE q.article = ? ORDER BY q.content[1].start, q.id""",
    """SELECT s.id, s.start, s."end", s.predicate, s.lemma, s.act, s.mode, s.polarity, s.modality,
  s.quote, s.because, coalesce(c.labels, []) AS chain, e.id AS event, e.label AS event_label
FROM statements s LEFT JOIN chains c ON c."row" = s.id
LEFT JOIN (SELECT id, label, unnest(statements) AS statement FROM events) e ON e.statement = s.id
WHERE s.article = ? ORDER BY s.start, s.id""",
)

_ECHOES = """
SELECT x.id, x.here.start, x.here."end",
  substring(h.text, x.here.start::INT + 1, (x.here."end" - x.here.start)::INT),
  substring(t.text, x.there.start::INT + 1, (x.there."end" - x.there.start)::INT),
  x.there.article, a.outlet, a.title, x.there.start, x.kind, x.alike,
  CASE WHEN x.first = 'unknown' THEN 'unknown' WHEN x.first = x.side THEN 'here' ELSE 'there' END,
  x.basis
FROM (SELECT id, "left" AS here, "right" AS there, 'left' AS side, kind, alike, first, basis
    FROM echoes WHERE "left".article = $1
  UNION ALL SELECT id, "right", "left", 'right', kind, alike, first, basis
    FROM echoes WHERE "right".article = $1) x
JOIN documents h ON h.id = x.here.document JOIN documents t ON t.id = x.there.document
JOIN shelf_articles a ON a.id = x.there.article
ORDER BY x.here.start, a.rank, x.id LIMIT 200"""


def _echoes(store: Store, id_: str) -> list[Echoed]:
    return [Echoed(*row) for row in store.query(_ECHOES, id_)]
