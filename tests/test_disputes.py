"""Disputes: what cannot all hold is shown, and what only looks like a conflict is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base.rows import Account, Dispute, Event, Origin
from rashomon.base.store import Store
from rashomon.juxtapose.disputes import find
from rashomon.juxtapose.disputes.answers import Side, Telling, strength, supersede
from rashomon.juxtapose.disputes.apart import authors
from rashomon.juxtapose.disputes.numbers import Tally, agree, scope, weigh
from told import case_of

ARMY_COUNT = "Twelve people died in Orlask on 2 May when a bomb struck the market, the army said."


def telling(
    name: str,
    *origins: str,
    day: int = 1,
    title: bool = False,
    corrects: bool = False,
    giver: str = "",
) -> Telling:
    return Telling(
        name, "eve-1", "art-1", 0, "kill", "affirmed", "happened", "Fen Radio", day,
        (f"acc-{name}",), origins, origins[0], title, corrects, giver,
    )  # fmt: skip


def tally(low: float, high: float, counted: str = "people", name: str = "") -> Tally:
    return Tally(low, high, counted, "people", "", telling(name or f"{low}-{high}-{counted}", "x"))


# From sentences to disputes


def _cases() -> list[object]:
    return [
        pytest.param(
            row,
            id=row["why"],
            marks=[pytest.mark.xfail(reason=row["not_yet"], strict=True)] if row["not_yet"] else [],
        )
        for row in case_rows("disputes")
    ]


@pytest.mark.parametrize("row", _cases())
def test_two_reports_are_in_dispute_or_not(row: dict[str, str]) -> None:
    store = case_of(
        (row["first_outlet"], row["first_date"], row["first"]),
        (row["second_outlet"], row["second_date"], row["second"]),
    )
    found = [(d.question, d.kind) for d in store.rows(Dispute)]
    assert found == ([(row["question"], row["kind"])] if row["kind"] else [])


# Numbers


@pytest.mark.parametrize(
    "row", case_rows("answers"), ids=lambda row: f"{row['left']}-{row['right']}"
)
def test_bounds_of_two_counts_agree_or_not(row: dict[str, str]) -> None:
    left = tally(float(row["left_low"]), float(row["left_high"]), row["left_counts"])
    right = tally(float(row["right_low"]), float(row["right_high"]), row["right_counts"])
    assert agree(left, right) == agree(right, left) == (row["agree"] == "yes")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The strike killed ", " people in the town.", ""),
        ("", " of the dead were medics.", "part"),
        ("It killed 30 people, including ", " children.", "part"),
        ("Doctors said ", " more people had died.", "more"),
        ("The correct figure is ", " families.", "correct"),
        ("The army has killed ", " people since the start of the war.", "long"),
        ("The town is poor. Two of the dead came from it. They killed ", " people.", ""),
    ],
)
def test_words_beside_a_number_say_what_it_counts(before: str, after: str, expected: str) -> None:
    assert scope(before, after) == expected


def test_a_vague_number_that_fits_several_answers_takes_no_side() -> None:
    found = weigh("eve-1", "killed", [tally(27, 27), tally(34, 34), tally(24, 96)])
    assert [side.value for side, _ in found.sides] == ["27", "34"]
    assert [(t.low, t.high) for t in found.loose] == [(24, 96)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=8))
def test_answers_do_not_depend_on_the_order_of_the_counts(bounds: list[tuple[int, int]]) -> None:
    found = [tally(low, low + more, name=str(n)) for n, (low, more) in enumerate(bounds)]
    forth, back = weigh("eve-1", "killed", found), weigh("eve-1", "killed", found[::-1])
    assert [(s.value, s.tellings) for s, _ in forth.sides] == [
        (s.value, s.tellings) for s, _ in back.sides
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=8))
def test_every_two_answers_hold_counts_that_cannot_both_be_right(
    bounds: list[tuple[int, int]],
) -> None:
    found = [tally(low, low + more, name=str(n)) for n, (low, more) in enumerate(bounds)]
    sides = weigh("eve-1", "killed", found).sides
    for n, (_, left) in enumerate(sides):
        for _, right in sides[n + 1 :]:
            assert any(not agree(a, b) for a in left for b in right)


# Voices


def test_an_origin_is_taken_by_its_last_word() -> None:
    early, late = telling("a", "ministry", day=1), telling("b", "ministry", day=3)
    kept, moved = supersede([Side("9", (early,)), Side("12", (late,))])
    assert [(s.value, s.tellings) for s in kept] == [("12", (late,))]
    assert [(one.value, other.value) for one, other in moved] == [("9", "12")]


def test_a_correction_is_the_last_word_of_its_day() -> None:
    repeated, corrected = telling("a", "relief"), telling("b", "relief", corrects=True)
    kept, _ = supersede([Side("1400", (repeated,)), Side("1140", (corrected,))])
    assert [s.value for s in kept] == ["1140"]


def test_an_earlier_telling_of_the_same_answer_stays() -> None:
    early, late = telling("a", "wire", day=1), telling("b", "wire", day=9)
    kept, moved = supersede([Side("27", (early, late)), Side("9", (telling("c", "army"),))])
    assert [len(s.tellings) for s in kept] == [2, 1]
    assert moved == []


def test_a_title_is_no_origin_beside_its_own_article() -> None:
    side = Side("41", (telling("t", "wire", title=True), telling("b", "ministry")))
    assert side.origins == {"ministry"}
    assert Side("41", (telling("t", "wire", title=True),)).origins == {"wire"}


def test_an_author_at_odds_with_his_source_is_no_dispute_even_where_he_is_copied() -> None:
    own = telling("own", "o-1")
    source = telling("source", "o-2")
    elsewhere = Side("14", (replace(own, own=True), replace(own, article="art-2", own=True)))
    quoted = Side("7", (source, replace(source, article="art-2")))
    assert authors([elsewhere, quoted]) == (elsewhere, quoted)
    assert authors([elsewhere, Side("7", (source,))]) is None


def test_who_gives_a_number_stands_for_a_reporter_who_tells_two() -> None:
    ministry = telling("a", "gazette", giver="ministry")
    lawyers = telling("b", "gazette", giver="lawyers")
    kept, moved = supersede([Side("41", (ministry,)), Side("112", (lawyers,))])
    assert [sorted(s.origins) for s in kept] == [["ministry"], ["lawyers"]]
    assert moved == []


@given(st.integers(1, 9), st.integers(1, 9), st.floats(0, 1))
def test_strength_is_a_share_that_grows_with_origins(left: int, right: int, apart: float) -> None:
    def side(name: str, count: int) -> Side:
        return Side(name, tuple(telling(f"{name}{n}", f"{name}{n}") for n in range(count)))

    weak = strength(side("a", left), side("b", right), apart=apart)
    strong = strength(side("a", left + 1), side("b", right + 1), apart=apart)
    assert 0 <= weak <= strong <= 1


# Promises about the rows


def test_a_dispute_leads_to_accounts_and_statements_of_its_event() -> None:
    store = case_of(
        ("Fen Radio", "2031-05-03", "An air strike on Orlask on 2 May killed 30 people."),
        ("Tide News", "2031-05-04", ARMY_COUNT),
    )
    (dispute,) = store.rows(Dispute)
    (event,) = (e for e in store.rows(Event) if e.id == dispute.event)
    accounts = {a.id: a for a in store.rows(Account)}
    assert [answer.value for answer in dispute.answers] == ["12", "30"]
    for answer in dispute.answers:
        assert set(answer.statements) <= set(event.statements)
        told = {s for a in answer.accounts for s in accounts[a].statements}
        assert set(answer.statements) <= told
        assert answer.origins == 1
    assert dispute.state == "open"
    assert 0 < dispute.strength < 1


def test_copies_of_one_telling_are_one_origin() -> None:
    words = "An air strike on Orlask on 2 May killed 30 people who were waiting for the noon ferry."
    store = case_of(
        ("Fen Radio", "2031-05-03", words),
        ("Copy Post", "2031-05-04", words + " The town is quiet."),
        ("Tide News", "2031-05-05", ARMY_COUNT),
    )
    (dispute,) = store.rows(Dispute)
    assert [(a.value, len(a.accounts), a.origins) for a in dispute.answers] == [
        ("12", 1, 1),
        ("30", 2, 1),
    ]
    assert len({o.origin for o in store.rows(Origin)}) < len(list(store.rows(Origin)))


def test_an_empty_case_has_no_disputes() -> None:
    with Store() as store:
        assert list(find(store)) == []
