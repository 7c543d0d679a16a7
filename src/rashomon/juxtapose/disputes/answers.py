"""Who gives which answer: the statements of an event with their voices, times and numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa

from rashomon.base.lexicon import table
from rashomon.base.rows import Answer, Modality, Polarity
from rashomon.base.store import Store

Days = tuple[int, int]

_VOICED = """
CREATE OR REPLACE TEMP TABLE dispute_voice AS
WITH one AS (
    SELECT a.id AS account, a.event, a.chain, unnest(a.statements) AS statement FROM accounts a
)
SELECT one.event, one.statement,
    list(DISTINCT one.account ORDER BY one.account) AS accounts,
    list(DISTINCT coalesce(o.origin, one.account)
         ORDER BY coalesce(o.origin, one.account)) AS origins,
    min(coalesce(o.label, one.chain[-1], '')) AS label, bool_and(len(one.chain) = 1) AS own
FROM one LEFT JOIN origins o ON o.account = one.account
GROUP BY one.event, one.statement
"""

_GIVERS = """
CREATE OR REPLACE TEMP TABLE dispute_giver AS
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS actor
    FROM links WHERE starts_with(target, 'act-') GROUP BY mention
), one AS (
    SELECT id AS event, unnest(statements) AS statement FROM events
), given AS (
    SELECT one.event, s.id AS statement, s.actors[1].text AS label,
        coalesce(own.actor, meant.actor) AS actor
    FROM one JOIN statements s ON s.id = one.statement
    ANTI JOIN harm_words h ON h.word = s.lemma OR s.lemma IN ('leave', 'cause')
    LEFT JOIN mentions m ON m.id = s.actors[1].mention
    LEFT JOIN linked own ON own.mention = m.id
    LEFT JOIN linked meant ON meant.mention = m.refers
    WHERE s.quote IS NULL AND len(s.actors) > 0 AND len(s.numbers) > 0
        AND list_has_any([n.what FOR n IN s.numbers], (SELECT list(what) FROM harm_words))
), voiced AS (
    SELECT a.event, a.voices[-1] AS actor, lower(a.chain[-1]) AS label, min(o.origin) AS origin
    FROM accounts a JOIN origins o ON o.account = a.id WHERE len(a.chain) > 1
    GROUP BY ALL
)
SELECT g.event, g.statement, g.label,
    min(v.origin) AS origin, 'giver ' || coalesce(min(g.actor), lower(g.label)) AS giver
FROM given g LEFT JOIN voiced v ON v.event = g.event
    AND (v.actor = g.actor OR v.label = lower(g.label))
GROUP BY g.event, g.statement, g.label
"""

_TOLD = """
CREATE OR REPLACE TEMP TABLE dispute_told AS
WITH one AS (SELECT id AS event, certainty, unnest(statements) AS statement FROM events)
SELECT one.event, one.certainty, s.id, s.document, s.article, s.sentence, s.lemma, s.polarity,
    s.modality, s.start, s.numbers, s.time, se.zone, a.outlet, a.published, v.accounts,
    CASE WHEN g.origin IS NULL THEN v.origins ELSE [g.origin] END AS origins,
    v.own AND g.origin IS NULL AS own, coalesce(g.label, v.label) AS label,
    coalesce(g.giver, '') AS giver,
    [lower(p.text) FOR p IN s.recipients] AS whom
FROM one
JOIN statements s ON s.id = one.statement
JOIN articles a ON a.id = s.article
JOIN sentences se ON se.id = s.sentence
JOIN dispute_voice v ON v.event = one.event AND v.statement = s.id
LEFT JOIN dispute_giver g ON g.event = one.event AND g.statement = s.id
"""


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement of an event that answers a question, with the voices behind it.

    `certainty` is the event's: how surely its statements tell of one happening; `own`: the outlet
    tells it in its own voice.
    """

    id: str
    event: str
    article: str
    start: int
    lemma: str
    polarity: Polarity
    modality: Modality
    outlet: str
    published: int | None
    accounts: tuple[str, ...]
    origins: tuple[str, ...]
    label: str
    title: bool = False
    corrects: bool = False
    giver: str = ""
    certainty: float = 1.0
    own: bool = False

    @property
    def order(self) -> tuple[int, bool]:
        """Which word of one origin is its last: the later day, then the one that corrects."""
        return self.published or 0, self.corrects

    @classmethod
    def of(cls, row: Mapping[str, Any], *, corrects: bool = False) -> Telling:
        return cls(
            id=row["id"],
            event=row["event"],
            article=row["article"],
            start=row["start"],
            lemma=row["lemma"],
            polarity=row["polarity"],
            modality=row["modality"],
            outlet=row["outlet"] or "",
            published=_last_day(row["published"]),
            accounts=tuple(row["accounts"]),
            origins=tuple(row["origins"]),
            label=row["label"],
            title=row["zone"] == "title",
            corrects=corrects,
            giver=row["giver"],
            certainty=row["certainty"],
            own=bool(row["own"]),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a question and the tellings that give it."""

    value: str
    tellings: tuple[Telling, ...]

    @property
    def all_origins(self) -> frozenset[str]:
        return frozenset(origin for telling in self.tellings for origin in telling.origins)

    @property
    def origins(self) -> frozenset[str]:
        """The origins that count: a title only sums up what its article tells."""
        body = {telling.article for telling in self.tellings if not telling.title}
        return frozenset(
            origin
            for telling in self.tellings
            if not (telling.title and telling.article in body)
            for origin in telling.origins
        )

    def last(self, origin: str) -> tuple[int, bool]:
        """When an origin gave this answer last."""
        return max(t.order for t in self.tellings if origin in t.origins)

    @property
    def certainty(self) -> float:
        return min((telling.certainty for telling in self.tellings), default=1.0)

    def of(self, origins: frozenset[str]) -> Side:
        """The same answer, as far as these origins give it."""
        return Side(self.value, tuple(t for t in self.tellings if origins & set(t.origins)))

    def row(self) -> Answer:
        return Answer(
            value=self.value,
            accounts=tuple(sorted({a for t in self.tellings for a in t.accounts})),
            statements=tuple(sorted({t.id for t in self.tellings})),
            origins=len(self.origins),
        )


def prepare(store: Store) -> None:
    """What every question starts from, as temporary tables: the voices of each statement.

    Who gives a number is a voice even where nobody is quoted ("the ministry put the dead at nine"):
    the origin of that voice, where another account quotes it.
    """
    store.keep("harm_words", _harms())
    for step in (_VOICED, _GIVERS, _TOLD):
        store.execute(step)


def _harms() -> pa.Table:
    """data/harms.tsv: words that tell what befell those who are counted, and the name of it."""
    return pa.table({name: [row[name] for row in table("harms")] for name in ("word", "what")})


def ask(store: Store, sql: str, *values: object) -> Iterator[Mapping[str, Any]]:
    """The rows of a query by column name, in its order."""
    for batch in store.arrow(sql, *values).to_batches(max_chunksize=5_000):
        yield from batch.to_pylist()


def day(written: str) -> int:
    """An ISO date as a proleptic day."""
    return date.fromisoformat(written[:10]).toordinal()


def _last_day(published: Mapping[str, Any] | None) -> int | None:
    written = published and published["latest"]
    return day(written) if written else None


def strength(left: Side, right: Side, *, apart: float) -> float:
    """0 to 1: how many independent origins stand on the weaker side, how far apart the answers are,
    and how surely they are told of one happening."""
    weaker = min(len(left.origins), len(right.origins))
    support = 1 - 0.5**weaker
    sure = min(left.certainty, right.certainty)
    return round(sure * math.sqrt(support * max(0.0, min(1.0, apart))), 3)


def supersede(sides: Sequence[Side]) -> tuple[list[Side], list[tuple[Side, Side]]]:
    """Take each origin by its last word.

    What remains of the sides, and the pairs (earlier, later) in which one origin went from one
    answer to another. An origin that gives both on one day stays on both sides.
    """
    sides = _by_giver(sides)
    last: dict[str, tuple[int, bool]] = {}
    for side in sides:
        for origin in side.all_origins:
            last[origin] = max(last.get(origin, (0, False)), side.last(origin))
    kept = [_kept(side, last) for side in sides]
    moved = []
    for one in sides:
        for other in sides:
            both = one.all_origins & other.all_origins
            turned = frozenset(o for o in both if one.last(o) < other.last(o) == last[o])
            if turned:
                moved.append((one.of(turned), other.of(turned)))
    return [side for side in kept if side.tellings], moved


def _by_giver(sides: Sequence[Side]) -> list[Side]:
    """Where one origin reports two answers, whoever it says gives them stands for it."""
    count = Counter(origin for side in sides for origin in side.all_origins)

    def voice(telling: Telling) -> Telling:
        torn = telling.giver and any(count[origin] > 1 for origin in telling.origins)
        return replace(telling, origins=(telling.giver,)) if torn else telling

    return [Side(side.value, tuple(map(voice, side.tellings))) for side in sides]


def _kept(side: Side, last: Mapping[str, tuple[int, bool]]) -> Side:
    still = frozenset(o for o in side.all_origins if side.last(o) == last[o])
    return side.of(still)
