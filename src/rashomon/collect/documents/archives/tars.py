"""TAR: headers are read one after the other, so a pipe and an archive cut short can be read too.

Source: POSIX.1-2001 (ustar and pax) and the GNU tar manual, "Basic Tar Format".
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from rashomon.base.rows import Skip
from rashomon.collect.documents.archives import inside
from rashomon.collect.documents.archives.limits import Budget, Metered
from rashomon.collect.documents.gathered import BUFFER, Entry, buffered, left_out

_BLOCK = 512
_LARGEST_NAME = 65_536
_LONG_NAME = (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_ASIDE = (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE)
_BODILESS = (
    tarfile.LNKTYPE,
    tarfile.SYMTYPE,
    tarfile.CHRTYPE,
    tarfile.BLKTYPE,
    tarfile.DIRTYPE,
    tarfile.FIFOTYPE,
)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)


def tar_members(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    """Plain files as entries; links and devices as skips. Raises `LimitError`."""
    yield from _Tar(entry, budget).members()


class _Tar:
    def __init__(self, entry: Entry, budget: Budget) -> None:
        self._entry, self._budget = entry, budget
        self._name, self._size = "", -1

    def members(self) -> Iterator[Entry | Skip]:
        try:
            while (header := self._header()) is not None:
                self._budget.enter()
                yield from self._member(header)
        except (tarfile.HeaderError, ValueError) as error:
            yield self._cut(str(error))

    def _header(self) -> tarfile.TarInfo | None:
        block = self._entry.stream.read(_BLOCK)
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            if not block.strip(b"\0") and len(block) == _BLOCK:
                return None
            raise

    def _member(self, header: tarfile.TarInfo) -> Iterator[Entry | Skip]:
        if header.type in _LONG_NAME:
            self._read_name(header)
            return
        name = self._name or header.name
        size = self._size if self._size >= 0 else header.size
        if header.type in _ASIDE:
            self._pass(header.size)
            return
        self._name, self._size = "", -1
        if header.type not in _FILES:
            yield from self._no_file(header, name)
            self._pass(0 if header.type in _BODILESS else size)
            return
        yield from self._file(name, size)

    def _file(self, name: str, size: int) -> Iterator[Entry | Skip]:
        limited = _Limited(self._entry.stream, size)
        origin = inside.place_of(self._entry, name)
        if inside.is_hidden(name):
            yield left_out(origin.name, inside.HIDDEN)
        else:
            body = Metered(limited.read, self._budget)
            stream = buffered(body)
            yield Entry(origin, inside.last_part(name), stream, body.damage)
        self._pass(limited.left, -size % _BLOCK)

    def _no_file(self, header: tarfile.TarInfo, name: str) -> Iterator[Skip]:
        if header.isdir():
            return
        reason = inside.LINK if header.issym() or header.islnk() else inside.DEVICE
        yield left_out(inside.place_of(self._entry, name).name, reason)

    def _read_name(self, header: tarfile.TarInfo) -> None:
        """The name (and size) that the next header is too small for."""
        if header.size > _LARGEST_NAME:
            self._pass(header.size)
            return
        content = self._entry.stream.read(header.size)
        self._pass(0, -header.size % _BLOCK)
        if header.type == tarfile.GNUTYPE_LONGNAME:
            self._name = content.rstrip(b"\0").decode("utf-8", "surrogateescape")
            return
        values = dict(_pax(content))
        self._name = values.get("path", self._name)
        self._size = int(values["size"]) if values.get("size", "").isdecimal() else self._size

    def _pass(self, size: int, padding: int | None = None) -> None:
        """Pass over bytes and what fills their last block."""
        left = size + (-size % _BLOCK if padding is None else padding)
        while left > 0 and (found := self._entry.stream.read(min(left, BUFFER))):
            self._budget.spend(len(found))
            left -= len(found)

    def _cut(self, why: str) -> Skip:
        reason = f"the archive is cut short or damaged ({why}): what came before is read"
        return left_out(self._entry.origin.name, reason)


class _Limited:
    """The next `left` bytes of a stream. EOFError if it ends before."""

    def __init__(self, stream: io.BufferedReader, left: int) -> None:
        self._stream, self.left = stream, max(0, left)

    def read(self, size: int) -> bytes:
        found = self._stream.read(min(size, self.left))
        if not found and self.left:
            self.left = 0
            raise EOFError("it ended before its end")
        self.left -= len(found)
        return found


def _pax(content: bytes) -> Iterator[tuple[str, str]]:
    """Records of "length key=value\\n"."""
    while content:
        digits, space, _ = content.partition(b" ")
        length = int(digits) if digits.isdigit() and len(digits) < 8 else 0
        if not space or length <= len(digits) + 1:
            return
        key, _, value = content[len(digits) + 1 : length].rstrip(b"\n").partition(b"=")
        yield key.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape")
        content = content[length:]
