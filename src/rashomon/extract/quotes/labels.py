"""A name and a colon at the start of a paragraph: transcripts ("MODERATOR: …") and headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rashomon.base.language import Token
from rashomon.base.lexicon import table
from rashomon.base.rows import Span
from rashomon.base.spans import trim
from rashomon.extract.quotes import contents
from rashomon.extract.quotes.drafts import Draft, Page, Source

_LABEL = re.compile(r"[\"“”'‘]?((?:[^\W\d_][\w.'’()-]*[ ]?){1,6}):\s+(?=\S)")
_TELLING = frozenset(
    {"poll", "survey", "report", "study", "official", "expert", "police", "source", "witness"}
    | {"analyst", "ministry", "minister", "president", "army", "mayor", "governor", "spokesman"}
    | {"spokeswoman", "newspaper", "paper", "document", "lawyer", "activist", "monitor", "court"}
    | {
        "campaign",
        "union",
        "agency",
        "group",
        "rebel",
        "critic",
        "envoy",
        "diplomat",
        "un",
        "chief",
    }
)
_VOICES = frozenset({"PERSON", "ORG", "NORP"})


def labelled(page: Page) -> list[Draft]:
    """A draft for each paragraph that opens with the name of its speaker and a colon."""
    drafts = []
    sentence = 0
    for index, paragraph in enumerate(page.paragraphs):
        while page.paragraph_of[sentence] < index:
            sentence += 1
        draft = _draft(page, sentence, paragraph)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _draft(page: Page, sentence: int, paragraph: Span) -> Draft | None:
    text = page.parse.text
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    span = trim(text, Span(*match.span(1)))
    label = [t for t in page.parse.sentence(sentence) if span.start <= t.start < span.end]
    content = contents.tidy(page, [Span(match.end(), paragraph.end)])
    if (
        not label
        or not content
        or not _voice(text[span.start : span.end], label, heads=_heads(page, sentence))
    ):
        return None
    if not any(t.pos in ("VERB", "AUX") for t in _rest(page, sentence, match.end())):
        return None
    anchor = next((t for t in reversed(label) if t.pos in ("PROPN", "NOUN")), label[-1])
    cue = Span(match.end(1), match.end(1) + 1)
    because = "a name and a colon before the words"
    return Draft(sentence, Source(span, anchor), cue, content, "neutral", because)


def _heads(page: Page, sentence: int) -> bool:
    """Whether a sentence is a headline: a title, or all of a short paragraph without a stop."""
    paragraph = page.paragraphs[page.paragraph_of[sentence]]
    last = page.parse.text[paragraph.end - 1]
    return page.sentences[sentence].zone == "title" or last not in ".!?:,"


def _rest(page: Page, sentence: int, start: int) -> list[Token]:
    """The tokens of the first two sentences after the label."""
    after = min(sentence + 2, len(page.sentences))
    found = [t for k in range(sentence, after) for t in page.parse.sentence(k)]
    return [t for t in found if t.start >= start]


@cache
def _newsroom() -> frozenset[str]:
    """ "VIDEO", "CORRECTION": labels that say what comes, not who speaks."""
    return frozenset(row["label"] for row in table("paragraph_labels"))


def _voice(words: str, label: Sequence[Token], *, heads: bool) -> bool:
    """Whether the words before a colon name a speaker: in capitals, or a known name, alone."""
    if words.lower() in _newsroom():
        return False
    if words.isupper() and len(words) > 2:
        return True
    if any(t.pos in ("VERB", "AUX", "ADP") for t in label):
        return False
    if heads and label[-1].lemma.lower() in _TELLING:
        return True
    return label[-1].ent in _VOICES and all(t.text[:1].isupper() for t in label)
