"""Names that are known beforehand: states, their peoples and capitals, names reports often use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from rashomon.base.language import Token
from rashomon.base.lexicon import table
from rashomon.base.spans import healed

_KIND_OF_COLUMN = {
    "names": "state",
    "adjectives": "state",
    "people": "people",
    "capitals": "capital",
}
_ONE_SPELLING = str.maketrans({"’": "'", "-": " "})


def key(text: str) -> str:
    """One spelling for comparison: one kind of apostrophe, blanks for hyphens and line breaks."""
    return " ".join(healed(text).translate(_ONE_SPELLING).split())


@cache
def known() -> Mapping[str, str]:
    """Key of a name (its case kept) to state, people, capital, organisation, armed_group, place or
    none (capitalised, but no actor)."""
    found: dict[str, str] = {}
    for row in table("states"):
        for column, kind in _KIND_OF_COLUMN.items():
            for name in filter(None, row[column].split(";")):
                found.setdefault(key(name), kind)
    for row in table("known_names"):
        found.setdefault(key(row["word"]), row["kind"])
    return MappingProxyType(found)


@cache
def adjectives() -> frozenset[str]:
    """Names and adjectives of states, as they stand before an institution."""
    return frozenset(
        key(name)
        for row in table("states")
        for column in ("names", "adjectives", "capitals")
        for name in row[column].split(";")
        if name
    )


@cache
def _starts() -> Mapping[str, int]:
    """First word of a known name to the greatest number of words of a name that begins so."""
    longest: dict[str, int] = {}
    for name in known():
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return MappingProxyType(longest)


def hits(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Known names in one sentence: first token, the token after the last, kind; longest first."""
    starts, names = _starts(), known()
    at = 0
    while at < len(tokens):
        first = tokens[at].text
        reach = starts.get(first) or starts.get(first.split("-")[0].replace("’", "'"))
        found = _longest(tokens, at, reach * 2, names) if reach else None
        if found:
            yield tokens[at].i, tokens[at].i + found[0], found[1]
        at += found[0] if found else 1


def _longest(
    tokens: Sequence[Token], at: int, reach: int, names: Mapping[str, str]
) -> tuple[int, str] | None:
    for size in range(min(reach, len(tokens) - at), 0, -1):
        if tokens[at + size - 1].text == "-":
            continue
        joined = "".join(_spaced(tokens[at : at + size])) if size > 1 else tokens[at].text
        kind = names.get(key(joined))
        if kind:
            return size, kind
    return None


def _spaced(tokens: Sequence[Token]) -> Iterator[str]:
    """The words with a blank where the text has a gap."""
    end = tokens[0].start
    for token in tokens:
        yield " " + token.text if token.start > end else token.text
        end = token.end
