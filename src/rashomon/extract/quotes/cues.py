"""The words that carry an attribution, from `data/cues.tsv`, and how they stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.rows import Span, Stance
from rashomon.extract.quotes.drafts import Page

_GROUP = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_RAISING = frozenset(
    {
        "go",
        "continue",
        "decline",
        "refuse",
        "try",
        "appear",
        "seem",
        "begin",
        "start",
        "want",
        "need",
    }
    | {"use", "have", "be", "fail", "attempt", "seek", "manage", "stop", "bother", "rush", "resist"}
    | {"proceed", "help", "come", "tend", "hasten", "keep", "like", "love", "hesitate", "dare"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that can carry an attribution; `frames` say where its content stands."""

    lemma: str
    manner: str
    stance: Stance
    frames: frozenset[str]
    prepositions: frozenset[str]


@cache
def lexicon(pos: str) -> Mapping[str, Cue]:
    """The cues of one part of speech (verb, noun, adjective) by their lemma."""
    known = {"that", "to", "ing", "obj", "obj+to", "obj+as", "as", "quote", "obj#", "obj+at"}
    found: dict[str, Cue] = {}
    for row in table("cues"):
        if row["pos"] == pos and row["class"] != "wish":
            frames = frozenset(row["frames"].split())
            found[row["lemma"]] = Cue(
                lemma=row["lemma"],
                manner=row["class"],
                stance=cast(Stance, row["stance"]),
                frames=frames,
                prepositions=_prepositions(frames - known),
            )
    return MappingProxyType(found)


def _prepositions(frames: frozenset[str]) -> frozenset[str]:
    """The prepositions that a content may follow; "concerning" wherever "about" may stand."""
    plain = {f for f in frames if ">" not in f and f != "to-noun"}
    more = {"concerning", "regarding"} if "about" in plain else set()
    return frozenset(plain | more | ({"to"} if "to-noun" in frames else set()))


def verbs(page: Page) -> Iterator[tuple[Token, Cue]]:
    """Each verb of the page that can carry an attribution."""
    known = lexicon("verb")
    for token in page.parse.tokens:
        if token.pos == "VERB" and token.dep not in ("amod", "compound"):
            cue = known.get(token.lemma)
            if cue is not None:
                yield token, cue


def passive(parse: Parse, verb: Token) -> bool:
    """Whether the verb stands in the passive: "was told", "accused by them"."""
    if verb.tag != "VBN":
        return False
    deps = {child.dep for child in parse.children(verb)}
    if deps & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.lemma == "ask" and verb.dep == "advcl" and "dobj" not in deps:
        deps -= {"ccomp"}
    return verb.dep in ("acl", "advcl") and not deps & {"nsubj", "aux", "ccomp"}


def group(parse: Parse, verb: Token) -> Span:
    """The verb with its auxiliaries, particles and the verbs that lead to it ("went on to say")."""
    first = last = verb
    while True:
        before = parse.tokens[first.i - 1] if first.i else None
        if before is None or before.sentence != verb.sentence:
            break
        if before.head == first.i or before.head == verb.i:
            if before.dep not in _GROUP:
                break
        elif not _leads(parse, before, verb):
            break
        first = before
    after = parse.tokens[last.i + 1] if last.i + 1 < len(parse.tokens) else None
    if after is not None and after.head == verb.i and after.dep == "prt":
        last = after
    return Span(first.start, last.end)


def _leads(parse: Parse, before: Token, verb: Token) -> bool:
    """Whether a word just before a group belongs to the verbs that govern it."""
    ruler = parse.head(verb)
    if verb.dep not in ("xcomp", "advcl") or ruler.lemma not in _RAISING or ruler.i > verb.i:
        return False
    return before.i == ruler.i or (before.head == ruler.i and before.dep in _GROUP)
