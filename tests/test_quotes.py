"""Quotes: who says what, in whose words, and whether the writer vouches for it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.base.rows import Article, Mention, MentionKind, Quote, Sentence, Span, row_id
from rashomon.base.spans import words
from rashomon.extract.quotes import attribute
from rashomon.extract.quotes.marks import find

ARTICLE = Article("art-1", "doc-1", 0, 1, None, None, None, "", None, "en")


def paragraphs_of(text: str) -> list[Span]:
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return spans


def sentences_of(parse: Parse, paragraphs: list[Span]) -> list[Sentence]:
    starts = [span.start for span in paragraphs]
    rows = []
    for index in range(len(parse.sentences)):
        span = parse.sentence_span(index)
        number = bisect_right(starts, span.start) - 1
        rows.append(Sentence(f"sen-{index}", "doc-1", "art-1", *span, number, "body"))
    return rows


def quotes_of(text: str, mentions: list[Mention] | None = None) -> list[Quote]:
    paragraphs = paragraphs_of(text)
    parse = language.parse(text, paragraphs)
    return attribute(ARTICLE, sentences_of(parse, paragraphs), mentions or [], parse)


def shown(text: str, quote: Quote) -> tuple[str, str, str]:
    source = words(text, quote.source).rstrip(",") if quote.source else ""
    cue = words(text, quote.cue) if quote.cue else ""
    return source, cue, " ... ".join(words(text, span) for span in quote.content)


def rows() -> list[object]:
    marked = []
    for row in case_rows("quotes"):
        unsolved = row["unsolved"]
        marks = [pytest.mark.xfail(reason=unsolved, strict=True)] if unsolved else []
        marked.append(pytest.param(row, id=row["shape"], marks=marks))
    return marked


@pytest.mark.parametrize("row", rows())
def test_shape(row: dict[str, str]) -> None:
    """Each shape of the table gives its source, cue and content, or, where empty, no quote."""
    text = row["text"].replace(" ¶ ", "\n\n")
    found = {shown(text, quote): quote for quote in quotes_of(text)}
    if not row["content"]:
        assert not found
        return
    wanted = (row["source"].rstrip(","), row["cue"], row["content"])
    assert wanted in found
    quote = found[wanted]
    for column in ("source_kind", "manner", "stance"):
        assert row[column] in ("", getattr(quote, column)), column


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Nobody arrested in Torva, says lawyer", "lawyer"),
        ("Army sends 630 soldiers to Torva, says governor of Sarn", "governor of Sarn"),
    ],
)
def test_a_headline_may_end_with_its_source(title: str, source: str) -> None:
    text = f"{title}\n\nIt rained in Torva."
    paragraphs = paragraphs_of(text)
    parse = language.parse(text, paragraphs)
    first, *others = sentences_of(parse, paragraphs)
    quotes = attribute(ARTICLE, [replace(first, zone="title"), *others], [], parse)
    assert [shown(text, q) for q in quotes] == [(source, "says", title.split(",")[0])]


def test_nested_quotes_name_the_quote_that_holds_them() -> None:
    text = "The Torva Post reported that a clerk said the mayor had claimed the bridge was safe."
    quotes = quotes_of(text)
    by_source = {shown(text, quote)[0]: quote for quote in quotes}
    assert by_source["The Torva Post"].within is None
    assert by_source["a clerk"].within == by_source["The Torva Post"].id
    assert by_source["the mayor"].within == by_source["a clerk"].id


def test_who_judges_a_thing_does_not_say_what_the_writer_tells_of_it() -> None:
    text = "The bishop condemned the raid, which the ministry said had killed nobody."
    by_source = {shown(text, quote)[0]: quote for quote in quotes_of(text)}
    assert by_source["the ministry"].within is None


def mention(
    text: str, name: str, form: str, refers: str | None = None, *, kind: MentionKind = "person"
) -> Mention:
    start = text.index(name)
    found = row_id(Mention, "doc-1", start, start + len(name), kind)
    return Mention(
        found, "doc-1", "art-1", "sen-0", start, start + len(name), kind,
        form, name, refers,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("row", case_rows("hearers"), ids=lambda row: row["text"])
def test_who_heard_or_carried_the_words(row: dict[str, str]) -> None:
    """`via` is the mention of the hearer, or None where `via` is empty."""
    text, name = row["text"], row["name"]
    heard = mention(text, name, "name", kind="organisation")
    found = {shown(text, quote)[2]: quote for quote in quotes_of(text, [heard])}
    assert found[row["content"]].via == (heard.id if row["via"] else None)


@pytest.mark.parametrize("row", case_rows("sources"), ids=lambda row: row["text"])
def test_whom_a_source_means(row: dict[str, str]) -> None:
    """The last quote's label; `names` are mentions as "words/kind", divided by " | "."""
    text = row["text"].replace(" ¶ ", "\n\n")
    named = [entry.split("/") for entry in row["names"].split(" | ") if entry]
    held = [mention(text, name, "name", kind=kind) for name, kind in named]  # type: ignore[arg-type]
    last = max(quotes_of(text, held), key=lambda quote: quote.content[-1].end)
    assert (last.speaker_label, last.source_kind) == (row["label"], row["source_kind"])


def test_the_one_outlet_that_an_article_discusses_speaks_its_unclaimed_quotes() -> None:
    block = "“The bridge was old, and the fire that took it was not the first of the year.”"
    text = (
        "According to the Torva Post, the bridge is gone. It is not.\n\n"
        "The governor, according to the Torva Post, has fled. He is at home.\n\n"
        f"Here is more.\n\n{block}\n\nAnd more."
    )
    post = mention(text, "Torva Post", "name", kind="organisation")
    again = mention(text[60:], "Torva Post", "name", kind="organisation")
    moved = replace(again, id="men-2", start=again.start + 60, end=again.end + 60)
    labels = {shown(text, q)[2]: q.speaker_label for q in quotes_of(text, [post, moved])}
    assert labels[block] == "Torva Post"
    once = text.replace("according to the Torva Post", "according to the Fen Herald")
    labels = {shown(once, q)[2]: q.speaker_label for q in quotes_of(once, [post])}
    assert labels[block] == "unattributed"


def test_a_pronoun_speaks_with_the_fullest_name_it_refers_to() -> None:
    text = "Marta Ilves came on Friday. Ilves was tired. “Nobody helped us,” she said."
    full = mention(text, "Marta Ilves", "name")
    short = mention(text[12:], "Ilves", "name", full.id)
    short = Mention(**{f: getattr(short, f) for f in Mention.__slots__} | {
        "start": text.index("Ilves was"), "end": text.index(" was"),
    })  # fmt: skip
    she = mention(text, "she", "pronoun", short.id)
    (quote,) = quotes_of(text, [full, short, she])
    assert quote.speaker == full.id
    assert quote.speaker_label == "Marta Ilves"
    assert quote.source_kind == "named"


def test_a_relative_pronoun_means_the_noun_before_it() -> None:
    text = "The police met a clerk from Torva who said that the bridge was safe."
    (quote,) = quotes_of(text)
    assert shown(text, quote)[0] == "who"
    assert quote.speaker_label == "a clerk from Torva"
    assert quote.source_kind == "described"


def test_rows_say_why() -> None:
    assert all(q.because for q in quotes_of("According to Ilves, it rained. She said it snowed."))


MARKS = "“”„«»\"'‘’`´"
TEXTS = (
    "'' |, |. |: | – |? |he said|Ilves told us|that it is over|We left early|the officers’ car|"
    "according to|officials|said Ilves|allegedly|is accused of|don’t|ILVES:"
)
PIECES = st.sampled_from([*MARKS, *MARKS, " ", " ", "\n", "\n\n", *TEXTS.split("|")])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_random_marks_and_breaks_keep_to_their_paragraph(text: str) -> None:
    """No crash; every span is inside the text and inside one paragraph, whatever the marks."""
    bounds = paragraphs_of(text)
    for quote in quotes_of(text):
        for span in (quote.source, quote.cue, *quote.content):
            if span is not None:
                assert words(text, span).strip()
                assert any(p.start <= span.start < span.end <= p.end for p in bounds)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_marks_are_in_order_and_apart(text: str) -> None:
    bounds = paragraphs_of(text)
    marks = find(text, bounds)
    for mark in marks:
        paragraph = bounds[mark.paragraph]
        assert paragraph.start <= mark.start < mark.end <= paragraph.end
    for left, right in pairwise(marks):
        assert left.end <= right.start


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=MARKS + " ab.\n", max_size=60))
def test_a_broken_paragraph_leaves_the_next_one_alone(broken: str) -> None:
    """Whatever stands in one paragraph, a sound quote two paragraphs later is found whole."""
    sound = "“The bridge was closed on Monday,” said Marta Ilves."
    text = f"{broken}\n\nIt rained.\n\n{sound}"
    at = text.rindex(sound)
    found = [shown(text, q) for q in quotes_of(text) if q.content[0].start >= at]
    assert found == [("Marta Ilves", "said", "“The bridge was closed on Monday,”")]


def test_a_long_line_of_broken_marks_takes_linear_time() -> None:
    text = 'a "b ‘c “d ' * 60_000
    assert find(text, [Span(0, len(text))]) == ()
