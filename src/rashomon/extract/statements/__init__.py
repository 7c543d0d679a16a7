"""Statements: who, did or is or wants what, to whom, where, when, how many.

`state` makes one row for each predicate of an article's sentences: verbs, event nouns ("the
shelling of the port") and copulas. Plain reporting verbs make none, light verbs ("carried out an
attack") and aspectual ones ("began to shell") fold into what they carry. `act` and `mode` are the
PLOVER type of the clause as it is told: "will visit" is AGREE, as the manual asks. Polarity and
modality are those of the predicate itself.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.base.language import Parse
from rashomon.base.reader import Coding
from rashomon.base.rows import (
    Article,
    Count,
    Mention,
    Part,
    Quote,
    Sentence,
    Span,
    Statement,
    row_id,
)
from rashomon.base.spans import hull
from rashomon.extract.statements.acts import Act
from rashomon.extract.statements.circumstances import counts, owners, places, times
from rashomon.extract.statements.factuality import factuality
from rashomon.extract.statements.heard import with_heard
from rashomon.extract.statements.hearing import Factuality
from rashomon.extract.statements.ontology import as_told, with_topic
from rashomon.extract.statements.phrases import parts
from rashomon.extract.statements.predicates import Predicate, find
from rashomon.extract.statements.roles import Roles, roles
from rashomon.extract.statements.scene import Scene, scenes

__all__ = ["state"]


def state(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    parse: Parse,
    heard: Sequence[Coding] = (),
) -> list[Statement]:
    """The statements of an article, in the order of the text.

    `heard`: the acts that the small reader hears, for sentences in which the lexicon knows none.

    `sentences` and `parse.sentences` go one to one. Without mentions and quotes the statements
    have no places, times, numbers and quotes, and their parts no mentions.
    """
    told: dict[str, Statement] = {}
    codings = {coding.word.start: coding for coding in heard}
    for scene in scenes(sentences, mentions, quotes, parse):
        told.update((row.id, row) for row in _of_scene(article, scene, told, codings))
    return list(told.values())


@dataclass(frozen=True, slots=True)
class _Circumstances:
    places: Mapping[int, str]
    times: Mapping[int, str]
    counts: Mapping[int, tuple[Count, ...]]


def _of_scene(
    article: Article,
    scene: Scene,
    earlier: dict[str, Statement],
    codings: Mapping[int, Coding],
) -> list[Statement]:
    predicates = find(scene)
    if not predicates:
        return []
    owned = owners(scene, predicates) if scene.mentions else {}
    around = _Circumstances(
        places(scene, predicates, owned),
        times(scene, predicates, owned),
        counts(scene, predicates, owned),
    )
    cast = [roles(scene, predicate) for predicate in predicates]
    acts = _with_topics(scene, predicates, cast)
    found = {
        predicate: _statement(article, scene, predicate, around, index, act, who)
        for index, (predicate, act, who) in enumerate(zip(predicates, acts, cast, strict=True))
        if _tells(scene, predicate, act, who, around, index)
    }
    found = with_heard(found, codings)
    known = ChainMap({row.id: row for row in found.values()}, earlier)
    return [_filled(predicate, row, known) for predicate, row in found.items()]


def _filled(predicate: Predicate, row: Statement, known: Mapping[str, Statement]) -> Statement:
    """An ellipsis takes place and time too from the words it takes its noun from."""
    noun = predicate.left_out
    whole = known.get(row_id(Statement, row.document, noun.start, noun.end)) if noun else None
    if whole is None:
        return row
    return replace(row, place=row.place or whole.place, time=row.time or whole.time)


def _tells(
    scene: Scene, predicate: Predicate, act: Act, who: Roles, around: _Circumstances, index: int
) -> bool:
    """A predicate with nobody and nothing beside it tells nothing, unless "there was" one."""
    if predicate.kind == "noun" and scene.parse.child(predicate.carrier, "expl"):
        return True
    held = (around.places, around.times, around.counts)
    return bool(act.act or who.actors or who.recipients or any(index in m for m in held))


def _with_topics(scene: Scene, predicates: Sequence[Predicate], cast: Sequence[Roles]) -> list[Act]:
    """The acts, each verbal one with the mode of the act right under it."""
    below: dict[int, Act] = {}
    for predicate, who in zip(predicates, cast, strict=True):
        above = scene.parse.head(predicate.carrier)
        if above.pos == "ADP":
            above = scene.parse.head(above)
        if who.act.act and above.i != predicate.token.i:
            below.setdefault(above.i, who.act)
    return [
        with_topic(who.act, below.get(predicate.token.i))
        for predicate, who in zip(predicates, cast, strict=True)
    ]


def _statement(
    article: Article,
    scene: Scene,
    predicate: Predicate,
    around: _Circumstances,
    index: int,
    act: Act,
    who: Roles,
) -> Statement:
    token = predicate.token
    told = factuality(scene, predicate, act.act)
    polarity, modality = told.polarity or "affirmed", told.modality or "happened"
    if not told.purpose:
        act = as_told(act, polarity, modality)
    quote = scene.quote(token)
    actors, recipients = parts(scene, who.actors), parts(scene, who.recipients)
    whole = _hull(predicate, actors + recipients)
    return Statement(
        id=row_id(Statement, article.document, token.start, token.end),
        document=article.document,
        article=article.id,
        sentence=scene.sentence.id,
        start=whole.start,
        end=whole.end,
        predicate=Span(token.start, token.end),
        lemma=predicate.word.lemma,
        act=act.act,
        mode=act.mode,
        actors=actors,
        recipients=recipients,
        place=around.places.get(index),
        time=around.times.get(index),
        numbers=around.counts.get(index, ()),
        polarity=polarity,
        modality=modality,
        quote=quote.id if quote else None,
        because=_because(predicate, act, told),
    )


def _hull(predicate: Predicate, found: Sequence[Part]) -> Span:
    tokens = (predicate.token, predicate.carrier)
    beside = [p for p in found if predicate.left_out is None or p.start > predicate.left_out.end]
    return hull([Span(t.start, t.end) for t in tokens] + [Span(p.start, p.end) for p in beside])


def _because(predicate: Predicate, act: Act, told: Factuality) -> str:
    if predicate.left_out is not None:
        told = replace(told, because=(f"'{predicate.word.text}' left out", *told.because))
    words = act.because or f"{predicate.kind} '{predicate.token.lemma}', no PLOVER type"
    return "; ".join((words, *told.because))
