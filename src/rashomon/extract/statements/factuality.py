"""Whether a predicate is told as happened, going on, planned, demanded, threatened, supposed or
expected, and whether it is affirmed or denied.

First what stands in its own clause, then every word above it on the way to the top of the
sentence, then the cue of the quote that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Modality, Polarity, Quote
from rashomon.extract.statements.cues import Cue, cue, word_cue
from rashomon.extract.statements.predicates import Predicate
from rashomon.extract.statements.scene import Scene
from rashomon.extract.statements.subjects import accused_gerund
from rashomon.extract.statements.tense import finite, from_tense, infinitive

_VERBAL = frozenset({"VERB", "AUX"})
_EMPTY_NOUNS = frozenset({"nobody", "none", "nothing", "neither", "nowhere"})
_DEPENDENT = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "oprd"})
_INDICATIVE = frozenset({"VBD", "VBZ"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """None where nothing has been said yet. `met`: the words passed on the way up; `bearer`: the
    verb above whose tense counts; `purpose`: an infinitive that tells only what for."""

    modality: Modality | None = None
    polarity: Polarity | None = None
    because: tuple[str, ...] = ()
    met: tuple[int, ...] = ()
    bearer: Token | None = None
    purpose: bool = False

    def heard(self, modality: Modality | None, polarity: Polarity | None, why: str) -> Factuality:
        """With what one more word says; what stands nearer to the predicate counts first."""
        new = self
        if modality and self.modality is None:
            new = replace(new, modality=modality)
        if polarity == "denied":
            turned: Polarity = "affirmed" if self.polarity == "denied" else "denied"
            new = replace(new, polarity=turned)
        if new is self:
            return self
        return replace(new, because=(*self.because, why))


def factuality(scene: Scene, predicate: Predicate, act: str | None) -> Factuality:
    """Polarity and modality of a predicate, with the words that decided."""
    parse = scene.parse
    told = _own_clause(parse, predicate)
    told = _above(parse, predicate, told)
    told = _quoted(scene.quote(predicate.token), scene, told)
    told = _threat(parse, predicate, act, told)
    if told.modality is None:
        modality = from_tense(scene, predicate, act, told.bearer)
        told = replace(told, modality=modality, purpose=modality == "planned")
    return told if told.polarity else replace(told, polarity="affirmed")


def _own_clause(parse: Parse, predicate: Predicate) -> Factuality:
    told = Factuality()
    if predicate.kind == "noun":
        told = _noun_modifiers(parse, predicate.token, told)
        if _in_displaced(parse, predicate.token):
            told = told.heard("supposed", None, "supposed by 'if'")
    if predicate.carrier.pos not in _VERBAL:
        return told
    told = _verb_words(parse, predicate.carrier, told)
    if predicate.kind in ("copula", "adjective"):
        told = _no_determiner(parse, parse.child(predicate.carrier, "attr"), told)
    return _condition(parse, predicate.carrier, told)


def _verb_words(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """Negation, auxiliaries, adverbs and "no" subjects or objects of one verb."""
    for child in parse.children(verb):
        if child.dep == "neg" or (child.dep == "advmod" and _denies(child)):
            told = told.heard(None, "denied", f"denied by '{child.text}'")
        elif child.dep == "aux":
            told = _auxiliary(parse, verb, child, told)
        elif child.dep in ("nsubj", "nsubjpass", "dobj"):
            told = _no_determiner(parse, child, told)
        elif child.dep == "advmod":
            found = cue("adverb", child.lower)
            if found:
                told = told.heard(found.modality, None, f"{found.modality} by '{child.text}'")
    return _shared(parse, verb, told)


def _denies(token: Token) -> bool:
    found = cue("adverb", token.lower)
    return found is not None and found.polarity == "denied"


def _no_determiner(parse: Parse, noun: Token | None, told: Factuality) -> Factuality:
    if noun is None:
        return told
    if noun.lower in _EMPTY_NOUNS:
        return told.heard(None, "denied", f"denied by '{noun.text}'")
    for child in parse.children(noun):
        if child.lower == "no" and child.dep in ("det", "neg"):
            return told.heard(None, "denied", "denied by 'no'")
    if noun.lower == "no":
        return told.heard(None, "denied", "denied by 'no'")
    return told


def _auxiliary(parse: Parse, verb: Token, word: Token, told: Factuality) -> Factuality:
    found = cue("auxiliary", word.lower)
    if found is None:
        return told
    modality = found.modality
    if word.lower in ("would", "'d") and not _reported(parse, verb):
        modality = "supposed"
    if word.lower in ("could",) and told.polarity == "denied":
        return told
    return told.heard(modality, None, f"{modality} by '{word.text}'")


def _reported(parse: Parse, verb: Token) -> bool:
    """ "would" as the past of "will": said that it would, vowed it would."""
    top = verb
    while top.dep == "conj" and top.head != top.i:
        top = parse.head(top)
    if top.dep == "ccomp":
        return True
    return any(c.dep in ("ccomp", "parataxis") and c.pos in _VERBAL for c in parse.children(top))


def _shared(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """A conjunct without subject and auxiliary of its own shares those of the first verb."""
    if verb.dep != "conj" or parse.child(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return told
    first = parse.head(verb)
    if first.pos not in _VERBAL or finite(parse, verb) or first.tag != verb.tag:
        return told
    if any(c.dep == "cc" and c.lower == "but" for c in parse.children(first)):
        return told
    return _verb_words(parse, first, told)


def _condition(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """ "if", "unless", "whether" over this clause, or a question."""
    for child in parse.children(verb):
        if child.dep in ("mark", "advmod"):
            found = cue("conjunction", child.lower)
            if found and not _displaced(parse, verb):
                return told.heard(found.modality, None, f"supposed by '{child.text}'")
    if verb.dep == "ROOT" and _asks(parse, verb):
        return told.heard("supposed", None, "supposed by a question")
    return told


def _displaced(parse: Parse, verb: Token) -> tuple[int, int] | None:
    """From "if" to the comma, where the parser hung "if" on the main verb behind the comma."""
    marks = [c for c in parse.children(verb) if c.dep == "mark" and c.lower in ("if", "unless")]
    own = parse.child(verb, "aux") or verb
    commas = [
        c.i for c in parse.children(verb) if c.text == "," and marks and marks[0].i < c.i < own.i
    ]
    return (marks[0].i, commas[0]) if commas else None


def _in_displaced(parse: Parse, noun: Token) -> bool:
    stretch = _displaced(parse, parse.head(noun))
    return stretch is not None and stretch[0] < noun.i < stretch[1]


def _asks(parse: Parse, verb: Token) -> bool:
    last = max((c for c in parse.children(verb) if c.dep == "punct"), key=_index, default=None)
    return last is not None and last.text == "?"


def _noun_modifiers(parse: Parse, noun: Token, told: Factuality) -> Factuality:
    for child in parse.children(noun):
        if child.dep not in ("amod", "det", "neg"):
            continue
        found = cue("modifier", child.lower)
        if found:
            told = told.heard(found.modality, None, f"{found.modality} by '{child.text}'")
        elif child.lower == "no":
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
        if told.purpose:
            return told
        below = above
    return told


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
        return parse.head(above), above.lower
    return above, ""


def _hear(parse: Parse, above: Token, below: Token, through: str, told: Factuality) -> Factuality:
    if through == "without":
        return told.heard(None, "denied", "denied by 'without'")
    if below.dep == "conj":
        return told
    if below.dep == "advcl" and through == "":
        return told
    found = _cue_over(parse, above, below, through)
    if found is None:
        return told
    return _apply(found, _negated(parse, above), told)


def _cue_over(parse: Parse, above: Token, below: Token, through: str) -> Cue | None:
    """The cue above a clause: "has to" and "wants Xs to" are others than "has" and "wants"."""
    if infinitive(parse, below) and not through:
        found = cue("infinitive", above.lemma)
        if found and not parse.child(above, "acomp", "attr"):
            return found
    if (below.tag in _INDICATIVE or parse.child(below, "mark")) and cue("that", above.lemma):
        return cue("that", above.lemma)
    if parse.child(below, "nsubj"):
        return cue("wanting", above.lemma) or word_cue(above, through)
    return word_cue(above, through)


def _apply(found: Cue, negated: bool, told: Factuality) -> Factuality:
    if negated:
        polarity = found.negated
        if found.polarity == "denied":
            return told
        told = told.heard(None, polarity, f"denied by 'not {found.word}'")
        return told.heard(found.modality, None, f"{found.modality} by 'not {found.word}'")
    if found.polarity:
        told = told.heard(None, found.polarity, f"{found.polarity} by '{found.word}'")
    return told.heard(found.modality, None, f"{found.modality} by '{found.word}'")


def _negated(parse: Parse, word: Token) -> bool:
    if any(c.dep == "neg" or (c.dep == "det" and c.lower == "no") for c in parse.children(word)):
        return True
    if word.pos == "ADJ":
        return any(c.dep == "neg" for c in parse.children(parse.head(word)))
    return False


def _inherit(
    parse: Parse, below: Token, above: Token, through: str, told: Factuality
) -> Factuality:
    """A verb form without tense takes the tense of the verb above it."""
    if above.pos == "ADJ" and word_cue(above) and parse.head(above).pos in _VERBAL:
        above, through = parse.head(above), "quality"
    if above.pos not in _VERBAL or below.dep not in _DEPENDENT or finite(parse, below):
        return told
    if told.modality is not None:
        return _supposed_above(parse, above, told)
    if infinitive(parse, below) and not through and word_cue(above) is None:
        return replace(told.heard("planned", None, "planned: a purpose"), purpose=True)
    heard = _condition(parse, above, _verb_words(parse, above, Factuality()))
    return replace(told.heard(heard.modality, None, "; ".join(heard.because)), bearer=above)


def _supposed_above(parse: Parse, above: Token, told: Factuality) -> Factuality:
    """ "If they were to negotiate": the condition counts more than the plan."""
    heard = _condition(parse, above, Factuality())
    if heard.modality is None:
        return told
    return replace(told, modality="supposed", because=(*told.because, *heard.because))


def _above_noun(parse: Parse, noun: Token, told: Factuality) -> Factuality:
    """What stands over an event noun: "called for the withdrawal", "denied the attack"."""
    above, through = parse.head(noun), ""
    if noun.dep == "conj":
        return _above_noun(parse, above, told) if above.pos == "NOUN" else told
    if noun.dep == "pobj":
        above, through = parse.head(above), above.lower
    if noun.dep not in ("dobj", "pobj", "nsubjpass") or above.i == noun.i:
        return told
    if through == "without":
        return told.heard(None, "denied", "denied by 'without'")
    if through and not _leads(above, through):
        return told
    found = word_cue(above, through)
    if found is None or (found.own == "speech" and found.modality != "supposed"):
        return told
    told = _apply(found, _negated(parse, above), told)
    return replace(told, met=(*told.met, above.i))


def _leads(above: Token, through: str) -> bool:
    """Whether a preposition leads from a cue to what it is about."""
    return through in ("for", "of", "from", "out", "to", "against") and above.pos in (
        "VERB",
        "NOUN",
    )


def _quoted(quote: Quote | None, scene: Scene, told: Factuality) -> Factuality:
    """The cue of the quote, where the parse did not lead to it; then the reporter's doubt."""
    if quote is None:
        return told
    if quote.cue is not None and quote.manner in ("indirect", "mixed"):
        told = _quote_cue(quote, scene, told)
    if quote.stance == "doubting" and told.modality is None:
        return told.heard("supposed", None, "supposed by the reporter's doubt")
    return told


def _quote_cue(quote: Quote, scene: Scene, told: Factuality) -> Factuality:
    for token in _cue_words(quote, scene):
        if token.i in told.met:
            return told
        found = word_cue(token)
        if found and (found.modality or found.polarity):
            return _apply(found, _negated(scene.parse, token), told)
    return told


def _cue_words(quote: Quote, scene: Scene) -> Iterator[Token]:
    if quote.cue is None:
        return
    for token in scene.tokens:
        if quote.cue.start <= token.start < quote.cue.end:
            yield token


def _threat(parse: Parse, predicate: Predicate, act: str | None, told: Factuality) -> Factuality:
    """A hostile act that will follow "if" something else is a threat."""
    if told.modality != "planned" or act not in _HOSTILE or not _conditional(parse, predicate):
        return told
    return replace(told, modality="threatened", because=(*told.because, "threatened: 'if'"))


def _conditional(parse: Parse, predicate: Predicate) -> bool:
    if _displaced(parse, predicate.carrier):
        return True
    return any(
        mark.dep in ("mark", "advmod") and mark.lower in ("if", "unless")
        for child in parse.children(predicate.carrier)
        if child.dep == "advcl"
        for mark in parse.children(child)
    )


def _index(token: Token) -> int:
    return token.i
