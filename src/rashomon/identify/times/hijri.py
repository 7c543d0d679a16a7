"""Months and feasts of the Islamic calendar: Ramadan, Muharram, Ashura, Eid al-Fitr.

Days are those of the Umm al-Qura calendar (hijridate, 1343 to 1500 AH). Where the new moon is
looked for, a month may begin a day earlier or later, so the interval takes in a day on either side.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from rashomon.base.numerals import ordinal
from rashomon.identify.times.calendar import Days
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.patterns import calendar

_FIRST, _LAST = 1343, 1500
_NAMES = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART"})
_AHEAD = re.compile(
    r"\b(?:ahead\s+of|before|by|until|till|start\s+of|coming|upcoming|next)\s+$", re.IGNORECASE
)
_SIGHTING = timedelta(days=1)


def hijri(match: Match, frame: Frame) -> Found | None:
    """A month, or a day of it; its year as written, else the nearest to the article's date (the
    next after a planning verb or "ahead of")."""
    code = calendar("hijri")[match["h"].lower()]
    if len(code) == 2 and not _is_month(match, frame):
        return None
    month, day = int(code[:2]), int(code[3:]) if len(code) > 2 else ordinal(match["hd"] or "")
    resolved = _begin(month, match, frame)
    if resolved is None:
        return Found("DATE", None, basis="the article has no year for a month of the moon")
    year, basis = resolved
    first = Hijri(year, month, 1)
    length = first.month_length()
    start = first.to_gregorian()
    if day is not None:
        if not 1 <= day <= length:
            return None
        at = date(start.year, start.month, start.day) + timedelta(days=day - 1)
        return Found("DATE", str(at), Days(at - _SIGHTING, at + _SIGHTING, "day"), basis)
    begin = date(start.year, start.month, start.day)
    end = begin + timedelta(days=length - 1)
    days = Days(begin - _SIGHTING, end + _SIGHTING, "month")
    return Found("DATE", f"{begin}/{end}", days, basis)


def _is_month(match: Match, frame: Frame) -> bool:
    """Ramadan and Rajab are men as well: no month inside a name, unless the words say "month"."""
    if "month" in match.group().lower() or match["hy"] or match["y"]:
        return True
    token = frame.token(match.start("h"))
    following = frame.parse.tokens[token.i + 1 : token.i + 2]
    beside = any(t.pos == "PROPN" and t.start - token.end <= 1 for t in following)
    return token.ent not in _NAMES and not (beside and token.dep in ("compound", "nmod"))


def _begin(month: int, match: Match, frame: Frame) -> tuple[int, str] | None:
    """The Islamic year that was meant, and the basis to state."""
    if match["hy"]:
        year = int(match["hy"])
        return (year, "explicit") if _FIRST <= year < _LAST else None
    if match["y"]:
        return _within(month, int(match["y"]), "explicit")
    if frame.story.narrative:
        told = frame.story.carried()
        basis = f"year from {frame.story.whence(told)}" if told else ""
        return _within(month, told.year, basis) if told else None
    if frame.reference is None or frame.reference.day is None:
        return None
    ahead = frame.direction(match) == "future" or bool(
        _AHEAD.search(match.string, 0, match.start())
    )
    return _nearest(month, frame.reference.day, ahead=ahead)


def _within(month: int, year: int, basis: str) -> tuple[int, str] | None:
    """The Islamic year whose month begins in a year of ours; None where two do."""
    if not 1925 <= year <= 2075:
        return None
    near = Gregorian(year, 1, 1).to_hijri().year
    fits = [y for y in (near, near + 1) if Hijri(y, month, 1).to_gregorian().year == year]
    return (fits[0], basis) if len(fits) == 1 else None


def _nearest(month: int, at: date, *, ahead: bool) -> tuple[int, str] | None:
    if not 1926 <= at.year <= 2074:
        return None
    now = Gregorian(at.year, at.month, at.day).to_hijri().year
    begins = {year: _first_day(year, month) for year in (now - 1, now, now + 1)}
    if ahead:
        return min(year for year, day in begins.items() if day >= at), "article date"
    return min(begins, key=lambda year: abs((begins[year] - at).days)), "article date"


def _first_day(year: int, month: int) -> date:
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day)
