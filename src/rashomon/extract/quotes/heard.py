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
from rashomon.extract.quotes.drafts import Draft, Page, Source

BELIEVED = 0.6
"""The probability of its cue from which an attribution that no rule found is believed."""
_SAME = 0.5
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
        source = _source(page, attribution.source)
    return replace(draft, source=source, because=because)


def _draft(page: Page, attribution: Attribution) -> list[Draft]:
    """The reader's own attribution as a draft; nothing where its cue is no token of the parse."""
    cue = _tokens(page, attribution.cue)
    if not cue:
        return []
    words = " ".join(page.parse.text[slice(*attribution.cue)].split())
    return [
        Draft(
            sentence=cue[0].sentence,
            source=_source(page, attribution.source) if attribution.source else None,
            cue=attribution.cue,
            content=attribution.content,
            stance=_STANCES.get(attribution.stance, "neutral"),
            because=f"the small reader: '{words}' ({attribution.score:.2f})",
            at=_top(cue),
        )
    ]


def _source(page: Page, span: Span) -> Source | None:
    tokens = _tokens(page, span)
    return Source(span, _top(tokens)) if tokens else None


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
