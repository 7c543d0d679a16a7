"""Conditions and questions: what is told only under an "if" or asked is supposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.cues import cue, is_a
from rashomon.extract.statements.hearing import Factuality

_VERBAL = frozenset({"VERB", "AUX"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_PRESENT = frozenset({"VBZ", "VBP"})
_NO_CONDITION = frozenset({"even", "as"})
_INVERTED = frozenset({"should", "had", "were"})
_CLOSING = frozenset("\"”’'»")
_OPENING = frozenset("“‘«")
_LONG = ("as", "so")


def condition(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """ "if", "unless", "whether" over this clause, or a question."""
    for child in parse.children(verb):
        if child.dep in ("mark", "advmod"):
            found = cue("conjunction", child.lower)
            if found and not _displaced(parse, verb):
                return _supposed(told, f"'{child.text}'")
            if _as_long_as(parse, child):
                return _supposed(told, "'as long as'")
    if verb.dep in ("ROOT", "ccomp") and _asks(parse, verb):
        return _supposed(told, "a question")
    first = inverted(parse, verb)
    return overturned(told, first) if first else told


def inverted(parse: Parse, verb: Token) -> Token | None:
    """The "should", "had" or "were" that stands before the subject in place of an "if": "Should
    the rebels enter the town", "Were the army to leave"."""
    first = verb if verb.lower == "were" else parse.child(verb, "aux", "auxpass")
    own = parse.child(verb, "nsubj", "nsubjpass", "acomp" if first is verb else "nsubj")
    if first is None or own is None or first.lower not in _INVERTED or _asks(parse, verb):
        return None
    before = parse.tokens[first.i - 1] if first.i else None
    begins = before is None or before.sentence != first.sentence or before.pos == "PUNCT"
    return first if begins and first.i < own.i else None


def overturned(told: Factuality, first: Token) -> Factuality:
    """Supposed, whatever was heard before: the condition counts more than a "should"."""
    why = f"supposed by '{first.text}' before its subject"
    return replace(told, modality="supposed", future=False, because=(*told.because, why))


def _as_long_as(parse: Parse, mark: Token) -> bool:
    before = [t.lower for t in parse.tokens[max(0, mark.i - 2) : mark.i]]
    return mark.lower == "as" and len(before) == 2 and before[0] in _LONG and before[1] == "long"


def _supposed(told: Factuality, why: str) -> Factuality:
    if told.future:
        told = replace(told, modality=None, future=False)
    return told.heard("supposed", None, f"supposed by {why}")


def in_condition(parse: Parse, noun: Token) -> bool:
    """Whether a noun stands between an "if" and its comma, where the parser hung the "if" on the
    main verb behind the comma."""
    stretch = _displaced(parse, parse.head(noun))
    return stretch is not None and stretch[0] < noun.i < stretch[1]


def _displaced(parse: Parse, verb: Token) -> tuple[int, int] | None:
    marks = [c for c in parse.children(verb) if c.dep == "mark" and c.lower in ("if", "unless")]
    own = parse.child(verb, "aux") or verb
    commas = [
        c.i for c in parse.children(verb) if c.text == "," and marks and marks[0].i < c.i < own.i
    ]
    return (marks[0].i, commas[0]) if commas else None


def _asks(parse: Parse, verb: Token) -> bool:
    marks = (c for c in parse.children(verb) if c.dep == "punct" and c.text not in _CLOSING)
    last = max(marks, key=_index, default=None)
    if last is not None and last.text == "?":
        return not any(c.text in _OPENING and c.i > verb.i for c in parse.children(verb))
    above = parse.head(verb)
    return verb.dep == "ccomp" and any(
        c.text == "?" and verb.i < c.i < above.i for c in parse.children(above)
    )


def under_condition(parse: Parse, verb: Token, act: str | None, told: Factuality) -> Factuality:
    """What will be "if" something else is: a threat where it is hostile, else supposed."""
    if verb.pos not in _VERBAL or not _conditional(parse, verb):
        return told
    if told.modality == "planned" and act in _HOSTILE:
        return replace(told, modality="threatened", because=(*told.because, "threatened: 'if'"))
    if told.future or (told.modality is None and _present(parse, verb)):
        return replace(
            told, modality="supposed", future=False, because=(*told.because, "supposed: under 'if'")
        )
    return told


def _present(parse: Parse, verb: Token) -> bool:
    if verb.tag in _PRESENT:
        return True
    helper = parse.child(verb, "aux", "auxpass")
    return helper is not None and helper.tag in _PRESENT and helper.lemma == "be"


def _conditional(parse: Parse, verb: Token) -> bool:
    if _displaced(parse, verb) or _after_inverted(parse, verb):
        return True
    return any(_is_condition(parse, child) for child in _clauses(parse, verb))


def exacting(parse: Parse, verb: Token) -> bool:
    """Whether a verb stands under "unless", or under an "if" with a "not": what will be done if
    another does not give in."""
    for clause in _clauses(parse, verb):
        marks = {c.lower for c in parse.children(clause) if c.dep in ("mark", "advmod")}
        refused = parse.child(clause, "neg") is not None
        if "unless" in marks or ("if" in marks and refused):
            return True
    return False


def _after_inverted(parse: Parse, verb: Token) -> bool:
    """ "Had they left, they would live": the parser may take the condition for the first of two
    main clauses."""
    above = parse.head(verb)
    return verb.dep == "conj" and above.i < verb.i and inverted(parse, above) is not None


def _clauses(parse: Parse, verb: Token) -> Iterator[Token]:
    """The clauses under a verb; a conjunct without a subject of its own shares those before it."""
    yield from (c for c in parse.children(verb) if c.dep == "advcl" and c.pos in _VERBAL)
    if verb.dep == "conj" and not parse.child(verb, "nsubj", "nsubjpass"):
        yield from _clauses(parse, parse.head(verb))


def _is_condition(parse: Parse, clause: Token) -> bool:
    if inverted(parse, clause) or is_a("condition", clause.lower):
        return True
    for mark in parse.children(clause):
        if mark.dep in ("mark", "advmod") and mark.lower in ("if", "unless"):
            before = parse.tokens[mark.i - 1].lower if mark.i else ""
            return before not in _NO_CONDITION
    return False


def _index(token: Token) -> int:
    return token.i
