"""Who "I" is inside a quotation: whoever speaks it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Mention, Quote, Sentence, Span
from rashomon.extract.references import words as w
from rashomon.extract.references.links import pronoun
from rashomon.extract.references.phrases import quotes as quoted

_OWN_WORDS = frozenset({"direct", "mixed", "block"})


def speak(
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    sentences: Sequence[Sentence],
    parse: Parse,
) -> list[Mention]:
    """The mentions of an article with "I" in quoted words as the person who speaks, in the order of
    the text. Without a known speaker it stays unknown, and so does "we": whom it takes in is
    seldom said."""
    by_id = {mention.id: mention for mention in mentions}
    taken = {mention.start for mention in mentions}
    marked = quoted(parse)
    found: dict[int, Mention] = {}
    for quote, token in _first_persons(quotes, parse, marked):
        speaker = by_id.get(quote.speaker or "")
        if speaker is None or token.start in taken:
            continue
        if speaker.kind == "person":
            found[token.i] = pronoun(token, sentences[token.sentence], speaker)
        else:
            found.pop(token.i, None)
    return sorted([*mentions, *found.values()], key=lambda m: (m.start, m.end, m.kind))


def _first_persons(
    quotes: Sequence[Quote], parse: Parse, marked: Sequence[int]
) -> Iterator[tuple[Quote, Token]]:
    """Each "I" with every quote that holds it, the innermost last."""
    places = [t for t in parse.tokens if w.PRONOUNS.get(t.lower) == w.ME and _alone(t)]
    starts = [token.start for token in places]
    depth = _depths(quotes)
    for quote in sorted(quotes, key=lambda q: (depth[q.id], q.id)):
        if quote.manner not in _OWN_WORDS:
            continue
        for span in quote.content:
            for token in places[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                if quote.manner == "block" or marked[token.i] or _opens(parse, span):
                    yield quote, token


def _alone(token: Token) -> bool:
    return token.tag in ("PRP", "PRP$")


def _opens(parse: Parse, span: Span) -> bool:
    """Whether a content begins with a quotation mark of its own."""
    return parse.text[span.start : span.start + 1] in ("“", '"', "«", "‘", "'", "„")


def _depths(quotes: Sequence[Quote]) -> Mapping[str, int]:
    by_id = {quote.id: quote for quote in quotes}
    depths: dict[str, int] = {}
    for quote in quotes:
        depth, outer = 0, by_id.get(quote.within or "")
        while outer is not None and depth < len(quotes):
            depth, outer = depth + 1, by_id.get(outer.within or "")
        depths[quote.id] = depth
    return depths
