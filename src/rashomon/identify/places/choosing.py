"""Which of its bearers each place name of an article means.

Each bearer has a weight in powers of ten of people, to which every sign in the article adds its
own; the heaviest is meant. The names of one article are weighed together, over a few rounds: what
the last round chose tells the neighbourhood for the others. The signs are the usual ones of
toponym resolution: the holder written beside the name, its country or region named elsewhere,
nearness to the other places, one sense of a name in an article, and population (Leidner, "Toponym
Resolution in Text", 2007; Lieberman and Samet, SIGIR 2012).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.base.gazetteer import UNLIKE
from rashomon.identify.places.articles import Named, Told
from rashomon.identify.places.candidates import Candidate

ALONE = 100_000
"""People of a settlement or division that is taken without any sign in the article."""

HOME = 0.4
"""Share of an outlet's places in one country that speaks for the small ones there."""

NEAR = 30.0
_ROUNDS = 3
_KILOMETRES = 111.2
_REACH = 600.0

HELD = 6.0
KIND = 4.0
COUNTRY = 0.45
COUNTRY_SHARE = 0.95
LEAST = 0.1
SENTENCE = 0.1
IN_COUNTRY = 1.0
IN_REGION = 1.5
REGION_NAMED = 1.7
CLOSE = 3.0
NEIGHBOUR = 1.4
HOLDS = 1.5
SIBLINGS = 2.5
OUTLET_REGION = 1.5
OUTLET_COUNTRY = 1.0


@dataclass(frozen=True, slots=True)
class Home:
    """Where the places of an outlet's articles lie: shares of regions and countries."""

    regions: Mapping[int, float]
    countries: Mapping[str, float]


NOWHERE = Home({}, {})


@dataclass(frozen=True, slots=True)
class Choice:
    """The bearer that a name means, how sure that is and why."""

    candidate: Candidate
    score: float
    because: str


@dataclass(slots=True)
class _Option:
    """One bearer of one name with what the article says of it before the others are chosen."""

    candidate: Candidate
    weight: float
    signs: dict[str, float] = field(default_factory=dict)

    def add(self, sign: str, by: float) -> None:
        if by:
            self.signs[sign] = self.signs.get(sign, 0.0) + by
            self.weight += by


@dataclass(slots=True)
class _Focus:
    """What one round chose: places by country and by region, divisions named, points. A capital
    is named for its government everywhere, and tells only what is near."""

    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[int] = field(default_factory=Counter)
    divisions: Counter[int] = field(default_factory=Counter)
    siblings: Counter[str] = field(default_factory=Counter)
    points: list[tuple[str, Candidate]] = field(default_factory=list)

    def count(self, candidate: Candidate, by: int = 1) -> None:
        if candidate.country and candidate.kind != "country" and not candidate.capital:
            self.countries[candidate.country] += by
        if candidate.kind in ("region", "district"):
            self.divisions[candidate.number] += by
        if candidate.kind == "region":
            self.siblings[candidate.country or ""] += by
        elif candidate.region:
            self.regions[candidate.region] += by


def choose(
    told: Told, known: Mapping[str, Sequence[Candidate]], home: Home = NOWHERE
) -> list[tuple[Named, Choice]]:
    """What the names of one article mean; a name that nothing tells is left out."""
    named = [one for one in told.names.values() if _allowed(one, known)]
    options = [_options(one, told, known, home) for one in named]
    _neighbours(named, options)
    chosen: list[_Option | None] = [None] * len(named)
    for _ in range(_ROUNDS):
        focus = _focus(named, chosen)
        chosen = [
            _best(one, some, focus, before, told, home)
            for one, some, before in zip(named, options, chosen, strict=True)
        ]
    return [
        (one, _choice(found, some, told))
        for one, some, found in zip(named, options, chosen, strict=True)
        if found
    ]


def _allowed(named: Named, known: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    """With an article of its own a name is a landmark's or nobody's ("the Rhine", "the Delta")."""
    some = known.get(named.name, ())
    return [one for one in some if not named.described or one.number == 0]


def _options(
    named: Named, told: Told, known: Mapping[str, Sequence[Candidate]], home: Home
) -> list[_Option]:
    holders = [holder for name in named.holders for holder in known.get(name, ())]
    held = {h.number for h in holders if h.number} | {h.row.id for h in holders if not h.number}
    holding = {
        number
        for name in told.names.values()
        if named.name in name.holders
        for c in known.get(name.name, ())
        for number in (c.region, c.district, c.country)
    }
    beside = set().union(*(told.by_sentence.get(s, set()) for s in named.sentences))
    allowed = _allowed(named, known)
    bearers = Counter(candidate.country for candidate in allowed)
    found = []
    for candidate in allowed:
        option = _Option(candidate, candidate.prior)
        if _is_held(candidate, held, holders):
            option.add("held", HELD)
        if candidate.kind in ("region", "district") and candidate.number in holding:
            option.add("holds", HELD / 2)
        _kind(option, named)
        _country(option, told, beside, bearers[candidate.country])
        option.add("outlet", OUTLET_REGION * home.regions.get(_region(candidate), 0.0))
        option.add("outlet", OUTLET_COUNTRY * home.countries.get(candidate.country or "", 0.0))
        found.append(option)
    return found


def _is_held(candidate: Candidate, held: set[int | str], holders: Sequence[Candidate]) -> bool:
    if candidate.kind == "country":
        return False
    if candidate.region in held or candidate.district in held:
        return True
    return any(h.kind == "country" and h.country == candidate.country for h in holders)


def _kind(option: _Option, named: Named) -> None:
    """What the words beside the name say it is; a county may be a region elsewhere."""
    said = max(("region", "district", "city"), key=lambda kind: named.kinds[kind])
    if not named.kinds[said]:
        return
    if option.candidate.kind == said:
        option.add("kind", KIND)
    elif said != "city" and option.candidate.kind in ("region", "district"):
        option.add("kind", KIND / 2)


def _country(option: _Option, told: Told, beside: set[str], bearers: int) -> None:
    """A country that the article names; a country itself is not helped by its own name. The more
    of the `bearers` of the name lie in it, the less its name says for each of them."""
    country = option.candidate.country
    if country is None or option.candidate.kind == "country" or not told.countries[country]:
        return
    share = told.countries[country] / told.countries.total()
    option.add("country", max(LEAST, COUNTRY + COUNTRY_SHARE * share - math.log10(bearers)))
    option.add("sentence", SENTENCE if country in beside else 0.0)


def _neighbours(named: Sequence[Named], options: Sequence[Sequence[_Option]]) -> None:
    """Bearers of two names within NEAR of each other speak for each other."""
    cells: dict[tuple[int, int], list[tuple[str, Candidate]]] = defaultdict(list)
    for one, some in zip(named, options, strict=True):
        for option in some:
            if (point := option.candidate.point) and option.candidate.called != UNLIKE:
                cells[_cell(point)].append((one.name, option.candidate))
    for one, some in zip(named, options, strict=True):
        for option in some:
            if (point := option.candidate.point) and _has_neighbour(one, option, cells, point):
                option.add("neighbour", NEIGHBOUR)


def _has_neighbour(
    named: Named,
    option: _Option,
    cells: Mapping[tuple[int, int], Sequence[tuple[str, Candidate]]],
    point: tuple[float, float],
) -> bool:
    row, column = _cell(point)
    return any(
        name != named.name
        and other.number != option.candidate.number
        and other.point is not None
        and distance(point, other.point) < NEAR
        for r in (row - 1, row, row + 1)
        for c in (column - 1, column, column + 1)
        for name, other in cells.get((r, c), ())
    )


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return math.floor(point[0]), math.floor(point[1])


def _focus(named: Sequence[Named], chosen: Iterable[_Option | None]) -> _Focus:
    focus = _Focus()
    for one, option in zip(named, chosen, strict=True):
        if option:
            focus.count(option.candidate)
            if option.candidate.point:
                focus.points.append((one.name, option.candidate))
    return focus


def _best(
    named: Named,
    options: Sequence[_Option],
    focus: _Focus,
    before: _Option | None,
    told: Told,
    home: Home,
) -> _Option | None:
    """The heaviest bearer given what the other names mean, if something speaks for it."""
    if before:
        focus.count(before.candidate, -1)
    best = None
    for option in options:
        weighed = _Option(option.candidate, option.weight, dict(option.signs))
        _beside(weighed, named, focus)
        if best is None or weighed.weight > best.weight:
            best = weighed
    if before:
        focus.count(before.candidate, 1)
    return best if best and _is_told(best, told, focus, home) else None


def _beside(option: _Option, named: Named, focus: _Focus) -> None:
    candidate = option.candidate
    places = focus.countries.total() + 1
    if candidate.kind == "country":
        option.add("inside", HOLDS * focus.countries[candidate.country or ""] / places)
        return
    region = _region(candidate)
    option.add("focus", IN_COUNTRY * focus.countries[candidate.country or ""] / places)
    if region:
        option.add("region", IN_REGION * focus.regions[region] / (focus.regions.total() + 1))
    if candidate.kind == "region":
        siblings = focus.siblings[candidate.country or ""]
        option.add("siblings", SIBLINGS * siblings / (siblings + 1))
    else:
        holders = {candidate.region, candidate.district} - {0}
        if any(focus.divisions[number] > 0 for number in holders):
            option.add("division", REGION_NAMED)
    if point := candidate.point:
        near = min(
            (
                distance(point, other.point)
                for name, other in focus.points
                if name != named.name and other.country == candidate.country and other.point
            ),
            default=_REACH,
        )
        option.add("close", CLOSE * max(0.0, 1 - near / _REACH))


def _region(candidate: Candidate) -> int:
    return candidate.number if candidate.kind == "region" else candidate.region


def _is_told(option: _Option, told: Told, focus: _Focus, home: Home) -> bool:
    """Whether more than its name speaks for a small place."""
    candidate = option.candidate
    return (
        candidate.number == 0
        or candidate.population >= ALONE
        or not option.signs.keys().isdisjoint(("held", "country", "neighbour", "division", "close"))
        or focus.countries[candidate.country or ""] > 0
        or home.countries.get(candidate.country or "", 0.0) > HOME
    )


def distance(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Kilometres between two points that are not far apart (the plane through both)."""
    north = left[0] - right[0]
    east = (left[1] - right[1] + 180) % 360 - 180
    east *= math.cos(math.radians((left[0] + right[0]) / 2))
    return _KILOMETRES * math.hypot(north, east)


_REASONS = (
    ("held", "what holds it is written beside it"),
    ("sentence", "its country is named in the sentence"),
    ("division", "the region that holds it is named in the article"),
    ("country", "its country is named in the article"),
    ("close", "near other places of the article"),
    ("neighbour", "near a place that the article may mean"),
    ("region", "in the region of other places of the article"),
    ("focus", "in the country of other places of the article"),
    ("holds", "it is written beside what it holds"),
    ("siblings", "beside other regions of its country"),
    ("inside", "it holds other places of the article"),
    ("outlet", "where most places of the outlet's articles lie"),
)


def _choice(option: _Option, options: Sequence[_Option], told: Told) -> Choice:
    candidate = option.candidate
    if candidate.kind == "country" and len(options) == 1:
        return Choice(candidate, 1.0, "name of a state")
    why = next((words for sign, words in _REASONS if option.signs.get(sign)), "")
    score = (0.7 if len(options) > 1 else 0.8) + (0.15 if why else 0.0)
    how = _of_several(candidate, options)
    return Choice(candidate, round(score, 2), f"{how}; {why or 'its country is not named'}")


def _of_several(candidate: Candidate, options: Sequence[_Option]) -> str:
    if candidate.kind == "country":
        return f"name of a state, and of {len(options) - 1} other places"
    if len(options) == 1:
        return "the only place of this name"
    alike = [o.candidate for o in options if o.candidate.kind == candidate.kind]
    largest = max(alike, key=lambda one: (one.population, -one.number)) == candidate
    return f"{'largest' if largest else 'one'} of {len(options)} places of this name"
