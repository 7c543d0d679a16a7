"""Whose leader: a description that its article does not resolve, by what other articles say.

"The leader of Open Harbour" means whoever the case calls so: each description that an article leads
to a name ("Its leader, Ada Lee") and whose owner is known is a fact of the case. One that fits
exactly one person is linked to them; an office that two persons had is left open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rashomon.identify.actors.attach import Meant, Unit, Work
from rashomon.identify.actors.census import Key
from rashomon.identify.actors.reading import Seen
from rashomon.identify.actors.roles import office

_SCORE = 0.6
_OWNED = frozenset({"its", "their"})
_POSSESSIVE = re.compile(r"^.*['’]s?\s+|^(?:its|their|the|a|an|former|our)\s+", re.IGNORECASE)
_BODIES = ("group", "state")
Said = tuple[frozenset[str], Unit]
"""An office and the unit whose office it is."""


@dataclass(frozen=True, slots=True)
class _Called:
    """A description with what it says, and the person whom its article leads it to."""

    seen: Seen
    said: Said
    owner: str
    meant: Meant | None


def follow_relations(work: Work) -> None:
    """Link the descriptions that the case resolves; those of an article are settled before."""
    by_id = {seen.id: seen for seen in work.case.mentions}
    called = list(_called(work, by_id))
    bearers: dict[Said, dict[Unit, Key]] = defaultdict(dict)
    for one in called:
        if one.meant is not None and one.meant.via[0] == "person":
            bearers[one.said].setdefault(one.meant.unit, one.meant.via)
    for one in called:
        fits = bearers.get(one.said, {})
        if one.meant is None and len(fits) == 1:
            ((unit, via),) = fits.items()
            words = " ".join(sorted(one.said[0]))
            because = f"the only {words} of {one.owner} that the case names"
            work.meant[one.seen.id] = Meant(unit, via, _SCORE, because)


def _called(work: Work, by_id: Mapping[str, Seen]) -> Iterator[_Called]:
    for seen in work.case.mentions:
        if seen.form != "description" or seen.kind != "person":
            continue
        owner = _owner(work, seen, by_id)
        role = office(_POSSESSIVE.sub("", " ".join(seen.text.split())))
        if owner and role and (settled := work.meant.get(owner.id)):
            label = " ".join(owner.text.split())
            yield _Called(seen, (role, settled.unit), label, work.meant.get(seen.id))


def _owner(work: Work, seen: Seen, by_id: Mapping[str, Seen]) -> Seen | None:
    """The mention whose leader it is: behind "of", with a possessive, or what "its" goes back to:
    the only body that its paragraph has named."""
    if owner := work.case.owners.get(seen.id):
        return by_id[owner]
    if seen.paragraph is None or seen.text.split()[0].lower() not in _OWNED:
        return None
    named = {
        meant.unit: other
        for other in work.paragraphs[seen.article, seen.paragraph]
        if other.end <= seen.start
        and (meant := work.meant.get(other.id))
        and meant.via[0] in _BODIES
    }
    groups = [other for other in named.values() if work.meant[other.id].via[0] == "group"]
    found = groups or list(named.values())
    return found[0] if len(found) == 1 else None
