"""The clause around a cue: "the war, he said, is over", "they met, an official told the paper"."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.language import Parse, Token
from rashomon.extract.quotes import cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.objects import child_of

_SUBORDINATE = frozenset({"ccomp", "parataxis", "advcl", "dep"})


def around(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """A parenthesis: "the war, he said, is over"; "as he put it"."""
    head = parse.head(verb)
    if "that" not in cue.frames or head.i == verb.i or verb.dep not in _SUBORDINATE:
        return None
    if cue.manner == "show" or _does(parse, cue, children) or bracketed(parse, verb):
        return None
    if _fronted(parse, verb, head):
        return None
    if head.pos not in ("VERB", "AUX") or not any(c.dep == "nsubj" for c in children):
        return None
    own = {t.i for t in parse.subtree(verb)}
    marked = any(c.dep == "mark" and c.lower != "as" for c in children)
    if marked or not _set_off(parse, own):
        return None
    return [t for t in _clause_of(parse, head, verb) if t.i not in own], "a clause around it"


def _fronted(parse: Parse, verb: Token, head: Token) -> bool:
    """ "He did not complain, an official said": the clause is the content of another cue."""
    if verb.dep != "ccomp" or verb.i > head.i or head.lemma not in cues.lexicon("verb"):
        return False
    subject = parse.child(head, "nsubj")
    return subject is not None and subject.i > verb.i


def in_front(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "The ships met at sea, a pilot told the paper." without a conjunction: the clause before."""
    head, subject = parse.head(verb), child_of(children, "nsubj")
    if verb.dep != "conj" or cue.manner != "speech" or "that" not in cue.frames or subject is None:
        return None
    first = min(parse.subtree(subject)[0].i, verb.i)
    joined = any(c.dep == "cc" and c.i == first - 1 for c in parse.children(head))
    if joined or first < head.i + 1 or parse.tokens[first - 1].text != ",":
        return None
    own = {t.i for t in parse.subtree(verb)}
    if not _ends(parse, max(own)) or not parse.child(head, "nsubj", "nsubjpass", "expl"):
        return None
    return [t for t in parse.subtree(head) if t.i not in own], "the clause before it"


def _ends(parse: Parse, last: int) -> bool:
    """Whether nothing but stops and marks follows a token in its sentence."""
    after = parse.tokens[last + 1 : parse.sentences[parse.tokens[last].sentence][1]]
    return all(t.pos in ("PUNCT", "SPACE") for t in after)


def _does(parse: Parse, cue: Cue, children: Sequence[Token]) -> bool:
    """ "has put off its move": a cue with an object that nobody hears is no parenthesis."""
    thing = child_of(children, "dobj")
    if thing is None or "obj>to" in cue.frames or sources.speaks(thing):
        return False
    return not any(c.dep == "mark" for c in children)


def bracketed(parse: Parse, verb: Token) -> bool:
    """ "(the mayor said, the bishop said)": several remarks in brackets, on other words."""
    first, after = parse.sentences[verb.sentence]
    opened = max((t.i for t in parse.tokens[first : verb.i] if t.text == "("), default=-1)
    if opened < 0 or any(t.text == ")" for t in parse.tokens[opened : verb.i]):
        return False
    closed = next((t.i for t in parse.tokens[verb.i : after] if t.text == ")"), after)
    held = parse.tokens[opened:closed]
    return sum(t.pos == "VERB" and t.lemma in cues.lexicon("verb") for t in held) > 1


def _set_off(parse: Parse, own: set[int]) -> bool:
    """Whether a comma, a dash or the edge of the sentence stands on both sides."""
    first, last = min(own), max(own)
    before = parse.tokens[first - 1] if first else None
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    left = (
        before is None or before.pos == "PUNCT" or before.sentence != parse.tokens[first].sentence
    )
    left = left or parse.tokens[first].pos == "PUNCT"
    right = after is None or after.pos == "PUNCT" or after.sentence != parse.tokens[last].sentence
    return left and (right or parse.tokens[last].pos == "PUNCT")


def _clause_of(parse: Parse, head: Token, cue: Token) -> list[Token]:
    """A clause without what its speaker says or does next ("..., X said, and he warned")."""
    cut: set[int] = set()
    for child in parse.children(head):
        subject = parse.child(child, "nsubj")
        onward = child.dep == "conj" and child.i > cue.i and child.lemma in cues.lexicon("verb")
        if onward and subject is not None and subject.lower in ("he", "she", "it", "they"):
            joined = [c.i for c in parse.children(head) if c.dep == "cc" and c.i < child.i]
            cut |= {t.i for t in parse.subtree(child)} | set(joined[-1:])
    return [t for t in parse.subtree(head) if t.i not in cut]
