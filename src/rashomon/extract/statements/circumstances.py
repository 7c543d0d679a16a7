"""Where, when and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping
from rashomon.base.rows import Count, Mention
from rashomon.extract.statements.clauses import finite
from rashomon.extract.statements.predicates import Predicate
from rashomon.extract.statements.scene import PLACES, Scene

_LOCATIVE = frozenset(
    {"in", "at", "near", "on", "from", "outside", "inside", "around", "across", "over", "within"}
    | {"throughout", "through", "into", "to", "towards", "toward", "off", "along", "beyond"}
)
_IN = frozenset({"in", "inside", "within", "across", "throughout", "near", "outside", "around"})
_DEPARTING = frozenset(
    {"withdraw", "withdrawal", "pull", "expel", "leave", "flee", "return", "deport", "retreat"}
)
_INSIDE = frozenset({"compound", "poss", "nmod", "appos", "conj", "nummod", "quantmod"})
_CLAUSES = frozenset({"conj", "ccomp", "parataxis", "relcl", "advcl"})
_FIGURE = frozenset({"number", "figure"})
_TOLL = frozenset({"toll", "count", "tally"})


def owners(scene: Scene, predicates: Sequence[Predicate]) -> Mapping[int, int]:
    """For each token the predicate it belongs to (its index in the list), by climbing the parse."""
    found: dict[int, int] = {}
    for index, predicate in enumerate(predicates):
        found[predicate.token.i] = index
    for index, predicate in enumerate(predicates):
        found.setdefault(predicate.carrier.i, index)
    owned: dict[int, int] = {}
    for token in scene.tokens:
        owner = _climb(scene.parse, token, found)
        if owner is not None:
            owned[token.i] = owner
    return owned


def _climb(parse: Parse, token: Token, found: Mapping[int, int]) -> int | None:
    if token.i in found:
        return found[token.i]
    for above in parse.ancestors(token):
        if above.i in found:
            return found[above.i]
    return None


def head_of(scene: Scene, mention: Mention) -> Token | None:
    """The token of a mention that the others of it hang on."""
    covered = scene.covered(mention)
    inside = {token.i for token in covered}
    return next((t for t in covered if t.head not in inside or t.head == t.i), None)


def places(
    scene: Scene, predicates: Sequence[Predicate], owned: Mapping[int, int]
) -> dict[int, str]:
    """The place of each predicate that has one in a locative phrase."""
    found: dict[int, str] = {}
    for mention in sorted(scene.mentions, key=_start):
        if mention.kind in PLACES and mention.form != "pronoun":
            head = head_of(scene, mention)
            preposition = _locative(scene.parse, head) if head else None
            if preposition and preposition.i in owned and _fits(scene.parse, mention, preposition):
                found.setdefault(owned[preposition.i], mention.id)
    return _shared(scene, predicates, found)


def _shared(scene: Scene, predicates: Sequence[Predicate], found: dict[int, str]) -> dict[int, str]:
    """ "hit the market on Friday, killing nine", "attacked at dawn and fled": what comes along
    with an act or right after it, without a subject of its own, has its place and time."""
    index = {predicate.token.i: i for i, predicate in enumerate(predicates)}
    for at, predicate in enumerate(predicates):
        above = index.get(scene.parse.head(predicate.token).i)
        if above in found and above != at and _comes_along(scene.parse, predicate):
            found.setdefault(at, found[above])
    return found


def _comes_along(parse: Parse, predicate: Predicate) -> bool:
    verb = predicate.token
    if predicate.kind != "verb" or parse.child(verb, "nsubj", "nsubjpass", "mark", "aux"):
        return False
    if verb.dep == "advcl":
        return verb.tag == "VBG"
    return verb.dep == "conj" and verb.tag == parse.head(verb).tag


def _fits(parse: Parse, mention: Mention, preposition: Token) -> bool:
    """A state is a place when one is in it or leaves it, else it takes part."""
    if mention.kind != "state" or preposition.lower in _IN:
        return True
    return preposition.lower == "from" and parse.head(preposition).lemma in _DEPARTING


def _locative(parse: Parse, token: Token) -> Token | None:
    """The locative preposition over a place, if no actor stands between it and the predicate."""
    if token.tag in ("JJ", "NNPS") or token.pos == "ADJ":
        return None
    while token.dep in _INSIDE and token.head != token.i:
        token = parse.head(token)
    preposition = parse.head(token)
    if token.dep != "pobj" or preposition.pos != "ADP":
        return None
    if preposition.lower == "of":
        return _locative(parse, parse.head(preposition))
    if preposition.lower not in _LOCATIVE:
        return None
    return preposition if _reaches_verb(parse, preposition) else None


def _reaches_verb(parse: Parse, preposition: Token) -> bool:
    above = parse.head(preposition)
    while above.pos not in ("VERB", "AUX") and above.head != above.i:
        if above.dep == "nsubj" or above.dep == "poss":
            return False
        above = parse.head(above)
    return True


def times(
    scene: Scene, predicates: Sequence[Predicate], owned: Mapping[int, int]
) -> dict[int, str]:
    """The time of each predicate; a sentence's only time goes to its root when none else has it."""
    found: dict[int, str] = {}
    listed = sorted((m for m in scene.mentions if m.kind == "time"), key=_time_rank)
    for mention in listed:
        head = head_of(scene, mention)
        if head and head.i in owned:
            found.setdefault(owned[head.i], mention.id)
    if len(listed) == 1 and not _in_a_clause_of_its_own(scene, predicates, found):
        root = _root(predicates)
        if root is not None:
            found.setdefault(root, listed[0].id)
    return _shared(scene, predicates, found)


def _in_a_clause_of_its_own(
    scene: Scene, predicates: Sequence[Predicate], found: Mapping[int, str]
) -> bool:
    """Whether the one that has the time is told in a clause beside the main one."""
    for index in found:
        word = predicates[index].carrier
        while word.head != word.i:
            if word.dep in _CLAUSES and finite(scene.parse, word):
                return True
            word = scene.parse.head(word)
    return False


def _root(predicates: Sequence[Predicate]) -> int | None:
    for index, predicate in enumerate(predicates):
        if predicate.carrier.dep == "ROOT":
            return index
    return None


def counts(
    scene: Scene, predicates: Sequence[Predicate], owned: Mapping[int, int]
) -> dict[int, tuple[Count, ...]]:
    """The numbers of each predicate and what they count."""
    found: dict[int, tuple[Count, ...]] = {}
    for mention in sorted(scene.mentions, key=_start):
        if mention.kind != "number":
            continue
        head = head_of(scene, mention)
        if head and head.i in owned:
            owner = owned[head.i]
            what = _what(scene.parse, mention, head, predicates[owner])
            found[owner] = (*found.get(owner, ()), Count(mention.id, what))
    return found


def _what(parse: Parse, mention: Mention, head: Token, predicate: Predicate) -> str:
    """What befell those who are counted, else the noun that is counted."""
    noun = parse.head(head) if head.dep in ("nummod", "quantmod", "compound") else head
    harm = _harm_beside(parse, head, noun) or _harm_of(parse, noun, predicate)
    if harm:
        return harm
    counted = mention.amount.counted if mention.amount else ""
    if counted:
        return counted
    if noun is not head:
        return noun.lemma
    return mention.amount.unit if mention.amount else noun.lemma


def _harm(token: Token) -> str | None:
    return mapping("harms", "word", "what").get(token.lemma) or mapping(
        "harms", "word", "what"
    ).get(token.lower)


def _harm_beside(parse: Parse, head: Token, noun: Token) -> str | None:
    """ "14 dead", "30 wounded", "60 deaths", "a death toll of 31"."""
    for token in (noun, parse.head(noun) if noun.dep in ("nsubj", "pobj", "dobj") else noun):
        fits = token.pos in ("ADJ", "NOUN", "PROPN") or token.tag == "VBN"
        found = _harm(token) if fits else None
        if found:
            return found
    for child in parse.children(noun):
        if child.dep in ("amod", "acl", "oprd", "acomp", "prep", "relcl"):
            found = _harm(child) if child.tag != "VBD" else None
            if found:
                return found
    return _left_so(parse, noun) or _toll(parse, noun)


def _left_so(parse: Parse, noun: Token) -> str | None:
    """ "left four farmers dead": the quality stands beside the object."""
    if noun.dep not in ("dobj", "nsubj"):
        return None
    for beside in parse.children(parse.head(noun)):
        if beside.dep in ("oprd", "acomp", "advcl", "xcomp", "ccomp") and beside.i > noun.i:
            found = _harm(beside) if beside.pos == "ADJ" or beside.tag == "VBN" else None
            if found:
                return found
    return None


def _toll(parse: Parse, noun: Token) -> str | None:
    """ "the toll rose to 31", "a toll of 31", "put the number of dead at 31"."""
    above = parse.head(noun)
    while above.pos in ("ADP", "SCONJ"):
        above = parse.head(above)
    nouns = [above]
    if above.pos != "NOUN":
        nouns = [c for c in parse.children(above) if c.dep in ("nsubj", "nsubjpass", "dobj")]
    return next((found for token in nouns if (found := _counted_by(parse, token))), None)


def _counted_by(parse: Parse, noun: Token) -> str | None:
    """What a "death toll", a "number of wounded" or a "toll" counts."""
    if noun.lemma not in _TOLL | _FIGURE:
        return None
    of = parse.child(noun, "prep")
    below = parse.child(of, "pobj") if of and of.lower == "of" else None
    for kind in (parse.child(noun, "compound"), below):
        if kind and (found := _harm(kind)):
            return found
    return "killed" if noun.lemma in _TOLL else None


def _harm_of(parse: Parse, noun: Token, predicate: Predicate) -> str | None:
    """The harm that the predicate does to the one who is counted."""
    what = _harm_by(parse, predicate.token)
    if what is None:
        return None
    top = noun
    while top.dep in ("conj", "pobj", "prep", "appos") and parse.head(top).i != predicate.token.i:
        if top.dep == "prep" and top.lower != "of":
            return None
        top = parse.head(top)
    if predicate.kind == "noun":
        return what
    return what if _suffers(predicate.token, top) else None


def _harm_by(parse: Parse, verb: Token) -> str | None:
    """ "rounded up" is an arrest, "rounds" are not."""
    particle = parse.child(verb, "prt")
    phrasal = f"{verb.lemma} {particle.lower}" if particle else ""
    return mapping("harms", "word", "what").get(phrasal) or _harm(verb)


def _suffers(verb: Token, noun: Token) -> bool:
    if noun.dep in ("dobj", "nsubjpass"):
        return True
    if noun.dep == "nsubj":
        return verb.lemma in _INTRANSITIVE or verb.tag == "VBN" or verb.lower == "missing"
    return verb.head == noun.i


_INTRANSITIVE = frozenset({"die", "perish", "disappear", "vanish", "flee", "succumb"})


def _start(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _time_rank(mention: Mention) -> tuple[bool, int, int]:
    return mention.timex_type not in ("DATE", "TIME"), mention.start, mention.end
