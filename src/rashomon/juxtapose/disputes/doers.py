"""Who did it: the groups, bodies and people to whom an act of violence is laid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import mapping
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_ACTS = frozenset({"attack", "kill", "wound", "abduct"})
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_KINDS = frozenset({"person", "armed_group", "organisation", "state", "people"})
_AGENTS = frozenset({
    "fighters", "militants", "members", "gunmen", "rebels", "men", "supporters", "forces",
    "militiamen", "guerrillas", "insurgents", "soldiers", "troops", "units", "police",
})  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an", "this", "its", "their", "his", "her"})

_DOERS = """
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS actor
    FROM links WHERE starts_with(target, 'act-') GROUP BY mention
), done AS (
    SELECT t.* EXCLUDE (time, numbers), s.actors[1].text AS doer, a.id AS actor,
        coalesce(a.kind, m.kind, '') AS kind, a.label AS named
    FROM dispute_told t JOIN statements s ON s.id = t.id
    LEFT JOIN mentions m ON m.id = s.actors[1].mention
    LEFT JOIN linked own ON own.mention = m.id
    LEFT JOIN linked meant ON meant.mention = m.refers
    LEFT JOIN actors a ON a.id = coalesce(own.actor, meant.actor)
    WHERE len(s.actors) = 1 AND t.polarity = 'affirmed' AND t.modality = 'happened'
), candidate AS (
    SELECT event FROM done GROUP BY event HAVING count(DISTINCT lower(doer)) > 1
)
SELECT done.* FROM done JOIN candidate USING (event) ORDER BY event, doer, id
"""


@dataclass(frozen=True, slots=True)
class Doer:
    """Whom words name: `names` are their capitalised words, `body` one of data/security_bodies.tsv,
    `kind` the kind of actor; all empty where they name nobody ("gunmen", "a drone")."""

    words: str
    names: frozenset[str]
    body: str
    kind: str

    @property
    def known(self) -> bool:
        return bool(self.names or self.body)

    def may_be(self, other: Doer) -> bool:
        """Whether both may be one: a state and its army, a man and his group, one name."""
        if self.names and other.names:
            one_person = (self.kind == "person") != (other.kind == "person")
            return one_person or bool(self.names & other.names)
        if self.body and other.body:
            return self.body == other.body or "state" in (self.body, other.body)
        named, body = (self, other) if self.names else (other, self)
        return named.kind in ("state", "person") or bool(body.names)


def doer(words: str, label: str, kind: str) -> Doer:
    """What the words for a doer say; `label` is the name of the actor that they mean, if any."""
    tokens = [t for t in _TOKEN.findall(words) if t.lower() not in _ARTICLES]
    plain = " ".join(tokens).lower()
    body = _bodies().get(plain) or _bodies().get(tokens[-1].lower() if tokens else "", "")
    first = words[: len(words) - len(words.lstrip())] + (tokens[0] if tokens else "")
    names = {t.lower() for t in tokens[1:] if t[0].isupper()}
    names |= {t.lower() for t in _TOKEN.findall(label) if t[0].isupper()}
    if tokens and kind in _KINDS and first[0].isupper() and first.lower() not in _AGENTS:
        names |= set() if body else {tokens[0].lower()}
    thing = bool(tokens) and tokens[-1].islower() and not label
    agents = bool(tokens) and tokens[0].lower() in _AGENTS
    known = agents or (kind in _KINDS and not thing)
    return Doer(words, frozenset(names) if known else frozenset(), body, kind)


@cache
def _bodies() -> Mapping[str, str]:
    return mapping("security_bodies", "word", "body")


def doers(store: Store) -> Iterator[tuple[str, list[Side]]]:
    """Each act of violence laid to different doers: (event, the sides).

    An event of which one account names two doers is a fight: both did something.
    """
    families = mapping("happenings", "word", "family")
    for event, rows in groupby(ask(store, _DOERS), lambda row: str(row["event"])):
        told = [
            (doer(row["doer"], row["named"] or "", row["kind"]), row)
            for row in rows
            if families.get(row["lemma"]) in _ACTS
        ]
        cores = _cores([(who, row) for who, row in told if who.known])
        if len(cores) > 1 and not _is_fight(cores):
            yield event, [_side(core) for core in cores]


def _cores(
    told: Sequence[tuple[Doer, Mapping[str, Any]]],
) -> list[list[tuple[Doer, Mapping[str, Any]]]]:
    """Tellings by doer, the best named first; what may be of several is left out."""
    cores: list[list[tuple[Doer, Mapping[str, Any]]]] = []
    ordered = sorted(told, key=lambda each: (-len(each[0].names), each[0].words, each[1]["id"]))
    for who, row in ordered:
        fits = [core for core in cores if any(who.may_be(other) for other, _ in core)]
        if len(fits) == 1:
            fits[0].append((who, row))
        elif not fits:
            cores.append([(who, row)])
    return cores


def _is_fight(cores: Sequence[Sequence[tuple[Doer, Mapping[str, Any]]]]) -> bool:
    held: defaultdict[str, set[int]] = defaultdict(set)
    for n, core in enumerate(cores):
        for _, row in core:
            for account in row["accounts"]:
                held[account].add(n)
    return any(len(some) > 1 for some in held.values())


def _side(core: Sequence[tuple[Doer, Mapping[str, Any]]]) -> Side:
    words = max((who.words for who, _ in core), key=lambda w: (len(w), w))
    tellings = sorted((Telling.of(row) for _, row in core), key=lambda t: t.id)
    return Side(words, tuple(tellings))
