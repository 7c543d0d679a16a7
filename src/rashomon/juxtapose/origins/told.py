"""What an account is to its origin: who tells it, how it reached us, and what it tells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rashomon.base.happenings import happening_of
from rashomon.base.lexicon import mapping
from rashomon.base.outlets import outlet_key
from rashomon.base.store import Store

Key = tuple[str, ...]
Counted = tuple[str, float, float]
"""What befell those who are counted, and the bounds of their number."""
Happened = tuple[str, str]
"""A kind of happening, and whether it is affirmed or denied."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
label_key = lru_cache(maxsize=100_000)(outlet_key)
"""The key by which labels of voices are compared."""
_OPPOSITE = {"affirmed": "denied", "denied": "affirmed"}
NOBODY = frozenset((
    "unnamed", "unattributed", "he", "she", "they", "we", "i", "it", "you", "who", "one", "some",
    "many", "others", "that", "this", "these", "those", "all", "both", "everyone",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An account. `published` is "~" where no date is known."""

    event: str
    published: str
    id: str
    article: str
    chain: tuple[str, ...]
    voices: tuple[str, ...]

    @property
    def rank(self) -> tuple[str, int, str]:
        """Which of several comes first: the earliest published, the one told most directly."""
        return self.published, len(self.chain), self.id

    def keys(self, at: int) -> list[Key]:
        """What the voice at one place of the chain can be known by."""
        label = label_key(self.chain[at])
        by_label: list[Key] = [] if label in NOBODY or not label else [("label", label)]
        return [("actor", self.voices[at]), *by_label] if self.voices[at] else by_label


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of an account, as far as others can repeat it: what kind of happening, affirmed
    or denied, and whether it stands in the title, or in the first paragraph of the body."""

    family: str
    polarity: str
    title: bool
    lead: bool
    granted: bool

    @property
    def told(self) -> Happened:
        return self.family, self.polarity


@dataclass(frozen=True, slots=True)
class Content:
    """What an account tells: what happened or did not, and how many it befell."""

    facts: tuple[Fact, ...] = ()
    counts: frozenset[Counted] = frozenset()
    told: frozenset[Happened] = frozenset()

    @property
    def title_only(self) -> bool:
        return bool(self.facts) and all(fact.title for fact in self.facts)

    def counts_otherwise(self, other: Content) -> bool:
        """Whether both count the same thing and no number is the same."""
        mine, theirs = _by_what(self.counts), _by_what(other.counts)
        return any(mine[what].isdisjoint(theirs[what]) for what in mine.keys() & theirs.keys())

    def counts_within(self, other: Content) -> bool:
        """Whether the other gives every number that this gives of what both count."""
        mine, theirs = _by_what(self.counts), _by_what(other.counts)
        return all(mine[what] <= theirs[what] for what in mine.keys() & theirs.keys())

    def agrees(self, other: Content) -> bool:
        """Whether both tell one thing, and no number of the one is at odds with the other's."""
        if self.told.isdisjoint(other.told):
            return False
        mine, theirs = _by_what(self.counts), _by_what(other.counts)
        return all(mine[what] & theirs[what] for what in mine.keys() & theirs.keys())


def at_odds(mine: AbstractSet[Happened], theirs: AbstractSet[Happened]) -> bool:
    """Whether one only denies what the other only affirms."""
    return any(
        (family, _OPPOSITE[polarity]) in theirs
        and (family, polarity) not in theirs
        and (family, _OPPOSITE[polarity]) not in mine
        for family, polarity in mine
    )


@dataclass(frozen=True, slots=True)
class Tie:
    """That one account goes back to another: what to say of the one, and of the other.

    Where `known` is False, which of the two was first is not known.
    """

    child: str
    parent: str
    because: str
    conversely: str
    known: bool = True


def _by_what(counts: frozenset[Counted]) -> dict[str, set[tuple[float, float]]]:
    found: dict[str, set[tuple[float, float]]] = {}
    for what, low, high in counts:
        found.setdefault(what, set()).add((low, high))
    return found


_ACCOUNTS = """
SELECT a.event,
  CASE WHEN r.published.latest IS NULL THEN '~' ELSE coalesce(r.published.earliest, '~') END,
  a.id, a.article, a."chain", a.voices
FROM accounts a LEFT JOIN articles r ON r.id = a.article ORDER BY a.event, a.id
"""
_SHARED = """
CREATE OR REPLACE TEMP TABLE origin_told AS
SELECT id AS account, event, article, "chain", voices, unnest(statements) AS statement
FROM accounts WHERE event IN (SELECT event FROM accounts GROUP BY event HAVING count(*) > 1)
"""
_FACTS = """
WITH lead AS (
  SELECT article, min(paragraph) AS paragraph FROM sentences WHERE zone = 'body' GROUP BY article
)
SELECT t.account, s.lemma, s.polarity, coalesce(e.zone = 'title', false),
  coalesce(e.zone = 'body' AND e.paragraph = lead.paragraph, false),
  coalesce(lower(substring(d.text, q.cue.start::INT + 1, (q.cue."end" - q.cue.start)::INT)), ''),
  coalesce(substring(w.text, s.start::INT + 1, (e."end" - s.start)::INT), '')
FROM origin_told t JOIN statements s ON s.id = t.statement
  LEFT JOIN sentences e ON e.id = s.sentence LEFT JOIN lead ON lead.article = t.article
  LEFT JOIN quotes q ON q.id = s.quote LEFT JOIN documents d ON d.id = q.document
  LEFT JOIN documents w ON w.id = s.document
WHERE s.modality IN ('happened', 'ongoing') ORDER BY t.account, s.start, s.id
"""
_COUNTS = """
SELECT DISTINCT t.account, n.what, m.amount.low, m.amount.high
FROM origin_told t
  JOIN (SELECT id, unnest(numbers, recursive := true) FROM statements) n ON n.id = t.statement
  JOIN mentions m ON m.id = n.mention
WHERE m.amount IS NOT NULL ORDER BY ALL
"""
_GRANTS = ("confirm", "admit", "admitt", "acknowledg", "conced")


def accounts(store: Store) -> Iterator[Told]:
    """Every account, by event."""
    for event, published, account, article, chain, voices in store.query(_ACCOUNTS):
        yield Told(event, published, account, article, tuple(chain), tuple(voices))


def contents(store: Store) -> Mapping[str, Content]:
    """What the accounts tell of the events that several accounts tell of."""
    store.execute(_SHARED)
    families = mapping("happenings", "word", "family")
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for account, lemma, polarity, title, lead, cue, clause in store.query(_FACTS):
        happening = happening_of(lemma, _WORD.findall(clause.lower()))
        family = happening.family if happening else families.get(lemma, lemma)
        facts[account].append(Fact(family, polarity, title, lead, cue.startswith(_GRANTS)))
    counts: defaultdict[str, set[Counted]] = defaultdict(set)
    for account, what, low, high in store.query(_COUNTS):
        counts[account].add((what, low, high))
    return {
        account: Content(
            tuple(facts[account]),
            frozenset(counts[account]),
            frozenset(fact.told for fact in facts[account]),
        )
        for account in facts.keys() | counts.keys()
    }
