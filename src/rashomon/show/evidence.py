"""evidence: the words behind any row, in their context.

Every row is followed, through the rows that it is made of, to spans of documents. `WORDS` holds
one named SQL text a table: for an id, the documents and spans, what each span is (`part`), and an
order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rashomon.base.errors import QueryError
from rashomon.base.rows import TABLE_OF_PREFIX
from rashomon.base.store import Store
from rashomon.show import exports

_OF_STATEMENTS = """
  SELECT s.document, s.start, s."end", {part} AS part, {rank} AS rank
  FROM ({ids}) x JOIN statements s ON s.id = x.statement"""

_SPANS = """SELECT document, start, "end", '{part}' AS part, 0 AS rank FROM {table} WHERE id = $1"""

WORDS: dict[str, str] = {
    "documents": """SELECT id AS document, 0 AS start, least(characters, 400) AS "end",
  'document' AS part, 0 AS rank FROM documents WHERE id = $1""",
    "retrievals": """SELECT d.id AS document, 0 AS start, least(d.characters, 400) AS "end",
  'document' AS part, 0 AS rank FROM retrievals r JOIN documents d ON d.id = r.document
  WHERE r.id = $1""",
    "articles": _SPANS.format(part="article", table="articles"),
    "zones": _SPANS.format(part="zone", table="zones"),
    "sentences": _SPANS.format(part="sentence", table="sentences"),
    "mentions": _SPANS.format(part="mention", table="mentions"),
    "quotes": """
  SELECT document, source.start AS start, source."end" AS "end", 'source' AS part, 0 AS rank
    FROM quotes WHERE id = $1 AND source IS NOT NULL
  UNION ALL SELECT document, cue.start, cue."end", 'cue', 1 FROM quotes
    WHERE id = $1 AND cue IS NOT NULL
  UNION ALL SELECT document, c.start, c."end", 'content', 2
    FROM (SELECT document, unnest(content) AS c FROM quotes WHERE id = $1)""",
    "statements": """
  SELECT document, predicate.start AS start, predicate."end" AS "end", 'predicate' AS part,
    0 AS rank FROM statements WHERE id = $1
  UNION ALL SELECT document, a.start, a."end", 'actor', 1
    FROM (SELECT document, unnest(actors) AS a FROM statements WHERE id = $1)
  UNION ALL SELECT document, a.start, a."end", 'recipient', 2
    FROM (SELECT document, unnest(recipients) AS a FROM statements WHERE id = $1)
  UNION ALL SELECT m.document, m.start, m."end", m.kind, 3 FROM statements s
    JOIN mentions m ON m.id = s.place OR m.id = s."time"
      OR list_contains(list_transform(s.numbers, lambda n: n.mention), m.id)
    WHERE s.id = $1""",
    "actors": """SELECT m.document, m.start, m."end", l.because AS part, 0 AS rank
  FROM links l JOIN mentions m ON m.id = l.mention WHERE l.target = $1""",
    "places": """SELECT m.document, m.start, m."end", l.because AS part, 0 AS rank
  FROM links l JOIN mentions m ON m.id = l.mention WHERE l.target = $1""",
    "links": """SELECT m.document, m.start, m."end", l.because AS part, 0 AS rank
  FROM links l JOIN mentions m ON m.id = l.mention WHERE l.id = $1""",
    "perhaps": """
  SELECT left_words.document AS document, left_words.start AS start, left_words."end" AS "end",
    'left' AS part, 0 AS rank FROM perhaps WHERE id = $1
  UNION ALL SELECT right_words.document, right_words.start, right_words."end", 'right', 1
    FROM perhaps WHERE id = $1""",
    "echoes": """
  SELECT "left".document AS document, "left".start AS start, "left"."end" AS "end",
    'left' AS part, 0 AS rank FROM echoes WHERE id = $1
  UNION ALL SELECT "right".document, "right".start, "right"."end", 'right', 1
    FROM echoes WHERE id = $1""",
    "events": _OF_STATEMENTS.format(
        part="s.polarity || ', ' || s.modality",
        rank="0",
        ids="SELECT unnest(statements) AS statement FROM events WHERE id = $1",
    ),
    "accounts": _OF_STATEMENTS.format(
        part="x.part",
        rank="0",
        ids="""SELECT unnest(statements) AS statement, array_to_string("chain", ' ← ') AS part
      FROM accounts WHERE id = $1""",
    ),
    "origins": _OF_STATEMENTS.format(
        part="x.part",
        rank="0",
        ids="""SELECT unnest(a.statements) AS statement, o.because AS part
      FROM origins o JOIN accounts a ON a.id = o.account WHERE o.id = $1 OR o.origin = $1""",
    ),
    "disputes": _OF_STATEMENTS.format(
        part="x.part",
        rank="x.rank",
        ids="""SELECT unnest(v.statements) AS statement, v.value AS part, rank
      FROM (SELECT unnest(answers) AS v, generate_subscripts(answers, 1) AS rank
            FROM disputes WHERE id = $1)""",
    ),
    "chains": """
  SELECT document, start, "end", array_to_string(labels, ' ← ') AS part, 0 AS rank
    FROM chains c JOIN statements s ON s.id = c."row" WHERE c.id = $1
  UNION ALL SELECT document, q.content[1].start, q.content[-1]."end",
      array_to_string(labels, ' ← '), 0
    FROM chains c JOIN quotes q ON q.id = c."row" WHERE c.id = $1""",
    "skips": """
  SELECT d.id AS document, split_part(span, '-', 1)::BIGINT AS start,
    split_part(span, '-', 2)::BIGINT AS "end", stage AS part, 0 AS rank
  FROM (SELECT *, regexp_extract(about, '^[0-9]+-[0-9]+') AS span FROM skips WHERE id = $1) k
  JOIN documents d ON d.name = k.document AND k.span != ''""",
    "judgements": """SELECT a.document, a.start, a."end", verb AS part, 0 AS rank
  FROM (SELECT verb, unnest(anchors) AS a FROM judgements WHERE id = $1)
  UNION SELECT m.document, m.start, m."end", j.verb AS part, 0 AS rank
  FROM judgements j JOIN links l ON list_contains(j.targets, l.target)
  JOIN mentions m ON m.id = l.mention WHERE j.id = $1 AND len(j.anchors) = 0""",
}


@dataclass(frozen=True, slots=True)
class Words:
    """One span behind a row: `words` are exactly `text[start:end]` of the named document;
    `before` and `after` are what stands around them, up to the edges of their sentence."""

    document: str
    start: int
    end: int
    part: str
    before: str
    words: str
    after: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row (in interchange form) and the words behind it."""

    table: str
    row: dict[str, Any]
    words: tuple[Words, ...]


def evidence(store: Store, row: str, *, limit: int = 200) -> Evidence:
    """The words behind the row with this id, at most `limit` spans of them."""
    table = TABLE_OF_PREFIX.get(row.partition("-")[0])
    if table is None:
        raise QueryError(
            f"{row!r} is no id of a row: ids look like dis-0123456789abcdef"
            " and stand in the first column of `rashomon show`"
        )
    found = _row(store, table, row)
    return Evidence(table, found, tuple(_words(store, table, row, limit)))


def _row(store: Store, table: str, row: str) -> dict[str, Any]:
    if table == "documents":
        named = "SELECT id, name, uri, sha256, media_type, characters FROM documents WHERE id = ?"
        found = next(store.records(named, row), None)
    else:
        found = next(store.records(exports.query(table, "(SELECT ?)"), row), None)
    if found is None and table == "origins":
        found = _origin(store, row)
    if found is None:
        raise QueryError(f"there is no row {row} in {table}")
    return found


def _origin(store: Store, origin: str) -> dict[str, Any] | None:
    """What is told of an origin that accounts share, which is no row of its own."""
    sql = """
SELECT origin, any_value(label ORDER BY id) AS label, list(account ORDER BY id) AS accounts
FROM origins WHERE origin = ? GROUP BY origin"""
    return next(store.records(sql, origin), None)


def _words(store: Store, table: str, row: str, limit: int) -> list[Words]:
    if table not in WORDS:
        return []
    found = store.query(
        f"""
WITH spans AS (SELECT DISTINCT * FROM ({WORDS[table]}))
SELECT d.name, p.start, p."end", p.part,
  substring(d.text, coalesce(b.opens, p.start)::INT + 1,
    (p.start - coalesce(b.opens, p.start))::INT),
  substring(d.text, p.start::INT + 1, (p."end" - p.start)::INT),
  substring(d.text, p."end"::INT + 1, (greatest(coalesce(b.closes, 0), p."end") - p."end")::INT),
  coalesce(c.labels, [])
FROM spans p JOIN documents d ON d.id = p.document
LEFT JOIN (SELECT p.document, p.start, p."end", least(min(s.start), p.start) AS opens,
             max(s."end") AS closes
           FROM spans p JOIN sentences s ON s.document = p.document
             AND s.start < p."end" AND s."end" > p.start
           GROUP BY p.document, p.start, p."end") b
  ON b.document = p.document AND b.start = p.start AND b."end" = p."end"
LEFT JOIN (SELECT s.document, s.start, s."end", any_value(c.labels) AS labels
           FROM statements s JOIN chains c ON c."row" = s.id GROUP BY ALL) c
  ON c.document = p.document AND c.start = p.start AND c."end" = p."end"
ORDER BY p.rank, d.name, p.start, p."end", p.part LIMIT {int(limit)}""",
        row,
    )
    return [
        Words(name, start, end, part, before, words, after, tuple(chain))
        for name, start, end, part, before, words, after, chain in found
    ]
