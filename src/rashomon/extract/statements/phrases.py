"""Noun phrases: their spans, their conjuncts, and the mention that a head belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Mention, Part, Span
from rashomon.base.spans import hull
from rashomon.extract.statements.cues import is_a
from rashomon.extract.statements.scene import ACTORS, PLACES, Scene
from rashomon.extract.statements.subjects import accused_gerund

_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod", "neg"}
)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_CLAUSES = ("relcl", "acl", "appos", "conj", "cc", "punct")


def conjuncts(parse: Parse, token: Token) -> Iterator[Token]:
    """The noun itself and those joined to it by "and", "or" or commas."""
    yield token
    for child in parse.children(token):
        if child.dep == "conj" and child.pos in _NOMINAL:
            yield from conjuncts(parse, child)


def phrase(parse: Parse, head: Token) -> Span:
    """The head with what stands compactly before it, and an "of" phrase right behind it."""
    start, end = _first(parse, head).start, head.end
    tail = _of(parse, head)
    if tail:
        end = tail.end
    return Span(start, end)


def _first(parse: Parse, head: Token) -> Token:
    first = head
    for child in parse.children(head):
        if child.i >= head.i:
            break
        if child.dep in _LEFT and not accused_gerund(parse, child):
            leaf = parse.subtree(child, without=_CLAUSES)[0]
            first = min(first, leaf, key=_index)
    return first


def _of(parse: Parse, head: Token) -> Token | None:
    if is_a("of", parse.head(head).lemma) and head.dep in ("dobj", "nsubjpass"):
        return None
    for child in parse.children(head):
        if child.dep == "prep" and child.lower == "of" and child.i == head.i + 1:
            return parse.child(child, "pobj")
    return None


def _index(token: Token) -> int:
    return token.i


def mention_of(scene: Scene, head: Token) -> Mention | None:
    """The mention of an actor over the head, else of a place that acts, else that of its
    compound or its apposition ("the commander, X")."""
    over = scene.mark(head, ACTORS) or scene.mark(head, PLACES)
    if over:
        return over
    for child in scene.parse.children(head):
        if child.dep in ("compound", "appos"):
            found = scene.mark(child, ACTORS)
            if found:
                return found
    return None


def parts(scene: Scene, heads: Iterable[Token]) -> tuple[Part, ...]:
    """A part for each head, in the order of the text, none twice."""
    found: dict[tuple[int, int], Part] = {}
    for head in heads:
        mention = mention_of(scene, head)
        span = phrase(scene.parse, head)
        if mention and not any(token.pos == "VERB" for token in scene.covered(mention)):
            span = _whole_name(span, head, mention)
        part = Part(*span, scene.parse.words(span), mention.id if mention else None)
        found.setdefault((span.start, span.end), part)
    outer = [key for key in sorted(found) if not any(_inside(key, other) for other in found)]
    return tuple(found[key] for key in outer)


def _whole_name(span: Span, head: Token, mention: Mention) -> Span:
    """All of a name that the tokens break: "al" + "-Sadr"."""
    if mention.form != "name" or not mention.start <= head.start < head.end <= mention.end:
        return span
    return hull([span, Span(mention.start, mention.end)])


def _inside(key: tuple[int, int], other: tuple[int, int]) -> bool:
    return key != other and other[0] <= key[0] and key[1] <= other[1]
