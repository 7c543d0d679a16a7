"""The predicates of a sentence: verbs, event nouns and copulas that each make a statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.acts import event_noun, verb_act_words
from rashomon.extract.statements.cues import (
    cue,
    infinitive_cue,
    is_a,
    phrasal_cue,
    verb_cue,
)
from rashomon.extract.statements.scene import ACTORS, PLACES, Scene
from rashomon.extract.statements.subjects import accused_gerund

PredicateKind = Literal["verb", "noun", "copula", "adjective"]

_NO_CLAUSE = frozenset(
    {"aux", "auxpass", "amod", "compound", "prep", "case", "punct", "advmod", "nmod", "intj", "det"}
)
_COMPLEMENTS = ("xcomp", "ccomp")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_BORNE = frozenset({"dobj", "nsubjpass", "attr"})
_NO_NOUN = frozenset({"compound", "nmod", "amod"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "npadvmod"})
_ARGUMENT_PREPOSITIONS = frozenset({"of", "by", "on", "against", "between", "with", "upon", "to"})
_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """`token` names what happened; `carrier` is the verb that bears its subject, tense and
    negation: itself, the light verb of an event noun, or the copula. `left_out`: the noun that an
    ellipsis takes from the words before it ("Xs say there was no attack. The general says there
    was.")."""

    token: Token
    carrier: Token
    kind: PredicateKind
    left_out: Token | None = None

    @property
    def word(self) -> Token:
        """The word that says what it is."""
        return self.left_out or self.token


def find(scene: Scene) -> list[Predicate]:
    """All predicates of a sentence, in the order of the text, one for each word."""
    first: dict[int, Predicate] = {}
    for predicate in _found(scene):
        first.setdefault(predicate.token.i, predicate)
    return list(first.values())


def _found(scene: Scene) -> Iterator[Predicate]:
    for token in scene.tokens:
        predicate = None
        if token.pos in ("VERB", "AUX"):
            predicate = _verb(scene, token)
        elif token.pos == "NOUN":
            predicate = _noun(scene, token)
        if predicate:
            yield predicate


def _verb(scene: Scene, token: Token) -> Predicate | None:
    parse = scene.parse
    if accused_gerund(parse, token):
        return Predicate(token, token, "verb")
    if token.dep in _NO_CLAUSE or not _is_word(token) or _tells_a_toll(parse, token):
        return None
    if _nominal(parse, token):
        return None
    if token.lemma == "be":
        return _elliptic(parse, token) or _copula(parse, token)
    if token.pos == "AUX" and not parse.child(token, "dobj", "nsubj"):
        return None
    if (
        _names_only(parse, token)
        or _folds(parse, token)
        or _only_reports(parse, token)
        or borne(parse, token)
    ):
        return None
    return Predicate(token, token, "verb")


def _nominal(parse: Parse, token: Token) -> bool:
    """ "the wounded", "of the detained"."""
    if token.tag != "VBN" or token.dep not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj"):
        return False
    return parse.child(token, "det", "nummod") is not None


def _tells_a_toll(parse: Parse, token: Token) -> bool:
    """The second half of "left 14 dead and 30 wounded", taken for a clause by the parser."""
    if token.dep != "conj" or token.tag != "VBN" or parse.head(token).lemma != "leave":
        return False
    own = parse.child(token, "nsubj")
    return own is not None and own.pos == "NUM" and parse.child(token, "auxpass", "aux") is None


def _names_only(parse: Parse, token: Token) -> bool:
    """ "a group called Xs", "based in X", "fears concerning X": what describes a noun and tells
    nothing that happened."""
    if token.dep != "acl":
        return False
    return is_a("naming", token.lemma if token.tag == "VBN" else token.lower)


def _is_word(token: Token) -> bool:
    """Marks and word stumps ("re-" of "re-elected") are sometimes tagged as verbs."""
    return (
        token.pos == "AUX"
        or (token.text[0].isalpha() and len(token.text) > 2)
        or (token.lower in ("do", "go"))
    )


def _copula(parse: Parse, token: Token) -> Predicate | None:
    quality = parse.child(token, "acomp")
    if quality:
        found = cue("adj", quality.lemma)
        if found and found.own == "fold" and parse.child(quality, *_COMPLEMENTS):
            return None
        return Predicate(quality, token, "adjective")
    if borne(parse, token) or parse.child(token, *_COMPLEMENTS):
        return None
    if parse.child(token, "attr"):
        return Predicate(token, token, "copula")
    if parse.child(token, "prep", "advmod") and parse.child(token, *_SUBJECTS):
        return Predicate(token, token, "verb")
    return None


def _elliptic(parse: Parse, verb: Token) -> Predicate | None:
    """ "there was", with the event noun of the "there was" right before it."""
    if not _existential(parse, verb) or parse.child(verb, "attr", "acomp", "prep", "ccomp"):
        return None
    for index in (verb.sentence, verb.sentence - 1):
        earlier = parse.sentence(index) if index >= 0 else ()
        for token in reversed([t for t in earlier if t.i < verb.i]):
            if token.lemma == "be" and _existential(parse, token):
                noun = parse.child(token, "attr")
                named = noun is not None and noun.pos == "NOUN" and event_noun(noun.lemma)
                return Predicate(verb, verb, "noun", noun) if named else None
    return None


def _existential(parse: Parse, verb: Token) -> bool:
    return any(c.dep == "expl" and c.lower == "there" for c in parse.children(verb))


def _folds(parse: Parse, token: Token) -> bool:
    """An aspectual or intending verb with a clause under it ("began to shell")."""
    found = infinitive_cue(parse, token) or verb_cue(token)
    if found is None or found.own != "fold":
        return False
    return any(c.dep in _COMPLEMENTS and c.pos in ("VERB", "AUX") for c in parse.children(token))


def _only_reports(parse: Parse, token: Token) -> bool:
    """A plain reporting verb: no statement unless it is an act of its own."""
    found = verb_cue(token)
    if found is None or found.own != "speech" or verb_act_words(token.lemma):
        return False
    return not any(c.dep == "dobj" for c in parse.children(token)) or bool(
        parse.child(token, "ccomp")
    )


def borne(parse: Parse, verb: Token) -> Token | None:
    """The event noun that a light verb lends itself to ("carried out an attack")."""
    light = is_a("light", verb.lemma) or verb.lemma == "be"
    for child in parse.children(verb):
        if child.pos != "NOUN" or not event_noun(child.lemma):
            continue
        if light and child.dep in _BORNE and _bears(parse, verb, child):
            return child
        if child.dep in ("nsubj", "nsubjpass") and _only_occurs(parse, verb):
            return child
    if verb.dep == "xcomp" and _only_occurs(parse, verb):
        raised = _raised(parse, verb)
        if raised:
            return raised
    if light and verb.lemma in ("engage", "come", "carry"):
        return _borne_by_preposition(parse, verb)
    return None


def _raised(parse: Parse, verb: Token) -> Token | None:
    """ "The talks are due to begin": the event noun stands before the verb above."""
    above = parse.head(verb)
    above = parse.head(above) if above.pos == "ADJ" else above
    own = parse.child(above, "nsubj", "nsubjpass")
    return own if own and own.pos == "NOUN" and event_noun(own.lemma) else None


def _bears(parse: Parse, verb: Token, noun: Token) -> bool:
    if noun.dep == "attr":
        return verb.lemma == "be" and parse.child(verb, "expl") is not None
    return True


def _borne_by_preposition(parse: Parse, verb: Token) -> Token | None:
    for preposition in parse.children(verb):
        if preposition.dep in ("prep", "prt") and preposition.lemma in ("in", "under", "out"):
            noun = parse.child(preposition, "pobj")
            if noun and event_noun(noun.lemma):
                return noun
    return None


def _only_occurs(parse: Parse, verb: Token) -> bool:
    """A verb that says of its subject only that it takes place."""
    if not is_a("occurrence", verb.lemma):
        return False
    thing = parse.child(verb, "dobj")
    return thing is None or (verb.lemma == "take" and thing.lemma == "place")


def _noun(scene: Scene, token: Token) -> Predicate | None:
    if token.dep in _NO_NOUN or not event_noun(token.lemma):
        return None
    if token.dep == "npadvmod" and not _cancelled(scene.parse, token):
        return None
    carrier = _carrier(scene.parse, token)
    if carrier:
        return Predicate(token, carrier, "noun")
    parse = scene.parse
    told = _has_participants(scene, token) or _cancelled(parse, token) or _in_case(parse, token)
    return Predicate(token, token, "noun") if told else None


def _in_case(parse: Parse, noun: Token) -> bool:
    """ "in the event of an attack", "in case of war"."""
    of = parse.head(noun)
    return of.lower == "of" and parse.head(of).lemma in ("case", "event")


def _cancelled(parse: Parse, noun: Token) -> bool:
    """ "called off the march", "the visit was cancelled", "averted a collision"."""
    verb = parse.head(noun)
    if noun.dep not in _OBJECTS or verb.pos != "VERB":
        return False
    found = phrasal_cue(parse, verb) or verb_cue(verb)
    return found is not None and (found.own == "undoing" or found.modality == "threatened")


def _carrier(parse: Parse, noun: Token) -> Token | None:
    above = parse.head(noun)
    for verb in (above, parse.head(above), *_infinitives(parse, above)):
        if verb.pos in ("VERB", "AUX") and borne(parse, verb) is noun:
            return verb
    if noun.dep == "conj":
        carrier = _carrier(parse, above)
        return carrier if above.pos == "NOUN" else None
    return None


def _infinitives(parse: Parse, verb: Token) -> Iterator[Token]:
    for child in parse.children(verb):
        if child.dep == "xcomp":
            yield child
        elif child.dep == "acomp":
            yield from _infinitives(parse, child)


def _has_participants(scene: Scene, noun: Token) -> bool:
    for child in scene.parse.children(noun):
        if child.dep == "poss" or (child.dep == "prep" and child.lemma in _ARGUMENT_PREPOSITIONS):
            return True
        if child.dep in ("compound", "amod", "nmod", "nummod") and _names(scene, child):
            return True
    return False


def _names(scene: Scene, token: Token) -> bool:
    return token.ent in _NAMES or scene.mark(token, ACTORS | PLACES) is not None
