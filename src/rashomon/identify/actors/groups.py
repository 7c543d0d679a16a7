"""Names of organisations, states and peoples: what equal ones share.

Strings do not solve organisations, so this stays narrow: a name is a bag of words in which the
words of a state are its code, links and spellings of one English word are evened out, and a
company's or party's tail may be left off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rashomon.base.lexicon import mapping, table
from rashomon.base.rows import MentionKind
from rashomon.identify.actors.names import analyse, plain_words
from rashomon.identify.actors.spelling import fold

_NATION = "nation:"
_ONE = frozenset({"parliament"})
_SHORTENED = 3
_SPELLINGS = (
    (re.compile(r"iz(?=ation|ing|ed\b|e\b|er)"), "is"),
    (re.compile(r"^defense$"), "defence"),
    (re.compile(r"^labor$"), "labour"),
    (re.compile(r"^center$"), "centre"),
    (re.compile(r"^program$"), "programme"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of `known_actors.tsv`."""

    label: str
    kind: MentionKind


@cache
def uses(use: str) -> frozenset[str]:
    """The words of organisations' names with this use."""
    return frozenset(row["word"] for row in table("organisation_words") if row["use"] == use)


@cache
def _known() -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    for row in table("known_actors"):
        kind: MentionKind = row["kind"]  # type: ignore[assignment]
        for name in [row["label"], *row["names"].split(";")]:
            found.setdefault(" ".join(plain_words(name)), Known(row["label"], kind))
    return MappingProxyType(found)


@cache
def _listed() -> Mapping[str, str]:
    return MappingProxyType(
        {name: row["entry"] for row in table("listed_groups") for name in row["names"].split(";")}
    )


def listed(raw: str) -> str | None:
    """The entry of a raw name among the groups whose other names a public list gives."""
    return _listed().get(raw)


def known(raw: str) -> Known | None:
    """The well-known actor of a raw name (`plain_words`, joined)."""
    return _known().get(raw)


@cache
def _states(*columns: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in table("states"):
        for column in columns:
            for form in filter(None, row[column].split(";")):
                found.setdefault(" ".join(plain_words(form)), row["iso"])
    return MappingProxyType(found)


def state_of(raw: str, *, adjectives: bool = True) -> str | None:
    """The ISO code of a state's raw name or adjective, None for one that is no more."""
    columns = ("names", "adjectives") if adjectives else ("names",)
    return None if raw in uses("own") else _states(*columns).get(raw)


def people_of(raw: str) -> str | None:
    """The ISO code of the state whose people a raw name means ("iraqis", "iraqi")."""
    return _states("people", "adjectives").get(raw)


def capital_of(text: str) -> str | None:
    """The ISO code of the state whose government a capital's name may stand for."""
    return _states("capitals").get(" ".join(plain_words(text)))


def state_label(iso: str) -> str:
    """The first name of a state in the list, "" for a code that it lacks."""
    return mapping("states", "iso", "names").get(iso, "").split(";")[0]


_NONE: Mapping[str, str] = MappingProxyType({})


def bag(raw: str, invented: Mapping[str, str] = _NONE) -> tuple[str, ...]:
    """What equal names of organisations share: sorted words, states as "nation:XX".

    `invented` are words of peoples and states that only the case knows, each with its state.
    """
    words = raw.split()
    if len(words) > 1 and words[0] in _translated():
        words = [*words[1:], _translated()[words[0]]]
    listed = [_even(word) for word in _nations(words, invented) if word not in uses("of")]
    while len(listed) > 1 and listed[-1] in uses("tail") and _says_who(listed[:-1]):
        listed.pop()
    return tuple(sorted(listed))


def _says_who(listed: Sequence[str]) -> bool:
    return any(
        not word.startswith(_NATION) and word not in uses("head") and len(word) > 2
        for word in listed
    )


@cache
def _translated() -> Mapping[str, str]:
    """Head nouns of other tongues with the English one: "kataib" and "brigades"."""
    rows = (row for row in table("organisation_terms") if row["english"])
    return MappingProxyType({row["word"]: row["english"] for row in rows})


@lru_cache(maxsize=100_000)
def _even(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


def _nations(listed: Sequence[str], invented: Mapping[str, str]) -> list[str]:
    """The words with every state's name or adjective in one piece, as its code."""
    found: list[str] = []
    at = 0
    while at < len(listed):
        for size in (3, 2, 1):
            words = " ".join(listed[at : at + size])
            if iso := state_of(words) or invented.get(words):
                found.append(_NATION + iso)
                at += min(size, len(listed) - at)
                break
        else:
            found.append(listed[at])
            at += 1
    return found


def nation(state: str) -> str:
    """A state (its code, or the raw name of one that no list has) as it stands in a bag."""
    return _NATION + state


def nations(key: Sequence[str]) -> frozenset[str]:
    """The states that qualify a name: "Lebanese Hezbollah" is not "Iraqi Hezbollah"."""
    return frozenset(word for word in key if word.startswith(_NATION))


def base(key: Sequence[str]) -> tuple[str, ...]:
    """A bag without its states."""
    return tuple(word for word in key if not word.startswith(_NATION))


@lru_cache(maxsize=200_000)
def common(key: tuple[str, ...]) -> bool:
    """Whether a bag holds only common nouns: "Parliament", "the Security Forces" of any state."""
    return _common_nouns().issuperset(key)


@cache
def _common_nouns() -> frozenset[str]:
    return uses("institution") | uses("head") | uses("tail") | {"security"}


@cache
def regions() -> frozenset[str]:
    """Nouns that end the name of a stretch of land or water: "valley", "province"."""
    return frozenset(row["word"] for row in table("site_words") if row["kind"] == "region")


@lru_cache(maxsize=100_000)
def institution(text: str) -> bool:
    """Whether words mean an office of a state by its task: "the defence ministry", but not "the
    ministry", which may be any."""
    listed = fold(text).split()
    head = listed[listed.index("of") - 1] if "of" in listed[1:] else listed[-1] if listed else ""
    named = base(bag(" ".join(plain_words(text))))
    return head in uses("institution") and len(named) > 1


def office(words: Sequence[str]) -> bool:
    """Whether a bag is an office that every state may have: a task and its ministry, or a body of
    which a state has one ("parliament"); its states do not matter."""
    plain = base(words)
    heads = uses("institution").intersection(plain)
    tasks = uses("task") | heads
    return bool(heads) and (len(plain) > 1 or plain[0] in _ONE) and tasks.issuperset(plain)


@lru_cache(maxsize=200_000)
def short_forms(raw: str) -> frozenset[str]:
    """What a group may be called once its name was given: the first word where no unit follows
    ("Harkell" for "Harkell Lines"), the last where it is a common noun ("the Brigades")."""
    listed = raw.split()
    if not 1 < len(listed) <= _SHORTENED:
        return frozenset()
    found = set()
    apart = uses("unit") | uses("institution")
    if not apart.intersection(listed[1:]) and not state_of(listed[0]):
        found.add(listed[0])
    if listed[-1] in uses("head") | uses("tail") | uses("institution") | uses("unit"):
        found.add(listed[-1])
    return frozenset(found)


@lru_cache(maxsize=100_000)
def initials(raw: str) -> frozenset[str]:
    """The acronyms that a name of several words may have, with and without its links."""
    listed = raw.split()
    full = [word for word in listed if word not in uses("of")]
    options = {"".join(word[0] for word in some).upper() for some in (listed, full)}
    return frozenset(option for option in options if len(option) > 1)


def acronym(text: str) -> str:
    return analyse(text).initials
