"""Search: in the text, in the names of actors, and in statements."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, page

_FOUND_IN_TEXT = """
SELECT n.id, n.article, a.title, a.outlet, a.earliest, a.latest, a.name, n.start, n."end",
  substring(d.text, n.start::INT + 1, (n."end" - n.start)::INT) AS words
FROM (SELECT id, text FROM documents WHERE contains(lower(text), lower($1))) d
JOIN sentences n ON n.document = d.id JOIN shelf_articles a ON a.id = n.article
WHERE contains(lower(substring(d.text, n.start::INT + 1, (n."end" - n.start)::INT)), lower($1))
ORDER BY a.rank, n.start, n.id"""
_STATEMENTS = """
SELECT s.id, s.article, a.title, a.outlet, a.name, s.start, s."end", s.polarity, s.modality, s.act,
  substring(d.text, s.start::INT + 1, (s."end" - s.start)::INT) AS words,
  coalesce(c.labels, []) AS chain
FROM (SELECT id, text FROM documents WHERE contains(lower(text), lower($1))) d
JOIN statements s ON s.document = d.id JOIN shelf_articles a ON a.id = s.article
LEFT JOIN chains c ON c."row" = s.id
WHERE contains(lower(substring(d.text, s.start::INT + 1, (s."end" - s.start)::INT)), lower($1))
ORDER BY a.rank, s.start, s.id"""
_ACTORS = """
SELECT id, label, kind, names, mentions FROM shelf_actors WHERE contains(who, lower($1))
ORDER BY rank"""
SQL = {"text": _FOUND_IN_TEXT, "actors": _ACTORS, "statements": _STATEMENTS}


@dataclass(frozen=True, slots=True)
class Found:
    """What holds the words that were looked for, regardless of case, a page of each."""

    text: Page
    actors: Page
    statements: Page


def search(store: Store, words: str, *, size: int = 10) -> Found:
    """The first of each. Keys of text: id, article, title, outlet, earliest, latest, name, start,
    end, words; of actors: id, label, kind, names, mentions; of statements: id, article, title,
    outlet, name, start, end, polarity, modality, act, words, chain."""
    return Found(*(within(store, words, kind, size=size) for kind in SQL))


def within(store: Store, words: str, kind: str, *, start: int = 0, size: int = 50) -> Page:
    """A page of what one kind ("text", "actors", "statements") holds of the words."""
    return page(store, SQL[kind], [words], start=start, size=size)
