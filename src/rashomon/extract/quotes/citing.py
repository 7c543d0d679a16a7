"""Who stands behind a source: "the paper, citing a clerk, reported", "it has this from a clerk".

The words are then the clerk's inside the paper's: a quote of the same content within the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import words
from rashomon.base.rows import Span
from rashomon.extract.quotes import sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

_CITING = frozenset({"cite", "quote"})
_HAVING = frozenset({"have", "get", "learn", "hear", "obtain", "take"})
_THIS = frozenset({"this", "it", "that", "story", "report", "account", "news", "information"})
_NEAR = 3


def cited(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts for what stands behind the sources of other drafts, which `under` names."""
    by_cue = {d.at.i: n for n, d in enumerate(drafts) if d.at is not None}
    return [*_citing(page, drafts, by_cue), *_having(page, drafts)]


def leads(page: Page, verb: Token) -> bool:
    """Whether a verb only names the source behind another one ("citing officials")."""
    return _behind(page, verb) is not None


def _behind(page: Page, verb: Token) -> Token | None:
    """The head of who is cited: people, a medium or a document, no mere thing."""
    if verb.lemma not in _CITING or verb.tag != "VBG" or verb.dep not in ("advcl", "acl", "ccomp"):
        return None
    thing = page.parse.child(verb, "dobj")
    if thing is None:
        return None
    if not (sources.speaks(thing) or thing.lemma in _people() or _named(page, verb)):
        return None
    of = any(c.dep == "prep" and c.lower == "of" for c in page.parse.children(thing))
    return None if of and sources.nouns().get(thing.lemma) == "document" else thing


def _named(page: Page, verb: Token) -> bool:
    """Whether a name is cited between a verb of speech and its clause: a name that stands there is
    a source's, whatever it is the name of."""
    thing = page.parse.child(verb, "dobj")
    return thing is not None and thing.pos == "PROPN" and _that(page.parse, verb) is not None


def carried(parse: Parse, verb: Token) -> tuple[list[Token], str] | None:
    """ "reported, citing a clerk, that": the clause of the verb, which parses hang on "citing"."""
    for child in parse.children(verb):
        that = _that(parse, child) if _cites(child) else _that_behind(parse, child)
        if that is not None:
            said = [t for t in parse.sentence(verb.sentence) if t.i >= that.i]
            while len(said) > 1 and said[-1].pos == "PUNCT":
                said.pop()
            return said, "the clause behind whom it cites"
    return None


def _cites(token: Token) -> bool:
    return token.lemma in _CITING and token.tag == "VBG"


def _that_behind(parse: Parse, clause: Token) -> Token | None:
    """The "that" of a clause which the parser opens with "citing X,"."""
    that = parse.child(clause, "mark") if clause.dep == "ccomp" else None
    if that is None or that.lower != "that" or parse.tokens[that.i - 1].text != ",":
        return None
    return that if any(_cites(c) and c.i < that.i for c in parse.children(clause)) else None


def _that(parse: Parse, citing: Token) -> Token | None:
    """The "that" of a clause set off by commas behind who is cited."""
    for child in parse.children(citing):
        that = parse.child(child, "mark") if child.dep == "ccomp" else None
        if that is not None and that.lower == "that" and parse.tokens[that.i - 1].text == ",":
            return that
    return None


def _citing(page: Page, drafts: Sequence[Draft], by_cue: dict[int, int]) -> Iterator[Draft]:
    for token in page.parse.tokens:
        thing = _behind(page, token) if token.lemma in _CITING else None
        if thing is None or not page.outside(token):
            continue
        number = _held(page, token, by_cue)
        source = sources.phrase(page, thing, token)
        if number is None or source is None:
            continue
        yield _draft(token, source, Span(token.start, token.end), drafts[number], number)


def _held(page: Page, verb: Token, by_cue: dict[int, int]) -> int | None:
    """The draft of the cue that a citing word belongs to: above it, or of the noun it describes."""
    for above in page.parse.ancestors(verb):
        if above.i in by_cue:
            return by_cue[above.i]
    return None


def _draft(verb: Token, source: Source, cue: Span, outer: Draft, number: int) -> Draft:
    because = f"'{verb.text}' names who stands behind the source"
    return Draft(
        verb.sentence, source, cue, outer.content, "neutral", because, at=verb, under=number
    )


def _having(page: Page, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """ "It has this from X": X stands behind what "it" was said to report just before."""
    parse = page.parse
    for token in parse.tokens:
        if token.lemma not in _HAVING or token.pos not in ("VERB", "AUX"):
            continue
        thing, subject = parse.child(token, "dobj"), parse.child(token, "nsubj")
        start = next((c for c in parse.children(token) if c.lower == "from"), None)
        noun = parse.child(start, "pobj") if start is not None else None
        if thing is None or subject is None or noun is None or thing.lower not in _THIS:
            continue
        source, number = sources.phrase(page, noun, token), _before(page, drafts, token)
        if source is None or start is None or number is None or not sources.speaks(noun):
            continue
        yield _draft(token, source, Span(token.start, start.end), drafts[number], number)


def _before(page: Page, drafts: Sequence[Draft], verb: Token) -> int | None:
    """The last draft of a source in the few sentences before, in the same paragraph."""
    near = [
        n
        for n, draft in enumerate(drafts)
        if verb.sentence - _NEAR <= draft.sentence < verb.sentence
        and page.paragraph_of[draft.sentence] == page.paragraph_of[verb.sentence]
        and draft.source is not None
        and draft.kind is None
    ]
    return max(near, key=lambda n: drafts[n].content[0].start, default=None)


def _people() -> frozenset[str]:
    return words("people_nouns") | words("role_nouns")
