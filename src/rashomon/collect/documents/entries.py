"""Read the bytes of one file or member: text, records, another format, or an archive of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.archives import CONTAINERS, Budget, LimitError, members
from rashomon.collect.documents.formats import HEAD, media_type_of, read_format
from rashomon.collect.documents.gathered import (
    Entry,
    Gathered,
    Origin,
    left_out,
    too_large,
)
from rashomon.collect.documents.records import read_record, read_records

_RECORDS = "application/jsonl"
_RECORD = "application/json"


def read_entry(entry: Entry, budget: Budget, depth: int = 0) -> Iterator[Gathered | Skip]:
    """The documents of an entry, in their order. `depth` is how many layers it lies in.

    Raises `LimitError` where the whole source is over a limit, or where the entry itself is.
    """
    media_type = media_type_of(entry.stream.peek(HEAD)[:HEAD], entry.file_name)
    if media_type == _RECORDS:
        yield from read_records(entry.origin, entry.stream, budget.settings)
    elif media_type in CONTAINERS:
        yield from _read_archive(entry, media_type, budget, depth)
    else:
        yield from _read_whole(entry, media_type, budget.settings)
    if reason := entry.damage():
        yield left_out(entry.origin.name, reason)


def read_kept(origin: Origin, original: bytes, settings: Settings) -> Iterator[Gathered | Skip]:
    """The document of some bytes whose media type is known from an earlier reading."""
    if origin.media_type == _RECORD:
        yield read_record(origin, original)
    else:
        yield from read_format(original, origin, settings)


def _read_whole(entry: Entry, media_type: str, settings: Settings) -> Iterator[Gathered | Skip]:
    original = entry.stream.read(settings.max_bytes + 1)
    origin = replace(entry.origin, media_type=media_type)
    if len(original) > settings.max_bytes:
        yield left_out(origin.name, too_large(settings))
    else:
        yield from read_format(original, origin, settings)


def _read_archive(
    entry: Entry, media_type: str, budget: Budget, depth: int
) -> Iterator[Gathered | Skip]:
    """Each member in turn; a member over a limit costs only itself, unless the limit is for all."""
    if depth >= budget.settings.archive_depth:
        reason = f"it lies {depth} layers deep in other archives: unpack it and give its files"
        yield left_out(entry.origin.name, reason)
        return
    for member in members(entry, media_type, budget):
        if isinstance(member, Skip):
            yield member
            continue
        try:
            yield from read_entry(member, budget, depth + 1)
        except LimitError as error:
            if error.whole:
                raise
            yield left_out(member.origin.name, error.reason)
