"""The words of a content: runs of tokens as spans, tidy at their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rashomon.base.language import Token
from rashomon.base.rows import Span
from rashomon.base.spans import trim
from rashomon.extract.quotes.drafts import Page

_EDGE = " \t\r\n\u00a0\ufeff,;:.-–—…"


def spans(
    page: Page, tokens: Sequence[Token], cue: Span | None, source: Span | None
) -> tuple[Span, ...]:
    """The runs of a content, without cue and source, whole marks at their ends."""
    cut = [span for span in (cue, source) if span is not None]
    kept = [t for t in tokens if not any(s.start <= t.start and t.end <= s.end for s in cut)]
    return tidy(page, runs(kept))


def runs(tokens: Iterable[Token]) -> list[Span]:
    """Unbroken runs of tokens as spans."""
    found: list[Span] = []
    last = -2
    for token in tokens:
        if token.i == last + 1 and found:
            found[-1] = Span(found[-1].start, token.end)
        else:
            found.append(Span(token.start, token.end))
        last = token.i
    return found


def tidy(page: Page, found: Iterable[Span]) -> tuple[Span, ...]:
    """Without stops at their ends; a quote mark that opens inside keeps its partner."""
    text = page.parse.text
    kept: list[Span] = []
    for span in found:
        span = trim(text, span, _EDGE)
        span = _whole_marks(page, span)
        if any(c.isalnum() for c in text[span.start : span.end]):
            kept.append(span)
    return tuple(kept)


def _whole_marks(page: Page, span: Span) -> Span:
    """A content that holds all but the edges of a quoted stretch takes its marks in."""
    for mark in page.marks_near(span):
        inner = Span(mark.start + 3, mark.end - 3)
        if span.start <= inner.start and inner.end <= span.end:
            span = Span(min(span.start, mark.start), max(span.end, mark.end))
    return span
