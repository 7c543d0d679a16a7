"""Where: the names of places in a clause, and the facilities that stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from rashomon.base.lexicon import table
from rashomon.base.rows import Span

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_LOCATIVE = re.compile(r"\b(?:in|at|near|outside|around|on)\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _site_words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("site_words") if row["kind"] == kind)


@cache
def place_key(name: str) -> str:
    """A name of a place without the common words in it: "Tolvane bridge" and "Tolvane" are one."""
    parts = [word.lower().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(name)]
    common = _site_words("facility") | _site_words("region") | _site_words("part")
    own = [part for part in parts if part not in common]
    return " ".join(own or parts)


def _is_region(text: str, state: bool) -> bool:
    return state or any(word.lower() in _site_words("region") for word in _WORD.findall(text))


def places(
    found: Sequence[Mapping[str, Any]], reach: Span, text: str
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Keys of the places of the clause, of its sentence, and of regions.

    Where the parse gives the clause no place, the only one in its reach (up to the next predicate)
    that no other clause has taken is its own.
    """
    regions = {place_key(p["text"]) for p in found if _is_region(p["text"], p["state"])}
    towns = [p for p in found if place_key(p["text"]) not in regions]
    own = {place_key(p["text"]) for p in towns if p["own"]} or {
        place_key(p["text"]) for p in towns if p["inside"] and _is_a_site(p, text)
    }
    free = {
        place_key(p["text"])
        for p in towns
        if not p["taken"] and reach.start <= p["start"] < reach.end and _is_a_site(p, text)
    }
    if not own and len(free) == 1:
        own = free
    return (
        frozenset(own),
        frozenset(place_key(p["text"]) for p in towns),
        frozenset(regions),
    )


def _is_a_site(place: Mapping[str, Any], text: str) -> bool:
    """Whether a name inside a clause says where it is: "the Tolvane bridge", "the market of
    Imreth", but neither "Imreth’s mayor" nor "the aircraft of Imreth"."""
    start = place["start"]
    ahead = text[start + len(place["text"]) :][:40]
    behind = text[max(0, start - 24) : start]
    if ahead.startswith(("’s", "'s")):
        return False
    around = [*_WORD.findall(place["text"] + ahead)[:4], *_WORD.findall(behind)[-3:]]
    facility = (_site_words("facility") - _site_words("part")) & {w.lower() for w in around}
    return bool(_LOCATIVE.search(behind) or facility)


def facilities(clause: str) -> frozenset[str]:
    """Facilities in a clause; a capital makes one part of a name."""
    return frozenset(_WORD.findall(clause)) & _site_words("facility")
