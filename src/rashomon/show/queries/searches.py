"""Search: in the text, in the names of actors, and in statements.

Text is looked through document by document; sentences and statements then only in the first
`MOST_DOCUMENTS` documents that hold the words, the earliest published first.
"""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, page

MOST_DOCUMENTS = 300
_HOLDING = """
SELECT list(d.id ORDER BY a.rank, d.id)[:?], count(*)
FROM documents d JOIN (SELECT document, min(rank) AS rank FROM shelf_articles GROUP BY document) a
  ON a.document = d.id
WHERE contains(lower(d.text), lower(?))"""
_TEXT = """
SELECT n.id, n.article, a.title, a.outlet, a.earliest, a.latest, a.name, n.start, n."end",
  substring(d.text, n.start::INT + 1, (n."end" - n.start)::INT) AS words
FROM sentences n JOIN documents d ON d.id = n.document JOIN shelf_articles a ON a.id = n.article
WHERE n.document IN (SELECT unnest(?::VARCHAR[])) AND contains(lower(words), lower(?))
ORDER BY a.rank, n.start, n.id"""
_STATEMENTS = """
SELECT s.id, s.article, a.title, a.outlet, a.name, s.start, s."end", s.polarity, s.modality, s.act,
  substring(d.text, s.start::INT + 1, (s."end" - s.start)::INT) AS words,
  coalesce(c.labels, []) AS chain
FROM statements s JOIN documents d ON d.id = s.document JOIN shelf_articles a ON a.id = s.article
LEFT JOIN chains c ON c."row" = s.id
WHERE s.document IN (SELECT unnest(?::VARCHAR[])) AND contains(lower(words), lower(?))
ORDER BY a.rank, s.start, s.id"""
_ACTORS = """
SELECT id, label, kind, names, mentions FROM shelf_actors
WHERE ?::VARCHAR[] IS NOT NULL AND contains(who, lower(?)) ORDER BY rank"""
SQL = {"text": _TEXT, "actors": _ACTORS, "statements": _STATEMENTS}


@dataclass(frozen=True, slots=True)
class Found:
    """What holds the words that were looked for, regardless of case, a page of each kind that was
    asked for. `holding` documents hold them; sentences and statements are of the first `looked`."""

    pages: dict[str, Page]
    holding: int
    looked: int


def search(store: Store, words: str, *, kind: str = "", start: int = 0, size: int = 10) -> Found:
    """The first of each kind, or a page of one. Keys of text: id, article, title, outlet, earliest,
    latest, name, start, end, words; of actors: id, label, kind, names, mentions; of statements: id,
    article, title, outlet, name, start, end, polarity, modality, act, words, chain."""
    documents, holding = store.query(_HOLDING, MOST_DOCUMENTS, words)[0]
    documents = documents or []
    pages = {
        name: page(store, SQL[name], [documents, words], start=start, size=size)
        for name in SQL
        if kind in ("", name)
    }
    return Found(pages, holding, len(documents))
