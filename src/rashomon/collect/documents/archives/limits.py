"""How much an archive may give: bytes as they are really read, never the header's word."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rashomon.base.settings import Settings
from rashomon.collect.documents.gathered import BUFFER

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SMALL = 16_000_000
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)


class LimitError(Exception):
    """A limit was passed. `whole`: nothing more of the source is read; else only this member."""

    def __init__(self, reason: str, *, whole: bool) -> None:
        super().__init__(reason)
        self.reason, self.whole = reason, whole


@dataclass(slots=True)
class Budget:
    """What one source, with all that lies in it, may still give."""

    settings: Settings
    entries: int = field(init=False)
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.entries, self.left = self.settings.archive_entries, self.settings.archive_bytes

    def enter(self) -> None:
        """Count one member. Raises `LimitError`."""
        self.entries -= 1
        if self.entries < 0:
            limit = self.settings.archive_entries
            reason = f"it holds more than {limit:,} members: the rest is left out"
            raise LimitError(reason, whole=True)

    def spend(self, size: int) -> None:
        """Count bytes as unpacked. Raises `LimitError`."""
        self.left -= size
        if self.left < 0:
            limit = self.settings.archive_bytes
            reason = f"it unpacks to more than {limit:,} bytes: the rest is left out"
            raise LimitError(reason, whole=True)


class Metered(io.RawIOBase):
    """Unpacked bytes, counted. Damage ends them early and is told by `damage`.

    `read(n)` gives at most n bytes, b"" at the end. `packed()` is how many packed bytes were read
    for them. Raises `LimitError`, and so do the readers that are put around it.
    """

    def __init__(
        self, read: Callable[[int], bytes], budget: Budget, packed: Callable[[], int] | None = None
    ) -> None:
        super().__init__()
        self._read, self._budget, self._packed = read, budget, packed
        self._given = 0
        self._damage = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills the buffer, so that a look ahead sees all that is to be seen."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (found := self._some(len(view) - filled)):
            view[filled : filled + len(found)] = found
            filled += len(found)
        return filled

    def _some(self, size: int) -> bytes:
        if self._damage:
            return b""
        try:
            found = self._read(min(size, BUFFER))
        except _DAMAGE as error:
            self._damage = f"it is cut short or damaged ({_words(error)}): what came before is read"
            return b""
        self._count(len(found))
        return found

    def damage(self) -> str:
        return self._damage

    def _count(self, size: int) -> None:
        self._given += size
        self._budget.spend(size)
        if self._packed is None or self._given <= _SMALL:
            return
        ratio = self._budget.settings.archive_ratio
        if self._given > ratio * max(1, self._packed()):
            reason = f"it unpacks to more than {ratio} times its size: left out as a bomb"
            raise LimitError(reason, whole=False)


class Counted(io.RawIOBase):
    """A stream whose bytes are counted as they are taken; it can be sought if the stream can."""

    def __init__(self, stream: io.BufferedReader, largest: int | None = None) -> None:
        super().__init__()
        self._stream, self._largest = stream, largest
        self.taken = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1, /) -> bytes:
        """Refuses to take more than `largest` bytes at once (BadZipFile), since they are held."""
        if self._largest is not None and not 0 <= size <= self._largest:
            size = self._largest + 1
        found = self._stream.read(size)
        self.taken += len(found)
        if self._largest is not None and len(found) > self._largest:
            raise zipfile.BadZipFile(f"its list of members is over {self._largest:,} bytes")
        return found

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = self._stream.readinto(buffer)
        self.taken += size
        return size


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
