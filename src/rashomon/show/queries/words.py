"""Statements, quotes and passages as the words they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rashomon.base.store import Store


@dataclass(frozen=True, slots=True)
class Passage:
    """`words` are exactly `text[start:end]` of the document called `document`; `before` and `after`
    are the rest of their sentence. `id` is the row they belong to, `sentence` the start of the
    sentence, `chain` the voices through which it reached us, outermost first."""

    id: str
    article: str
    document: str
    start: int
    end: int
    before: str
    words: str
    after: str
    chain: tuple[str, ...]
    polarity: str = ""
    modality: str = ""
    act: str = ""

    @property
    def where(self) -> str:
        return f"{self.document}:{self.start}-{self.end}"


_OF_STATEMENTS = """
SELECT s.id, s.article, d.name, s.start, s."end",
  substring(d.text, least(n.start, s.start)::INT + 1, (s.start - least(n.start, s.start))::INT),
  substring(d.text, s.start::INT + 1, (s."end" - s.start)::INT),
  substring(d.text, s."end"::INT + 1, greatest(n."end" - s."end", 0)::INT),
  coalesce(c.labels, []), s.polarity, s.modality, coalesce(s.act, '')
FROM (SELECT DISTINCT unnest(?::VARCHAR[]) AS id) x JOIN statements s ON s.id = x.id
JOIN documents d ON d.id = s.document JOIN sentences n ON n.id = s.sentence
LEFT JOIN chains c ON c."row" = s.id ORDER BY d.name, s.start, s.id"""

_OF_QUOTES = """
SELECT q.id, q.article, d.name, q.content[1].start, q.content[-1]."end",
  substring(d.text, least(n.start, q.content[1].start)::INT + 1,
    (q.content[1].start - least(n.start, q.content[1].start))::INT),
  substring(d.text, q.content[1].start::INT + 1, (q.content[-1]."end" - q.content[1].start)::INT),
  substring(d.text, q.content[-1]."end"::INT + 1, greatest(n."end" - q.content[-1]."end", 0)::INT),
  coalesce(c.labels, []), '', q.manner, ''
FROM (SELECT DISTINCT unnest(?::VARCHAR[]) AS id) x JOIN quotes q ON q.id = x.id
JOIN documents d ON d.id = q.document JOIN sentences n ON n.id = q.sentence
LEFT JOIN chains c ON c."row" = q.id WHERE len(q.content) > 0
ORDER BY d.name, q.content[1].start, q.id"""


def of_statements(store: Store, ids: Iterable[str]) -> dict[str, Passage]:
    """The words of statements by id, in the order in which they stand."""
    return _passages(store, _OF_STATEMENTS, ids)


def of_quotes(store: Store, ids: Iterable[str]) -> dict[str, Passage]:
    """The contents of quotes by id, in the order in which they stand; `modality` is the manner."""
    return _passages(store, _OF_QUOTES, ids)


def _passages(store: Store, sql: str, ids: Iterable[str]) -> dict[str, Passage]:
    wanted = list(ids)
    if not wanted:
        return {}
    return {row[0]: _passage(row) for row in store.query(sql, wanted)}


def _passage(row: tuple[Any, ...]) -> Passage:
    id_, article, document, start, end, before, said, after, chain, polarity, modality, act = row
    return Passage(
        id_,
        article,
        document,
        start,
        end,
        before,
        said,
        after,
        tuple(chain),
        polarity,
        modality,
        act,
    )
