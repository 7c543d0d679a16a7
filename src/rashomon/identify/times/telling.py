"""How an article tells of time: as a history or from its own day, and which words are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rashomon.base.rows import Sentence, Span
from rashomon.identify.times.calendar import Reference
from rashomon.identify.times.frame import Match
from rashomon.identify.times.patterns import calendar
from rashomon.identify.times.story import SEASON_MONTHS

Hit = tuple[str, Match]

_WITH_YEAR = frozenset({"mdy", "dmy", "month", "day_span", "span_day", "long_span", "long_span_day",
                        "month_span", "season", "part_day"})  # fmt: skip
_FROM_THE_DAY = frozenset({"weekday", "deictic", "ago", "window", "fuzzy_month"})
_TODAY = re.compile(r"today|yesterday|tomorrow|tonight|this (?:morning|evening)|last night", re.I)
_MARKED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*\"|«[^»]*»")
_FEW = 3


def is_history(hits: Iterable[Hit], written: Reference | None) -> bool:
    """Whether an article is told with years of its own: three or more days, months or seasons of
    years before its writing (of two years, where that is not known) are named with their year, and
    three times as many as times that are counted from the day of writing ("Friday")."""
    old: list[int] = []
    counted = 0
    for kind, match in hits:
        year = named_year(match) if kind in _WITH_YEAR else None
        if year is not None and (written is None or year < written.last.year):
            old.append(year)
        counted += kind in _FROM_THE_DAY or (
            kind == "phrase" and bool(_TODAY.search(match.group()))
        )
    years = len(set(old))
    return len(old) >= _FEW and len(old) >= _FEW * counted and years > (written is None)


def named_year(match: Match) -> int | None:
    """The year that the words of a day, month or season hold, negative before Christ."""
    groups = match.groupdict()
    if groups.get("bc"):
        return -int(groups["bc"])
    year = groups.get("y") or groups.get("y2") or groups.get("y1")
    return int(year) if year else None


def named_onwards(hits: Sequence[Sequence[Hit]]) -> dict[int, tuple[int, int] | None]:
    """For each time, by its offset: the next year and month that are named together behind it."""
    onward: tuple[int, int] | None = None
    found = {}
    for kind, match in reversed([hit for sentence in hits for hit in sentence]):
        found[match.start()] = onward
        year = named_year(match) if kind in _WITH_YEAR else None
        if year is not None:
            onward = year, _month(match)
    return found


def _month(match: Match) -> int:
    groups = match.groupdict()
    written = groups.get("m") or groups.get("m2") or groups.get("m1")
    if written:
        return int(calendar("month", "abbreviation")[written.rstrip(".").lower()])
    return SEASON_MONTHS[calendar("season")[groups["s"].lower()]] if groups.get("s") else 12


def quoted(text: str, sentences: Sequence[Sentence]) -> list[Span]:
    """The stretches between quotation marks, looked for within one paragraph each."""
    found = []
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        listed = list(group)
        for match in _MARKED.finditer(text, listed[0].start, listed[-1].end):
            found.append(Span(*match.span()))
    return found
