"""The table of contents: the stages in reading order.

Reading is a pure function of one document; juxtaposing is a function over the tables of a case.
Only this file joins stages.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path

from rashomon import engines
from rashomon.base import language
from rashomon.base.rows import (
    Article,
    Document,
    Judgement,
    Mention,
    Reading,
    Row,
    Skip,
    Span,
    Zone,
    skip,
)
from rashomon.base.settings import Settings
from rashomon.base.spans import check
from rashomon.base.store import CaseFolder, Store
from rashomon.collect.articles import divide
from rashomon.collect.documents import Gathered, gather, gather_again
from rashomon.extract.mentions import find
from rashomon.extract.quotes import attribute
from rashomon.extract.sentences import paragraphs, split
from rashomon.extract.statements import state
from rashomon.identify.actors import merge
from rashomon.identify.judgements import load, record
from rashomon.identify.places import locate
from rashomon.identify.times import date
from rashomon.juxtapose.accounts import tell, voice
from rashomon.juxtapose.disputes import find as find_disputes
from rashomon.juxtapose.echoes import trace
from rashomon.juxtapose.events import group
from rashomon.juxtapose.origins import follow

READING = 1
JUXTAPOSING = 1
WORTH_WORKERS = 400_000
WHOLE_DOCUMENT = ("gather", "divide", "read")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are (0: not known)."""


def read_document(document: Document, settings: Settings) -> Reading:
    """All rows of one document: collect, extract, and the article's own part of identify."""
    division = divide(document)
    reading = Reading(
        documents=(document,),
        zones=division.zones,
        articles=division.articles,
        skips=division.skips,
    )
    zones: dict[str | None, list[Zone]] = defaultdict(list)
    for zone in division.zones:
        zones[zone.article].append(zone)
    for article in division.articles:
        reading += read_article(document, article, zones[article.id], settings)
    check_words(document, reading)
    return reading + Reading(skips=tuple(left_open(document, reading)))


def read_article(
    document: Document, article: Article, zones: Sequence[Zone], settings: Settings
) -> Reading:
    """All rows of one article."""
    parse = language.parse(document.text, paragraphs(document.text, zones), settings.model)
    sentences = split(article, zones, parse)
    times = date(article, sentences, parse)
    mentions = [*times, *find(article, sentences, parse, times)]
    quotes = attribute(article, sentences, mentions, parse)
    statements = state(article, sentences, mentions, quotes, parse)
    return Reading(
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        quotes=tuple(quotes),
        statements=tuple(statements),
    )


def check_words(document: Document, reading: Reading) -> None:
    """ValueError if a row's span has no words: a row without words must not exist."""
    spans = [Span(zone.start, zone.end) for zone in reading.zones]
    spans += [Span(article.start, article.end) for article in reading.articles]
    spans += [Span(sentence.start, sentence.end) for sentence in reading.sentences]
    spans += [Span(mention.start, mention.end) for mention in reading.mentions]
    spans += [Span(statement.start, statement.end) for statement in reading.statements]
    for quote in reading.quotes:
        spans += filter(None, (quote.source, quote.cue, *quote.content))
    for span in spans:
        check(document.text, span)


def left_open(document: Document, reading: Reading) -> Iterator[Skip]:
    """What is kept but was not read or not resolved: comments, and dates that stay unknown."""
    for zone in reading.zones:
        if zone.kind == "comment":
            words = " ".join(document.text[zone.start : zone.end].split())[:40]
            about = f"{zone.start}-{zone.end} {words}"
            yield skip("split", document.name, about, "a reader's comment: kept, not read")
    for mention in reading.mentions:
        if reason := _undated(mention):
            about = f"{mention.start}-{mention.end} {mention.text}"
            yield skip("date", document.name, about, reason)


def _undated(mention: Mention) -> str:
    """Why a date stays unknown; "" if it is known or names no calendar time ("now")."""
    if mention.timex_type not in ("DATE", "TIME") or mention.when is not None:
        return ""
    if mention.timex_value is None:
        return "counted from something other than the article's date"
    return "" if mention.timex_value.endswith("_REF") else "the article has no date to count from"


def read_batch(batch: Sequence[Document], settings: Settings) -> Reading:
    """All rows of some documents; one that raises becomes a `Skip` and the rest is read."""
    reading = Reading()
    for document in batch:
        try:
            reading += read_document(document, settings)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place where a failure becomes a Skip
            reading += engines.left_out(document, f"{type(error).__name__}: {error}")
    return reading


def juxtapose(case: Store, journal: Path) -> Iterator[tuple[str, Iterable[Row]]]:
    """The second half, stage by stage: its name and the rows that it adds to the tables."""
    loaded = list(load(journal))
    judgements = [row for row in loaded if isinstance(row, Judgement)]
    yield "judgements", loaded
    yield "actors", merge(case, judgements)
    yield "places", locate(case)
    yield "voices", voice(case)
    yield "echoes", trace(case)
    yield "events", group(case)
    yield "accounts", tell(case)
    yield "origins", follow(case)
    yield "disputes", find_disputes(case)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call of `read` did: documents newly read, and all that was left out of them."""

    read: int
    known: int
    skipped: tuple[Skip, ...]


def read(
    sources: Sequence[str],
    folder: CaseFolder,
    settings: Settings,
    *,
    engine: engines.EngineName = "inline",
    workers: int = 2,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """The main job: read what is new into the case and juxtapose it anew."""
    with folder.writing():
        outcome = read_only(
            sources, folder, settings, engine=engine, workers=workers, progress=progress
        )
        build(folder, settings, progress=progress)
        return outcome


def read_only(
    sources: Sequence[str],
    folder: CaseFolder,
    settings: Settings,
    *,
    engine: engines.EngineName = "inline",
    workers: int = 2,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """The first half: read what is new into the case, a batch at a time, and keep it."""
    folder.describe(language.model_version(language.choose_model(settings.model)))
    incoming = _Incoming(folder, settings, reading_version(settings))
    batches = _batches(incoming.documents(sources), settings)
    read_count, left_out = 0, []
    for reading in engines.run(read_batch, batches, settings, engine=engine, workers=workers):
        folder.keep_reading(reading, incoming.version)
        read_count += len(reading.documents)
        left_out += [row for row in reading.skips if row.stage in WHOLE_DOCUMENT]
        progress("reading", read_count, incoming.seen)
    folder.keep_reading(Reading(skips=incoming.all_skips()), incoming.version)
    folder.drop_stale(incoming.version)
    return Outcome(read_count, incoming.known_again, (*incoming.skips, *left_out))


def build(folder: CaseFolder, settings: Settings, *, progress: Progress = lambda *_: None) -> None:
    """Build `case.duckdb` from the readings and the journal, unless it is built from just these."""
    batches = folder.batches(reading_version(settings))
    stamp = _digest(str(JUXTAPOSING), folder.journal_digest(), *(batch.name for batch in batches))
    if folder.stamp() == stamp:
        return
    with folder.building(stamp) as case:
        case.load(batches)
        for done, (name, rows) in enumerate(juxtapose(case, folder.journal)):
            progress(name, done, 0)
            case.fill(rows)


def judge(folder: CaseFolder, settings: Settings, judgement: Judgement) -> Judgement:
    """Write a person's decision into the journal and build the tables anew with it."""
    with folder.writing():
        kept = record(
            folder.journal,
            judgement.verb,
            judgement.targets,
            value=judgement.value,
            author=judgement.author,
            reason=judgement.reason,
            at=judgement.at,
        )
        build(folder, settings)
        return kept


def choose_engine(sources: Sequence[str]) -> engines.EngineName:
    """`processes` where there is enough to read to pay for starting workers, else `inline`."""
    size = 0
    for source in sources:
        for path in map(Path, glob(source) or [source]):
            paths = path.rglob("*") if path.is_dir() else [path]
            size += sum(p.stat().st_size for p in paths if p.is_file())
    return "processes" if size > WORTH_WORKERS and (os.cpu_count() or 1) > 1 else "inline"


def reading_version(settings: Settings) -> str:
    """What names a reading besides its documents: this half's version and the model."""
    model = language.model_version(language.choose_model(settings.model))
    return _digest(str(READING), model)[:8]


class _Incoming:
    """The documents that a call of `read` has to read: new ones, and those of older versions."""

    def __init__(self, folder: CaseFolder, settings: Settings, version: str) -> None:
        self._folder, self._settings, self.version = folder, settings, version
        self._known = folder.known(folder.batches(version))
        self.seen = self.known_again = 0
        self.skips: list[Skip] = []

    def documents(self, sources: Sequence[str]) -> Iterator[Document]:
        for found in gather(sources, self._settings):
            if isinstance(found, Skip):
                self.skips.append(found)
            elif (document := self._new(found)) is not None:
                self.seen += 1
                yield document
        for document in self._folder.stale(Document, self.version):
            for found in gather_again(document, self._folder.original(document.sha256)):
                if isinstance(found, Skip):
                    self.skips.append(found)
                elif document.id not in self._known:
                    self._known[document.id] = document.name
                    self.seen += 1
                    yield replace(found.document, uri=document.uri)

    def all_skips(self) -> tuple[Skip, ...]:
        """What could not be gathered, now and under an older reading version."""
        earlier = (r for r in self._folder.stale(Skip, self.version) if r.stage == "gather")
        return tuple({row.id: row for row in (*earlier, *self.skips)}.values())

    def _new(self, found: Gathered) -> Document | None:
        document = found.document
        first = self._known.get(document.id)
        if first is None:
            self._known[document.id] = document.name
            self._folder.keep_original(document.sha256, found.original)
            return document
        if first == document.name:
            self.known_again += 1
        else:
            reason = f"the same bytes as {first}: read once"
            self.skips.append(skip("gather", document.name, "", reason))
        return None


def _batches(documents: Iterable[Document], settings: Settings) -> Iterator[engines.Batch]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and (
            len(batch) >= settings.batch_documents
            or size + document.characters > settings.batch_characters
        ):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(document)
        size += document.characters
    if batch:
        yield tuple(batch)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
