"""Sources that are only described: which descriptions of one article mean one voice.

"A senior official at the ministry", later "the official" and in the title "official" are one, as
long as the article brings in no second official. Descriptions of two articles are never one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rashomon.base.lexicon import table, words
from rashomon.base.store import Store
from rashomon.juxtapose.origins.told import label_key

_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_DEFINITE = frozenset(("the", "this", "that"))
_OTHER = frozenset(("another", "other", "second", "third", "fourth", "different", "more"))
_NEW = frozenset(("a", "an", "one", "two", "three", "four", "several", "some", "many"))
_ENDS = frozenset((
    "of", "at", "for", "in", "from", "with", "who", "whose", "which", "that", "to", "on", "by",
    "inside", "near", "close", "familiar", "briefed", "and",
))  # fmt: skip
LOCAL = frozenset({"police", "hospital"})
"""Bodies of which a place has one: bare words for it mean that of the happening."""
_PART = re.compile(r"['’]s\b|[“”\"]")

Canonical = Mapping[tuple[str, str], str]
"""From an article and a source's key there to the key of the words that brought the source in."""

_DESCRIBED = """
SELECT article, speaker_label FROM (
  SELECT q.article, q.speaker_label,
    min((coalesce(s.zone = 'title', false), q.source.start)) AS place
  FROM quotes q LEFT JOIN sentences s ON s.id = q.sentence
  WHERE q.source_kind IN ('described', 'unnamed') AND q.source IS NOT NULL
    AND q.article IN (SELECT article FROM origin_told)
  GROUP BY q.article, q.speaker_label
) ORDER BY article, place, speaker_label
"""


@dataclass(frozen=True, slots=True)
class Description:
    """A source by its noun; `new` where the words bring somebody in ("a", "another")."""

    noun: str
    words: frozenset[str]
    new: bool
    other: bool


@lru_cache(maxsize=100_000)
def description(label: str) -> Description | None:
    """The description that a source's words are, None where their noun is not a person's."""
    listed = [token.lower() for token in _TOKEN.findall(_PART.sub("", label))]
    end = next((at for at, word in enumerate(listed) if at and word in _ENDS), len(listed))
    noun = next((word for word in reversed(listed[:end]) if _is_person(word)), "")
    if not noun:
        return None
    first = listed[0]
    other = bool(_OTHER.intersection(listed[:2]))
    said = frozenset(listed) - _DEFINITE - _NEW - _ENDS
    return Description(noun, said, first in _NEW or other, other)


@lru_cache(maxsize=100_000)
def local_body(label: str) -> tuple[str, ...]:
    """The words of an institution of a place ("police in Torva"), sorted; else ().

    Such words mean the same body in every article of one event.
    """
    tokens = _TOKEN.findall(_PART.sub("", label))
    said = [token.lower() for token in tokens]
    end = next((at for at, word in enumerate(said) if at and word in _ENDS), len(said))
    named = any(token[0].isupper() and token.lower() not in _bodies() for token in tokens[1:])
    named = named or (end == len(said) > 1 and tokens[0][0].isupper() and said[0] not in _DEFINITE)
    if not named or said[0] in _NEW or said[:end][-1:] == [] or said[end - 1] not in _bodies():
        return ()
    return tuple(sorted(set(said) - _DEFINITE - _ENDS))


@cache
def _bodies() -> frozenset[str]:
    return frozenset({"police", *(row["noun"] for row in table("body_nouns"))})


@cache
def _is_person(word: str) -> bool:
    return word in _people() or (word.endswith("s") and word[:-1] in _people())


@cache
def _people() -> frozenset[str]:
    sources = {
        row["lemma"] for row in table("source_nouns") if row["kind"] in ("people", "unnamed")
    }
    offices = {row["word"] for row in table("offices") if row["use"] == "body"}
    return frozenset(sources | words("role_nouns") | words("people_nouns")) - offices


def described(store: Store) -> Canonical:
    """The descriptions that mean a source which other words of their article brought in."""
    by_article: defaultdict[str, list[str]] = defaultdict(list)
    for article, label in store.query(_DESCRIBED):
        by_article[article].append(label)
    return {
        (article, label_key(label)): label_key(meant)
        for article, labels in by_article.items()
        for label, meant in same_voice(labels).items()
    }


def same_voice(labels: Iterable[str]) -> dict[str, str]:
    """Of an article's sources in their order, the title's last: those that go back to others."""
    brought: defaultdict[str, list[tuple[str, Description]]] = defaultdict(list)
    crowded: set[str] = set()
    found: dict[str, str] = {}
    for label in labels:
        each = description(label)
        if each is None:
            continue
        known = brought[each.noun]
        fitting = [first for first, one in known if each.words <= one.words]
        if each.new or not known:
            known.append((label, each))
            crowded |= {each.noun} if each.other else set()
        elif len(fitting) == 1 and not (each.noun in crowded and len(each.words) == 1):
            found[label] = fitting[0]
        else:
            known.append((label, each))
    return found
