"""What happens in an invented crisis, who tells of it, and on what their accounts differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from crises.tables import rows, words
from crises.world import Outlet, Voice, World

START = date(2031, 2, 3)
DAYS = 100


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    weight: int
    counts: tuple[tuple[str, str, int, int], ...]
    voices: tuple[str, ...]
    asked: tuple[str, ...]
    fills: tuple[tuple[str, str], ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What one voice says: `counts` by slot; `hedges` are slots that it gives in rounder words."""

    day: date
    counts: tuple[tuple[str, int], ...]
    town: str
    doer: str
    why: str
    whom: str
    denies: bool = False
    hedges: frozenset[str] = frozenset()

    def counted(self, slot: str) -> int:
        return dict(self.counts)[slot]

    def with_count(self, slot: str, value: int) -> Version:
        return replace(self, counts=tuple((s, value if s == slot else n) for s, n in self.counts))


@dataclass(frozen=True, slots=True)
class Teller:
    """An origin of an event: a voice, or an outlet that was there itself."""

    origin: str
    voice: Voice | None
    outlet: Outlet | None
    version: Version


@dataclass(slots=True)
class Plan:
    """An event to be told. `key` is what its tellers differ on, "" where they agree."""

    kind: Kind
    province: str
    victim: str
    other: str
    words: dict[str, str]
    tellers: list[Teller]
    key: str = ""
    shapes: list[str] = field(default_factory=list)

    @property
    def version(self) -> Version:
        return self.tellers[0].version

    @property
    def label(self) -> str:
        return f"{self.kind.name} in {self.version.town}, {self.version.day}"


@cache
def kinds() -> Sequence[Kind]:
    return [_kind(row) for row in rows("kinds.tsv")]


def _kind(row: dict[str, str]) -> Kind:
    pairs = [c.split("=") for c in row["counts"].split(",") if c]
    fills = [f.split("=") for f in row["fills"].split(",") if f]
    return Kind(
        row["kind"],
        int(row["weight"]),
        tuple((slot, noun, int(low), int(high)) for slot, noun, low, high in pairs),
        tuple(row["voices"].split(",")),
        tuple(row["asked"].split(",")),
        tuple((slot, use) for slot, use in fills),
        tuple(row["shapes"].split(",")),
    )


def plan(world: World, chance: Random) -> Plan:
    """One event with its tellers; in about half of them the tellers differ on one question."""
    kind = chance.choices(kinds(), [k.weight for k in kinds()])[0]
    town = chance.choice(world.towns)
    province = world.provinces[world.towns.index(town) % len(world.provinces)]
    offices = chance.sample(words("office"), 2)
    made = Plan(
        kind=kind,
        province=province,
        victim=f"{offices[0]} {world.person(man=True)}",
        other=f"{offices[1]} {world.person(man=True)}",
        words={slot: chance.choice(words(use)) for slot, use in kind.fills},
        tellers=[],
    )
    version = _version(made, world, chance, town)
    disputed = chance.random() < 0.5
    made.key = chance.choice(kind.asked) if disputed else ""
    count = chance.choices([2, 3, 4], [5, 3, 1])[0] if disputed else chance.choice([1, 1, 2, 3])
    made.tellers = [_teller(made, world, chance, version, n) for n in range(count)]
    made.tellers = list({t.origin: t for t in made.tellers}.values())
    if made.key and len(made.tellers) > 1:
        _differ(made, world, chance)
    else:
        made.key = ""
    taken = {made.key} if made.key else set()
    shapes = [s for s in kind.shapes if not (taken and s in _NEEDS_AGREEMENT)]
    made.shapes = chance.sample(shapes, min(len(shapes), chance.choice([0, 1, 1, 2])))
    return made


_NEEDS_AGREEMENT = frozenset(
    ("update", "rise", "same_voice", "headline", "author", "rounding", "refinement", "namesake")
)


def _version(made: Plan, world: World, chance: Random, town: str) -> Version:
    counts = []
    for slot, _, low, high in made.kind.counts:
        value = int(low * (high / low) ** chance.random())
        counts.append((slot, value if value < 200 else value // 10 * 10))
    doer = chance.choice([f"fighters of the {chance.choice(world.groups)}", "the army"])
    return Version(
        day=START + timedelta(days=chance.randrange(DAYS)),
        counts=tuple(counts),
        town=town,
        doer=doer,
        why=_word(f"why_{made.kind.name}", chance) or made.words.get("cause", ""),
        whom=_word(f"whom_{made.kind.name}", chance),
    )


def _word(use: str, chance: Random, *, but: str = "") -> str:
    found = [word for word in words(use) if word != but]
    return chance.choice(found) if found else ""


def _teller(made: Plan, world: World, chance: Random, version: Version, n: int) -> Teller:
    if chance.random() < (0.2 if n == 0 else 0.12):
        outlet = chance.choice([o for o in world.reporters() if o.kind in ("wire", "paper")])
        return Teller(outlet.name, None, outlet, version)
    voice = _voice(made, world, chance, version.town)
    return Teller(voice.origin, voice, None, version)


def _voice(made: Plan, world: World, chance: Random, town: str) -> Voice:
    named = chance.choice(made.kind.voices)
    if named in world.ministry:
        return world.ministry[named]
    made_by: dict[str, Any] = {
        "hospital": lambda: world.hospital(town),
        "police": lambda: world.police(town),
        "governor": lambda: world.governor(made.province),
        "group": lambda: world.spokesman(chance.choice(world.groups)),
        "monitor": lambda: world.monitor,
        "aid": lambda: world.aid,
        "witness": world.witness,
        "lawyer": world.lawyer,
    }
    found: Voice = made_by[named]()
    return found


def _differ(made: Plan, world: World, chance: Random) -> None:
    """Give the later tellers another answer to the question in dispute."""
    first = chance.randint(1, len(made.tellers) - 1)
    changed = _changed(made, world, chance)
    made.tellers = [
        teller if n < first else replace(teller, version=changed)
        for n, teller in enumerate(made.tellers)
    ]


def _changed(made: Plan, world: World, chance: Random) -> Version:
    version, key = made.version, made.key
    if key == "happened":
        return replace(version, denies=True)
    if key == "time":
        return replace(
            version, day=version.day + timedelta(days=chance.choice([-3, -2, -1, 1, 2, 3]))
        )
    if key == "place":
        return replace(version, town=chance.choice([t for t in world.towns if t != version.town]))
    if key == "actor":
        others = ["the army", "the police", *(f"fighters of the {g}" for g in world.groups)]
        return replace(version, doer=chance.choice([d for d in others if d != version.doer]))
    if key == "reason":
        use = (
            f"why_{made.kind.name}" if words(f"why_{made.kind.name}") else f"cause_{made.kind.name}"
        )
        return replace(version, why=_word(use, chance, but=version.why))
    if key == "recipient":
        return replace(version, whom=_word(f"whom_{made.kind.name}", chance, but=version.whom))
    value = version.counted(key)
    factor = chance.choice([0.3, 0.45, 0.6, 1.6, 2.2, 3.5])
    return version.with_count(key, _apart(value, max(3, int(value * factor))))


def _apart(value: int, other: int) -> int:
    """Another number that does not round to the first."""
    other = other if abs(other - value) > 1 else other + 3
    return other if other < 200 else other // 10 * 10


def twin(made: Plan, world: World, chance: Random) -> Plan | None:
    """Another event much like the first: weeks later in the same town ("other"), or of other
    people on the same day ("list"). None where none is planted."""
    version = made.tellers[0].version
    if "other" in made.shapes:
        changed = replace(version, day=version.day + timedelta(days=chance.randint(12, 30)))
        for slot, value in version.counts:
            changed = changed.with_count(slot, _apart(value, value * 2))
        again = replace(made, tellers=[], key="", shapes=[])
    elif "list" in made.shapes:
        town = chance.choice([t for t in world.towns if t != version.town])
        changed = replace(version, town=town)
        person = f"{chance.choice(words('office'))} {world.person(man=True)}"
        again = replace(made, tellers=[], key="", shapes=[])
        if made.kind.name == "meeting":
            again.other = person
        else:
            again.victim = person
    else:
        return None
    again.tellers = [_teller(again, world, chance, changed, 0)]
    return again
