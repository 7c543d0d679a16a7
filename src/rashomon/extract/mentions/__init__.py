"""Who and how many: names, pronouns, role phrases and numbers, each with its kind.

Names come from the recogniser, from lists of known names and from capitalised runs; their kind from
the lists, from their own words and from a vote over the article. Offsets are those of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import (
    Amount,
    Article,
    Mention,
    MentionForm,
    MentionKind,
    Sentence,
    Span,
    row_id,
)
from rashomon.extract.mentions import bodies, people
from rashomon.extract.mentions.kinds import tell
from rashomon.extract.mentions.names import spot
from rashomon.extract.mentions.numbers import count
from rashomon.extract.mentions.people import People, Person

_GROUPS = frozenset({"organisation", "armed_group"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention and its tokens `[first, after)`."""

    mention: Mention
    first: int
    after: int


def find(
    article: Article, sentences: Sequence[Sentence], parse: Parse, times: Sequence[Mention]
) -> list[Mention]:
    """All mentions of an article but its times, in the order of the text. No two names, pronouns or
    role phrases overlap, nor two numbers, and nothing inside a time is a name or a number."""
    spans = sorted((Span(t.start, t.end) for t in times), key=lambda span: span.start)
    taken = _taken(parse, spans)
    found = _named(parse, sentences, taken)
    found += _bodies(parse, sentences, found, taken)
    found += _unnamed(parse, sentences, found, taken)
    found.sort(key=lambda each: each.first)
    mentions = _led_back(parse, found)
    mentions += [
        _mention(hit.sentence, parse, hit.span, "number", "name", hit.amount)
        for hit in count(parse, sentences, spans)
    ]
    return sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.kind))


def _taken(parse: Parse, times: Sequence[Span]) -> list[bool]:
    """For each token, whether it lies in a time."""
    starts = [token.start for token in parse.tokens]
    taken = [False] * len(starts)
    for span in times:
        for i in range(max(0, bisect_right(starts, span.start) - 1), len(starts)):
            if starts[i] >= span.end:
                break
            taken[i] = parse.tokens[i].end > span.start
    return taken


def _named(parse: Parse, sentences: Sequence[Sentence], taken: Sequence[bool]) -> list[_Found]:
    listed = list(bodies.join(parse, spot(parse, taken)))
    return [
        _found(sentences, parse, name.first, name.after, kind, "name")
        for name, kind in zip(listed, tell(parse, listed), strict=True)
    ]


def _bodies(
    parse: Parse, sentences: Sequence[Sentence], named: Sequence[_Found], taken: Sequence[bool]
) -> Iterator[_Found]:
    covered = [*taken]
    for each in named:
        covered[each.first : each.after] = [True] * (each.after - each.first)
    for first, after, form in bodies.unnamed(parse, covered):
        yield _found(sentences, parse, first, after, "organisation", form)


def _unnamed(
    parse: Parse, sentences: Sequence[Sentence], named: Sequence[_Found], taken: Sequence[bool]
) -> Iterator[_Found]:
    """Pronouns and role phrases that stand for one person. Names of other kinds inside a phrase
    are mentions of their own ("the Freedonian minister" holds two)."""
    covered = [*taken]
    for each in named:
        if each.mention.kind == "person":
            covered[each.first : each.after] = [True] * (each.after - each.first)
    for token in parse.tokens:
        if covered[token.i]:
            continue
        if people.pronoun(token):
            yield _found(sentences, parse, token.i, token.i + 1, "person", "pronoun")
            continue
        phrase = _uncovered(people.description(parse, token), covered)
        if phrase:
            yield _found(sentences, parse, phrase[0].i, token.i + 1, "person", "description")


def _uncovered(phrase: list[Token], covered: Sequence[bool]) -> list[Token]:
    """The part of a phrase after the last token that a name or a time has, without its "'s"."""
    cut = max((k + 1 for k, t in enumerate(phrase) if covered[t.i]), default=0)
    return phrase[cut + (cut < len(phrase) and phrase[cut].tag == "POS") :]


def _led_back(parse: Parse, found: Sequence[_Found]) -> list[Mention]:
    """The mentions with `refers`, read from the front of the article."""
    met, named_bodies = People(parse), bodies.Bodies(parse)
    ids = [each.mention.id for each in found]
    named = {k: _person(parse, k, each) for k, each in enumerate(found) if _is_person(each)}
    for person in named.values():
        met.in_sentence.setdefault(parse.tokens[person.first].sentence, []).append(person)
    mentions = []
    for k, each in enumerate(found):
        if each.mention.kind in _GROUPS:
            place = named_bodies.meet(k, each.first, each.after, each.mention.form)
        else:
            place = _target(met, k, each, named.get(k))
        mentions.append(replace(each.mention, refers=None if place is None else ids[place]))
    return mentions


def _is_person(each: _Found) -> bool:
    return each.mention.kind == "person" and each.mention.form == "name"


def _person(parse: Parse, place: int, each: _Found) -> Person:
    return Person(place, each.first, each.after, people.person_key(parse, each.first, each.after))


def _target(met: People, place: int, each: _Found, person: Person | None) -> int | None:
    """The place in the list of what a name or description of a person stands for."""
    tokens, meant = met.parse.tokens, None
    if person is not None:
        meant = people.meet(met, person)
    elif each.mention.form == "description":
        phrase = tokens[each.first : each.after]
        meant = people.bearer(met, phrase)
        people.remember(met, place, phrase, meant)
    return meant.place if meant else None


def _found(
    sentences: Sequence[Sentence],
    parse: Parse,
    first: int,
    after: int,
    kind: MentionKind,
    form: MentionForm,
) -> _Found:
    span = Span(parse.tokens[first].start, parse.tokens[after - 1].end)
    sentence = sentences[parse.tokens[first].sentence]
    return _Found(_mention(sentence, parse, span, kind, form), first, after)


def _mention(
    sentence: Sentence,
    parse: Parse,
    span: Span,
    kind: MentionKind,
    form: MentionForm,
    amount: Amount | None = None,
) -> Mention:
    return Mention(
        id=row_id(Mention, sentence.document, span.start, span.end, kind),
        document=sentence.document,
        article=sentence.article,
        sentence=sentence.id,
        start=span.start,
        end=span.end,
        kind=kind,
        form=form,
        text=parse.words(span),
        amount=amount,
    )
