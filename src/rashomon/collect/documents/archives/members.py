"""What lies in an archive, member by member, each to be read before the next is asked for."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from rashomon.base.rows import Skip
from rashomon.collect.documents.archives.limits import Budget, Counted, Metered
from rashomon.collect.documents.archives.tars import tar_members
from rashomon.collect.documents.archives.warcs import warc_members
from rashomon.collect.documents.archives.zips import zip_members
from rashomon.collect.documents.gathered import BUFFER, Entry, buffered

_XZ_MEMORY = 200_000_000
_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".gz": "", ".bz2": "", ".xz": ""}


def members(entry: Entry, media_type: str, budget: Budget) -> Iterator[Entry | Skip]:
    """The members of an archive and what of it cannot be read. Raises `LimitError`.

    A member's stream ends when the next member is asked for. A compressed file has one member, of
    its own name.
    """
    yield from CONTAINERS[media_type](entry, budget)


def _gzip(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    return _unpacked(entry, budget, lambda packed: gzip.GzipFile(fileobj=packed, mode="rb").read1)


def _bzip2(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    return _unpacked(entry, budget, lambda packed: bz2.BZ2File(packed).read1)


def _xz(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    return _unpacked(entry, budget, lambda packed: _Xz(packed).read)


def _unpacked(
    entry: Entry, budget: Budget, opened: Callable[[io.BufferedReader], Callable[[int], bytes]]
) -> Iterator[Entry | Skip]:
    counted = Counted(entry.stream)
    read = opened(cast(io.BufferedReader, counted))
    unpacked = Metered(read, budget, lambda: counted.taken)
    stream = buffered(unpacked)
    yield replace(entry, file_name=_inner(entry.file_name), stream=stream, damage=unpacked.damage)


def _inner(name: str) -> str:
    """`reports.txt` for `reports.txt.gz`."""
    for suffix, instead in _SUFFIXES.items():
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] + instead
    return name


class _Xz:
    """The bytes of an .xz file, stream after stream, in bounded memory (a header may ask for
    4 GB, which Python's own file class would grant)."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._rest, self._done = b"", False
        self._unpack = self._fresh()

    @staticmethod
    def _fresh() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        while True:
            if self._done or (self._unpack.eof and not self._next_stream()):
                return b""
            if found := self._more(size):
                return found

    def _next_stream(self) -> bool:
        self._rest = (self._unpack.unused_data or self._packed.read(BUFFER)).lstrip(b"\0")
        self._unpack = self._fresh()
        self._done = not self._rest
        return bool(self._rest)

    def _more(self, size: int) -> bytes:
        if self._unpack.needs_input and not self._rest:
            self._rest = self._packed.read(BUFFER)
            if not self._rest:
                raise EOFError("it ended before its end")
        given, self._rest = self._rest, b""
        return self._unpack.decompress(given, size)


CONTAINERS: dict[str, Callable[[Entry, Budget], Iterator[Entry | Skip]]] = {
    "application/zip": zip_members,
    "application/x-tar": tar_members,
    "application/gzip": _gzip,
    "application/x-bzip2": _bzip2,
    "application/x-xz": _xz,
    "application/warc": warc_members,
}
