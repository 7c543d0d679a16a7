"""Where the small reader speaks beside the rules, or against them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rashomon.base.language import Token
from rashomon.base.reader.decode import Attribution
from rashomon.base.rows import Span, Stance
from rashomon.base.spans import overlap
from rashomon.extract.quotes import contents, cues, sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

BELIEVED = 0.9
"""The probability of its cue from which an attribution that no rule found is believed."""
_SAME = 0.5
_FITS = 0.6
_CARRIERS = frozenset({"VERB", "NOUN", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_THINGS = frozenset({"this", "that", "these", "those", "it", "what", "there"})
_LIGHT = frozenset(
    {"have", "be", "do", "get", "make", "take", "go", "come", "use", "put", "seem", "become"}
)
_STANCES: dict[str, Stance] = {"doubting": "doubting", "endorsing": "endorsing"}


def joined(page: Page, drafts: Sequence[Draft], heard: Sequence[Attribution]) -> list[Draft]:
    """All drafts, and the attributions that only the reader found. `because` says who spoke."""
    found = list(drafts)
    at = _by_paragraph(page, drafts)
    for attribution in heard:
        number = _match(attribution, drafts, at[_paragraph(page, attribution.cue)])
        if number is not None:
            found[number] = _agreed(page, found[number], attribution)
        elif attribution.score >= BELIEVED and not attribution.attitude:
            found += _draft(page, attribution)
    return found


def _by_paragraph(page: Page, drafts: Sequence[Draft]) -> dict[int, list[int]]:
    listed: dict[int, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        spans = [draft.cue] if draft.cue else []
        for paragraph in sorted({_paragraph(page, span) for span in (*spans, *draft.content)}):
            listed[paragraph].append(number)
    return listed


def _paragraph(page: Page, span: Span) -> int:
    return bisect_right(page.paragraphs, span.start, key=_start) - 1


def _start(span: Span) -> int:
    return span.start


def _match(attribution: Attribution, drafts: Sequence[Draft], near: Iterable[int]) -> int | None:
    """The draft with the same cue, else with much the same content."""
    alike = [
        (
            bool(d.cue and overlap(d.cue, attribution.cue)),
            alikeness(d.content, attribution.content),
            n,
        )
        for n, d in ((n, drafts[n]) for n in near)
    ]
    best = max(alike, default=(False, 0.0, -1))
    return best[2] if best[0] or best[1] >= _SAME else None


def alikeness(left: Sequence[Span], right: Sequence[Span]) -> float:
    """The F1 of the characters of two contents."""
    whole = sum(s.end - s.start for s in (*left, *right))
    shared = sum(overlap(a, b) for a in left for b in right)
    return 2 * shared / whole if whole else 0.0


def _agreed(page: Page, draft: Draft, attribution: Attribution) -> Draft:
    """A rule's attribution that the reader heard too: its spans stay, a lost source is filled."""
    because = f"{draft.because}; the small reader too ({attribution.score:.2f})"
    source = draft.source
    if source is None and draft.kind is None and draft.follows is None and attribution.source:
        source = _speaker(page, attribution.source, draft.at) if draft.at else None
    return replace(draft, source=source, because=because)


def _draft(page: Page, attribution: Attribution) -> list[Draft]:
    """The reader's own attribution as a draft, its spans fitted to the parse; nothing where its
    cue cannot be one, or where nobody is there to speak."""
    cue = _tokens(page, attribution.cue)
    at = _carrier(cue)
    if at is None:
        return []
    source = _speaker(page, attribution.source, at)
    content = _content(page, attribution.content, cue, source)
    if not content or not _spoken(page, source, at):
        return []
    words = " ".join(page.parse.text[slice(*attribution.cue)].split())
    return [
        Draft(
            sentence=at.sentence,
            source=source,
            cue=attribution.cue,
            content=content,
            stance=_STANCES.get(attribution.stance, "neutral"),
            because=f"the small reader: '{words}' ({attribution.score:.2f})",
            at=at,
        )
    ]


def _carrier(cue: Sequence[Token]) -> Token | None:
    """The word that carries a cue: its verb, noun or adjective, no mere light verb."""
    words = [t for t in cue if t.pos in _CARRIERS and t.lemma not in _LIGHT]
    held = {t.i for t in words}
    return next((t for t in words if t.head == t.i or t.head not in held), None)


def _speaker(page: Page, span: Span | None, at: Token) -> Source | None:
    """The noun phrase that the reader took for the source, else the subject of the verb."""
    heard = _tokens(page, span) if span else ()
    if heard and span:
        top = _top(heard)
        fitted = sources.phrase(page, top, at) if top.pos in _NOUNS else None
        if fitted is not None and alikeness([fitted.span], [span]) >= _SAME:
            return fitted
        return Source(span, top) if top.pos in _NOUNS else None
    if at.pos != "VERB" or cues.passive(page.parse, at):
        return None
    found = sources.of_verb(page, at)
    return found if found is not None and sources.speaks(found.anchor) else None


def _spoken(page: Page, source: Source | None, at: Token) -> bool:
    """Whether the source can speak; a cue in the passive, or a noun, can stand without one."""
    if source is None:
        return at.pos == "NOUN" or cues.passive(page.parse, at)
    return sources.speaks(source.anchor) and source.anchor.lower not in _THINGS


def _content(
    page: Page, spans: Sequence[Span], cue: Sequence[Token], source: Source | None
) -> tuple[Span, ...]:
    """The content as the parse has it: what stands below the words that the reader heard,
    without cue and source. What the reader heard where the parse has something else."""
    heard = [token for span in spans for token in _tokens(page, span)]
    own = {token.i for token in heard}
    barred = {token.i for token in cue}
    grown: set[int] = set()
    for token in heard:
        if token.head not in own or token.head == token.i:
            grown |= _below(page, token, barred)
    cut = Span(cue[0].start, cue[-1].end), source.span if source else None
    fitted = contents.spans(page, [page.parse.tokens[i] for i in sorted(grown)], *cut)
    if alikeness(fitted, spans) < _FITS:
        fitted = contents.spans(page, heard, *cut)
    return fitted if _says_enough(page, fitted) else ()


def _below(page: Page, token: Token, barred: set[int]) -> set[int]:
    """The words below a token, without the branches that lead to the cue."""
    found, waiting = {token.i}, [token]
    while waiting:
        for child in page.parse.children(waiting.pop()):
            if child.i not in barred and not _leads_to(page, child, barred):
                found.add(child.i)
                waiting.append(child)
    return found


def _leads_to(page: Page, token: Token, barred: set[int]) -> bool:
    return any(below.i in barred for below in page.parse.subtree(token))


def _says_enough(page: Page, spans: Sequence[Span]) -> bool:
    """At least two words, or something in marks."""
    words = sum(len(page.parse.text[slice(*span)].split()) for span in spans)
    return words >= 2 or any(page.marks_near(span) for span in spans)


def _tokens(page: Page, span: Span) -> Sequence[Token]:
    tokens = page.parse.tokens
    first = bisect_left(tokens, span.start, key=_token_start)
    after = bisect_left(tokens, span.end, key=_token_start)
    return tokens[first:after]


def _token_start(token: Token) -> int:
    return token.start


def _top(tokens: Sequence[Token]) -> Token:
    """The word that the others hang on: the first whose head stands outside."""
    held = {token.i for token in tokens}
    words = [token for token in tokens if token.pos != "PUNCT"] or list(tokens)
    return next((t for t in words if t.head == t.i or t.head not in held), words[0])
