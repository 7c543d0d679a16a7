"""The invented world of one crisis: its state, towns, people, armed groups, outlets and voices."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from crises.tables import words


@dataclass(frozen=True, slots=True)
class Outlet:
    """`kind`: wire, paper, broadcaster, blog, state, group. `owner`: whose own voice it is."""

    name: str
    kind: str
    owner: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A source: how it is named at first and later, in a title, and by a pronoun."""

    origin: str
    full: str
    later: str
    short: str
    pronoun: str


class World:
    """Names are made from syllables, each once in a crisis."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._used: set[str] = set()
        self.state = self._name("town_end").removesuffix("a") + "ia"
        self.provinces = [self._name("town_end") for _ in range(3)]
        self.towns = [self._name("town_end") for _ in range(16)]
        self.groups = [
            form.format(self._name("town_end")) for form in chance.sample(words("group"), 3)
        ]
        self.outlets = self._outlets()
        self.ministry = {
            "defence": self._body("the defence ministry", "the ministry", "defence ministry"),
            "interior": self._body("the interior ministry", "the ministry", "interior ministry"),
        }
        monitor = f"the {self._name('town_end')} Human Rights Centre"
        aid = f"the aid group {self._name('town_end')} Relief"
        self.monitor = self._body(monitor, "the centre", "rights centre")
        self.aid = self._body(aid, "the aid group", "aid group")
        self.spokesmen = {group: self.person() for group in self.groups}
        self.governors = {province: self.person() for province in self.provinces}

    def _name(self, end: str) -> str:
        pick = self.chance.choice
        while True:
            name = pick(words("onset")) + pick(words("middle")) + pick(words("inner"))
            name = (name + pick(words(end))).capitalize()
            if name not in self._used:
                self._used.add(name)
                return name

    def person(self, *, man: bool = False, surname: str = "") -> str:
        given = [name for name in words("first") if not (man and name in words("woman"))]
        return f"{self.chance.choice(given)} {surname or self._name('person_end')}"

    def _body(self, full: str, later: str, short: str) -> Voice:
        return Voice(full.removeprefix("the "), full, later, short, "it")

    def _outlets(self) -> list[Outlet]:
        papers = self.chance.sample(words("noun_paper"), 6)
        named = [(f"{self._name('town_end')} {n}", "wire") for n in words("noun_wire")[:2]]
        named += [(f"The {self.towns[n]} {paper}", "paper") for n, paper in enumerate(papers)]
        named += [(f"Radio {self._name('town_end')}", "broadcaster")]
        named += [(f"{self._name('town_end')} Broadcasting", "broadcaster")]
        named += [(name, "blog") for name in self.chance.sample(words("noun_blog"), 2)]
        named += [(f"{self.state} State Television", "state")]
        found = [Outlet(name, kind, name) for name, kind in named]
        return found + [Outlet(f"Media Office of the {g}", "group", g) for g in self.groups]

    def reporters(self) -> list[Outlet]:
        """Outlets that tell in their own voice what they saw, or what others say."""
        return [outlet for outlet in self.outlets if outlet.kind not in ("group",)]

    def hospital(self, town: str) -> Voice:
        full, later = self.chance.choice(
            [(f"the hospital in {town}", "the hospital"), (f"{town} hospital", "the hospital")]
        )
        return Voice(f"{town} hospital", full, later, "hospital", "it")

    def police(self, town: str) -> Voice:
        return Voice(f"{town} police", f"police in {town}", "police", "police", "they")

    def governor(self, province: str) -> Voice:
        person = self.governors[province]
        full = f"{person}, the governor of {province}"
        return Voice(person, full, f"the governor of {province}", "governor", self._pronoun(person))

    def spokesman(self, group: str) -> Voice:
        person = self.spokesmen[group]
        full = f"{person}, a spokesman for the {group}"
        later = self.chance.choice([person.split()[1], f"the {group}"])
        return Voice(group, full, later, group, "he" if later[0].isupper() else "it")

    def witness(self) -> Voice:
        person, trade = self.person(), self.chance.choice(words("trade"))
        full = f"{person}, a {trade}"
        return Voice(person, full, person.split()[1], "witness", self._pronoun(person))

    def lawyer(self) -> Voice:
        person = self.person()
        full = f"{person}, a lawyer for the families"
        return Voice(person, full, person.split()[1], "lawyer", self._pronoun(person))

    def _pronoun(self, person: str) -> str:
        return "she" if person.split()[0] in words("woman") else "he"
