"""Times that are counted from the article's own date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from rashomon.base.lexicon import table
from rashomon.base.rows import TimexType
from rashomon.identify.times import calendar as cal
from rashomon.identify.times.calendar import Days, Reference
from rashomon.identify.times.dates import feast_day, narrowed
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.lengths import number_of
from rashomon.identify.times.patterns import calendar, units

_BLANKS = re.compile(r"\s+")
_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1,
          "following": 1}  # fmt: skip
_BASIS = "article date"


@cache
def _phrases() -> Mapping[str, tuple[str, str]]:
    rows = table("time_phrases")
    return MappingProxyType({r["phrase"].lower(): (r["type"], r["value"]) for r in rows})


def phrase(match: Match, frame: Frame) -> Found | None:
    """Fixed phrases of the table; one without a value only looks like a time."""
    _, meaning = _phrases()[_BLANKS.sub(" ", match.group().lower()).replace("’", "'")]
    if meaning.startswith("day"):
        told_long_after = frame.story.narrative and not frame.quoted
        return _from_day(meaning[3:], None if told_long_after else frame.reference)
    if meaning.endswith("_REF"):
        return Found("DATE", meaning)
    if meaning.startswith("T"):
        return Found("TIME", meaning)
    if meaning.startswith("P"):
        return _frequency(match, meaning)
    return Found("DATE", meaning, cal.day(date.fromisoformat(meaning))) if meaning else None


def _frequency(match: Match, meaning: str) -> Found | None:
    """As in "daily" and its like; a capital marks a newspaper's name."""
    return None if match.group()[0].isupper() else Found("SET", meaning)


def _from_day(shift: str, reference: Reference | None) -> Found:
    """From "+0" or "-1TNI": days from the article's day and a part of the day."""
    part = shift[2:]
    kind: TimexType = "TIME" if part else "DATE"
    if reference is None or reference.day is None:
        return Found(kind, f"XXXX-XX-XX{part}" if shift != "+0" else "PRESENT_REF")
    at = reference.day + timedelta(days=int(shift[:2]))
    return Found(kind, f"{at}{part}", cal.day(at), _BASIS)


def feast(match: Match, frame: Frame) -> Found | None:
    """A day of each year that has a name of its own."""
    _, meaning = _phrases()[_BLANKS.sub(" ", match["feast"].lower()).replace("’", "'")]
    return feast_day(int(meaning[2:4]), int(meaning[5:]), match, frame)


def ago(match: Match, frame: Frame) -> Found | None:
    """As in "two days ago"; "a year ago" is one; "days ago" and "several days ago" stay open."""
    number = number_of(match)
    if number is None and match["one"]:
        number = 1
    if number is None:
        return Found("DATE", "PAST_REF")
    return _shifted(frame.reference, -number, units()[match["u"].lower()])


def hence(match: Match, frame: Frame) -> Found | None:
    return _shifted(frame.reference, number_of(match) or 1, units()[match["u"].lower()])


def _shifted(reference: Reference | None, by: float, unit: str) -> Found:
    """The article's date moved by whole days, weeks, months, years or decades; as precise as the
    unit, and open where the article's date is coarser than the unit."""
    steps = round(by)
    unknown = Found("DATE", "PAST_REF" if by < 0 else "FUTURE_REF")
    if reference is None or steps != by:
        return unknown
    if unit in ("D", "W", "2W"):
        if reference.day is None or abs(steps) > 100_000:
            return unknown
        at = reference.day + timedelta(days=steps * {"D": 1, "W": 7, "2W": 14}[unit])
        if unit == "D":
            return Found("DATE", str(at), cal.day(at), _BASIS)
        return Found("DATE", _iso_week(at), cal.week(at), _BASIS)
    if unit == "M":
        return _months_away(reference, steps) or unknown
    years = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
    return _years_away(reference, steps * years, unit) if years else unknown


def _months_away(reference: Reference, steps: int) -> Found | None:
    if reference.month is None:
        return None
    number, month = cal.shift_month(*reference.month, steps)
    return Found("DATE", f"{number}-{month:02}", cal.month(number, month), _BASIS)


def _years_away(reference: Reference, steps: int, unit: str) -> Found:
    number = None if reference.year is None else reference.year + steps
    if number is None or not 1 <= number <= 9990:
        return Found("DATE", "PAST_REF" if steps < 0 else "FUTURE_REF")
    if unit == "Y":
        return Found("DATE", str(number), cal.year(number), _BASIS)
    first = number // 10 * 10
    return Found("DATE", str(number // 10), cal.decade(first), _BASIS)


def _iso_week(at: date) -> str:
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


def deictic(match: Match, frame: Frame) -> Found | None:
    """As in "last week", "next Friday", "earlier this year"."""
    step = _STEPS[match["deixis"].lower()]
    if match["wd"]:
        return _named_day(match, frame, step)
    unit = match["u"].lower()
    found = _this_or_next(unit, step, frame.reference)
    if found.days is None or not match["mod"] or frame.reference is None:
        return found
    return Found("DATE", found.value, _sided(found.days, match["mod"], frame.reference), _BASIS)


def _sided(days: Days, modifier: str, reference: Reference) -> Days:
    """Ends with the article's date for "earlier this month", begins with it for "later"."""
    side = modifier.strip().lower()
    if days.first is None or days.last is None:
        return days
    if side == "earlier" and days.first <= reference.last <= days.last:
        return Days(days.first, reference.last, days.precision)
    if side == "later" and days.first <= reference.first <= days.last:
        return Days(reference.first, days.last, days.precision)
    return narrowed(days, modifier)


def _this_or_next(unit: str, step: int, reference: Reference | None) -> Found:
    code = {"week": "W", "weekend": "WE", "month": "M", "year": "Y", "quarter": "Q"}.get(unit, "DE")
    unknown = Found("DATE", {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[step])
    if reference is None:
        return unknown
    if code in ("W", "WE"):
        return _week_away(reference, step, code) or unknown
    if code == "M":
        return _months_away(reference, step) or unknown
    if code == "Q":
        return _quarter_away(reference, step) or unknown
    size = {"Y": 1, "DE": 100 if unit == "century" else 10}[code]
    return unknown if size == 100 else _years_away(reference, step * size, code)


def _week_away(reference: Reference, step: int, code: str) -> Found | None:
    if reference.day is None:
        return None
    at = reference.day + timedelta(days=7 * step)
    days = cal.week(at)
    if code == "W" or days.last is None:
        return Found("DATE", _iso_week(at), days, _BASIS)
    weekend = Days(days.last - timedelta(days=1), days.last, "day")
    return Found("DATE", f"{_iso_week(at)}-WE", weekend, _BASIS)


def _quarter_away(reference: Reference, step: int) -> Found | None:
    if reference.month is None:
        return None
    year, month = cal.shift_month(*reference.month, 3 * step)
    number = (month + 2) // 3
    days = cal.hull(cal.month(year, number * 3 - 2), cal.month(year, number * 3))
    return Found("DATE", f"{year}-Q{number}", days, _BASIS)


def weekday(match: Match, frame: Frame) -> Found | None:
    """A bare weekday: the latest (the article's day counts), or the next after a future verb."""
    if match["many"]:
        return Found("SET", f"XXXX-WXX-{int(calendar('weekday')[match['many'][:-1].lower()]) + 1}")
    if frame.token(match.start()).ent in ("PERSON", "ORG", "WORK_OF_ART"):
        return None
    return _named_day(match, frame, 1 if frame.direction(match) == "future" else None)


def _named_day(match: Match, frame: Frame, step: int | None) -> Found:
    """`step` -1 last, 0 this (of the article's week), 1 next, None the latest with today's."""
    number = int(calendar("weekday")[match["wd"].lower()])
    part = f"T{calendar('part')[match['part'].lower()]}" if match["part"] else ""
    kind: TimexType = "TIME" if part else "DATE"
    if frame.reference is None or frame.reference.day is None:
        return Found(kind, f"XXXX-WXX-{number + 1}{part}")
    at = _weekday_near(frame.reference.day, number, step)
    return Found(kind, f"{at}{part}", cal.day(at), _BASIS)


def _weekday_near(reference: date, number: int, step: int | None) -> date:
    behind = (reference.weekday() - number) % 7
    if step is None:
        return reference - timedelta(days=behind)
    if step == 0:
        return reference - timedelta(days=reference.weekday() - number)
    if step < 0:
        return reference - timedelta(days=behind or 7)
    return reference + timedelta(days=7 - behind)


def clock(match: Match, frame: Frame) -> Found | None:
    hour, minute = int(match["h"] or match["h2"]), match["min"] or match["min2"] or "00"
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
    return Found("TIME", f"T{hour:02}:{minute}")
