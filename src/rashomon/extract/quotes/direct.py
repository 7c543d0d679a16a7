"""Direct speech: who says what stands between quote marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon.base.language import Token
from rashomon.base.rows import Span
from rashomon.base.spans import merge, overlap, trim
from rashomon.extract.quotes import beside, cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Draft, Page, Source
from rashomon.extract.quotes.marks import Mark

_DASHES = "–—―-"
_LONGEST_SIGNATURE = 15
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD", "VB"})


@dataclass(slots=True)
class _State:
    """The drafts so far: by the cue token that carries them, and the last one made for marks."""

    drafts: list[Draft]
    by_cue: dict[int, int]
    by_sentence: dict[int, list[int]]
    last: int | None = None
    last_mark: Mark | None = None


def spoken(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """All drafts, with the quoted stretches of the page given to those who speak them."""
    by_cue = {d.at.i: n for n, d in enumerate(drafts) if d.at is not None}
    by_sentence: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        by_sentence.setdefault(draft.sentence, []).append(n)
    state = _State(list(drafts), by_cue, by_sentence)
    for index, mark in enumerate(page.marks):
        if page.after[index] > page.first[index]:
            _give(page, state, index, mark)
    return state.drafts


def _give(page: Page, state: _State, index: int, mark: Mark) -> None:
    held = _holder(page, state, index)
    found = beside.governing(page, index)
    governs = found is not None and not _elsewhere(page, state, index, found.token)
    if found and governs and _speech(page, index, governed="that" in found.cue.frames):
        _attach(page, state, mark, *found)
    elif held is not None:
        state.last = held
    elif not _speech(page, index, governed=False):
        return
    elif not any(way(page, state, index, mark) for way in (_introduced, _go_on, _signed)):
        _alone(page, state, index, mark)
    state.last_mark = mark


def _elsewhere(page: Page, state: _State, index: int, cue: Token) -> bool:
    """ "On “Good Morning,” she said the bridge was safe": a title beside a cue whose content is
    another clause."""
    number = state.by_cue.get(cue.i)
    if number is None or state.drafts[number].direct or _verbal(page, index):
        return False
    mark = page.marks[index]
    return not any(overlap(span, mark.span) for span in state.drafts[number].content)


def _verbal(page: Page, index: int) -> bool:
    tokens = page.parse.tokens[page.first[index] : page.after[index]]
    return any(t.tag in _FINITE for t in tokens)


def _holder(page: Page, state: _State, index: int) -> int | None:
    """The draft of the same sentences whose content already holds most of this mark."""
    mark = page.marks[index]
    nearest = page.parse.tokens[page.first[index]].sentence
    for n in state.by_sentence.get(nearest, ()):
        draft = state.drafts[n]
        if draft.at is None or page.outside(draft.at):
            shared = sum(overlap(span, mark.span) for span in draft.content)
            if 2 * shared >= mark.end - mark.start:
                return n
    return None


def _speech(page: Page, index: int, *, governed: bool) -> bool:
    """Whether a quoted stretch is speech and no scare quote: a clause, or a governed phrase."""
    tokens = page.parse.tokens[page.first[index] : page.after[index]]
    words = [t for t in tokens if t.pos not in ("PUNCT", "SPACE")]
    stopped = len(tokens) > 1 and tokens[-2].text in (",", ".", "?", "!", "…", "...")
    if page.marks[index].family == "'" and not governed and len(words) < 8:
        return False
    stopped = stopped or (bool(tokens) and tokens[-1].text in (",", ".", "?", "!"))
    verbal = any(t.tag in _FINITE for t in words)
    if governed:
        return len(words) >= 3 or stopped or verbal
    return (verbal and len(words) >= 4) or (stopped and len(words) >= 3 and _begins(page, index))


def _begins(page: Page, index: int) -> bool:
    """Whether the stretch begins a sentence."""
    first = page.parse.tokens[page.first[index]]
    return first.i == page.parse.sentences[first.sentence][0]


def _attach(
    page: Page, state: _State, mark: Mark, verb: Token, cue: Cue, source: Source | None
) -> None:
    """Give a mark to a cue; what the cue governs beside the marks stays part of the content."""
    number = state.by_cue.get(verb.i)
    if number is None:
        because = f"marks with reporting verb '{verb.lemma}'"
        span = cues.group(page.parse, verb)
        draft = Draft(
            verb.sentence, source, span, (mark.span,), cue.stance, because, at=verb, direct=True
        )
        state.drafts.append(draft)
        number = state.by_cue[verb.i] = len(state.drafts) - 1
    else:
        draft = state.drafts[number]
        content = _merged(page, draft, mark)
        because = f"marks with reporting verb '{verb.lemma}'"
        state.drafts[number] = replace(
            draft, content=content, because=because, source=source or draft.source, direct=True
        )
    state.last = number


def _merged(page: Page, draft: Draft, mark: Mark) -> tuple[Span, ...]:
    """A mark joined to a content: words outside of marks stay only where they touch the mark."""
    if draft.direct:
        return tuple(sorted({*draft.content, mark.span}))
    shared = [s for s in draft.content if overlap(s, mark.span)]
    led = page.parse.text[max(0, mark.start - 3) : mark.start].rstrip()[-1:] in (",", ":")
    if not shared or draft.cue is None or draft.cue.start > mark.start or led:
        return (mark.span,)
    return merge([mark.span, *(s for s in shared if s.start >= draft.cue.end)])


def _go_on(page: Page, state: _State, index: int, mark: Mark) -> bool:
    """The speaker of the mark before goes on: in this paragraph, or over the break."""
    before = state.last_mark
    if state.last is None or before is None:
        return False
    running = before.runs_on and mark.paragraph == before.paragraph + 1
    same = mark.paragraph == before.paragraph and _only_cue_between(page, state, before, mark)
    if not (running or same):
        return False
    draft = state.drafts[state.last]
    content = tuple(sorted({*draft.content, mark.span}))
    state.drafts[state.last] = replace(draft, content=content)
    return True


def _only_cue_between(page: Page, state: _State, before: Mark, mark: Mark) -> bool:
    """Whether what stands between two marks is one sentence at most."""
    assert state.last is not None
    draft = state.drafts[state.last]
    between = page.parse.text[before.end : mark.start]
    if not any(c.isalnum() for c in between):
        return True
    cue = draft.cue
    return cue is not None and before.end <= cue.start < mark.start and len(between) < 400


def _introduced(page: Page, state: _State, index: int, mark: Mark) -> bool:
    """And from X: "…" A colon, and a noun phrase with no verb before it."""
    tokens = page.parse.tokens
    at = page.first[index]
    if at < 2 or tokens[at - 1].text != ":" or not page.outside(tokens[at - 1]):
        return False
    start = page.parse.sentences[tokens[at - 1].sentence][0]
    before = [t for t in tokens[start : at - 1] if t.start >= page.paragraphs[mark.paragraph].start]
    nouns = [t for t in before if t.pos in ("PROPN", "NOUN") and t.dep != "compound"]
    if not nouns or len(before) > _LONGEST_SIGNATURE or any(t.pos == "VERB" for t in before):
        return False
    source = sources.phrase(page, nouns[-1], tokens[at - 1])
    if source is None or not sources.speaks(nouns[-1]):
        return False
    because = "a name and a colon before the marks"
    sentence = tokens[at].sentence
    _keep(state, Draft(sentence, source, None, (mark.span,), "neutral", because, direct=True))
    return True


def _signed(page: Page, state: _State, index: int, mark: Mark) -> bool:
    """ "…" – X: a name after a dash, in the same paragraph or as the next."""
    tokens = page.parse.tokens
    at = page.after[index]
    if at + 1 >= len(tokens) or tokens[at].text not in _DASHES:
        return False
    if tokens[at].paragraph > tokens[at - 1].paragraph + 1:
        return False
    signature = _signature(tokens[at + 1 : at + 2 + _LONGEST_SIGNATURE], tokens[at].paragraph)
    anchor = next((t for t in signature if t.pos in ("PROPN", "NOUN")), None)
    if anchor is None:
        return False
    span = trim(page.parse.text, Span(signature[0].start, signature[-1].end), " .,;")
    cue = Span(tokens[at].start, tokens[at].end)
    sentence = tokens[page.first[index]].sentence
    because = "a name after a dash"
    source = Source(span, _top(signature) or anchor)
    _keep(state, Draft(sentence, source, cue, (mark.span,), "neutral", because, direct=True))
    return True


def _signature(tokens: Sequence[Token], paragraph: int) -> list[Token]:
    """The rest of a paragraph after its dash, if it is short and no clause."""
    found = [t for t in tokens if t.paragraph == paragraph]
    if len(found) > _LONGEST_SIGNATURE:
        return []
    clause = any(t.pos == "VERB" and t.text[:1].islower() for t in found)
    return [] if clause else found


def _top(tokens: Sequence[Token]) -> Token | None:
    """The word of a phrase that its other words hang on."""
    held = {t.i for t in tokens}
    tops = [t for t in tokens if (t.head not in held or t.head == t.i) and t.pos != "PUNCT"]
    return tops[0] if tops and tops[0].pos in ("PROPN", "NOUN", "PRON") else None


def _alone(page: Page, state: _State, index: int, mark: Mark) -> None:
    """Marks with no cue: a colon before the paragraph, else the speaker of the one before."""
    first = page.parse.tokens[page.first[index]]
    led = beside.leading(page, index) if _opens(page, mark) else None
    if led is not None:
        _attach(page, state, mark, *led)
        return
    follows, because = _speaker_before(page, state, mark)
    if follows is None and not _fills(page, mark):
        return
    draft = Draft(
        first.sentence, None, None, (mark.span,), "neutral", because, follows=follows, direct=True
    )
    _keep(state, draft)


def _speaker_before(page: Page, state: _State, mark: Mark) -> tuple[int | None, str]:
    """The draft whose speaker goes on, if the paragraph is all quote and the one before ends so."""
    before = state.last_mark
    near = before is not None and mark.paragraph - before.paragraph <= 1
    if not _opens(page, mark) or not mark.paragraph:
        return None, "marks without a cue"
    if state.last is not None and near:
        return state.last, "marks with the speaker of the paragraph before"
    indirect = _told_before(page, state, mark.paragraph - 1)
    if indirect is not None and _fills(page, mark):
        return indirect, "marks with the speaker of the paragraph before"
    return None, "marks without a cue"


def _told_before(page: Page, state: _State, paragraph: int) -> int | None:
    """The last draft with a speaker in a paragraph, when its cue ends that paragraph's speech."""
    sentence = bisect_left(page.paragraph_of, paragraph + 1) - 1
    numbers = state.by_sentence.get(sentence, [])
    spoken = [
        n
        for n in numbers
        if (at := state.drafts[n].at) is not None
        and state.drafts[n].source is not None
        and at.dep in ("ROOT", "parataxis", "ccomp")
        and _says(at)
    ]
    return min(spoken, key=lambda n: _depth(page, state.drafts[n]), default=None)


def _says(token: Token) -> bool:
    cue = cues.lexicon("verb").get(token.lemma) if token.pos == "VERB" else None
    return cue is not None and cue.manner == "speech"


def _depth(page: Page, draft: Draft) -> int:
    """How many words stand above a cue: the outermost of a sentence has the fewest."""
    return sum(1 for _ in page.parse.ancestors(draft.at)) if draft.at is not None else 0


def _opens(page: Page, mark: Mark) -> bool:
    """Whether the mark begins its paragraph."""
    return mark.start - page.paragraphs[mark.paragraph].start <= 1


def _fills(page: Page, mark: Mark) -> bool:
    """Whether the mark is all of its paragraph."""
    paragraph = page.paragraphs[mark.paragraph]
    return 10 * (mark.end - mark.start) >= 9 * (paragraph.end - paragraph.start)


def _keep(state: _State, draft: Draft) -> None:
    state.drafts.append(draft)
    state.last = len(state.drafts) - 1
