"""What breaks words apart on a page, and what the words were: line ends, hyphens, ligatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.lexicon import words as word_list

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
             "\ufb05": "st", "\ufb06": "st"}  # fmt: skip

_NUMBER = r"(?:[-–—][ \t]*|page[ \t]+)?\d{1,4}(?:[ \t]+of[ \t]+\d{1,4}|[ \t]*[-–—])?"
_NUMBERED = re.compile(_NUMBER, re.IGNORECASE)
_PAGE = re.compile(
    r"[ \t]*(?:\r?\n|\f)\s*" + _NUMBER + r"[ \t]*(?:\r?\n|\f)\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_GOES_ON = ("-", ",", "\u00ad", "\u2010")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n|\f")
_BROKEN = re.compile(
    r"(?P<paged>(?<=\w)[-\u2010\u00ad]" + _PAGE.pattern + r")"
    r"|(?P<page>" + _PAGE.pattern + r")"
    r"|(?P<hyphen>(?<=\w)[-\u2010][ \t]*(?:\r?\n|\f)\s*(?=[^\W_]))"
    r"|(?P<soft>\u00ad(?:[ \t]*(?:\r?\n|\f)\s*)?)"
    r"|(?P<ligature>[\ufb00-\ufb06])(?P<after>(?<=[^\w][\ufb00-\ufb06])[ ](?=[a-z]))?"
    r"|(?P<gap>\s+)",
    re.IGNORECASE,
)

Edit = tuple[int, int, str]
"""Characters `start` to `end` of a text and what stands in their place."""


def edits(text: str, start: int, end: int) -> Iterator[Edit]:
    """What to change in a stretch so that it reads as written, in order, not overlapping."""
    for found in _BROKEN.finditer(text, start, end):
        if (found["page"] or found["paged"]) and not _is_page_number(text, found):
            yield from _gaps(text, found)
        elif found["page"]:
            yield found.start(), found.end(), " "
        elif found["hyphen"] or found["paged"]:
            yield _hyphen(text, found, end)
        elif found["soft"]:
            yield found.start(), found.end(), ""
        elif found["ligature"]:
            yield found.start(), found.end(), LIGATURES[found["ligature"]]
        elif found["gap"] and (lost := _lost(text, found, start, end)):
            yield found.start(), found.end(), lost
        elif found["gap"] != " ":
            yield found.start(), found.end(), " "


def is_numbered(line: str) -> bool:
    """Whether a line holds nothing but what can be the number of a page: "12", "- 12 -"."""
    return _NUMBERED.fullmatch(line) is not None


def page_numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The breaks of a stretch that hold nothing but a page number in the middle of a sentence, from
    the end of the line above to the beginning of the line below."""
    for found in _PAGE.finditer(text, start, end):
        if _is_page_number(text, found):
            yield found.span()


def _is_page_number(text: str, found: re.Match[str]) -> bool:
    """Whether a number on a line of its own parts a sentence: an empty line or a page break beside
    it, no sentence's end above it, a small letter below it."""
    above = text[found.start() - 1 : found.start()]
    goes_on = above.isalpha() or above in _GOES_ON
    return goes_on and text[found.end()].islower() and bool(_EMPTY_LINE.search(found[0]))


def _gaps(text: str, found: re.Match[str]) -> Iterator[Edit]:
    """The white space around a number that is no page's."""
    for gap in re.finditer(r"\s+", found[0]):
        if gap[0] != " ":
            yield found.start() + gap.start(), found.start() + gap.end(), " "


def _hyphen(text: str, found: re.Match[str], end: int) -> Edit:
    """A hyphen at a line's end goes unless the word has one of its own."""
    left = re.search(r"[\w'’-]*$", text[max(0, found.start() - 40) : found.start()])
    right = re.compile(r"[\w'’]*").match(text, found.end(), end)
    before, after = left[0] if left else "", right[0] if right else ""
    own = _is_compound(text, before, after)
    return found.start() + own, found.end(), ""


def _is_compound(text: str, before: str, after: str) -> bool:
    if not after[:1].islower() or "-" in before or before[-1:].isupper() or before[-1:].isdigit():
        return True
    if before.lower() in word_list("hyphen_prefixes", "prefix"):
        return f"{before}{after}" not in text
    return f"{before}-{after}" in text


def _lost(text: str, found: re.Match[str], start: int, end: int) -> str:
    """The ligature that a blank stands for, as in "con ict"; "" for a true blank."""
    if found[0] != " ":
        return ""
    left = re.search(r"[A-Za-z]*$", text[max(start, found.start() - 12) : found.start()])
    right = re.compile(r"[A-Za-z]*").match(text, found.end(), end)
    key = f"{left[0] if left else ''} {right[0] if right else ''}".lower()
    return _fragments().get(key, "")


@cache
def _fragments() -> dict[str, str]:
    """The ligature lost in each broken word, by the word with a blank in its place; of "office" the
    whole of "ffi" may be lost, or only "fi"."""
    found: dict[str, str] = {}
    for row in table("ligature_words"):
        word, ligature = row["word"], row["ligature"]
        found[word.replace(ligature, " ", 1)] = ligature
        if len(ligature) == 3:
            found[word.replace(ligature, f"{ligature[0]} ", 1)] = ligature[1:]
    return found
