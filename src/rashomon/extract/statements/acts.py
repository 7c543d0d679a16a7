"""The PLOVER type and mode of a predicate, from the lexicon and the words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table, words

NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
_ANIMATE = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_BEFORE_THEIR_NOUN = frozenset({"peacekeeping"})
_FIRING = frozenset({"fire", "launch", "lob"})
_MATERIAL = frozenset(
    {"property", "territory", "troops", "media", "road", "base", "border", "envoy", "prisoner"}
    | {"hostage", "monitor", "observer", "peacekeeper", "medic", "person"}
)
_GENERAL_MODES = frozenset({None, "explosives", "firearms", "aerial", "heavy-weapons"})
_ANIMATE_PRONOUNS = frozenset(
    {"he", "she", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "whom"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of data/acts.tsv."""

    word: str
    particle: str
    thing: str
    act: str | None
    mode: str | None
    roles: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a predicate does. `consumed`: its object is a part of the pattern (lift sanctions)."""

    act: str | None = None
    mode: str | None = None
    consumed: bool = False
    because: str = ""


@cache
def _entries(pos: str) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for row in table("acts"):
        if row["pos"] == pos:
            entry = Entry(
                row["word"],
                row["with"],
                row["object"],
                row["act"] or None,
                row["mode"] or None,
                row["roles"],
            )
            found[entry.word] = (*found.get(entry.word, ()), entry)
    return MappingProxyType(found)


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("act_objects"):
        found.setdefault(row["word"], set()).add(row["class"])
    return MappingProxyType({word: frozenset(classes) for word, classes in found.items()})


def event_noun(lemma: str) -> Entry | None:
    """The entry of a noun that names an event."""
    return _entries("noun").get(lemma, (None,))[0]


def verb_act_words(lemma: str) -> bool:
    """Whether a verb has an act of its own, whatever stands beside it."""
    return any(
        not e.particle and e.thing in ("", "each-other") for e in _entries("verb").get(lemma, ())
    )


def is_being(token: Token) -> bool:
    """Whether a noun names a person, a people or a group."""
    if token.ent in _ANIMATE or token.lower in _ANIMATE_PRONOUNS:
        return True
    return "being" in _classes().get(token.lemma, ())


def of_class(token: Token, name: str) -> bool:
    """Whether a noun is of a class of data/act_objects.tsv."""
    return name in _classes().get(token.lemma, ())


def verb_act(parse: Parse, verb: Token, things: Iterable[Token], *, several: bool = False) -> Act:
    """The act of a verb with these objects (its patients, whatever the voice).

    Of the patterns that fit, the one that asks for most counts. `several`: more than one does it.
    """
    entries = [
        e for e in _entries("verb").get(verb.lemma, ()) if several or e.thing != "each-other"
    ]
    if not entries:
        return Act()
    objects = list(things)
    beside = {c.lemma: c for c in parse.children(verb) if _beside(parse, c)}
    best: tuple[int, Entry, Token | None] | None = None
    for entry in entries:
        fit = _fit(parse, entry, objects, beside)
        if fit and (best is None or fit[0] > best[0]):
            best = (fit[0], entry, fit[1])
    return _told(parse, verb, best[1], best[2]) if best else Act()


def _beside(parse: Parse, word: Token) -> bool:
    """A particle or preposition of the verb; "on Saturday" is none."""
    if word.dep not in ("prt", "prep", "advmod"):
        return False
    thing = parse.child(word, "pobj")
    return thing is None or thing.ent not in ("DATE", "TIME")


def _fit(
    parse: Parse, entry: Entry, objects: list[Token], beside: Mapping[str, Token]
) -> tuple[int, Token | None] | None:
    """How much of a pattern is there, and its object; None if something it asks for is not."""
    score = 0
    if entry.particle:
        if entry.particle not in beside:
            return None
        score = 3
    if entry.thing in ("", "each-other"):
        return score, None
    candidates = objects
    if entry.particle:
        candidates = [*objects, *_under(parse, beside[entry.particle])]
    for thing in (measured(parse, candidate) for candidate in candidates):
        worth = _class_worth(parse, entry.thing, thing)
        if worth:
            return score + worth, thing
    return None


def _under(parse: Parse, preposition: Token) -> Iterator[Token]:
    for child in parse.children(preposition):
        if child.dep == "pobj":
            yield child
        elif child.dep == "prep":
            yield from _under(parse, child)


def _class_worth(parse: Parse, wanted: str, thing: Token) -> int:
    """3 for a noun of the class, 1 for the loose classes, 0 for no fit."""
    if wanted == "+":
        return 1
    if wanted == "name":
        return 1 if thing.ent in NAMES else 0
    if wanted == "+being":
        return 2 if is_being(thing) else 0
    return 3 if _of_class(parse, wanted, thing) else 0


def _of_class(parse: Parse, wanted: str, thing: Token) -> bool:
    classes = _classes()
    if wanted in classes.get(thing.lemma, ()):
        return True
    if thing.lemma in classes and wanted not in _BEFORE_THEIR_NOUN:
        return False
    return any(
        wanted in classes.get(child.lemma, ())
        for child in parse.children(thing)
        if child.dep in ("compound", "amod")
    )


def measured(parse: Parse, thing: Token) -> Token:
    """What is really meant by "a number of prisoners", "a state of emergency"."""
    if thing.lemma in words("measures"):
        of = next((c for c in parse.children(thing) if c.dep == "prep" and c.lower == "of"), None)
        inner = parse.child(of, "pobj") if of else None
        return measured(parse, inner) if inner else thing
    return thing


def _told(parse: Parse, verb: Token, entry: Entry, thing: Token | None) -> Act:
    because = f"verb '{' '.join(filter(None, (verb.lemma, entry.particle)))}'"
    consumed = False
    if thing is not None and entry.thing not in ("+", "+being", "name"):
        because += f" + '{thing.lemma}'"
        consumed = not is_being(thing) and _is_part_of_pattern(entry)
    mode = entry.mode
    if entry.act == "ASSAULT" and mode in _GENERAL_MODES:
        mode = _means(parse, verb) or mode
    if entry.act == "MOBILIZE" and _keeps_peace(parse, verb):
        return Act("AID", None, consumed, f"{because}, to keep peace -> AID")
    return Act(entry.act, mode, consumed, f"{because} -> {_name(entry.act, mode)}")


def _keeps_peace(parse: Parse, verb: Token) -> bool:
    """ "sent a platoon to the peacekeeping mission": troops that are lent to keep peace."""
    return any(of_class(token, "peacekeeping") for token in parse.subtree(verb))


def _is_part_of_pattern(entry: Entry) -> bool:
    """Whether the object only completes the verb: sanctions are lifted, but a convoy is hit."""
    if entry.thing == "weapon" and entry.act == "ASSAULT":
        return entry.word in _FIRING
    return entry.thing not in _MATERIAL


def noun_act(parse: Parse, noun: Token, carrier: Token) -> Act:
    """The act of an event noun; `carrier` is the light verb that bears it, or itself."""
    entry = event_noun(noun.lemma)
    if entry is None or entry.act is None:
        return Act()
    act, mode = entry.act, entry.mode
    if act == "ASSAULT":
        if mode in _GENERAL_MODES:
            mode = _means(parse, noun) or _means(parse, carrier) or mode
        if _is_labour_strike(parse, noun):
            act, mode = "PROTEST", "strike"
    return Act(act, mode, False, f"noun '{noun.lemma}' -> {_name(act, mode)}")


def _is_labour_strike(parse: Parse, noun: Token) -> bool:
    if noun.lemma != "strike":
        return False
    if any(c.lower in _LABOUR for c in parse.children(noun)):
        return True
    above = parse.head(noun)
    verb = parse.head(above) if above.pos == "ADP" else above
    own = parse.child(verb, "nsubj")
    return own is not None and own.lemma in words("labour")


_LABOUR = frozenset({"general", "hunger", "labour", "labor", "rail", "wage", "workers"})


def _means(parse: Parse, head: Token) -> str | None:
    """The ASSAULT mode that a weapon beside the predicate tells of."""
    weapons = mapping("weapons", "word", "mode")
    for child in parse.children(head):
        if child.dep in ("nsubj", "compound", "amod", "nmod", "dobj", "npadvmod", "nsubjpass"):
            found = weapons.get(child.lemma) or _compound_means(parse, child)
        elif child.dep in ("prep", "agent") and child.lemma in ("with", "by", "in", "from"):
            thing = parse.child(child, "pobj")
            found = (weapons.get(thing.lemma) or _compound_means(parse, thing)) if thing else None
        else:
            continue
        if found:
            return found
    return None


def _compound_means(parse: Parse, noun: Token) -> str | None:
    weapons = mapping("weapons", "word", "mode")
    for child in parse.children(noun):
        if child.dep in ("compound", "amod") and child.lemma in weapons:
            return weapons[child.lemma]
    return None


def _name(act: str | None, mode: str | None) -> str:
    return " ".join(filter(None, (act, mode))) or "no PLOVER type"
