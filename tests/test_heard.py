"""Where the small reader speaks beside the rules: what is added, agreed to and left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.base.language import Parse
from rashomon.base.reader import Attribution
from rashomon.base.rows import Article, Quote, Sentence, Span, row_id
from rashomon.extract.quotes import attribute

Parsed = Callable[[str], Parse]


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def heard(
    text: str,
    source: str | None,
    cue: str,
    content: str,
    *,
    attitude: bool = False,
    score: float = 0.95,
) -> Attribution:
    return Attribution(
        span(text, source) if source else None, span(text, cue), (span(text, content),),
        "neutral", attitude, score,
    )  # fmt: skip


def quotes(parse: Parse, *attributions: Attribution) -> list[Quote]:
    text = parse.text
    article = Article(
        row_id(Article, "d", 0, len(text)), "d", 0, len(text), None, None, None, "", None, "en"
    )
    sentences = [
        Sentence(row_id(Sentence, "d", *at), "d", article.id, *at, 0, "body")
        for at in map(parse.sentence_span, range(len(parse.sentences)))
    ]
    return attribute(article, sentences, [], parse, attributions)


UNKNOWN = "The harbour pilots griped that the new buoys were invisible in fog."


def test_what_only_the_reader_heard_is_a_quote_that_says_so(parsed: Parsed) -> None:
    parse = parsed(UNKNOWN)
    assert quotes(parse) == []
    said = heard(
        UNKNOWN, "The harbour pilots", "griped", "that the new buoys were invisible in fog"
    )
    (quote,) = quotes(parse, said)
    assert quote.because == "the small reader: 'griped' (0.95)"
    assert quote.source == span(UNKNOWN, "The harbour pilots")
    assert UNKNOWN[slice(*quote.content[0])].endswith("the new buoys were invisible in fog")


def test_its_content_is_fitted_to_the_parse(parsed: Parsed) -> None:
    cut = heard(UNKNOWN, "The harbour pilots", "griped", "that the new buoys were")
    (quote,) = quotes(parsed(UNKNOWN), cut)
    assert UNKNOWN[slice(*quote.content[0])].endswith("invisible in fog")


def test_where_a_rule_speaks_its_spans_stay_and_both_are_named(parsed: Parsed) -> None:
    text = "The warden said that the gate was open."
    parse = parsed(text)
    (alone,) = quotes(parse)
    (both,) = quotes(parse, heard(text, "The warden", "said", "that the gate", score=0.9))
    assert (both.source, both.cue, both.content) == (alone.source, alone.cue, alone.content)
    assert both.because == f"{alone.because}; the small reader too (0.90)"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "attitude", "score"),
    [
        (UNKNOWN, "The harbour pilots", "griped", "the new buoys were invisible", False, 0.6),
        (UNKNOWN, "The harbour pilots", "griped", "the new buoys were invisible", True, 0.99),
        ("This marked the end of the ferry.", "This", "marked", "the end of the ferry", False, 0.9),
        ("The pilots have two boats.", "The pilots", "have", "two boats", False, 0.9),
        ("The pilots griped.", "The pilots", "griped", "griped", False, 0.9),
    ],
    ids=["doubtful", "attitude", "a thing for a source", "a light verb", "no content"],
)
def test_what_it_may_not_add(
    parsed: Parsed, text: str, source: str, cue: str, content: str, attitude: bool, score: float
) -> None:
    said = heard(text, source, cue, content, attitude=attitude, score=score)
    assert quotes(parsed(text), said) == []


def test_a_lost_source_is_the_subject_of_the_verb(parsed: Parsed) -> None:
    said = heard(UNKNOWN, None, "griped", "that the new buoys were invisible in fog")
    (quote,) = quotes(parsed(UNKNOWN), said)
    assert quote.source == span(UNKNOWN, "The harbour pilots")
