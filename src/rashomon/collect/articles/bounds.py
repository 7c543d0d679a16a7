"""When an undated article can have been written, from the dates that its own words name.

It was written after the latest date that it tells of as past, and before the day of what it says
is planned. That gives an interval, open at the end that nothing bounds; never a day of its own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rashomon.base.rows import Span, When
from rashomon.collect.articles.dates import month_numbers

BASIS = "inferred"
_YEAR = re.compile(r"[12][09]\d\d(?![\d%]|[.,]\d|-\d{3})")
_NUMERIC = frozenset("0123456789.,$€£/-")
_ISO = re.compile(r"-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_LED = re.compile(
    r"\b(?:in|since|during|of|from|early|late|mid|year|by|until|till|before|after|summer|autumn|fall"
    r"|winter|spring|and|between|around|to|through)[\s-]*(?:the\s+)?$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|might|plan(?:s|ned|ning)?|schedul\w+|expect\w*|due|slated|upcoming"
    r"|next|by|until|till|through|deadline|aims?|aim(?:ed|ing)|target\w*|before|ahead|forecast\w*"
    r"|predict\w*|project(?:ed|ions?)|set (?:to|for)|to (?:be|hold|meet|begin|start|open|take)"
    r"|possib\w+|if|unless|should|must|wants?|hopes?|intend\w*|promis\w+|goal|vision)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:(?:planned|scheduled|slated|set|due)\s+(?:for|on|in|to\s+"
    r"(?:be\s+held|take\s+place|meet|begin|start|open))|will\s+(?:be\s+held|take\s+place|meet|begin"
    r"|start|open|convene|vote)|upcoming)\b[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\b(?:was|were|had|been|cancel\w+|postpon\w+|delay\w+)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?][\"”’)]*\s|[\n;]")
_BEFORE, _CONTEXT = 24, 200


@dataclass(frozen=True, slots=True)
class _Named:
    """A date that the text names, its words, and what stands before it in its sentence."""

    first: date
    last: date
    span: Span
    before: str


def bounds(text: str, spans: Sequence[Span]) -> When | None:
    """The interval in which the article of these stretches was written, basis "inferred"; its words
    are those that bound it below. None if its words bound nothing."""
    named = [found for span in spans for found in _dates(text, span)]
    past = [found for found in named if not _AHEAD.search(found.before)]
    planned = [f for f in named if _MEETING.search(f.before) and not _ONCE.search(f.before)]
    last = max(past, key=lambda found: (found.first, -found.span.start), default=None)
    ends = [found.last for found in planned if last is None or found.last >= last.last]
    end = min(ends, default=None)
    if last is None and end is None:
        return None
    told = last or next(found for found in planned if found.last == end)
    return When(
        last.first.isoformat() if last else None,
        end.isoformat() if end else None,
        "vague",
        BASIS,
        text[told.span.start : told.span.end],
    )


def _dates(text: str, span: Span) -> Iterator[_Named]:
    for year in _YEAR.finditer(text, span.start, span.end):
        is_number = year.start() > 0 and text[year.start() - 1] in _NUMERIC
        if not is_number and (found := _around(text, span, year)):
            yield found


def _around(text: str, span: Span, year: re.Match[str]) -> _Named | None:
    """The day, month or year that a number of four digits belongs to; None if it is no year."""
    number = int(year[0])
    if not 1900 <= number < 2100:
        return None
    iso = _ISO.match(text, year.end(), span.end)
    if iso:
        return _named(text, span, Span(year.start(), iso.end()), (number, int(iso[1]), int(iso[2])))
    window = text[max(span.start, year.start() - _BEFORE) : year.start()]
    month = _month_before().search(window)
    if month:
        start = year.start() - len(window) + month.start()
        day = int(month["day"] or month["day2"] or 0)
        name = month_numbers()[month["month"].lower().rstrip(".")]
        return _named(text, span, Span(start, year.end()), (number, name, day))
    if not _LED.search(window):
        return None
    return _named(text, span, Span(year.start(), year.end()), (number, 0, 0))


def _named(text: str, span: Span, at: Span, numbers: tuple[int, int, int]) -> _Named | None:
    year, month, day = numbers
    if day and not (month and day <= monthrange(year, month)[1]):
        return None
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    before = text[max(span.start, at.start - _CONTEXT) : at.start]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    return _Named(first, last, at, before[stops[-1] :] if stops else before)


@cache
def _month_before() -> re.Pattern[str]:
    names = "|".join(sorted(month_numbers(), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(?P<month>{names})\b\.?"
        r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)?(?:\s+of)?,?\s+$",
        re.IGNORECASE,
    )
