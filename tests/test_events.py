"""Events: what tells of one happening is together, and nothing else."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base.reasons import Reason
from rashomon.base.rows import Event, Perhaps, Statement
from rashomon.base.store import Store
from rashomon.juxtapose.events import group
from rashomon.juxtapose.events.clusters import Cluster, clash, may_be_one
from rashomon.juxtapose.events.perhaps import Near, perhaps
from rashomon.juxtapose.events.sites import place_key
from rashomon.juxtapose.events.stories import Stories
from rashomon.juxtapose.events.tellings import Telling
from told import case_of


def telling(name: str, **said: object) -> Telling:
    empty: frozenset[str] = frozenset()
    plain = Telling(
        id=name, document="doc-1", article=f"art-{name}", sentence=f"sen-{name}", start=0,
        predicate=0, paragraph=0, zone="body", lemma="kill", act="ASSAULT", mode=None,
        polarity="affirmed", modality="happened", quote=None, family="kill", kind="violence",
        once=0, actors=empty, recipients=empty, named=empty, beside=empty, places=empty,
        near=empty, regions=empty, place=None, placed="", words="kill", things=empty,
        definite=empty, corrects=False, by_count=False, plural=False, in_words=False,
        harks_back=False, span=None, when=None, published=None, counts=(),
    )  # fmt: skip
    return replace(plain, **said)  # type: ignore[arg-type]


def together(store: Store, first: str, second: str) -> bool:
    """Whether one event holds a statement of the first report and one of the second."""
    texts = dict(store.query("SELECT id, text FROM documents ORDER BY id"))
    named = {
        row.id: (row.document, texts[row.document][row.predicate.start : row.predicate.end])
        for row in store.rows(Statement)
    }
    for event in store.rows(Event):
        held = {named[s] for s in event.statements}
        for (one, left), (other, right) in combinations(sorted(held), 2):
            if one != other and {left, right} == {first, second}:
                return True
        if first == second and len({d for d, words in held if words == first}) > 1:
            return True
    return False


def _cases() -> list[object]:
    return [
        pytest.param(
            row,
            id=row["why"],
            marks=[pytest.mark.xfail(reason=row["not_yet"], strict=True)] if row["not_yet"] else [],
        )
        for row in case_rows("events")
    ]


@pytest.mark.parametrize("row", _cases())
def test_two_reports_tell_of_one_happening_or_of_two(row: dict[str, str]) -> None:
    store = case_of(
        ("Fen Radio", row["first_date"], row["first"]),
        ("Tide News", row["second_date"], row["second"]),
    )
    words = [row["first_words"], row["second_words"]]
    spoken = {
        text[s.predicate.start : s.predicate.end]
        for s in store.rows(Statement)
        for (text,) in store.query("SELECT text FROM documents WHERE id = ?", s.document)
    }
    assert set(words) <= spoken, spoken
    assert together(store, *words) == (row["same"] == "yes")


REPORT = (
    "An air strike on Orlask kills 30\n\n"
    "An air strike on the market in Orlask on 2 May killed 30 people and wounded 70, nurses said."
    " Two of the dead were boys.\n\n"
    "Fifteen people were killed in the strike, the army said. On Monday rebels attacked a bridge"
    " at Velm. There was no fire there, the rebels said."
)


def test_one_article_is_read_with_what_its_words_refer_back_to() -> None:
    store = case_of(("Fen Radio", "2031-05-06", REPORT))
    texts = dict(store.query("SELECT id, text FROM documents ORDER BY id"))
    statements = {row.id: row for row in store.rows(Statement)}
    held = [
        {
            texts[s.document][s.predicate.start : s.predicate.end]
            for s in (statements[i] for i in event.statements)
        }
        for event in store.rows(Event)
    ]
    (strike,) = [words for words in held if "wounded" in words]
    assert {"killed", "wounded"} <= strike
    assert "attacked" not in strike


def test_a_statement_is_in_one_event_at_most() -> None:
    store = case_of(("Fen Radio", "2031-05-06", REPORT), ("Tide News", "2031-05-07", REPORT))
    listed = [s for event in store.rows(Event) for s in event.statements]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {row.id for row in store.rows(Statement)}


def test_an_event_has_the_time_its_statements_share_and_a_reason() -> None:
    store = case_of(
        ("Fen Radio", "2031-05-03", "An air strike on the market in Orlask in May killed 30."),
        ("Tide News", "2031-05-04", "Warplanes bombed the market in Orlask on 2 May."),
    )
    (event,) = [e for e in store.rows(Event) if len(e.statements) > 1]
    assert event.when is not None
    assert (event.when.earliest, event.when.latest) == ("2031-05-02", "2031-05-02")
    assert "orlask" in event.because


def test_events_do_not_depend_on_the_order_of_the_rows() -> None:
    reports = [
        ("Fen Radio", "2031-05-06", REPORT),
        ("Tide News", "2031-05-07", "Warplanes bombed the market in Orlask on 2 May."),
        ("Moor Post", "2031-05-08", "Twelve people died in Orlask on 2 May, the army said."),
    ]
    first = list(case_of(*reports).rows(Event))
    random.Random(5).shuffle(reports)
    assert list(case_of(*reports).rows(Event)) == first


def test_an_empty_case_has_no_events() -> None:
    with Store() as store:
        assert list(group(store)) == []


# What forbids to join


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"places": frozenset({"orlask"})}, {"places": frozenset({"velm"})}, "places differ"),
        ({"places": frozenset({"orlask"})}, {}, ""),
        ({"span": (10, 10)}, {"span": (12, 12)}, "times differ"),
        ({"span": (10, 20)}, {"span": (12, 12)}, ""),
        ({"span": (30, 30)}, {"published": 20}, "told before it happened"),
        (
            {"recipients": frozenset({"act-a"}), "named": frozenset({"act-a"})},
            {"recipients": frozenset({"act-b"}), "named": frozenset({"act-b"})},
            "done to different people",
        ),
        (
            {"recipients": frozenset({"act-a"})},
            {"recipients": frozenset({"act-b"}), "named": frozenset({"act-b"})},
            "",
        ),
        (
            {"recipients": frozenset({"act-a"}), "once": 14, "span": (10, 10)},
            {"recipients": frozenset({"act-a"}), "once": 14, "span": (12, 12)},
            "",
        ),
        ({"kind": "talks"}, {}, "different kinds of happening"),
    ],
)
def test_what_clashes_is_not_joined(
    left: dict[str, object], right: dict[str, object], expected: str
) -> None:
    one, other = Cluster.of(telling("a", **left)), Cluster.of(telling("b", **right))
    kinds = {"act-a": "person", "act-b": "person"}
    assert clash(one, other, kinds) == clash(other, one, kinds) == expected


spans = st.none() | st.tuples(st.integers(1, 20), st.integers(0, 5)).map(lambda s: (s[0], sum(s)))
places = st.frozensets(st.sampled_from(["orlask", "velm", "sarn"]), max_size=2)


@given(st.lists(st.tuples(spans, places), min_size=2, max_size=6))
def test_what_has_been_joined_keeps_a_time_that_all_of_it_shares(
    said: list[tuple[tuple[int, int] | None, frozenset[str]]],
) -> None:
    tellings = [telling(str(n), span=s, places=p) for n, (s, p) in enumerate(said)]
    whole = Cluster.of(tellings[0])
    for more in map(Cluster.of, tellings[1:]):
        if not clash(whole, more, {}):
            whole.absorb(more, Reason(0.8, "because"))
    for t in whole.tellings:
        if t.span and whole.span:
            assert t.span[0] <= whole.span[0] <= whole.span[1] <= t.span[1]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tolvane bridge", "tolvane"),
        ("the Tolvane Bridge", "tolvane"),
        ("Tolvane", "tolvane"),
        ("Port Selim", "selim"),
        ("Market Square", "market square"),
    ],
)
def test_a_place_is_known_without_the_common_words_of_its_name(name: str, key: str) -> None:
    assert place_key(name) == key


# Without a time, and perhaps

FERRY = (
    "Ferry hijacked off Sarn\n\nGunmen hijacked the ferry Merrow off Sarn with 90 people aboard,"
    " the coastguard said. The captain, Oren Pell, was steering when the gunmen climbed over the"
    " stern. Passengers hid below deck until a patrol vessel came near."
)
AGAIN = (
    "The coastguard told how gunmen climbed over the stern of the Merrow. They hijacked the ferry"
    " while its captain, Oren Pell, was steering and passengers hid below deck; a patrol vessel"
    " from Sarn came near at last."
)
OTHER = (
    "A bus was hijacked by a man with a knife in Velm. The driver, Tilda Brack, was let go after an"
    " hour and pupils fled through the rear windows. Police shut the ring road."
)


def test_undated_articles_of_one_story_tell_of_one_happening() -> None:
    store = case_of(("Fen Radio", "", FERRY), ("Tide News", "", AGAIN), ("Moor Post", "", OTHER))
    names = dict(store.query("SELECT id, name FROM documents ORDER BY id"))
    told = {row.id: row for row in store.rows(Statement)}
    held = [
        {names[told[s].document].split()[0] for s in row.statements if told[s].lemma == "hijack"}
        for row in store.rows(Event)
    ]
    assert {"Fen", "Tide"} in held
    assert all("Moor" not in some or len(some) == 1 for some in held)


def test_how_alike_articles_are_is_the_same_both_ways() -> None:
    store = case_of(("Fen Radio", "", FERRY), ("Tide News", "", AGAIN), ("Moor Post", "", OTHER))
    stories = Stories(store)
    ferry, again, other = (
        article
        for name in ("Fen", "Tide", "Moor")
        for (article,) in store.query(
            "SELECT a.id FROM articles a JOIN documents d ON d.id = a.document"
            " WHERE starts_with(d.name, ?)",
            name,
        )
    )
    assert stories.alike(ferry, again) == stories.alike(again, ferry)
    assert 0 <= stories.alike(ferry, other) < stories.alike(ferry, again) <= 1
    assert stories.mean([ferry], [again, other]) == pytest.approx(
        (stories.alike(ferry, again) + stories.alike(ferry, other)) / 2
    )


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Pell", "Oren Pell", True),
        ("O. Pell", "Oren Pell Jr.", True),
        ("Fred Pell", "Frederick T. Pell", True),
        ("Oren Pell", "Dana Pell", False),
        ("Oren Pell", "Oren Wesk", False),
    ],
)
def test_two_names_that_may_be_of_one_person(left: str, right: str, *, same: bool) -> None:
    assert may_be_one(left, right) is may_be_one(right, left) is same


def test_what_nearly_joined_is_offered_once_and_never_within_an_event() -> None:
    a, b, c = (telling(name, start=3, end=9) for name in "abc")
    near = [Near(0.55, a, b, "weak"), Near(0.8, b, a, "strong"), Near(0.7, a, c, "joined")]
    (row,) = perhaps(near, {"a": "eve-1", "b": "eve-2", "c": "eve-1"})
    assert (row.of, row.left, row.right) == ("events", "eve-1", "eve-2")
    assert (row.score, row.because) == (0.8, "strong")
    assert (row.left_words.article, row.right_words.article) == ("art-a", "art-b")
    assert (row.left_words.start, row.left_words.end) == (3, 9)


def test_of_each_event_the_nearest_few_are_offered() -> None:
    first, *others = (telling(f"t{n}") for n in range(9))
    near = [Near(0.5 + n / 100, first, other, "") for n, other in enumerate(others)]
    rows = list(perhaps(near, {t.id: f"eve-{t.id}" for t in (first, *others)}))
    assert sorted(row.score for row in rows) == [0.53, 0.54, 0.55, 0.56, 0.57]


def test_an_attack_on_a_town_that_may_be_another_is_perhaps_the_same() -> None:
    store = case_of(
        ("Fen Radio", "", "Rebels attacked Orlask and burned the mill."),
        ("Tide News", "", "The army says that rebels attacked Orlask at dawn."),
    )
    rows = [row for row in store.rows(Perhaps) if row.of == "events"]
    events = {row.id for row in store.rows(Event)}
    assert rows
    assert all({row.left, row.right} <= events and row.left < row.right for row in rows)
