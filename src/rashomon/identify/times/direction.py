"""Whether a time lies before or after the writing: read from the verb that governs it."""

from __future__ import annotations

from typing import Literal

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import words

Direction = Literal["past", "future", "unknown"]

_PLANNED = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "xcomp", "ccomp"})
_FUTURE_MODALS = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "'d", "’d"})
_OPEN_MODALS = frozenset({"may", "might", "can", "could", "should", "must"})
_ASIDE = frozenset({"compound", "nmod", "amod", "nummod", "poss"})
_ADVERBIAL = frozenset({"prep", "npadvmod", "advmod"})


def direction(parse: Parse, first: Token) -> Direction:
    """Climb from the first word of the time: a planning word decides at once, else the first
    finite verb does; "unknown" where there is none."""
    node, below = first, first
    aside = first.dep in _ASIDE and parse.head(first).pos == "NOUN"
    while True:
        if _plans(parse, node, below):
            return "future"
        if node.pos in ("VERB", "AUX"):
            found = _tense(parse, node, aside or below.dep not in _ADVERBIAL)
            if found != "unknown":
                return found
        if node.head == node.i:
            return "unknown"
        node, below = parse.head(node), node


def _plans(parse: Parse, token: Token, below: Token) -> bool:
    """A planning word governs the time ("planned for June"), or what it plans does ("proposed a
    meeting in June"), or it stands beside the time ("the June meeting planned with them"). "He
    pledged on Friday" is past all the same; "has proposed" takes no time that is over."""
    if _ahead(token):
        if below.dep in _PLANNED:
            return True
        return token.tag != "VBD" and all(c.lower != "had" for c in _helpers(parse, token))
    if token.pos in ("VERB", "AUX"):
        return any(child.dep == "acomp" and _ahead(child) for child in parse.children(token))
    return any(
        child.dep in ("amod", "acl", "nmod") and _ahead(child) for child in parse.children(token)
    )


def _ahead(token: Token) -> bool:
    listed = words("future_words")
    return token.lemma in listed or token.lower in listed


def _helpers(parse: Parse, verb: Token) -> list[Token]:
    return [c for c in parse.children(verb) if c.dep in ("aux", "auxpass")]


def _tense(parse: Parse, verb: Token, aside: bool) -> Direction:
    """As in "may come in May" is ahead, "may explain the May raid" need not be."""
    helpers = _helpers(parse, verb)
    modals = {c.lower for c in helpers if c.tag == "MD"}
    if modals and not _perfect(helpers):
        if modals & _FUTURE_MODALS or (modals & _OPEN_MODALS and not aside):
            return "future"
        return "past"
    if any(c.tag == "TO" for c in helpers):
        return _infinitive(parse, verb)
    if verb.tag in ("VBD", "VBZ", "VBP") or helpers:
        return "past"
    return "unknown"


def _infinitive(parse: Parse, verb: Token) -> Direction:
    """Ahead in "is to meet" and in a heading's "to meet"; "failed to" is as the verb above."""
    above = parse.head(verb)
    if above.i == verb.i or above.lemma == "be" or _ahead(above):
        return "future"
    return "unknown"


def _perfect(helpers: list[Token]) -> bool:
    return any(c.lemma == "have" for c in helpers)
