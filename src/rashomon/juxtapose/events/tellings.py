"""What each statement says of a happening: its family, who, whom, where, when, how many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from rashomon.base.happenings import (
    Tallied,
    happening_of,
    happening_of_counts,
    is_plural,
    same_act,
)
from rashomon.base.lexicon import words
from rashomon.base.rows import Document, Modality, Polarity, Span, When
from rashomon.base.store import Store
from rashomon.juxtapose.events.asked import STEPS, TELLINGS
from rashomon.juxtapose.events.sites import facilities, places

Days = tuple[int, int]
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_DEFINITE = re.compile(r"\b(?:the|that|this|those|these|’s|'s|its|their|his|her)\s+", re.IGNORECASE)
_THERE = re.compile(
    r"\bthere\b(?!\s+(?:is|are|was|were|has|have|had|will|would|may|might|can)\b)", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:ed)? (?:figure|number|total|count)|correct(?:ed)? to|revised (?:up |down )?to"
    r"|(?:has|have|had) (?:now )?(?:risen|climbed|grown|gone up|increased|jumped) to"
    r"|(?:rose|climbed|increased|raised|jumped) to|up from|now known to)\b",
    re.IGNORECASE,
)
_HARKS_BACK = re.compile(
    r"\b(?:after|following|since|before|over|mark|mourn|avenge|revenge for|response to"
    r"|retaliation for|protest against|anger at|anniversary of|charged with|accused of"
    r"|convicted of|guilty of|suspected of|suspicion of|wanted for)\b[^,.;:]{0,50}$",
    re.IGNORECASE,
)
_COPULAR = frozenset({"be", "have", "become", "include"})
_TOLD = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement as a telling of a happening.

    `places` stand in its clause, `near` elsewhere in its sentence, as keys (see `place_key`);
    `regions` are states and stretches of land, which say little; `things` are the facilities in
    its clause and `definite` the nouns in it that are spoken of as known ("the strike", "there").
    `place` and `placed` are the id and the words of where it says that it happened.
    `named` are those of its actors and recipients that it names, `beside` actors that are only
    part of one ("men loyal to X"). `corrects`: it puts a number right that was told before;
    `by_count`: only its count says what happened; `plural`: it tells of several ("more attacks on
    the town"); `in_words`: it may as well have been done in words;
    `harks_back`: it is what something else came after, or was done for ("riots after the killing").
    `called` is how it names its actors and recipients; `names` are those of its sentence, as ids
    where they are known and persons by surname, without those that most articles have; `terms` the
    other words that say something there. `weak`: nothing but its verb and who takes part says what
    happened, so that it is an event only where others tell of it.
    `span` is its own time in proleptic days, both ends included; `published` the last day of its
    article's date. `counts` are (what, low, high, what is counted).
    """

    id: str
    document: str
    article: str
    sentence: str
    start: int
    predicate: int
    paragraph: int
    zone: str
    lemma: str
    act: str | None
    mode: str | None
    polarity: Polarity
    modality: Modality
    quote: str | None
    family: str
    kind: str
    once: int
    actors: frozenset[str]
    recipients: frozenset[str]
    named: frozenset[str]
    beside: frozenset[str]
    places: frozenset[str]
    near: frozenset[str]
    regions: frozenset[str]
    place: str | None
    placed: str
    words: str
    things: frozenset[str]
    definite: frozenset[str]
    corrects: bool
    by_count: bool
    plural: bool
    in_words: bool
    harks_back: bool
    span: Days | None
    when: When | None
    published: int | None
    counts: tuple[Tallied, ...]
    called: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    end: int = 0
    terms: frozenset[str] = frozenset()
    weak: bool = False

    @property
    def told(self) -> bool:
        """Whether it says that something did or did not happen, not that it may or shall."""
        return self.modality in _TOLD


def load(store: Store) -> Iterator[Telling]:
    """The statements that tell of a happening, by document and place in it."""
    for step in STEPS:
        store.execute(step)
    documents = store.rows(Document)
    document = next(documents, None)
    for batch in store.arrow(TELLINGS).to_batches(max_chunksize=5_000):
        for row in batch.to_pylist():
            while document is not None and document.id != row["document"]:
                document = next(documents, None)
            telling = _telling(row, document.text if document else "")
            if telling is not None:
                yield telling


def _telling(row: Mapping[str, Any], text: str) -> Telling | None:
    clause = text[row["start"] : max(row["end"], row["reach"])].split("according to")[0]
    sentence = text[row["opens"] : row["closes"]]
    spoken = [word.lower() for word in _WORD.findall(clause)]
    counts = tuple((c["what"], c["low"], c["high"], c["counted"]) for c in row["counts"] or ())
    happening = happening_of(row["lemma"], spoken)
    counted = None if happening else happening_of_counts(counts)
    corrects = bool(counts and _CORRECTS.search(sentence))
    weak = not (happening or counted or corrects or _tells(row, counts))
    if weak and row["lemma"] in _no_happenings():
        return None
    happening = happening or counted
    actors, recipients = _parties(row, befalls=bool(happening and happening.befalls))
    own, near, regions = places(row["places"] or (), Span(row["start"], row["reach"]), text)
    if counted:
        own, near = frozenset(), near | own
    return Telling(
        id=row["id"],
        document=row["document"],
        article=row["article"],
        sentence=row["sentence"],
        start=row["start"],
        predicate=row["predicate"],
        paragraph=row["paragraph"],
        zone=row["zone"],
        lemma=row["lemma"],
        act=row["act"],
        mode=row["mode"],
        polarity=row["polarity"],
        modality=row["modality"],
        quote=row["quote"],
        family=happening.family if happening else same_act(row["lemma"]),
        kind=happening.kind if happening else same_act(row["lemma"]),
        once=happening.once if happening else 0,
        actors=actors,
        recipients=recipients,
        named=frozenset(row["named"] or ()),
        beside=frozenset(row["beside"] or ()),
        places=own,
        near=near - own,
        regions=regions,
        place=next((p["place"] for p in row["places"] or () if p["own"]), None),
        placed=next((p["text"] for p in row["places"] or () if p["own"]), ""),
        words=row["lemma"],
        things=facilities(clause),
        definite=_definite(sentence),
        corrects=corrects,
        by_count=counted is not None,
        plural=is_plural(text, row["predicate"], row["lemma"]),
        in_words=bool(happening and happening.in_words),
        harks_back=bool(_HARKS_BACK.search(text[row["opens"] : row["predicate"]])),
        span=None if counted else _days(row["told"]),
        when=When(**row["told"]) if row["told"] else None,
        published=_last_day(row["published"]),
        counts=counts,
        called=frozenset(row["called"] or ()),
        names=frozenset(row["names"] or ()),
        end=row["end"],
        terms=_terms(sentence) - {row["lemma"]},
        weak=weak,
    )


def _parties(row: Mapping[str, Any], *, befalls: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Who did it and to whom; whoever dies is who it befalls."""
    actors, recipients = frozenset(row["actors"] or ()), frozenset(row["recipients"] or ())
    if befalls and not recipients:
        return frozenset(), actors
    return actors, recipients


def _tells(row: Mapping[str, Any], counts: tuple[Tallied, ...]) -> bool:
    """An act, or something counted, but not what only is or has something."""
    return bool(row["act"] or counts) and row["lemma"] not in _COPULAR


@cache
def _no_happenings() -> frozenset[str]:
    return words("no_happenings") | words("function_words")


@lru_cache(maxsize=64)
def _terms(sentence: str) -> frozenset[str]:
    found = (word for word in _WORD.findall(sentence) if word[0].islower() and len(word) > 2)
    return frozenset(found) - words("function_words")


def _definite(sentence: str) -> frozenset[str]:
    """Words up to two places behind "the", "that", "this", "its", and "there" by itself."""
    found: set[str] = set()
    for match in _DEFINITE.finditer(sentence):
        behind = re.split(r"[,.;:!?()“”\"]", sentence[match.end() : match.end() + 60])[0]
        found.update(word.lower() for word in _WORD.findall(behind)[:3])
    found.discard("there")
    if _THERE.search(sentence):
        found.add("there")
    return frozenset(found)


def _days(when: Mapping[str, Any] | None) -> Days | None:
    """Both ends as proleptic days, if both are known."""
    if not when or not when["earliest"] or not when["latest"]:
        return None
    return _day(when["earliest"]), _day(when["latest"])


def _last_day(published: Mapping[str, Any] | None) -> int | None:
    if not published or not published["latest"]:
        return None
    return _day(published["latest"])


def _day(written: str) -> int:
    return date.fromisoformat(written[:10]).toordinal()
