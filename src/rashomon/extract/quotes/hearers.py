"""Through whom the words came: who was told, who carried them, who quotes them.

"told X", "in an interview with X", "in remarks carried by X", "speaking to X", "quoted by X".
Whether X is an outlet, and so a voice of its own, the case decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.base.language import Parse, Token

_HEARING = frozenset({"tell", "inform", "brief", "assure", "remind", "email", "text"})
_TALK = frozenset(
    {"interview", "remark", "comment", "statement", "briefing", "letter", "column", "article"}
    | {"essay", "op", "ed", "email", "e-mail", "message", "call", "conversation", "broadcast"}
    | {"address", "speech", "testimony", "appearance", "post", "video", "recording", "footage"}
)
_CARRYING = frozenset(
    {"carry", "publish", "broadcast", "quote", "report", "air", "print", "cite", "post", "run"}
    | {"release", "show", "relay", "obtain", "see", "hear", "review"}
)
_TALKING = frozenset({"speak", "talk", "write"})
_TO = frozenset({"to", "with", "for", "on", "in"})


def of(parse: Parse, verb: Token) -> Iterator[Token]:
    """The words that name who heard or carried what a cue reports, the likeliest first."""
    if verb.lemma in _HEARING:
        for child in parse.children(verb):
            if child.dep in ("dobj", "dative") and child.i > verb.i:
                yield child
                yield from (c for c in parse.children(child) if c.dep == "appos")
    for child in parse.children(verb):
        if child.dep in ("prep", "dative") and child.pos == "ADP":
            yield from _after(parse, child)
        elif child.lemma in _TALKING and child.tag == "VBG" and child.dep in ("advcl", "ccomp"):
            yield from _talking(parse, child)
    above = parse.head(parse.head(verb)) if verb.dep == "pcomp" else verb
    yield from _agents(parse, above, ("quote", "cite"))
    subject = parse.child(verb, "nsubj")
    for below in parse.children(subject) if subject is not None else ():
        if below.dep == "acl" and below.lemma in _CARRYING | _TALKING:
            yield from _agents(parse, below, _CARRYING)
            yield from _talking(parse, below) if below.lemma in _TALKING else ()


def _after(parse: Parse, preposition: Token) -> Iterator[Token]:
    """ "to X", "on X", "in an interview with X", "in remarks carried by X"."""
    noun = parse.child(preposition, "pobj")
    if noun is None:
        return
    if preposition.lower in ("to", "on") and noun.pos == "PROPN":
        yield noun
    if noun.lemma not in _TALK:
        return
    for child in parse.children(noun):
        if child.dep == "prep" and child.lower in _TO:
            hearer = parse.child(child, "pobj")
            if hearer is not None:
                yield hearer
        elif child.dep == "acl":
            yield from _agents(parse, child, _CARRYING)
        elif child.dep in ("poss", "compound") and child.pos == "PROPN":
            yield child


def _agents(parse: Parse, verb: Token, known: frozenset[str] | tuple[str, ...]) -> Iterator[Token]:
    by = parse.child(verb, "agent") if verb.lemma in known else None
    noun = parse.child(by, "pobj") if by is not None else None
    if noun is not None:
        yield noun


def _talking(parse: Parse, verb: Token) -> Iterator[Token]:
    """ "speaking to X"."""
    for child in parse.children(verb):
        if child.dep in ("prep", "dative") and child.lower in ("to", "with", "on"):
            noun = parse.child(child, "pobj")
            if noun is not None:
                yield noun
