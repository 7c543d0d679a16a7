"""Roles: the words directly before or after a name that say what its bearer is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rashomon.base.lexicon import words
from rashomon.identify.actors.groups import known, people_of, state_of, uses
from rashomon.identify.actors.names import title_uses
from rashomon.identify.actors.spelling import fold

_BEFORE, _AFTER = 90, 110
_CUT = re.compile(r"[.;:!?()\[\]“”\"–—]\s|[“”\"()\[\]]|\n\s*\n|,\s(?=\S)")
_APPOSED = re.compile(
    r"(?:^|\b)(?:(?:the|a|an|its|his|her|their|our|my)\s+|[\w’'-]+['’]s?\s+)"
    r"(?P<role>[\w’'-]+(?:\s+[\w’'-]+){0,9}),\s*$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\s?,\s+(?:who\s+(?:is|was)\s+)?(?:(?:the|a|an|its|his|her|their)\s+)?"
    r"(?P<role>[^\W\d_][\w’'-]*(?:\s+[\w’'-]+){0,8}?)(?=[,.;)]|\s+who\b|\s+said\b|$)"
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my"})
_LINKS = frozenset({"of", "for", "in", "at", "to", "from"})
_ENDS = frozenset({"rank", "role"})
Said = str
"""A role phrase as it stands in the text, on one line, without its article."""


def roles(text: str, start: int, end: int, name: str) -> tuple[Said, ...]:
    """The role phrases around the name that stands at `start` to `end`."""
    found = [_inside(name), *_before(text[max(0, start - _BEFORE) : start])]
    found.append(_after(text[end : end + _AFTER]))
    return tuple(dict.fromkeys(" ".join(role.replace("'", "’").split()) for role in found if role))


def _use(word: str) -> str:
    """What a word does in a role phrase: a use of `role_words`, or "role" for any role noun."""
    last = _last_part(word)
    return title_uses().get(last) or ("role" if last in words("role_nouns") else "")


@lru_cache(maxsize=50_000)
def _last_part(word: str) -> str:
    """ "spy-chief" ends a role as "chief" does; "president-elect" as "president"."""
    parts = fold(word).split("-")
    return parts[-2] if len(parts) > 1 and parts[-1] in {"elect", "designate"} else parts[-1]


def _inside(name: str) -> str:
    """The role at the front of a mention's own words: "Colonel Petkan"."""
    listed = name.split()
    size = 0
    for at, word in enumerate(listed[:-1]):
        if not _use(word.rstrip(".")):
            break
        if _use(word.rstrip(".")) in _ENDS:
            size = at + 1
    first = next((i for i, word in enumerate(listed) if _use(word.rstrip(".")) != "address"), 0)
    return " ".join(listed[first:size])


def _before(before: str) -> Iterator[str]:
    if apposed := _APPOSED.search(before):
        yield _if_role(_after_article(apposed["role"]))
        return
    listed = _WORD.findall(_CUT.split(before)[-1] if before[-1:].isspace() else "")
    if not listed or _use(listed[-1]) not in _ENDS:
        yield _office(listed)
        return
    first = len(listed) - 1
    while first > 0 and _belongs(listed[first - 1]):
        first -= 1
    yield " ".join(listed[first:])


def _after_article(phrase: str) -> str:
    """What follows the last article before the head noun: "message to the press its speaker"."""
    listed = phrase.split()
    link = next((at for at, word in enumerate(listed) if word == "of"), len(listed))
    articles = [at for at, word in enumerate(listed[:link]) if word.lower() in _ARTICLES]
    return " ".join(listed[articles[-1] + 1 :] if articles else listed)


def _office(listed: Sequence[str]) -> str:
    """ "Secretary of State" and "President of Iraq" right before a name."""
    for at in range(len(listed) - 2, max(-1, len(listed) - 6), -1):
        after = [word for word in listed[at + 2 :] if word != "the"]
        if listed[at + 1] == "of" and _use(listed[at]) in _ENDS:
            return " ".join(listed[at:]) if after and all(w[0].isupper() for w in after) else ""
    return ""


@cache
def _belongs(word: str) -> bool:
    """Whether a word before a role word is part of the role."""
    plain = fold(word)
    return bool(
        _use(word) in _ENDS | {"modifier", "phase"}
        or state_of(plain)
        or people_of(plain)
        or ((found := known(plain)) and found.kind == "people")
        or plain in uses("institution")
    )


def _after(after: str) -> str:
    found = _FOLLOWS.match(after)
    return _if_role(found["role"]) if found else ""


def _if_role(phrase: str) -> str:
    """The phrase if its head noun is a role word and nothing comes before an inner article."""
    listed = phrase.split()
    if not listed:
        return ""
    head = next((at for at, word in enumerate(listed) if word in _LINKS and at), len(listed)) - 1
    inner = any(word.lower() in _ARTICLES for word in listed[:head])
    return phrase if not inner and _use(listed[head]) in _ENDS else ""


@lru_cache(maxsize=50_000)
def office(role: str) -> frozenset[str]:
    """What two wordings of one role share: its role words and their subject, without states or
    whether it is past: "Iraqi PM" and "former Prime Minister" are both {"premier"}."""
    listed = [_last_part(word) for word in role.split()]
    for at, word in enumerate(listed):
        if word in _LINKS and at:
            listed = listed[:at]
            break
    kept = {word for word in listed if _use(word) in {*_ENDS, "modifier"}}
    if kept >= {"prime", "minister"} or "pm" in kept:
        kept = (kept - {"prime", "minister", "pm"}) | {"premier"}
    return frozenset(kept)
