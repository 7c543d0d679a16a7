"""Accounts: whose telling a statement is, and through whom it reached us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Report, event, quote, report, statement
from rashomon.base.rows import (
    Account,
    Actor,
    Amount,
    Chain,
    Count,
    Link,
    Mention,
    MentionKind,
    Row,
    Sentence,
    Span,
    row_id,
)
from rashomon.base.store import Store
from rashomon.juxtapose.accounts import tell, voice

TEXT = (
    "Bridges fell. The miller heard that wolves crossed the ice. A nurse saw smoke, and her"
    " brother counted sledges, and his aunt slept."
)


def filled(*rows: Row) -> tuple[list[Chain], list[Account]]:
    """The chains and the accounts of a case that holds these rows."""
    with Store() as store:
        store.fill(rows)
        chains = list(voice(store))
        store.fill(chains)
        return chains, list(tell(store))


def labels(told: Report, *rows: Row) -> dict[str, tuple[str, ...]]:
    """Labels of each chain by the id of its quote or statement."""
    chains, _ = filled(*told.rows, *rows)
    return {chain.row: chain.labels for chain in chains}


def test_the_outlet_is_the_outermost_voice_then_the_byline_then_the_document() -> None:
    for outlet, byline, expected in (
        ("Fen Radio", "Ada Quell", "Fen Radio"),
        (None, "Ada Quell", "Ada Quell"),
        (None, None, "notes.txt"),
    ):
        told = report("notes.txt", TEXT, outlet=outlet, byline=byline)
        fell = statement(told, "Bridges fell")
        assert labels(told, fell)[fell.id] == (expected,)


def test_quotes_are_voices_from_the_outside_in() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    miller = quote(told, TEXT, "the miller", kind="described")
    nurse = quote(told, "her brother counted sledges, and his aunt slept", "a nurse", within=miller)
    brother = quote(told, "his aunt slept", "her brother", within=nurse)
    slept = statement(told, "his aunt slept", brother)
    found = labels(told, miller, nurse, brother, slept)
    assert found[slept.id] == ("Fen Radio", "the miller", "a nurse", "her brother")
    assert found[nurse.id] == ("Fen Radio", "the miller", "a nurse")


def test_an_excerpt_speaks_with_its_own_outlet() -> None:
    part = "A nurse saw smoke, and her brother counted sledges, and his aunt slept."
    told = report("a", TEXT, outlet="Digest", cuts=[("excerpt", part, "Ice Herald")])
    nurse = quote(told, "her brother counted sledges", "a nurse")
    counted = statement(told, "her brother counted sledges", nurse)
    smoke, fell = statement(told, "A nurse saw smoke"), statement(told, "Bridges fell")
    found = labels(told, nurse, counted, smoke, fell)
    assert found[counted.id] == ("Digest", "Ice Herald", "a nurse")
    assert found[smoke.id] == ("Digest", "Ice Herald")
    assert found[fell.id] == ("Digest",)


def test_the_author_and_a_bare_we_are_no_new_voice() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    author = quote(told, "wolves crossed the ice", "the author", kind="author")
    ours = quote(told, "her brother counted sledges", "We", kind="described")
    crossed = statement(told, "wolves crossed the ice", author)
    counted = statement(told, "her brother counted sledges", ours)
    found = labels(told, author, ours, crossed, counted)
    assert found[crossed.id] == found[counted.id] == ("Fen Radio",)


def test_a_voice_that_follows_itself_is_one() -> None:
    told = report("a", TEXT, outlet="The Fen Radio")
    again = quote(told, "wolves crossed the ice", "Fen Radio")
    assert labels(told, again)[again.id] == ("The Fen Radio",)


def test_a_hidden_voice_stays_unnamed() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    hidden = quote(told, "wolves crossed the ice", "", kind="none")
    assert labels(told, hidden)[hidden.id] == ("Fen Radio", "unnamed")


def test_quotes_that_hold_each_other_end() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    one = quote(told, "wolves crossed the ice", "one")
    other = quote(told, "her brother counted sledges", "other", within=one)
    turned = quote(told, "wolves crossed the ice", "one", within=other)
    assert set(labels(told, turned, other)) == {turned.id, other.id}


def _known(told: Report, words: str, label: str, *names: str) -> tuple[Mention, Actor, Link]:
    start, end = told.span(words)
    mention = Mention(
        row_id(Mention, told.document, start, end, "person"), told.document, told.article, "",
        start, end, "person", "name", words,
    )  # fmt: skip
    actor = Actor(row_id(Actor, label), label, "person", (label, *names), ())
    return mention, actor, Link(row_id(Link, mention.id), mention.id, actor.id, 1.0, "invented")


def test_a_known_speaker_and_a_known_outlet_bear_their_actors() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    mention, miller, link = _known(told, "The miller", "Osric Vane", "the miller")
    radio = Actor(row_id(Actor, "radio"), "Fen Broadcasting", "organisation", ("Fen Radio",), ())
    said = quote(told, "wolves crossed the ice", "The miller", speaker=mention.id)
    officials = quote(told, "his aunt slept", "millers", kind="unnamed", speaker=mention.id)
    chains, _ = filled(*told.rows, mention, miller, link, radio, said, officials)
    by_row = {chain.row: chain for chain in chains}
    assert by_row[said.id].labels == ("Fen Radio", "Osric Vane")
    assert by_row[said.id].voices == (radio.id, miller.id)
    assert by_row[officials.id].voices == (radio.id, "")


def test_a_state_speaks_through_its_government() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    mention, person, link = _known(told, "The miller", "Kessalia")
    state = replace(person, kind="state")
    said = quote(told, "wolves crossed the ice", "The miller", speaker=mention.id)
    chains, _ = filled(*told.rows, mention, state, link, said)
    assert chains[0].labels == ("Fen Radio", "Kessalia (government)")
    assert chains[0].voices[-1] == state.id


@pytest.mark.parametrize(
    ("source", "mention", "voice_label"),
    [
        ("the Sons of Fenna", "Sons", "Sons of Fenna"),
        ("Fenna People’s Army", "Army", "Fenna People’s Army"),
        ("the Army in Fenna", "Army", "Army"),
        ("Army", "Army", "Army"),
    ],
)
def test_a_body_is_called_by_its_whole_name(source: str, mention: str, voice_label: str) -> None:
    told = report("a", f"Today {source} said that wolves crossed the ice.", outlet="Fen Radio")
    named = _heard(told, mention)
    said = replace(
        quote(told, "wolves crossed the ice", source, speaker=named.id),
        source=Span(*told.span(source)),
        speaker_label=mention,
    )
    assert labels(told, named, said)[said.id] == ("Fen Radio", voice_label)


def _heard(told: Report, words: str, kind: MentionKind = "organisation") -> Mention:
    start, end = told.span(words)
    return Mention(
        row_id(Mention, told.document, start, end, kind), told.document, told.article, "",
        start, end, kind, "name", words,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hearer", "kind", "voices"),
    [
        ("The Ice Herald", "organisation", ("The Ice Herald",)),
        ("Moss", "organisation", ("Moss",)),
        ("FBC", "organisation", ("Fen Broadcasting Corporation",)),
        ("Fenlanders", "people", ()),
        ("Tarnish Times", "person", ()),
        ("Grain Council", "organisation", ()),
        ("Fen Radio", "organisation", ()),
    ],
)
def test_a_hearer_is_a_voice_only_as_an_outlet(
    hearer: str, kind: MentionKind, voices: tuple[str, ...]
) -> None:
    text = f"The miller told the newspaper {hearer} that wolves crossed the ice."
    if hearer != "Moss":
        text = text.replace("newspaper ", "")
    told = report("a", text, outlet="Fen Radio")
    other = report("b", "Wolves came.", outlet="Fen Broadcasting Corporation")
    heard = _heard(told, hearer, kind)
    said = quote(told, "wolves crossed the ice", "The miller", via=heard.id)
    chain = labels(told, *other.rows, heard, said)[said.id]
    assert chain == ("Fen Radio", *voices, "The miller")


def test_the_only_outlet_that_a_word_shortens_is_meant() -> None:
    told = report("a", "The miller told the Marshers that wolves crossed the ice.", outlet="Digest")
    marsh = report("b", "Wolves came.", outlet="Marsh Public Broadcasting")
    heard = _heard(told, "Marshers", "person")
    said = quote(told, "wolves crossed the ice", "The miller", via=heard.id)
    found = labels(told, *marsh.rows, heard, said)[said.id]
    assert found == ("Digest", "Marsh Public Broadcasting", "The miller")
    second = report("c", "Wolves came.", outlet="Marsh Weekly")
    found = labels(told, *marsh.rows, *second.rows, heard, said)[said.id]
    assert found == ("Digest", "The miller")


def test_a_described_outlet_is_the_one_that_it_can_only_be() -> None:
    told = report("a", TEXT, outlet="Digest")
    marsh = report("b", "Wolves came.", outlet="Marsh Public Broadcasting")
    said = quote(told, "wolves crossed the ice", "Marsh’s public broadcaster", kind="described")
    found = labels(told, *marsh.rows, said)[said.id]
    assert found == ("Digest", "Marsh Public Broadcasting")


def test_a_figure_told_by_a_cue_is_its_sources() -> None:
    told = report("a", "The nurse counted 12 wolves. It snowed.", outlet="Digest")
    (sentence,) = [row for row in told.rows if isinstance(row, Sentence)]
    number = replace(
        _heard(told, "12 wolves", "number"), amount=Amount(12, 12, "count", "wolf", "")
    )
    said = replace(
        quote(told, "12 wolves", "The nurse", kind="described"),
        cue=told.span("counted"), sentence=sentence.id,
    )  # fmt: skip
    counted = replace(
        statement(told, "counted 12 wolves"),
        numbers=(Count(number.id, "wolf"),), sentence=sentence.id,
    )  # fmt: skip
    snowed = replace(statement(told, "snowed"), sentence=sentence.id)
    found = labels(told, number, said, counted, snowed)
    assert found[counted.id] == ("Digest", "The nurse")
    assert found[snowed.id] == ("Digest",)


def test_an_account_is_what_one_chain_tells_of_one_event() -> None:
    told = report("a", TEXT, outlet="Fen Radio")
    miller = quote(told, "wolves crossed the ice", "the miller")
    fell = statement(told, "Bridges fell")
    crossed = statement(told, "wolves crossed the ice", miller)
    smoke = statement(told, "A nurse saw smoke")
    slept = statement(told, "his aunt slept")
    both, alone = event(fell, crossed, smoke), event(slept)
    _, accounts = filled(*told.rows, miller, fell, crossed, smoke, slept, both, alone)
    found = {(a.event, a.chain): a.statements for a in accounts}
    assert found == {
        (both.id, ("Fen Radio",)): (fell.id, smoke.id),
        (both.id, ("Fen Radio", "the miller")): (crossed.id,),
        (alone.id, ("Fen Radio",)): (slept.id,),
    }


def _crowd() -> list[Row]:
    rows: list[Row] = []
    statements = []
    for name in ("a", "b", "c"):
        told = report(name, TEXT, outlet=f"Paper {name}")
        miller = quote(told, "wolves crossed the ice", "the miller")
        inner = quote(told, "crossed", "his dog", within=miller)
        said = [statement(told, "Bridges fell"), statement(told, "wolves crossed the ice", inner)]
        statements += said
        rows += [*told.rows, miller, inner, *said]
    return [*rows, event(*statements[:3]), event(*statements[3:])]


CROWD = _crowd()


@settings(max_examples=8, deadline=None)
@given(st.permutations(CROWD))
def test_the_order_of_rows_does_not_matter(rows: Iterable[Row]) -> None:
    assert filled(*rows) == filled(*CROWD)


def test_every_statement_of_an_event_stands_in_one_account() -> None:
    chains, accounts = filled(*CROWD)
    told = sorted(s for account in accounts for s in account.statements)
    assert told == sorted(set(told))
    assert len({chain.id for chain in chains}) == len(chains)
    assert len({account.id for account in accounts}) == len(accounts) == 6
