"""Rows made by hand for the tests of the case half: an invented article with its zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.base.rows import (
    Account,
    Article,
    Document,
    Event,
    Given,
    Part,
    Quote,
    Row,
    Sentence,
    SourceKind,
    Span,
    Statement,
    When,
    Zone,
    ZoneKind,
    row_id,
)

Cut = tuple[ZoneKind, str, str | None]
"""A zone as its kind, its words and its label."""


@dataclass(frozen=True, slots=True)
class Report:
    """An article that is a whole document, with a row for each zone and paragraph."""

    name: str
    text: str
    rows: tuple[Row, ...]

    @property
    def document(self) -> str:
        return row_id(Document, self.name)

    @property
    def article(self) -> str:
        return row_id(Article, self.document, 0, len(self.text))

    def span(self, words: str) -> Span:
        """Where words stand for the first time."""
        start = self.text.index(words)
        return Span(start, start + len(words))


def report(
    name: str,
    text: str,
    *,
    outlet: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    cuts: Sequence[Cut] = (),
) -> Report:
    """An article whose text is body but for the words of `cuts`."""
    document, size = row_id(Document, name), len(text)
    article = row_id(Article, document, 0, size)
    when = When(published, published, "day", "given", "") if published else None
    return Report(
        name,
        text,
        (
            Document(document, name, name, "", "text/plain", "utf-8", size, text, Given()),
            Article(
                article, document, 0, size, None, byline, outlet, "given" if outlet else "",
                when, "en",
            ),
            *_zones(document, article, text, cuts),
            *_sentences(document, article, text),
        ),
    )  # fmt: skip


def _zones(document: str, article: str, text: str, cuts: Sequence[Cut]) -> Iterator[Zone]:
    start = 0
    for kind, words, label in cuts:
        cut = text.index(words, start)
        if cut > start:
            yield _zone(document, article, Span(start, cut), "body", None)
        start = cut + len(words)
        yield _zone(document, article, Span(cut, start), kind, label)
    if start < len(text):
        yield _zone(document, article, Span(start, len(text)), "body", None)


def _zone(document: str, article: str, span: Span, kind: ZoneKind, label: str | None) -> Zone:
    zone = row_id(Zone, document, *span, kind)
    return Zone(zone, document, article, *span, kind, label)


def _sentences(document: str, article: str, text: str) -> Iterator[Sentence]:
    """One row for each paragraph: what counts for echoes is where paragraphs begin and end."""
    start = 0
    for number, words in enumerate(text.split("\n\n")):
        end = start + len(words)
        if words:
            identity = row_id(Sentence, document, start, end)
            yield Sentence(identity, document, article, start, end, number, "body")
        start = end + 2


def quote(
    told: Report,
    content: str,
    label: str,
    *,
    kind: SourceKind = "named",
    within: Quote | None = None,
    speaker: str | None = None,
    via: str | None = None,
) -> Quote:
    """A direct quote of these words; `label` is its speaker's, `via` the mention of its hearer."""
    span = told.span(content)
    return Quote(
        row_id(Quote, told.document, None, None, span), told.document, told.article, "", None,
        None, (span,), "direct", kind, "neutral", speaker, label, within.id if within else None,
        "", via,
    )  # fmt: skip


def statement(told: Report, words: str, held_by: Quote | None = None) -> Statement:
    """A statement of these words, with their first word for its predicate."""
    span = told.span(words)
    predicate = Span(span.start, span.start + len(words.split()[0]))
    part = Part(span.start, span.end, words, None)
    return Statement(
        row_id(Statement, told.document, *predicate), told.document, told.article, "", *span,
        predicate, words.split()[0], None, None, (part,), (), None, None, (), "affirmed",
        "happened", held_by.id if held_by else None, "",
    )  # fmt: skip


def event(*statements: Statement) -> Event:
    ids = tuple(sorted(s.id for s in statements))
    return Event(row_id(Event, *ids), "invented", None, (), (), None, None, ids, "")


def account(
    happening: Event, told: Report, chain: Sequence[str], *statements: Statement,
    voices: Sequence[str] = (),
) -> Account:  # fmt: skip
    return Account(
        row_id(Account, happening.id, told.article, *chain), happening.id, told.document,
        told.article, tuple(s.id for s in statements), tuple(chain),
        tuple(voices) or ("",) * len(chain),
    )  # fmt: skip
