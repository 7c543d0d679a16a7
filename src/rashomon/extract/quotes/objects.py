"""What a cue governs besides a clause: an object, an infinitive, a figure, a preposition."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.language import Parse, Token
from rashomon.extract.quotes.cues import Cue

_TOUCHING = frozenset(
    {"with", "in", "at", "against", "between", "among", "on", "about", "of", "by"}
)
_OCCASIONS = frozenset(
    {"speech", "statement", "interview", "meeting", "conference", "briefing", "letter", "report"}
    | {"tweet", "post", "message", "email", "article", "book", "broadcast", "debate", "rally"}
    | {"press", "twitter", "television", "radio", "address", "remark", "comment", "hearing"}
    | {"visit", "call", "talk", "ceremony", "sermon", "testimony", "video", "court", "parliament"}
    | {"morning", "evening", "night", "afternoon", "way", "term", "front", "behalf", "time", "day"}
    | {"week", "month", "year", "place", "response", "reply", "return", "fact", "event", "session"}
)
_NAMING = frozenset({"call", "dub", "term", "label", "brand", "deem"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def infinitival(parse: Parse, verb: Token) -> bool:
    if verb.tag in _FINITE:
        return False
    return any(c.tag == "TO" and c.dep == "aux" for c in parse.children(verb))


def child_of(children: Sequence[Token], *deps: str) -> Token | None:
    return next((c for c in children if c.dep in deps), None)


def place(token: Token) -> int:
    return token.i


def called_on(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    """ "call on X to leave", "appeal for X to leave": who is asked and what for."""
    infinitive = child_of(children, "xcomp", "advcl")
    if infinitive is not None and _called(parse, cue, infinitive):
        return parse.subtree(infinitive)[1:], "what follows 'for'"
    preposition = child_of(children, "prep")
    if infinitive is None or preposition is None or preposition.lower not in cue.prepositions:
        return None
    if not infinitival(parse, infinitive) or infinitive.i < preposition.i:
        return None
    asked = [t for t in parse.subtree(preposition) if t.i != preposition.i]
    tokens = sorted({*asked, *parse.subtree(infinitive)}, key=place)
    return tokens, f"what follows '{preposition.lower}'"


def _called(parse: Parse, cue: Cue, infinitive: Token) -> bool:
    """ "is calling for them to leave": an infinitive that "for" and its own subject lead."""
    first = parse.subtree(infinitive)[0]
    led = first.lower == "for" and first.i == infinitive.head + 1
    return led and "for" in cue.prepositions and infinitival(parse, infinitive)


def named(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    """ "call X a liar", "describe X as a liar", "see it as a sign"."""
    if not cue.frames & {"obj+as", "as"}:
        return None
    thing = child_of(children, "dobj")
    name = child_of(children, "oprd", "xcomp", "acomp", "attr")
    if name is None:
        name = next((c for c in children if c.dep == "prep" and c.lower == "as"), None)
    if name is None and thing is not None:
        name = next((c for c in parse.children(thing) if c.dep == "prep" and c.lower == "as"), None)
    if name is None or (thing is None and name.dep == "prep"):
        marked = _marked(parse, cue, thing) if thing is not None and name is None else []
        return (marked, "what it is called") if marked else None
    tokens = parse.subtree(name) + (parse.subtree(thing) if thing is not None else [])
    return sorted(set(tokens), key=place), "what it is called"


def _marked(parse: Parse, cue: Cue, thing: Token) -> list[Token]:
    """ "called the mayor “a liar”": an object and the marked words that touch it."""
    below = parse.subtree(thing)
    after = parse.sentences[thing.sentence][1]
    near = parse.tokens[thing.i + 1 : min(after, below[-1].i + 2)]
    opened = next((t.i for t in near if t.tag == "``" or t.text in ("“", "''", '"')), None)
    if cue.lemma not in _NAMING or opened is None:
        return []
    closed = (t.i for t in parse.tokens[opened + 1 : after] if t.text in ("”", "''", '"'))
    last = next(closed, opened)
    return list(parse.tokens[below[0].i : last + 1]) if last > opened else []


def infinitive(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    behind = [c for c in children if c.i > c.head]
    child = child_of(behind, "xcomp", "ccomp", "advcl")
    if child is None or (child.dep == "advcl" and not infinitival(parse, child)):
        return None
    tokens = parse.subtree(child)
    if child.tag == "VBG" or any(c.tag == "VBG" and c.dep == "aux" for c in parse.children(child)):
        return (tokens, "a gerund") if "ing" in cue.frames else None
    if "obj+to" in cue.frames:
        thing = child_of(children, "dobj")
        tokens = sorted({*tokens, *(parse.subtree(thing) if thing else [])}, key=place)
        return tokens, "an object and its infinitive"
    return (tokens, "an infinitive") if "to" in cue.frames and child.dep != "advcl" else None


def objects(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    thing = child_of(children, "dobj")
    if thing is None:
        return None
    for frame in sorted(f for f in cue.frames if f.startswith("obj>")):
        found = _of(parse, children, thing, frame[4:])
        if found:
            return found, f"an object and what follows '{frame[4:]}'"
    figure = _figure(parse, cue, children, thing)
    if figure:
        return figure, "a figure"
    if "obj" in cue.frames and thing.lower not in ("itself", "himself", "herself", "themselves"):
        return _extended(parse, thing, children), "an object"
    return None


def _figure(parse: Parse, cue: Cue, children: Sequence[Token], thing: Token) -> list[Token]:
    """ "counted 40 boats", "put the losses at 40": an object with a number, or put at one."""
    if "obj#" in cue.frames and any(c.dep == "nummod" for c in parse.children(thing)):
        return parse.subtree(thing)
    for child in children if "obj+at" in cue.frames else ():
        number = parse.child(child, "pobj") if child.dep == "prep" else None
        if child.lower == "at" and number is not None and child.i > thing.i:
            held = (number, *parse.children(number))
            if any(t.tag == "CD" for t in held):
                return sorted({*parse.subtree(thing), *parse.subtree(child)}, key=place)
    return []


def _extended(parse: Parse, thing: Token, children: Sequence[Token]) -> list[Token]:
    """An object with what the parse hung on the cue behind it: the reason or the name that the cue
    gives it ("for lying", "as a fraud"), or a phrase that touches it ("a truce in the north")."""
    tokens = set(parse.subtree(thing))
    last = max(t.i for t in tokens)
    for child in children:
        if child.dep != "prep" or child.i <= thing.i:
            continue
        near = child.i == last + 1 and child.lower in _TOUCHING and not _occasion(parse, child)
        if near or child.lower in ("for", "as", "over"):
            tokens.update(parse.subtree(child))
            last = max(t.i for t in tokens)
    return sorted(tokens, key=place)


def _occasion(parse: Parse, preposition: Token) -> bool:
    """ "in a speech", "at the meeting", "on Monday", "in 2006": when and where it was said."""
    noun = parse.child(preposition, "pobj")
    if noun is None or noun.ent in ("DATE", "TIME") or noun.lemma in _OCCASIONS:
        return True
    return preposition.lower in ("in", "at") and noun.pos == "PROPN"


def _of(
    parse: Parse, children: Sequence[Token], thing: Token, preposition: str
) -> list[Token] | None:
    for child in (*children, *parse.children(thing)):
        if child.dep == "prep" and child.lower == preposition:
            return [t for t in parse.subtree(child) if t.i != child.i]
        if preposition == "to" and child.dep in ("xcomp", "advcl") and child.i > thing.i:
            return parse.subtree(child) if infinitival(parse, child) else None
    return None


def prepositional(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    if not cue.prepositions:
        return None
    for child in children:
        if child.dep == "prep" and child.lower in cue.prepositions:
            tokens = [t for t in parse.subtree(child) if t.i != child.i]
            tokens += [t for c in children if _names(c, child) for t in parse.subtree(c)]
            return (tokens, f"what follows '{child.lower}'") if tokens else None
    return None


def _names(child: Token, behind: Token) -> bool:
    """ "referred to him as a liar": the name that follows what it is given to."""
    return child.dep == "prep" and child.lower == "as" and child.i > behind.i


def behind_comma(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "accused X, who was absent, of lying": what follows the preposition after an aside."""
    thing = child_of(children, "dobj")
    wanted = {f[4:] for f in cue.frames if f.startswith("obj>")}
    if thing is None or not wanted:
        return None
    last = max((t.i for child in children for t in parse.subtree(child)), default=thing.i)
    for token in parse.tokens[thing.i + 1 : last]:
        if token.lower in wanted and parse.tokens[token.i - 1].text == ",":
            deed = parse.child(token, "pcomp")
            if deed is not None and token.dep == "prep":
                return parse.subtree(deed), f"what follows '{token.lower}' after an aside"
    return None
