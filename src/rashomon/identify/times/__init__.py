"""From words to calendar time: every time an article names, with its TIMEX3 value and interval.

A value that depends on the article's own date says so in its `basis`; where that date is not
known, or the time hangs on another happening, the interval stays None. Nothing is ever filled in
with the date of publication itself. Values follow TimeML 1.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from rashomon.base.language import Parse
from rashomon.base.rows import Article, Mention, Sentence, Span, When, row_id
from rashomon.identify.times import anchored, dates, lengths, relative, years
from rashomon.identify.times.anchored import happenings
from rashomon.identify.times.calendar import Days, Reference, covered, reference
from rashomon.identify.times.frame import Found, Frame, Match, frame
from rashomon.identify.times.hijri import hijri
from rashomon.identify.times.patterns import matches
from rashomon.identify.times.story import Story, Told, told
from rashomon.identify.times.telling import is_history, named_onwards, quoted
from rashomon.identify.times.traps import is_trap

Handler = Callable[[Match, Frame], Found | None]
Hit = tuple[str, Match]

_HANDLERS: dict[str, Handler] = {
    "phrase": relative.phrase, "iso": dates.iso, "slashed": dates.slashed,
    "day_span": dates.day_span, "span_day": dates.day_span, "long_span": dates.long_span,
    "long_span_day": dates.long_span, "month_span": dates.month_span, "hijri": hijri,
    "feast": relative.feast, "mdy": dates.month_day, "dmy": dates.month_day,
    "part_day": dates.part_day, "fuzzy_month": dates.month_year, "month": dates.month_year,
    "half": years.half, "season": years.season, "bare_season": years.bare_season,
    "before_christ": years.before_christ, "decade": years.decade, "century": years.century,
    "beyond": years.beyond, "year_span": years.year_span, "window": lengths.window,
    "vague_window": lengths.vague_window, "anchored": anchored.anchored, "same": anchored.same,
    "end_of": anchored.end_of, "ago": relative.ago, "hence": relative.hence,
    "deictic": relative.deictic, "set": lengths.frequency, "clock": relative.clock,
    "age": lengths.age, "length": lengths.length, "plain_many": lengths.plain_many,
    "weekday": relative.weekday, "bare_before_christ": years.bare_before_christ,
    "year": years.year,
}  # fmt: skip
_LINK = re.compile(r"\s*(?:,|and|or|to|until|till|through|[-–—])+\s*(?:on|in|the)?\s*$")
_AT_ONCE = re.compile(r"\s+(?:the\s+)?")
_BACKGROUND = re.compile(r"\b(?:since|until|till|before|than)\s+$", re.IGNORECASE)
_ASIDE = frozenset({"beyond", "decade", "century", "feast", "hijri", "clock", "ago"})
_QUOTED = "date of the quoted words"


def date(article: Article, sentences: Sequence[Sentence], parse: Parse) -> list[Mention]:
    """All time mentions of an article, in the order of the text."""
    hits = [matches(parse.text, sentence.start, sentence.end) for sentence in sentences]
    pairs = [(int(m["a"]), int(m["b"])) for found in hits for kind, m in found if kind == "slashed"]
    written = reference(article.published)
    story = Story(is_history([hit for found in hits for hit in found], written))
    against = frame(parse, written, dates.day_first(pairs), story)
    marked = quoted(parse.text, sentences)
    onward = named_onwards(hits)
    listed: list[Mention] = []
    for number, (sentence, found) in enumerate(zip(sentences, hits, strict=True)):
        story.sentence = number
        listed += _mentions(sentence, found, against, marked, onward)
    return listed


def _mentions(
    sentence: Sentence,
    hits: list[Hit],
    against: Frame,
    marked: Sequence[Span],
    onward: Mapping[int, tuple[int, int] | None],
) -> Iterator[Mention]:
    read: list[tuple[Match, Found]] = []
    for place, (kind, match) in enumerate(hits):
        against.story.onward = onward[match.start()]
        here = _inside(match, against, marked)
        following = hits[place + 1] if place + 1 < len(hits) else None
        found = _meaning(kind, match, following, here)
        if found is None:
            continue
        if here.reference is not against.reference:
            found = replace(found, basis=found.basis.replace("article date", _QUOTED))
        if not here.quoted:
            _told(kind, match, found, against)
        read.append((match, found))
    day = _only_day(read)
    for match, found in read:
        yield _mention(sentence, match, _on_day(found, day) if day else found)


def _only_day(read: Sequence[tuple[Match, Found]]) -> tuple[Match, Found] | None:
    """The day that a sentence names, if it names one only."""
    named = {
        found.value: (match, found)
        for match, found in read
        if found.type == "DATE" and found.days and found.days.precision == "day"
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _on_day(found: Found, day: tuple[Match, Found]) -> Found:
    """A time of the clock, on the day that its sentence names."""
    match, on = day
    if found.type != "TIME" or not (found.value or "").startswith("T") or not on.days:
        return found
    basis = f"day from the same sentence: {' '.join(match.group().split())}"
    days = Days(on.days.first, on.days.last, "minute")
    return replace(found, value=f"{on.value}{found.value}", days=days, basis=basis)


def _inside(match: Match, against: Frame, marked: Sequence[Span]) -> Frame:
    """Quoted words are counted from when they were said: from a date just before them if that lies
    in another year than the article's, or if the article is a history."""
    if not any(span.start < match.start() < span.end for span in marked):
        return against
    said, story, reference = against.story.near("Y"), against.story, against.reference
    if said is not None and story.gap(said) > 1:
        said = None
    if not story.narrative and (said is None or reference is None or said.year == reference.year):
        return replace(against, quoted=True)
    days = covered(said.year, said.month, said.day) if said else None
    then = Reference(days.first, days.last) if days and days.first and days.last else None
    return replace(against, reference=then, quoted=True)


def _meaning(kind: str, match: Match, following: Hit | None, against: Frame) -> Found | None:
    against.story.ahead = None
    if is_trap(kind, match, against):
        return None
    if kind == "anchored" and following and _AT_ONCE.match(match.string, match.end()):
        ahead = _ahead(match, following, against)
        against.story.ahead = ahead
    found = _HANDLERS[kind](match, against)
    if found and following and kind in ("mdy", "dmy", "month"):
        return _lent_year(kind, match, found, following)
    return found


def _ahead(match: Match, following: Hit, against: Frame) -> Told | None:
    """The date that stands right behind "two days after"."""
    kind, date_match = following
    if _AT_ONCE.fullmatch(match.string, match.end(), date_match.start()) is None:
        return None
    found = _HANDLERS[kind](date_match, against)
    if found is None or found.value is None:
        return None
    return told(found.value, date_match.group(), against.story.sentence, own_year=False)


def _told(kind: str, match: Match, found: Found, against: Frame) -> None:
    """Let the story go on to a time, unless that only stands aside of it."""
    if found.value is None or found.type not in ("DATE", "TIME") or kind in _ASIDE:
        return
    story, value = against.story, found.value.rsplit("/", 1)[-1]
    own_year = found.basis == "explicit"
    now = told(value, match.group(), story.sentence, own_year=own_year)
    story.heard = now or story.heard
    if now is None or not _leads_on(kind, match, now, against):
        return
    story.tell(now)
    for name in happenings(against, match.start()):
        story.dated.setdefault(name, []).append(now)


def _leads_on(kind: str, match: Match, now: Told, against: Frame) -> bool:
    """A year in brackets, one that only tells apart ("the 2003 invasion") and one that something
    has gone on since or until are no step of the story; nor is what lies ahead of the writing."""
    if against.reference and now.year > against.reference.last.year:
        return False
    if now.month is not None:
        return not against.story.aside(now.year, 1)
    if against.story.aside(now.year):
        return False
    if match.string[: match.start()].endswith("(") or _BACKGROUND.search(
        match.string, max(0, match.start() - 12), match.start()
    ):
        return False
    token = against.token(match.end() - 1)
    above = against.parse.head(token)
    return not (above.start > token.start and above.pos in ("NOUN", "PROPN"))


def _lent_year(kind: str, match: Match, found: Found, following: Hit) -> Found:
    """As in "April 13 and May 2, 2031": the year that ends a list of dates holds for all."""
    if match["y"] or following[0] not in ("mdy", "dmy", "month") or not following[1]["y"]:
        return found
    if not _LINK.match(match.string[match.end() : following[1].start()]):
        return found
    year = int(following[1]["y"])
    at = dates.in_year(kind, match, year)
    return found if at is None else replace(at, basis="year from the next date")


def _mention(sentence: Sentence, match: Match, found: Found) -> Mention:
    start, end = match.start() if found.start is None else found.start, match.end()
    end -= len(match.string[start:end]) - len(match.string[start:end].rstrip())
    return Mention(
        id=row_id(Mention, sentence.document, start, end, "time"),
        document=sentence.document,
        article=sentence.article,
        sentence=sentence.id,
        start=start,
        end=end,
        kind="time",
        form="name",
        text=match.string[start:end],
        timex_type=found.type,
        timex_value=found.value,
        when=_when(found, match.string[start:end]),
    )


def _when(found: Found, words: str) -> When | None:
    if found.days is None:
        hangs = found.basis.startswith("another event:")
        return When(None, None, "vague", found.basis, words) if hangs else None
    first, last = found.days.first, found.days.last
    return When(
        earliest=str(first) if first else None,
        latest=str(last) if last else None,
        precision=found.days.precision,
        basis=found.basis,
        words=words,
    )
