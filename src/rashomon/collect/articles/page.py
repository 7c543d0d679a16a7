"""A page as a list of pieces: each paragraph with what it seems to be, by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rashomon.base.layout import blocks, wrap_width
from rashomon.base.rows import Span
from rashomon.collect.articles.bylines import Byline, byline
from rashomon.collect.articles.cues import Cue, cue, is_heading
from rashomon.collect.articles.languages import is_other_script

Role = Literal[
    "text", "heading", "byline", "foreign",
    "comments", "excerpt", "source", "note", "closing", "rule", "furniture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph. `gap` blank lines and `indent` white characters stand before it; `words` are
    its words with single blanks; `outlet` is whom it credits."""

    start: int
    end: int
    gap: int
    indent: int
    lines: int
    words: str
    role: Role
    outlet: str = ""
    byline: Byline | None = None


def pieces(text: str) -> list[Piece]:
    """The paragraphs of a text, in order; together they hold all of it that is not blank."""
    found = blocks(text, Span(0, len(text)), wrap_width(text), alone=_stands_alone)
    return [
        _piece(b.start, b.end, b.gap, b.indent, b.lines, " ".join(text[b.start : b.end].split()))
        for b in found
    ]


def _piece(start: int, end: int, gap: int, indent: int, lines: int, words: str) -> Piece:
    role, outlet, by = _role(words)
    return Piece(start, end, gap, indent, lines, words, role, outlet, by)


def _role(words: str) -> tuple[Role, str, Byline | None]:
    found: Cue | None = cue(words)
    by = byline(words)
    if by and (found is None or by.named or (found.kind == "furniture" and not words[0].islower())):
        return ("furniture", "", None) if _is_update(words) else ("byline", by.outlet, by)
    if found:
        return found.kind, found.outlet, None
    if is_other_script(words):
        return "foreign", "", None
    return ("heading" if is_heading(words) else "text"), "", None


def _is_update(words: str) -> bool:
    return words.lower().startswith(("updated", "last updated", "modified", "last modified"))


def _stands_alone(line: str) -> bool:
    """Whether a line is no part of the paragraph around it."""
    if line[0].islower() or len(line) > 200:
        return False
    words = " ".join(line.split())
    found = cue(words)
    return byline(words) is not None or (found is not None and found.kind != "note")
