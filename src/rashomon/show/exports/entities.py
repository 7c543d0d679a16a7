"""Which country and which sector of society an actor belongs to, as PLOVER codes them.

Source: PLOVER manual, draft 2.0, "Country Names and Sector Codes". What no words tell stays None:
a state by itself has no sector, a person without a role no country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.base.demonyms import peoples
from rashomon.base.gazetteer import countries
from rashomon.base.lexicon import table
from rashomon.base.outlets import is_press, outlet_key
from rashomon.base.rows import Actor
from rashomon.show.exports import phrases
from rashomon.show.exports.phrases import Found, Word

_INTERNATIONAL = {
    "IGO": "International Governmental Organization",
    "UNO": "United Nations",
    "EUR": "European Union",
    "NGO": "Non-governmental Organization",
    "ISM": "International Social Movement",
    "IMG": "Transnational Militarized Group",
    "MNC": "Multi-national Corporation",
}
_BRACKETS = re.compile(r"\([^()]*\)")
_KOSOVO = {"XKX": "KOS"}
_LINKS = frozenset({"of", "for", "from", "by", "at"})
_CUTS = frozenset(
    ("in", "into", "on", "to", "against", "with", "about", "over", "near", "under",
     "who", "which", "that", "whose", "when", "where")
)  # fmt: skip
_HOLDERS_OF_POWER = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP"})
_ARMED = frozenset({"MIL", "REB", "PRM", "CRM"})
_FORMER = frozenset({"former", "ex", "ousted", "deposed"})
_BY_KIND = {"armed_group": "UAF", "people": "CVL"}


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes of an entity. `code`: ISO 3166-1 alpha-3, KOS, or one of PLOVER's seven
    international ones; `country` its name, also of a state that only the case knows, which has no
    code. `because` says from which words."""

    code: str | None = None
    country: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: a state, a body that is known by name (with `sectors`), or a part of
    the world, which PLOVER codes as no country (`country` is "")."""

    code: str | None
    country: str
    sectors: tuple[str, ...] = ()
    body: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Words that tell of an entity, and what they are to it ("words", "name", "role")."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class _Sectors:
    sectors: tuple[str, ...]
    words: str


class Codebook:
    """The names of states and bodies: those of the lists, and the states of a case."""

    def __init__(self, actors: Iterable[Actor] = (), outlets: Iterable[str] = ()) -> None:
        self._names = dict(_known_names())
        for actor in actors:
            if actor.kind == "state" and not _listed(actor, self._names):
                self._learn(actor)
        self._outlets = frozenset(outlet_key(name) for name in outlets)

    def _learn(self, actor: Actor) -> None:
        """A state that no list has ("Kessaly"): its names and the words for its people."""
        known = Known(None, actor.label)
        for name in (actor.label, *actor.names):
            self._names.setdefault(_parted(name), known)
        for people in sorted(peoples(actor.label.lower())):
            self._names.setdefault(people.title(), known)

    def code(
        self,
        text: str,
        actor: Actor | None = None,
        kind: str = "",
        name: str = "",
        *,
        lies_in: str | None = None,
    ) -> Coding:
        """The codes of an entity from its words, its actor and the kind of its mention.

        `name`: the words of the mention, where it is a name; a person's tell nothing. `lies_in`:
        the alpha-2 code of the country in which a place lies that the mention means.
        """
        kind = actor.kind if actor else kind
        told = list(_sources(text, actor, kind, name))
        known, where = self._country(told, kind)
        if not known and not where and lies_in:
            known = Known(alpha3(lies_in), country_name(lies_in) or lies_in)
            where = "country: where the place lies"
        sectors, which = self._sectors(told, kind, known, actor.label if actor else name)
        because = "; ".join(reason for reason in (where, which) if reason)
        return Coding(
            known.code if known else None,
            known.country if known else None,
            next(iter(sectors), None),
            tuple(sectors[1:]),
            because,
        )

    def _country(self, told: Sequence[Said], kind: str) -> tuple[Known | None, str]:
        for said in told:
            found = self._named(said.text, kind)
            if len({name.value.country for name in found}) == 1:
                return found[0].value, f"country: “{found[0].words}” in its {said.how}"
            if found and said.how == "words":
                return None, "country: open, several are named"
        return None, ""

    def _named(self, text: str, kind: str = "") -> list[Found[Known]]:
        """The states that a phrase is qualified by, those before "of" first; where a known body
        stands there, the first name alone ("UN mission in", "Iraqi Hezbollah")."""
        listed = _head(text)
        found = list(phrases.find(text, listed, self._names, exact=True))
        if kind == "state" and not found:
            found = list(phrases.find(text, listed, _capitals(), exact=True))
        found = [name for name in found if name.value.country]
        first = next((word.start for word in listed if word.text in _LINKS), len(text))
        front = [name for name in found if name.start < first] or found
        if any(front[0].start < other.start for other in _others(text, listed) if front):
            return []
        return front[:1] if any(name.value.body for name in front) else front

    def _sectors(
        self, told: Sequence[Said], kind: str, known: Known | None, label: str
    ) -> tuple[tuple[str, ...], str]:
        found: list[str] = []
        because = ""
        for said in told:
            if found and said.how != "role":
                continue
            if read := self._read(said.text, known if kind != "armed_group" else None):
                found += read.sectors
                because = because or f"sector: “{read.words}” in its {said.how}"
        if found:
            return tuple(dict.fromkeys(found)), because
        if kind == "state" and told and _is_capital(told[0].text):
            return ("GOV",), "sector: a capital that stands for its government"
        if label and kind != "person" and (is_press(label) or outlet_key(label) in self._outlets):
            return ("JRN",), "sector: an outlet"
        if kind in _BY_KIND:
            return (_BY_KIND[kind],), f"sector: its kind, {kind.replace('_', ' ')}"
        return (), ""

    def _read(self, text: str, known: Known | None) -> _Sectors | None:
        """What the words of one phrase tell: its own body first, then that of a known name."""
        named = [name for name in self._named(text) if name.value.body]
        read = _read(text, named, state=bool(known and not known.body))
        name = next((one for one in named if one.value.sectors), None)
        if name and (read is None or read.sectors == ("UAF",)):
            return _Sectors(name.value.sectors, name.words)
        return read


def _sources(text: str, actor: Actor | None, kind: str, name: str) -> Iterator[Said]:
    """What tells of an entity, the nearest words first. A person's name is no country's."""
    person = kind == "person"
    yield Said(text.replace(name, " ") if person and name else text, "words")
    if actor and not person:
        for known in dict.fromkeys((actor.label, *actor.names)):
            yield Said(known, "name")
    if actor:
        for role in dict.fromkeys(role.text for role in actor.roles):
            yield Said(role, "role")


def _head(text: str) -> list[Word]:
    """The words of a phrase up to where another one begins, without brackets."""
    plain = _BRACKETS.sub(lambda inside: " " * len(inside[0]), text)
    kept: list[Word] = []
    for word in phrases.words(plain, names=True):
        between = plain[kept[-1].end : word.start] if kept else ""
        if word.text.lower() in _CUTS or any(sign in ",;:(—–" for sign in between):
            break
        kept.append(word)
    return kept


def _read(text: str, named: Sequence[Found[Known]], *, state: bool) -> _Sectors | None:
    """The sectors that a phrase tells outside known names, its head first; `state`: a state owns
    it."""
    listed = [
        word
        for word in _head(text)
        if not any(name.start <= word.start < name.end for name in named)
    ]
    first = next((word.start for word in listed if word.text.lower() in _LINKS), len(text))
    said = phrases.find(text, listed, _sector_words())
    found = [one for one in said if one.value["use"] not in ("other", "region")]
    bodies = [one for one in found if one.value["use"] != "holder"] or found
    ranked = sorted(bodies, key=lambda one: (one.start > first, -one.start))
    if ranked and ranked[0].start > first:
        ranked = sorted(ranked, key=lambda one: one.start)
    sectors = [code for one in ranked for code in _codes(one.value, state=state)]
    if _ARMED.intersection(sectors):
        sectors = [code for code in sectors if code != "UAF"]
    if not sectors:
        return None
    if _FORMER & {word.text.lower() for word in listed} and sectors[0] in _HOLDERS_OF_POWER:
        sectors = ["ELI"]
    return _Sectors(tuple(dict.fromkeys(sectors)), ranked[0].words)


def _others(text: str, listed: Sequence[Word]) -> list[Found[Mapping[str, str]]]:
    """Words for those who stand against or beside the state that is named ("Peru's enemies")."""
    found = phrases.find(text, listed, _sector_words())
    return [one for one in found if one.value["use"] == "other"]


def _codes(row: Mapping[str, str], *, state: bool) -> tuple[str, ...]:
    if row["use"] == "owned" and not state:
        return ("UAF",)
    return tuple(code for code in row["sector"].split(";") if code)


def _listed(actor: Actor, names: Mapping[str, Known]) -> bool:
    called = [_parted(name) for name in (actor.label, *actor.names)]
    return any(name in names or name in _capitals() for name in called)


def _is_capital(text: str) -> bool:
    return _parted(text).removeprefix("the ").strip() in _capitals()


@cache
def alpha3(iso: str) -> str | None:
    """The code of a country in PLOVER's form, from ISO 3166-1 alpha-2 (GeoNames' list)."""
    country = countries().get(iso)
    return _KOSOVO.get(country.alpha3, country.alpha3) if country else None


@cache
def alpha2(code: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country from its code in PLOVER's form."""
    return next((iso for iso in countries() if alpha3(iso) == code), None)


@cache
def country_name(iso: str) -> str | None:
    """The first name that the list of states has for an alpha-2 code, else GeoNames' name."""
    own = next((row["names"].split(";")[0] for row in table("states") if row["iso"] == iso), None)
    return own or (countries()[iso].name if iso in countries() else None)


@cache
def _sector_words() -> Mapping[str, Mapping[str, str]]:
    return {row["word"]: row for row in table("sectors") if row["use"] != "name"}


@cache
def _capitals() -> Mapping[str, Known]:
    return {
        _parted(name): Known(alpha3(row["iso"]), row["names"].split(";")[0])
        for row in table("states")
        for name in row["capitals"].split(";")
        if name
    }


@cache
def _known_names() -> Mapping[str, Known]:
    """Names, adjectives and peoples of states, and the bodies that are known by name."""
    found: dict[str, Known] = {}
    for row in table("states"):
        known = Known(alpha3(row["iso"]), row["names"].split(";")[0])
        for column in ("names", "adjectives", "people"):
            for name in filter(None, row[column].split(";")):
                found.setdefault(_parted(name), known)
    for row in table("sectors"):
        if row["use"] == "region":
            found[row["word"].title()] = Known(None, "")
    countries = {known.code: known.country for known in found.values()}
    for row in table("sectors"):
        if row["use"] == "name":
            country = _INTERNATIONAL.get(row["code"]) or countries[row["code"]]
            sectors = tuple(code for code in row["sector"].split(";") if code)
            for name in row["word"].split(";"):
                found[_parted(name)] = Known(row["code"], country, sectors, body=True)
    return found


def _parted(name: str) -> str:
    """A name as `phrases.words` parts it: "al-Shabab" is two words."""
    return name.replace("-", " ")
