"""Whom a place's name may mean: countries, landmarks and the bearers in the gazetteer."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rashomon.base import gazetteer
from rashomon.base.gazetteer import LIKE, UNLIKE, Bearer, spelling
from rashomon.base.lexicon import table
from rashomon.base.rows import Place, row_id

MOST = 60
"""Bearers of one name that are looked at, the most populous first."""

_COUNTRY = 8.0
_LANDMARK = 6.0
_CAPITAL = 0.6
_LEAST_PEOPLE = 100
_KIND = {"city": 0.0, "region": -1.0, "district": -2.0}
_CALLED = {"": 0.0, LIKE: -0.5, UNLIKE: -2.0}
_NAMESAKE = -2.0
_DIVISION_WORD = re.compile(
    r" (?:province|governorate|oblast|region|county|parish|district|state|prefecture|raion|krai)$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `prior` is what is known of it without the article, in powers
    of ten of people; `number` its GeoNames id, 0 for a country or a landmark."""

    row: Place
    number: int
    region: int
    district: int
    population: int
    prior: float
    called: str
    capital: bool = False

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def country(self) -> str | None:
        return self.row.country

    @property
    def point(self) -> tuple[float, float] | None:
        """None for what is too wide to be near to something."""
        small = self.kind in ("city", "district") or (self.number == 0 and self.kind in _POINTS)
        if not small or self.row.latitude is None or self.row.longitude is None:
            return None
        return self.row.latitude, self.row.longitude


_POINTS = frozenset({
    "base", "airport", "crossing", "camp", "prison", "site", "quarter", "square", "dam", "bridge",
    "pass",
})  # fmt: skip


def look_up(names: Iterable[str]) -> dict[str, list[Candidate]]:
    """What each name (given as `spelling`) may mean, the likeliest first; nothing where nobody
    bears it."""
    wanted = set(names)
    asked = wanted | {bare for name in wanted if (bare := _bare(name))}
    listed = gazetteer.bearers(asked)
    found: dict[str, list[Candidate]] = {}
    for name in sorted(wanted):
        bearers = listed.get(name, [])
        if bare := _bare(name):
            known = {bearer.place.number for bearer in bearers}
            bearers = bearers + [
                one for one in listed.get(bare, ())
                if one.place.kind in ("region", "district") and one.place.number not in known
            ]  # fmt: skip
        some = [*_countries(name), *_landmarks(name), *_listed(name, bearers)]
        if some:
            found[name] = sorted(some, key=lambda c: (-c.prior, c.row.id))
    return found


def _bare(name: str) -> str:
    """A division's name without its common word ("anbar province"), "" where there is none."""
    bare = _DIVISION_WORD.sub("", name)
    return bare if bare != name else ""


def _countries(name: str) -> list[Candidate]:
    iso = states("names").get(name)
    return [_of_row(country_row(iso), _COUNTRY)] if iso and not _landmark_rows().get(name) else []


def _landmarks(name: str) -> list[Candidate]:
    return [_of_row(row, _LANDMARK) for row in _landmark_rows().get(name, ())]


def _of_row(row: Place, prior: float) -> Candidate:
    return Candidate(row, 0, 0, 0, 0, prior, "")


def _listed(name: str, bearers: Iterable[Bearer]) -> list[Candidate]:
    some = list(bearers)[:MOST]
    capital = states("capitals").get(name)
    seats = {one.place.region for one in some if one.place.kind == "city"}
    seats |= {one.place.district for one in some if one.place.kind == "city"}
    found = []
    for one in some:
        place = one.place
        prior = math.log10(max(place.population, _LEAST_PEOPLE))
        prior += _KIND[place.kind] + _CALLED[one.called]
        if place.number in seats:
            prior += _NAMESAKE
        seat = capital == place.country and place.kind == "city"
        prior += _CAPITAL if seat else 0.0
        row = Place(
            row_id(Place, "GeoNames", place.number), place.name, place.latitude, place.longitude,
            place.country, place.kind,
        )  # fmt: skip
        found.append(
            Candidate(
                row, place.number, place.region, place.district, place.population, prior,
                one.called, seat,
            )
        )  # fmt: skip
    return found


@cache
def states(*columns: str) -> Mapping[str, str]:
    """Spelling of a state's name (adjective, people, capital) to its ISO code."""
    found: dict[str, str] = {}
    for row in table("states"):
        for column in columns:
            for form in filter(None, row[column].split(";")):
                found.setdefault(spelling(form), row["iso"])
    if "names" in columns:
        for country in gazetteer.countries().values():
            found.setdefault(spelling(country.name), country.iso)
    return found


@cache
def country_row(iso: str) -> Place:
    """A state as a place, at the middle of its people where the gazetteer has it."""
    listed = gazetteer.countries().get(iso)
    names = (row["names"].split(";")[0] for row in table("states") if row["iso"] == iso)
    label = next(names, None) or (listed.name if listed else iso)
    at = (listed.latitude, listed.longitude) if listed else (None, None)
    return Place(row_id(Place, "ISO 3166", iso), label, *at, iso, "country")


@cache
def _landmark_rows() -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for row in table("landmarks"):
        names = row["names"].split(";")
        number = row_id(Place, "landmark", names[0])
        latitude, longitude = _degrees(row["latitude"]), _degrees(row["longitude"])
        place = Place(number, names[0], latitude, longitude, row["country"] or None, row["kind"])
        for name in dict.fromkeys(spelling(form) for form in names):
            found[name].append(place)
    return dict(found)


def _degrees(cell: str) -> float | None:
    return float(cell) if cell else None
