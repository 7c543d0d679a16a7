"""Whether two names name one actor: the matcher by itself, and what the lists of names join."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.base.lexicon import table
from rashomon.identify.actors import groups, organisations
from rashomon.identify.actors.likeness import MEASURES
from rashomon.identify.actors.names import analyse, compare, known_people, plain_words
from rashomon.identify.actors.spelling import SAME, align
from test_actors import tell

WORDS = ["Samir", "Sameer", "al-Kadhimi", "Kazemi", "Abu", "Ali", "Hussein", "Hosein", "M.", "14th"]
MADE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
NAMES = MADE | st.text(max_size=20)
FOLDED = st.lists(st.sampled_from(["samir", "sameer", "ali", "aly", "kadhimi"]), max_size=5)


@settings(max_examples=150, deadline=None)
@given(left=NAMES, right=NAMES)
def test_no_order_of_two_names_changes_what_is_told(left: str, right: str) -> None:
    there, back = compare(analyse(left), analyse(right)), compare(analyse(right), analyse(left))
    assert (there.score, there.because) == (back.score, back.because)
    assert (there.left, there.right) == (left, right)
    assert 0 <= there.score <= 1
    one, other = organisations.compare(left, right), organisations.compare(right, left)
    assert one.score == other.score
    assert 0 <= one.score <= 1


@settings(max_examples=100, deadline=None)
@given(name=NAMES)
def test_a_name_is_its_own_spelling(name: str) -> None:
    found = compare(analyse(name), analyse(name))
    assert found.score == (1.0 if analyse(name).words else 0.0)


@given(left=FOLDED, right=FOLDED)
def test_each_word_is_paired_once(left: list[str], right: list[str]) -> None:
    pairs = align(left, right)
    assert len({i for i, _, _ in pairs}) == len({j for _, j, _ in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("left", "right", "because"),
    [
        ("Samir Kadhimi", "Samir al-Kazemi", "spelling: kadhimi ~ kazemi"),
        ("Ali Rustani", "Ali Hussein al-Rustani", "part of a longer name; only one has hussein"),
        ("Tomas Mardun", "Elira Mardun", "mardun in both; elira against tomas"),
        ("Tomas Mardun", "Lena Ortun", "no word in common"),
    ],
)
def test_what_is_told_has_a_reason(left: str, right: str, because: str) -> None:
    assert compare(analyse(left), analyse(right)).because == because


def test_a_rare_word_in_common_tells_more_than_a_common_one() -> None:
    rare = compare(analyse("Idris Qavrani"), analyse("Idris Omar Qavrani")).score
    common = compare(analyse("Mohammed Ali"), analyse("Mohammed Omar Ali")).score
    assert common < rare < SAME


def test_a_long_name_of_a_group_is_likelier_its_acronym_than_another_one() -> None:
    right = organisations.compare("National Marsh Transport Company", "NMTC").score
    wrong = organisations.compare("National Marsh Transport Company", "NKLC").score
    assert wrong < right < SAME


def test_a_word_that_means_one_person_everywhere_joins_documents() -> None:
    told = tell("[Saddam Hussein|person] fell.", "The fall of [Saddam|person] came.")
    assert len(told.actors) == 1
    assert told.link("Saddam", 1).because == "known by this one name: Saddam Hussein"


def test_a_word_that_means_one_person_joins_documents_without_the_full_name() -> None:
    told = tell("[Putin|person] spoke.", "[Putin|person] left.")
    assert len(told.actors) == 1


def test_another_bearer_in_the_document_comes_first() -> None:
    told = tell("[Vladimir Putin|person] spoke.", "[Elena Putin|person] came. [Putin|person] left.")
    assert told.link("Putin", 1).target == told.link("Elena Putin", 1).target
    assert len(told.actors) == 2


def test_names_that_a_list_gives_to_one_group_are_joined() -> None:
    told = tell("[Lashkar-e-Toiba|armed_group] said so.", "[Jamaat-ud-Dawa|organisation] met.")
    assert len(told.actors) == 1
    assert "are listed as names of one group" in told.link("Jamaat-ud-Dawa", 1).because


def test_listed_names_mean_one_group_each() -> None:
    held = [name for row in table("listed_groups") for name in row["names"].split(";")]
    assert len(held) == len(set(held))
    for row in table("listed_groups"):
        assert not any(groups.known(name) for name in row["names"].split(";"))


def test_people_known_by_one_word_are_spelt_as_names_are_read() -> None:
    for word, names in known_people().items():
        assert plain_words(word) == (word,)
        assert all(word in words or len(words) > 1 for words in names)


def test_points_stand_for_measures_and_rise_in_order() -> None:
    last: dict[tuple[str, str], float] = {}
    for row in table("name_points"):
        assert row["measure"] in MEASURES
        key, start = (row["kind"], row["measure"]), float(row["at_least"])
        assert start > last.get(key, -2.0)
        last[key] = start
