"""The short answer that `read` ends with: figures, actors, events and disputes with their words."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.base.store import Store
from rashomon.show.evidence import Words, evidence

_FIGURES = (
    "documents", "articles", "sentences", "quotes", "statements",
    "actors", "events", "echoes", "disputes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorLine:
    label: str
    kind: str
    mentions: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    id: str
    label: str
    earliest: str | None
    latest: str | None
    accounts: int
    origins: int
    words: Words | None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer of a dispute: its value, who gives it (chains), and the first words for it."""

    value: str
    origins: int
    voices: tuple[str, ...]
    words: Words | None


@dataclass(frozen=True, slots=True)
class DisputeLine:
    id: str
    question: str
    about: str
    event: str
    strength: float
    because: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    figures: tuple[tuple[str, int], ...]
    skips: tuple[tuple[str, str, str], ...]
    actors: tuple[ActorLine, ...]
    events: tuple[EventLine, ...]
    disputes: tuple[DisputeLine, ...]
    other_disputes: tuple[tuple[str, int], ...]


def summary(store: Store, *, actors: int = 10, events: int = 6, disputes: int = 8) -> Summary:
    """The figures of a case and the first few of each list, the sharpest first."""
    return Summary(
        figures=tuple((name, _count(store, name)) for name in _FIGURES),
        skips=_skips(store),
        actors=_actors(store, actors),
        events=_events(store, events),
        disputes=_disputes(store, disputes),
        other_disputes=_other_disputes(store),
    )


def _count(store: Store, table: str) -> int:
    where = "WHERE kind = 'dispute' AND state = 'open'" if table == "disputes" else ""
    return int(store.query(f"SELECT count(*) FROM {table} {where}")[0][0])


def _skips(store: Store) -> tuple[tuple[str, str, str], ...]:
    found = store.query(
        "SELECT document, stage, reason FROM skips WHERE stage IN ('gather', 'divide', 'read')"
        " ORDER BY document, stage, reason"
    )
    return tuple((document, stage, reason) for document, stage, reason in found)


def _actors(store: Store, limit: int) -> tuple[ActorLine, ...]:
    found = store.query(
        """SELECT a.label, a.kind, count(l.id) AS mentions, a.names FROM actors a
JOIN links l ON l.target = a.id GROUP BY ALL ORDER BY mentions DESC, a.label LIMIT ?""",
        limit,
    )
    return tuple(
        ActorLine(label, kind, mentions, tuple(names)) for label, kind, mentions, names in found
    )


def _events(store: Store, limit: int) -> tuple[EventLine, ...]:
    found = store.query(
        """SELECT e.id, e.label, e."when".earliest, e."when".latest,
  count(DISTINCT a.id) AS tellings, count(DISTINCT o.origin) AS origins
FROM events e JOIN accounts a ON a.event = e.id JOIN origins o ON o.account = a.id
GROUP BY ALL HAVING tellings > 1 ORDER BY origins DESC, tellings DESC, e.id LIMIT ?""",
        limit,
    )
    return tuple(
        EventLine(id_, label, earliest, latest, accounts, origins, _first_words(store, id_))
        for id_, label, earliest, latest, accounts, origins in found
    )


def _first_words(store: Store, row: str) -> Words | None:
    return next(iter(evidence(store, row, limit=1).words), None)


def _disputes(store: Store, limit: int) -> tuple[DisputeLine, ...]:
    found = store.query(
        """SELECT x.id, x.question, x.about, e.label, x.strength, x.because FROM disputes x
JOIN events e ON e.id = x.event WHERE x.kind = 'dispute' AND x.state = 'open'
ORDER BY x.strength DESC, x.id LIMIT ?""",
        limit,
    )
    return tuple(
        DisputeLine(id_, question, about, event, strength, because, _answers(store, id_))
        for id_, question, about, event, strength, because in found
    )


def _answers(store: Store, dispute: str) -> tuple[AnswerLine, ...]:
    found = store.query(
        """SELECT v.value, v.origins,
  (SELECT list(DISTINCT array_to_string(a."chain", ' ← ')
               ORDER BY array_to_string(a."chain", ' ← '))
   FROM accounts a WHERE list_contains(v.accounts, a.id)) FROM (
  SELECT unnest(answers) AS v, generate_subscripts(answers, 1) AS rank FROM disputes WHERE id = ?)
ORDER BY rank""",
        dispute,
    )
    words = evidence(store, dispute).words
    return tuple(
        AnswerLine(
            value, origins, tuple(voices or ()), next((w for w in words if w.part == value), None)
        )
        for value, origins, voices in found
    )


def _other_disputes(store: Store) -> tuple[tuple[str, int], ...]:
    found = store.query(
        "SELECT kind, count(*) FROM disputes WHERE kind != 'dispute' GROUP BY kind ORDER BY kind"
    )
    return tuple((kind, count) for kind, count in found)
