"""What makes a clause hearsay without a verb of speech right above it: a parenthesis, a doubted
report, a theory, what it looks like."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.clauses import finite
from rashomon.extract.statements.cues import Cue, cue, is_a, word_cue

_VERBAL = frozenset({"VERB", "AUX"})
_LIKENESS = frozenset({"though", "if"})
_COMPLEMENTS = frozenset({"ccomp", "advcl"})


def aside(parse: Parse, verb: Token) -> str | None:
    """What says beside the clause that it is only heard of: "it is said", "if the leaflets are to
    be believed", "it looks as though"."""
    above = parse.head(verb)
    if verb.dep in _COMPLEMENTS and is_a("likeness", above.lemma) and _as_though(parse, verb):
        return f"'{above.text} as'"
    for child in parse.children(verb):
        if child.dep in ("parataxis", "ccomp") and _it_is_said(parse, child):
            return f"'it is {child.text}'"
        if child.dep == "advcl" and _iffy(parse, child) and _is_belief(parse, child):
            return "'if' it is to be believed"
    return None


def _as_though(parse: Parse, verb: Token) -> bool:
    marks = [c for c in parse.children(verb) if c.dep == "mark" and c.lower in _LIKENESS]
    return any(mark.i and parse.tokens[mark.i - 1].lower == "as" for mark in marks)


def _it_is_said(parse: Parse, verb: Token) -> bool:
    own = parse.child(verb, "nsubjpass")
    told = own is not None and own.lower == "it" and cue("hearsay", verb.lemma) is not None
    return told and parse.child(verb, "ccomp", "xcomp", "neg") is None


def _iffy(parse: Parse, verb: Token) -> bool:
    return any(c.dep in ("mark", "advmod") and c.lower == "if" for c in parse.children(verb))


def _is_belief(parse: Parse, verb: Token) -> bool:
    deeper = parse.child(verb, "xcomp", "acomp")
    return any(is_a("belief", word.lemma) for word in (verb, deeper) if word is not None)


def theory(parse: Parse, above: Token, below: Token) -> Cue | None:
    """ "One theory is that", "speculation grew that", "the indictment says": the cue of the
    subject counts."""
    if above.pos not in _VERBAL or below.i < above.i or not finite(parse, below):
        return None
    own = parse.child(above, "nsubj", "nsubjpass")
    found = word_cue(own) if own is not None and own.pos == "NOUN" else None
    if found is None or found.modality is None or parse.child(above, "dobj", "attr"):
        return None
    says = word_cue(above) if above.lemma != "be" else None
    plain = says is None or (says.own == "speech" and not says.modality and not says.polarity)
    return found if plain else None


def doubted(parse: Parse, noun: Token) -> Cue | None:
    """ "Unconfirmed reports that"."""
    if not is_a("telling", noun.lemma):
        return None
    for child in parse.children(noun):
        found = cue("modifier", child.lower) if child.dep == "amod" else None
        if found:
            return found
    return None


def branded(parse: Parse, verb: Token, noun: Token) -> Cue | None:
    """ "called the report a lie", "described as pure invention reports that": what the report is
    said to be."""
    if noun.dep not in ("dobj", "nsubj", "nsubjpass") or not is_a("branding", verb.lemma):
        return None
    name = parse.child(verb, "oprd", "attr")
    for child in parse.children(verb):
        if child.dep == "prep" and child.lower == "as":
            name = parse.child(child, "pobj", "amod") or name
        elif child.dep in ("ccomp", "xcomp"):
            name = parse.child(child, "attr") or (child if child.pos == "NOUN" else name)
    found = word_cue(name) if name is not None else None
    return found if found and found.polarity == "denied" else None
