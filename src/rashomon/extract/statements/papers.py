"""Plans on paper: what an agreement, draft or plan provides for is planned."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.cues import Cue, is_a

_UNDER = frozenset({"under", "in", "by", "with"})


def under_paper(parse: Parse, verb: Token) -> bool:
    """ "Under the plan, troops would withdraw", "the deal would free the pilots"."""
    own = parse.child(verb, "nsubj")
    if own is not None and is_a("paper", own.lemma):
        return True
    return any(_names_paper(parse, child) for child in parse.children(verb))


def provision(parse: Parse, verb: Token) -> Cue | None:
    """ "The accord stipulates that troops leave", "the draft calls for their return": the cue of a
    verb whose subject is a paper."""
    own = parse.child(verb, "nsubj")
    if own is None or not is_a("paper", own.lemma) or not is_a("provision", verb.lemma):
        return None
    return Cue(verb.lemma, "planned", None, "denied", "", "object")


def _names_paper(parse: Parse, preposition: Token) -> bool:
    if preposition.dep != "prep" or preposition.i > preposition.head:
        return False
    inner = parse.child(preposition, "prep") if preposition.lower == "according" else preposition
    noun = parse.child(inner, "pobj") if inner else None
    if noun is None or not (preposition.lower in _UNDER or inner is not preposition):
        return False
    terms = parse.child(noun, "prep") if noun.lemma in ("term", "provision") else None
    noun = (parse.child(terms, "pobj") if terms else noun) or noun
    return is_a("paper", noun.lemma)
