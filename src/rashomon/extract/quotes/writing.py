"""From drafts to rows: manner, speaker, who heard it, and the quote that holds a quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rashomon.base.rows import Article, Manner, Mention, Quote, SourceKind, Span, row_id
from rashomon.base.spans import overlap
from rashomon.extract.quotes import cues, hearers
from rashomon.extract.quotes.drafts import Draft, Page
from rashomon.extract.quotes.speakers import Speakers
from rashomon.extract.quotes.whom import Hearing, Speaker

_NO_SOURCE = {"author": "the author", "unnamed": "unnamed", "none": "unattributed"}


def rows(
    page: Page, article: Article, mentions: Sequence[Mention], drafts: Sequence[Draft]
) -> list[Quote]:
    """A row for each draft, in the order of the text."""
    hearing = Hearing(page, mentions)
    meant = _meant(hearing, drafts)
    made = [
        _row(
            page, article, replace(draft, kind=drafts[_traced(drafts, n)].kind),
            meant[n], _heard_by(page, hearing.speakers, draft),
        )
        for n, draft in enumerate(drafts)
    ]  # fmt: skip
    order = sorted(range(len(made)), key=lambda n: _place(made[n]))
    judging = frozenset(place for place, n in enumerate(order) if _only_judges(drafts[n]))
    inner = _holders([made[n] for n in order], judging)
    unique: dict[str, Quote] = {}
    for n, holder in zip(order, inner, strict=True):
        under = drafts[n].under
        quote = replace(made[n], within=holder if under is None else made[under].id)
        unique.setdefault(quote.id, quote)
    return list(unique.values())


def _meant(hearing: Hearing, drafts: Sequence[Draft]) -> list[Speaker | None]:
    """Who speaks each draft: its own source, else that of the draft whose speaker goes on."""
    found: dict[int, Speaker] = {}
    sourced = [(draft.source, n) for n, draft in enumerate(drafts) if draft.source is not None]
    for source, n in sorted(sourced, key=lambda pair: (pair[0].span, pair[1])):
        found[n] = hearing.ask(source)
    traced = [found.get(_traced(drafts, n)) for n in range(len(drafts))]
    reviewed = hearing.reviewed()
    return [
        reviewed if speaker is None and _is_unattributed(drafts[n]) else speaker
        for n, speaker in enumerate(traced)
    ]


def _is_unattributed(draft: Draft) -> bool:
    """A paragraph in marks without any word of who speaks."""
    return draft.direct and draft.kind is None and draft.follows is None and draft.cue is None


def _traced(drafts: Sequence[Draft], number: int) -> int:
    """The number of the draft whose source speaks a draft."""
    for _ in range(len(drafts)):
        follows = drafts[number].follows
        if drafts[number].source is not None or follows is None:
            break
        number = follows
    return number


def _heard_by(page: Page, speakers: Speakers, draft: Draft) -> Mention | None:
    """The name of who heard or carried what a draft reports."""
    if draft.at is None or draft.at.pos != "VERB":
        return None
    for token in hearers.of(page.parse, draft.at):
        mention = speakers.at(token)
        if mention is not None and mention.form == "name":
            return mention
    return None


def _row(
    page: Page, article: Article, draft: Draft, speaker: Speaker | None, via: Mention | None
) -> Quote:
    own = draft.source.span if draft.source is not None else None
    nobody: SourceKind = draft.kind or "none"
    mention = speaker.mention if speaker is not None else None
    return Quote(
        id=row_id(Quote, article.document, own, draft.cue, draft.content),
        document=article.document,
        article=article.id,
        sentence=page.sentences[draft.sentence].id,
        source=own,
        cue=draft.cue,
        content=draft.content,
        manner=draft.manner or _manner(page, draft),
        source_kind=draft.kind or (speaker.kind if speaker is not None else "none"),
        stance=draft.stance,
        speaker=mention.id if mention is not None else None,
        speaker_label=speaker.label if speaker is not None else _NO_SOURCE[nobody],
        within=None,
        because=draft.because,
        via=via.id if via is not None else None,
    )


def _manner(page: Page, draft: Draft) -> Manner:
    """Direct if nine tenths of the content are in marks, mixed if some of it is."""
    whole = sum(s.end - s.start for s in draft.content)
    quoted = sum(
        overlap(span, mark.span) for span in draft.content for mark in page.marks_near(span)
    )
    if 10 * quoted >= 9 * whole:
        return "direct"
    return "mixed" if quoted else "indirect"


def _place(quote: Quote) -> tuple[int, int, int]:
    spans = [s for s in (quote.source, quote.cue, *quote.content) if s is not None]
    start = min(s.start for s in spans)
    return start, quote.content[0].start, -quote.content[-1].end


def _only_judges(draft: Draft) -> bool:
    """ "condemned the raid, which the ministry had denied": who condemns a thing does not say what
    the writer tells of it."""
    cue = cues.lexicon("verb").get(draft.at.lemma) if draft.at is not None else None
    judges = cue is not None and cue.manner == "accuse" and not draft.direct
    return judges and draft.because.endswith("with an object")


def _holders(quotes: Sequence[Quote], judging: frozenset[int]) -> list[str | None]:
    """For each quote the id of the innermost other quote whose content holds its cue, but for
    the contents of those that only judge a thing.

    One sweep over the contents by their start; `open_` holds those that have not ended.
    """
    points = [(q.cue.start if q.cue else q.content[0].start, n) for n, q in enumerate(quotes)]
    contents = sorted(
        (s.start, s.end, n) for n, q in enumerate(quotes) if n not in judging for s in q.content
    )
    found: list[str | None] = [None] * len(quotes)
    open_: list[tuple[int, int, int]] = []
    following = 0
    for point, n in sorted(points):
        while following < len(contents) and contents[following][0] <= point:
            open_.append(contents[following])
            following += 1
        open_ = [c for c in open_ if c[1] > point]
        holding = [
            c for c in open_
            if c[2] != n and _inside(quotes[n], c, block=quotes[c[2]].manner == "block")
        ]  # fmt: skip
        if holding:
            found[n] = quotes[min(holding, key=lambda c: (c[1] - c[0], c))[2]].id
    return found


def _inside(quote: Quote, content: tuple[int, int, int], *, block: bool) -> bool:
    """Whether a content span holds the cue of a quote (without one, all of its content). A block
    holds what fills one of its paragraphs."""
    held = quote.cue or Span(quote.content[0].start, quote.content[-1].end)
    if not (content[0] <= held.start and held.end <= content[1]):
        return False
    return quote.cue is not None or block or content[:2] != (held.start, held.end)
