"""What a verb's form says of its clause: with a tense of its own, or an infinitive."""

from __future__ import annotations

from rashomon.base.language import Parse, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def finite(parse: Parse, verb: Token) -> bool:
    """Whether the verb has a tense of its own."""
    if verb.tag in _FINITE:
        return True
    return any(c.dep in ("aux", "auxpass") and (c.tag in _FINITE) for c in parse.children(verb))


def infinitive(parse: Parse, verb: Token) -> bool:
    return any(c.dep == "aux" and c.lower == "to" for c in parse.children(verb))
