"""Quotes: who says what, in whose words, and whether the writer vouches for it.

One public verb, `attribute`. Its parts, in the order they are used:

    marks     quote marks, paired inside their paragraph
    cues      the words that carry an attribution, from `data/cues.tsv`
    sources   the noun phrase that speaks
    clauses   indirect speech: the clause that a verb governs
    loose     ... or one that the parse hung elsewhere
    objects   ... or its object, its infinitive, its preposition
    around    ... or the clause that stands around it
    contents  the words of a content, as spans
    hearsay   according to, reportedly, "is said to"
    nouns     "X's claim that", "is confident that"
    positions "the message is clear: …", "with the stated aim of", "came as a shock to many"
    phrases   "cast doubt on", "made it clear that"
    labels    "MODERATOR: …"
    headlines "Bridge is safe, ministry states"
    announced paragraphs that the one before announces: "The Post reported:"
    citing    who stands behind a source: "the paper, citing a clerk, reported"
    beside    the cue that stands beside a quoted stretch
    direct    quoted stretches and their speakers
    hearers   through whom the words came: "told the paper", "in an interview with it"
    speakers  the mentions of an article by where they stand
    whom      who a source means: "he", "the ministry", "their reporter"
    heard     what the small reader found beside the rules
    writing   from drafts to rows, nested
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rashomon.base.language import Parse
from rashomon.base.reader import Attribution
from rashomon.base.rows import Article, Mention, Quote, Sentence, Span
from rashomon.extract.quotes import (
    announced,
    citing,
    clauses,
    direct,
    headlines,
    heard,
    hearsay,
    labels,
    nouns,
    phrases,
    positions,
    writing,
)
from rashomon.extract.quotes.drafts import OUTSIDE, Page
from rashomon.extract.quotes.marks import find

__all__ = ["attribute"]


def attribute(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    parse: Parse,
    attributions: Sequence[Attribution] = (),
) -> list[Quote]:
    """Every attribution of an article, in the order of the text.

    `sentences[k]` is the row of `parse.sentences[k]`. `mentions` say whom a source means; without
    them speakers stay unlinked and only the words tell what kind a source is. `attributions` are
    the small reader's.
    """
    if not sentences:
        return []
    page = _page(tuple(sentences), parse)
    drafts = [*clauses.governed(page), *hearsay.passed_on(page), *nouns.nominal(page)]
    drafts += positions.held(page)
    drafts += phrases.phrased(page, frozenset(d.at.i for d in drafts if d.at is not None))
    drafts += labels.labelled(page)
    turned = headlines.turned(page)
    anew = {d.at.i for d in turned if d.at is not None}
    drafts = [d for d in drafts if d.at is None or d.at.i not in anew] + turned
    drafts += headlines.headed(page, drafts)
    drafts += citing.cited(page, drafts)
    drafts += announced.announced(page, drafts)
    drafts = heard.joined(page, direct.spoken(page, drafts), attributions)
    return writing.rows(page, article, mentions, drafts)


def _page(sentences: tuple[Sentence, ...], parse: Parse) -> Page:
    paragraphs: list[Span] = []
    paragraph_of: list[int] = []
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        held = list(group)
        paragraphs.append(Span(held[0].start, held[-1].end))
        paragraph_of += [len(paragraphs) - 1] * len(held)
    marks = find(parse.text, paragraphs)
    inside = [OUTSIDE] * len(parse.tokens)
    first, after = [], []
    at = 0
    for index, mark in enumerate(marks):
        while at < len(inside) and parse.tokens[at].end <= mark.start:
            at += 1
        first.append(at)
        while at < len(inside) and parse.tokens[at].start < mark.end:
            inside[at] = index
            at += 1
        after.append(at)
    return Page(
        parse, sentences, tuple(paragraphs), tuple(paragraph_of), marks,
        tuple(inside), tuple(first), tuple(after),
    )  # fmt: skip
