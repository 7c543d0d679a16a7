"""What stands around a place's name: the state after its comma, the word that says its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from rashomon.base.gazetteer import spelling
from rashomon.base.lexicon import table

_NAME = r"(?:[A-Z][\w’'-]*\.?(?:[A-Z]\.)*)"
_RUN = rf"({_NAME}(?:\s+(?:of\s+|and\s+)?{_NAME}){{0,4}})"
_AFTER = re.compile(
    rf",\s+(?:in\s+)?(?:(?:the|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|"
    rf"\w+-?(?:eastern|western))\s+)*{_RUN}"
)
_IN = re.compile(rf"\s+in\s+(?:the\s+)?(?:[\w-]+ern\s+)?(?:province\s+of\s+|state\s+of\s+)?{_RUN}")
_BRACKET = re.compile(rf"\s+\({_RUN}\)")
_OWNER = re.compile(rf"{_RUN}[’']s\s+(?:[\w-]+\s+){{0,3}}$")
_WORDS = {
    "region": "state|province|governorate|oblast|region|krai|territory|prefecture|canton",
    "district": "county|parish|district|raion|borough|department",
}
_KIND_AFTER = {
    kind: re.compile(rf"(?:[’']s)?\s+(?:{words})\b", re.IGNORECASE)
    for kind, words in _WORDS.items()
}
_KIND_BEFORE = {
    kind: re.compile(rf"\b(?:{words})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
    for kind, words in _WORDS.items()
}
_SETTLEMENT_BEFORE = re.compile(
    r"\b(?:city|town|village|suburb|municipality|port|capital),?\s+(?:of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_SETTLEMENT_AFTER = re.compile(r"\s+(?:city|town|village)\b", re.IGNORECASE)
_REACH = 80


def holders(text: str, start: int, end: int) -> tuple[str, ...]:
    """Spellings of what may hold the place named in `[start, end)`, likeliest first: "Paris,
    Texas", "Hit in Anbar province", "Iraq's Anbar". Which of them is a place, the table says."""
    ahead, behind = text[end : end + _REACH], text[max(0, start - _REACH) : start]
    for pattern in (_AFTER, _IN, _BRACKET):
        if found := pattern.match(ahead):
            return tuple(_shorter(found.group(1)))
    if found := _OWNER.search(behind):
        return tuple(_shorter(found.group(1), from_the_end=True))
    return ()


def _shorter(run: str, *, from_the_end: bool = False) -> list[str]:
    """The run of names and what is left of it, word by word; a short form ("Ga.") written out."""
    words = run.split()
    runs = [words[at:] if from_the_end else words[: len(words) - at] for at in range(len(words))]
    return [written_out(" ".join(some)) for some in runs]


def written_out(name: str) -> str:
    """The spelling of a name; of the state where it is a short form ("Ga.", "GA", "Calif")."""
    return short_forms().get(name) or short_forms().get(name + ".") or spelling(name)


@cache
def short_forms() -> Mapping[str, str]:
    return {
        form: spelling(row["region"])
        for row in table("region_short")
        for form in row["short"].split(";")
    }


def said_kind(text: str, start: int, end: int) -> str:
    """region, district or city where a word beside the name says so ("Idlib province", "Kent
    County", "the city of Idlib"), else ""."""
    ahead, behind = text[end : end + 20], text[max(0, start - 24) : start]
    for kind in _WORDS:
        if _KIND_AFTER[kind].match(ahead) or _KIND_BEFORE[kind].search(behind):
            return kind
    if _SETTLEMENT_AFTER.match(ahead) or _SETTLEMENT_BEFORE.search(behind):
        return "city"
    return ""
