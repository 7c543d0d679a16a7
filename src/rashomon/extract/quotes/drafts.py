"""What the parts of this stage hand on to each other."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Manner, Sentence, SourceKind, Span, Stance
from rashomon.extract.quotes.marks import Mark

OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Page:
    """One article under the hands of this stage.

    `inside[i]` is the index of the mark that token `i` stands in, or OUTSIDE; `first` and `after`
    give the range of tokens of each mark; `paragraph_of[k]` is the paragraph of sentence `k`.
    """

    parse: Parse
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Span, ...]
    paragraph_of: tuple[int, ...]
    marks: tuple[Mark, ...]
    inside: tuple[int, ...]
    first: tuple[int, ...]
    after: tuple[int, ...]

    def marks_near(self, span: Span) -> tuple[Mark, ...]:
        """The marks that share at least a character with a span."""
        last = bisect_left(self.marks, span.end, key=_start)
        found = last
        while found and self.marks[found - 1].end > span.start:
            found -= 1
        return self.marks[found:last]

    def outside(self, token: Token) -> bool:
        return self.inside[token.i] == OUTSIDE


def _start(mark: Mark) -> int:
    return mark.start


class Source(NamedTuple):
    """The words of a source and the token that says who it is (of "who" its antecedent)."""

    span: Span
    anchor: Token


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before it is a row. `at` is the token that carries the cue, if any.

    `follows` is the number of the draft whose speaker goes on, `under` of the one that holds it.
    """

    sentence: int
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance
    because: str
    at: Token | None = None
    kind: SourceKind | None = None
    follows: int | None = None
    direct: bool = False
    under: int | None = None
    manner: Manner | None = None
