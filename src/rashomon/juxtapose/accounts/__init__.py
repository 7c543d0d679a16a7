"""Accounts: one voice's telling of one event, with the voices through which it reached us.

A chain is read from the outside in: the outlet of the article (or who wrote it, or the document,
where no outlet is known), the outlet of the excerpt or block quote that the words stand in, then
the speaker of each quote that holds them, and before a speaker the outlet that the words were said
to or carried by. The author, or a "we" that nobody else says, is no new voice; a voice that follows
itself is one. A speaker whom the case knows bears the actor's label (a state that of its
government), any other the words of the source. A figure that is told by a cue itself ("the ministry
put the losses at nine") is told by its source.

Whoever heard the words is a voice only as an outlet: one of the case's articles is its, its name
says so ("The Torva Post"), a word before it does ("the newspaper Quill"), or it is the initials or
the only shortened form of such a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rashomon.base.lexicon import table
from rashomon.base.outlets import initials, is_press, outlet_key
from rashomon.base.rows import Account, Chain, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.accounts.meant import meant

_FIRST_PERSON = frozenset(("i", "we", "us", "me"))
_LEAST_STEM = 5
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|for|of the|for the|and) )?[A-Z][\w’'-]*)+")


@dataclass(frozen=True, slots=True)
class _Voice:
    """A voice's label and, where it is known, its actor id, else ""."""

    label: str
    actor: str = ""

    def is_same(self, other: _Voice) -> bool:
        if self.actor and other.actor:
            return self.actor == other.actor
        return outlet_key(self.label) == outlet_key(other.label)


_Voices = tuple[_Voice, ...]


@dataclass(frozen=True, slots=True)
class _Attribution:
    """A quote as far as its voices go; `voice` is None where whoever holds the quote speaks on,
    `via` where no outlet stands in between."""

    article: str
    start: int
    within: str | None
    voice: _Voice | None
    via: _Voice | None


def tell(store: Store) -> Iterator[Account]:
    """The accounts of every event: its statements by article and chain of voices."""
    for event, document, article, labels, voices, statements in store.query(_TOLD):
        yield Account(
            id=row_id(Account, event, article, *labels),
            event=event,
            document=document,
            article=article,
            statements=tuple(statements),
            chain=tuple(labels),
            voices=tuple(voices),
        )


def voice(store: Store) -> Iterator[Chain]:
    """The chain of every quote (its own speaker last) and of every statement."""
    outermost = _outermost(store)
    quotes = _quotes(store)
    chains: dict[str, _Voices] = {}
    for quote in quotes:
        chains[quote] = _quote_chain(quote, quotes, outermost, chains)
        yield _row(quote, chains[quote])
    figures = dict(store.query(_FIGURES))
    for statement, article, start, quote in store.query(_STATEMENTS):
        told = chains.get(figures.get(statement, quote))
        yield _row(statement, told or outermost.at(article, start))


_TOLD = """
SELECT e.id, s.document, s.article, c.labels, max(c.voices), list(s.id ORDER BY s.start, s.id)
FROM (SELECT id, unnest(statements) AS statement FROM events) e
  JOIN statements s ON s.id = e.statement JOIN chains c ON c."row" = s.id
GROUP BY e.id, s.document, s.article, c.labels ORDER BY e.id, s.document, s.article, c.labels
"""
_STATEMENTS = "SELECT id, article, start, quote FROM statements ORDER BY id"
_FIGURES = """
SELECT s.id, min(q.id)
FROM (SELECT id, sentence, predicate, unnest(numbers, recursive := true) FROM statements) s
  JOIN mentions m ON m.id = s.mention
  JOIN (SELECT id, sentence, cue, unnest(content) AS part FROM quotes) q ON q.sentence = s.sentence
    AND q.cue.start <= s.predicate.start AND s.predicate."end" <= q.cue."end"
    AND q.part.start <= m.start AND m."end" <= q.part."end"
GROUP BY s.id ORDER BY s.id
"""
_QUOTES = """
WITH meant AS (
  SELECT l.mention, min(l.target) AS actor FROM links l JOIN actors a ON a.id = l.target
  GROUP BY l.mention
)
SELECT q.id, q.article, q.content[1].start, q.within, q.source_kind, q.speaker_label,
  coalesce(a.id, ''), coalesce(a.label, ''), coalesce(a.kind, ''), q.via,
  CASE WHEN m.kind IN ('organisation', 'armed_group') AND m.form = 'name'
      AND q.source."end" - q.source.start > m."end" - m.start
    THEN substring(d.text, q.source.start::INT + 1, (q.source."end" - q.source.start)::INT)
    ELSE '' END
FROM quotes q JOIN documents d ON d.id = q.document LEFT JOIN mentions m ON m.id = q.speaker
  LEFT JOIN meant direct ON direct.mention = m.id
  LEFT JOIN meant referred ON referred.mention = m.refers
  LEFT JOIN actors a ON a.id = coalesce(direct.actor, referred.actor)
ORDER BY q.id
"""
_HEARERS = """
SELECT m.id, m.text, m.kind, coalesce(a.id, ''), coalesce(a.label, ''), coalesce(a.names, []),
  lower(substring(d.text, greatest(m.start - 30, 0)::INT + 1, least(m.start, 30)::INT))
FROM (SELECT DISTINCT via FROM quotes WHERE via IS NOT NULL) q JOIN mentions m ON m.id = q.via
  JOIN documents d ON d.id = m.document
  LEFT JOIN (SELECT l.mention, min(l.target) AS actor FROM links l JOIN actors a ON a.id = l.target
    GROUP BY l.mention) meant ON meant.mention = m.id
  LEFT JOIN actors a ON a.id = meant.actor
ORDER BY m.id
"""
_ARTICLES = """
SELECT a.id, coalesce(nullif(a.outlet, ''), nullif(a.byline, ''), d.name)
FROM articles a JOIN documents d ON d.id = a.document ORDER BY a.id
"""
_OUTLETS = """
SELECT DISTINCT outlet FROM articles WHERE outlet <> ''
UNION SELECT label FROM zones WHERE kind IN ('excerpt', 'quoted_block') AND label <> ''
ORDER BY ALL
"""
_ORGANISATIONS = """
SELECT DISTINCT name FROM (SELECT unnest(names) AS name FROM actors WHERE kind = 'organisation')
ORDER BY name
"""
_EXCERPTS = """
SELECT article, start, "end", label FROM zones
WHERE kind IN ('excerpt', 'quoted_block') AND label <> '' AND article IS NOT NULL
ORDER BY article, start, "end" DESC, id
"""


@dataclass(frozen=True, slots=True)
class _Outermost:
    """What stands around every quote: each article's voice, and the sources of its excerpts."""

    articles: Mapping[str, _Voice]
    excerpts: Mapping[str, Sequence[tuple[int, int, _Voice]]]

    def at(self, article: str, offset: int) -> _Voices:
        held = (v for start, end, v in self.excerpts.get(article, ()) if start <= offset < end)
        return _without_repeats((self.articles[article], *held))


def _outermost(store: Store) -> _Outermost:
    named = _named(store)
    excerpts: dict[str, list[tuple[int, int, _Voice]]] = {}
    for article, start, end, label in store.query(_EXCERPTS):
        excerpts.setdefault(article, []).append((start, end, _outlet(label, named)))
    articles = {article: _outlet(name, named) for article, name in store.query(_ARTICLES)}
    return _Outermost(articles, excerpts)


def _outlet(label: str, named: Mapping[str, str]) -> _Voice:
    return _Voice(label, named.get(outlet_key(label), ""))


def _named(store: Store) -> dict[str, str]:
    """Actor ids by name; a name that several actors bear is none's."""
    found: dict[str, str] = {}
    for actor, names in store.query("SELECT id, names FROM actors ORDER BY id"):
        for key in {outlet_key(name) for name in names}:
            found[key] = actor if key not in found else ""
    return found


def _quotes(store: Store) -> dict[str, _Attribution]:
    rows = store.query(_HEARERS)
    outlets = _Outlets(store, [words for _, words, *_ in rows])
    hearers = _hearers(rows, outlets)
    found: dict[str, _Attribution] = {}
    for row in store.query(_QUOTES):
        quote, article, start, within, kind, label, actor, known, what, via, words = row
        speaker = outlets.named_in_full(words, label) or _speaker(
            kind, label, actor, _government(known) if what == "state" else known
        )
        if speaker is not None and not speaker.actor:
            speaker = outlets.described(label) or speaker
        found[quote] = _Attribution(article, start, within, speaker, hearers.get(via))
    for short, full in meant(store).items():
        own, known = found[short].voice, found[full].voice
        if own is not None and not own.actor and known is not None:
            found[short] = replace(found[short], voice=known)
    return found


def _hearers(rows: Sequence[tuple[Any, ...]], outlets: _Outlets) -> dict[str, _Voice]:
    """The voices of the hearers that are outlets, by their mention."""
    found: dict[str, _Voice] = {}
    for mention, words, kind, actor, label, names, before in rows:
        outlet = outlets.known([words, *names]) or outlets.short(words)
        said = before.split()[-1] if before.split() else ""
        if outlet is not None:
            found[mention] = outlet
        elif kind != "person" and (any(map(is_press, (words, *names))) or said in _media()):
            found[mention] = _Voice(label or words, actor)
    return found


@cache
def _media() -> frozenset[str]:
    """ "newspaper", "website": nouns that say that the name after them is an outlet's."""
    return frozenset(row["lemma"] for row in table("source_nouns") if row["kind"] == "medium")


class _Outlets:
    """The outlets that the case knows by name: those of its articles, and the names among its
    organisations and hearers that say by their own words that they are outlets."""

    def __init__(self, store: Store, heard: Sequence[str]) -> None:
        named = _named(store)
        names = [name for (name,) in store.query(_OUTLETS)]
        self._named = named
        self._own = {outlet_key(name): _outlet(name, named) for name in names}
        self._all = dict(self._own)
        for (name,) in store.query(_ORGANISATIONS):
            if is_press(name):
                self._all.setdefault(outlet_key(name), _outlet(name, named))
        for name in filter(is_press, heard):
            self._all.setdefault(outlet_key(name), _outlet(name, named))
        self._short = _unambiguous((initials(v.label), v) for v in self._all.values())
        self._stems = _unambiguous(
            (key.split()[0][:_LEAST_STEM], v) for key, v in self._all.items()
        )

    def known(self, names: Sequence[str]) -> _Voice | None:
        """The outlet of an article that bears one of these names."""
        return next((v for name in names if (v := self._own.get(outlet_key(name)))), None)

    def named_in_full(self, words: str, label: str) -> _Voice | None:
        """A body whose name goes on where the mention of it ends: "Sons of Torva", "Torva
        People’s Army"."""
        full = words.removeprefix("the ").removeprefix("The ")
        name = _NAME.fullmatch(full)
        if name is None or full == label or label not in full:
            return None
        return _Voice(full, self._named.get(outlet_key(full), ""))

    def short(self, words: str) -> _Voice | None:
        """The one outlet whose initials these are, or whose first word they shorten or bend."""
        key = outlet_key(words)
        if len(key) > 2 and words.isupper() and key in self._short:
            return self._short[key]
        found = self._stems.get(key[:_LEAST_STEM]) if " " not in key else None
        if found is None or len(key) < _LEAST_STEM:
            return None
        first = outlet_key(found.label).split()[0]
        return found if key.startswith(first) or first.startswith(key) else None

    def described(self, words: str) -> _Voice | None:
        """The one outlet of an article that "Torva's public broadcaster" describes: a noun for an
        outlet, and two words of the name, however they end."""
        said = outlet_key(words).split()
        if not said or said[-1] not in _media():
            return None
        stems = {word[:_LEAST_STEM] for word in said}
        found = [
            outlet
            for key, outlet in self._own.items()
            if len(stems & {word[:_LEAST_STEM] for word in key.split()}) > 1
        ]
        return found[0] if len(found) == 1 else None


def _unambiguous(pairs: Iterable[tuple[str, _Voice]]) -> dict[str, _Voice]:
    """What is one voice's alone."""
    found: dict[str, _Voice | None] = {}
    for key, each in pairs:
        other = found.get(key, each)
        found[key] = each if other is not None and each.is_same(other) else None
    return {key: each for key, each in found.items() if key and each is not None}


def _speaker(kind: str, label: str, actor: str, known: str) -> _Voice | None:
    """Who speaks a quote. Officials without a name stay so, whatever state they serve."""
    if kind == "author":
        return None
    if not actor and label.lower() in _FIRST_PERSON:
        return None
    if actor and kind not in ("unnamed", "none"):
        return _Voice(known, actor)
    return _Voice(label or "unnamed")


def _government(state: str) -> str:
    """ "Kessalia said": a state speaks through its government, whose name we may not know."""
    told = {"government", "regime", "administration"} & set(state.lower().split())
    return state if told or not state else f"{state} (government)"


def _quote_chain(
    quote: str,
    quotes: Mapping[str, _Attribution],
    outermost: _Outermost,
    chains: Mapping[str, _Voices],
) -> _Voices:
    """From the outside in. A quote that holds itself through others counts from the outside."""
    speakers: list[_Voice] = []
    seen: set[str] = set()
    at = quotes[quote]
    here: str | None = quote
    while here is not None and here in quotes and here not in seen and here not in chains:
        seen.add(here)
        at = quotes[here]
        speakers += [each for each in (at.voice, at.via) if each is not None]
        here = at.within
    around = chains.get(here or "") or outermost.at(at.article, at.start)
    return _without_repeats((*around, *reversed(speakers)))


def _without_repeats(voices: Sequence[_Voice]) -> _Voices:
    kept: list[_Voice] = []
    for each in voices:
        if kept and each.is_same(kept[-1]):
            kept[-1] = each if each.actor and not kept[-1].actor else kept[-1]
        else:
            kept.append(each)
    return tuple(kept)


def _row(row: str, voices: _Voices) -> Chain:
    return Chain(
        id=row_id(Chain, row),
        row=row,
        labels=tuple(v.label for v in voices),
        voices=tuple(v.actor for v in voices),
    )
