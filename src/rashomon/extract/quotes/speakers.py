"""The mentions of an article as sources see them: who stands where, and under which full name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from rashomon.base.language import Token
from rashomon.base.outlets import initials, is_press, outlet_key
from rashomon.base.rows import Mention

ACTORS = frozenset({"person", "organisation", "armed_group", "state", "people"})
BODIES = frozenset({"organisation", "armed_group"})
_FURTHEST = 10
_HELD = 8


class Speakers:
    """The mentions of an article by where they stand and by what they refer to."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        actors = sorted((m for m in mentions if m.kind in ACTORS), key=lambda m: (m.start, m.end))
        self._actors = actors
        self._starts = [m.start for m in actors]
        self._by_id: Mapping[str, Mention] = {m.id: m for m in actors}
        people = (outlet_key(m.text) for m in actors if m.kind == "person" and m.form == "name")
        self._surnames = {name.rsplit(" ", 1)[1] for name in people if " " in name}
        self._press = {outlet_key(m.text) for m in actors if m.form == "name" and is_press(m.text)}
        self._press |= {short for name in sorted(self._press) if len(short := initials(name)) > 2}

    def at(self, head: Token) -> Mention | None:
        """The shortest actor mention that holds a token, if any."""
        last = bisect_right(self._starts, head.start)
        holding = [m for m in self._actors[max(0, last - _HELD) : last] if m.end >= head.end]
        return min(holding, key=lambda m: m.end - m.start) if holding else None

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in a stretch of the text."""
        return self._actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def fullest(self, mention: Mention) -> Mention:
        """Along `refers`, the mention that names the actor most fully."""
        return max(self.line(mention), key=_fullness)

    def line(self, mention: Mention) -> list[Mention]:
        """A mention and those that it leads back to."""
        seen = [mention]
        while (onward := self._by_id.get(seen[-1].refers or "")) and len(seen) < _FURTHEST:
            seen.append(onward)
        return seen

    def bodies(self, before: int) -> Iterator[Mention]:
        """The organisations and armed groups named before a place, in the order of the text."""
        for mention in self._actors[: bisect_left(self._starts, before)]:
            if mention.kind in BODIES and mention.form == "name":
                yield mention

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is one person's, by its kind or as the surname of a full name."""
        return mention.kind == "person" or outlet_key(mention.text) in self._surnames

    def is_press(self, mention: Mention) -> bool:
        """Whether a name is an outlet's, by its words or as the short form of one."""
        return mention.form == "name" and outlet_key(mention.text) in self._press


def _fullness(mention: Mention) -> tuple[bool, bool, int]:
    return mention.form == "name", mention.form == "description", len(mention.text)
