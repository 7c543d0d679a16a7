"""Origins: five outlets can be one origin, and a voice that only sounds alike is another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from invented import Report, account, event, quote, report, statement
from rashomon.base.rows import (
    Account,
    Actor,
    Amount,
    Count,
    Document,
    Echo,
    EchoKind,
    First,
    Link,
    Mention,
    MentionKind,
    Origin,
    Passage,
    Quote,
    Role,
    Row,
    Sentence,
    SourceKind,
    Span,
    Statement,
    row_id,
)
from rashomon.base.store import Store
from rashomon.juxtapose.origins import follow
from rashomon.juxtapose.origins.offices import Group, Speaks, speaks_for

TEXT = "Lanterns burst above the quay and the watchman ran. Nobody slept. The mayor denied it."


def followed(*rows: Row) -> dict[str, Origin]:
    with Store() as store:
        store.fill(rows)
        return {origin.account: origin for origin in follow(store)}


def told_by(
    name: str, *chains: tuple[str, ...], published: str | None = None
) -> tuple[Report, list[Statement], list[tuple[str, ...]]]:
    told = report(name, TEXT, outlet=chains[0][0], published=published)
    parts = ("Lanterns burst above the quay", "Nobody slept", "The mayor denied it")
    return told, [statement(told, words) for words in parts[: len(chains)]], list(chains)


def case(
    *tellings: tuple[Report, list[Statement], list[tuple[str, ...]]],
) -> tuple[list[Row], list[Account]]:
    """Rows of one event, and an account for each chain of each report, in order."""
    happening = event(*(s for _, statements, _ in tellings for s in statements))
    accounts = [
        account(happening, told, chain, held)
        for told, statements, chains in tellings
        for held, chain in zip(statements, chains, strict=True)
    ]
    rows = [row for told, statements, _ in tellings for row in (*told.rows, *statements)]
    return [*rows, happening, *accounts], accounts


def echo(left: Report, right: Report, first: First, kind: EchoKind = "copy") -> Echo:
    sides = [Passage(r.document, r.article, 0, len(TEXT)) for r in (left, right)]
    return Echo(row_id(Echo, left.name, right.name), *sides, 1.0, kind, first, "invented")


def groups(accounts: list[Account], found: dict[str, Origin]) -> list[int]:
    """The number of each account's origin, counted as they come up."""
    seen = list(dict.fromkeys(found[a.id].origin for a in accounts))
    return [seen.index(found[a.id].origin) for a in accounts]


def test_tellings_without_a_sign_of_copying_are_independent() -> None:
    rows, accounts = case(told_by("a", ("Quay Post",)), told_by("b", ("Fen Radio",)))
    found = followed(*rows)
    assert groups(accounts, found) == [0, 1]
    assert {o.because for o in found.values()} == {"own telling"}


def test_an_echo_joins_and_its_first_side_is_the_root() -> None:
    wire, paper = told_by("a", ("Wire",)), told_by("b", ("Quay Post",))
    rows, accounts = case(wire, paper)
    for first, root in (("left", "Wire"), ("right", "Quay Post")):
        found = followed(*rows, echo(wire[0], paper[0], first))
        assert groups(accounts, found) == [0, 0]
        assert {o.label for o in found.values()} == {root}
    assert "echoes Quay Post" in found[accounts[0].id].because


def test_an_echo_of_unknown_direction_claims_none() -> None:
    wire, paper = told_by("a", ("Wire",)), told_by("b", ("Quay Post",))
    rows, accounts = case(wire, paper)
    found = followed(*rows, echo(wire[0], paper[0], "unknown"))
    assert groups(accounts, found) == [0, 0]
    assert all("shares a passage" in o.because for o in found.values())


def test_a_sentence_in_other_words_is_no_copy() -> None:
    wire, paper = told_by("a", ("Wire",)), told_by("b", ("Quay Post",))
    rows, accounts = case(wire, paper)
    alike = replace(echo(wire[0], paper[0], "left"), alike=0.85)
    assert groups(accounts, followed(*rows, alike)) == [0, 1]


def test_a_shared_quotation_does_not_join_the_outlets() -> None:
    wire, paper = told_by("a", ("Wire",)), told_by("b", ("Quay Post",))
    rows, accounts = case(wire, paper)
    found = followed(*rows, echo(wire[0], paper[0], "left", "shared_quotation"))
    assert groups(accounts, found) == [0, 1]


def test_an_echo_joins_what_stands_at_the_same_place_in_it() -> None:
    wire = told_by("a", ("Wire", "the watchman"), ("Wire", "the mayor"))
    paper = told_by("b", ("Post", "a watchman"), ("Post", "a mayor"))
    rows, accounts = case(wire, paper)
    assert groups(accounts, followed(*rows, echo(wire[0], paper[0], "left"))) == [0, 1, 0, 1]


def test_the_same_known_actor_is_one_voice_in_every_outlet() -> None:
    one, other = told_by("a", ("Wire", "Una Brandt")), told_by("b", ("Post", "Mayor Brandt"))
    rows, accounts = case(one, other)
    known = [replace(a, voices=("", "act-1")) for a in accounts]
    found = followed(*(row for row in rows if not isinstance(row, Account)), *known)
    assert groups(known, found) == [0, 0]


def test_a_described_document_is_the_same_only_in_the_same_outlet() -> None:
    for other, expected in (("The Wire", [0, 0]), ("Post", [0, 1])):
        rows, accounts = case(told_by("a", ("Wire", "a chart")), told_by("b", (other, "a chart")))
        assert groups(accounts, followed(*rows)) == expected


def test_unnamed_voices_and_bare_pronouns_are_never_the_same() -> None:
    for label in ("unnamed", "he"):
        rows, accounts = case(told_by("a", ("Wire", label)), told_by("b", ("Wire", label)))
        assert groups(accounts, followed(*rows)) == [0, 1]


def test_updates_of_one_outlet_are_one_origin_and_the_earliest_is_its_root() -> None:
    late = told_by("a", ("Wire",), published="2031-04-02")
    early = told_by("b", ("Wire",), published="2031-04-01")
    rows, accounts = case(late, early)
    found = followed(*rows)
    assert groups(accounts, found) == [0, 0]
    assert "own telling" in found[accounts[1].id].because
    assert "own telling" not in found[accounts[0].id].because


def test_who_cites_an_outlet_has_it_from_that_outlet() -> None:
    radio = told_by("a", ("Fen Radio",), ("Fen Radio", "an envoy"))
    blog = told_by("b", ("Lamp", "Fen Radio"), ("Lamp", "the Fen Radio", "an envoy"))
    rows, accounts = case(radio, blog)
    found = followed(*rows)
    assert groups(accounts, found) == [0, 1, 0, 1]
    assert found[accounts[3].id].label == "an envoy"
    assert "cites Fen Radio" in found[accounts[3].id].because


def test_three_steps_lead_to_one_root() -> None:
    wire, paper, blog = (told_by(n, (o,)) for n, o in (("a", "Wire"), ("b", "Post"), ("c", "Lamp")))
    rows, accounts = case(wire, paper, blog)
    ties = echo(wire[0], paper[0], "left"), echo(paper[0], blog[0], "left")
    found = followed(*rows, *ties)
    assert groups(accounts, found) == [0, 0, 0]
    assert {o.label for o in found.values()} == {"Wire"}


def test_an_outlets_own_number_comes_from_its_source() -> None:
    wire = told_by("a", ("Wire",), ("Wire", "the infirmary"), ("Wire", "the mayor"))
    told, statements, chains = wire
    mentions = [_number(told, s, low) for s, low in zip(statements, (7, 7, 2), strict=True)]
    counted = [
        replace(s, numbers=(Count(m.id, "killed"),))
        for s, m in zip(statements, mentions, strict=True)
    ]
    rows, accounts = case((told, counted, chains))
    found = followed(*rows, *mentions)
    assert groups(accounts, found) == [0, 0, 1]
    assert found[accounts[0].id].label == "the infirmary"


def test_an_outlet_that_gives_a_number_of_its_own_is_an_origin() -> None:
    told, statements, _ = told_by("a", ("Wire",), ("Wire", "the infirmary"), ("Wire",))
    mentions = [_number(told, s, low) for s, low in zip(statements, (7, 7, 14), strict=True)]
    counted = [
        replace(s, numbers=(Count(m.id, "killed"),))
        for s, m in zip(statements, mentions, strict=True)
    ]
    happening = event(*counted)
    own = account(happening, told, ("Wire",), counted[0], counted[2])
    quoted = account(happening, told, ("Wire", "the infirmary"), counted[1])
    found = followed(*told.rows, *counted, *mentions, happening, own, quoted)
    assert groups([own, quoted], found) == [0, 1]


def _number(told: Report, held: Statement, low: int) -> Mention:
    return Mention(
        row_id(Mention, told.document, held.start, held.start + 1, "number"), told.document,
        told.article, "", held.start, held.start + 1, "number", "name", str(low),
        amount=Amount(low, low, "people", "guest", "exact"),
    )  # fmt: skip


# The table of cases


def _voices(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("<"))


def _actors(cell: str) -> dict[str, Actor]:
    """Actors by name: "Una Brandt = interior minister; Reed Guard = " (a group has no role)."""
    found = {}
    for entry in filter(None, map(str.strip, cell.split(";"))):
        name, _, role = (part.strip() for part in entry.partition("="))
        roles = (Role(role, None, None),) if role else ()
        kind: MentionKind = "person" if role else "armed_group"
        found[name] = Actor(row_id(Actor, name), name, kind, (name,), roles)
    return found


def _sourced(told: Report, chain: tuple[str, ...], at: int) -> Quote:
    """The quote of a chain's last voice, whose source stands at an offset."""
    kind: SourceKind = "described" if chain[-1][0].islower() else "named"
    found = quote(told, "Lanterns", chain[-1], kind=kind)
    identity = row_id(Quote, told.document, at, at)
    return replace(found, id=identity, source=Span(at, at + 1))


def _meant(named: dict[str, Actor], told: Report, at: int, actor: str) -> tuple[Mention, Link]:
    mention = _mention(told, at, at + 1, actor)
    return mention, Link(row_id(Link, mention.id), mention.id, named[actor].id, 1.0, "invented")


def _mention(told: Report, start: int, end: int, text: str) -> Mention:
    return Mention(
        row_id(Mention, told.document, start, end, "person"), told.document, told.article, "",
        start, end, "person", "name", text,
    )  # fmt: skip


def _case_of(row: dict[str, str]) -> tuple[list[Row], list[Account]]:
    """The rows of a line of the table: its two accounts, in one report or in two."""
    chains, named = [_voices(row["left"]), _voices(row["right"])], _actors(row["roles"])
    if row["reports"] == "one":
        reports = [_report_of(row, "a", chains[0][0])] * 2
    else:
        reports = [_report_of(row, name, c[0]) for name, c in zip("ab", chains, strict=True)]
    parts = ("Lanterns burst above the quay", "Nobody slept")
    statements = [statement(r, words) for r, words in zip(reports, parts, strict=True)]
    happening = event(*statements)
    accounts, rows = [], []
    for told, chain, held, at in zip(reports, chains, statements, (1, 2), strict=True):
        voices = [named[voice].id if voice in named else "" for voice in chain]
        accounts.append(account(happening, told, chain, held, voices=voices))
        rows += [held, *([_sourced(told, chain, at)] if len(chain) > 1 else [])]
        rows += [r for v in chain if v in named for r in _meant(named, told, at, v)]
    told_rows = {told.name: told.rows for told in reports}
    kept = [row for rows_ in told_rows.values() for row in rows_]
    return [*kept, happening, *rows, *accounts, *named.values()], accounts


def _report_of(row: dict[str, str], name: str, outlet: str) -> Report:
    words = row["also in the report"] if name == "a" else ""
    return report(name, f"{TEXT} {words}", outlet=outlet)


@pytest.mark.parametrize("row", [pytest.param(r, id=r["why"]) for r in case_rows("origins")])
def test_two_tellings_are_one_origin_or_two(row: dict[str, str]) -> None:
    rows, accounts = _case_of(row)
    found = followed(*rows)
    assert len({found[a.id].origin for a in accounts}) == int(row["origins"]), row["why"]
    if row["origins"] == "1":
        assert any(o.because != "own telling" for o in found.values())


def test_an_unnamed_source_is_named_by_the_words_that_brought_it_in() -> None:
    (row,) = [r for r in case_rows("origins") if r["why"].startswith("an official and then")]
    rows, accounts = _case_of(row)
    found = followed(*rows)
    assert {found[a.id].label for a in accounts} == {"a senior official at the mill"}


@pytest.mark.parametrize("row", [pytest.param(r, id=r["words"]) for r in case_rows("offices")])
def test_words_about_a_source_say_whom_it_speaks_for(row: dict[str, str]) -> None:
    said = [_shown(each) for each in speaks_for(row["words"])]
    assert said == ([row["speaks for"]] if row["speaks for"] else [])


def _shown(each: Speaks) -> str:
    if isinstance(each, Group):
        return each.words
    task = f": {each.task}" if each.task else ""
    owner = f" of {each.owner}" if each.owner else ""
    return f"{each.body}{task}{owner}" + (" (its holder)" if each.single else "")


def test_a_ministry_of_no_state_is_none_of_the_two_that_are_named() -> None:
    named = (
        "the interior ministry",
        "the Marvian interior ministry",
        "Ostlandia’s interior ministry",
    )
    tellings = [told_by(n, (o, v)) for n, o, v in zip("abc", ("X", "Y", "Z"), named, strict=True)]
    rows, accounts = case(*tellings)
    assert groups(accounts, followed(*rows)) == [0, 1, 2]


# Affirmed and denied


def test_a_ministry_that_denies_and_its_minister_who_affirms_are_two() -> None:
    rows, accounts = case(
        told_by("a", ("Wire", "the interior ministry")),
        told_by("b", ("Post", "Interior Ministry spokesman")),
    )
    assert groups(accounts, followed(*rows)) == [0, 0]
    denied = [
        replace(row, polarity="denied")
        if isinstance(row, Statement) and row.id in accounts[1].statements
        else row
        for row in rows
    ]
    assert groups(accounts, followed(*denied)) == [0, 1]


def test_who_cites_an_outlet_for_what_it_denies_has_it_not_from_there() -> None:
    rows, accounts = case(told_by("a", ("Fen Radio",)), told_by("b", ("Lamp", "Fen Radio")))
    denied = [replace(r, polarity="denied") if _told_in(r, accounts[0]) else r for r in rows]
    assert groups(accounts, followed(*rows)) == [0, 0]
    assert groups(accounts, followed(*denied)) == [0, 1]


def _told_in(row: Row, told: Account) -> bool:
    return isinstance(row, Statement) and row.id in told.statements


# Headlines and openings


def _placed(
    *chains: tuple[str, ...], lemmas: tuple[str, ...] = ("attack", "attack", "attack")
) -> tuple[list[Row], list[Account]]:
    """A report whose first account stands in the title and the others further down."""
    told = report("a", TEXT, outlet=chains[0][0])
    parts = ("Lanterns burst above the quay", "Nobody slept", "The mayor denied it")
    sentences = [
        Sentence(row_id(Sentence, part), told.document, told.article, *told.span(part), n, zone)
        for n, (part, zone) in enumerate(zip(parts, ("title", "body", "body"), strict=True))
    ]
    statements = [
        replace(statement(told, part), sentence=sentence.id, lemma=lemma)
        for part, sentence, lemma in zip(parts, sentences, lemmas, strict=True)
    ][: len(chains)]
    happening = event(*statements)
    accounts = [
        account(happening, told, chain, held)
        for chain, held in zip(chains, statements, strict=True)
    ]
    rows = [row for row in told.rows if not isinstance(row, Sentence)]
    return [*rows, *sentences, *statements, happening, *accounts], accounts


def test_a_headline_sums_up_the_one_source_of_its_article() -> None:
    rows, accounts = _placed(("Wire",), ("Wire", "the interior ministry"))
    found = followed(*rows)
    assert groups(accounts, found) == [0, 0]
    assert found[accounts[0].id].because == "sums up what the interior ministry says"
    assert found[accounts[0].id].label == "the interior ministry"


def test_a_headline_over_two_sources_is_neither_s() -> None:
    rows, accounts = _placed(("Wire",), ("Wire", "the interior ministry"), ("Wire", "a baker"))
    assert groups(accounts, followed(*rows)) == [0, 1, 2]


def test_a_headline_of_something_else_is_not_its_source_s() -> None:
    chains = ("Wire",), ("Wire", "the interior ministry")
    rows, accounts = _placed(*chains, lemmas=("rescue", "attack", "attack"))
    assert groups(accounts, followed(*rows)) == [0, 1]


@pytest.mark.parametrize(
    ("title", "body", "same"),
    [
        ("army", "the defence ministry", True),
        ("official", "Una Brandt", True),
        ("army", "the foreign ministry", False),
        ("witnesses", "the defence ministry", False),
        ("doctors", "a baker", False),
    ],
)
def test_a_headline_names_in_short_whom_the_article_names(
    title: str, body: str, same: bool
) -> None:
    rows, accounts = _placed(("Wire", title), ("Wire", body))
    assert groups(accounts, followed(*rows)) == ([0, 0] if same else [0, 1])


def test_what_a_source_only_confirms_the_outlet_knew() -> None:
    rows, accounts = _placed(("Wire",), ("Wire", "the interior ministry"))
    cue = Span(TEXT.index("denied"), TEXT.index("denied") + 6)
    told = rows[0]
    assert isinstance(told, Document)
    changed = replace(told, text=TEXT.replace("denied", "admits"))
    held = Quote(
        row_id(Quote, "x"), told.id, accounts[0].article, "", None, cue, (cue,), "indirect",
        "named", "neutral", None, "the interior ministry", None, "",
    )  # fmt: skip
    rows = [
        replace(r, quote=held.id) if _told_in(r, accounts[1]) and isinstance(r, Statement) else r
        for r in rows
    ]
    assert groups(accounts, followed(*rows, held)) == [0, 0]
    assert groups(accounts, followed(changed, *rows[1:], held)) == [0, 1]


# Promises

OUTLETS = ("Wire", "Post", "Lamp", "Fen Radio")
VOICES = (
    "a clerk", "the clerk", "unnamed", "the interior ministry", "a Marvian army spokesman",
    "the Marvian interior minister", "Ostlandia’s interior ministry", "the army",
)  # fmt: skip
CHAINS = st.lists(
    st.lists(st.sampled_from((*OUTLETS, *VOICES)), min_size=1, max_size=3).map(tuple),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip
TELLINGS = st.lists(CHAINS, min_size=1, max_size=5)


@settings(max_examples=8, deadline=None)
@given(TELLINGS, st.randoms(use_true_random=False))
def test_every_account_has_one_origin_whatever_the_order(
    tellings: list[list[tuple[str, ...]]], chance: object
) -> None:
    told = [
        told_by(f"r{n}", *chains, published=f"2031-01-{n + 1:02}" if n % 2 else None)
        for n, chains in enumerate(tellings)
    ]
    rows, accounts = case(*told)
    ties = [
        echo(one[0], other[0], first)
        for one, other, first in zip(told, told[1:], ("left", "unknown", "right", "left"))  # noqa: B905
    ]
    found = followed(*rows, *ties)
    assert set(found) == {a.id for a in accounts}
    assert len({o.origin for o in found.values()}) <= len(accounts)
    shuffled = [*rows, *ties]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert followed(*shuffled) == found
