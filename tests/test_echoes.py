"""Echoes: what repeats is found with both its sides, what does not is left alone."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from invented import Report, quote, report, statement
from rashomon.base.rows import Chain, Echo, Passage, Row, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.echoes import trace
from rashomon.juxtapose.echoes.align import Aligned, Aligner
from rashomon.juxtapose.echoes.words import Ints, words

STORM = (
    "Waves took the wooden pier of Sallow Bay before sunrise on Monday, drowning eleven goats and"
    " the keeper of the weighing house, whose ledger floated ashore with its ink unharmed."
)
BEFORE = "Snow lay thin over Kettle Street while the choir practised scales behind frosted glass."
AFTER = "Later a violinist from Moorgate tuned his strings and asked politely for another lamp."
_LETTERS = "bcdfghjklmnprstvwz"


def traced(*reports: Report, more: Iterable[Row] = ()) -> list[Echo]:
    with Store() as store:
        store.fill([*(row for told in reports for row in told.rows), *more])
        return list(trace(store))


def side(found: Echo, told: Report) -> str:
    """The words of the echo that stand in a report."""
    (passage,) = (p for p in (found.left, found.right) if p.document == told.document)
    return told.text[passage.start : passage.end]


def prose(seed: int, count: int) -> str:
    """Words that no other seed gives."""
    chance = random.Random(seed)
    made = ("".join(chance.choices(_LETTERS, k=9)) for _ in range(count))
    return " ".join(made)


def _cases() -> list[object]:
    reason = "a paraphrase shares too few words: it needs what is claimed, not how it is spelt"
    marks = {"xfail": [pytest.mark.xfail(reason=reason)]}
    return [
        pytest.param(row, id=row["what"], marks=marks.get(row["echo"], []))
        for row in case_rows("echoes")
    ]


@pytest.mark.parametrize("row", _cases())
def test_the_table_of_cases(row: dict[str, str]) -> None:
    left, right = report("a", row["left"]), report("b", row["right"])
    found = traced(left, right)
    assert [echo.kind for echo in found] == ([row["kind"]] if row["echo"] != "no" else [])


def test_both_sides_are_trimmed_to_the_passage() -> None:
    left, right = report("a", STORM), report("b", f"{BEFORE} {STORM} {AFTER}")
    (found,) = traced(left, right)
    assert side(found, left) == side(found, right) == STORM.removesuffix(".")
    assert found.alike == 1.0


def test_left_is_the_side_with_the_smaller_document_id() -> None:
    (found,) = traced(report("a", STORM), report("b", STORM))
    assert found.left.document < found.right.document
    assert found.id == row_id(
        Echo, found.left.document, found.left.start, found.left.end,
        found.right.document, found.right.start, found.right.end,
    )  # fmt: skip


def test_words_put_between_do_not_break_an_echo_in_two() -> None:
    cut = STORM.index("drowning")
    right = report("b", f"{BEFORE} {STORM[:cut]}as the almanac had foretold, {STORM[cut:]} {AFTER}")
    (found,) = traced(report("a", STORM), right)
    assert side(found, right).startswith("Waves")
    assert side(found, right).endswith("unharmed")


def test_comments_and_furniture_are_no_echo() -> None:
    for kind in ("comment", "furniture"):
        right = report("b", f"{BEFORE}\n\n{STORM}", cuts=[(kind, STORM, None)])
        assert traced(report("a", STORM), right) == []


def test_a_title_that_its_own_text_repeats_is_no_echo() -> None:
    text = f"{STORM}\n\n{STORM} {AFTER}"
    assert traced(report("a", text, cuts=[("title", STORM, None)])) == []


def test_a_passage_repeated_within_one_article_is_an_echo() -> None:
    told = report("a", f"{STORM} {AFTER} {BEFORE}\n\n{STORM}")
    (found,) = traced(told)
    assert found.left.article == found.right.article
    assert found.left.end <= found.right.start
    assert found.first == "unknown"


def test_an_excerpt_zone_makes_an_excerpt_and_its_source_is_first() -> None:
    ours = report("a", STORM, outlet="The Sallow Bay Post", published="2031-05-02")
    theirs = report(
        "b",
        f"{BEFORE}\n\n{STORM}",
        outlet="Night Digest",
        published="2031-05-01",
        cuts=[("excerpt", STORM, "Sallow Bay Post")],
    )
    (found,) = traced(ours, theirs)
    first = found.left if found.first == "left" else found.right
    assert (found.kind, first.document) == ("excerpt", ours.document)
    assert "Sallow Bay Post" in found.basis


def test_the_earlier_date_is_first_and_none_tells_nothing() -> None:
    dated = report("a", STORM, published="2031-05-01"), report("b", STORM, published="2031-05-03")
    (found,) = traced(*dated)
    first = found.left if found.first == "left" else found.right
    assert first.document == dated[0].document
    assert "2031-05-01" in found.basis
    (found,) = traced(report("a", STORM, published="2031-05-01"), report("b", STORM))
    assert found.first == "unknown"


def test_one_speaker_quoted_by_two_is_a_shared_quotation() -> None:
    said = "Our cellars are dry, our candles are counted, and our children sleep in the belfry"
    left = report("a", f"{BEFORE} “{said},” the abbess told visitors.")
    right = report("b", f"“{said},” an abbess had remarked. {AFTER}")
    quotes = [quote(told, said, "the abbess") for told in (left, right)]
    (found,) = traced(left, right, more=quotes)
    assert found.kind == "shared_quotation"


def test_a_chain_that_names_the_other_outlet_says_who_was_first() -> None:
    ours, theirs = report("a", STORM, outlet="Reed Gazette"), report("b", STORM, outlet="Fen Radio")
    held = statement(theirs, STORM)
    chain = Chain(row_id(Chain, held.id), held.id, ("Fen Radio", "the Reed Gazette"), ("", ""))
    (found,) = traced(ours, theirs, more=[held, chain])
    first = found.left if found.first == "left" else found.right
    assert first.document == ours.document


def test_what_a_site_repeats_under_all_its_articles_is_no_echo() -> None:
    footer = "Readers who value slow gazettes may support the printers with a basket of walnuts."
    reports = [
        report(f"r{n:02}", f"{prose(n, 120)}\n\n{footer}", outlet="Walnut Gazette")
        for n in range(20)
    ]
    assert traced(*reports) == []


def test_a_wire_text_in_many_outlets_costs_a_row_for_each_copy() -> None:
    wire = f"{STORM} {BEFORE} {AFTER}"
    reports = [
        report(f"r{n:02}", f"{prose(n, 12)} {wire}", outlet=f"Paper {n}", published="2031-06-02")
        for n in range(40)
    ]
    first = report("first", wire, outlet="Wire", published="2031-06-01")
    found = traced(first, *reports)
    assert len(found) == 40
    assert all(first.document in (e.left.document, e.right.document) for e in found)


def test_no_articles_and_empty_texts_give_no_echo() -> None:
    assert traced() == []
    assert traced(report("a", "Hush."), report("b", "Hush.")) == []


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    texts = [STORM, f"{BEFORE} {STORM}", AFTER, f"{STORM} {AFTER}", BEFORE]
    reports = [report(f"r{n}", text, published=f"2031-01-0{n + 1}") for n, text in enumerate(texts)]
    shuffled = [reports[n] for n in order]
    assert sorted(traced(*shuffled), key=_id) == sorted(traced(*reports), key=_id)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(16, 120), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0)
)
def test_a_verbatim_passage_is_always_found_whole(
    size: int, before: int, after: int, elsewhere: int, seed: int
) -> None:
    passage = prose(seed, size)
    left = report("a", f"{prose(seed + 1, before)} {passage} {prose(seed + 2, after)}")
    right = report("b", f"{prose(seed + 3, elsewhere)}\n{passage}\n{prose(seed + 4, before)}")
    (found,) = traced(left, right)
    assert side(found, left) == side(found, right) == passage


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_words_stand_where_their_offsets_say(text: str) -> None:
    found = words(text)
    pieces = [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)]
    assert all(any(c.isalnum() for c in piece) for piece in pieces)
    assert all(not piece.isspace() and piece == piece.strip() for piece in pieces)
    assert list(found.ends[:-1] <= found.starts[1:]) == [True] * (max(len(pieces), 1) - 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "CAFE"), ("Cafe\u0301", "café"), ("so\u00adft", "soft"), ("don’t", "don't")],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert list(words(one).keys) == list(words(other).keys)


CHANGED = [
    ("eleven goats", "fourteen goats", [("number", "eleven", "fourteen")]),
    ("eleven goats", "1,400 goats", [("number", "eleven", "1,400")]),
    ("of Sallow Bay before", "of Marram Bay before", [("name", "Sallow", "Marram")]),
    ("drowning eleven goats and", "drowning goats and", [("number", "eleven", None)]),
    ("wooden pier", "stone pier", []),
    ("Waves", "Waves", []),
]


@pytest.mark.parametrize(("here", "there", "changes"), CHANGED)
def test_numbers_and_names_that_differ_are_shown(
    here: str, there: str, changes: list[tuple[str, str, str | None]]
) -> None:
    left, right = report("a", STORM), report("b", STORM.replace(here, there))
    (found,) = traced(left, right)
    first, second = (left, right) if found.left.document == left.document else (right, left)
    shown = [
        (c.what, *(w and t.text[w.start : w.end] for t, w in ((first, c.left), (second, c.right))))
        for c in found.changed
    ]
    turned = [(what, *(pair if first is left else pair[::-1])) for what, *pair in changes]
    assert shown == turned


def test_of_a_number_all_is_shown_where_a_part_of_it_changed() -> None:
    told = [STORM.replace("eleven", number) for number in ("1,400", "1,700")]
    left, right = (report(name, text) for name, text in zip("ab", told, strict=True))
    ((change,),) = (echo.changed for echo in traced(left, right))
    assert change.left == change.right
    assert change.left is not None
    shown = {told.text[change.left.start : change.left.end] for told in (left, right)}
    assert shown == {"1,400", "1,700"}


def test_what_is_set_apart_came_from_elsewhere() -> None:
    plain = report("a", STORM)
    apart = report("b", f"{BEFORE}\n\n{STORM}", cuts=[("quoted_block", STORM, None)])
    (found,) = traced(plain, apart)
    first = found.left if found.first == "left" else found.right
    assert (first.document, found.basis) == (
        plain.document,
        "the other sets it apart as taken from elsewhere",
    )


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 5), st.integers(0, 99))
def test_echoes_built_on_an_earlier_building_are_those_built_anew(earlier: int, seed: int) -> None:
    """And no pair of articles that both buildings hold is aligned twice."""
    texts = [STORM, f"{BEFORE} {STORM}", f"{STORM} {AFTER}", f"{prose(seed, 30)} {STORM}", STORM]
    reports = [report(f"r{n}", text, published=f"2031-01-0{n + 1}") for n, text in enumerate(texts)]
    chance = random.Random(seed)
    before = chance.sample(reports, earlier)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "first.duckdb") as first:
        first.fill(row for told in before for row in told.rows)
        list(trace(first))
        first.close()
        with Store() as store:
            store.fill(row for told in reports for row in told.rows)
            store.recall(Path(folder) / "first.duckdb")
            with pytest.MonkeyPatch.context() as patch:
                aligned = count_aligned(patch)
                found = sorted(trace(store), key=_id)
    assert found == sorted(traced(*reports), key=_id)
    assert sum(aligned) <= 10 - earlier * (earlier - 1) // 2


def count_aligned(patch: pytest.MonkeyPatch) -> list[int]:
    counts: list[int] = []
    align = Aligner.align

    def counted(self: Aligner, pairs: Ints) -> Iterator[tuple[int, int, list[Aligned]]]:
        counts.append(len(pairs))
        return align(self, pairs)

    patch.setattr(Aligner, "align", counted)
    return counts


def _id(echo: Echo) -> str:
    return echo.id


def test_a_passage_is_half_open() -> None:
    (found,) = traced(report("a", STORM), report("b", STORM))
    assert found.left == Passage(
        found.left.document, found.left.article, 0, len(STORM.removesuffix("."))
    )
