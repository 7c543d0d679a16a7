"""Lines that say who wrote, for whom, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.lexicon import words as word_list
from rashomon.base.rows import When
from rashomon.collect.articles.dates import Found, find_date

_BY = re.compile(
    r"^(?:(?:posted|published|written|reported|story|report|text|words|article|authored?)"
    r"\s*(?:on\b)?[\s|,]*)?(?:by|author)\b\s*[:\s]\s*",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:posted|published|date|first published|publication date|issued|dated)\b"
    r"(?:\s*(?:on|at)\b)?\s*:?\s*)+",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|•·/]+\s*|\s+[–—-]+\s+|\s*,\s+|\s*[–—|,:;-]+$|^[–—|,:;-]+\s*|:\s+")
_PLACE = re.compile(r"\s+(?:in|from|at|reporting from)\s+[A-Z].*$")
_FOR = re.compile(r"\s+(?:for|of|via)\s+(?=[A-Z@])")
_FROM = re.compile(
    r"^(?:from )?(?:our|a|the) .{0,40}\b(?:correspondents?|reporters?|staff|bureau|desk|newsroom)"
    r"(?: in [\w\s-]{2,40})?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*$")
_HANDLE = re.compile(r"\s*\(?@\w+\)?|\s*\(?\S+@\S+\.\w+\)?")
_TAIL = re.compile(r"\b(?:\d+ comments?|leave a comment|comments?|permalink|in [A-Z].*)$", re.I)
_LOOSE = re.compile(r"\s+(?:on|at)(?=\s*(?:\||$))")
_STOP = re.compile(r"[^\W\d_]{3,}[.?!]$")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line of the head says. `named` holds if it says "by"; parts not said are ""."""

    people: str
    outlet: str
    when: When | None
    clock: bool
    named: bool


def byline(line: str) -> Byline | None:
    """The line as a byline or date line, if all of it can be read as one.

    A name that stands beside a date without "by" is an outlet only if it looks like one: it could
    as well be a person, a place or a section.
    """
    if not line or len(line) > _LONGEST or (line[-1] in ".?!" and _STOP.search(line[-40:])):
        return None
    if _FROM.match(line):
        return Byline(line.removeprefix("From "), "", None, clock=False, named=True)
    found = find_date(line)
    lower = line.lower()
    if not found and "by" not in lower and "author" not in lower:
        return None
    rest = _without(line, found)
    marker = _BY.match(rest)
    if not found and not marker:
        return None
    when = found.when("text") if found else None
    clock = bool(found and found.clock)
    fields = _fields(rest[marker.end() :] if marker else _LEADS.sub("", rest))
    barred = " | " in rest
    if not all(_is_name(field) or _is_role(field) for field in fields):
        return None
    if marker:
        return _named(fields, when, clock, barred=barred) if fields else None
    if len(fields) > 3 or sum(len(field.split()) for field in fields) > 8:
        return None
    outlet = next((field for field in fields if is_outlet(field)), "")
    return Byline("", outlet, when, clock, named=False)


def is_outlet(name: str) -> bool:
    """Whether a name looks like an outlet's: known, or made with a word such as "Post"."""
    if name in _outlets("whole"):
        return True
    tokens = name.lower().split()
    if len(tokens) > 1 and tokens[0] == "the" and is_name(name):
        return True
    if len(tokens) < 2:
        return bool(re.fullmatch(r"[\w-]+\.(?:com|org|net|info|news|example)", name.lower()))
    return tokens[-1] in _outlets("last") or any(token in _outlets("any") for token in tokens)


def is_name(words: str) -> bool:
    """Whether every word is capitalised as in a name, small words of names apart."""
    tokens = words.split()
    return 0 < len(tokens) <= 8 and all(_name_token(token) for token in tokens)


def _name_token(token: str) -> bool:
    small = {"of", "the", "and", "&", "for"} | word_list("particles")
    prefix = token.lower().split("-")[0]
    if token.lower() in small:
        return True
    return bool(_NAME.match(token)) and (token[0].isupper() or prefix in small)


def _without(line: str, found: Found | None) -> str:
    """The line with its date, handles, addresses and counts of comments taken out."""
    if found:
        line = f"{line[: found.start]} | {line[found.end :]}"
    line = _TAIL.sub("", _HANDLE.sub("", line)).strip(" |,:;–—-·•()[]")
    return _LOOSE.sub("", line)


def _fields(rest: str) -> list[str]:
    pieces = (piece.strip(" |,:;–—-·•()[]") for piece in _SEPARATOR.split(rest))
    return [piece for piece in pieces if piece]


def _is_name(field: str) -> bool:
    return is_name(_FOR.sub(" ", _PLACE.sub("", field)))


def _is_role(field: str) -> bool:
    tokens = field.lower().replace(".", "").split()
    return any(token in word_list("byline_roles") for token in tokens) and len(tokens) <= 6


def _named(fields: list[str], when: When | None, clock: bool, *, barred: bool) -> Byline | None:
    """A "by" line from its parts. What follows a name behind a bar is an outlet; behind a comma it
    is one only if it looks so."""
    people: list[str] = []
    outlet = ""
    for field in fields:
        name, *rest = _FOR.split(_PLACE.sub("", field), maxsplit=1)
        outlet = outlet or (rest[0].strip() if rest else "")
        if people and (is_outlet(name) or (barred and not _is_role(name))):
            outlet = outlet or name
        elif not people or not _is_role(name):
            people.append(name)
    if len(people[0].split()) > 8:
        return None
    if is_outlet(people[0]) and len(people) == 1:
        return Byline(people[0], outlet or people[0], when, clock, named=True)
    return Byline(", ".join(people), outlet, when, clock, named=True)


def _outlets(where: str) -> frozenset[str]:
    return _outlet_words()[where]


@cache
def _outlet_words() -> dict[str, frozenset[str]]:
    rows = table("outlet_words")
    return {
        where: frozenset(row["word"] for row in rows if row["where"] == where)
        for where in ("whole", "last", "any")
    }
