"""What the words around a name say of its kind: "in Velor", "the Velor militia", "Velor's embassy".

A hint is a kind and a weight beside the recogniser's one vote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table
from rashomon.base.rows import MentionKind
from rashomon.extract.mentions import gazetteer
from rashomon.extract.mentions.names import POSSESSIVE, Name

Hint = tuple[MentionKind, int]


def hints(parse: Parse, name: Name) -> Iterator[Hint]:
    """Everything that stands around one name and speaks for a kind."""
    tokens = parse.tokens[name.first : name.after]
    begin, end = parse.sentences[tokens[0].sentence]
    before = parse.tokens[begin : name.first]
    after = parse.tokens[name.after : end]
    yield from _before(parse, tokens, before)
    yield from _after(parse, tokens, after)
    yield from _of(before)
    yield from _apposed(parse, tokens, after)
    yield from _acts(parse, tokens)
    yield from _inside(after)


@cache
def _kinds() -> Mapping[str, str]:
    return mapping("head_nouns", "word", "kind")


@cache
def _signs(use: str) -> frozenset[str]:
    """Words around a name with this use in `kind_signs`."""
    return frozenset(row["word"] for row in table("kind_signs") if row["use"] == use)


def _before(parse: Parse, tokens: Sequence[Token], before: Sequence[Token]) -> Iterator[Hint]:
    """ "in X", "neighbouring X", and "the X" or "Lee's X", which no person is."""
    if not before:
        return
    last, head = before[-1], tokens[-1]
    if head.dep == "pobj" and last.i == head.head and last.lower in _signs("where"):
        yield "place", 2
    if last.lower in _signs("beyond"):
        yield "place", 2
    if last.lower in _signs("from") and head.dep == "pobj" and last.i == head.head:
        yield "place", 1
    if last.lower in _signs("beside"):
        yield "place", 3
    if last.tag == "POS" or head.tag == "NNPS":
        yield "person", -2
    if last.lower == "the" and last.dep == "det" and tokens[0].i <= last.head <= head.i:
        yield "person", -3


def _after(parse: Parse, tokens: Sequence[Token], after: Sequence[Token]) -> Iterator[Hint]:
    """ "the X militia", "the X river", "X's embassy", and of one word "the X embassy"."""
    if not after:
        return
    owned = after[0].text in POSSESSIVE
    noun = parse.head(tokens[-1])
    if noun.i <= tokens[-1].i or noun.i > after[-1].i or noun.pos != "NOUN":
        return
    if (owned and tokens[-1].dep != "poss") or (not owned and noun.i != after[0].i):
        return
    if len(tokens) == 1 and noun.lower in _signs("state"):
        yield "state", 2
    kind = _kinds().get(noun.lower)
    if not owned and kind == "armed_group":
        yield "armed_group", 2
    if not owned and kind == "place":
        yield "place", 2
    if not owned and noun.lower in _signs("party"):
        yield "organisation", 2


def _of(before: Sequence[Token]) -> Iterator[Hint]:
    """ "the town of X", "the republic of X", "members of X"."""
    if len(before) > 1 and before[-1].lower == "of":
        if _kinds().get(before[-2].lower) == "place":
            yield "place", 3
        if before[-2].lower in _signs("of"):
            yield "place", 2
        if before[-2].lower in _signs("nation"):
            yield "state", 3
        if before[-2].lower in _signs("member"):
            yield "organisation", 2


def _apposed(parse: Parse, tokens: Sequence[Token], after: Sequence[Token]) -> Iterator[Hint]:
    """ "X, a town of 6,000", "X, an armed group"."""
    if len(after) < 3 or after[0].text != ",":
        return
    if after[1].lower not in ("a", "an", "the"):
        return
    noun = next((t for t in after[2:7] if t.pos == "NOUN" and parse.head(t).i != t.i
                 and t.dep != "compound"), None)  # fmt: skip
    if noun is None or any(t.text in ",;—–" for t in after[1 : noun.i - after[0].i]):
        return
    kind = _kinds().get(noun.lower, "")
    armed = any(t.lower in _signs("armed") for t in after[2:7])
    if kind == "place":
        yield "place", 3
    elif kind == "armed_group" or (kind == "organisation" and armed):
        yield "armed_group", 3
    elif kind == "organisation":
        yield "organisation", 3
    if noun.lower in _signs("nation"):
        yield "state", 3


def _inside(after: Sequence[Token]) -> Iterator[Hint]:
    """ "X, Sylvania, ...": a town and its state."""
    if len(after) > 2 and after[0].text == ",":
        state = after[1].text
        if gazetteer.known().get(state) == "state" and after[2].text in ",.;)":
            yield "place", 3


def _acts(parse: Parse, tokens: Sequence[Token]) -> Iterator[Hint]:
    """ "X plans to march": no place does, but for its government; "they besieged X"."""
    head = tokens[-1]
    if head.dep in ("dobj", "nsubjpass") and parse.head(head).lemma in _signs("taken"):
        yield "place", 2
    if head.dep == "nsubj" and parse.head(head).lemma in _signs("act"):
        yield "place", -2
        if len(tokens) > 1:
            yield "organisation", 1
