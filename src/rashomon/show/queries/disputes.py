"""Disputes: the list, and the matrix of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon.base.errors import QueryError
from rashomon.base.store import Store
from rashomon.show import wording
from rashomon.show.queries import words
from rashomon.show.queries.asking import Page, Row, one, page
from rashomon.show.queries.words import Passage

MOST_ACCOUNTS = 200
_LIST = """
SELECT x.id, x.question, x.about, x.kind, x.state, x.strength, x.because, x.event,
  e.label AS event_label, e."when".earliest AS earliest, e."when".latest AS latest,
  list_transform(x.answers, lambda v: v.value) AS "values",
  list_transform(x.answers, lambda v: v.origins) AS origins
FROM disputes x JOIN events e ON e.id = x.event"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of the matrix: one dispute of the event. `answers` are value and origins."""

    id: str
    question: str
    kind: str
    state: str
    strength: float
    because: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one account answers to one question, and the statements in which it does."""

    value: str
    statements: tuple[str, ...]


@dataclass(slots=True)
class Telling:
    """A row of the matrix: one account of the event. `published` are the earliest and latest day
    of its article, `because` says why it is of its origin."""

    id: str
    article: str
    title: str | None
    outlet: str
    document: str
    chain: tuple[str, ...]
    published: tuple[str | None, str | None]
    inferred: bool
    origin: str
    origin_label: str
    because: str
    statements: tuple[str, ...]
    cells: dict[str, list[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The accounts of an event that answer a question, grouped by origin, and their answers.
    `left_out` is how many accounts are not shown, as they give no answer or are too many."""

    event: str
    label: str
    earliest: str | None
    latest: str | None
    questions: tuple[Asked, ...]
    groups: tuple[tuple[str, tuple[Telling, ...]], ...]
    left_out: int

    def answers(self, dispute: str) -> list[tuple[str, int, list[tuple[Telling, Cell]]]]:
        """Each answer to a question: its value, its origins, and who gives it in which words."""
        asked = next(asked for asked in self.questions if asked.id == dispute)
        given: dict[str, list[tuple[Telling, Cell]]] = defaultdict(list)
        for _, tellings in self.groups:
            for telling in tellings:
                for cell in telling.cells.get(dispute, ()):
                    given[cell.value].append((telling, cell))
        return [(value, origins, given[value]) for value, origins in asked.answers]


def disputes(store: Store, *, kind: str = "dispute", start: int = 0, size: int = 50) -> Page:
    """Keys: id, question, about, kind, state, strength, because, event, event_label, earliest,
    latest, values, origins (of each value). The sharpest first; `kind` "" for all."""
    sql = f"{_LIST} WHERE ? IN ('', x.kind) ORDER BY x.kind != 'dispute', x.strength DESC, x.id"
    return page(store, sql, [kind], start=start, size=size)


def of_event(store: Store, event: str) -> list[Row]:
    """An event's disputes, the sharpest first, with the keys of `disputes`."""
    sql = f"{_LIST} WHERE x.event = ? ORDER BY x.kind != 'dispute', x.strength DESC, x.id"
    return list(store.records(sql, event))


def matrix(store: Store, dispute: str) -> Matrix:
    """The matrix of the event on which a dispute stands, its own question first."""
    found = one(store, f"{_LIST} WHERE x.id = ?", dispute)
    if found is None:
        raise QueryError(f"there is no dispute {dispute} in this case")
    event = str(found["event"])
    rows = store.query(
        """SELECT id, question, about, kind, state, strength, because, answers FROM disputes
WHERE event = ? ORDER BY id != ?, kind != 'dispute', strength DESC, id LIMIT 8""",
        event,
        dispute,
    )
    questions = tuple(_asked(row[:7], row[7]) for row in rows)
    tellings = accounts(store, event)
    for row in rows:
        _fill(row[0], row[7], tellings)
    answering = [telling for telling in tellings if telling.cells]
    shown = answering[:MOST_ACCOUNTS]
    return Matrix(
        event, str(found["event_label"]), found["earliest"], found["latest"], questions,
        _grouped(shown), len(tellings) - len(shown),
    )  # fmt: skip


def accounts(store: Store, event: str, *, most: int = 2000) -> list[Telling]:
    """The accounts of an event, those of one origin together, the earliest published first."""
    return [
        Telling(
            row[0], row[1], row[2], row[3], row[4], tuple(row[5]), (row[6], row[7]), row[8],
            row[9], row[10], row[11], tuple(row[12]),
        )
        for row in store.query(
            """SELECT a.id, a.article, s.title, s.outlet, s.name, a."chain", s.earliest, s.latest,
  coalesce(s.basis = 'inferred', false), coalesce(o.origin, a.id), coalesce(o.label, a."chain"[-1]),
  coalesce(o.because, ''), a.statements
FROM accounts a JOIN shelf_articles s ON s.id = a.article LEFT JOIN origins o ON o.account = a.id
WHERE a.event = ?
ORDER BY min(s.rank) OVER (PARTITION BY coalesce(o.origin, a.id)), coalesce(o.origin, a.id),
  s.rank, len(a."chain"), a.id LIMIT ?""",
            event,
            most,
        )
    ]  # fmt: skip


def _asked(row: Sequence[object], answers: list[dict[str, object]]) -> Asked:
    id_, question, about, kind, state, strength, because = row
    return Asked(
        str(id_), wording.asked(str(question), str(about)), str(kind), str(state),
        float(str(strength)), str(because),
        tuple((str(answer["value"]), int(str(answer["origins"]))) for answer in answers),
    )  # fmt: skip


def _fill(dispute: str, answers: list[dict[str, object]], tellings: list[Telling]) -> None:
    by_id = {telling.id: telling for telling in tellings}
    for answer in answers:
        told = set(answer["statements"])  # type: ignore[call-overload]
        for account in answer["accounts"]:  # type: ignore[attr-defined]
            if telling := by_id.get(account):
                own = tuple(one for one in telling.statements if one in told)
                telling.cells.setdefault(dispute, []).append(Cell(str(answer["value"]), own))


def _grouped(tellings: Sequence[Telling]) -> tuple[tuple[str, tuple[Telling, ...]], ...]:
    groups: dict[tuple[str, str], list[Telling]] = {}
    for telling in tellings:
        groups.setdefault((telling.origin, telling.origin_label), []).append(telling)
    return tuple((label, tuple(group)) for (_, label), group in groups.items())


def cell_words(store: Store, found: Matrix, *, first: bool = False) -> dict[str, Passage]:
    """The words of the statements in a matrix's cells, by statement; only the first of each cell
    if wanted."""
    ids = [
        statement
        for _, tellings in found.groups
        for telling in tellings
        for cells in telling.cells.values()
        for cell in cells
        for statement in (cell.statements[:1] if first else cell.statements)
    ]
    return words.of_statements(store, ids)
