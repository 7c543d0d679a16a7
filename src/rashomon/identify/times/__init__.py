"""From words to calendar time: every time an article names, with its TIMEX3 value and interval.

A value that depends on the article's own date says so in its `basis`; where that date is not
known, or the time hangs on another happening, the interval stays None. Nothing is ever filled in
with the date of publication itself. Values follow TimeML 1.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rashomon.base.language import Parse
from rashomon.base.rows import Article, Mention, Sentence, When, row_id
from rashomon.identify.times import dates, relative
from rashomon.identify.times.calendar import reference
from rashomon.identify.times.frame import Found, Frame, Match, frame
from rashomon.identify.times.patterns import matches

Handler = Callable[[Match, Frame], Found | None]
Hit = tuple[str, Match]

_HANDLERS: dict[str, Handler] = {
    "phrase": relative.phrase, "iso": dates.iso, "slashed": dates.slashed,
    "day_span": dates.day_span, "span_day": dates.day_span, "long_span": dates.long_span,
    "long_span_day": dates.long_span, "month_span": dates.month_span, "mdy": dates.month_day,
    "dmy": dates.month_day, "fuzzy_month": dates.month_year, "month": dates.month_year,
    "half": dates.half, "season": dates.season, "bare_season": dates.bare_season,
    "before_christ": dates.before_christ, "decade": dates.decade, "century": dates.century,
    "beyond": dates.beyond, "year_span": dates.year_span, "window": relative.window,
    "vague_window": relative.vague_window, "anchored": relative.anchored, "same": relative.same,
    "ago": relative.ago, "hence": relative.hence, "deictic": relative.deictic,
    "set": relative.frequency, "clock": relative.clock, "age": relative.age,
    "length": relative.length, "plain_many": relative.plain_many, "weekday": relative.weekday,
    "year": dates.year,
}  # fmt: skip
_LINK = re.compile(r"\s*(?:,|and|or|to|until|till|through|[-–—])+\s*(?:on|in|the)?\s*$")
_NAME_GOES_ON = re.compile(
    r"\s+(?:Movement|Alliance|Brigades?|Coalition|Front|Army|Party|Group|Battalion|Organi[sz]ation)\b"
)


def date(article: Article, sentences: Sequence[Sentence], parse: Parse) -> list[Mention]:
    """All time mentions of an article, in the order of the text."""
    hits = [_within(parse, sentence) for sentence in sentences]
    pairs = [(int(m["a"]), int(m["b"])) for found in hits for kind, m in found if kind == "slashed"]
    against = frame(parse, reference(article.published), dates.day_first(pairs))
    return [
        mention
        for sentence, found in zip(sentences, hits, strict=True)
        for mention in _mentions(sentence, found, against)
    ]


def _within(parse: Parse, sentence: Sentence) -> list[Hit]:
    return [
        (kind, match)
        for kind, match in matches(parse.text, sentence.start, sentence.end)
        if not _NAME_GOES_ON.match(parse.text, match.end(), sentence.end)
    ]


def _mentions(sentence: Sentence, hits: list[Hit], against: Frame) -> Iterator[Mention]:
    for place, (kind, match) in enumerate(hits):
        found = _HANDLERS[kind](match, against)
        if found is None:
            continue
        if kind in ("mdy", "dmy", "month") and place + 1 < len(hits):
            found = _lent_year(kind, match, found, hits[place + 1], against)
        yield _mention(sentence, match, found)


def _lent_year(kind: str, match: Match, found: Found, following: Hit, against: Frame) -> Found:
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
        return None
    first, last = found.days.first, found.days.last
    return When(
        earliest=str(first) if first else None,
        latest=str(last) if last else None,
        precision=found.days.precision,
        basis=found.basis,
        words=words,
    )
