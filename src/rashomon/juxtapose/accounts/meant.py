"""Sources that an article names in short: "it", "the centre", and in a headline "governor"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from rashomon.base.store import Store

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HE, _IT = frozenset({"he", "she"}), frozenset({"it", "they"})
_NEW = frozenset({"a", "an", "one", "another", "some", "several", "two", "three", "other", "many"})
_EMPTY = frozenset({"the", "this", "that", "its", "their"})
_ENDS = frozenset({"of", "in", "at", "for", "from", "who", "which", "on", "with", "near", "to"})
_NEAR = 600
_SPEAKS_FOR = re.compile(r"\bspokes(?:man|woman|person)\b|\bspeaking for\b")
_VAGUE = frozenset({"source", "official", "report", "witness", "resident", "people", "expert"})

_SAID = """
SELECT q.article, q.id, q.source.start, q.speaker_label, q.source_kind, coalesce(m.kind, ''),
  substring(d.text, q.source.start::INT + 1, (q.source."end" - q.source.start)::INT),
  coalesce(s.zone = 'title', false), q.speaker IS NOT NULL AND m.form = 'name'
FROM quotes q JOIN documents d ON d.id = q.document
  LEFT JOIN sentences s ON s.id = q.sentence LEFT JOIN mentions m ON m.id = q.speaker
WHERE q.source IS NOT NULL AND q.source_kind <> 'author'
ORDER BY q.article, coalesce(s.zone = 'title', false), q.source.start, q.id
"""


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a quote as it is named there; `kind` is that of the mention it means."""

    quote: str
    start: int
    label: str
    kind: str
    words: str
    title: bool
    named: bool

    @property
    def pronoun(self) -> str:
        word = self.words.lower()
        return word if word in _HE | _IT else ""

    @property
    def short(self) -> bool:
        """Whether the words may stand for longer ones: no name, a surname, or a headline's."""
        return self.title or not self.named or len(_TOKEN.findall(self.words)) == 1

    @property
    def resolved(self) -> bool:
        """Whether a pronoun or a short form is known to mean longer words."""
        return self.label.lower() not in (self.words.lower(), self.pronoun)


def meant(store: Store) -> Mapping[str, str]:
    """Of quotes whose source is named in short: the quote that names it in full."""
    found: dict[str, str] = {}
    for _, rows in groupby(store.query(_SAID), lambda row: str(row[0])):
        sources = [
            Source(quote, start, label, kind, words, title, named)
            for _, quote, start, label, _, kind, words, title, named in rows
        ]
        found.update(in_full(sources))
    return found


def in_full(sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """An article's sources in order, those of the title last: pairs (in short, in full).

    A pronoun means the last source named before it ("it" also whom a spokesman speaks for). Other
    words mean a source whose words hold them all, if the article has only one such.
    """
    known: list[Source] = []
    for source in sources:
        full = None
        if source.pronoun and not source.resolved:
            full = _before(source, known)
        elif source.short and not source.pronoun and not source.resolved:
            full = _longer(source, known)
        if full is not None:
            yield source.quote, full.quote
        elif not source.pronoun or source.resolved:
            known.append(source)


def _before(source: Source, known: list[Source]) -> Source | None:
    last = known[-1] if known else None
    if last is None or last.title or source.start - last.start > _NEAR:
        return None
    if source.pronoun in _IT and _SPEAKS_FOR.search(last.words):
        return last
    person = last.kind == "person" and not _is_a_body(last)
    return last if person == (source.pronoun in _HE) else None


def _is_a_body(source: Source) -> bool:
    """A name for which "the" or a noun for a body stands is hardly a person's."""
    return source.words.lower().startswith("the ")


def _longer(source: Source, known: list[Source]) -> Source | None:
    tokens = [_single(token) for token in _TOKEN.findall(source.words.lower())]
    if not tokens or tokens[0] in _NEW or any(word in tokens for word in _ENDS):
        return None
    said = set(tokens) - _EMPTY
    if not said or said & _VAGUE:
        return None
    fitting = [other for other in known if said <= _own_words(other)]
    return fitting[-1] if len({other.label.lower() for other in fitting}) == 1 else None


def _own_words(source: Source) -> set[str]:
    return {_single(token) for token in _TOKEN.findall(source.words.lower())}


def _single(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
