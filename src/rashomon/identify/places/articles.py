"""The place names of each article, with what stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rashomon.base.lexicon import words
from rashomon.base.rows import Article, Document
from rashomon.base.store import Store
from rashomon.identify.places.around import holders, said_kind, written_out
from rashomon.identify.places.candidates import states

_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[ -]([^\W\d_]+)")
_MENTIONS = """
    WITH held AS (
        SELECT l.mention, bool_or(a.kind = 'state') AS state
        FROM links l JOIN actors a ON l.target = a.id GROUP BY l.mention
    )
    SELECT m.id, m.document, m.article, m.sentence, m.start, m."end", m.kind, m.text,
        coalesce(held.state, false)
    FROM mentions m LEFT JOIN held ON held.mention = m.id
    WHERE m.form = 'name' AND m.kind NOT IN ('time', 'number')
      AND (held.mention IS NULL OR held.state)
    ORDER BY m.document, m.start, m.id
"""


class Said(NamedTuple):
    """A mention by name that is no actor's but a state's (`held`)."""

    mention: str
    document: str
    article: str
    sentence: str
    start: int
    end: int
    kind: str
    text: str
    held: bool


@dataclass(slots=True)
class Named:
    """One name in one article: its mentions and sentences, the spellings of what may hold it, and
    how often a word beside it says its kind. `described`: with an article ("the delta")."""

    name: str
    described: bool = False
    mentions: list[str] = field(default_factory=list)
    sentences: set[str] = field(default_factory=set)
    holders: dict[str, None] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Told:
    """The place names of one article and how often it, and each of its sentences, names each
    country. `unlisted` are all its places by name, with the words of each mention."""

    outlet: str = ""
    names: dict[tuple[str, bool], Named] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    by_sentence: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unlisted: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def read(store: Store) -> list[Told]:
    """The articles of the case that name places, in the order of their documents."""
    by_document: dict[str, list[Said]] = defaultdict(list)
    for said in _places(store):
        by_document[said.document].append(said)
    outlets = {article.id: article.outlet or "" for article in store.rows(Article)}
    found: dict[str, Told] = {}
    for document in store.rows(Document):
        for said in by_document.get(document.id, ()):
            told = found.setdefault(said.article, Told(outlets.get(said.article, "")))
            _sort_in(told, said, document.text)
    return list(found.values())


def _places(store: Store) -> Iterator[Said]:
    """What is a place is decided by the whole case: a name that some mention takes for a place and
    that is no actor's is a place in all its mentions."""
    listed = [Said(*row) for row in store.query(_MENTIONS)]
    placed = {written_out(said.text) for said in listed if said.kind == "place"}
    for said in listed:
        if said.kind in ("place", "state"):
            yield said
        elif not said.held and written_out(said.text) in placed:
            yield said._replace(kind="place")


def _sort_in(told: Told, said: Said, text: str) -> None:
    """Note a state's name or a place's; "the delta" and "the Delta" are no city of that name."""
    name = written_out(said.text)
    country = states("names").get(name)
    government = states("capitals").get(name) if said.kind == "state" else None
    if named := country or states("adjectives", "people").get(name) or government:
        told.countries[named] += 1
        told.by_sentence[said.sentence].add(named)
    if said.kind == "place" and not said.held:
        told.unlisted[name].append((said.mention, said.text))
    if country or said.kind == "place":
        described = not country and _is_described(text, said)
        named_so = told.names.setdefault((name, described), Named(name, described))
        named_so.mentions.append(said.mention)
        named_so.sentences.add(said.sentence)
        named_so.holders.update(dict.fromkeys(holders(text, said.start, said.end)))
        named_so.kinds[said_kind(text, said.start, said.end)] += 1


def _is_described(text: str, said: Said) -> bool:
    """With an article of its own: "in the delta", but not "the Cincinnati police"."""
    if not _ARTICLE.search(text[max(0, said.start - 5) : said.start]):
        return False
    after = _WORD_AFTER.match(text, said.end)
    return not after or after.group(1).lower() in words("function_words")
