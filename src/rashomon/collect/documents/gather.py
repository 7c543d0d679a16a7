"""Gather the documents of files, folders, patterns and standard input.

Reads plain text and JSON lines. No file is held in memory beyond `Settings.max_bytes`, nor a line
of JSON lines, however long it is.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import cast

from rashomon.base.rows import Document, Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import DAMAGED, decode, encoding_of, unusable
from rashomon.collect.documents.formats import holds_json_lines, unreadable
from rashomon.collect.documents.gathered import (
    Gathered,
    Origin,
    Stream,
    because,
    gathered,
    left_out,
    printable,
    too_large,
)
from rashomon.collect.documents.paths import expand
from rashomon.collect.documents.records import read_record, read_records

_HEAD = 65_536
_JSON_LINES = (".jsonl", ".ndjson")


def gather(sources: Sequence[str], settings: Settings) -> Iterator[Gathered | Skip]:
    """What the sources hold, in their order: files, folders (in sorted order), globs, "-".

    A path that is given or found twice is read once.
    """
    seen: set[str] = set()
    for source in sources:
        for found in expand(source):
            if isinstance(found, Skip):
                yield found
                continue
            key = found if found == "-" else os.path.abspath(found)
            if key not in seen:
                seen.add(key)
                yield from _read(found, settings)


def gather_again(document: Document, original: bytes) -> Iterator[Gathered | Skip]:
    """What a document's kept bytes hold, read anew under the document's name."""
    if document.media_type == "application/json":
        yield read_record(document.name, original)
    else:
        yield from _read_text(document.name, original)


def _read(path: str, settings: Settings) -> Iterator[Gathered | Skip]:
    if "\0" in path:
        yield left_out(path, "this is no path: it holds a NUL character")
        return
    try:
        yield from _read_input(settings) if path == "-" else _read_file(path, settings)
    except OSError as error:
        yield left_out(path, because(error))


def _read_input(settings: Settings) -> Iterator[Gathered | Skip]:
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), _HEAD)
    try:
        yield from _read_stream("-", stream, settings)
    finally:
        stream.detach()


def _read_file(path: str, settings: Settings) -> Iterator[Gathered | Skip]:
    if not stat.S_ISREG(os.stat(path).st_mode):
        yield left_out(path, "not a plain file: pipe it in and give '-'")
        return
    with io.BufferedReader(io.FileIO(path), _HEAD) as stream:
        yield from _read_stream(path, stream, settings)


def _read_stream(path: str, stream: Stream, settings: Settings) -> Iterator[Gathered | Skip]:
    head = stream.peek(_HEAD)[:_HEAD]
    whole = len(head) < _HEAD
    if path.lower().endswith(_JSON_LINES) or holds_json_lines(head, whole):
        yield from read_records(path, stream, settings)
    elif reason := unreadable(head):
        yield left_out(path, reason)
    elif len(original := stream.read(settings.max_bytes + 1)) > settings.max_bytes:
        yield left_out(path, too_large(settings))
    else:
        yield from _read_text(path, original)


def _read_text(path: str, original: bytes) -> Iterator[Gathered | Skip]:
    encoding = encoding_of(original) if original else "utf-8"
    if not encoding:
        yield left_out(path, "binary, or text in no known encoding: save it as UTF-8 text")
        return
    text = decode(original, encoding)
    if reason := unusable(text):
        yield left_out(path, reason)
        return
    if encoding == DAMAGED:
        yield _damage(path, text)
    name = printable(path)
    yield gathered(original, text, encoding, Origin(name, name, "text/plain", Given()))


def _damage(path: str, text: str) -> Skip:
    """Says where bytes were not UTF-8; the rest of the text is read."""
    place = f"characters {text.find(chr(0xFFFD))} to {text.rfind(chr(0xFFFD)) + 1}"
    count = text.count("\ufffd")
    reason = f"not UTF-8 in {count} places, read as U+FFFD: save it as UTF-8 again"
    return left_out(path, reason, place)
