"""Whose a verb is: its subject through voice, relative clauses, coordination and control."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.acts import event_noun, is_being
from rashomon.extract.statements.clauses import finite, infinitive
from rashomon.extract.statements.cues import cue, is_a, verb_cue, word_cue

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})
_IMPERSONAL = frozenset({"be", "seem", "appear", "happen", "turn", "remain", "emerge"})
_OF_THE_OBJECT = frozenset({"of", "from", "into", "for"})
_PAST = frozenset({"VBN", "VBD"})
_DEEPEST = 8


def passive(parse: Parse, verb: Token) -> bool:
    """Whether the surface subject is the one that it is done to."""
    deps = {child.dep for child in parse.children(verb)}
    if "auxpass" in deps or "nsubjpass" in deps or ("agent" in deps and verb.tag in _PAST):
        return True
    if verb.tag != "VBN" or "aux" in deps or "nsubj" in deps:
        return False
    if verb.dep == "conj":
        above = parse.head(verb)
        return above.pos in _VERBAL and passive(parse, above)
    return verb.dep in ("acl", "advcl", "relcl", "xcomp", "ccomp", "pcomp", "oprd", "ROOT")


def accused_gerund(parse: Parse, word: Token) -> tuple[Token, Token] | None:
    """ "accused Xs of burning villages", where the parser has "burning" describe the villages:
    the accused and the verb of accusation."""
    preposition = parse.head(parse.head(word))
    if word.dep != "amod" or word.tag != "VBG" or preposition.lower != "of":
        return None
    accused = parse.head(preposition)
    verb = parse.head(accused)
    if word.i != preposition.i + 1 or accused.dep not in ("dobj", "nsubjpass"):
        return None
    return (accused, verb) if is_a("of", verb.lemma) else None


def subject(parse: Parse, verb: Token, depth: int = 0) -> Token | None:
    """The head of the noun phrase that is the verb's subject, wherever it stands."""
    own = parse.child(verb, "nsubj", "nsubjpass")
    if own:
        return antecedent(parse, _after_dateline(parse, own), verb)
    if depth > _DEEPEST or parse.child(verb, "expl"):
        return None
    above = parse.head(verb)
    if verb.dep == "ccomp" and above.pos != "ADJ" and finite(parse, verb):
        return _parted(parse, verb, above)
    if verb.dep in ("acl", "relcl"):
        return _subject_of_modifier(parse, verb, above, depth)
    if verb.dep == "pcomp" or (verb.dep == "pobj" and verb.tag == "VBG"):
        return _subject_under_preposition(parse, verb, depth)
    if verb.dep in ("xcomp", "ccomp") and above.pos == "ADJ":
        return subject(parse, parse.head(above), depth + 1)
    if verb.dep in ("xcomp", "ccomp", "oprd") and above.pos in _VERBAL:
        return controller(parse, above, depth)
    if asked_to(parse, verb):
        return controller(parse, above, depth)
    if verb.dep in ("conj", "advcl", "dep") and above.pos in _VERBAL:
        return subject(parse, _told_by(parse, verb, above), depth + 1)
    return None


def _parted(parse: Parse, verb: Token, above: Token) -> Token | None:
    """A told clause has a subject of its own: never the one who tells. "Men loyal to X had fired",
    where the parser makes a clause of "men loyal"."""
    for beside in parse.children(above):
        if beside.dep == "ccomp" and beside.pos == "ADJ" and beside.i < verb.i:
            return parse.child(beside, "nsubj")
    return None


def _after_dateline(parse: Parse, noun: Token) -> Token:
    """ "PORTVILLE -- A court has ...": the parser takes the dateline for the subject."""
    if noun.text.isupper() and noun.pos == "PROPN":
        behind = parse.child(noun, "appos")
        dash = parse.child(noun, "punct")
        if behind and dash and dash.text in ("--", "-", "—", "–"):
            return behind
    return noun


def _told_by(parse: Parse, verb: Token, above: Token) -> Token:
    """ "Xs fled, officials said, leaving Y": the participle belongs to what was said."""
    found = verb_cue(above)
    if verb.dep == "advcl" and found and found.own == "speech":
        said = parse.child(above, "ccomp")
        if said and said.i < above.i < verb.i:
            return said
    return above


def asked_to(parse: Parse, verb: Token) -> bool:
    """ "advised Xs on Monday to leave": the parser takes what was asked for a purpose."""
    above = parse.head(verb)
    if verb.dep != "advcl" or above.pos not in _VERBAL or not infinitive(parse, verb):
        return False
    found = verb_cue(above)
    named = found is not None and found.control == "object" and found.modality == "demanded"
    return named and parse.child(above, "xcomp", "ccomp") is None


def antecedent(parse: Parse, noun: Token, verb: Token) -> Token | None:
    """What a relative pronoun stands for; the noun itself otherwise; None for empty "it"."""
    if noun.lower in _RELATIVE and noun.tag != "DT":
        clause = verb
        while clause.dep in ("conj", "xcomp", "ccomp") and clause.head != clause.i:
            clause = parse.head(clause)
        above = parse.head(clause)
        return above if clause.dep == "relcl" and above.pos in _NOMINAL else None
    return None if _empty(parse, noun, verb) else noun


def _empty(parse: Parse, noun: Token, verb: Token) -> bool:
    """ "It" and "there" that only fill the place of the subject."""
    if noun.lower != "it" or not parse.child(verb, "ccomp", "xcomp", "advcl"):
        return noun.lower == "there"
    return verb.lemma in _IMPERSONAL or passive(parse, verb)


def controller(parse: Parse, verb: Token, depth: int) -> Token | None:
    """The subject of a bare infinitive or participle under this verb."""
    found = verb_cue(verb)
    thing = parse.child(verb, "dobj")
    named = found and found.control == "object"
    if thing and (named or is_being(thing)) and not (found and found.control == "subject"):
        return thing
    if found and found.control == "object" and not passive(parse, verb) and not thing:
        asked = _asked(parse, verb)
        if asked:
            return asked
    return subject(parse, verb, depth + 1)


def _asked(parse: Parse, verb: Token) -> Token | None:
    """ "called on Xs to leave": the object of the preposition."""
    for preposition in parse.children(verb):
        if preposition.dep == "prep" and preposition.lemma in ("on", "upon", "to", "for"):
            return parse.child(preposition, "pobj")
    return None


def _subject_of_modifier(parse: Parse, verb: Token, above: Token, depth: int) -> Token | None:
    infinitive = any(c.dep == "aux" and c.lower == "to" for c in parse.children(verb))
    if not infinitive and verb.tag in ("VBN", "VBG", "VBD") and above.pos in _NOMINAL:
        hard = verb.tag == "VBG" and above.dep == "dobj" and is_a("having", above.lemma)
        return _owner(parse, above, depth) if hard else above
    if above.pos == "NOUN":
        return _owner(parse, above, depth)
    return None


def _subject_under_preposition(parse: Parse, verb: Token, depth: int) -> Token | None:
    preposition = parse.head(verb)
    above = parse.head(preposition)
    kept = parse.child(above, "dobj") if preposition.lower == "from" else None
    if kept and above.pos in _VERBAL and cue("from", above.lemma):
        return kept
    if above.pos in _VERBAL and preposition.lower in _OF_THE_OBJECT:
        return controller(parse, of_whose(parse, preposition), depth)
    if above.pos in _VERBAL:
        return subject(parse, above, depth + 1)
    if above.pos == "NOUN":
        return _owner(parse, above, depth)
    if above.pos == "ADJ":
        return _subject_of_quality(parse, above, depth)
    return None


def of_whose(parse: Parse, preposition: Token) -> Token:
    """The verb that asks for this "of": "accused Xs, as they are known, of burning" hangs on
    "accused", whatever stands between."""
    verb = parse.head(preposition)
    above = parse.head(verb)
    if (
        preposition.lower == "of"
        and verb.dep in ("advcl", "relcl", "acl")
        and above.pos in _VERBAL
        and is_a("of", above.lemma)
        and not is_a("of", verb.lemma)
    ):
        return above
    return verb


def _subject_of_quality(parse: Parse, quality: Token, depth: int) -> Token | None:
    """ "found Xs guilty of": the one who is said to be so."""
    verb = parse.head(quality)
    return (
        parse.child(quality, "nsubj")
        or (parse.child(verb, "dobj") if verb.lemma != "be" else None)
        or subject(parse, verb, depth + 1)
    )


def _owner(parse: Parse, noun: Token, depth: int) -> Token | None:
    """Whose plan, call, threat it is."""
    poss = parse.child(noun, "poss")
    if poss:
        return poss
    above = parse.head(noun)
    if above.pos not in _VERBAL and noun.dep == "pobj":
        if word_cue(noun) is None and event_noun(noun.lemma) is None:
            return None
        above = parse.head(above)
    found = subject(parse, above, depth + 1) if above.pos in _VERBAL else None
    return found if found is not noun else None
