"""Who did it, why, and whom an article means in short: the parts that read words."""

from __future__ import annotations

import pytest

from rashomon.juxtapose.accounts.meant import Source, in_full
from rashomon.juxtapose.disputes.doers import doer
from rashomon.juxtapose.disputes.reasons import reason


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("The man was arrested because he had led a march, police said.", "he had led a march"),
        ("The blast in Orlask was caused by a gas leak, the mayor said.", "a gas leak"),
        ("“A gas leak had caused the blast in Orlask,” she said.", "A gas leak"),
        ("The reason for the raid on Orlask was that arms lay there.", "arms lay there"),
        ("The army struck Orlask on Monday.", ""),
    ],
)
def test_the_reason_that_a_sentence_gives(told: str, why: str) -> None:
    assert reason(told) == why


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        ("the army", "soldiers", True),
        ("the army", "the police", False),
        ("the army", "security forces", True),
        ("fighters of the Fen Front", "the army", False),
        ("fighters of the Fen Front", "the Fen Front", True),
    ],
)
def test_whether_two_words_for_a_doer_may_be_one(left: str, right: str, may: bool) -> None:
    assert doer(left, "", "armed_group").may_be(doer(right, "", "armed_group")) is may


def test_gunmen_and_drones_are_nobody_in_particular() -> None:
    assert not doer("unknown gunmen", "", "people").known
    assert not doer("a drone", "", "").known


def _source(number: int, words: str, kind: str = "", *, named: bool = False) -> Source:
    return Source(f"quo-{number}", number * 100, words, kind, words, title=False, named=named)


def test_a_short_source_means_the_one_that_its_article_names_in_full() -> None:
    full = _source(1, "the aid group Fen Relief", "organisation", named=True)
    said = [full, _source(2, "The aid group"), _source(3, "it"), _source(4, "a nurse")]
    assert dict(in_full(said)) == {"quo-2": "quo-1", "quo-3": "quo-1"}


def test_two_that_fit_are_none() -> None:
    said = [
        _source(1, "the Fen Rights Centre", "organisation", named=True),
        _source(2, "the Marsh Rights Centre", "organisation", named=True),
        _source(3, "the centre"),
    ]
    assert not dict(in_full(said))
