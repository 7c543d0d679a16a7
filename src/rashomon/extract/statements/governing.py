"""The cue that governs a predicate: the word above it, or several words together ("it is possible
that", "dropped its plan to", "the accord calls for")."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.clauses import finite, infinitive
from rashomon.extract.statements.cues import (
    Cue,
    cue,
    infinitive_cue,
    is_a,
    phrasal_cue,
    word_cue,
)
from rashomon.extract.statements.papers import provision
from rashomon.extract.statements.rumours import branded, doubted, theory

_VERBAL = frozenset({"VERB", "AUX"})


def cue_over(parse: Parse, above: Token, below: Token, through: str) -> Cue | None:
    """The cue above a clause: "has to" and "wants Xs to" are others than "has" and "wants"."""
    special = _special(parse, above, below)
    if special:
        return special
    if infinitive(parse, below) and not through:
        found = infinitive_cue(parse, above)
        if found and not parse.child(above, "acomp", "attr"):
            return found
    if _indicative(parse, below, above) and cue("that", above.lemma):
        return cue("that", above.lemma)
    if parse.child(below, "nsubj"):
        return cue("wanting", above.lemma) or word_cue(above, through)
    return word_cue(above, through)


def _special(parse: Parse, above: Token, below: Token) -> Cue | None:
    """Cues of more than one word: a paper and its verb, "it is possible that", "backed out of",
    "dropped its plan to", "provided that"."""
    if above.pos not in _VERBAL:
        return doubted(parse, above)
    if is_a("condition", above.lower) and not parse.child(above, "nsubj", "nsubjpass"):
        return cue("condition", above.lower)
    if below.dep in ("ccomp", "xcomp", "pcomp"):
        return (
            provision(parse, above)
            or _quality(parse, above, below)
            or _asked_for(parse, above, below)
            or phrasal_cue(parse, above)
            or theory(parse, above, below)
        )
    if below.pos != "NOUN":
        return None
    return branded(parse, above, below) or _over_content(parse, above, below)


def _over_content(parse: Parse, above: Token, noun: Token) -> Cue | None:
    """ "dropped its plan to", "the story that he fled is a lie"."""
    own = word_cue(noun)
    if noun.dep in ("nsubj", "nsubjpass") and foundered(parse, above):
        return cue("verb", "fail")
    if own and own.modality == "planned":
        return cue("dropping", above.lemma) or phrasal_cue(parse, above)
    quality = parse.child(above, "acomp", "attr") if noun.dep == "nsubj" else None
    found = word_cue(quality) if quality else None
    return found if found and found.polarity == "denied" else None


def foundered(parse: Parse, verb: Token) -> bool:
    """ "came to nothing", "fell through": what its subject named was not to be."""
    for child in parse.children(verb):
        if child.dep in ("prt", "advmod", "prep"):
            thing = parse.child(child, "pobj")
            words = [verb.lemma, child.lower, *([thing.lower] if thing else [])]
            if is_a("foundering", " ".join(words)):
                return True
    return False


def _asked_for(parse: Parse, above: Token, below: Token) -> Cue | None:
    """ "insisted that all troops be withdrawn"; and hearsay, "is said to have fled"."""
    if infinitive(parse, below):
        passive = parse.child(above, "auxpass")
        return cue("hearsay", above.lemma) if passive else None
    helper = parse.child(below, "auxpass", "aux") or below
    bare = helper.tag == "VB" and (helper is below or helper.lower == "be")
    return cue("infinitive", above.lemma) if bare and parse.child(below, "mark") else None


def _quality(parse: Parse, verb: Token, below: Token) -> Cue | None:
    """ "It is possible that", "it is a lie that"."""
    if verb.lemma not in ("be", "remain", "seem", "appear") or not finite(parse, below):
        return None
    own = parse.child(verb, "nsubj", "expl")
    if own is None or own.lower != "it" or below.i < verb.i:
        return None
    quality = parse.child(verb, "acomp", "attr")
    found = word_cue(quality) if quality else None
    past = found is not None and found.modality == "expected" and below.tag == "VBD"
    return cue("adj", "probable") if past else found


def _indicative(parse: Parse, below: Token, above: Token) -> bool:
    """Told and not asked for: "insists that he left", against "insists that he leave"."""
    if any(c.dep == "mark" and c.lower in ("whether", "if") for c in parse.children(below)):
        return True
    asking = cue("verb", above.lemma)
    if below.tag == "VBP" and asking and asking.modality == "demanded":
        return False
    return finite(parse, below)


def cue_over_noun(parse: Parse, above: Token, through: str) -> Cue | None:
    provided = provision(parse, above) if above.pos in _VERBAL else None
    return provided or phrasal_cue(parse, above) or word_cue(above, through)
