"""Gather the documents of files, folders, patterns, web addresses and standard input.

No document is held in memory beyond `Settings.max_bytes`, nor a line of JSON lines, however long
it is; files and archives are read as streams.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from rashomon.base.rows import Document, Given, Skip
from rashomon.base.seen import Seen, key_of
from rashomon.base.settings import Settings
from rashomon.collect.documents.addresses import RefusedError
from rashomon.collect.documents.archives import Budget, LimitError
from rashomon.collect.documents.entries import read_entry, read_kept
from rashomon.collect.documents.gathered import (
    Entry,
    Gathered,
    Origin,
    because,
    buffered,
    left_out,
    printable,
)
from rashomon.collect.documents.paths import expand, is_address
from rashomon.collect.documents.web import fetched

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PART = "; part="


def gather(sources: Sequence[str], settings: Settings) -> Iterator[Gathered | Skip]:
    """What the sources hold, in their order: files, folders (in sorted order), globs, addresses,
    and "-".

    A path that is given or found twice is read once.
    """
    with Seen() as seen:
        for source in sources:
            for found in expand(source):
                if isinstance(found, Skip):
                    yield found
                elif seen.add(key_of(_key(found))):
                    yield from _read(found, settings)


def gather_again(
    document: Document, original: bytes, settings: Settings
) -> Iterator[Gathered | Skip]:
    """What a document's kept bytes hold, read anew under the document's name.

    Of what came beside the bytes, only the address is kept: all else is found in them again. A
    part of a file (an item of a feed) keeps all of it, since some stood outside the part.
    """
    given, url = document.given, document.given.url
    if _PART not in document.media_type:
        given = Given(url=url if url == document.uri else None)
    origin = Origin(document.name, document.uri, document.media_type, given)
    yield from read_kept(origin, original, settings)


def _key(found: str) -> str:
    return found if found == "-" or is_address(found) else os.path.abspath(found)


def _read(source: str, settings: Settings) -> Iterator[Gathered | Skip]:
    if "\0" in source:
        yield left_out(source, "this is no path: it holds a NUL character")
        return
    try:
        with _opened(source, settings) as entry:
            yield from read_entry(entry, Budget(settings))
    except (RefusedError, LimitError) as error:
        yield left_out(source, error.reason)
    except OSError as error:
        yield left_out(source, because(error))


@contextmanager
def _opened(source: str, settings: Settings) -> Iterator[Entry]:
    """The bytes behind one source. Raises `RefusedError` and OSError."""
    if source == "-":
        with _input() as entry:
            yield entry
    elif is_address(source):
        with fetched(source, settings) as entry:
            yield entry
    elif not stat.S_ISREG(os.stat(source).st_mode):
        raise RefusedError("not a plain file: pipe it in and give '-'")
    else:
        with buffered(io.FileIO(source)) as stream:
            yield Entry(_origin(source), os.path.basename(source), stream)


@contextmanager
def _input() -> Iterator[Entry]:
    stream = buffered(_Once(sys.stdin.buffer))
    try:
        yield Entry(_origin("-"), "-", stream)
    finally:
        stream.detach()


def _origin(path: str) -> Origin:
    name = printable(path)
    return Origin(name, name, "", Given())


class _Once(io.RawIOBase):
    """Standard input, which can be read once and never sought."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills the buffer, so that a look ahead sees all that is to be seen."""
        view = memoryview(buffer).cast("B")
        found = self._stream.read(len(view))
        view[: len(found)] = found
        return len(found)
