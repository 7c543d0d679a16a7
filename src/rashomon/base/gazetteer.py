"""The places of the world by name: settlements, regions, districts and countries.

The table is `data/gazetteer.zip`, made by `training/gazetteer.py` from GeoNames (CC BY 4.0). It is
a zip of tab-separated texts: names in the order of the alphabet and places in the order of their
numbers, both cut into blocks. Only the blocks are read that hold what was asked for; nothing is
held in memory but what was found.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from zipfile import ZipFile

from rashomon.base.errors import SetupError

BLOCK = 2_000
"""Places in a block."""

LIKE = "~"
UNLIKE = "?"
_POSSESSIVE = re.compile(r"['’]s?$")
_DROPPED = re.compile(r"['’‘`ʿʾʻʼ.]")
_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the gazetteer.

    `number` is its GeoNames id, `kind` city, region (first-order division), district (second-order)
    or country; degrees are WGS 84, `country` ISO 3166-1 alpha-2. `region` and `district` are the
    GeoNames ids of the divisions that hold it, 0 where there is none. `population` of a division is
    that of its listed settlements.
    """

    number: int
    kind: str
    name: str
    latitude: float
    longitude: float
    country: str
    region: int
    district: int
    population: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """A place that bears a name. `called`: "" its own name, LIKE another that resembles it
    ("Arbil" of Erbil), UNLIKE one that does not ("Stalin" of Donetsk)."""

    place: Known
    called: str


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 codes, GeoNames' name and the middle of the country's people (None where no
    settlement is listed)."""

    iso: str
    alpha3: str
    name: str
    latitude: float | None
    longitude: float | None


def spelling(text: str) -> str:
    """Lower case on one line, without accents, hyphens, apostrophes, an article or a possessive;
    "St.", "Ft." and "Mt." written out."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.strip()))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    words = _DROPPED.sub("", plain).replace("-", " ").split()
    words = [_WRITTEN_OUT.get(word, word) if len(words) > 1 else word for word in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def bearers(wanted: Iterable[str]) -> dict[str, list[Bearer]]:
    """Who bears each of these names (given as `spelling`), the most populous first.

    A name that nobody bears is left out. Raises SetupError if the table is missing.
    """
    names = sorted(set(wanted))
    if not names:
        return {}
    with _opened() as table:
        rows = list(_named(table, names))
        places = dict(_numbered(table, {position for _, position, _ in rows}))
    found: dict[str, list[Bearer]] = defaultdict(list)
    for name, position, called in rows:
        found[name].append(Bearer(places[position], called))
    for some in found.values():
        some.sort(key=lambda one: (-one.place.population, one.place.number))
    return dict(found)


@cache
def countries() -> Mapping[str, Country]:
    """All countries by ISO 3166-1 alpha-2 code."""
    with _opened() as table:
        rows = [line.split("\t") for line in _lines(table, "countries.tsv")]
    return {
        iso: Country(
            iso, alpha3, name, float(north) if north else None, float(east) if east else None
        )
        for iso, alpha3, name, north, east in rows
    }


def credit() -> str:
    """Whose data the table holds and under which licence."""
    with _opened() as table:
        return table.read("README.txt").decode("utf-8")


@contextmanager
def _opened() -> Iterator[ZipFile]:
    path = files("rashomon").joinpath("data", "gazetteer.zip")
    if not path.is_file():
        raise SetupError("the table of places is missing: install Rashomon again")
    with as_file(path) as real, ZipFile(real) as table:
        yield table


def _lines(table: ZipFile, member: str) -> list[str]:
    return table.read(member).decode("utf-8").splitlines()


def _named(table: ZipFile, names: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Name, position of a place and how the place is called so, for sorted names."""
    firsts = _lines(table, "names/first.tsv")
    by_block: dict[int, list[str]] = defaultdict(list)
    for name in names:
        by_block[max(0, bisect_right(firsts, name) - 1)].append(name)
    for block, some in by_block.items():
        rows = dict(line.split("\t", 1) for line in _lines(table, f"names/{block:04}.tsv"))
        for name in some:
            for item in rows[name].split(" ") if name in rows else ():
                called = item[-1] if item[-1] in (LIKE, UNLIKE) else ""
                yield name, int(item.rstrip(LIKE + UNLIKE), 36), called


def _numbered(table: ZipFile, positions: Iterable[int]) -> Iterator[tuple[int, Known]]:
    by_block: dict[int, list[int]] = defaultdict(list)
    for position in sorted(positions):
        by_block[position // BLOCK].append(position)
    for block, some in by_block.items():
        lines = _lines(table, f"places/{block:04}.tsv")
        for position in some:
            n, kind, name, lat, lon, country, region, district, people = lines[
                position % BLOCK
            ].split("\t")
            yield position, Known(
                int(n), kind, name, float(lat), float(lon), country,
                int(region or 0), int(district or 0), int(people or 0),
            )  # fmt: skip
