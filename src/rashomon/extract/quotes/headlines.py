"""Headlines that name their source last: "Minister did not meet rebels, ministry states"."""

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


def _draft(page: Page, sentence: int) -> Draft | None:
    tokens = [t for t in page.parse.sentence(sentence) if t.pos != "SPACE"]
    while tokens and tokens[-1].text in (".", "!"):
        tokens.pop()
    commas = [n for n, t in enumerate(tokens) if t.text == ","]
    if not commas or not _reports(tokens[-1]):
        return None
    front, named = tokens[: commas[-1]], tokens[commas[-1] + 1 : -1]
    if not 0 < len(named) <= _LONGEST_SOURCE or len(front) < 2:
        return None
    if any(t.pos in ("VERB", "AUX", "SCONJ") for t in named):
        return None
    source = Source(Span(named[0].start, named[-1].end), named[-1])
    cue = Span(tokens[-1].start, tokens[-1].end)
    content = contents.spans(page, front, cue, source.span)
    if not content:
        return None
    because = f"a headline that ends with '{tokens[-1].text}'"
    return Draft(sentence, source, cue, content, "neutral", because, at=tokens[-1])


def _reports(token: Token) -> bool:
    """A verb of speech in the present, whatever the tagger took it for."""
    cue = cues.lexicon("verb").get(token.lemma)
    if cue is None or cue.manner != "speech" or "that" not in cue.frames:
        return False
    return token.tag in ("VBZ", "VBP", "VB", "NNS", "NN") and token.text[:1].islower()
