"""Citing: an account that came through an outlet goes back to that outlet's own account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.outlets import outlet_key
from rashomon.base.store import Store
from rashomon.juxtapose.origins.described import description
from rashomon.juxtapose.origins.offices import stem
from rashomon.juxtapose.origins.told import Content, Key, Tie, Told, at_odds

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
_OUTLETS = "SELECT DISTINCT outlet FROM articles WHERE outlet <> '' ORDER BY outlet"


class Outlets:
    """The outlets of a case, and which of them a description means."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_stem: defaultdict[str, set[str]] = defaultdict(set)
        for key in {outlet_key(name) for name in names}:
            for word in key.split():
                self._by_stem[stem(word)].add(key)
        self._meant: dict[str, Key | None] = {}

    def meant(self, label: str) -> Key | None:
        """ "Aldmark’s public broadcaster": the one outlet that has Aldmark in its name and may be
        called a broadcaster."""
        if label not in self._meant:
            self._meant[label] = self._find(label)
        return self._meant[label]

    def _find(self, label: str) -> Key | None:
        tokens = _TOKEN.findall(_POSSESSIVE.sub("", label))
        noun = next((t.lower() for t in reversed(tokens) if t.lower() in _kinds()), "")
        owners = [stem(t) for t in tokens if t[0].isupper() and t.lower() not in ("the", "a")]
        if not noun or not owners:
            return None
        found = set.intersection(*(self._by_stem.get(owner, set()) for owner in owners))
        fitting = [key for key in found if _kinds()[noun].intersection(key.split())]
        return ("label", fitting[0]) if len(fitting) == 1 else None


def outlets(store: Store) -> Outlets:
    return Outlets(name for (name,) in store.query(_OUTLETS))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    return {row["noun"]: frozenset(row["fits"].split()) for row in table("outlet_kinds")}


def citing_ties(
    told: Mapping[str, Told], contents: Mapping[str, Content], known: Outlets
) -> Iterator[Tie]:
    """Each account that names an outlet on its way is tied to one of that outlet's accounts."""
    listed = sorted(told.values(), key=lambda account: account.rank)
    by_outlet: defaultdict[Key, list[Told]] = defaultdict(list)
    for account in listed:
        for key in account.keys(0):
            by_outlet[key].append(account)
    for account in listed:
        for at in range(1, len(account.chain)):
            cited = [c for key in _named(account, at, known) for c in by_outlet.get(key, ())]
            source = _cited(account, at, cited, contents)
            if source is not None:
                because = f"cites {source.chain[0]}"
                yield Tie(account.id, source.id, because, f"cited by {account.chain[0]}")


def _named(account: Told, at: int, known: Outlets) -> list[Key]:
    keys = account.keys(at)
    meant = None if account.voices[at] else known.meant(account.chain[at])
    return [*keys, meant] if meant else keys


def _cited(
    account: Told, at: int, cited: Sequence[Told], contents: Mapping[str, Content]
) -> Told | None:
    """Of the outlet's accounts that with the same voices; else its own; else, where the account
    names nobody behind the outlet, the one told most directly. Never one that says the opposite."""
    own = set(account.keys(0))
    mine = contents.get(account.id, Content())
    others = {
        c.id: c
        for c in cited
        if not own & set(c.keys(0)) and not at_odds(mine.told, contents.get(c.id, Content()).told)
    }
    last = at == len(account.chain) - 1
    return min(
        (
            c
            for c in others.values()
            if last or _same_voices(account, at, c) or _own_telling(c, contents)
        ),
        key=lambda c: (
            not _same_voices(account, at, c),
            not mine.agrees(contents.get(c.id, Content())),
            len(c.chain),
            c.rank,
        ),
        default=None,
    )


def _own_telling(cited: Told, contents: Mapping[str, Content]) -> bool:
    """What the outlet tells itself, and not only in a headline, whose source may be another."""
    return len(cited.chain) == 1 and not contents.get(cited.id, Content()).title_only


def _same_voices(account: Told, at: int, cited: Told) -> bool:
    inner = range(1, len(cited.chain))
    return len(account.chain) - at == len(cited.chain) and all(
        _same_voice(account, at + k, cited, k) for k in inner
    )


def _same_voice(account: Told, at: int, cited: Told, place: int) -> bool:
    if set(account.keys(at)) & set(cited.keys(place)):
        return True
    if account.voices[at] or cited.voices[place]:
        return False
    mine, theirs = description(account.chain[at]), description(cited.chain[place])
    return mine is not None and theirs is not None and mine.noun == theirs.noun
