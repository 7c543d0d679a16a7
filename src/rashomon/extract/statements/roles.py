"""Who does it and to whom it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.acts import (
    Act,
    event_noun,
    is_being,
    noun_act,
    of_class,
    verb_act,
)
from rashomon.extract.statements.phrases import conjuncts
from rashomon.extract.statements.predicates import Predicate
from rashomon.extract.statements.scene import ACTORS, PLACES, Scene
from rashomon.extract.statements.subjects import (
    accused_gerund,
    antecedent,
    passive,
    subject,
)

_VERBAL_ACTS = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE", "ACCUSE", "SUPPORT", "CONCEDE"})
_TO = frozenset({"to", "against", "toward", "towards"})
_BY_ACT: dict[str, frozenset[str]] = {
    "ASSAULT": frozenset({"at", "on", "against", "into", "with"}),
    "COERCE": frozenset({"on", "against", "upon", "in"}),
    "CONSULT": frozenset({"with", "to"}),
    "COOPERATE": frozenset({"with"}),
    "SUPPORT": frozenset({"with", "for", "to"}),
    "AGREE": frozenset({"with", "to"}),
    "AID": frozenset({"to", "for", "in", "with"}),
    "SANCTION": frozenset({"to", "from", "with", "in", "against"}),
    "RETREAT": frozenset({"from", "to", "in", "on"}),
    "CONCEDE": frozenset({"to", "on", "for", "in", "against"}),
    "MOBILIZE": frozenset({"to", "against", "in", "near", "into"}),
    "PROTEST": frozenset({"against", "at"}),
    "REQUEST": frozenset({"on", "upon", "to", "from"}),
    "REJECT": frozenset({"to", "from", "with", "by"}),
    "ACCUSE": frozenset({"against", "into", "about", "at", "to", "of", "for"}),
    "THREATEN": frozenset({"to", "against", "with"}),
}
_PLURAL = frozenset({"NNS", "NNPS"})
_QUESTIONS = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who"})
_RELATIVE = frozenset({"who", "which", "that"})
_WHERE = frozenset({"at", "on", "in", "into", "near"})
_DATES = frozenset({"DATE", "TIME"})
_BEFORE = frozenset({"compound", "amod", "nmod"})
_RECEIVING = frozenset({"face", "suffer", "receive", "come"})
_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Heads of noun phrases."""

    act: Act
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]


def roles(scene: Scene, predicate: Predicate) -> Roles:
    """The act of a predicate with those who take part in it."""
    if predicate.kind == "noun":
        return _of_noun(scene, predicate)
    if predicate.kind == "verb":
        return _of_verb(scene.parse, predicate.token)
    return _of_copula(scene.parse, predicate)


def _of_copula(parse: Parse, predicate: Predicate) -> Roles:
    who = subject(parse, predicate.carrier)
    what = parse.child(predicate.carrier, "attr") if predicate.kind == "copula" else None
    if what is not None and parse.child(predicate.carrier, "expl"):
        who, what = what, None
    return Roles(Act(), tuple(_spread(parse, who)), tuple(_spread(parse, what)))


def _of_verb(parse: Parse, verb: Token) -> Roles:
    doers, patients = voices(parse, verb)
    act = verb_act(parse, verb, patients, several=_several(doers))
    if act.act == "REQUEST" and _asks_whether(parse, verb):
        act = Act()
    if act.act == "ASSAULT" and _figurative(doers, patients):
        act = Act()
    recipients = [t for t in patients if not act.consumed or is_being(t)]
    if act.consumed:
        for thing in patients:
            recipients += _attached(parse, thing, act.act)
    done = bool(recipients) and act.act in ("ASSAULT", "COERCE")
    recipients += _by_preposition(parse, verb, act.act, done)
    if act.act in _VERBAL_ACTS and not any(is_being(t) for t in recipients):
        recipients += _from_complement(parse, verb, recipients)
    doers += _between(parse, verb)
    return Roles(act, tuple(doers), tuple(t for t in recipients if t not in doers))


def _several(doers: list[Token]) -> bool:
    """More than one: "the two men", "the minister and the envoy", "they"."""
    return len(doers) > 1 or any(d.tag in _PLURAL or d.lower in ("they", "we") for d in doers)


def _asks_whether(parse: Parse, verb: Token) -> bool:
    """A question is no request: "asked whether he left"."""
    below = parse.child(verb, "ccomp")
    if verb.lemma != "ask" or below is None:
        return False
    return any(c.lower in _QUESTIONS for c in parse.children(below))


def _figurative(doers: list[Token], patients: list[Token]) -> bool:
    """No assault: a flood that kills, and a remark that kills enthusiasm."""
    if doers and all(of_class(doer, "nature") for doer in doers):
        return True
    return bool(patients) and all(_abstract(patient) for patient in patients)


def _abstract(patient: Token) -> bool:
    """A market can be bombed, though it is most often none that can."""
    return of_class(patient, "abstract") and not of_class(patient, "property")


def voices(parse: Parse, verb: Token) -> tuple[list[Token], list[Token]]:
    """Doers and patients of a verb, each conjunct by itself."""
    accused = accused_gerund(parse, verb)
    if accused:
        return list(_spread(parse, accused[0])), list(_spread(parse, parse.head(verb)))
    own = subject(parse, verb)
    own = None if own is not None and own.ent in _DATES else own
    if passive(parse, verb):
        return list(_agents(parse, verb)), list(_spread(parse, own))
    return list(_spread(parse, own)), list(_objects(parse, verb))


def _spread(parse: Parse, token: Token | None) -> Iterator[Token]:
    if token is not None and token.pos not in ("VERB", "AUX"):
        yield from conjuncts(parse, token)


def _agents(parse: Parse, verb: Token) -> Iterator[Token]:
    for child in parse.children(verb):
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
            doer = parse.child(child, "pobj")
            if doer is not None and doer.ent not in _DATES:
                yield from _spread(parse, doer)


def _objects(parse: Parse, verb: Token) -> Iterator[Token]:
    found = False
    for child in parse.children(verb):
        if child.dep in ("dobj", "dative"):
            thing = parse.child(child, "pobj") if child.pos == "ADP" else child
            named = antecedent(parse, thing, verb) if thing else None
            yield from _spread(parse, named)
            found = True
    if not found and verb.dep == "relcl" and parse.child(verb, "nsubj"):
        yield from _relative_object(parse, verb)


def _relative_object(parse: Parse, verb: Token) -> Iterator[Token]:
    """ "the deal they signed": the noun that the clause hangs on."""
    own = parse.child(verb, "nsubj")
    if parse.child(verb, "mark"):
        return
    if own and own.lower not in _RELATIVE and not parse.child(verb, "ccomp", "xcomp"):
        yield parse.head(verb)


def _by_preposition(
    parse: Parse, head: Token, act: str | None, done: bool = False
) -> Iterator[Token]:
    """Objects of the prepositions that lead to the recipient of such an act. `done`: an object
    says to whom it was done, so "at the bridge" says only where."""
    wanted = _BY_ACT.get(act or "", _TO)
    for child in parse.children(head):
        if child.dep not in ("prep", "dative") or child.lower not in wanted:
            continue
        thing = parse.child(child, "pobj")
        if thing is None or thing.ent in _DATES or (done and child.lower in _WHERE):
            continue
        if is_being(thing) or thing.ent or act == "ASSAULT" or (act and child.lower in _TO):
            yield from conjuncts(parse, thing)


def _attached(parse: Parse, thing: Token, act: str | None) -> Iterator[Token]:
    """Who a consumed object points to: "restrictions on Xs", "aid to X", "X's embargo"."""
    for child in parse.children(thing):
        if (child.dep == "poss" and is_being(child)) or _named(child, act):
            yield child
        elif child.dep == "prep" and child.lower != "by":
            found = parse.child(child, "pobj")
            if found and (is_being(found) or found.ent in ("GPE", "LOC", "FAC")):
                yield from conjuncts(parse, found)


def _named(child: Token, act: str | None) -> bool:
    """ "US sanctions", "Cuban prisoners"; but the one that "US aid" names is no recipient."""
    return child.dep in _BEFORE and child.ent in _NAMES and act != "AID"


def _between(parse: Parse, head: Token) -> list[Token]:
    for child in parse.children(head):
        if child.dep == "prep" and child.lower in ("between", "among"):
            inside = parse.child(child, "pobj")
            return [] if inside and inside.pos == "PRON" else list(_spread(parse, inside))
    return []


def _from_complement(parse: Parse, verb: Token, so_far: list[Token]) -> Iterator[Token]:
    """The addressee of a verbal act is often only in what it is about."""
    below = parse.child(verb, "xcomp", "ccomp") or _gerund(parse, verb)
    if below is None:
        for thing in so_far:
            yield from _attached(parse, thing, None)
        return
    doers, patients = voices(parse, below)
    if below.dep == "ccomp" and doers and _other(doers[0]):
        yield from doers
    yield from (t for t in patients if is_being(t) or t.ent in ("GPE", "LOC", "FAC"))
    yield from _by_preposition(parse, below, verb_act(parse, below, patients).act)


def _gerund(parse: Parse, verb: Token) -> Token | None:
    for child in parse.children(verb):
        if child.dep == "prep":
            found = parse.child(child, "pcomp")
            if found:
                return found
    return None


def _other(token: Token) -> bool:
    return token.lower not in ("it", "he", "she", "they", "we", "i")


def _of_noun(scene: Scene, predicate: Predicate) -> Roles:
    parse, noun, carrier = scene.parse, predicate.word, predicate.carrier
    act = noun_act(parse, noun, carrier)
    actors, recipients = _noun_participants(scene, noun)
    if carrier is not noun:
        doers = _carrier_doers(parse, noun, carrier)
        if carrier.lemma in _RECEIVING and act.act != "CONSULT":
            recipients += doers
        else:
            actors += doers
        recipients += _by_preposition(parse, carrier, act.act)
        actors += _between(parse, carrier)
    return Roles(act, tuple(actors), tuple(t for t in recipients if t not in actors))


def _carrier_doers(parse: Parse, noun: Token, carrier: Token) -> list[Token]:
    doers, _ = voices(parse, carrier)
    return [t for t in doers if t.i != noun.i]


def _noun_participants(scene: Scene, noun: Token) -> tuple[list[Token], list[Token]]:
    parse = scene.parse
    entry = event_noun(noun.lemma)
    way = entry.roles if entry else "agent"
    actors = _between(parse, noun)
    recipients: list[Token] = []
    for child in parse.children(noun):
        if child.ent in _DATES:
            continue
        if child.dep == "poss" or (child.dep in _BEFORE and _who(scene, child)):
            (recipients if way == "patient" else actors).append(child)
        elif child.dep in ("prep", "agent"):
            for thing in _spread(parse, parse.child(child, "pobj")):
                _place_by_word(child.lower, way, thing, actors, recipients)
    return actors, recipients


def _place_by_word(
    word: str, way: str, thing: Token, actors: list[Token], recipients: list[Token]
) -> None:
    if thing.ent in _DATES:
        return
    if word == "by":
        actors.append(thing)
    elif word == "of":
        (actors if way == "agent" else recipients).append(thing)
    elif word in ("on", "against", "upon", "with", "to"):
        recipients.append(thing)


def _who(scene: Scene, token: Token) -> bool:
    return token.ent in _NAMES or scene.mark(token, ACTORS | PLACES) is not None
