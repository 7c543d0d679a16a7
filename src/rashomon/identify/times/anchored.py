"""Times that are counted from another time or happening that the text told of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from rashomon.base.language import Token
from rashomon.base.lexicon import mapping
from rashomon.base.rows import TimexType
from rashomon.identify.times import calendar as cal
from rashomon.identify.times.dates import narrowed, year_step
from rashomon.identify.times.frame import Found, Frame, Match
from rashomon.identify.times.lengths import number_of
from rashomon.identify.times.patterns import calendar, units
from rashomon.identify.times.story import Story, Told

_UNKNOWN = Found("DATE", None, basis="another event")
_BACK = re.compile(r"earlier|before|previous|prior", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:[,.;:)]|$)")
_STEM = 6
_LONGEST = 8


def same(match: Match, frame: Frame) -> Found | None:
    """As in "the next day", "later that month", "the previous year". What a quoted speaker points
    back to was told somewhere else."""
    word = match["u"].lower()
    part = calendar("part").get(word, "")
    unit = "D" if part else units().get(word, "")
    step = year_step(match.group())
    told = _same_told(unit, step, frame) if unit and not frame.quoted else None
    if told is None:
        return _UNKNOWN
    found = counted(told, unit, step, frame.story, part)
    return _narrowed(found or _UNKNOWN, match["mod"])


def _same_told(unit: str, step: int, frame: Frame) -> Told | None:
    """What "that year" or "the next day" is counted from. In news "that night" points no further
    back than to the sentence before."""
    story = frame.story
    if unit == "Y" and step == 0:
        return story.year_spoken_of()
    told = story.near(_grain(unit))
    far = unit == "D" and not story.narrative and told is not None and story.gap(told) > 1
    return None if far else told


def end_of(match: Match, frame: Frame) -> Found | None:
    """As in "the end of the year", "later in the month"."""
    unit = units()[match["u"].lower()]
    told = None if frame.quoted else frame.story.near(_grain(unit))
    found = counted(told, unit, 0, frame.story) if told else None
    return found and _narrowed(found, match["mod"])


def _narrowed(found: Found, modifier: str | None) -> Found:
    days = found.days
    if not modifier or days is None or days.precision == "day":
        return found
    return Found(found.type, found.value, narrowed(days, modifier), found.basis)


def _grain(unit: str) -> str:
    return unit if unit in ("D", "W", "M") else "Y"


def anchored(match: Match, frame: Frame) -> Found | None:
    """As in "two days later", "the year before", "four days after the strike". The calendar knows
    it only where the text has said when that was."""
    side = match["side"].lower()
    if side == "following" and frame.token(match.start("side")).pos != "VERB":
        return None
    word = (match["u"] or match["bare"] or match["one"]).lower()
    part = calendar("part").get(word, "")
    unit = "D" if part else units()[word]
    back = bool(_BACK.match(side))
    number = None if match["some"] or match["bare"] else number_of(match) if match["n"] else 1.0
    event = side in ("after", "following", "prior to") or (
        side == "before" and not _ALONE.match(match.string, match.end())
    )
    if number is None or number % 1:
        if event:
            return _hanging(match, frame)
        return Found("DATE", "PAST_REF" if back else "FUTURE_REF")
    told = _event(match, frame) if event else frame.story.near(_grain(unit))
    if event and told is None:
        return _hanging(match, frame)
    if told is None or (frame.quoted and not event):
        return _UNKNOWN
    found = counted(told, unit, int(-number if back else number), frame.story, part)
    if found is None:
        return _UNKNOWN
    if not event:
        return found
    return replace(found, basis=" ".join([*match.group().lower().split(), *told.words.split()]))


def counted(told: Told, unit: str, steps: int, story: Story, part: str = "") -> Found | None:
    """Days, weeks, months, years, decades or centuries on from a told time; None where that is
    coarser than the unit."""
    basis = f"counted from {story.whence(told)}"
    if unit in ("D", "W", "2W"):
        return _days_on(told, unit, steps, basis, part)
    if unit == "M" and told.month is not None:
        if told.year < 0:
            return None
        year, month = cal.shift_month(told.year, told.month, steps)
        return Found("DATE", cal.written(year, month), cal.covered(year, month, None), basis)
    years = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
    if years is None or not -9000 < steps < 9000:
        return None
    year = cal.next_year(told.year, steps * years)
    if not -9999 < year < 9990:
        return None
    if unit == "Y":
        return Found("DATE", cal.year_value(year), cal.covered(year, None, None), basis)
    value = cal.year_value(year)[: -1 if unit == "DE" else -2]
    days = cal.decade(year // 10 * 10) if unit == "DE" and year > 9 else None
    return Found("DATE", value, days, basis)


def _days_on(told: Told, unit: str, steps: int, basis: str, part: str) -> Found | None:
    if told.day is None or told.month is None or told.year < 0 or abs(steps) > 100_000:
        return None
    at = cal.safe_day(told.year, told.month, told.day)
    if at is None:
        return None
    at += timedelta(days=steps * {"D": 1, "W": 7, "2W": 14}[unit])
    if unit != "D" and steps == 0:
        year, week, _ = at.isocalendar()
        return Found("DATE", f"{year}-W{week:02}", cal.week(at), basis)
    kind: TimexType = "TIME" if part else "DATE"
    return Found(kind, f"{at}T{part}" if part else str(at), cal.day(at), basis)


def _event(match: Match, frame: Frame) -> Told | None:
    """When the happening was that "after" or "before" names: a date that follows at once, or what
    the text has dated under the same name. Two dates for one name leave it open."""
    if frame.story.ahead:
        return frame.story.ahead
    named = _named(match, frame)
    if named is None:
        return None
    for key in keys(named):
        dates = frame.story.dated.get(key, [])
        if dates:
            return dates[-1] if len({(d.year, d.month, d.day) for d in dates}) == 1 else None
    return None


def _named(match: Match, frame: Frame) -> Token | None:
    """The word for the happening behind "after" or "before": a noun, or the verb of a clause."""
    side = frame.token(match.start("side"))
    below = next((c for c in frame.parse.children(side) if c.dep in ("pobj", "pcomp")), None)
    return frame.parse.head(side) if below is None and side.dep == "mark" else below


def _hanging(match: Match, frame: Frame) -> Found:
    """A time whose day nobody told, with the words of the happening that it hangs on."""
    named = _named(match, frame)
    end = max((t.end for t in frame.parse.subtree(named)), default=0) if named else 0
    listed = match.string[match.end() : end].split()
    words = " ".join(listed[:_LONGEST]) + " …" * (len(listed) > _LONGEST)
    return replace(_UNKNOWN, basis=f"another event: {words}") if words else _UNKNOWN


def keys(token: Token) -> list[str]:
    """What a happening goes by: its family ("kill" and "assassination" are one) or its word, and
    the stem that a verb and its noun share."""
    family = mapping("happenings", "word", "family").get(token.lemma.lower())
    stem = [token.lemma.lower()[:_STEM]] if len(token.lemma) >= _STEM else []
    return [f"family {family}"] if family else [token.lemma.lower(), *stem]


def happenings(frame: Frame, start: int) -> set[str]:
    """The names of what a time dates: the words above it up to the verb, and that verb's nouns."""
    node = frame.token(start)
    found: set[str] = set()
    while node.head != node.i and node.pos != "VERB":
        node = frame.parse.head(node)
        if node.pos in ("NOUN", "VERB"):
            found.update(keys(node))
    if node.pos == "VERB":
        found.update(keys(node))
        for child in frame.parse.children(node):
            if child.pos == "NOUN" and child.dep in ("dobj", "nsubj", "nsubjpass"):
                found.update(keys(child))
    return found
