"""Score places on the Local-Global Lexicon (LGL, Lieberman et al. 2010), given the toponyms.

    python benchmarks/places.py LGL.XML [--half a|b] [--wrong]

LGL is 588 articles of 78 local papers; each marked name has the coordinates of what it means. Its
names become mentions of places (nothing else of the article is read), and `locate` says what they
mean. An answer is right within 161 km (100 miles) of the mark; no answer is wrong. Printed for
populated places (GeoNames class P), and for all marks with coordinates:

*population*: the most populous settlement of that name, wherever it lies (the baseline);
*article alone*: `locate`, no article knowing of another;
*with the outlet*: the same, with the paper's name, so that its articles tell where it writes of.

`--half`: only the articles whose id hashes to an even (a) or odd (b) number. `--wrong` lists what
is missed. Then the cost of the table: its size, the CPU seconds to find all names of the set in
it, and the memory that Python holds more afterwards.
"""

from __future__ import annotations

import argparse
import hashlib
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from lxml import etree

from rashomon.base.gazetteer import bearers, spelling
from rashomon.base.rows import Article, Document, Given, Link, Mention, Place, row_id
from rashomon.base.store import Store
from rashomon.identify.places import locate
from rashomon.identify.places.choosing import distance

_WITHIN = 161.0
_FARTHEST = 20_000.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A name with the point that it means; `settled`: a populated place."""

    start: int
    end: int
    phrase: str
    point: tuple[float, float]
    settled: bool


@dataclass(frozen=True, slots=True)
class Report:
    number: str
    paper: str
    text: str
    names: tuple[Marked, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("lgl", type=Path)
    parser.add_argument("--half", choices=["a", "b"])
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    reports = [r for r in _read(options.lgl) if options.half in (None, _half(r.number))]
    print(f"articles {len(reports)}")
    _cost(reports)
    _score("population", reports, _most_populous(reports))
    _score("article alone", reports, _located(reports, papers=False), wrong=options.wrong)
    _score("with the outlet", reports, _located(reports, papers=True))


def _half(number: str) -> str:
    return "ab"[hashlib.sha256(number.encode()).digest()[0] % 2]


def _read(path: Path) -> Iterator[Report]:
    for article in etree.parse(path).iter("article"):
        names = tuple(_marked(article))
        text, paper = article.findtext("text") or "", article.findtext("domain") or ""
        yield Report(article.get("docid") or "", paper, text, names)


def _marked(article: etree._Element) -> Iterator[Marked]:
    for name in article.iter("toponym"):
        mark = name.find("gaztag")
        place = name if mark is None else mark
        if place.findtext("lat"):
            yield Marked(
                int(name.findtext("start") or 0),
                int(name.findtext("end") or 0),
                name.findtext("phrase") or "",
                (float(place.findtext("lat") or 0), float(place.findtext("lon") or 0)),
                place.findtext("fclass") == "P",
            )


Answers = Mapping[tuple[str, int], tuple[float, float]]


def _most_populous(reports: Sequence[Report]) -> Answers:
    names = {spelling(name.phrase) for report in reports for name in report.names}
    largest = {
        name: next((one.place for one in some if one.place.kind == "city"), None)
        for name, some in bearers(names).items()
    }
    return {
        (report.number, name.start): (place.latitude, place.longitude)
        for report in reports
        for name in report.names
        if (place := largest.get(spelling(name.phrase)))
    }


def _located(reports: Sequence[Report], *, papers: bool) -> Answers:
    with Store() as store:
        store.fill(row for report in reports for row in _rows(report, papers=papers))
        found = list(locate(store))
    places = {row.id: row for row in found if isinstance(row, Place)}
    answers = {}
    for row in found:
        if isinstance(row, Link):
            place = places[row.target]
            number, start, _ = row.mention.split(":")
            if place.latitude is not None and place.longitude is not None:
                answers[number, int(start)] = (place.latitude, place.longitude)
    return answers


def _rows(report: Report, *, papers: bool) -> Iterator[Document | Article | Mention]:
    number, text = report.number, report.text
    yield Document(number, number, "", "", "", "", len(text), text, Given())
    paper = report.paper if papers else None
    yield Article(number, number, 0, len(text), None, None, paper, "given", None, "en")
    for name in report.names:
        sentence = f"{number}:{text.count('. ', 0, name.start)}"
        mention = f"{number}:{name.start}:{row_id(Mention, number, name.start)}"
        yield Mention(
            mention, number, number, sentence, name.start, name.end, "place", "name", name.phrase
        )


def _score(title: str, reports: Iterable[Report], answers: Answers, *, wrong: bool = False) -> None:
    right: Counter[bool] = Counter()
    told: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for report in reports:
        for name in report.names:
            answer = answers.get((report.number, name.start))
            far = distance(answer, name.point) if answer else _FARTHEST
            for group in {True, name.settled} if name.settled else {False}:
                total[group] += 1
                told[group] += answer is not None
                right[group] += far <= _WITHIN
            if wrong and name.settled and far > _WITHIN:
                print(f"  {report.paper} {name.phrase!r} {name.point} got {answer}")
    for group, words in ((True, "populated places"), (False, "other places")):
        print(
            f"{title:16} {words:17} within {_WITHIN:.0f} km {right[group] / total[group]:.3f}"
            f"  ({right[group]} of {total[group]}, {told[group]} answered)"
        )


def _cost(reports: Iterable[Report]) -> None:
    names = {spelling(name.phrase) for report in reports for name in report.names}
    size = Path(str(files("rashomon").joinpath("data", "gazetteer.zip"))).stat().st_size
    tracemalloc.start()
    found = bearers(names)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    begun = time.process_time()
    bearers(names)
    print(
        f"table {size / 1e6:.1f} MB  {len(names)} names, {len(found)} found in "
        f"{time.process_time() - begun:.2f} CPU-seconds, {held / 1e6:.1f} MB held, "
        f"{peak / 1e6:.1f} MB at most"
    )


if __name__ == "__main__":
    main()
