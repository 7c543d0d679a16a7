"""Disputes, look-alikes and origins of invented crises, against what was planted in them.

    python benchmarks/disputes.py [--seeds 1000-1049] [--articles 200] [--workers 2] [--errors]

Each crisis (`crises.generate`) is read as JSON lines into a case of its own. Printed: the precision
of the rows of kind "dispute", the recall of planted disputes by question, the harmless look-alikes
that a dispute sets apart and the named ones (update, scope, ...) that are named, each by shape; the
events whose origin count is right; and processor seconds. A reported dispute is a planted one if
most of its statements tell of its event, the question is the same, and its answers keep the planted
ones apart. `--errors` lists what was missed, and what was reported for nothing. An event's count is
that of the reported event with most of its tellings; it is wrong where there is none.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crises import Crisis, Event, Planted, Telling, generate
from crises.truth import NAMED_SHAPES
from rashomon import pipeline
from rashomon.base.rows import Account, Dispute, Document, Origin, Statement
from rashomon.base.rows import Event as Found
from rashomon.base.settings import Settings
from rashomon.base.store import create


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", default="0-2", help="one seed, or the first and the last")
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    first, _, last = given.seeds.partition("-")
    seeds = [(seed, given.articles) for seed in range(int(first), int(last or first) + 1)]
    total = Score()
    with multiprocessing.get_context("spawn").Pool(given.workers) as pool:
        for score in pool.imap(measure, seeds):
            total.add(score)
    total.print(errors=given.errors)


@dataclass
class Score:
    """Counts over crises: `planted[question]`, `harmless[shape]` and their hits."""

    crises: int = 0
    seconds: float = 0.0
    reported: int = 0
    right: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)
    reported_harmless: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    events: int = 0
    counted: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("crises", "seconds", "reported", "right", "events", "counted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("planted", "found", "harmless", "reported_harmless", "named"):
            getattr(self, name).update(getattr(other, name))
        self.errors += other.errors

    def print(self, *, errors: bool) -> None:
        if errors:
            print("\n".join(self.errors))
        planted, found = self.planted.total(), self.found.total()
        harmless, wrong = self.harmless.total(), self.reported_harmless.total()
        print(f"{self.crises} crises, {self.events} events, {self.seconds:.0f} CPU-seconds")
        print(f"precision  {_share(self.right, self.reported)}  of {self.reported} reported")
        print(f"recall     {_share(found, planted)}  of {planted} planted")
        for question, count in sorted(self.planted.items()):
            print(f"  {question:12} {_share(self.found[question], count)}  of {count}")
        print(f"harmless   {_share(wrong, harmless)}  of {harmless} reported as disputes")
        for shape, count in sorted(self.harmless.items()):
            line = f"  {shape:12} {_share(self.reported_harmless[shape], count)}  of {count}"
            if shape in NAMED_SHAPES:
                line += f"   named {_share(self.named[shape], count)}"
            print(line)
        print(f"origins    {_share(self.counted, self.events)}  of {self.events} events")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "    -"


def measure(given: tuple[int, int]) -> Score:
    """Read one crisis and compare."""
    seed, articles = given
    crisis = generate(seed, articles)
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "crisis.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) for record in crisis.records)
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        case = create(Path(folder) / "case")
        pipeline.read([str(source)], case, Settings())
        with case.store() as store:
            rows = Rows.of(
                list(store.rows(Document)),
                list(store.rows(Statement)),
                list(store.rows(Found)),
                list(store.rows(Account)),
                list(store.rows(Origin)),
                list(store.rows(Dispute)),
            )
    score = compare(seed, crisis, rows)
    score.seconds = time.process_time() - start
    return score


@dataclass(frozen=True)
class Rows:
    """What was found: where each statement stands, and the rows that are compared."""

    at: Mapping[str, tuple[str, int]]
    texts: Mapping[str, str]
    events: Sequence[Found]
    origins: Mapping[str, int]
    disputes: Sequence[Dispute]

    @classmethod
    def of(
        cls,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        events: Sequence[Found],
        accounts: Sequence[Account],
        origins: Sequence[Origin],
        disputes: Sequence[Dispute],
    ) -> Rows:
        names = {row.id: row.name for row in documents}
        root = {row.account: row.origin for row in origins}
        found: defaultdict[str, set[str]] = defaultdict(set)
        for account in accounts:
            found[account.event].add(root[account.id])
        return cls(
            {row.id: (names[row.document], row.predicate.start) for row in statements},
            {row.name: row.text for row in documents},
            events,
            {event: len(some) for event, some in found.items()},
            disputes,
        )


class Truth:
    """The planted tellings by place, so that a statement finds its own."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._by_article: defaultdict[str, list[tuple[Telling, Event]]] = defaultdict(list)
        for event in events:
            for telling in event.tellings:
                self._by_article[telling.article].append((telling, event))

    def at(self, place: tuple[str, int]) -> tuple[Telling, Event] | None:
        article, offset = place
        for telling, event in self._by_article[article]:
            if telling.start <= offset < telling.end:
                return telling, event
        return None


def compare(seed: int, crisis: Crisis, rows: Rows) -> Score:
    truth = Truth(crisis.events)
    score = Score(crises=1)
    judged = [Judged.of(row, truth, rows) for row in rows.disputes]
    disputes = [each for each in judged if each.row.kind == "dispute"]
    score.reported = len(disputes)
    right: set[str] = set()
    for event in crisis.events:
        for planted in event.planted:
            score.planted[planted.question] += 1
            hits = [each for each in disputes if each.is_planted(event, planted)]
            score.found[planted.question] += bool(hits)
            right |= {each.row.id for each in hits}
            if not hits:
                score.errors.append(_missed(seed, event, planted, truth, rows))
        _harmless(score, seed, event, judged)
    score.right = len(right)
    score.errors += [each.told(seed, rows) for each in disputes if each.row.id not in right]
    _origins(score, seed, crisis, truth, rows)
    return score


@dataclass(frozen=True)
class Judged:
    """A reported row, and for each of its answers the planted tellings that it holds."""

    row: Dispute
    sides: tuple[tuple[tuple[Telling, Event], ...], ...]
    statements: int

    @classmethod
    def of(cls, row: Dispute, truth: Truth, rows: Rows) -> Judged:
        sides = [
            tuple(told for s in answer.statements if (told := truth.at(rows.at[s])))
            for answer in row.answers
        ]
        return cls(row, tuple(sides), sum(len(answer.statements) for answer in row.answers))

    def is_planted(self, event: Event, planted: Planted) -> bool:
        if self.row.question != planted.question:
            return False
        held = sum(of is event for side in self.sides for _, of in side)
        if 2 * held <= self.statements:
            return False
        values = [
            {
                told.says[planted.key]
                for told, of in side
                if of is event and planted.key in told.says
            }
            for side in self.sides
        ]
        told = [side for side in values if side]
        return len(told) > 1 and len(set.union(*told)) == sum(map(len, told)) >= len(told)

    def sets_apart(self, left: Sequence[Telling], right: Sequence[Telling]) -> bool:
        """Whether a telling of the one and a telling of the other are on different sides."""
        sides = [{id(told) for told, _ in side} for side in self.sides]
        one = {n for n, side in enumerate(sides) if side & {id(t) for t in left}}
        other = {n for n, side in enumerate(sides) if side & {id(t) for t in right}}
        return bool(one and other and (len(one | other) > 1)) and one != other

    def told(self, seed: int, rows: Rows) -> str:
        lines = [f"FALSE {seed} {self.row.question} {self.row.about}: {self.row.because}"]
        for answer, side in zip(self.row.answers, self.sides, strict=True):
            events = sorted({event.id for _, event in side})
            lines.append(f"   {answer.value!r} of {events}")
            for statement in answer.statements[:4]:
                lines.append(f"      {_around(rows, rows.at[statement])}")
        return "\n".join(lines)


def _around(rows: Rows, place: tuple[str, int]) -> str:
    text = rows.texts[place[0]]
    start = text.rfind("\n", 0, place[1]) + 1
    end = text.find("\n", place[1])
    return f"{place[0]}: {text[start : end if end > 0 else None]}"


def _harmless(score: Score, seed: int, event: Event, judged: Sequence[Judged]) -> None:
    for planted in event.harmless:
        score.harmless[planted.shape] += 1
        apart = [
            each
            for each in judged
            if planted.question in ("", each.row.question)
            and each.sets_apart(planted.left, planted.right)
        ]
        wrong = any(each.row.kind == "dispute" for each in apart)
        score.reported_harmless[planted.shape] += wrong
        named = any(each.row.kind == planted.shape for each in apart)
        score.named[planted.shape] += named
        if planted.shape in NAMED_SHAPES and not named:
            kinds = sorted({each.row.kind for each in apart})
            where = f"{planted.left[0].article} against {planted.right[0].article}"
            score.errors.append(f"NOT NAMED {seed} {event.id} {planted.shape} {kinds} {where}")


def _missed(seed: int, event: Event, planted: Planted, truth: Truth, rows: Rows) -> str:
    lines = [f"MISSED {seed} {event.id} {event.label}: {planted.question} {planted.values}"]
    home = _homes(truth, rows)
    for telling in event.tellings:
        if planted.key in telling.says:
            words = rows.texts[telling.article][telling.start : telling.end]
            within = sorted(home.get(id(telling), set()))
            lines.append(f"   {telling.article} {telling.says[planted.key]} {within}: {words}")
    lines += [
        f"   reported: {row.kind} {row.question} {row.about} {[a.value for a in row.answers]}"
        for row in rows.disputes
        if any(
            (told := truth.at(rows.at[s])) and told[1] is event
            for answer in row.answers
            for s in answer.statements
        )
    ]
    return "\n".join(lines)


def _homes(truth: Truth, rows: Rows) -> dict[int, set[int]]:
    """For each telling, the numbers of the reported events that hold a statement of it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for number, event in enumerate(rows.events):
        for statement in event.statements:
            told = truth.at(rows.at[statement])
            if told:
                found[id(told[0])].add(number)
    return found


def _origins(score: Score, seed: int, crisis: Crisis, truth: Truth, rows: Rows) -> None:
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows.events:
        tellings = {
            (id(told[0]), told[1].id) for s in row.statements if (told := truth.at(rows.at[s]))
        }
        for _, name in tellings:
            held[name][row.id] += 1
    for event in crisis.events:
        score.events += 1
        best = _first(held[event.id])
        counted = rows.origins.get(best, 0) if best else 0
        score.counted += counted == event.origins
        if counted != event.origins:
            origins = sorted({telling.origin for telling in event.tellings})
            score.errors.append(
                f"ORIGINS {seed} {event.id} {event.label}: {counted} for {origins};"
                f" tellings {len(event.tellings)} held {held[event.id].most_common(4)}"
            )


def _first(held: Counter[str]) -> str | None:
    return min(held, key=lambda row: (-held[row], row)) if held else None


if __name__ == "__main__":
    main()
