"""Lengths of time and how often: TIMEX3 durations and sets."""

from __future__ import annotations

import re

from rashomon.base.numerals import value
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.patterns import calendar, units

_LEADS_LENGTH = re.compile(
    r"\b(?:for|in|within|over|after|about|nearly|almost|than|of|only|just|last(?:ed|s|ing)?"
    r"|took|takes?|under|by|least|is|was|until)\s+$",
    re.IGNORECASE,
)


def written(number: float | None, unit: str) -> str:
    """The TIMEX3 value of a length; X for a number that nobody gave."""
    code = units()[unit.lower()]
    if number is not None and code == "2W":
        number *= 2
    code = code.removeprefix("2")
    many = "X" if number is None else str(int(number)) if number % 1 == 0 else f"{number:g}"
    return f"PT{many}{code[1:]}" if code[0] == "T" else f"P{many}{code}"


def number_of(match: Match, group: str = "n") -> float | None:
    words = match.groupdict().get(group)
    return value(words) if words else None


def length(match: Match, frame: Frame) -> Found | None:
    """As in "48 hours", "eight-year", "several weeks". "a week" only where a preposition or verb
    asks for a length: "twice a week" and "a second time" are none."""
    unit = match["u"]
    if match["a"]:
        if unit.lower() == "second" or not _LEADS_LENGTH.search(match.string, 0, match.start("a")):
            return None
        return Found("DURATION", written(1, unit))
    if match["decades"]:
        return _open_length(match, unit)
    number = 0.5 if match["half"] else number_of(match)
    if number is None and match["n"]:
        return None
    return Found("DURATION", written(number, unit))


def _open_length(match: Match, unit: str) -> Found | None:
    """As in "for weeks", "the decades": the article is part of the span, a preposition is not."""
    word = match["decades"].strip().lower()
    if word == "of" and unit.lower() == "seconds":
        return None
    start = match.start() if word in ("the", "these") and not match["hedge"] else match.start("u")
    return Found("DURATION", written(None, unit), start=start)


def plain_many(match: Match, frame: Frame) -> Found | None:
    return Found("DURATION", written(None, match["u"] or match["u2"]))


def age(match: Match, frame: Frame) -> Found | None:
    """As in "27-year-old", "three weeks old"."""
    return Found("DURATION", written(number_of(match), match["u"]))


def window(match: Match, frame: Frame) -> Found | None:
    """As in "the past 40 years", "the next few days"."""
    if match["one"]:
        return Found("DURATION", written(1, match["one"]))
    return Found("DURATION", written(number_of(match), match["u"]))


def vague_window(match: Match, frame: Frame) -> Found | None:
    return Found("DATE", written(None, match["u"]))


def frequency(match: Match, frame: Frame) -> Found | None:
    """As in "every two weeks", "twice a day", "each Friday"."""
    if match["u2"]:
        return Found("SET", written(1, match["u2"]))
    unit = match["u"].lower()
    if unit in calendar("weekday"):
        return Found("SET", f"XXXX-WXX-{int(calendar('weekday')[unit]) + 1}")
    if unit in units():
        return Found("SET", written(number_of(match) or 1, unit))
    return Found("SET", f"XXXX-XX-XXT{calendar('part')[unit]}")
