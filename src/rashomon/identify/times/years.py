"""Seasons, years, decades and centuries, before Christ and after."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rashomon.base.numerals import ordinal
from rashomon.identify.times import calendar as cal
from rashomon.identify.times.calendar import Days
from rashomon.identify.times.dates import narrowed
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.patterns import calendar
from rashomon.identify.times.story import SEASON_MONTHS

_HEDGED = re.compile(
    r"\b(?:over|than|least|some|about|around|nearly|almost|only|approximately|to)\s+$",
    re.IGNORECASE,
)
_YEAR_LEADS = frozenset(
    {"in", "since", "until", "till", "by", "from", "to", "of", "during", "before", "after",
     "through", "and", "or", "for", "around", "circa", "c.", "ca.", "("}
)  # fmt: skip
_WORD_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6,
                 "seventies": 7, "eighties": 8, "nineties": 9}  # fmt: skip


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
    year = -int(match["bc"]) if match["bc"] else int(match["y"]) if match["y"] else None
    if year is not None:
        return _season(year, code, match["mod"], "explicit")
    if frame.reference is None or frame.reference.day is None:
        return Found("DATE", f"XXXX-{code}")
    at = _season_year(code, frame.reference.day, deixis)
    return _season(at, code, match["mod"], "article date")


def _season(year: int, code: str, modifier: str | None, basis: str) -> Found:
    days = narrowed(cal.season(year, code), modifier) if year > 0 else None
    return Found("DATE", f"{cal.year_value(year)}-{code}", days, basis)


def bare_season(match: Match, frame: Frame) -> Found | None:
    """As in "in the winter": which winter, only the story says. "the fall" is more often a fall,
    and "spring" is also a verb and water."""
    word, token = match["s"], frame.token(match.start("s"))
    if word == "fall" or token.pos not in ("NOUN", "PROPN"):
        return None
    if word == "spring" and not match["lead"] and token.dep in ("nsubj", "nsubjpass"):
        return None
    code = calendar("season")[word]
    before = frame.story.carried() if frame.story.narrative else None
    if "same" in (match["det"] or "") and frame.story.year_spoken_of():
        before = frame.story.year_spoken_of()
    start = match.start("s") if match["lead"] else match.start()
    if before is None:
        return Found("DATE", f"XXXX-{code}", start=start)
    year = before.year_of(SEASON_MONTHS[code], frame.story.onward)
    if code == "WI" and before.month is not None and before.month <= 2:
        year = cal.next_year(before.year, -1)
    found = _season(year, code, match["mod"], f"year from {frame.story.whence(before)}")
    return replace(found, start=start)


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
    number = cal.year_value(-int(match["y"]))
    if match["tens"]:
        return Found("DATE", number[:-1])
    if match["y1"]:
        first = cal.year_value(-int(match["y1"]))
        return Found("DATE", f"{first}/{number}") if first > number else None
    return Found("DATE", number)


def bare_before_christ(match: Match, frame: Frame) -> Found | None:
    """As in "in 480", in a text that has said before that it counts before Christ."""
    last = frame.story.last
    if last is None or last.year > 0 or frame.token(match.start("y")).ent == "QUANTITY":
        return None
    return Found("DATE", cal.year_value(-int(match["y"])), basis=f"BC, as in {last.words}")


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
    if match["bc"]:
        return Found("DATE", f"BC{number - 1:02}")
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
