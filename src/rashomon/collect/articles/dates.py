"""Dates as they stand in the head of an article: always with a year, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.rows import Precision, When

_DIGIT = re.compile(r"[0-9]")
_NUMERIC = re.compile(r"[0-9][-/.][0-9]")
_CLOCK = (
    r"(?:[\s,|·/•–-]*(?:at\s)?\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?\b)?"
    r"(?:\s*(?:Z|[A-Z]{2,4}T?|[+-]\d{2}:?\d{2})\b)?)?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: where it stands with its weekday and clock, and what it says.

    `when` is None where the date does not say its year.
    """

    start: int
    end: int
    words: str
    day: date | None
    doubtful: bool
    clock: bool

    def when(self, basis: str) -> When | None:
        if self.day is None:
            return None
        basis = f"{basis} (day before month)" if self.doubtful else basis
        return When(self.day.isoformat(), self.day.isoformat(), "day", basis, self.words)


def find_date(line: str) -> Found | None:
    """The first date of a line that the calendar has: "Friday, 14 March 2031 | 10:32"."""
    if not _DIGIT.search(line) or not (_NUMERIC.search(line) or _month().search(line.lower())):
        return None
    for found in _pattern().finditer(line):
        year, month, day, doubtful = _numbers(found)
        if not (1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]):
            continue
        words = line[found.start("date") : found.end("date")]
        value = date(year, month, day) if year else None
        clock = found.end() > found.end("date") or bool(found["early"])
        return Found(found.start(), found.end(), words, value, doubtful, clock)
    return None


def given_date(words: str, basis: str = "given") -> When | None:
    """A date that came beside the text: ISO 8601 (a day, a month or a year), or as in a head. A
    time of day is passed over: it was the day that is said there, whatever the time zone."""
    plain = words.strip()
    compact = re.match(r"([12]\d{3})(\d{2})(\d{2})(?=T|$)", plain)
    plain = "-".join(compact.groups()) if compact else plain
    partial = re.fullmatch(r"([12]\d{3})(?:-(\d{2}))?", plain)
    if partial:
        return _partial(int(partial[1]), int(partial[2] or 0), basis)
    found = find_date(plain)
    return found.when(basis) if found else None


def _partial(year: int, month: int, basis: str) -> When | None:
    if month > 12:
        return None
    first, last = (month, month) if month else (1, 12)
    start, end = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    precision: Precision = "month" if month else "year"
    return When(start.isoformat(), end.isoformat(), precision, basis, "")


def _numbers(found: re.Match[str]) -> tuple[int, int, int, bool]:
    """Year (0: not said), month and day of a match, and whether day and month could be swapped."""
    if found["iso"]:
        return int(found["y1"]), int(found["m1"]), int(found["d1"]), False
    if found["slash"]:
        first, second, year = int(found["d2"]), int(found["m2"]), int(found["y2"])
        if second > 12 >= first:
            return year, first, second, False
        return year, second, first, first <= 12 and first != second
    name = (found["n3"] or found["n4"]).lower().rstrip(".")
    day, year_words = found["d3"] or found["d4"], found["y3"] or found["y4"]
    return int(year_words or 0), month_numbers()[name], int(day), False


@cache
def month_numbers() -> dict[str, int]:
    """Month numbers by name and by the names' first three letters."""
    rows = [row for row in table("calendar") if row["kind"] == "month"]
    numbers = {row["word"].lower(): int(row["value"]) for row in rows}
    return {name[:3]: number for name, number in numbers.items()} | numbers | {"sept": 9}


@cache
def _month() -> re.Pattern[str]:
    """A month beside a number, in small letters: a line without is told so in one step."""
    starts = "|".join(sorted({name[:3] for name in month_numbers()}))
    return re.compile(
        rf"(?:{starts})[a-z]*\.?\s+[0-9]|[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?(?:{starts})"
    )


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(month_numbers(), key=lambda name: (-len(name), name)))
    weekday = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    return re.compile(
        rf"""(?P<early>\b\d{{1,2}}:\d{{2}}\s*(?:[ap]\.?m\.?)?[\s,|on]+)?
        (?P<date>{weekday}(?:
          (?P<iso>\b(?P<y1>[12]\d{{3}})[-/](?P<m1>\d{{2}})[-/](?P<d1>\d{{2}}))(?!\d)
        | (?P<slash>\b(?P<d2>\d{{1,2}})[/.](?P<m2>\d{{1,2}})[/.](?P<y2>[12]\d{{3}}))\b
        | \b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n3>{month})\b\.?
          (?:,?\s+(?P<y3>[12]\d{{3}})\b)?
        | \b(?P<n4>{month})\b\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)
          (?:,?\s+(?P<y4>[12]\d{{3}})\b)?
        ))(?:T(?=\d{{2}}:))?{_CLOCK.replace(" ", "[ ]")}""",
        re.IGNORECASE | re.VERBOSE,
    )
