"""What a single paragraph of a page says it is: furniture, a heading over comments, a credit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from rashomon.base.layout import ends_sentence
from rashomon.base.lexicon import table
from rashomon.collect.articles.bylines import is_name
from rashomon.collect.articles.dates import find_date
from rashomon.collect.articles.urls import outlet_at

CueKind = Literal["comments", "excerpt", "source", "note", "closing", "rule", "furniture"]
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+[\w/]")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(
    r"^[.#@]?[\w.#:, >-]{1,80}\s*\{|[\w-]+\s*:\s*[^;{}]{1,80};\s*\}?|^\W*\}"
    r"|\bfunction\s*\(|\bvar \w+ ="
)
"""Style sheets and scripts that were saved with a page."""
_TRAIL = re.compile(r"(?:,?\s*\b(?:on|and is|under|in)\b)?[\s,.;:–-]*$")
_LONGEST = 1_000
_HEADING_WORDS, _HEADING_LENGTH = 30, 220


@dataclass(frozen=True, slots=True)
class Cue:
    """`outlet` is whom a credit names."""

    kind: CueKind
    outlet: str = ""


def cue(words: str) -> Cue | None:
    """The first cue of `page_lines` that a paragraph (blanks made single) fits; None if none."""
    if len(words) > _LONGEST and not words[:40].lower().startswith(("[", "(", "ed", "note")):
        return None
    start = words[:_LONGEST]
    if ("{" in start or "}" in start) and _CODE.search(start):
        return Cue("furniture")
    if not _any_pattern().match(start.lower()):
        return None
    for kind, pattern in _patterns():
        found = pattern.match(start)
        if found and (result := _credit(kind, found)):
            return result
    return None


def _credit(kind: CueKind, found: re.Match[str]) -> Cue | None:
    """A credit counts only if what it credits looks like a name."""
    if "outlet" not in found.re.groupindex:
        return Cue(kind)
    outlet = outlet_of(found["outlet"])
    return Cue(kind, outlet) if outlet else None


def outlet_of(words: str) -> str:
    """The name in a credit, dates and addresses aside; "" if there is none."""
    address = _ADDRESS.search(words)
    if not address and (found := find_date(words)):
        words = words[: found.start]
    if address:
        return outlet_at(address[0])
    words = _TRAIL.sub("", words).strip(" '\"“”‘’")
    if _DOMAIN.fullmatch(words):
        return outlet_at(words)
    return words if is_name(words) and words.lower() not in ("the", "the author") else ""


def copyright_holder(words: str) -> str:
    """The name in a copyright line, years and legal words aside."""
    words = re.sub(r"\ball rights reserved\b.*", "", words, flags=re.IGNORECASE)
    words = re.sub(r"copyright|©|\(c\)|\b[12]\d{3}(?:\s*[-–]\s*[12]\d{3})?\b|\bby\b", " ", words,
                   flags=re.IGNORECASE)  # fmt: skip
    return outlet_of(" ".join(words.split()).strip(" .,-–|"))


def is_heading(words: str) -> bool:
    """Whether a paragraph could be a title: short, no sentence's end, no small first letter."""
    if len(words) > _HEADING_LENGTH or len(words.split()) > _HEADING_WORDS:
        return False
    first = _LETTER.search(words)
    if not first or first[0].islower() or words[0] in "•>*[(" or len(words) < 2:
        return False
    if words[-1] in ",;:…" or words.endswith("..."):
        return False
    capitals = words.upper() == words
    return capitals or words[-1] in "?!" or not ends_sentence(words)


@cache
def _any_pattern() -> re.Pattern[str]:
    """All patterns as one, for words in small letters: most paragraphs fit none, and are told so
    in one step."""
    bare = (row["pattern"].replace("(?P<outlet>", "(?:") for row in table("page_lines"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in bare))


@cache
def _patterns() -> tuple[tuple[CueKind, re.Pattern[str]], ...]:
    kinds: dict[str, CueKind] = {kind: kind for kind in get_args(CueKind)}
    return tuple(
        (kinds[row["kind"]], re.compile(row["pattern"], re.IGNORECASE))
        for row in table("page_lines")
    )
