"""Nouns and adjectives that carry an attribution: "X's claim that", "is confident that"."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.base.language import Token
from rashomon.base.rows import SourceKind, Span
from rashomon.extract.quotes import contents, cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Draft, Page, Source

_MASS = frozenset({"speculation", "talk", "gossip", "testimony"})
_LIGHT = frozenset(
    {"make", "issue", "give", "have", "release", "publish", "voice", "repeat", "express", "raise"}
    | {"share", "renew", "send", "hold", "deliver", "defend", "offer"}
)


def nominal(page: Page) -> list[Draft]:
    """Drafts for the nouns and adjectives of a page that govern a content."""
    return list(_each(page))


def _each(page: Page) -> Iterator[Draft]:
    nouns, adjectives = cues.lexicon("noun"), cues.lexicon("adjective")
    for token in page.parse.tokens:
        draft: Draft | None = None
        if token.pos == "NOUN" and token.lemma in nouns:
            draft = _noun(page, token, nouns[token.lemma])
        elif token.pos == "ADJ" and token.lemma in adjectives:
            draft = _adjective(page, token, adjectives[token.lemma])
        if draft is not None:
            yield draft


def _noun(page: Page, noun: Token, cue: Cue) -> Draft | None:
    parse = page.parse
    clause = _below(page, noun, cue)
    source = _owner(page, noun) if clause is not None else _maker(page, noun)
    kind: SourceKind | None = None
    if source is None and clause is not None and _rumoured(page, noun, cue):
        kind = "unnamed"
    elif source is None:
        return None
    tokens = parse.subtree(clause) if clause is not None else _topic(page, noun, cue)
    span = Span(noun.start, noun.end)
    content = contents.spans(page, tokens, span, source.span if source is not None else None)
    if not content:
        return None
    because = f"the noun '{noun.lemma}' with {'a clause' if clause is not None else 'its object'}"
    return Draft(noun.sentence, source, span, content, cue.stance, because, at=noun, kind=kind)


def _rumoured(page: Page, noun: Token, cue: Cue) -> bool:
    """ "amid reports that", "rejected claims that": somebody's words, whose is not told."""
    bare = noun.tag == "NNS" or noun.lemma in _MASS
    return bare and cue.manner == "speech" and page.outside(noun)


def _below(page: Page, noun: Token, cue: Cue) -> Token | None:
    """The that-clause or the infinitive that fills the noun."""
    parse = page.parse
    for child in parse.children(noun):
        if child.dep not in ("acl", "ccomp", "relcl") or child.i < noun.i:
            continue
        first = parse.subtree(child)[0]
        if first.lower == "that" and child.dep == "acl" and "that" in cue.frames:
            return child
        deps = {(c.dep, c.lower) for c in parse.children(child)}
        if ("mark", "that") in deps and "that" in cue.frames:
            return child
        if ("aux", "to") in deps and "to" in cue.frames:
            return child
    return None


def _topic(page: Page, noun: Token, cue: Cue) -> list[Token]:
    """ "his warnings about the dam", "their demand for talks": what follows the preposition."""
    parse = page.parse
    for child in parse.children(noun):
        if child.dep == "prep" and child.lower in cue.prepositions:
            return [t for t in parse.subtree(child) if t.i != child.i]
    return []


def _maker(page: Page, noun: Token) -> Source | None:
    """ "X's denial": only who owns the noun, or made it by name."""
    parse = page.parse
    owner = parse.child(noun, "poss")
    if owner is None:
        by = next((c for c in parse.children(noun) if c.dep == "prep" and c.lower == "by"), None)
        owner = parse.child(by, "pobj") if by is not None else None
    if owner is None or not sources.speaks(owner):
        return None
    return sources.phrase(page, owner, noun)


def _owner(page: Page, noun: Token) -> Source | None:
    """ "X's claim", "a claim by X", "the claim of X", "X made the claim"."""
    parse = page.parse
    owner = parse.child(noun, "poss")
    if owner is not None:
        return sources.phrase(page, owner, noun)
    for child in parse.children(noun):
        if child.dep == "prep" and child.lower in ("by", "from", "of"):
            person = parse.child(child, "pobj")
            if person is not None:
                return sources.phrase(page, person, noun)
    maker = next((c for c in parse.children(noun) if c.dep == "compound" and c.ent), None)
    if maker is not None and maker.ent in ("ORG", "PERSON", "NORP", "GPE"):
        return sources.phrase(page, maker, noun)
    verb = parse.head(noun)
    if noun.dep == "dobj" and verb.lemma in _LIGHT:
        return sources.of_verb(page, verb)
    return None


def _adjective(page: Page, word: Token, cue: Cue) -> Draft | None:
    """ "was confident that": the subject of the copula is the source."""
    parse = page.parse
    clause = parse.child(word, "ccomp")
    copula = parse.head(word)
    tokens = parse.subtree(clause) if clause is not None else _topic(page, word, cue)
    if not tokens or word.dep != "acomp":
        return None
    source = sources.of_verb(page, copula)
    if source is None or source.anchor.lower in ("it", "there"):
        return None
    span = Span(min(copula.start, word.start), word.end)
    content = contents.spans(page, tokens, span, source.span)
    if not content or not sources.speaks(source.anchor):
        return None
    because = f"'{word.lemma}' with {'a clause' if clause is not None else 'its object'}"
    return Draft(word.sentence, source, span, content, cue.stance, because, at=word)
