"""The cue that stands beside a quoted stretch: "…," said X, and X said: "…"."""

from __future__ import annotations

from typing import NamedTuple

from rashomon.base.language import Token
from rashomon.extract.quotes import cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Page, Source

_NOMINAL = frozenset(
    {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "ADV", "AUX", "CCONJ", "PUNCT"}
    | {"SPACE", "X", "SYM"}
)
_OBJECTS = frozenset({"compound", "poss", "pobj", "nmod", "npadvmod"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD", "VB"})
_REACH = 30


class Found(NamedTuple):
    """A cue beside a quoted stretch and who its source is, if that can be told."""

    token: Token
    cue: Cue
    source: Source | None


def governing(page: Page, index: int) -> Found | None:
    """The cue that governs a mark of the page, just after it or just before it."""
    return _after(page, index) or _before(page, index)


def leading(page: Page, index: int) -> Found | None:
    """The cue at the end of the paragraph before, when that ends with a colon."""
    mark = page.marks[index]
    before = page.paragraphs[mark.paragraph - 1] if mark.paragraph else None
    if before is None or page.parse.text[before.end - 1] != ":":
        return None
    last = page.first[index]
    for token in reversed(page.parse.tokens[max(0, last - 2 * _REACH) : last]):
        if token.start < before.start or token.text in (".", "?", "!"):
            return None
        if can_speak(token) and page.outside(token):
            cue = cues.lexicon("verb")[token.lemma]
            return Found(token, cue, sources.of_verb(page, token))
    return None


def _after(page: Page, index: int) -> Found | None:
    """ "…," said X. Only words of the source may stand between the mark and the cue."""
    tokens = page.parse.tokens
    mark = page.marks[index]
    at = page.after[index]
    if at >= len(tokens) or tokens[at].start >= page.paragraphs[mark.paragraph].end:
        return None
    known = cues.lexicon("verb")
    if _full_stop(page, index) and not tokens[at].text[:1].islower():
        return None
    for token in tokens[at : at + _REACH]:
        if not page.outside(token) or token.sentence > tokens[at].sentence:
            return None
        if can_speak(token) and token.dep not in ("relcl", "acl"):
            source = _near(page, token, at, _end(page, token))
            return Found(token, known[token.lemma], source)
        if not _source_word(page, token, at):
            return None
    return None


def can_speak(token: Token) -> bool:
    cue = cues.lexicon("verb").get(token.lemma) if token.pos == "VERB" else None
    return cue is not None and cue.manner not in ("belief", "show")


def _full_stop(page: Page, index: int) -> bool:
    text, mark = page.parse.text, page.marks[index]
    return mark.end >= 2 and text[mark.end - 2] == "."


def _source_word(page: Page, token: Token, at: int) -> bool:
    """A word of a noun phrase, or of a clause that describes it."""
    if token.pos in _NOMINAL:
        return not (token.i == at and token.pos in ("ADP", "CCONJ", "PART", "AUX"))
    for above in (token, *page.parse.ancestors(token)):
        if above.dep in ("relcl", "acl", "appos"):
            return True
        if above.i < at:
            return False
    return False


def _end(page: Page, token: Token) -> int:
    return page.parse.sentences[token.sentence][1]


def _near(page: Page, verb: Token, first: int, after: int) -> Source | None:
    """The source of a cue among the tokens beside a mark: by the parse, else by place."""
    source = sources.of_verb(page, verb)
    tokens = page.parse.tokens
    if source is not None and page.outside(source.anchor):
        if tokens[first].start <= source.span.start < tokens[after - 1].end:
            return source
        if verb.dep in ("conj", "advcl", "xcomp", "acl"):
            return source
    return _beside(page, verb, first, after) or source


def _beside(page: Page, verb: Token, first: int, after: int) -> Source | None:
    """The noun phrase just before the cue, else just after it."""
    tokens = page.parse.tokens
    before = [t for t in tokens[first : verb.i] if t.sentence == verb.sentence]
    for token in reversed(before):
        if _noun(token) and page.outside(token) and token.dep not in _OBJECTS:
            return sources.phrase(page, token, verb)
    for token in tokens[verb.i + 1 : after] if not any(map(_noun, before)) else ():
        if token.pos in ("PUNCT", "VERB", "ADP", "SCONJ") or not page.outside(token):
            break
        if _noun(token) and token.dep not in _OBJECTS:
            return sources.phrase(page, token, verb)
    return None


def _noun(token: Token) -> bool:
    if token.dep == "npadvmod" or token.ent in ("DATE", "TIME"):
        return False
    return token.pos in ("NOUN", "PROPN", "PRON")


def _before(page: Page, index: int) -> Found | None:
    """X said: "…" The last cue before the mark, with a comma, a colon or nothing between."""
    tokens = page.parse.tokens
    mark, at = page.marks[index], page.first[index]
    start = page.paragraphs[mark.paragraph].start
    known = cues.lexicon("verb")
    if at and tokens[at - 1].pos in ("ADP", "DET") and tokens[at - 1].lower != "that":
        return None
    led = at > 0 and tokens[at - 1].text in (",", ":", "-", "–", "—")
    colon = at > 0 and tokens[at - 1].text == ":"
    for token in reversed(tokens[max(0, at - _REACH) : at]):
        if token.start < start or not page.outside(token) or token.text in (".", "?", "!", ";"):
            return None
        if can_speak(token) and token.dep != "amod":
            if colon and at - token.i > 2 and token.dep in ("advcl", "acl", "relcl", "pcomp"):
                continue
            if cues.passive(page.parse, token) and "obj+as" in known[token.lemma].frames:
                return None
            near = at - token.i <= 2
            if near or (led and (colon or at - token.i <= 14)):
                source = _near(page, token, max(0, at - _REACH), at)
                return Found(token, known[token.lemma], source)
            return None
        if token.tag in _FINITE and token.pos == "VERB" and not colon:
            return None
    return None
