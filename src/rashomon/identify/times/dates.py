"""Times that name their place in the calendar, wholly or but for the year."""

from __future__ import annotations

import re
from datetime import timedelta

from rashomon.base.numerals import ordinal
from rashomon.identify.times import calendar as cal
from rashomon.identify.times.calendar import Days, Reference
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.patterns import calendar

_MISPRINT = timedelta(days=7)
_EARLY = re.compile(r"early|beginning|start", re.IGNORECASE)
_ONWARDS = re.compile(r"next|following|subsequent|succeeding", re.IGNORECASE)
_BEFORE = re.compile(r"previous|preceding|prior", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_MIDDLE = re.compile(r"mid", re.IGNORECASE)
_NAMES = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "WORK_OF_ART"})


def month_number(written: str) -> int:
    return int(calendar("month", "abbreviation")[written.rstrip(".").lower()])


def iso(match: Match, frame: Frame) -> Found | None:
    at = cal.safe_day(int(match["y"]), int(match["m"]), int(match["d"]))
    if at is None:
        return None
    if match["t"]:
        return Found("TIME", f"{at}T{match['t']}", cal.day(at))
    return Found("DATE", str(at), cal.day(at))


def slashed(match: Match, frame: Frame) -> Found | None:
    """Day and month in figures. Where both orders are possible and the article never shows which
    it uses, the value keeps both open and the interval holds both."""
    year, a, b = int(match["y"]), int(match["a"]), int(match["b"])
    by_day, by_month = cal.safe_day(year, b, a), cal.safe_day(year, a, b)
    chosen = by_month if by_day is None or frame.day_first is False else by_day
    if chosen is None:
        return None
    if by_day is None or by_month is None or by_day == by_month:
        return Found("DATE", str(chosen), cal.day(chosen))
    if frame.day_first is not None:
        return Found("DATE", str(chosen), cal.day(chosen), "order of day and month in the article")
    both = Days(min(by_day, by_month), max(by_day, by_month), "vague")
    return Found("DATE", f"{year}-XX-XX", both, "order of day and month unknown")


def day_first(pairs: list[tuple[int, int]]) -> bool | None:
    """Whether an article puts the day before the month, from its dates in figures."""
    shown = {a > 12 for a, b in pairs if (a > 12) != (b > 12)}
    return shown.pop() if len(shown) == 1 else None


def month_day(match: Match, frame: Frame) -> Found | None:
    number = ordinal(match["d"]) or 0
    return _dated(match, frame, month_number(match["m"]), number, _year_of(match))


def _year_of(match: Match) -> int | None:
    groups = match.groupdict()
    written = groups.get("y") or groups.get("y2")
    if groups.get("bc"):
        return -int(groups["bc"])
    return int(written) if written else None


def feast_day(month: int, number: int, match: Match, frame: Frame) -> Found | None:
    """A day of each year that has a name of its own, as in "Christmas 2031"."""
    return _dated(match, frame, month, number, _year_of(match))


def _dated(match: Match, frame: Frame, month: int, number: int, year: int | None) -> Found | None:
    if cal.safe_day(2000 if year is None else abs(year), month, number) is None:
        return None
    resolved = _day_year(month, number, frame, match) if year is None else (year, "explicit")
    if resolved is None:
        return Found("DATE", f"XXXX-{month:02}-{number:02}")
    days = cal.covered(resolved[0], month, number)
    return Found("DATE", cal.written(resolved[0], month, number), days, resolved[1])


def in_year(kind: str, match: Match, year: int) -> Found | None:
    """A month or a day of a month, in a year that is known from elsewhere."""
    month = month_number(match["m"])
    day = None if kind == "month" else ordinal(match["d"]) or 0
    if day is not None and cal.safe_day(abs(year), month, day) is None:
        return None
    days = cal.covered(year, month, day)
    if kind == "month" and days:
        days = narrowed(days, match["mod"])
    return Found("DATE", cal.written(year, month, day), days)


def _day_year(month: int, number: int, frame: Frame, match: Match) -> tuple[int, str] | None:
    """The year that a day of the year was meant in, and the basis to state. A weekday beside it
    ("Friday, 3 May") is counted from the article's date."""
    counted = _WEEKDAY.match(match.group()) and not frame.story.narrative
    carried = None if counted else frame.carried_year(month, match)
    if carried and (carried[0] < 0 or cal.safe_day(carried[0], month, number)):
        return carried
    return _day_of_article(month, number, frame, match)


def _day_of_article(month: int, number: int, frame: Frame, match: Match) -> tuple[int, str] | None:
    reference, basis = frame.reference, "year from article date"
    if reference is None or frame.story.narrative:
        return None
    years = range(reference.first.year - 4, reference.last.year + 5)
    days = [at for year in years if (at := cal.safe_day(year, month, number))]
    if frame.direction(match) == "future":
        ahead = [at for at in days if at >= reference.first]
        return (ahead[0].year, basis) if ahead else None
    near = [at for at in days if reference.last < at <= reference.last + _MISPRINT]
    if near:
        return near[0].year, f"{basis}, though it lies after it"
    behind = [at for at in days if at <= reference.last]
    return (behind[-1].year, basis) if behind else None


def day_span(match: Match, frame: Frame) -> Found | None:
    """Two days of one month: "5-7 June", "June 5 to 7, 2031"."""
    month, year = month_number(match["m"]), _year_of(match)
    first = _dated(match, frame, month, ordinal(match["d1"]) or 0, year)
    last = _dated(match, frame, month, ordinal(match["d2"]) or 0, year)
    return _joined(first, last)


def long_span(match: Match, frame: Frame) -> Found | None:
    """Two days of two months in one year: "June 28 - July 3, 2031"."""
    year = int(match["y"])
    first = _dated(match, frame, month_number(match["m1"]), ordinal(match["d1"]) or 0, year)
    last = _dated(match, frame, month_number(match["m2"]), ordinal(match["d2"]) or 0, year)
    return _joined(first, last)


def _joined(first: Found | None, last: Found | None) -> Found | None:
    if first is None or last is None or first.value is None:
        return None
    value = f"{first.value}/{last.value}"
    if first.days is None or last.days is None or first.days.first is None:
        return Found("DATE", value)
    if last.days.last is None or first.days.first > last.days.last:
        return None
    return Found("DATE", value, cal.hull(first.days, last.days), first.basis)


def month_span(match: Match, frame: Frame) -> Found | None:
    """As in "October through December 2031"; "November to March" begins in the year before."""
    if _is_trap(match, frame, "m1"):
        return None
    first, last = month_number(match["m1"]), month_number(match["m2"])
    start_year = int(match["y1"]) if match["y1"] else None
    end = _span_end(first, last, frame, match, start_year)
    if end is None:
        return Found("DATE", f"XXXX-{first:02}/XXXX-{last:02}")
    start = end[0] - (first > last) if start_year is None else start_year
    if (start, first) > (end[0], last):
        return None
    value = f"{cal.written(start, first)}/{cal.written(end[0], last)}"
    left, right = cal.covered(start, first, None), cal.covered(end[0], last, None)
    return Found("DATE", value, cal.hull(left, right) if left and right else None, end[1])


def _span_end(
    first: int, last: int, frame: Frame, match: Match, start: int | None
) -> tuple[int, str] | None:
    """The year of the last month of a span; the story goes on to its first month."""
    year = _year_of(match)
    if year is not None:
        return year, "explicit"
    if start is not None:
        return start + (first > last), "explicit"
    carried = frame.carried_year(first, match)
    if carried:
        return carried[0] + (first > last), carried[1]
    return resolve_month(last, frame, match, None)


def resolve_month(
    month: int, frame: Frame, match: Match, year: int | None, deixis: str = ""
) -> tuple[int, str] | None:
    """The year that a month was meant in, and the basis to state."""
    if year is not None:
        return year, "explicit"
    carried = None if deixis else frame.carried_year(month, match)
    if carried:
        return carried
    reference = frame.reference
    if reference is None or (frame.story.narrative and not deixis):
        return None
    towards = deixis or frame.direction(match)
    return _month_year(month, reference, towards), "year from article date"


def _month_year(month: int, reference: Reference, towards: str) -> int:
    """past: the latest that has begun; last: the latest that is over; next and future: likewise."""
    last, first = reference.last, reference.first
    if towards == "this":
        return last.year
    if towards == "next":
        return first.year + (month <= first.month)
    if towards == "future":
        return first.year + (month < first.month)
    if towards == "last":
        return last.year - (month >= last.month)
    return last.year - (month > last.month)


def month_year(match: Match, frame: Frame) -> Found | None:
    if not _year_of(match) and _is_trap(match, frame, "m"):
        return None
    groups = match.groupdict()
    month = month_number(match["m"])
    deixis = (groups.get("deixis") or "").lower()
    if groups.get("told"):
        resolved = _told_year(match, frame)
    else:
        resolved = resolve_month(month, frame, match, _year_of(match), deixis)
    if resolved is None:
        return Found("DATE", f"XXXX-{month:02}")
    days = cal.covered(resolved[0], month, None)
    days = narrowed(days, groups.get("mod")) if days else None
    return Found("DATE", cal.written(resolved[0], month), days, resolved[1])


def _told_year(match: Match, frame: Frame) -> tuple[int, str] | None:
    """As in "August of the same year", "May of the following year"."""
    before = frame.story.year_spoken_of()
    if before is None:
        return None
    step = year_step(match["told"])
    return cal.next_year(before.year, step), f"year from {frame.story.whence(before)}"


def year_step(words: str) -> int:
    """Whether words lead on to the next (1), back to the one before (-1), or to the same (0)."""
    if _ONWARDS.search(words):
        return 1
    return -1 if _BEFORE.search(words) else 0


def _is_trap(match: Match, frame: Frame, group: str) -> bool:
    """Such as "May" the modal verb, "March on the palace", April the woman: no month."""
    token = frame.token(match.start(group))
    if match[group][0].islower() or token.ent in _NAMES:
        return True
    return token.pos not in ("PROPN", "NUM") and token.ent != "DATE"


def narrowed(days: Days, modifier: str | None) -> Days:
    """The words "early", "mid", "late", "the end of" make a month or a year a third of it."""
    if not modifier:
        return days
    if _EARLY.search(modifier):
        return cal.third(days, 0)
    return cal.third(days, 1 if _MIDDLE.search(modifier) else 2)


def part_day(match: Match, frame: Frame) -> Found | None:
    """As in "the night of 13 May 2031"."""
    month, number = month_number(match["m"] or match["m2"]), ordinal(match["d"] or match["d2"]) or 0
    found = _dated(match, frame, month, number, _year_of(match))
    if found is None:
        return None
    part = calendar("part")[match["part"].lower()]
    return Found("TIME", f"{found.value}T{part}", found.days, found.basis)
