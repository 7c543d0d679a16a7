"""Spans: cleaning may change the text that is parsed, never where its words stand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.base import spans
from rashomon.base.rows import Span

TEXTS = st.text(st.sampled_from("ab.“é \n\t\r\u00a0"), min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_offsets_survive_cleaning(text: str, data: st.DataObject) -> None:
    cleaned, offsets = spans.clean(text, Span(0, len(text)))
    assert cleaned == " ".join(text.split())
    for i, character in enumerate(cleaned):
        if character != " ":
            assert text[offsets.back(i)] == character
    if cleaned:
        start = data.draw(st.integers(0, len(cleaned) - 1))
        end = data.draw(st.integers(start + 1, len(cleaned)))
        part = cleaned[start:end]
        if not part.startswith(" ") and not part.endswith(" "):
            assert " ".join(spans.words(text, offsets.span(start, end)).split()) == part


def test_clean_heals_line_breaks_and_double_blanks() -> None:
    text = "On April  19,  the\nPresident"
    cleaned, offsets = spans.clean(text, Span(0, len(text)))
    assert cleaned == "On April 19, the President"
    assert spans.words(text, offsets.span(17, 26)) == "President"


@pytest.mark.parametrize("bad", [Span(-1, 2), Span(2, 2), Span(3, 2), Span(0, 99)])
def test_a_span_outside_the_text_is_refused(bad: Span) -> None:
    with pytest.raises(ValueError, match="not inside"):
        spans.check("some text", bad)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8))
def test_merge_keeps_all_characters_and_nothing_overlaps(pairs: list[tuple[int, int]]) -> None:
    listed = [Span(start, start + length) for start, length in pairs]
    merged = spans.merge(listed)
    held = {i for span in listed for i in range(*span)}
    assert {i for span in merged for i in range(*span)} == held
    assert all(a.end < b.start for a, b in itertools.pairwise(merged))


def test_trim_and_overlap() -> None:
    assert spans.trim("  ab ", Span(0, 5)) == Span(2, 4)
    assert spans.overlap(Span(0, 5), Span(3, 9)) == 2
    assert spans.overlap(Span(0, 3), Span(3, 9)) == 0
    assert spans.hull([Span(4, 6), Span(1, 2)]) == Span(1, 6)
