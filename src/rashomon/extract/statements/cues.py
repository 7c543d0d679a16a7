"""What a word says about whether the thing under it happened (data/modality.tsv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.rows import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Cue:
    """`negated`: the polarity it gives when it is itself negated; `own`: fold, speech or ""."""

    word: str
    modality: Modality | None
    polarity: Polarity | None
    negated: Polarity | None
    own: str
    control: str


@cache
def _cues() -> MappingProxyType[tuple[str, str], Cue]:
    found: dict[tuple[str, str], Cue] = {}
    for row in table("modality"):
        cue = Cue(
            row["word"],
            cast("Modality | None", row["modality"] or None),
            cast("Polarity | None", row["polarity"] or None),
            cast("Polarity | None", row["negated"] or None),
            row["own"],
            row["control"],
        )
        found.setdefault((row["pos"], row["word"]), cue)
    return MappingProxyType(found)


def cue(kind: str, word: str) -> Cue | None:
    """The cue of a kind (verb, noun, adj, auxiliary, ...) for a lemma."""
    return _cues().get((kind, word))


def verb_cue(token: Token, through: str = "") -> Cue | None:
    """The cue of a verb; `through` is the preposition by which it reaches what stands under it."""
    if through == "from":
        found = cue("from", token.lemma)
        if found:
            return found
    return cue("verb", token.lower) or cue("verb", token.lemma)


def word_cue(token: Token, through: str = "") -> Cue | None:
    """The cue of a verb, noun or adjective by its part of speech."""
    if token.pos in ("VERB", "AUX"):
        return verb_cue(token, through)
    if token.pos in ("NOUN", "PROPN"):
        return cue("noun", token.lemma)
    return cue("adj", token.lemma) if token.pos in ("ADJ", "ADV") else None


def infinitive_cue(parse: Parse, verb: Token) -> Cue | None:
    """The cue of a verb over "to": "used to cross", but not "was used to cross" nor "used boats to
    cross"; "has to leave" and "has yet to leave"."""
    if any(child.lower == "yet" for child in parse.children(verb)):
        return cue("yet", verb.lemma)
    if verb.lemma == "use" and parse.child(verb, "dobj", "auxpass", "nsubjpass"):
        return None
    return cue("infinitive", verb.lemma)


def phrasal_cue(parse: Parse, verb: Token) -> Cue | None:
    """The cue of a verb with its particle: "called off the march"."""
    for child in parse.children(verb):
        if child.dep in ("prt", "advmod", "prep"):
            found = cue("phrasal", f"{verb.lemma} {child.lower}")
            if found:
                return found
    return None


def is_a(kind: str, word: str) -> bool:
    return (kind, word) in _cues()
