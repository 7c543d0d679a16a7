"""What a time is read against: the article's date, the words around it, the governing verb."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from rashomon.base.language import Parse, Token
from rashomon.base.rows import TimexType
from rashomon.identify.times.calendar import Days, Reference
from rashomon.identify.times.direction import Direction, direction

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a time means: TIMEX3 type and value, the days it covers where they are known, whence.

    `start` moves the beginning of the span past a word that only helped to find it.
    """

    type: TimexType
    value: str | None
    days: Days | None = None
    basis: str = "explicit"
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """`day_first`: whether 03/04/2021 is the third of April here, None where the text never
    shows it."""

    parse: Parse
    reference: Reference | None
    day_first: bool | None
    starts: tuple[int, ...] = field(repr=False)

    def token(self, offset: int) -> Token:
        """The token that stands at an offset."""
        return self.parse.tokens[max(0, bisect_right(self.starts, offset) - 1)]

    def direction(self, match: Match) -> Direction:
        """Whether the time lies before or after the writing, by the verb above its first word
        that hangs on a word outside the time."""
        node = self.token(match.start())
        while node.head != node.i and self._holds(match, self.parse.head(node)):
            node = self.parse.head(node)
        return direction(self.parse, node)

    @staticmethod
    def _holds(match: Match, token: Token) -> bool:
        return match.start() <= token.start < match.end()


def frame(parse: Parse, reference: Reference | None, day_first: bool | None) -> Frame:
    return Frame(parse, reference, day_first, tuple(token.start for token in parse.tokens))
