"""What single words tell of who may be meant: gender, number and class, from the word lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zlib import crc32

from rashomon.base.lexicon import mapping, words

HE, SHE, IT, THEY, ME, WE, YOU, THIS, THESE = range(2, 11)
NAME, NOMINAL, OTHER = 0, 1, 11
FORMS = 12
PRONOUNS: Mapping[str, int] = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
    **dict.fromkeys(("it", "its", "itself"), IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "'em"), THEY),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ME),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves", "'s"), WE),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), YOU),
    **dict.fromkeys(("this", "that"), THIS),
    **dict.fromkeys(("these", "those"), THESE),
}
THIRD = frozenset({HE, SHE, IT, THEY})
SINGULAR, PLURAL, EITHER = range(3)
UNKNOWN, MASCULINE, FEMININE = range(3)
CLASSES = (
    "none", "person", "group", "state", "place", "people", "time", "quantity", "named", "event",
    "abstract", "thing", "animal",
)  # fmt: skip
NONE, PERSON, GROUP, STATE, PLACE, PEOPLE, TIME, QUANTITY, NAMED = range(9)
_ENTITIES: Mapping[str, int] = {
    "PERSON": PERSON,
    "ORG": GROUP,
    "GPE": STATE,
    "LOC": PLACE,
    "FAC": PLACE,
    "NORP": PEOPLE,
    "DATE": TIME,
    "TIME": TIME,
    **dict.fromkeys(("MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"), QUANTITY),
    **dict.fromkeys(("EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"), NAMED),
}
_GROUPS = frozenset({"organisation", "armed_group"})


@cache
def noun_class(lemma: str) -> int:
    """What a common noun is of, as far as the lists know it."""
    if lemma in words("role_nouns") or lemma in words("people_nouns"):
        return PERSON
    kind = mapping("head_nouns", "word", "kind").get(lemma, "")
    if kind in _GROUPS or lemma in words("institutions"):
        return GROUP
    return CLASSES.index(mapping("noun_classes", "word", "class").get(lemma, "none"))


def names_role(lemma: str) -> bool:
    """Whether a common noun can stand for somebody who is named: a person, a body, a country."""
    return noun_class(lemma) in (PERSON, GROUP, PLACE)


def entity_class(label: str) -> int:
    """The class of an OntoNotes entity label; NONE for no label."""
    return _ENTITIES.get(label, NONE)


@cache
def noun_gender(lemma: str) -> int:
    return _gender(mapping("role_nouns", "word", "gender").get(lemma, ""))


@cache
def name_gender(word: str) -> int:
    """The gender that a given name has as a rule."""
    listed = mapping("given_names", "word", "gender").get(word)
    return _gender(listed or mapping("census_names", "word", "gender").get(word, ""))


@cache
def title_gender(word: str) -> int:
    return _titles().get(word.lower().rstrip("."), UNKNOWN)


@cache
def _titles() -> Mapping[str, int]:
    listed = mapping("person_titles", "word", "gender").items()
    return {word.lower().rstrip("."): _gender(told) for word, told in listed}


def is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _titles()


@cache
def speaks(lemma: str) -> bool:
    """Whether a verb is one of speech or thought."""
    return lemma in words("cues", "lemma")


def _gender(told: str) -> int:
    return {"m": MASCULINE, "f": FEMININE}.get(told, UNKNOWN)


@cache
def bit(word: str) -> int:
    """One of 62 bits for a word: sets of words compare as numbers."""
    return 1 << (crc32(word.encode()) % 62)
