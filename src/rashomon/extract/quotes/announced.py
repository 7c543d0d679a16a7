"""What is announced at the end of one paragraph and stands unmarked in the next ones.

"Their reporter stated that," or "According to the Torva Post's Ilves:" and then whole paragraphs of
the other text. Nothing closes such a block, so its end is taken where the signs of the other text
end: paragraphs with an ellipsis in them, marks without their partner, words that somebody told the
outlet announced. Without such signs only the first paragraph is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rashomon.base.language import Token
from rashomon.base.outlets import initials, outlet_key
from rashomon.base.rows import Span
from rashomon.base.spans import trim
from rashomon.extract.quotes import cues, hearers, sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

_MOST = 25
_GAP = 5
_ONWARD = 4
_SHORTEST = 8
_ELLIPSIS = re.compile(r"(?:\s(?:…|\.\.\.)|\[…\]|\[\.\.\.\])(?=[\s\"”’)]|$)")
_LINK = re.compile(r"https?://|www\.|[-–—_=*]{4,}")
_OWN = frozenset({"i", "my", "me"})
_AFTER = frozenset({"ADP", "ADV", "DET", "NOUN", "PROPN", "NUM", "PUNCT", "SCONJ", "PRON", "ADJ"})
_REACH = 12


class _Announcement(NamedTuple):
    """A paragraph that announces the next: its source, its cue and the names that it holds."""

    source: Source
    cue: Span
    at: Token
    sentence: int
    comma: bool
    names: frozenset[str]


def announced(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """A draft for each block of paragraphs that the paragraph before it announces."""
    return list(_each(page, drafts))


def _each(page: Page, drafts: Sequence[Draft]) -> Iterator[Draft]:
    governing = {d.at.i for d in drafts if d.at is not None}
    last_sentence = dict(zip(page.paragraph_of, range(len(page.paragraph_of)), strict=True))
    cued = {page.paragraph_of[d.sentence] for d in drafts if _speaks_out(d)}
    for paragraph in range(len(page.paragraphs) - 1):
        found = _announcement(page, paragraph, last_sentence[paragraph], governing)
        if found is None:
            continue
        after = _end(page, paragraph, found, last_sentence, cued)
        content = tuple(trim(page.parse.text, p) for p in page.paragraphs[paragraph + 1 : after])
        if content:
            because = f"'{page.parse.words(found.cue)}' at the end of the paragraph before"
            yield Draft(
                found.sentence, found.source, found.cue, content, "neutral", because,
                at=found.at, manner="block",
            )  # fmt: skip


def _speaks_out(draft: Draft) -> bool:
    """Whether a draft is somebody's speech in a main clause."""
    at = draft.at
    if at is None or draft.source is None or at.dep in ("relcl", "acl", "amod"):
        return False
    cue = cues.lexicon("verb").get(at.lemma)
    return cue is not None and cue.manner == "speech"


def _announcement(
    page: Page, paragraph: int, sentence: int, governing: set[int]
) -> _Announcement | None:
    end = page.parse.text[page.paragraphs[paragraph].end - 1]
    tokens = page.parse.sentence(sentence)
    if end not in ":," or page.sentences[sentence].zone == "title":
        return None
    told = _according(page, tokens) or _saying(page, tokens, governing)
    if told is None:
        return None
    source, cue, at = told
    return _Announcement(source, cue, at, sentence, end == ",", _names(page, paragraph, sentence))


def _according(page: Page, tokens: Sequence[Token]) -> tuple[Source, Span, Token] | None:
    """ "According to X," and nothing else."""
    if len(tokens) < 3 or (tokens[0].lower, tokens[1].lower) != ("according", "to"):
        return None
    noun = page.parse.child(tokens[1], "pobj") or page.parse.child(tokens[0], "pobj")
    source = sources.phrase(page, noun, tokens[0]) if noun is not None else None
    if source is None or any(t.pos in ("VERB", "AUX") for t in tokens[2:]):
        return None
    return source, Span(tokens[0].start, tokens[1].end), tokens[0]


def _saying(
    page: Page, tokens: Sequence[Token], governing: set[int]
) -> tuple[Source, Span, Token] | None:
    """ "X reported on Monday:", "X stated that,": a verb with no content behind it."""
    for token in reversed(tokens[-_REACH:]):
        if token.pos == "VERB":
            break
        if token.pos not in _AFTER or not page.outside(token):
            return None
    else:
        return None
    cue = cues.lexicon("verb").get(token.lemma)
    speech = cue is not None and cue.manner == "speech"
    if token.i in governing or not page.outside(token) or token.dep == "amod":
        return None
    if not speech and not (token.tag == "VBD" and tokens[-2].i == token.i):
        return None
    source = sources.of_verb(page, token)
    if source is None or not sources.speaks(source.anchor) or cues.passive(page.parse, token):
        return None
    if not speech and source.anchor.pos != "PROPN":
        return None
    return source, cues.group(page.parse, token), token


def _names(page: Page, paragraph: int, sentence: int) -> frozenset[str]:
    """The names in the last two sentences of a paragraph, and their initials."""
    found: set[str] = set()
    run: list[str] = []
    first = sentence - 1 if sentence and page.paragraph_of[sentence - 1] == paragraph else sentence
    for number in range(first, sentence + 1):
        for token in (*page.parse.sentence(number), None):
            if token is not None and token.pos == "PROPN":
                run.append(token.text)
            elif run:
                found |= {outlet_key(" ".join(run)), initials(" ".join(run))}
                run = []
    return frozenset(name for name in found if len(name) > 2)


def _end(
    page: Page,
    paragraph: int,
    found: _Announcement,
    last_sentence: dict[int, int],
    cued: set[int],
) -> int:
    """The paragraph after the block's last one; `paragraph + 1` where there is none."""
    first = paragraph + 1
    if not _may_begin(page, first, found.sentence):
        return first
    last, strong = first if not found.comma else paragraph, False
    marked = -1
    for at in range(first, min(first + _MOST, len(page.paragraphs))):
        if at - last > _GAP or _breaks(page, at, last_sentence[at], found):
            break
        if _is_sign(page, at, last_sentence, found):
            last = marked = at
            strong = True
        elif at in cued or _quoted(page, at):
            last = at if strong and at - marked <= _ONWARD and at == last + 1 else last
    if strong:
        return last + 1
    return first + 1 if not found.comma or found.at.lower == "according" else first


def _may_begin(page: Page, paragraph: int, sentence: int) -> bool:
    """Whether a paragraph can be another text: no link, no list, no marks from end to end."""
    span = page.paragraphs[paragraph]
    text = page.parse.text[span.start : span.end]
    if page.sentences[sentence].zone != page.sentences[min(sentence + 1, _last(page))].zone:
        return False
    if (
        _LINK.match(text)
        or len(text.split()) < _SHORTEST
        or not text[:1].isalnum() | (text[:1] in '“"')
    ):
        return False
    return not _quoted(page, paragraph)


def _last(page: Page) -> int:
    return len(page.sentences) - 1


def _quoted(page: Page, paragraph: int) -> bool:
    """Whether a paragraph is all in marks."""
    span = page.paragraphs[paragraph]
    return any(
        10 * (mark.end - mark.start) >= 9 * (span.end - span.start)
        for mark in page.marks_near(span)
    )


def _breaks(page: Page, paragraph: int, last: int, found: _Announcement) -> bool:
    """Whether the writer is back: a link, a line, a first person, another announcement."""
    span = page.paragraphs[paragraph]
    text = page.parse.text[span.start : span.end]
    if _LINK.match(text) or text[-1] in ":," or page.sentences[last].zone == "title":
        return True
    number = last
    while number >= 0 and page.paragraph_of[number] == paragraph:
        if any(t.lower in _OWN and page.outside(t) for t in page.parse.sentence(number)):
            return True
        number -= 1
    return False


def _is_sign(
    page: Page, paragraph: int, last_sentence: dict[int, int], found: _Announcement
) -> bool:
    """Whether a paragraph shows that it is taken from the other text."""
    span = page.paragraphs[paragraph]
    if _ELLIPSIS.search(page.parse.text, span.start, span.end):
        return True
    if any(not m.closed and not m.runs_on for m in page.marks_near(span)):
        return True
    for token in page.parse.sentence(last_sentence[paragraph]):
        heard = hearers.of(page.parse, token) if token.pos == "VERB" else ()
        if any(_name_of(page, hearer) in found.names for hearer in heard):
            return True
    return False


def _name_of(page: Page, head: Token) -> str:
    below = [t for t in page.parse.subtree(head) if t.pos == "PROPN"]
    return outlet_key(" ".join(t.text for t in below))
