"""Promises to do harm: "we will burn your ships", "said it would retaliate"."""

from __future__ import annotations

from dataclasses import replace

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.acts import event_noun
from rashomon.extract.statements.conditions import exacting
from rashomon.extract.statements.cues import is_a, verb_cue
from rashomon.extract.statements.hearing import Factuality
from rashomon.extract.statements.predicates import Predicate

_WE = frozenset({"we", "i"})
_SAME = frozenset({"it", "they", "he", "she", "we", "i"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})
_HOSTILE = frozenset({"ASSAULT", "COERCE"})
_FRIENDLY = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "YIELD"}
)
_POINTING = frozenset({"this", "that", "these", "those"})


def threat(parse: Parse, predicate: Predicate, act: str | None, told: Factuality) -> Factuality:
    """A future harm or retaliation that the doer himself announces is threatened."""
    verb = predicate.carrier
    if told.polarity == "denied" or told.purpose:
        return told
    if _exacted(parse, verb, act, told):
        because = (*told.because, "threatened: the doer says so, under a condition")
        return replace(told, modality="threatened", because=because)
    if told.modality == "expected":
        told = replace(told, future=True)
    elif told.modality != "planned":
        return told
    answers = predicate.kind == "verb" and _retaliates(parse, verb)
    if not answers and act != "ASSAULT":
        return told
    if not (_announced(parse, verb, told) or _vowed(parse, verb)):
        return told
    return replace(
        told,
        modality="threatened",
        future=False,
        because=(*told.because, "threatened: the doer says so"),
    )


def _exacted(parse: Parse, verb: Token, act: str | None, told: Factuality) -> bool:
    """ "Xs said they would close the strait unless", "vowed to close it if Ys did not leave"."""
    still_open = told.modality in ("planned", "supposed", "expected")
    if not still_open or act in _FRIENDLY or not exacting(parse, verb):
        return False
    return _vowed(parse, verb) or _announced(parse, verb, replace(told, future=True))


def _retaliates(parse: Parse, verb: Token) -> bool:
    if is_a("retaliation", verb.lemma):
        return True
    if not is_a("answering", verb.lemma):
        return False
    things = [parse.child(verb, "dobj")]
    things += [parse.child(c, "pobj") for c in parse.children(verb) if c.lower in ("to", "for")]
    return any(thing is not None and _harm(thing) for thing in things)


def _harm(thing: Token) -> bool:
    """An attack, or "this"."""
    entry = event_noun(thing.lemma)
    return thing.lower in _POINTING or (entry is not None and entry.act in _HOSTILE)


def _announced(parse: Parse, verb: Token, told: Factuality) -> bool:
    """ "We will"; or "said it would", where "it" is most often the one who says so."""
    top = verb
    own = parse.child(top, "nsubj")
    while own is None and top.dep == "conj":
        top = parse.head(top)
        own = parse.child(top, "nsubj")
    if own is None or not told.future:
        return False
    if own.lower in _WE:
        return True
    above = parse.head(top)
    found = verb_cue(above) if top.dep == "ccomp" else None
    if found is None or not _of_the_teller(parse, own):
        return False
    return found.own == "speech" or is_a("vowing", above.lemma)


def _of_the_teller(parse: Parse, own: Token) -> bool:
    """ "It would", "his men would"."""
    whose = parse.child(own, "poss")
    return own.lower in _SAME or (whose is not None and whose.lower in _OWN)


def _vowed(parse: Parse, verb: Token) -> bool:
    """ "vowed to avenge": who swears to do harm threatens."""
    return verb.dep == "xcomp" and is_a("vowing", parse.head(verb).lemma)
