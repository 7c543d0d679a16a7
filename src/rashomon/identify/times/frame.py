"""What a time is read against: the article's date, the words around it, the governing verb."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from rashomon.base.language import Parse, Token
from rashomon.base.rows import TimexType
from rashomon.identify.times.calendar import Days, Reference
from rashomon.identify.times.direction import Direction, direction
from rashomon.identify.times.story import Story

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
    shows it. `quoted`: the words stand between quotation marks."""

    parse: Parse
    reference: Reference | None
    day_first: bool | None
    starts: tuple[int, ...] = field(repr=False)
    story: Story
    quoted: bool = False

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

    def carried_year(self, month: int, match: Match) -> tuple[int, str] | None:
        """The year of a month without one, taken over from what the text told before, and the
        basis to state. None where the article's date decides."""
        before = self.story.carried()
        if before is None or (self.reference and self.direction(match) == "future"):
            return None
        year = before.year_of(month, self.story.onward)
        if self.reference and (year, month) > (self.reference.last.year, self.reference.last.month):
            return None
        return year, f"year from {self.story.whence(before)}"

    @staticmethod
    def _holds(match: Match, token: Token) -> bool:
        return match.start() <= token.start < match.end()


def frame(parse: Parse, reference: Reference | None, day_first: bool | None, story: Story) -> Frame:
    starts = tuple(token.start for token in parse.tokens)
    return Frame(parse, reference, day_first, starts, story)
