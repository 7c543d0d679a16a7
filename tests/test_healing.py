"""What a page breaks is healed for the parser; every span still gives the words as they stand."""

from __future__ import annotations

import textwrap
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from rashomon.base import language, spans
from rashomon.base.healing import is_numbered
from rashomon.base.rows import Document, Given, Mention, Sentence, Span
from rashomon.collect.articles import divide
from rashomon.extract.mentions import find
from rashomon.extract.sentences import paragraphs, split
from rashomon.identify.times import date

PARAGRAPHS = (
    "The government of Sylvania closed the harbour of Tarvesk on Friday after an official of the"
    " union had told reporters that the conflict over wages would not be settled before summer.",
    "Ilda Ferres, a spokeswoman for the Harbour Office, said that the officers had found different"
    " figures in the offices of the pilots, and that nobody could confirm them at first.",
    "Fighters of the Free Delta Brigades attacked an office of the ministry in Torva and wounded"
    " twenty soldiers, according to officials who did not wish to be identified by their names.",
    "President Oran Tel sent a mediator to the harbour in the evening, but the specific reflections"
    " of the minister on the difficult negotiations were not published by the government.",
    "The significant influence of the pilots on the financial affairs of Sylvania was defined by"
    " earlier governments, and several scientists of the university had written about it.",
)
AS_THEY_STAND = {"several", "evening"}
"""Words of numbers and times, which are looked for in the text as it stands."""
LIGATED = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


def healed(text: str) -> str:
    return spans.clean(text, Span(0, len(text)))[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the govern-\nment fell", "the government fell"),
        ("the govern-\r\n   ment fell", "the government fell"),
        ("the govern\u00ad\nment fell", "the government fell"),
        ("the of\u00adfi\u00adcial line", "the official line"),
        ("a self-\nmade man", "a self-made man"),
        ("met al-\nTel again", "met al-Tel again"),
        ("a long-\nstanding row, long-standing", "a long-standing row, long-standing"),
        ("a 20-\nyear term", "a 20-year term"),
        ("the \ufb01rst o\ufb03ce", "the first office"),
        ("high \ufb01 nance", "high finance"),
        ("he was o\ufb00 to sea", "he was off to sea"),
        ("the con ict of cers", "the conflict officers"),
        ("the minister, who\n\n12\n\nwas ill", "the minister, who was ill"),
        ("the minis-\n\n- 12 -\n\nter was ill", "the minister was ill"),
        ("the minister\f12\nwas ill", "the minister was ill"),
        ("they killed\n12\nsoldiers", "they killed 12 soldiers"),
        ("It ended.\n\n12\n\nsoldiers came", "It ended. 12 soldiers came"),
        ("two  blanks\tand a tab", "two blanks and a tab"),
    ],
)
def test_what_is_broken_is_healed(text: str, meant: str) -> None:
    assert healed(text) == meant


@given(st.text(st.sampled_from("ab-1 \n\f\u00ad\ufb01\ufb03é.,P"), max_size=40), st.data())
def test_offsets_lead_back_in_order(text: str, data: st.DataObject) -> None:
    cleaned, offsets = spans.clean(text, Span(0, len(text)))
    back = [offsets.back(i) for i in range(len(cleaned))]
    assert back == sorted(back)
    assert all(0 <= place < len(text) for place in back)
    for i, letter in enumerate(cleaned):
        as_read = text[back[i]]
        assert letter in (as_read, " ") or letter in {"\ufb01": "fi", "\ufb03": "ffi"}.get(
            as_read, "fil"
        )
    if cleaned:
        start = data.draw(st.integers(0, len(cleaned) - 1))
        span = offsets.span(start, len(cleaned))
        assert 0 <= span.start < span.end <= len(text)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, str]:
    """A clean text and the same as a page breaks it: wrapped, hyphenated, ligated, spaced."""
    chosen = draw(st.permutations(PARAGRAPHS))[: draw(st.integers(4, 5))]
    width = draw(st.integers(48, 90))
    pages = [_broken_paragraph(draw, paragraph, width) for paragraph in chosen]
    return "\n\n".join(chosen), "\n\n".join(pages)


def _broken_paragraph(draw: st.DrawFn, paragraph: str, width: int) -> str:
    lines = textwrap.wrap(paragraph, width, break_on_hyphens=False)
    if draw(st.booleans()):
        lines = _hyphenated(draw, lines)
    lines = [_spaced(draw, _ligated(draw, line)) for line in lines]
    return "\n".join(_numbered(draw, lines) if draw(st.booleans()) else lines)


def _ligated(draw: st.DrawFn, line: str) -> str:
    for letters, sign in LIGATED.items():
        if draw(st.booleans()):
            line = line.replace(letters, sign)
    return line


def _spaced(draw: st.DrawFn, line: str) -> str:
    blanks = [i for i, letter in enumerate(line) if letter == " "]
    if not blanks:
        return line
    for place in sorted(draw(st.sets(st.sampled_from(blanks), max_size=3)), reverse=True):
        line = f"{line[:place]} {line[place:]}"
    return line


def _hyphenated(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """The lines with a long word of small letters broken at a line's end, or soft in a line."""
    words = [line.split()[0] for line in lines]
    long = [i for i in range(1, len(lines))
            if words[i].isalpha() and words[i].islower() and len(words[i]) > 6
            and words[i] not in AS_THEY_STAND]  # fmt: skip
    if not long:
        return lines
    place = draw(st.sampled_from(long))
    cut = draw(st.integers(3, 4))
    broken = list(lines)
    if draw(st.booleans()):
        broken[place] = f"{lines[place][:cut]}\u00ad{lines[place][cut:]}"
    else:
        hyphen = draw(st.sampled_from("-\u00ad\u2010"))
        broken[place - 1] = f"{lines[place - 1]} {lines[place][:cut]}{hyphen}"
        broken[place] = lines[place][cut:]
    return broken


def _numbered(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """A page number between two lines of one sentence."""
    inside = [i for i in range(1, len(lines))
              if lines[i][0].islower() and lines[i - 1][-1] in f"{ascii_lowercase}-,"]  # fmt: skip
    if not inside:
        return lines
    place = draw(st.sampled_from(inside))
    number = draw(st.sampled_from(["12", "- 7 -", "Page 3 of 9"]))
    return [*lines[:place], "", number, "", *lines[place:]]


Rows = tuple[list[Sentence], list[Mention]]


def read(text: str) -> Rows:
    document = Document("d", "d", "d", "0", "text/plain", "utf-8", len(text), text, Given())
    division = divide(document)
    (article,) = division.articles
    parse = language.parse(text, paragraphs(text, division.zones))
    sentences = split(article, division.zones, parse)
    times = date(article, sentences, parse)
    return sentences, [*times, *find(article, sentences, parse, times)]


def as_written(text: str, row: Sentence | Mention) -> str:
    return healed(text[row.start : row.end])


@checks(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(broken())
def test_a_broken_page_reads_like_the_clean_text(pair: tuple[str, str]) -> None:
    clean, page = pair
    (meant, names), (sentences, mentions) = read(clean), read(page)
    assert [as_written(page, row) for row in sentences] == [as_written(clean, row) for row in meant]
    for row in mentions:
        assert page[row.start : row.end] == row.text
    assert [(row.kind, row.form, as_written(page, row)) for row in mentions] == [
        (row.kind, row.form, as_written(clean, row)) for row in names
    ]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("12", True), ("- 12 -", True), ("Page 3 of 14", True), ("– 7", True),
        ("14 March 2031", False), ("In 2031", False), ("12345", False), ("p. 12", False),
    ],
)  # fmt: skip
def test_a_line_that_can_be_the_number_of_a_page(line: str, is_one: bool) -> None:
    assert is_numbered(line) is is_one
