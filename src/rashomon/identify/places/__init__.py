"""Places: which point of the earth a place mention means.

Names, coordinates and populations are GeoNames' (CC BY 4.0; `base/gazetteer.py`), with a table of
landmarks of our own (`data/landmarks.tsv`). A place that is in neither stays without a point, and
so does a name whose only bearers are small where nothing else in the article speaks for them: it
is a place of the case by its name alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from rashomon.base.gazetteer import spelling
from rashomon.base.rows import Link, Place, row_id
from rashomon.base.store import Store
from rashomon.identify.places.articles import Named, Told, read
from rashomon.identify.places.candidates import Candidate, look_up
from rashomon.identify.places.choosing import NOWHERE, Choice, Home, choose

__all__ = ["locate", "spelling"]

_Key = TypeVar("_Key", int, str)
_UNLISTED = 0.5
_UNKNOWN_PLACES = 3
_POSSESSIVE = re.compile(r"['’]s?$")


def locate(store: Store) -> Iterator[Place | Link]:
    """A `Place` for each place that some mention means, and the mentions' links to them.

    Reads the mentions by name that are no actor's but a state's. One that another kind of mention
    has ("Velor" typed as a person in one article) follows those that take its name for a place.
    """
    articles = read(store)
    known = look_up(
        name for told in articles for named in told.names.values()
        for name in (named.name, *named.holders)
    )  # fmt: skip
    places: dict[str, Place] = {}
    links: list[Link] = []
    for named, choice in _chosen(articles, known):
        places[choice.candidate.row.id] = choice.candidate.row
        links += [_link(m, choice.candidate.row, choice) for m in named.mentions]
    linked = {link.mention for link in links}
    for place, mentions in _unlisted(articles):
        for mention in mentions:
            if mention not in linked:
                places[place.id] = place
                links.append(_unlisted_link(mention, place))
    yield from (places[number] for number in sorted(places))
    yield from sorted(links, key=lambda link: link.id)


def _chosen(
    articles: Sequence[Told], known: Mapping[str, Sequence[Candidate]]
) -> Iterator[tuple[Named, Choice]]:
    """What each article's names mean; articles of a named outlet once more, by its home."""
    first = [choose(told, known) for told in articles]
    homes = _homes(articles, first)
    for told, chosen in zip(articles, first, strict=True):
        home = homes.get(told.outlet, NOWHERE)
        yield from choose(told, known, home) if home is not NOWHERE else chosen


def _homes(
    articles: Sequence[Told], chosen: Sequence[Sequence[tuple[Named, Choice]]]
) -> dict[str, Home]:
    """Where the places lie of which each outlet writes, every article counting once for each."""
    regions: dict[str, Counter[int]] = defaultdict(Counter)
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    count = Counter(told.outlet for told in articles)
    for told, found in zip(articles, chosen, strict=True):
        if told.outlet and count[told.outlet] > 1:
            settled = [c.candidate for _, c in found if c.candidate.kind in ("city", "district")]
            regions[told.outlet].update({c.region for c in settled if c.region})
            countries[told.outlet].update({c.country for c in settled if c.country})
    return {
        outlet: Home(_shares(regions[outlet]), _shares(countries[outlet])) for outlet in countries
    }


def _shares(counts: Counter[_Key]) -> dict[_Key, float]:
    total = counts.total() + _UNKNOWN_PLACES
    return {key: number / total for key, number in counts.items()}


def _link(mention: str, place: Place, choice: Choice) -> Link:
    number = row_id(Link, mention, place.id)
    return Link(number, mention, place.id, choice.score, choice.because)


def _unlisted_link(mention: str, place: Place) -> Link:
    because = "a place by its mentions; not told by the list"
    return Link(row_id(Link, mention, place.id), mention, place.id, _UNLISTED, because)


def _unlisted(articles: Sequence[Told]) -> Iterator[tuple[Place, list[str]]]:
    """The places of the case that the list does not tell, each under its most frequent spelling."""
    mentions: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for told in articles:
        for name, found in told.unlisted.items():
            mentions[name] += [mention for mention, _ in found]
            texts[name].update(_POSSESSIVE.sub("", " ".join(text.split())) for _, text in found)
    for name in sorted(mentions):
        label = min(texts[name], key=lambda text: (text.isupper(), -texts[name][text], text))
        place = Place(row_id(Place, "case", name), label, None, None, None, "unlisted")
        yield place, mentions[name]
