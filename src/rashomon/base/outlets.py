"""Whether two spellings name one outlet ("The Vessen Wire", "vessenwire.com"), and what is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from rashomon.base.lexicon import table

_SITE = re.compile(
    r"^(?:https?://)?(?:www\.)?([^/\s]+)\.(?:com|org|net|info|news|co|tv|eu|io)\b.*$"
)
_OTHER = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


@lru_cache(maxsize=65_536)
def outlet_key(name: str) -> str:
    """The name without case, accents, punctuation, leading article and web address around it."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c)
    )
    plain = _SITE.sub(r"\1", plain.strip())
    plain = re.sub(r"['’]s\b", "", plain)
    return _ARTICLE.sub("", _OTHER.sub(" ", plain).strip())


@lru_cache(maxsize=65_536)
def names_outlet(words: str, outlet: str) -> bool:
    """Whether `words` are, or hold, the outlet's name; a name of one word must be all of them."""
    said, meant = outlet_key(words), outlet_key(outlet)
    if not said or not meant:
        return False
    if said.replace(" ", "") == meant.replace(" ", ""):
        return True
    return " " in meant and f" {meant} " in f" {said} "


def is_press(name: str) -> bool:
    """Whether a name says by its own words that it is an outlet's: "The Torva Post", "Reuters"."""
    words = outlet_key(name).split()
    if not words:
        return False
    known = _press_words()
    if " ".join(words) in known["whole"]:
        return True
    return len(words) > 1 and (words[-1] in known["last"] or not known["any"].isdisjoint(words))


def initials(name: str) -> str:
    """The initials of a name of several words in small letters ("mee"), else ""."""
    words = [word for word in outlet_key(name).split() if word not in ("of", "the", "and", "for")]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


@cache
def _press_words() -> Mapping[str, frozenset[str]]:
    rows = [row for row in table("outlet_words") if row["press"] == "yes"]
    return {
        where: frozenset(outlet_key(row["word"]) for row in rows if row["where"] == where)
        for where in ("last", "any", "whole")
    }
