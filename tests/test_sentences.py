"""Sentences: paragraphs as they were before they were wrapped, and one row for each sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import case_rows
from rashomon.base import language
from rashomon.base.layout import blocks, wrap_width
from rashomon.base.rows import Article, Span, Zone, ZoneKind
from rashomon.extract.sentences import paragraphs, split

WRAPPED = (
    "The harbour of Tarvesk was closed on Friday after a strike by its pilots,\n"
    "the union said. Ships waited in the roads, and the port authority spoke of\n"
    "losses of 2 million a day.\n"
    "The ministry refused to comment, but sent a mediator to the town in the\n"
    "evening. He was received with whistles.\n"
)


def zone(text: str, kind: ZoneKind, start: int = 0, end: int | None = None) -> Zone:
    return Zone("zon-1", "doc-1", "art-1", start, len(text) if end is None else end, kind, None)


def cut(text: str, kind: ZoneKind = "body") -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text, [zone(text, kind)])]


LONG = "The port authority spoke of great losses, and the pilots of greater ones. " * 3


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("One here.\n\nTwo here.", ["One here", "Two here"]),
        ("One here.\r\n \r\nTwo here.", ["One here", "Two here"]),
        (WRAPPED, ["The harbour", "The ministry"]),
        (f"{LONG}\n{LONG}", ["The port", "The port"]),
        (f"A Long Quarrel\n{LONG}", ["A Long", "The port"]),
        (f"A long quarrel\n{WRAPPED}", ["A long", "The harbour", "The ministry"]),
        ("The mediator was received with whistles\nand left.", ["The mediator"]),
        ("He asked for:\n• pay\n• rest", ["He asked", "• pay", "• rest"]),
    ],
)
def test_paragraphs(text: str, first_words: list[str]) -> None:
    assert [" ".join(part.split()[:2]).strip(".:") for part in cut(text)] == first_words


def test_a_title_is_one_paragraph_however_it_is_wrapped() -> None:
    text = "Pilots’ Strike Closes\nHarbour of Tarvesk"
    assert cut(text, "title") == [text]


@pytest.mark.parametrize("row", case_rows("paragraph_heads"), ids=lambda row: row["paragraph"])
def test_what_heads_a_paragraph_is_a_stretch_of_its_own(row: dict[str, str]) -> None:
    """The head and the rest; nothing is cut where the head is empty."""
    found = cut(row["paragraph"], row["zone"])  # type: ignore[arg-type]
    head, rest = row["head"], row["paragraph"].removeprefix(row["head"]).strip()
    assert found == ([head, rest] if head else [rest])


@given(st.text(alphabet="AB.b :–—-(),“1250", max_size=40), st.sampled_from(["body", "title"]))
def test_heads_and_rests_hold_all_that_is_not_blank(text: str, kind: ZoneKind) -> None:
    found = paragraphs(text, [zone(text, kind)])
    assert [c for s in found for c in text[s.start : s.end] if not c.isspace()] == [
        c for c in text if not c.isspace()
    ]
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("kind", ["byline", "comment", "furniture"])
def test_what_is_not_read_has_no_paragraphs(kind: ZoneKind) -> None:
    assert cut("One here.", kind) == []


def test_one_row_for_each_sentence_in_order() -> None:
    text = f"Strike closes harbour\n\nEditor’s note: this is new.\n\n{WRAPPED}"
    note, body = text.index("Editor"), text.index("The harbour")
    found = [
        zone(text, "title", 0, note - 2),
        zone(text, "editors_note", note, body - 2),
        zone(text, "body", body),
    ]
    parse = language.parse(text, paragraphs(text, found))
    article = Article("art-1", "doc-1", 0, len(text), None, None, None, "", None, "en")
    rows = split(article, found, parse)
    assert len(rows) == len(parse.sentences)
    assert [Span(row.start, row.end) for row in rows] == [
        parse.sentence_span(k) for k in range(len(rows))
    ]
    words = [" ".join(text[row.start : row.end].split()) for row in rows]
    assert words[-2:] == [
        "The ministry refused to comment, but sent a mediator to the town in the evening.",
        "He was received with whistles.",
    ]
    assert [row.zone for row in rows][:4] == ["title", "editors_note", "editors_note", "body"]
    assert [row.paragraph for row in rows][-3:] == [3, 4, 4]
    assert {row.article for row in rows} == {"art-1"}


@given(st.text(alphabet="aB. \n\r\t•-,\u2028", max_size=120))
def test_blocks_hold_all_that_is_not_blank_and_never_overlap(text: str) -> None:
    found = blocks(text, Span(0, len(text)), wrap_width(text))
    held = [range(block.start, block.end) for block in found]
    assert all(left.stop <= right.start for left, right in pairwise(held))
    inside = {i for part in held for i in part}
    assert all(i in inside or letter.isspace() for i, letter in enumerate(text))
