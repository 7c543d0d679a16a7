"""Cues of several words, from `data/cue_phrases.tsv`: "cast doubt on", "made it clear that"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, cast

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.rows import Span, Stance
from rashomon.extract.quotes import contents, cues, sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

_NEEDED = frozenset({"dobj", "acomp", "oprd", "ccomp", "advmod", "prt", "xcomp", "nsubjpass"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "advcl"})
_OPENERS = frozenset({"that", "whether", "if", "how", "why"})


class _Phrase(NamedTuple):
    stance: Stance
    frames: frozenset[str]


@cache
def _phrases() -> Mapping[tuple[str, str], _Phrase]:
    return MappingProxyType(
        {
            (row["verb"], word): _Phrase(
                cast(Stance, row["stance"]), frozenset(row["frames"].split())
            )
            for row in table("cue_phrases")
            for word in row["word"].split()
        }
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(verb for verb, _ in _phrases())


def phrased(page: Page, taken: frozenset[int]) -> list[Draft]:
    """A draft for each phrase of the page; `taken` are cue tokens that already have a content."""
    drafts = (_draft(page, verb, taken) for verb in page.parse.tokens if verb.lemma in _verbs())
    return [draft for draft in drafts if draft is not None]


def _draft(page: Page, verb: Token, taken: frozenset[int]) -> Draft | None:
    found = _word(page.parse, verb) if verb.pos == "VERB" and verb.i not in taken else None
    if found is None or found[0].i in taken:
        return None
    word, phrase = found
    content = _content(page.parse, verb, word, phrase.frames)
    source = _source(page, verb, word)
    if content is None or source is None:
        return None
    tokens, end = content
    cue = Span(cues.group(page.parse, verb).start, end)
    if source.span.start >= cue.start and source.span.end <= cue.end:
        return None
    spans = contents.spans(page, tokens, cue, source.span)
    if not spans:
        return None
    because = f"'{verb.lemma} {word.lower}' with what it is about"
    return Draft(verb.sentence, source, cue, spans, phrase.stance, because, at=verb)


def _word(parse: Parse, verb: Token) -> tuple[Token, _Phrase] | None:
    """The word that makes the verb speak, and the phrase that the two are."""
    for child in parse.children(verb):
        near = child.dep in _NEEDED and (child.i > verb.i or child.dep == "nsubjpass")
        phrase = _phrases().get((verb.lemma, child.lemma)) if near else None
        if phrase is not None:
            return child, phrase
    return None


def _source(page: Page, verb: Token, word: Token) -> Source | None:
    if word.dep == "nsubjpass":
        return sources.agent(page, verb)
    source = None if cues.passive(page.parse, verb) else sources.of_verb(page, verb)
    if source is None or source.anchor.dep == "expl" or sources.abstract(source.anchor):
        return None
    person = sources.speaks(source.anchor) and source.anchor.lower not in ("it", "this", "that")
    return source if person or (page.outside(verb) and source.anchor.lower == "it") else None


def _content(
    parse: Parse, verb: Token, word: Token, frames: frozenset[str]
) -> tuple[list[Token], int] | None:
    """The tokens of the content, and where the cue ends."""
    for head in (word, verb):
        for child in parse.children(head):
            if child.i <= word.i and child.i != word.i:
                continue
            if child.dep == "prep" and child.lower in frames - {"that", "which"}:
                below = [t for t in parse.subtree(child) if t.i != child.i]
                return (below, child.end) if below else None
            clause = _clause(parse, child, frames) if child.dep in _CLAUSES else None
            if clause is not None:
                return clause, parse.tokens[clause[0].i - 1].end
    return None


def _clause(parse: Parse, clause: Token, frames: frozenset[str]) -> list[Token] | None:
    """A clause that "that" or a question word leads, or "in which" where the phrase asks it."""
    below = [t for t in parse.subtree(clause) if t.pos not in ("PUNCT", "SPACE")]
    if not below:
        return None
    first, second = below[0], below[min(1, len(below) - 1)]
    led = first.lower == "where" or (first.lower, second.lower) == ("in", "which")
    if "which" in frames and led:
        after = 2 if first.lower == "in" else 1
        return below[after:] or None
    subject = clause.dep == "ccomp" and parse.child(clause, "nsubj", "nsubjpass") is not None
    if "that" in frames and (first.lower in _OPENERS or subject):
        return parse.subtree(clause)
    return None
