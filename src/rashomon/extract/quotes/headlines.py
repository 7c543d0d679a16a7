"""Headlines that name their source last: "Minister did not meet rebels, ministry states", "Nobody
hurt in blast, says mayor"."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.language import Token
from rashomon.base.rows import Span
from rashomon.extract.quotes import contents, cues
from rashomon.extract.quotes.drafts import Draft, Page, Source

_LONGEST_SOURCE = 8


def headed(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts for titles whose last word is a reporting verb that the parser took for a noun."""
    known = {d.at.i for d in drafts if d.at is not None}
    found = (
        _draft(page, number)
        for number, sentence in enumerate(page.sentences)
        if sentence.zone == "title"
    )
    return [d for d in found if d is not None and d.at is not None and d.at.i not in known]


def turned(page: Page) -> list[Draft]:
    """Drafts for titles that end "…, says X": parsers take what stands before for the subject."""
    found = (
        _turned(page, number)
        for number, sentence in enumerate(page.sentences)
        if sentence.zone == "title"
    )
    return [draft for draft in found if draft is not None]


def _turned(page: Page, sentence: int) -> Draft | None:
    tokens = _words(page, sentence)
    commas = [n for n, t in enumerate(tokens) if t.text == ","]
    if not commas or commas[-1] + 2 >= len(tokens):
        return None
    front, verb, named = tokens[: commas[-1]], tokens[commas[-1] + 1], tokens[commas[-1] + 2 :]
    if verb.tag not in ("VBZ", "VBP") or not _reports(verb):
        return None
    return _made(page, front, named, verb, f"a headline that ends with '{verb.text}' and a source")


def _words(page: Page, sentence: int) -> list[Token]:
    tokens = [t for t in page.parse.sentence(sentence) if t.pos != "SPACE"]
    while tokens and tokens[-1].text in (".", "!"):
        tokens.pop()
    return tokens


def _draft(page: Page, sentence: int) -> Draft | None:
    tokens = _words(page, sentence)
    commas = [n for n, t in enumerate(tokens) if t.text == ","]
    if not commas or not _reports(tokens[-1]):
        return None
    front, named = tokens[: commas[-1]], tokens[commas[-1] + 1 : -1]
    verb = tokens[-1]
    return _made(page, front, named, verb, f"a headline that ends with '{verb.text}'")


def _made(
    page: Page, front: list[Token], named: list[Token], verb: Token, because: str
) -> Draft | None:
    if not 0 < len(named) <= _LONGEST_SOURCE or len(front) < 2:
        return None
    if any(t.pos in ("VERB", "AUX", "SCONJ") for t in named):
        return None
    head = next((n for n, t in enumerate(named) if n and t.pos == "ADP"), len(named)) - 1
    source = Source(Span(named[0].start, named[-1].end), named[head])
    cue = Span(verb.start, verb.end)
    content = contents.spans(page, front, cue, source.span)
    if not content:
        return None
    return Draft(verb.sentence, source, cue, content, "neutral", because, at=verb)


def _reports(token: Token) -> bool:
    """A verb of speech in the present, whatever the tagger took it for."""
    cue = cues.lexicon("verb").get(token.lemma)
    if cue is None or cue.manner != "speech" or "that" not in cue.frames:
        return False
    return token.tag in ("VBZ", "VBP", "VB", "NNS", "NN") and token.text[:1].islower()
