"""Mentions: who is named or meant, and how many are counted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base import language
from rashomon.base.numerals import value
from rashomon.base.rows import Article, Mention, Sentence, Span
from rashomon.extract.mentions import find
from rashomon.extract.references import refer
from rashomon.identify.times import date


def mentions(text: str) -> tuple[list[Mention], list[Mention]]:
    """The mentions and the times of a text of one paragraph."""
    parse = language.parse(text, [Span(0, len(text))])
    article = Article("art-1", "doc-1", 0, len(text), None, None, None, "", None, "en")
    spans = [parse.sentence_span(k) for k in range(len(parse.sentences))]
    rows = [Sentence(f"sen-{k}", "doc-1", "art-1", *s, 0, "body") for k, s in enumerate(spans)]
    times = date(article, rows, parse)
    return refer(find(article, rows, parse, times), rows, parse), times


def marked(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=row["unsolved"])] if row["unsolved"] else []
    return pytest.param(row, marks=marks, id=f"{row['sentence'][:40]} {row['words']}")


@pytest.mark.parametrize("row", [marked(row) for row in case_rows("mentions")])
def test_who(row: dict[str, str]) -> None:
    found, _ = mentions(row["sentence"])
    last = [m for m in found if m.text == row["words"]][-1:]
    assert [(m.kind, m.form) for m in last] == [(row["kind"], row["form"])]
    meant = next((m.text for m in found if m.id == last[0].refers), "")
    assert meant == row["refers"]


def duration(number: int, unit: str) -> str:
    """The TIMEX3 value of a count of a unit of time: 13 years are P13Y, 48 hours PT48H."""
    time = "T" if unit in ("second", "minute", "hour") else ""
    return f"P{time}{number}{unit[0].upper()}"


@pytest.mark.parametrize("row", [marked(row) for row in case_rows("amounts")])
def test_how_many(row: dict[str, str]) -> None:
    found, times = mentions(row["sentence"])
    amounts = {m.text: m.amount for m in found if m.kind == "number"}
    if row["basis"] == "duration":
        lasting = {m.text: (m.timex_type, m.timex_value) for m in times}
        assert lasting[row["words"]] == ("DURATION", duration(int(row["low"]), row["unit"]))
        assert row["low"] == row["high"]
        return
    if not row["words"]:
        assert amounts == {}
        return
    amount = amounts.get(row["words"])
    assert amount is not None
    assert amount.low == pytest.approx(float(row["low"]))
    assert amount.high == pytest.approx(float(row["high"]))
    assert (amount.unit, amount.counted, amount.basis) == (
        row["unit"],
        row["counted"],
        row["basis"],
    )


STORY = (
    "President  Ada\nLindqvist of Velor met Omar Haddad, the army chief, on 3 May 2019.  At least\n"
    "14 soldiers of the 9th Brigade had died, he told her. A former US official, speaking in "
    "Paris, said that dozens of Kurds and 2 to 3 million refugees had fled since January."
)


def test_spans_give_their_words_back_and_lie_in_their_sentence() -> None:
    found, _ = mentions(STORY)
    assert len(found) > 10
    assert all(STORY[m.start : m.end] == m.text for m in found)


def test_none_of_one_kind_overlap_and_none_lies_in_a_time() -> None:
    found, times = mentions(STORY)
    for kind in {m.kind for m in found}:
        same = sorted((m.start, m.end) for m in found if m.kind == kind)
        assert all(left[1] <= right[0] for left, right in pairwise(same))
    assert not [m for m in found for t in times if m.start < t.end and t.start < m.end]


def test_a_pronoun_never_means_who_is_ruled_out_by_gender() -> None:
    found, _ = mentions("Richard Moss resigned. She had asked for it.")
    assert [m.refers for m in found if m.form == "pronoun"] == [None]


def test_a_pronoun_never_means_a_fellow_of_its_clause() -> None:
    found, _ = mentions("Omar Haddad greeted him.")
    assert [m.refers for m in found if m.form == "pronoun"] == [None]


@given(st.integers(0, 999_999_999))
def test_figures_have_their_value(number: int) -> None:
    assert value(str(number)) == value(f"{number:,}") == number


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 900_000), st.sampled_from(["about", "nearly", "at least", "up to", "over"]))
def test_a_hedged_number_lies_within_its_bounds(number: int, hedge: str) -> None:
    found, _ = mentions(f"They said that {hedge} {number:,} soldiers had died.")
    amount = next(m.amount for m in found if m.kind == "number")
    assert amount is not None
    assert amount.low <= number <= amount.high
    assert amount.unit == "people"
