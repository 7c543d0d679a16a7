"""Statements: predicates, those who take part, where, when, how many, and whether it is a fact."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from rashomon.base.language import Parse
from rashomon.base.lexicon import table
from rashomon.base.rows import (
    Amount,
    Article,
    Manner,
    Mention,
    MentionKind,
    Quote,
    Sentence,
    Span,
    Stance,
    Statement,
    row_id,
)
from rashomon.extract.statements import state

CASES = Path(__file__).parent / "cases"
ARTICLE = Article("art", "doc", 0, 1, None, None, None, "none", None, "en")
Parser = Callable[[str], Parse]


def rows(name: str) -> list[object]:
    """The rows of a case table, each a parameter; a row with a word in `unsolved` must fail."""
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return [
            pytest.param(
                row,
                id=f"{row['predicate']}: {row['sentence']}",
                marks=[pytest.mark.xfail(reason=row["unsolved"])] if row["unsolved"] else [],
            )
            for row in csv.DictReader(lines)
        ]


def sentences_of(parse: Parse) -> list[Sentence]:
    spans = [parse.sentence_span(index) for index in range(len(parse.sentences))]
    return [
        Sentence(row_id(Sentence, "doc", *span), "doc", "art", *span, index, "body")
        for index, span in enumerate(spans)
    ]


def told(
    parse: Parse, mentions: list[Mention] | None = None, quotes: list[Quote] | None = None
) -> list[Statement]:
    return state(ARTICLE, sentences_of(parse), mentions or [], quotes or [], parse)


def the(parse: Parse, found: list[Statement], predicate: str) -> Statement:
    """The one statement whose predicate are these words."""
    fitting = [s for s in found if parse.words(s.predicate) == predicate]
    assert len(fitting) == 1, [parse.words(s.predicate) for s in found]
    return fitting[0]


def mention(parse: Parse, words: str, kind: MentionKind, after: int = 0) -> Mention:
    start = parse.text.index(words, after)
    span = Span(start, start + len(words))
    sentence = next(s for s in sentences_of(parse) if s.start <= start < s.end)
    amount = Amount(1, 1, "people", "", "word") if kind == "number" else None
    return Mention(
        row_id(Mention, "doc", *span, kind), "doc", "art", sentence.id, *span, kind, "name", words,
        timex_type="DATE" if kind == "time" else None, amount=amount,
    )  # fmt: skip


def quote(
    parse: Parse,
    content: str,
    cue: str | None = None,
    *,
    manner: Manner = "indirect",
    stance: Stance = "neutral",
) -> Quote:
    spans = [Span(parse.text.index(w), parse.text.index(w) + len(w)) for w in (content, cue) if w]
    return Quote(
        f"quo-{content}", "doc", "art", "", None, spans[1] if cue else None, (spans[0],), manner,
        "named", stance, None, "", None, "",
    )  # fmt: skip


@pytest.mark.parametrize("row", rows("modality.csv"))
def test_factuality(row: dict[str, str], parsed: Parser) -> None:
    parse = parsed(row["sentence"])
    found = the(parse, told(parse), row["predicate"])
    assert (found.polarity, found.modality) == (row["polarity"], row["modality"]), found.because


def test_two_fifths_of_the_factuality_cases_are_plain_facts() -> None:
    with (CASES / "modality.csv").open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines))
    facts = {("affirmed", "happened"), ("affirmed", "ongoing")}
    plain = [c for c in cases if (c["polarity"], c["modality"]) in facts]
    assert len(cases) >= 80
    assert len({c["shape"] for c in cases}) >= 12
    assert len(plain) >= 2 * len(cases) // 5


def test_the_table_that_factuality_is_measured_on_is_whole() -> None:
    """300 sentences, each once, half of them plain facts, twelve shapes or more in both halves."""
    with (CASES / "factuality.csv").open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines))
    assert len({c["sentence"] for c in cases}) == len(cases) == 300
    assert sum(c["shape"].startswith("fact") for c in cases) == 150
    assert [c["half"] for c in cases] == ["seen", "unseen"] * 150
    for half in ("seen", "unseen"):
        shapes = {c["shape"] for c in cases if c["half"] == half and c["shape"][:4] != "fact"}
        assert len(shapes) >= 12
    assert all(c["sentence"].count(c["predicate"]) >= 1 for c in cases)


def listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.mark.parametrize("row", rows("statements.csv"))
def test_statement(row: dict[str, str], parsed: Parser) -> None:
    parse = parsed(row["sentence"])
    mentions = [mention(parse, row[kind], cast(MentionKind, kind)) for kind in ("place", "time")
                if row[kind]]  # fmt: skip
    counted = [cell.split("=") for cell in listed(row["numbers"])]
    mentions += [mention(parse, word, "number") for word, _ in counted if word]
    found = the(parse, told(parse, mentions), row["predicate"])
    words = {m.id: m.text for m in mentions}
    what = (found.lemma, found.act or "", found.mode or "")
    assert what == (row["lemma"], row["act"], row["mode"]), found.because
    assert [part.text for part in found.actors] == listed(row["actors"])
    if row["recipients"] or row["act"]:
        texts = [part.text for part in found.recipients]
        assert texts[: len(listed(row["recipients"])) or None] == listed(row["recipients"])
    assert words.get(found.place or "", "") == row["place"]
    assert words.get(found.time or "", "") == row["time"]
    assert [f"{words[c.mention]}={c.what}" for c in found.numbers] == listed(row["numbers"])


@pytest.mark.parametrize(
    ("text", "predicates"),
    [
        ("The minister said that soldiers killed three farmers.", ["killed"]),
        ("The soldiers carried out an attack on the depot.", ["attack"]),
        ("The soldiers had begun to shell the town.", ["shell"]),
        ("The army threatened to bomb the bridge.", ["threatened", "bomb"]),
        ("According to the mayor, the wounded soldiers left.", ["left"]),
        ("The talks took place in Orlen.", ["talks"]),
        ("A group called the Heron Guard burned the mill.", ["burned"]),
    ],
)
def test_no_more_statements_than_things_told(
    text: str, predicates: list[str], parsed: Parser
) -> None:
    parse = parsed(text)
    assert [parse.words(s.predicate) for s in told(parse)] == predicates


def test_a_denial_is_two_statements(parsed: Parser) -> None:
    parse = parsed("The army denied that its planes bombed the hospital.")
    held = quote(parse, "its planes bombed the hospital", "denied")
    found = told(parse, quotes=[held])
    act, deed = the(parse, found, "denied"), the(parse, found, "bombed")
    assert (act.act, act.polarity, act.quote) == ("REJECT", "affirmed", None)
    assert (deed.act, deed.polarity, deed.quote) == ("ASSAULT", "denied", held.id)


def test_an_accusation_is_two_statements(parsed: Parser) -> None:
    parse = parsed("The council accused the army of bombing the hospital.")
    found = told(parse)
    act, deed = the(parse, found, "accused"), the(parse, found, "bombing")
    assert (act.act, act.modality) == ("ACCUSE", "happened")
    assert (deed.act, deed.modality) == ("ASSAULT", "supposed")
    assert [part.text for part in deed.actors] == ["the army"]


def test_the_cue_of_a_quote_counts_once(parsed: Parser) -> None:
    """What the parse has heard from "denied" is not denied again by the quote's cue."""
    parse = parsed("The army denied bombing the hospital.")
    found = told(parse, quotes=[quote(parse, "bombing the hospital", "denied")])
    assert the(parse, found, "bombing").polarity == "denied"


def test_doubt_of_the_reporter_makes_a_supposition(parsed: Parser) -> None:
    parse = parsed("The rebels said the army bombed the market.")
    held = quote(parse, "the army bombed the market", "said", stance="doubting")
    assert the(parse, told(parse), "bombed").modality == "happened"
    assert the(parse, told(parse, quotes=[held]), "bombed").modality == "supposed"


def test_the_innermost_quote_holds_the_statement(parsed: Parser) -> None:
    parse = parsed("The mayor said the general claimed that soldiers burned the mill.")
    outer = quote(parse, "the general claimed that soldiers burned the mill", "said")
    inner = quote(parse, "soldiers burned the mill", "claimed")
    assert the(parse, told(parse, quotes=[outer, inner]), "burned").quote == inner.id


def test_a_part_has_the_mention_of_its_head(parsed: Parser) -> None:
    parse = parsed("London troops attacked the 14th Heron Brigade in Tolm.")
    state_ = mention(parse, "London", "state")
    unit = mention(parse, "14th Heron Brigade", "armed_group")
    found = the(parse, told(parse, [state_, unit]), "attacked")
    assert [part.mention for part in found.actors] == [state_.id]
    assert [part.mention for part in found.recipients] == [unit.id]
    assert [part.text for part in found.recipients] == ["the 14th Heron Brigade"]


def test_a_part_holds_the_whole_name(parsed: Parser) -> None:
    parse = parsed("Not long ago al-Merrow met with the envoys.")
    found = the(parse, told(parse, [mention(parse, "al-Merrow", "person")]), "met")
    assert [part.text for part in found.actors] == ["al-Merrow"]


def test_a_place_of_the_subject_is_not_the_place_of_the_deed(parsed: Parser) -> None:
    parse = parsed("The mayors in Dorsk rejected the plan.")
    assert the(parse, told(parse, [mention(parse, "Dorsk", "place")]), "rejected").place is None


def test_each_clause_has_its_own_time(parsed: Parser) -> None:
    parse = parsed("The general resigned on Monday after rebels burned the mill on Friday.")
    monday, friday = mention(parse, "Monday", "time"), mention(parse, "Friday", "time")
    found = told(parse, [monday, friday])
    assert the(parse, found, "resigned").time == monday.id
    assert the(parse, found, "burned").time == friday.id


def test_an_ellipsis_takes_its_place_from_the_words_before_it(parsed: Parser) -> None:
    parse = parsed("The farmers say there was no attack in Tolm. The general says there was.")
    tolm = mention(parse, "Tolm", "place")
    found = [s for s in told(parse, [tolm]) if s.lemma == "attack"]
    assert [(s.polarity, s.place) for s in found] == [("denied", tolm.id), ("affirmed", tolm.id)]
    assert parse.words(found[1].predicate) == "was"
    assert found[1].start > parse.text.index("The general")


def test_who_comes_along_is_there_at_the_same_time(parsed: Parser) -> None:
    parse = parsed("Rebels attacked the mill on Friday and killed two guards, wounding six.")
    friday = mention(parse, "Friday", "time")
    found = told(parse, [friday])
    assert {parse.words(s.predicate): s.time for s in found} == dict.fromkeys(
        ("attacked", "killed", "wounding"), friday.id
    )


def test_a_reason_names_the_word_and_what_turned_it(parsed: Parser) -> None:
    parse = parsed("The army denied shelling the town.")
    reason = the(parse, told(parse), "shelling").because
    assert reason == "verb 'shell' -> ASSAULT heavy-weapons; denied by 'deny'"


def test_acts_are_plover_types() -> None:
    quads = (
        {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
        {"COOPERATE", "AID", "RETREAT"},
        {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
        {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    )
    types = set().union(*quads)
    assert {row["act"] for row in table("acts")} == types | {""}
    assert {row["source"] for row in table("acts")} == {"codebook", "manual", "own"}


def test_an_object_class_of_a_pattern_exists() -> None:
    classes = {row["class"] for row in table("act_objects")}
    classes |= {"", "+", "+being", "name", "each-other"}
    words = {row["word"] for row in table("act_objects")}
    assert {row["object"] for row in table("acts")} - classes - words == set()


TEXT = (
    "the army rebels denied that attacked not Orlen and , killed 31 people who said will if bomb"
    " of by was talks with held “ ” . ? to in on Monday its refused shelling"
)
WORDS = some.sampled_from(TEXT.split())


@settings(max_examples=60, deadline=None)
@example(words=["the", "was", "its", "refused", "the"])
@given(words=some.lists(WORDS, min_size=1, max_size=25))
def test_any_words_give_rows_that_lead_back(words: list[str], parsed: Parser) -> None:
    """Whatever the parse: spans are exact, ids unique, and the same words give the same rows."""
    text = " ".join(words)
    parse = parsed(text)
    found = told(parse)
    assert found == told(parse)
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        assert statement.start <= statement.predicate.start < statement.predicate.end
        assert statement.predicate.end <= statement.end <= len(text)
        for part in statement.actors + statement.recipients:
            assert text[part.start : part.end] == part.text != ""
