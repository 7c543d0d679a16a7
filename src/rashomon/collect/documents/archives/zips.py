"""ZIP: by its list of members at the end, or, where that is cut off, from its beginning on.

Source: PKWARE's APPNOTE.TXT 6.3.10.
"""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import IO, cast

from rashomon.base.rows import Skip
from rashomon.collect.documents.archives import inside
from rashomon.collect.documents.archives.limits import Budget, Counted, LimitError, Metered
from rashomon.collect.documents.gathered import BUFFER, Entry, buffered, left_out

_LARGEST_LIST = 16_000_000
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MARK = b"PK\x03\x04"
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8


def zip_members(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    """Plain files as entries; links, devices and encrypted members as skips.

    Raises `LimitError`.
    """
    with _seekable(entry, budget) as file:
        counted = Counted(file, _LARGEST_LIST)
        try:
            archive = zipfile.ZipFile(cast(IO[bytes], counted))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            yield _cut(entry, str(error))
            yield from _Salvage(entry, file, budget).members()
            return
        with archive:
            for info in archive.infolist():
                budget.enter()
                yield from _member(entry, archive, info, counted, budget)


def _member(
    entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, counted: Counted, budget: Budget
) -> Iterator[Entry | Skip]:
    if info.is_dir():
        return
    origin = inside.place_of(entry, info.filename)
    if reason := _left_out(info):
        yield left_out(origin.name, reason)
        return
    try:
        opened = archive.open(info)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        yield left_out(origin.name, f"it cannot be unpacked: {error}")
        return
    with opened:
        before = counted.taken
        body = Metered(opened.read, budget, lambda: counted.taken - before)
        stream = buffered(body)
        yield Entry(origin, inside.last_part(info.filename), stream, body.damage)


def _left_out(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return inside.LINK
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return inside.DEVICE
    if info.flag_bits & _ENCRYPTED:
        return inside.ENCRYPTED
    return inside.HIDDEN if inside.is_hidden(info.filename) else ""


@contextmanager
def _seekable(entry: Entry, budget: Budget) -> Iterator[io.BufferedReader]:
    """The stream itself, or its bytes laid aside in a nameless file. Raises `LimitError`."""
    if entry.stream.seekable():
        yield entry.stream
        return
    with tempfile.TemporaryFile() as aside:
        limit = budget.settings.archive_aside
        while found := entry.stream.read(BUFFER):
            limit -= len(found)
            if limit < 0:
                size = budget.settings.archive_aside
                reason = f"a ZIP over {size:,} bytes in another source: give it as a file"
                raise LimitError(reason, whole=False)
            aside.write(found)
        aside.seek(0)
        yield cast(io.BufferedReader, aside)


def _cut(entry: Entry, why: str) -> Skip:
    reason = f"the ZIP is cut short or damaged ({why}): what can be found in it is read"
    return left_out(entry.origin.name, reason)


class _Salvage:
    """The members of a ZIP without its list, one after the other."""

    def __init__(self, entry: Entry, file: io.BufferedReader, budget: Budget) -> None:
        self._entry, self._file, self._budget = entry, file, budget

    def members(self) -> Iterator[Entry | Skip]:
        at: int | None = 0
        while at is not None:
            self._file.seek(at)
            header = self._file.read(_LOCAL.size)
            if len(header) < _LOCAL.size or header[:4] != _LOCAL_MARK:
                return
            self._budget.enter()
            end = yield from self._member(at, header)
            at = self._next(end)

    def _member(self, at: int, header: bytes) -> Generator[Entry | Skip, None, int]:
        """Its entry or skip; returns where its bytes end."""
        fields: tuple[int, ...] = _LOCAL.unpack(header)[1:]
        _, flags, method, _, _, _, packed, _, name_size, extra_size = fields
        raw = self._file.read(name_size)
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        start = at + _LOCAL.size + name_size + extra_size
        body = _Body(self._file, start, None if flags & _SIZES_FOLLOW else packed, method)
        origin = inside.place_of(self._entry, name)
        unknown = body.size is None and method != _DEFLATED
        if flags & _ENCRYPTED:
            yield left_out(origin.name, inside.ENCRYPTED)
        elif unknown or method not in (_STORED, _DEFLATED):
            yield left_out(origin.name, "it cannot be unpacked: the archive's list is cut off")
        elif inside.is_hidden(name):
            yield left_out(origin.name, inside.HIDDEN)
        elif not name.endswith("/"):
            meter = Metered(body.read, self._budget, lambda: body.taken)
            stream = buffered(meter)
            yield Entry(origin, inside.last_part(name), stream, meter.damage)
            while body.size is None and stream.read(BUFFER):
                pass
        return start + (body.taken if body.size is None else body.size)

    def _next(self, at: int) -> int | None:
        """Where the next member begins, at or after a place; None if none is found soon."""
        self._file.seek(at)
        found = self._file.read(BUFFER).find(_LOCAL_MARK)
        return None if found < 0 else at + found


class _Body:
    """One member's packed bytes, unpacked; `taken` is how many of them were used."""

    def __init__(self, file: io.BufferedReader, start: int, size: int | None, method: int) -> None:
        self._file, self._start, self.size, self._method = file, start, size, method
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self.taken = 0

    def read(self, size: int) -> bytes:
        if self._method == _STORED:
            return self._packed(size) if self.taken < (self.size or 0) else b""
        while not self._inflate.eof:
            found = self._inflate.decompress(self._packed(BUFFER), size)
            self.taken -= len(self._inflate.unconsumed_tail) + len(self._inflate.unused_data)
            if found:
                return found
        return b""

    def _packed(self, size: int) -> bytes:
        """The next packed bytes. EOFError if they end before their end."""
        left = size if self.size is None else min(size, self.size - self.taken)
        self._file.seek(self._start + self.taken)
        found = self._file.read(left)
        if not found:
            raise EOFError("it ended before its end")
        self.taken += len(found)
        return found
