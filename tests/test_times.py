"""Times: what the calendar says of the words, and from what it was read."""

from __future__ import annotations

from datetime import date as day
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.base.rows import Article, Mention, Sentence, Span, When
from rashomon.identify.times import date
from rashomon.identify.times.calendar import next_year, safe_day, third, year
from rashomon.identify.times.patterns import matches

_MONTHS = "January February March April May June July August September October November December"


def when(published: str) -> When | None:
    """A day or a month as the date of an article."""
    if not published:
        return None
    if len(published) == 7:
        return When(f"{published}-01", f"{published}-28", "month", "given", "")
    return When(published, published, "day", "given", "")


def sentences_of(parse: Parse) -> list[Sentence]:
    spans = [parse.sentence_span(k) for k in range(len(parse.sentences))]
    return [Sentence(f"sen-{k}", "doc-1", "art-1", *s, 0, "body") for k, s in enumerate(spans)]


def times(text: str, published: str = "") -> list[Mention]:
    parse = language.parse(text, [Span(0, len(text))])
    article = Article("art-1", "doc-1", 0, len(text), None, None, None, "", when(published), "en")
    return date(article, sentences_of(parse), parse)


def marked(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=row["unsolved"])] if row["unsolved"] else []
    return pytest.param(row, marks=marks, id=f"{row['sentence'][:40]} {row['words']}")


def trap(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=row["unsolved"])] if row["unsolved"] else []
    return pytest.param(row, marks=marks, id=f"{row['why']}: {row['sentence'][:40]}")


@pytest.mark.parametrize("row", [marked(row) for row in case_rows("times")])
def test_case(row: dict[str, str]) -> None:
    found = times(row["sentence"], row["published"])
    if not row["words"]:
        assert [mention.text for mention in found] == []
        return
    mention = next(m for m in found if m.text == row["words"])
    assert mention.timex_type == row["type"]
    assert (mention.timex_value or "") == row["value"]
    found_when = mention.when or When(None, None, "vague", "", "")
    assert (found_when.earliest or "") == row["earliest"]
    assert (found_when.latest or "") == row["latest"]
    assert found_when.basis == row["basis"]


@pytest.mark.parametrize("published", ["2020-04-15", ""], ids=["dated", "undated"])
@pytest.mark.parametrize("row", [trap(row) for row in case_rows("time_traps")])
def test_a_trap_is_no_time(row: dict[str, str], published: str) -> None:
    assert [mention.text for mention in times(row["sentence"], published)] == []


def test_spans_give_their_words_back_across_broken_lines() -> None:
    text = "On  March\n14,  2031 they met;\nfor almost\nthree decades nobody had."
    found = times(text)
    assert [m.text for m in found] == ["March\n14,  2031", "almost\nthree decades"]
    assert all(text[m.start : m.end] == m.text for m in found)


def test_without_an_article_date_nothing_relative_has_an_interval() -> None:
    text = "Yesterday and last week, on Friday, two days ago, on May 3, this year, next June."
    found = times(text)
    assert len(found) == 7
    assert [m.when for m in found] == [None] * 7


def test_the_rest_of_an_article_shows_the_order_of_day_and_month() -> None:
    first, _ = times("It began on 03/04/2021. It ended on 06/29/2021.")
    assert first.timex_value == "2021-03-04"


@pytest.mark.parametrize(
    "text",
    ["1," * 9000, "early " * 9000, "one hundred " * 9000, "1/" * 9000, f"May 4{' ' * 30000}x"],
    ids=["commas", "modifiers", "number words", "slashes", "blanks"],
)
def test_strange_text_takes_no_strange_time(text: str) -> None:
    begin = process_time()
    matches(text, 0, len(text))
    assert process_time() - begin < 5


@settings(max_examples=40, deadline=None)
@given(st.dates(min_value=day(1600, 1, 1), max_value=day(2090, 12, 31)))
def test_every_written_day_is_read_back(at: day) -> None:
    month = _MONTHS.split()[at.month - 1]
    text = f"{month} {at.day}, {at.year} or {at.day} {month} {at.year} or {at.isoformat()}"
    assert [m["d"] for _, m in matches(text, 0, len(text))][:2] == [str(at.day)] * 2
    assert {m.timex_value for m in times(f"They met on {text}.")} == {at.isoformat()}


@settings(max_examples=25, deadline=None)
@given(st.dates(min_value=day(1800, 1, 1), max_value=day(2015, 12, 31)), st.integers(1, 60))
def test_a_day_counted_from_a_told_day_says_so(at: day, days: int) -> None:
    text = f"The town fell on {at.isoformat()}. The army left {days} days later."
    last = times(text, "2020-04-15")[-1]
    assert last.timex_value == (at + timedelta(days=days)).isoformat()
    assert last.when is not None
    assert last.when.basis == f"counted from the sentence before: {at.isoformat()}"


@given(st.integers(-3000, 3000).filter(bool), st.integers(-4000, 4000))
def test_years_are_counted_over_the_turn_of_the_eras_and_back(number: int, by: int) -> None:
    moved = next_year(number, by)
    assert moved != 0
    assert next_year(moved, -by) == number


@given(st.integers(1, 9998), st.integers(0, 2))
def test_thirds_lie_inside_their_year(number: int, which: int) -> None:
    whole, part = year(number), third(year(number), which)
    ends = [whole.first, part.first, part.last, whole.last]
    assert ends == sorted(end for end in ends if end is not None)


def test_no_such_day() -> None:
    assert safe_day(2021, 2, 30) is None
    values = {m.timex_value for m in times("They met on February 30, 2021.")}
    assert "2021-02-30" not in values
