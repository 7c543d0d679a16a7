"""Times that name their place in the calendar, wholly or but for the year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rashomon.base.numerals import ordinal
from rashomon.identify.times import calendar as cal
from rashomon.identify.times.calendar import Days, Reference
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.patterns import calendar

_MISPRINT = timedelta(days=7)
_EARLY = re.compile(r"early|beginning|start", re.IGNORECASE)
_HEDGED = re.compile(
    r"\b(?:over|than|least|some|about|around|nearly|almost|only|approximately|to)\s+$",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"mid", re.IGNORECASE)
_YEAR_LEADS = frozenset(
    {"in", "since", "until", "till", "by", "from", "to", "of", "during", "before", "after",
     "through", "and", "or", "for", "around", "circa", "c.", "ca.", "("}
)  # fmt: skip
_NAMES = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "WORK_OF_ART"})
_WORD_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6,
                 "seventies": 7, "eighties": 8, "nineties": 9}  # fmt: skip


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
    return int(written) if written else None


def feast(month: int, number: int, match: Match, frame: Frame) -> Found | None:
    """A day of each year that has a name of its own."""
    return _dated(match, frame, month, number, None)


def _dated(match: Match, frame: Frame, month: int, number: int, year: int | None) -> Found | None:
    if cal.safe_day(year or 2000, month, number) is None:
        return None
    if year is not None:
        at = date(year, month, number)
        return Found("DATE", str(at), cal.day(at))
    resolved = resolve_day(month, number, frame, match)
    if resolved is None:
        return Found("DATE", f"XXXX-{month:02}-{number:02}")
    at, basis = resolved
    return Found("DATE", str(at), cal.day(at), basis)


def in_year(kind: str, match: Match, year: int) -> Found | None:
    """A month or a day of a month, in a year that is known from elsewhere."""
    month = month_number(match["m"])
    if kind == "month":
        return Found("DATE", f"{year}-{month:02}", narrowed(cal.month(year, month), match["mod"]))
    at = cal.safe_day(year, month, ordinal(match["d"]) or 0)
    return None if at is None else Found("DATE", str(at), cal.day(at))


def resolve_day(month: int, number: int, frame: Frame, match: Match) -> tuple[date, str] | None:
    """The year that a day of the year was meant in, and the basis to state."""
    reference = frame.reference
    if reference is None:
        return None
    years = range(reference.first.year - 4, reference.last.year + 5)
    days = [at for year in years if (at := cal.safe_day(year, month, number))]
    if frame.direction(match) == "future":
        ahead = [at for at in days if at >= reference.first]
        return (ahead[0], "year from article date") if ahead else None
    near = [at for at in days if reference.last < at <= reference.last + _MISPRINT]
    if near:
        return near[0], "year from article date, though it lies after it"
    behind = [at for at in days if at <= reference.last]
    return (behind[-1], "year from article date") if behind else None


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
    end = resolve_month(last, frame, match, _year_of(match))
    if end is None:
        return Found("DATE", f"XXXX-{first:02}/XXXX-{last:02}")
    start = int(match["y1"]) if match["y1"] else end[0] - (first > last)
    if (start, first) > (end[0], last):
        return None
    days = cal.hull(cal.month(start, first), cal.month(end[0], last))
    return Found("DATE", f"{start}-{first:02}/{end[0]}-{last:02}", days, end[1])


def resolve_month(
    month: int, frame: Frame, match: Match, year: int | None, deixis: str = ""
) -> tuple[int, str] | None:
    """The year that a month was meant in, and the basis to state."""
    if year is not None:
        return year, "explicit"
    reference = frame.reference
    if reference is None:
        return None
    return _month_year(month, reference, deixis or frame.direction(match)), "year from article date"


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
    resolved = resolve_month(month, frame, match, _year_of(match), deixis)
    if resolved is None or (groups.get("mod") is None and "same" in match.group().lower()):
        return Found("DATE", f"XXXX-{month:02}")
    days = narrowed(cal.month(resolved[0], month), groups.get("mod"))
    return Found("DATE", f"{resolved[0]}-{month:02}", days, resolved[1])


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


def half(match: Match, frame: Frame) -> Found | None:
    """Halves and quarters of a year."""
    year = int(match["y"] or match["y2"])
    if match["q"]:
        number, months, letter = int(match["q"][1]), 3, "Q"
    else:
        months, letter = (6, "H") if match["what"].lower() == "half" else (3, "Q")
        number = ordinal(match["which"]) or 12 // months
    if number > 12 // months:
        return None
    first, last = (number - 1) * months + 1, number * months
    days = cal.hull(cal.month(year, first), cal.month(year, last))
    return Found("DATE", f"{year}-{letter}{number}", days)


def season(match: Match, frame: Frame) -> Found | None:
    code = calendar("season")[(match["s"] or match["s2"]).lower()]
    deixis = (match["deixis2"] or match["deixis"] or "").lower()
    if match["y"]:
        year, basis = int(match["y"]), "explicit"
    elif frame.reference is None or frame.reference.day is None:
        return Found("DATE", f"XXXX-{code}")
    else:
        year, basis = _season_year(code, frame.reference.day, deixis), "article date"
    return Found("DATE", f"{year}-{code}", narrowed(cal.season(year, code), match["mod"]), basis)


def bare_season(match: Match, frame: Frame) -> Found | None:
    """As in "in the winter": which winter, only the story says. "the fall" is more often a fall."""
    if match["s"] == "fall":
        return None
    return Found("DATE", f"XXXX-{calendar('season')[match['s']]}", start=match.start("s"))


def _season_year(code: str, at: date, deixis: str) -> int:
    """As in "last summer" is the latest that is over, "next" the first that has not begun."""
    seasons = [(y, cal.season(y, code)) for y in range(at.year - 2, at.year + 3)]
    over = [y for y, days in seasons if days.last and days.last < at]
    ahead = [y for y, days in seasons if days.first and days.first > at]
    if deixis == "last":
        return over[-1]
    return ahead[0] if deixis == "next" else over[-1] + 1


def before_christ(match: Match, frame: Frame) -> Found | None:
    """Years before Christ have a value but no interval: ISO dates here begin with the year 1."""
    return Found("DATE", f"BC{int(match['y']):04}")


def decade(match: Match, frame: Frame) -> Found | None:
    if match["y"]:
        first = int(match["y"])
        return Found("DATE", str(first), narrowed(cal.decade(first * 10), match["mod"]))
    digit = match["short"] or str(_WORD_DECADES[match["word"].lower()])
    return Found("DATE", f"XX{digit}")


def century(match: Match, frame: Frame) -> Found | None:
    number = ordinal(match["n"]) or 0
    if not 1 <= number <= 30:
        return None
    first = date(max(1, (number - 1) * 100), 1, 1)
    days = Days(first, date(number * 100 - 1, 12, 31), "vague")
    return Found("DATE", f"{number - 1:02}", narrowed(days, match["mod"]))


def beyond(match: Match, frame: Frame) -> Found | None:
    """As in "post-2003" begins with 2003 and has no end; "pre-2003" ends before it."""
    year = int(match["y"])
    if match["side"].lower() == "post":
        days = Days(date(year, 1, 1), None, "vague")
    else:
        days = Days(None, date(year - 1, 12, 31), "vague")
    return Found("DATE", str(year), days)


def year_span(match: Match, frame: Frame) -> Found | None:
    first = int(match["y1"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    if not first < last < first + 200:
        return None
    return Found("DATE", f"{first}/{last}", cal.hull(cal.year(first), cal.year(last)))


def year(match: Match, frame: Frame) -> Found | None:
    """A bare year; four figures that count something ("2003 soldiers") are none."""
    number = int(match["y"])
    token = frame.token(match.start("y"))
    counts = token.dep in ("nummod", "quantmod") and frame.parse.head(token).tag in ("NNS", "NNPS")
    if counts and (token.ent != "DATE" or _HEDGED.search(match.string, 0, match.start())):
        return None
    if not (match["mod"] or token.ent == "DATE" or _leads(frame, token.i) or 1900 <= number < 2050):
        return None
    return Found("DATE", str(number), narrowed(cal.year(number), match["mod"]))


def _leads(frame: Frame, i: int) -> bool:
    return i > 0 and frame.parse.tokens[i - 1].lower in _YEAR_LEADS
