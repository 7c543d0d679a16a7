"""Aliases that the texts themselves give: "Long Name (ABC)", "X, better known as Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_REACH = 140
_WORD = r"[A-Z][^\W\d_]*(?:[’'.-][^\W\d_]+)*"
_LINK = r"(?:of|for|the|and|al|el|bin|de|der|von)"
_NAME = rf"(?P<alias>(?:(?:al|el|an|as|ash)-)?{_WORD}(?:[ -](?:{_LINK}[ -])*{_WORD}){{0,5}})"
_BRACKETS = re.compile(rf"\s?[(\[](?:the |or the |or )?[“\"]?{_NAME}[”\"]?[)\]]")
_DESCRIPTION = r"(?:(?:an?|the|its|his|her|their)\s(?:[\w’'-]+\s){1,6}?)?"
_KNOWN = re.compile(
    rf"\s?,?\s?\(?{_DESCRIPTION}(?:(?:or|who|which|that|is|are|was|were)\s){{0,2}}"
    r"(?:(?:also|better|best|widely|commonly|popularly|more|often|simply|otherwise)\s){0,2}"
    r"(?:known|called|nicknamed|referred\sto)\s"
    r"(?:(?:by|under)\s(?:the|his|her|its|their)\s(?:[\w’'-]+\s){0,3}?name\s)?(?:as\s|of\s)?"
    rf"(?:the\s)?[“\"‘']?(?:the\s)?{_NAME}"
)
_ALIAS = re.compile(rf"\s?,?\s?\(?(?:alias|a\.?k\.?a\.?)\s[“\"‘']?{_NAME}")
_ACTIVE = re.compile(r"\s?called\s")
_CUES = ("known", "called", "nicknamed", "referred", "alias", "aka", "a.k.a")


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that a text gives to one actor. `at` is where the second stands, `words` the
    passage that says so, `short` whether it stands there in brackets."""

    document: str
    name: str
    other: str
    at: int
    words: str
    short: bool = False

    def named(self, other: str) -> Alias:
        """The same with the second name as a mention has it."""
        return replace(self, other=other)


def aliases(text: str, document: str, name: str, start: int, end: int) -> Iterator[Alias]:
    """Aliases given right after the name that stands at `start` to `end`."""
    after = text[end : end + _REACH]
    for pattern in _patterns(after):
        found = pattern.match(after)
        if found and not _ACTIVE.match(after):
            words = " ".join(text[start : end + found.end()].split())
            at, short = end + found.start("alias"), pattern is _BRACKETS
            yield Alias(document, name, found["alias"], at, words, short)


def _patterns(after: str) -> Iterator[re.Pattern[str]]:
    if after.lstrip()[:1] in ("(", "["):
        yield _BRACKETS
    if any(cue in after for cue in _CUES):
        yield _KNOWN
        yield _ALIAS
