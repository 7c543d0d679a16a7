"""Past habits: "would" of what came again and again is no condition."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.extract.statements.cues import is_a

_CLAUSE_MARKS = frozenset({"before", "until", "when", "whenever", "while", "after"})
_PAST = frozenset({"VBD"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_FIRST = frozenset({"every", "each", "those"})


def habit(parse: Parse, verb: Token) -> bool:
    """Whether a verb under "would" tells a habit: "would often", "every spring", "in those days",
    "before the road was built"."""
    children = tuple(parse.children(verb))
    if any(c.dep == "aux" and c.lower == "have" for c in children):
        return False
    if any(c.dep == "advmod" and is_a("often", c.lower) for c in children):
        return True
    return any(_again(parse, child) or _then(parse, child) for child in children)


def _again(parse: Parse, child: Token) -> bool:
    """ "every spring", "in those days", "on market days"."""
    noun = child
    if child.dep == "prep":
        noun = parse.child(child, "pobj") or child
    elif child.dep not in ("npadvmod", "advmod"):
        return False
    if not is_a("period", noun.lower.removesuffix("s")):
        return False
    bare = parse.child(noun, "det", "poss") is None
    if bare and (noun.tag in _PLURAL or (noun.lower in _SEASONS and child.lower == "in")):
        return child.dep == "prep"
    return any(c.dep == "det" and c.lower in _FIRST for c in parse.children(noun))


def _then(parse: Parse, clause: Token) -> bool:
    """ "before the road was built": a past that the habit lasted to or went along with."""
    if clause.dep != "advcl":
        return False
    below = tuple(parse.children(clause))
    marked = any(c.dep in ("mark", "advmod") and c.lower in _CLAUSE_MARKS for c in below)
    return marked and (clause.tag in _PAST or any(c.tag in _PAST for c in below if "aux" in c.dep))
