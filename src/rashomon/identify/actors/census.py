"""The name forms of a case: each spelling once, under the kind that its mentions vote for.

A capital has no form of its own: each of its mentions is the place, or stands for the government.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from rashomon.base.demonyms import peoples
from rashomon.base.rows import MentionKind
from rashomon.identify.actors import groups
from rashomon.identify.actors.names import analyse, plain_words
from rashomon.identify.actors.reading import Seen
from rashomon.identify.actors.spelling import SAME, alike, skeleton, sounds
from rashomon.identify.actors.texts import Alias

Family = Literal["person", "group", "state", "people", "place"]
FAMILY: dict[str, Family] = {
    "person": "person",
    "organisation": "group",
    "armed_group": "group",
    "state": "state",
    "people": "people",
    "place": "place",
}
_OFTEN = 3
_ORDER = ("person", "organisation", "armed_group", "people", "state", "place")
Key = tuple[Family, tuple[str, ...]]
"""A form's family and what equal names of that family share."""


@dataclass(slots=True)
class Form:
    """All mentions of one name: how often each spelling stands there, and as what. `vague` is an
    office that any state may have ("the defence ministry"), `nickname` one word that a text says
    somebody is known by."""

    key: Key
    raw: str
    texts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[MentionKind] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    vague: bool = False
    nickname: bool = False

    @property
    def family(self) -> Family:
        return self.key[0]

    @property
    def words(self) -> tuple[str, ...]:
        return self.key[1]

    @property
    def full(self) -> bool:
        """Whether the name can stand for itself in a whole case: a person's has two words at
        least, a group's one that is no common noun ("Parliament", "the Brigades")."""
        if self.family == "person":
            return len(self.words) > 1 or self.nickname
        return self.family != "group" or not (self.vague or groups.common(self.words))

    @property
    def label(self) -> str:
        """Its most frequent spelling."""
        return min(self.texts, key=lambda text: (-self.texts[text], text))


@lru_cache(maxsize=500_000)
def raw_name(text: str) -> str:
    return " ".join(plain_words(text))


def winner(kinds: Mapping[MentionKind, int]) -> MentionKind:
    """The kind with the most votes; between equals an actor wins over a place."""
    return min(kinds, key=lambda kind: (-kinds[kind], _ORDER.index(kind)))


@dataclass(slots=True)
class Census:
    """The forms by key, and which form each raw name is; None for a name of no actor."""

    forms: dict[Key, Form]
    keys: dict[str, Key | None]

    def form(self, text: str) -> Form | None:
        key = self.keys.get(raw_name(text))
        return None if key is None else self.forms[key]


def take(mentions: Iterable[Seen], aliases: Iterable[Alias], outlets: Iterable[str] = ()) -> Census:
    """Count the names of a case. Only mentions of the form "name" vote on what a name is."""
    votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    named = [seen for seen in mentions if seen.named and raw_name(seen.text)]
    for seen in named:
        votes[raw_name(seen.text)][seen.kind] += 1
    families = {raw: _family(raw, kinds) for raw, kinds in votes.items()}
    _follow_spellings(families, votes)
    invented = _states_of_the_case(families, votes)
    _follow_full_names(families, votes, outlets)
    _follow_aliases(families, votes, aliases)
    census = Census({}, {})
    for seen in named:
        raw = raw_name(seen.text)
        if raw not in census.keys:
            census.keys[raw] = _key(families[raw], seen.text, invented)
        key = census.keys[raw]
        if key is not None:
            form = census.forms.get(key) or census.forms.setdefault(key, Form(key, raw))
            form.texts[" ".join(seen.text.split())] += 1
            form.kinds[seen.kind] += 1
            form.documents.add(seen.document)
    _mark_vague(census)
    _mark_nicknames(census, aliases)
    return census


def _mark_nicknames(census: Census, aliases: Iterable[Alias]) -> None:
    for alias in aliases:
        form, other = census.form(alias.name), census.form(alias.other)
        if form and other and not alias.short and form.family == other.family == "person":
            other.nickname = other.words[-1] not in form.words


def _mark_vague(census: Census) -> None:
    for (family, words), form in census.forms.items():
        form.vague = family == "group" and groups.office(words) and not groups.nations(words)


def _family(raw: str, kinds: Mapping[MentionKind, int]) -> Family:
    voted = FAMILY[winner(kinds)]
    if found := groups.known(raw):
        return FAMILY[found.kind]
    if voted == "person":
        return "person"
    if groups.state_of(raw, adjectives=False):
        return "state"
    if groups.capital_of(raw):
        return "place"
    if voted == "people" or (groups.people_of(raw) and kinds.get("people")):
        return "people"
    return "state" if groups.state_of(raw) else voted


def _follow_spellings(
    families: dict[str, Family], votes: Mapping[str, Mapping[MentionKind, int]]
) -> None:
    """Names of several words that sound the same are of one family, the one with more votes."""
    heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for raw, family in families.items():
        if " " in raw and family in ("person", "group", "place") and not groups.known(raw):
            heard[tuple(sounds(word) for word in raw.split())].append(raw)
    for raws in heard.values():
        if len({families[raw] for raw in raws}) > 1:
            voted: Counter[MentionKind] = Counter()
            for raw in raws:
                voted.update(votes[raw])
            families.update(dict.fromkeys(raws, FAMILY[winner(voted)]))


def _follow_full_names(
    families: dict[str, Family],
    votes: Mapping[str, Mapping[MentionKind, int]],
    outlets: Iterable[str],
) -> None:
    """A single word of another type is a surname if it ends full names of persons at least as
    often ("Rustani" typed as a place once); one typed as a person that no full name ends in is
    short for a group or an outlet of the case ("Harkell" for "Harkell Lines"), or the name of a
    region ("Velor" beside "Velor Valley")."""
    surnames: dict[str, Counter[str]] = defaultdict(Counter)
    short = {name for outlet in outlets for name in groups.short_forms(raw_name(outlet))}
    regions: set[str] = set()
    for raw, family in families.items():
        words = analyse(raw).words
        if family == "person" and len(words) > 1:
            surnames[skeleton(words[-1])][words[-1]] += sum(votes[raw].values())
        if family == "group":
            short |= groups.short_forms(raw)
        if family == "place" and words[-1:] and words[-1] in groups.regions():
            regions.add(words[0])
    for raw, family in families.items():
        if " " in raw or groups.known(raw) or groups.capital_of(raw) or groups.people_of(raw):
            continue
        ends = surnames.get(skeleton(raw), Counter())
        full = sum(count for word, count in ends.items() if alike(raw, word) >= SAME)
        share = 1 if family != "group" else _OFTEN
        if family in ("group", "place", "people") and full * share >= sum(votes[raw].values()):
            families[raw] = "person"
        elif family in ("person", "group") and not full and raw in regions:
            families[raw] = "place"
        elif family == "person" and not full and raw in short:
            families[raw] = "group"


def _states_of_the_case(
    families: dict[str, Family], votes: Mapping[str, Mapping[MentionKind, int]]
) -> dict[str, str]:
    """States that no list has: a name whose people's name qualifies some office ("Kessalian
    defence ministry", "Kessaly") or that some article takes for a state by the words around it.
    Its adjective is the state, as that of a listed state is. Gives every word of such a state with
    the state's name."""
    offices = {
        word
        for raw, family in families.items()
        if family == "group" and groups.institution(raw)
        for word in raw.split()[:1]
    }
    states: dict[str, str] = {}
    for raw, family in families.items():
        if " " in raw or family not in ("place", "state", "group", "person"):
            continue
        if groups.state_of(raw) or groups.known(raw) or len(raw) < 4 or groups.capital_of(raw):
            continue
        people = peoples(raw)
        called = {word for word in people if families.get(word) in ("people", "state")}
        by_office = bool(offices & people) and votes[raw].get("person", 0) * 2 <= sum(
            votes[raw].values()
        )
        if (called or by_office) and (by_office or votes[raw].get("state")):
            families[raw] = "state"
            families.update({word: "state" for word in people & families.keys() if word[-1] != "s"})
            states.update(dict.fromkeys(sorted({raw, *people}), raw))
    return states


def _follow_aliases(
    families: dict[str, Family],
    votes: Mapping[str, Mapping[MentionKind, int]],
    aliases: Iterable[Alias],
) -> None:
    """What a text calls another name of a group is a group, whatever its type was; not a name that
    the case knows much better than the group's."""
    for alias in aliases:
        name, other = raw_name(alias.name), raw_name(alias.other)
        listed = groups.known(other) or groups.capital_of(other)
        mistyped = families.get(other) in ("person", "place", "people") and not listed
        if mistyped and families.get(name) == "group" and not _better_known(votes, other, name):
            families[other] = "group"


def _better_known(votes: Mapping[str, Mapping[MentionKind, int]], name: str, other: str) -> bool:
    return sum(votes[name].values()) > _OFTEN * sum(votes[other].values())


def _key(family: Family, text: str, invented: Mapping[str, str]) -> Key | None:
    raw = raw_name(text)
    if family == "place":
        return None
    if family == "person":
        return family, analyse(text).words
    if found := groups.known(raw):
        return family, ("known:" + found.label,)
    if family == "state":
        return family, (groups.state_of(raw) or invented.get(raw) or raw,)
    if family == "people":
        return family, (groups.people_of(raw) or raw.removesuffix("s"),)
    return family, groups.bag(raw, invented)
