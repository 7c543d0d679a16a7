"""One sentence and all that was found in it so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Mention, MentionKind, Quote, Sentence, Span

ACTORS: frozenset[MentionKind] = frozenset(
    {"person", "organisation", "armed_group", "state", "people"}
)
PLACES: frozenset[MentionKind] = frozenset({"place", "state"})
_FORMS = {"name": 0, "description": 1, "pronoun": 2}


@dataclass(frozen=True, slots=True)
class Scene:
    """`marks`: the mentions over each token (by token index), names first, long ones first."""

    parse: Parse
    sentence: Sentence
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    marks: Mapping[int, tuple[Mention, ...]]
    quotes: tuple[tuple[Span, Quote], ...]

    def mark(self, token: Token, kinds: frozenset[MentionKind]) -> Mention | None:
        """The mention of one of these kinds that covers a token."""
        return next((m for m in self.marks.get(token.i, ()) if m.kind in kinds), None)

    def covered(self, mention: Mention) -> tuple[Token, ...]:
        """The tokens that a mention of this sentence touches."""
        after = bisect_left(self.tokens, mention.end, key=_start)
        first = max(0, bisect_right(self.tokens, mention.start, key=_start) - 1)
        return tuple(t for t in self.tokens[first:after] if t.end > mention.start)

    def quote(self, token: Token) -> Quote | None:
        """The innermost quote whose content holds a token."""
        holding = [
            (span.end - span.start, quote.within is None, quote.id, quote)
            for span, quote in self.quotes
            if span.start <= token.start and token.end <= span.end
        ]
        return min(holding)[3] if holding else None


def scenes(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    parse: Parse,
) -> Iterator[Scene]:
    """The scenes of an article, in the order of its sentences."""
    by_sentence: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    held = _quotes_by_sentence(sentences, quotes)
    for index, sentence in enumerate(sentences):
        tokens = parse.sentence(index)
        found = tuple(sorted(by_sentence.get(sentence.id, ()), key=_rank))
        bare = Scene(parse, sentence, tokens, found, {}, tuple(held.get(index, ())))
        yield Scene(parse, sentence, tokens, found, _marks(bare), bare.quotes)


def _marks(scene: Scene) -> dict[int, tuple[Mention, ...]]:
    marks: dict[int, tuple[Mention, ...]] = {}
    for mention in scene.mentions:
        for token in scene.covered(mention):
            marks[token.i] = (*marks.get(token.i, ()), mention)
    return marks


def _quotes_by_sentence(
    sentences: Sequence[Sentence], quotes: Sequence[Quote]
) -> dict[int, list[tuple[Span, Quote]]]:
    """For each sentence (by its index) the contents that reach into it."""
    starts = [sentence.start for sentence in sentences]
    held: dict[int, list[tuple[Span, Quote]]] = {}
    for quote in quotes:
        for span in quote.content:
            first = max(0, bisect_right(starts, span.start) - 1)
            for index in range(first, bisect_left(starts, span.end)):
                held.setdefault(index, []).append((span, quote))
    return held


def _start(token: Token) -> int:
    return token.start


def _rank(mention: Mention) -> tuple[int, int, int, str]:
    return _FORMS[mention.form], mention.start - mention.end, mention.start, mention.id
