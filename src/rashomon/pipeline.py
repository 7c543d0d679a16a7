"""The table of contents: the stages in reading order.

Reading is a pure function of one document; juxtaposing is a function over the tables of a case.
Only this file joins stages.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from itertools import chain
from pathlib import Path

from rashomon import engines
from rashomon.base import language
from rashomon.base.reader import network_of, overhear, version_of
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
from rashomon.base.seen import Seen, key_of
from rashomon.base.settings import Settings
from rashomon.base.spans import check
from rashomon.base.store import CaseFolder, Store
from rashomon.collect.articles import divide
from rashomon.collect.retrievals import load as load_retrievals
from rashomon.extract.mentions import find
from rashomon.extract.quotes import attribute
from rashomon.extract.references import refer, speak
from rashomon.extract.sentences import paragraphs, split
from rashomon.extract.statements import state
from rashomon.identify import judgements as decisions
from rashomon.identify.actors import merge
from rashomon.identify.places import locate
from rashomon.identify.times import date
from rashomon.incoming import Incoming, LeftOut, Progress
from rashomon.juxtapose.accounts import tell, voice
from rashomon.juxtapose.disputes import find as find_disputes
from rashomon.juxtapose.echoes import trace
from rashomon.juxtapose.events import group
from rashomon.juxtapose.origins import follow

READING = 4
JUXTAPOSING = 2
WORTH_WORKERS = 400_000
WHOLE_DOCUMENT = ("gather", "divide", "read")


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
    stretches = paragraphs(document.text, zones)
    parse = language.parse(document.text, stretches, settings.model)
    quoted, coded = overhear(document.text, stretches, network_of(settings.reader))
    sentences = split(article, zones, parse)
    times = date(article, sentences, parse)
    mentions = [*times, *refer(find(article, sentences, parse, times), sentences, parse)]
    quotes = attribute(article, sentences, mentions, parse, quoted)
    mentions = speak(mentions, quotes, sentences, parse)
    statements = state(article, sentences, mentions, quotes, parse, coded)
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
    dated = mention.when is not None and (mention.when.earliest or mention.when.latest)
    if mention.timex_type not in ("DATE", "TIME") or dated:
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


def juxtapose(
    case: Store, journal: Path, settings: Settings
) -> Iterator[tuple[str, Iterable[Row]]]:
    """The second half, stage by stage: its name and the rows that it adds to the tables. After a
    stage, what people decided about its rows is applied."""
    loaded = decisions.load(journal)
    made = [row for row in loaded if isinstance(row, Judgement)]
    yield "judgements", chain(loaded, decisions.unknown(made))
    yield "articles", restate(case, made, settings)
    yield "readings", decisions.apply(case, made, decisions.READ)
    yield "actors", merge(case, made)
    yield "places", locate(case)
    yield "links", decisions.apply(case, made, ("actors", "links", "places"))
    yield "voices", voice(case)
    yield "echoes", trace(case)
    yield "echoes judged", decisions.apply(case, made, ("echoes",))
    yield "events", group(case)
    yield "events judged", decisions.apply(case, made, ("events",))
    yield "accounts", tell(case)
    yield "accounts judged", decisions.apply(case, made, ("accounts",))
    yield "origins", follow(case)
    yield "disputes", find_disputes(case)
    yield "disputes judged", decisions.apply(case, made, ("disputes",))


def restate(case: Store, made: Sequence[Judgement], settings: Settings) -> list[Row]:
    """The articles that people gave another outlet or date, in place of what was read. One with
    another date is read again, as its times are counted from it."""
    rows: list[Row] = []
    for found in list(decisions.restated(case, made)):
        if isinstance(found, Skip):
            rows.append(found)
            continue
        article, dated = found
        try:
            rows += _read_again(case, article, settings) if dated else []
        except Exception as error:  # noqa: BLE001 - the article stays as it was read
            reason = f"could not be read again: {type(error).__name__}: {error}"
            rows.append(skip("judgements", "judgements.jsonl", article.id, reason))
            continue
        case.execute("DELETE FROM articles WHERE id = ?", article.id)
        rows.append(article)
    return rows


def _read_again(case: Store, article: Article, settings: Settings) -> list[Row]:
    (document,) = case.rows(Document, "id = ?", article.document)
    zones = sorted(case.rows(Zone, "article = ?", article.id), key=lambda zone: zone.start)
    reading = read_article(document, article, zones, settings)
    for table in ("sentences", "mentions", "quotes", "statements"):
        case.execute(f"DELETE FROM {table} WHERE article = ?", article.id)
    case.execute(
        "DELETE FROM skips WHERE stage = 'date' AND document = ?"
        " AND split_part(about, '-', 1)::BIGINT BETWEEN ? AND ?",
        document.name, article.start, article.end,
    )  # fmt: skip
    return [
        *reading.sentences, *reading.mentions, *reading.quotes, *reading.statements,
        *left_open(document, reading),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call of `read` did: documents newly read, those known before, how many documents
    or passages of one were left out, and the first thousand of these."""

    read: int
    known: int
    left_out: int
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
    read: engines.Read = read_batch,
) -> Outcome:
    """The first half: read what is new into the case, a batch at a time, and keep it."""
    model = language.model_version(language.choose_model(settings.model))
    folder.describe(model, settings.reader)
    version, left_out, read_count = reading_version(settings), LeftOut(), 0
    with Incoming(folder, settings, version, left_out, progress) as incoming:
        batches = _batches(incoming.documents(sources), settings)
        for reading in engines.run(read, batches, settings, engine=engine, workers=workers):
            incoming.flush()
            folder.keep_reading(reading, version)
            read_count += len(reading.documents)
            left_out.add(row for row in reading.skips if row.stage in WHOLE_DOCUMENT)
            progress("reading", read_count, incoming.seen)
    folder.drop_stale(version)
    return Outcome(read_count, incoming.known_again, left_out.count, tuple(left_out.first))


def build(folder: CaseFolder, settings: Settings, *, progress: Progress = lambda *_: None) -> None:
    """Build `case.duckdb` from the readings and the journal, unless it is built from just these."""
    if is_built(folder, settings):
        return
    batches = folder.batches(reading_version(settings))
    with folder.building(_stamp(folder, batches)) as case:
        case.load(batches)
        case.fill(_places(folder.retrievals))
        case.execute("DELETE FROM retrievals WHERE document NOT IN (SELECT id FROM documents)")
        for done, (name, rows) in enumerate(juxtapose(case, folder.journal, settings)):
            progress(name, done, 0)
            case.fill(rows)


def is_built(folder: CaseFolder, settings: Settings) -> bool:
    """Whether `case.duckdb` is built from just the readings and journals that the case has now."""
    return folder.stamp() == _stamp(folder, folder.batches(reading_version(settings)))


def _stamp(folder: CaseFolder, batches: Sequence[Path]) -> str:
    """What names all that the tables are built from."""
    names = (batch.name for batch in batches)
    return _digest(str(JUXTAPOSING), *folder.journal_digests(), *names)


def judge(folder: CaseFolder, settings: Settings, judgement: Judgement) -> Judgement:
    """Write a person's decision into the journal and build the tables anew with it.

    A case that an older version read is read anew first: a target is looked up in the tables as
    they are now. QueryError, and nothing written, where it is not there or means several rows.
    """
    value = decisions.checked(judgement.verb, judgement.targets, judgement.value)
    with folder.writing():
        read_only((), folder, settings)
        build(folder, settings)
        with folder.store() as tables:
            anchors = decisions.anchored(tables, judgement.verb, judgement.targets)
        kept = decisions.record(
            folder.journal,
            judgement.verb,
            judgement.targets,
            value=value,
            author=judgement.author,
            reason=judgement.reason,
            at=judgement.at,
            anchors=anchors,
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
    """What names a reading besides its documents: this half's version and the models."""
    model = language.model_version(language.choose_model(settings.model))
    return _digest(str(READING), model, version_of(settings.reader))[:8]


def _places(journal: Path) -> Iterator[Row]:
    """Where documents came from, each place once, and lines that are damaged."""
    with Seen() as seen:
        yield from (row for row in load_retrievals(journal) if seen.add(key_of(row.id)))


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
