"""Whether a predicate is told as happened, going on, planned, demanded, threatened, supposed or
expected, and whether it is affirmed or denied.

First what stands in its own clause, then every word above it on the way to the top of the
sentence, then the cue of the quote that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Quote
from rashomon.extract.statements.clauses import finite, infinitive
from rashomon.extract.statements.conditions import (
    condition,
    in_condition,
    inverted,
    overturned,
    under_condition,
)
from rashomon.extract.statements.cues import Cue, cue, is_a, word_cue
from rashomon.extract.statements.governing import cue_over, cue_over_noun, foundered
from rashomon.extract.statements.hearing import Factuality
from rashomon.extract.statements.predicates import Predicate
from rashomon.extract.statements.rumours import aside
from rashomon.extract.statements.scene import Scene
from rashomon.extract.statements.subjects import accused_gerund, asked_to, of_whose
from rashomon.extract.statements.tense import from_tense
from rashomon.extract.statements.threats import threat
from rashomon.extract.statements.wording import no_determiner, verb_words

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})
_FAILING = frozenset({"failure", "inability"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OF_VERB = frozenset({"nsubj", "nsubjpass", "dobj"})
_OBJECTS = frozenset({"dobj", "pobj", "nsubjpass", "npadvmod"})
_DEPENDENT = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "oprd"})
_INSTEAD = frozenset({("instead", "of"), ("rather", "than"), ("far", "from")})
_MISSING = frozenset({"without", "instead"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_BEGINNING = frozenset({"begin", "start", "commence", "resume", "continue", "restart", "initiate"})


def factuality(scene: Scene, predicate: Predicate, act: str | None) -> Factuality:
    """Polarity and modality of a predicate, with the words that decided."""
    parse = scene.parse
    told = _own_clause(parse, predicate)
    told = _above(parse, predicate, told)
    told = _quoted(predicate, scene, told)
    told = under_condition(parse, predicate.carrier, act, told)
    told = threat(parse, predicate, act, told)
    if told.modality is None:
        modality = from_tense(scene, predicate, act, told.bearer)
        told = replace(told, modality=modality, purpose=modality == "planned")
    return told if told.polarity else replace(told, polarity="affirmed")


def _own_clause(parse: Parse, predicate: Predicate) -> Factuality:
    told = Factuality()
    if predicate.kind == "noun":
        told = _noun_modifiers(parse, predicate, told)
        if in_condition(parse, predicate.token):
            told = told.heard("supposed", None, "supposed by 'if'")
    if predicate.carrier.pos not in _VERBAL:
        return told
    told = verb_words(parse, predicate.carrier, told)
    told = no_determiner(parse, _headline_subject(parse, predicate.carrier), told)
    told = _by_the_source(parse, predicate.carrier, told)
    heard_of = aside(parse, predicate.carrier)
    if heard_of:
        told = told.heard("supposed", None, f"supposed by {heard_of}")
    if predicate.kind in ("copula", "adjective"):
        told = no_determiner(parse, parse.child(predicate.carrier, "attr"), told)
    return condition(parse, predicate.carrier, told)


def _headline_subject(parse: Parse, verb: Token) -> Token | None:
    """ "Nobody hurt in blast", "No vote held, says clerk": the noun that a participle without its
    "was" hangs on, where no verb follows of which it is the subject."""
    noun = parse.head(verb)
    if verb.dep != "acl" or verb.tag != "VBN" or noun.i > verb.i:
        return None
    set_apart = parse.tokens[noun.head - 1].text == "," and noun.head > verb.i
    return noun if noun.dep == "ROOT" or set_apart else None


def _by_the_source(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """ "According to the indictment, he killed two men"."""
    for child in parse.children(verb):
        inner = parse.child(child, "prep") if child.lower == "according" else None
        noun = parse.child(inner, "pobj") if inner else None
        found = word_cue(noun) if noun else None
        if noun and found and found.modality == "supposed":
            return told.heard("supposed", None, f"supposed by 'according to {noun.text}'")
    return told


def _noun_modifiers(parse: Parse, predicate: Predicate, told: Factuality) -> Factuality:
    """What stands before an event noun; the "no" of a subject or object is its verb's."""
    noun, verb = predicate.token, predicate.carrier
    of_verb = noun.head == verb.i and verb.pos in _VERBAL and noun.dep in _OF_VERB
    for child in parse.children(noun):
        if child.dep not in ("amod", "det", "neg"):
            continue
        found = cue("modifier", child.lower)
        if found:
            told = told.heard(found.modality, None, f"{found.modality} by '{child.text}'")
        elif child.lower == "no" and not of_verb:
            told = told.heard(None, "denied", "denied by 'no'")
    return told


def _above(parse: Parse, predicate: Predicate, told: Factuality) -> Factuality:
    """What the words above the predicate say of it."""
    below = predicate.carrier
    if below.pos not in _VERBAL:
        return _above_noun(parse, below, told)
    return _climb(parse, below, told)


def _climb(parse: Parse, below: Token, told: Factuality) -> Factuality:
    while below.head != below.i:
        step = _step(parse, below)
        if step is None:
            return told
        above, through = step
        told = replace(told, met=(*told.met, above.i))
        told = _hear(parse, above, below, through, told)
        told = _inherit(parse, below, above, through, told)
        if told.purpose or _only_told(parse, above, below):
            return told
        below = above
    return told


def _only_told(parse: Parse, above: Token, below: Token) -> bool:
    """Who "has to admit that" it happened does not have to do it; nor who has to face "the fact
    that" it did."""
    if below.dep == "acl" and above.pos == "NOUN" and finite(parse, below):
        return word_cue(above) is None and not is_a("telling", above.lemma)
    found = word_cue(above) if above.pos in _VERBAL else None
    return (
        below.dep == "ccomp"
        and found is not None
        and found.own == "speech"
        and finite(parse, below)
    )


def _step(parse: Parse, below: Token) -> tuple[Token, str] | None:
    """The next word up that can say something of what is below, and the preposition between."""
    above = parse.head(below)
    accused = accused_gerund(parse, below)
    if accused:
        return accused[1], "of"
    if below.dep == "relcl" or (below.dep == "advcl" and finite(parse, below)):
        return None
    if below.dep == "acl" and below.tag in _PARTICIPLES and not parse.child(below, "mark"):
        return None
    if above.pos in ("ADP", "SCONJ") and below.dep in ("pcomp", "pobj"):
        return _over_preposition(parse, above), _through(parse, above)
    return above, ""


def _through(parse: Parse, preposition: Token) -> str:
    """The preposition; "instead" for what did not come about ("instead of", "rather than")."""
    before = parse.tokens[preposition.i - 1].lower if preposition.i else ""
    return "instead" if (before, preposition.lower) in _INSTEAD else preposition.lower


def _over_preposition(parse: Parse, preposition: Token) -> Token:
    """The word that a preposition belongs to; "from" may be that of a verb before its object
    ("kept the planes from landing"), "of" that of an "out"."""
    over = of_whose(parse, preposition)
    if over.dep == "prep" and over.lower == "out":
        return parse.head(over)
    verb = parse.head(over)
    if preposition.lower == "from" and over.pos in _NOMINAL and cue("from", verb.lemma):
        return verb
    return over


def _hear(parse: Parse, above: Token, below: Token, through: str, told: Factuality) -> Factuality:
    if through in _MISSING:
        return told.heard(None, "denied", f"denied by '{through}'")
    if below.dep == "conj":
        return told
    if below.dep == "advcl" and through == "" and not asked_to(parse, below):
        return told
    if _lets(parse, above):
        return told.heard("demanded", None, f"demanded by '{above.text}'")
    if _in_vain(parse, above) and below.dep in _DEPENDENT:
        return _apply(cue("verb", "fail"), False, told)
    found = cue_over(parse, above, below, through)
    if found is None or _stands_before(parse, below, above, found):
        return told
    if above.pos == "NOUN" and found.modality == "supposed" and _refuted(parse, above):
        return told
    return _apply(found, _negated(parse, above), told)


def _refuted(parse: Parse, claim: Token) -> bool:
    """ "rejected the claim that": it is denied, and no longer supposed."""
    verb = parse.head(claim)
    found = cue_over(parse, verb, claim, "") if verb.pos in _VERBAL else None
    return found is not None and found.polarity == "denied" and not _negated(parse, verb)


def _in_vain(parse: Parse, verb: Token) -> bool:
    """ "tried in vain to", "sought unsuccessfully to"."""
    for child in parse.children(verb):
        if child.dep == "advmod" and is_a("vain", child.lower):
            return True
        if child.dep == "prep" and any(is_a("vain", c.lower) for c in parse.children(child)):
            return True
    return False


def _stands_before(parse: Parse, below: Token, above: Token, found: Cue) -> bool:
    """ "Xs propose a plan: Y needs peace": a clause before a "needs" is not what is needed."""
    asks = found.modality in ("demanded", "planned") and found.own != "speech"
    return asks and below.dep == "ccomp" and below.i < above.i and finite(parse, below)


def _lets(parse: Parse, verb: Token) -> bool:
    """ "Let him show it"."""
    return verb.lower == "let" and verb.tag == "VB" and parse.child(verb, "nsubj", "aux") is None


def _apply(found: Cue | None, negated: bool, told: Factuality) -> Factuality:
    if found is None:
        return told
    if found.word == "fail" and told.modality == "planned" and not negated:
        told = replace(told, modality="happened")
    if negated:
        polarity = found.negated
        if found.polarity == "denied":
            kept = is_a("excluding", found.word)
            why = f"supposed by 'not {found.word}'"
            return told.heard("supposed", None, why) if kept else told
        told = told.heard(None, polarity, f"denied by 'not {found.word}'")
        return told.heard(found.modality, None, f"{found.modality} by 'not {found.word}'")
    if told.future and is_a("opining", found.word):
        told = told.heard("expected", None, f"expected by '{found.word}'")
    if found.polarity:
        told = told.heard(None, found.polarity, f"{found.polarity} by '{found.word}'")
    return told.heard(found.modality, None, f"{found.modality} by '{found.word}'")


def _negated(parse: Parse, word: Token) -> bool:
    if any(c.dep == "neg" or (c.dep == "det" and c.lower == "no") for c in parse.children(word)):
        return True
    verb = parse.head(word) if word.pos == "ADJ" else word
    if word.pos == "ADJ" and any(c.dep == "neg" for c in parse.children(verb)):
        return True
    return verb.pos in _VERBAL and _by_nobody(parse, verb)


def _by_nobody(parse: Parse, verb: Token) -> bool:
    """ "Nobody wants to leave", "neither side is able to win"."""
    own = parse.child(verb, "nsubj", "nsubjpass")
    return no_determiner(parse, own, Factuality()).polarity == "denied"


def _inherit(
    parse: Parse, below: Token, above: Token, through: str, told: Factuality
) -> Factuality:
    """A verb form without tense takes the tense of the verb above it."""
    if above.pos in ("ADJ", "ADV") and word_cue(above) and parse.head(above).pos in _VERBAL:
        above, through = parse.head(above), "quality"
    if above.pos in _VERBAL and below.dep == "csubj" and not finite(parse, below):
        heard = verb_words(parse, above, Factuality())
        unreal = heard.modality in ("supposed", "planned")
        return told.heard("supposed", None, "; ".join(heard.because)) if unreal else told
    first = inverted(parse, above) if infinitive(parse, below) else None
    if first is above:
        return overturned(told, first)
    undone = word_cue(above) if above.pos == "NOUN" and infinitive(parse, below) else None
    if undone and undone.polarity == "denied":
        return told.heard("happened", None, "")
    if above.pos not in _VERBAL or below.dep not in _DEPENDENT or finite(parse, below):
        return told
    if told.modality is not None:
        return _supposed_above(parse, above, told)
    over = word_cue(above)
    aims = over is None or (below.dep == "advcl" and over.modality == "planned")
    if infinitive(parse, below) and not through and aims:
        return replace(told.heard("planned", None, "planned: a purpose"), purpose=True)
    heard = condition(parse, above, verb_words(parse, above, Factuality()))
    return replace(told.heard(heard.modality, None, "; ".join(heard.because)), bearer=above)


def _supposed_above(parse: Parse, above: Token, told: Factuality) -> Factuality:
    """ "If they were to negotiate": the condition counts more than the plan."""
    heard = condition(parse, above, Factuality())
    if heard.modality is None:
        return told
    return replace(told, modality="supposed", because=(*told.because, *heard.because))


def _above_noun(parse: Parse, noun: Token, told: Factuality) -> Factuality:
    """What stands over an event noun: "called for the withdrawal", "denied the attack"."""
    above, through = parse.head(noun), ""
    if noun.dep == "conj":
        return _above_noun(parse, above, told) if above.pos == "NOUN" else told
    if noun.dep in ("attr", "nsubj"):
        return _of_clause(parse, noun, above, told)
    if noun.dep == "pobj":
        above, through = parse.head(above), _through(parse, above)
    if noun.dep not in _OBJECTS or above.i == noun.i:
        return told
    if through in _MISSING:
        return told.heard(None, "denied", f"denied by '{through}'")
    if through and not _leads(above, through):
        return told
    found = cue_over_noun(parse, above, through)
    if found is None or (found.own == "speech" and found.modality != "supposed"):
        return told
    told = _apply(found, _negated(parse, above), told)
    told = replace(told, met=(*told.met, above.i))
    if above.lemma in _BEGINNING and above.pos == "VERB" and not through:
        told = replace(condition(parse, above, verb_words(parse, above, told)), bearer=above)
        return _climb(parse, above, told)
    return told


def _of_clause(parse: Parse, noun: Token, verb: Token, told: Factuality) -> Factuality:
    """ "It was no attack", "an attack would be a crime": the noun is told as its clause is; "the
    meeting fell through"."""
    if verb.pos not in _VERBAL:
        return told
    if noun.dep == "nsubj" and foundered(parse, verb):
        return told.heard(None, "denied", f"denied by '{verb.text}'")
    heard = condition(parse, verb, verb_words(parse, verb, Factuality()))
    if noun.dep == "attr":
        told = told.heard(heard.modality, heard.polarity, "; ".join(heard.because))
        return _climb(parse, verb, told)
    definite = any(c.dep == "det" and c.lower in _DEFINITE for c in parse.children(noun))
    if heard.modality == "supposed" and not definite and not parse.child(noun, "poss"):
        return told.heard("supposed", None, "; ".join(heard.because))
    return told


def _leads(above: Token, through: str) -> bool:
    """Whether a preposition leads from a cue to what it is about."""
    if through == "of" and above.lemma in _FAILING:
        return False
    return through in ("for", "of", "from", "out", "to", "against") and above.pos in (
        "VERB",
        "NOUN",
    )


def _quoted(predicate: Predicate, scene: Scene, told: Factuality) -> Factuality:
    """The cue of the quote, where the parse did not lead to it; then the reporter's doubt."""
    quote = scene.quote(predicate.token)
    if quote is None:
        return told
    if quote.cue is not None and quote.manner in ("indirect", "mixed"):
        told = _quote_cue(quote, predicate, scene, told)
    if quote.stance == "doubting" and told.modality is None:
        return told.heard("supposed", None, "supposed by the reporter's doubt")
    return told


def _quote_cue(quote: Quote, predicate: Predicate, scene: Scene, told: Factuality) -> Factuality:
    """Not for what the parse sets apart from the cue: a relative clause, a "while"."""
    heard = set(told.met) | _set_apart(scene.parse, predicate.carrier)
    words = list(_cue_words(quote, scene))
    if any(token.i in heard for token in words):
        return told
    for token in words:
        found = word_cue(token)
        if found and (found.modality or found.polarity):
            return _apply(found, _negated(scene.parse, token), told)
    return told


def _set_apart(parse: Parse, below: Token) -> set[int]:
    """The words over a relative or other finite clause that say nothing of what is in it."""
    stopped, over = below.pos == "NOUN" and _is_known(parse, below), set()
    while below.head != below.i:
        stopped = stopped or (below.pos in _VERBAL and _step(parse, below) is None)
        below = parse.head(below)
        if stopped:
            over.add(below.i)
    return over


def _is_known(parse: Parse, noun: Token) -> bool:
    """ "stopped the attack", "denied a part in the attack": nobody doubts the attack."""
    above = parse.head(noun)
    if above.pos == "ADP":
        return above.lower in ("in", "for") and is_a("part", parse.head(above).lemma)
    return is_a("ending", above.lemma)


def _cue_words(quote: Quote, scene: Scene) -> Iterator[Token]:
    if quote.cue is None:
        return
    for token in scene.tokens:
        if quote.cue.start <= token.start < quote.cue.end:
            yield token
