"""From drafts to rows: manner, kind of source, speaker, label, and the quote that holds a quote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Article, Manner, Mention, Quote, SourceKind, Span, row_id
from rashomon.base.spans import overlap, words
from rashomon.extract.quotes import sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

_ACTORS = frozenset({"person", "organisation", "armed_group", "state", "people"})
_VAGUE = frozenset(
    {"they", "some", "many", "others", "someone", "everyone", "people", "one", "all"}
)
_PRONOUNS = frozenset({"he", "she", "it", "i", "we", "you", "him", "her", "them", "us", "me"})
_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_NO_SOURCE = {"author": "the author", "unnamed": "unnamed", "none": "unattributed"}
_FURTHEST = 10


def rows(
    page: Page, article: Article, mentions: Sequence[Mention], drafts: Sequence[Draft]
) -> list[Quote]:
    """A row for each draft, in the order of the text."""
    speakers = Speakers(mentions)
    made = [_row(page, article, speakers, drafts, draft) for draft in drafts]
    order = sorted(range(len(made)), key=lambda n: _place(made[n]))
    inner = _holders([made[n] for n in order])
    unique: dict[str, Quote] = {}
    for n, holder in zip(order, inner, strict=True):
        unique.setdefault(made[n].id, _within(made[n], holder))
    return list(unique.values())


def _within(quote: Quote, holder: str | None) -> Quote:
    return replace(quote, within=holder)


class Speakers:
    """The mentions of an article by where they stand and by what they refer to."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        actors = sorted((m for m in mentions if m.kind in _ACTORS), key=lambda m: (m.start, m.end))
        self._actors = actors
        self._starts = [m.start for m in actors]
        self._by_id: Mapping[str, Mention] = {m.id: m for m in actors}

    def at(self, head: Token) -> Mention | None:
        """The shortest actor mention that holds a token, if any."""
        last = bisect_right(self._starts, head.start)
        holding = [m for m in self._actors[max(0, last - 8) : last] if m.end >= head.end]
        return min(holding, key=lambda m: m.end - m.start) if holding else None

    def fullest(self, mention: Mention) -> Mention:
        """Along `refers`, the mention that names the actor most fully."""
        seen = [mention]
        while (onward := self._by_id.get(seen[-1].refers or "")) and len(seen) < _FURTHEST:
            seen.append(onward)
        return max(seen, key=lambda m: (m.form == "name", m.form == "description", len(m.text)))


def _row(
    page: Page, article: Article, speakers: Speakers, drafts: Sequence[Draft], draft: Draft
) -> Quote:
    source, kind = _traced(drafts, draft)
    mention = _meant(page.parse, speakers, source) if source is not None else None
    own = draft.source.span if draft.source is not None else None
    return Quote(
        id=row_id(Quote, article.document, own, draft.cue, draft.content),
        document=article.document,
        article=article.id,
        sentence=page.sentences[draft.sentence].id,
        source=own,
        cue=draft.cue,
        content=draft.content,
        manner=_manner(page, draft),
        source_kind=kind or _kind(page.parse, source, mention),
        stance=draft.stance,
        speaker=mention.id if mention is not None else None,
        speaker_label=_label(page.parse, source, mention, kind),
        within=None,
        because=draft.because,
    )


def _meant(parse: Parse, speakers: Speakers, source: Source) -> Mention | None:
    """The fullest mention of who the source is: at its head, or a name in apposition to it."""
    mention = speakers.at(source.anchor)
    fullest = speakers.fullest(mention) if mention is not None else None
    if fullest is not None and fullest.form == "name":
        return fullest
    for token in _apposed(parse, source):
        named = speakers.at(token)
        if named is not None and named.form == "name":
            return speakers.fullest(named)
    return fullest


def _apposed(parse: Parse, source: Source) -> Iterator[Token]:
    """Names after a comma in a source: those of its head, and people's hung too low ("a member
    of the council, Marta Ilves")."""
    for token in parse.subtree(source.anchor, without=("relcl", "acl")):
        if token.dep != "appos" or token.pos != "PROPN" or token.start >= source.span.end:
            continue
        if token.head == source.anchor.i or token.ent == "PERSON":
            yield token


def _traced(drafts: Sequence[Draft], draft: Draft) -> tuple[Source | None, SourceKind | None]:
    """The source of a draft, or of the draft whose speaker goes on."""
    for _ in range(len(drafts)):
        if draft.source is not None or draft.follows is None:
            break
        draft = drafts[draft.follows]
    return draft.source, draft.kind


def _manner(page: Page, draft: Draft) -> Manner:
    """Direct if nine tenths of the content are in marks, mixed if some of it is."""
    whole = sum(s.end - s.start for s in draft.content)
    quoted = sum(
        overlap(span, mark.span) for span in draft.content for mark in page.marks_near(span)
    )
    if 10 * quoted >= 9 * whole:
        return "direct"
    return "mixed" if quoted else "indirect"


def _kind(parse: Parse, source: Source | None, mention: Mention | None) -> SourceKind:
    if source is None:
        return "none"
    anchor = source.anchor
    if mention is not None and mention.form == "name" and mention.start >= 0:
        return "named"
    if anchor.lower in _VAGUE:
        return "unnamed"
    if anchor.lower in _PRONOUNS:
        return "described"
    if _names(anchor) or any(_apposed(parse, source)):
        return "named"
    return "unnamed" if _vague(anchor) else "described"


def _names(anchor: Token) -> bool:
    """Whether the head of a source is a name."""
    return anchor.pos == "PROPN" or anchor.ent in _NAMING


def _vague(anchor: Token) -> bool:
    """ "officials", "sources", "critics": a plural of people, or a noun that names nobody."""
    kind = sources.nouns().get(anchor.lemma)
    return kind == "unnamed" or (kind is not None and anchor.tag == "NNS")


def _label(
    parse: Parse, source: Source | None, mention: Mention | None, kind: SourceKind | None
) -> str:
    """The words a reader should see: a name if there is one, else the words of the source."""
    if mention is not None:
        return _oneline(mention.text)
    if source is None:
        return _NO_SOURCE[kind or "none"]
    anchor = source.anchor
    if source.span.start <= anchor.start < source.span.end:
        return _oneline(_short(parse, source))
    below = parse.subtree(anchor, without=("relcl", "acl"))
    return _oneline(words(parse.text, parse.span(below)).rstrip(" ,;:"))


def _short(parse: Parse, source: Source) -> str:
    """The words of a source up to its first comma; a possessive without its ending."""
    text = words(parse.text, source.span)
    short = text.split(",")[0].removesuffix("'s").removesuffix("’s")
    return short if short.strip() else text


def _oneline(text: str) -> str:
    return " ".join(text.split())


def _place(quote: Quote) -> tuple[int, int, int]:
    spans = [s for s in (quote.source, quote.cue, *quote.content) if s is not None]
    start = min(s.start for s in spans)
    return start, quote.content[0].start, -quote.content[-1].end


def _holders(quotes: Sequence[Quote]) -> list[str | None]:
    """For each quote the id of the innermost other quote whose content holds its cue.

    One sweep over the contents by their start; `open_` holds those that have not ended.
    """
    points = [(q.cue.start if q.cue else q.content[0].start, n) for n, q in enumerate(quotes)]
    contents = sorted((s.start, s.end, n) for n, q in enumerate(quotes) for s in q.content)
    found: list[str | None] = [None] * len(quotes)
    open_: list[tuple[int, int, int]] = []
    following = 0
    for point, n in sorted(points):
        while following < len(contents) and contents[following][0] <= point:
            open_.append(contents[following])
            following += 1
        open_ = [c for c in open_ if c[1] > point]
        holding = [c for c in open_ if c[2] != n and _inside(quotes[n], c)]
        if holding:
            found[n] = quotes[min(holding, key=lambda c: (c[1] - c[0], c))[2]].id
    return found


def _inside(quote: Quote, content: tuple[int, int, int]) -> bool:
    """Whether a content span holds the cue of a quote (without one, all of its content)."""
    held = quote.cue or Span(quote.content[0].start, quote.content[-1].end)
    if not (content[0] <= held.start and held.end <= content[1]):
        return False
    return quote.cue is not None or content[:2] != (held.start, held.end)
