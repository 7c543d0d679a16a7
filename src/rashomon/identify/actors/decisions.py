"""What people decided about actors, applied after the machine's own inference and outliving it.

Targets are actor ids, mention ids or names. An actor's id is made from one of its mentions, so an
id that was given long ago still finds its actor while that mention is in the case; where the
mention was read anew under another id, the one that stands over the words judged then is taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from rashomon.base.rows import Actor, Anchor, Judgement, MentionKind, Skip, row_id, skip
from rashomon.identify.actors.attach import Meant
from rashomon.identify.actors.census import FAMILY, raw_name
from rashomon.identify.actors.names import Name, compare
from rashomon.identify.actors.reading import Seen

Member = tuple[Seen, Meant]


@dataclass(slots=True)
class Party:
    """An actor while decisions are applied: its mentions and what was decided about it."""

    members: list[Member]
    label: str = ""
    kind: MentionKind | None = None

    @property
    def names(self) -> Counter[str]:
        return Counter(" ".join(s.text.split()) for s, _ in self.members if s.named)

    @property
    def id(self) -> str:
        """Made from its smallest name mention."""
        anchors = [s.id for s, _ in self.members if s.named] or [s.id for s, _ in self.members]
        return row_id(Actor, min(anchors))


class _UnresolvedError(Exception):
    """A target that is not in the case, or is more than one actor. Its text is the reason."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A party and, where the target says which, the member that it was named by."""

    party: Party
    member: Member


class _Table:
    """The parties of a case, found by any kind of target."""

    def __init__(self, parties: list[Party]) -> None:
        self.parties = parties
        self.apart: list[tuple[Party, Party]] = []
        self._members: dict[str, Member] = {}
        self._home: dict[str, Party] = {}
        self._names: dict[str, list[Seen]] = defaultdict(list)
        for party in parties:
            self.house(party)
            for member in party.members:
                self._members[member[0].id] = member
                if member[0].named:
                    self._names[raw_name(member[0].text)].append(member[0])
        self._anchors = {row_id(Actor, mention): mention for mention in self._members}
        self._documents: dict[str, list[Member]] = defaultdict(list)

    def house(self, party: Party) -> None:
        """Note which party its members belong to now."""
        self._home.update((seen.id, party) for seen, _ in party.members)

    def find(self, target: str, anchor: Anchor | None) -> _Target:
        """The actor that a target means: by its id, by the words judged, or by its name."""
        mention = self._anchors.get(target, target)
        if mention not in self._members and anchor is not None:
            mention = anchor.row if anchor.row in self._members else self._over(anchor)
        if mention in self._members:
            return _Target(self._home[mention], self._members[mention])
        if target.startswith(("act-", "men-")):
            words = f" (“{anchor.words}”)" if anchor else ""
            raise _UnresolvedError(f"{target}{words} is not in the case any more")
        return self._named(target)

    def _over(self, anchor: Anchor) -> str:
        """The mention that shares most with the words judged, more than half of all; or ""."""
        best: tuple[float, str] = (0.5, "")
        for seen, _ in self._standing_in(anchor.document):
            shared = min(seen.end, anchor.end) - max(seen.start, anchor.start)
            whole = max(seen.end, anchor.end) - min(seen.start, anchor.start)
            if shared > 0 and (shared / whole, seen.id) > best:
                best = (shared / whole, seen.id)
        return best[1]

    def _standing_in(self, document: str) -> list[Member]:
        if not self._documents:
            for member in self._members.values():
                self._documents[member[0].document].append(member)
        return self._documents.get(document, [])

    def _named(self, name: str) -> _Target:
        alike = self._names.get(raw_name(name), [])
        exact = [seen for seen in alike if " ".join(seen.text.split()) == name]
        for options in (exact, alike):
            found = {id(self._home[seen.id]): seen.id for seen in reversed(options)}
            if len(found) == 1:
                return self.find(next(iter(found.values())), None)
            if found:
                ids = ", ".join(sorted(self._home[mention].id for mention in found.values()))
                raise _UnresolvedError(f"“{name}” is the name of several actors: {ids}")
        for party in self.parties:
            if party.label == name:
                return _Target(party, party.members[0])
        raise _UnresolvedError(f"no actor of the case has the name “{name}”")


@dataclass(slots=True)
class Decided:
    """The parties after all judgements, the pairs that people know to be two, and what could not
    be applied."""

    parties: list[Party]
    apart: list[tuple[Party, Party]] = field(default_factory=list)
    left_out: list[Skip] = field(default_factory=list)


def apply(parties: Sequence[Party], judgements: Iterable[Judgement]) -> Decided:
    """Apply all judgements about actors that are not undone, in their order."""
    ours = [one for one in judgements if one.verb in _VERBS and not one.undone]
    if not ours:
        return Decided(list(parties))
    table, left_out = _Table(list(parties)), []
    for judgement in ours:
        anchors = {anchor.target: anchor for anchor in reversed(judgement.anchors)}
        try:
            targets = [table.find(target, anchors.get(target)) for target in judgement.targets]
            _VERBS[judgement.verb](table, targets, judgement)
        except _UnresolvedError as reason:
            about = f"{judgement.id} {judgement.verb} {' '.join(judgement.targets)}"
            left_out.append(skip("judgements", "judgements.jsonl", about, str(reason)))
    return Decided(table.parties, table.apart, left_out)


def _same(table: _Table, targets: Sequence[_Target], judgement: Judgement) -> None:
    keep = _only(targets, judgement, 2).party
    for target in targets[1:]:
        if target.party is not keep:
            why = f"judged the same by {judgement.author}"
            keep.members += [
                (s, replace(m, because=f"{m.because}; {why}")) for s, m in target.party.members
            ]
            table.parties = [party for party in table.parties if party is not target.party]
            table.house(keep)


def _different(table: _Table, targets: Sequence[_Target], judgement: Judgement) -> None:
    ours, theirs = _only(targets, judgement, 2), targets[1]
    if ours.party is not theirs.party:
        table.apart.append((ours.party, theirs.party))
        return
    goes = [_side(member, ours.member, theirs.member) for member in ours.party.members]
    if all(goes) or not any(goes):
        raise _UnresolvedError("both targets are one and the same name of one article")
    moved = [member for member, go in zip(ours.party.members, goes, strict=True) if go]
    ours.party.members = [m for m, go in zip(ours.party.members, goes, strict=True) if not go]
    why = f"judged different by {judgement.author}"
    party = Party([(s, replace(m, because=f"{m.because}; {why}")) for s, m in moved])
    table.parties.append(party)
    table.house(party)
    table.apart.append((ours.party, party))


def _side(member: Member, ours: Member, theirs: Member) -> bool:
    """Whether a mention of a split actor goes with `theirs`: by the name through which it belongs
    there, or by article where both have one name."""
    if ours[1].via == theirs[1].via:
        return member[0].article == theirs[0].article
    if member[1].via in (ours[1].via, theirs[1].via):
        return member[1].via == theirs[1].via
    words = [Name("", (), meant.via[1], "") for _, meant in (member, ours, theirs)]
    return compare(words[0], words[2]).score > compare(words[0], words[1]).score


def _name(table: _Table, targets: Sequence[_Target], judgement: Judgement) -> None:
    _only(targets, judgement, 1).party.label = judgement.value


def _type(table: _Table, targets: Sequence[_Target], judgement: Judgement) -> None:
    target = _only(targets, judgement, 1)
    if judgement.value not in FAMILY or judgement.value == "place":
        kinds = ", ".join(kind for kind in FAMILY if kind != "place")
        raise _UnresolvedError(f"“{judgement.value}” is no kind of actor: {kinds}")
    target.party.kind = cast(MentionKind, judgement.value)


def _only(targets: Sequence[_Target], judgement: Judgement, least: int) -> _Target:
    if len(targets) < least:
        raise _UnresolvedError(f"“{judgement.verb}” needs {least} actors")
    return targets[0]


_VERBS: dict[str, Callable[[_Table, Sequence[_Target], Judgement], None]] = {
    "same": _same,
    "different": _different,
    "name": _name,
    "type": _type,
}
