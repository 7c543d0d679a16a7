"""Calendar arithmetic on intervals of days, both ends included."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rashomon.base.rows import Precision, When

_SEASON_START = {"WI": 12, "SP": 3, "SU": 6, "FA": 9}


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, None for an open end."""

    first: date | None
    last: date | None
    precision: Precision


def day(at: date) -> Days:
    return Days(at, at, "day")


def year_value(number: int) -> str:
    """TIMEX3 of a year; a negative one lies before Christ: -480 is BC0480."""
    return f"{number:04}" if number > 0 else f"BC{-number:04}"


def next_year(number: int, by: int) -> int:
    """Years counted on from a year; there is no year nought."""
    moved = number + by
    if number < 0 <= moved:
        return moved + 1
    return moved - 1 if number > 0 >= moved else moved


def written(number: int, month_number: int | None = None, day_number: int | None = None) -> str:
    """TIMEX3 of a year, a month of it or a day."""
    parts = [f"{part:02}" for part in (month_number, day_number) if part is not None]
    return "-".join([year_value(number), *parts])


def covered(number: int, month_number: int | None, day_number: int | None) -> Days | None:
    """The days of a year, a month or a day; None before Christ, where ISO 8601 dates of four
    figures do not reach, and for a day that is in no calendar."""
    if not 1 <= number <= 9998:
        return None
    if month_number is None:
        return year(number)
    if day_number is None:
        return month(number, month_number)
    at = safe_day(number, month_number, day_number)
    return None if at is None else day(at)


def safe_day(year: int, month: int, number: int) -> date | None:
    """The date, or None for the 31st of February and its like."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    return date(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def month(year: int, number: int) -> Days:
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def year(number: int) -> Days:
    return Days(date(number, 1, 1), date(number, 12, 31), "year")


def decade(first: int) -> Days:
    return Days(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def season(number: int, code: str) -> Days:
    """Three months from the first of March, June, September or December (northern seasons);
    the winter of a year is the one that begins in its December."""
    start = date(number, _SEASON_START[code], 1)
    end = shift_month(start.year, start.month, 2)
    return Days(start, date(end[0], end[1], monthrange(*end)[1]), "season")


def week(at: date) -> Days:
    """The ISO week, Monday to Sunday, that holds a day."""
    monday = at - timedelta(days=at.weekday())
    return Days(monday, monday + timedelta(days=6), "week")


def shift_month(year_number: int, month_number: int, by: int) -> tuple[int, int]:
    count = year_number * 12 + month_number - 1 + by
    return count // 12, count % 12 + 1


def hull(left: Days, right: Days) -> Days:
    """From the first day of the left to the last of the right."""
    return Days(left.first, right.last, right.precision)


def third(days: Days, which: int) -> Days:
    """The first (0), middle (1) or last (2) third: days 1-10, 11-20, 21- of a month; Jan-Apr,
    May-Aug, Sep-Dec of a year; equal thirds otherwise. Read off "early", "mid" and "late"."""
    if days.first is None or days.last is None:
        return days
    if days.precision == "month":
        starts = [days.first, days.first.replace(day=11), days.first.replace(day=21)]
    elif days.precision == "year":
        starts = [days.first, days.first.replace(month=5), days.first.replace(month=9)]
    else:
        step = ((days.last - days.first).days + 1) // 3
        starts = [days.first + timedelta(days=step * k) for k in range(3)]
    ends = [starts[1] - timedelta(days=1), starts[2] - timedelta(days=1), days.last]
    return Days(starts[which], ends[which], days.precision)


@dataclass(frozen=True, slots=True)
class Reference:
    """The day, month or year in which an article was written, as narrow as it is known."""

    first: date
    last: date

    @property
    def day(self) -> date | None:
        return self.first if self.first == self.last else None

    @property
    def month(self) -> tuple[int, int] | None:
        first, last = (self.first.year, self.first.month), (self.last.year, self.last.month)
        return first if first == last else None

    @property
    def year(self) -> int | None:
        return self.first.year if self.first.year == self.last.year else None


def reference(published: When | None) -> Reference | None:
    """The reference of an article; None where its date is unknown, open at one end, or inferred
    from the dates in its text: from those nothing may be counted again."""
    if published is None or published.earliest is None or published.latest is None:
        return None
    if published.basis == "inferred":
        return None
    return Reference(
        date.fromisoformat(published.earliest[:10]), date.fromisoformat(published.latest[:10])
    )
