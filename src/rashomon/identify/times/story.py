"""The time that a text has told up to, which a later time is read against.

A history says "1941" and then "on 22 June". The year it has come to is followed as the story goes,
forwards over the turn of a year: HeidelTime's reading of narrative text (Stroetgen and Gertz 2012).
News is written from its own date instead; there a year is carried on within one sentence only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rashomon.identify.times import calendar as cal

_VALUE = re.compile(r"(?:(BC)?(\d{4}))(?:-(\d\d|SP|SU|FA|WI))?(?:-(\d\d))?(?:T.*)?$")
SEASON_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
_BACK = 5
_FAR = {"D": 3, "W": 2, "M": 8, "Y": 40}
_NEAR = {"D": 2, "W": 2, "M": 2, "Y": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """A time that was told: year (negative before Christ), month and day as far as known, its
    words, the number of its sentence, and whether the words hold the year themselves."""

    year: int
    month: int | None
    day: int | None
    words: str
    sentence: int
    own_year: bool

    def year_of(self, month: int, onward: tuple[int, int] | None = None) -> int:
        """The year of a month that follows in the story. A few months back is a look back; more
        than that is the next year. No step leads past `onward`, the next year and month that the
        text names, unless the story stands behind it already."""
        back = self.month is not None and month - self.month < -_BACK
        year = cal.next_year(self.year, 1) if back else self.year
        if onward and (self.year, self.month or 1) <= onward < (year, month):
            earlier = cal.next_year(year, -1)
            return (
                earlier if back or (self.month is not None and month - self.month > _BACK) else year
            )
        return year


def told(value: str, words: str, sentence: int, *, own_year: bool) -> Told | None:
    """What a TIMEX3 value tells of year, month and day; None if it has no year."""
    match = _VALUE.match(value)
    if match is None:
        return None
    year = -int(match[2]) if match[1] else int(match[2])
    month = SEASON_MONTHS.get(match[3]) or int(match[3]) if match[3] else None
    day = int(match[4]) if match[4] else None
    return Told(year, month, day, words, sentence, own_year) if year else None


@dataclass(slots=True)
class Story:
    """Where the telling of one article stands. `narrative`: it is told as a history, with years of
    its own, not from the day of its writing. `last` is the time it has come to, `heard` the last
    that it spoke of, be it in passing; `ahead` is a date that follows the words at hand at
    once, `onward` the next year and month that the text names together; `dated` holds the times of
    happenings by what they go by."""

    narrative: bool
    sentence: int = 0
    last: Told | None = None
    heard: Told | None = None
    ahead: Told | None = None
    onward: tuple[int, int] | None = None
    dated: dict[str, list[Told]] = field(default_factory=dict)

    def gap(self, told: Told) -> int:
        return self.sentence - told.sentence

    def near(self, unit: str) -> Told | None:
        """The time told last, if it is as fine as the unit (D, W, M, Y) and not too far back."""
        last = self.last
        if last is None or self.gap(last) > (_FAR if self.narrative else _NEAR)[unit]:
            return None
        if (unit in ("D", "W") and last.day is None) or (unit == "M" and last.month is None):
            return None
        return last

    def year_spoken_of(self) -> Told | None:
        """What "that year" points to: the last year named, in this sentence or the one before."""
        if self.heard and self.gap(self.heard) <= 1:
            return self.heard
        return self.near("Y")

    def aside(self, year: int, slack: int = 0) -> bool:
        """Whether a year only looks ahead or back: the text stands on one side of it with the date
        before and with the date after. `slack`: by how many years it must stick out."""
        if self.last is None or self.last.month is None or self.onward is None:
            return False
        before, after = self.last.year, self.onward[0]
        return (after + slack < year and before <= after) or year + slack < before <= after

    def carried(self) -> Told | None:
        """The time whose year a time without one takes over, if any."""
        if self.last is None or self.narrative:
            return self.last
        fine = self.last.own_year and self.last.month is not None
        return self.last if fine and self.gap(self.last) == 0 else None

    def whence(self, told: Told) -> str:
        """Where a told time stands, to say in a basis."""
        gap = self.gap(told)
        words = " ".join(told.words.split())
        if gap <= 0:
            return f"the same sentence: {words}"
        return f"the sentence before: {words}" if gap == 1 else f"{gap} sentences before: {words}"

    def tell(self, now: Told) -> None:
        """Go on to a time. The bare year that the story is in already says nothing new."""
        last = self.last
        if last and now.month is None and now.year == last.year and last.month is not None:
            now = Told(last.year, last.month, last.day, last.words, now.sentence, last.own_year)
            if last.day is not None and self.gap(last) > 0:
                now = Told(last.year, last.month, None, last.words, now.sentence, last.own_year)
        self.last = now
