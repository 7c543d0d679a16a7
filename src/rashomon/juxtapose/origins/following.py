"""Follow: the ties between the accounts of an event, and the origins that they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from rashomon.base.reasons import join
from rashomon.base.rows import Origin, row_id
from rashomon.base.store import Store
from rashomon.base.unions import Unions
from rashomon.juxtapose.origins.citing import Outlets, citing_ties, outlets
from rashomon.juxtapose.origins.described import Canonical, described
from rashomon.juxtapose.origins.echoed import Echoed, echo_tie, echoed, may_copy
from rashomon.juxtapose.origins.restating import restating_ties, sourced_ties, title_ties
from rashomon.juxtapose.origins.speaking import Speakers, speakers, speaking_ties
from rashomon.juxtapose.origins.told import Content, Tie, Told, accounts, at_odds, contents
from rashomon.juxtapose.origins.voices import voice_ties

_REASONS = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What the case says about all accounts."""

    contents: Mapping[str, Content]
    echoes: Mapping[str, Sequence[Echoed]]
    canonical: Canonical
    outlets: Outlets
    speakers: Speakers


def follow(store: Store) -> Iterator[Origin]:
    """One row for every account: its origin, named after the voice at the root, and why."""
    told = list(accounts(store))
    events = [list(some) for _, some in groupby(told, key=attrgetter("event"))]
    content = contents(store)
    shared = [account for some in events if len(some) > 1 for account in some]
    known = _Known(
        content, echoed(store), described(store), outlets(store), speakers(store, shared)
    )
    for some in events:
        if len(some) > 1:
            yield from _origins({account.id: account for account in some}, known)
        else:
            yield _origin(some[0], some[0], ())


def _origins(told: Mapping[str, Told], known: _Known) -> Iterator[Origin]:
    groups = _Groups(told, known.contents)
    _join(groups, told, known)
    because, copied = _reasons(groups.ties)
    for group in groups.members():
        root = min(group, key=lambda account: (account.id in copied, account.rank))
        for account in group:
            yield _origin(account, root, because.get(account.id, ()))


def _origin(account: Told, root: Told, reasons: Sequence[str]) -> Origin:
    why = ["own telling"] if account is root else []
    return Origin(
        id=row_id(Origin, account.id),
        account=account.id,
        origin=row_id(Origin, account.event, root.id),
        label=root.chain[-1],
        because=join(*why, *reasons[:_REASONS], _more(len(reasons) - _REASONS)),
    )


def _join(groups: _Groups, told: Mapping[str, Told], known: _Known) -> None:
    event = next(iter(told.values())).event
    groups.join(voice_ties(told, known.canonical, known.contents))
    groups.join(citing_ties(told, known.contents, known.outlets))
    groups.join(sourced_ties(told, known.contents))
    repeated = [e for e in known.echoes.get(event, ()) if may_copy(told, e, known.contents)]
    groups.join(echo_tie(told, each) for each in repeated)
    groups.join_agreeing(speaking_ties(told, known.speakers))
    alone = {account for account in told if not groups.goes_back(account)}
    for tie in list(restating_ties(told, known.contents, groups.root)):
        if tie.child in alone:
            groups.join_agreeing([tie])
    titles = [
        t for t in title_ties(told, known.contents, groups.root) if not groups.goes_back(t.child)
    ]
    groups.join_agreeing(titles)


class _Groups:
    """The accounts of an event as ties join them. Whoever affirms and whoever denies are joined
    only where they are the same voice, a copy or a citation."""

    def __init__(self, told: Mapping[str, Told], contents: Mapping[str, Content]) -> None:
        self._told = told
        self._unions = Unions(sorted(told))
        self._says = {a: set(contents[a].told) if a in contents else set() for a in told}
        self._gone_back: set[str] = set()
        self.ties: list[Tie] = []

    def root(self, account: str) -> str:
        return self._unions.root(account)

    def goes_back(self, account: str) -> bool:
        """Whether a tie says where it comes from."""
        return account in self._gone_back

    def join(self, ties: Iterable[Tie]) -> None:
        for tie in ties:
            left, right = self.root(tie.child), self.root(tie.parent)
            if self._unions.join(left, right):
                self._says[self.root(left)] = self._says.pop(left) | self._says.pop(right)
            self._gone_back |= {tie.child} if tie.known else set()
            self.ties.append(tie)

    def join_agreeing(self, ties: Iterable[Tie]) -> None:
        """Those ties that join what was apart and does not contradict itself."""
        for tie in ties:
            left, right = self.root(tie.child), self.root(tie.parent)
            if left != right and not at_odds(self._says[left], self._says[right]):
                self.join([tie])

    def members(self) -> Iterator[list[Told]]:
        """The accounts of each group; groups and their members by id."""
        for group in self._unions.groups():
            yield [self._told[account] for account in group]


def _reasons(ties: Sequence[Tie]) -> tuple[Mapping[str, Sequence[str]], frozenset[str]]:
    """What to say of each account, and the accounts that are known to go back to others."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for tie in sorted(ties, key=attrgetter("because", "child", "parent")):
        found[tie.child][tie.because] = None
    for tie in sorted(ties, key=attrgetter("conversely", "child", "parent")):
        found[tie.parent][tie.conversely] = None
    copied = frozenset(tie.child for tie in ties if tie.known)
    return {account: list(said) for account, said in found.items()}, copied


def _more(count: int) -> str:
    return f"and {count} more" if count > 0 else ""
