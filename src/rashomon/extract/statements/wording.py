"""What stands beside a verb in its own clause: "not", "will", "no" subjects, adverbs."""

from __future__ import annotations

from dataclasses import replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Modality
from rashomon.extract.statements.clauses import finite
from rashomon.extract.statements.cues import Cue, cue, is_a
from rashomon.extract.statements.habits import habit
from rashomon.extract.statements.hearing import Factuality
from rashomon.extract.statements.papers import under_paper

_VERBAL = frozenset({"VERB", "AUX"})
_EMPTY_NOUNS = frozenset({"nobody", "none", "nothing", "neither", "nowhere"})


def verb_words(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """Negation, auxiliaries, adverbs and "no" subjects or objects of one verb."""
    told = _planned(parse, verb, told)
    for child in _negations_first(parse, verb):
        if child.dep == "neg" or (child.dep == "advmod" and _denies(parse, child)):
            told = told.heard(None, "denied", f"denied by '{child.text}'")
        elif child.dep == "aux":
            told = _auxiliary(parse, verb, child, told)
        elif child.dep in ("nsubj", "nsubjpass", "dobj"):
            told = no_determiner(parse, child, told)
        elif child.dep == "advmod":
            found = cue("adverb", child.lower)
            if found:
                told = _adverb(child, found, told)
    return _shared(parse, verb, told)


def _adverb(word: Token, found: Cue, told: Factuality) -> Factuality:
    """ "probably fled" is supposed, "will probably flee" expected."""
    modality = found.modality
    if told.future and modality:
        told = replace(told, modality=None, future=False)
        modality = "expected" if is_a("probability", word.lower) else modality
    return told.heard(modality, None, f"{modality} by '{word.text}'")


def _negations_first(parse: Parse, verb: Token) -> list[Token]:
    """ "could not approve": it matters to "could" that "not" follows."""
    return sorted(parse.children(verb), key=lambda child: child.dep != "neg")


def _planned(parse: Parse, verb: Token, told: Factuality) -> Factuality:
    """ "A convoy is planned"."""
    found = cue("arranged", verb.lemma)
    if found is None or not parse.child(verb, "auxpass") or parse.child(verb, "xcomp", "ccomp"):
        return told
    return told.heard(found.modality, None, f"{found.modality} by '{verb.text}'")


def _denies(parse: Parse, token: Token) -> bool:
    """ "hardly", "no longer"."""
    if token.lower == "longer" and parse.child(token, "neg"):
        return True
    found = cue("adverb", token.lower)
    return found is not None and found.polarity == "denied"


def no_determiner(parse: Parse, noun: Token | None, told: Factuality) -> Factuality:
    if noun is None:
        return told
    if noun.lower in _EMPTY_NOUNS:
        return told.heard(None, "denied", f"denied by '{noun.text}'")
    for child in parse.children(noun):
        if child.lower in ("no", "neither") and child.dep in ("det", "neg"):
            return told.heard(None, "denied", "denied by 'no'")
    if noun.lower == "no" or _not_one(parse, noun):
        return told.heard(None, "denied", "denied by 'no'")
    return told


def _not_one(parse: Parse, noun: Token) -> bool:
    """ "not one tanker", "not a single shot"."""
    words = {c.lower for c in parse.children(noun)}
    if "not" in words and words & {"a", "an"} and noun.dep != "ROOT":
        return True
    beside = [n for n in parse.children(noun) if n.dep in ("nummod", "det")]
    words |= {c.lower for n in beside for c in parse.children(n)}
    if {"hardly", "any"} <= words:
        return True
    if "not" not in words or noun.dep == "ROOT":
        return False
    return noun.lower == "one" or any(c.lower in ("one", "single") for c in parse.children(noun))


def _auxiliary(parse: Parse, verb: Token, word: Token, told: Factuality) -> Factuality:
    found = cue("auxiliary", word.lower)
    if found is None:
        return told
    modality = found.modality
    if word.lower in ("would", "'d") and not _reported(parse, verb):
        modality = _told_with_would(parse, verb)
    elif modality == "planned" and verb.lemma == "be" and parse.child(verb, "acomp", "attr"):
        modality = "expected"
    if word.lower in ("could",) and told.polarity == "denied":
        return told
    first = told.modality is None
    told = told.heard(modality, None, f"{modality} by '{word.text}'")
    return replace(told, future=True) if first and told.modality == "planned" else told


def _told_with_would(parse: Parse, verb: Token) -> Modality:
    if under_paper(parse, verb):
        return "planned"
    return "happened" if habit(parse, verb) else "supposed"


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
    if first.pos in _VERBAL and finite(parse, verb):
        return no_determiner(parse, parse.child(first, "nsubj", "nsubjpass"), told)
    if first.pos not in _VERBAL or first.tag != verb.tag:
        return told
    if any(c.dep == "cc" and c.lower == "but" for c in parse.children(first)):
        return told
    return verb_words(parse, first, told)
