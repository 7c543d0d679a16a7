"""Web: the bytes behind an http(s) address, within limits of size, time and redirects.

Python's own `http.client` and `ssl` speak; what is added is who is spoken to (the very machine
that was checked, at every redirect) and when it ends. There are no cookies, no passwords, and no
proxies, also none from the environment. Nothing in what is fetched is followed.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

from rashomon.base.rows import Given
from rashomon.base.settings import Settings
from rashomon.collect.documents.addresses import (
    Address,
    Machine,
    RefusedError,
    address_of,
    machines,
)
from rashomon.collect.documents.gathered import Entry, Origin, buffered

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 65_536
_IN_MEMORY = 1_000_000


@contextmanager
def fetched(source: str, settings: Settings) -> Iterator[Entry]:
    """What an address gives, whole, laid aside in a nameless file. Raises `RefusedError`.

    The entry's `uri` is where the redirects ended, its `name` the address as given.
    """
    clock = _Clock(settings.fetch_seconds)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
        try:
            final, told = _follow(source, cast(io.BufferedRandom, aside), clock, settings)
        except TimeoutError:
            seconds = settings.fetch_seconds
            raise RefusedError(f"it took over {seconds:g} seconds: try again, or save it") from None
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise RefusedError(f"it could not be fetched ({_words(error)}): try again") from error
        aside.seek(0)
        origin = Origin(source, final.uri, "", Given(url=final.uri), told=told)
        stream = buffered(_Aside(cast(io.BufferedRandom, aside)))
        yield Entry(origin, urlsplit(final.uri).path.rpartition("/")[2], stream)


def _follow(
    source: str, into: io.BufferedRandom, clock: _Clock, settings: Settings
) -> tuple[Address, str]:
    """Where the redirects end and what media type is stated there; its bytes go into `into`."""
    address = address_of(source)
    for _ in range(settings.fetch_redirects + 1):
        found = machines(address, settings.trusted_networks, clock.left())
        with _Connection(address, found, clock) as connection:
            connection.request("GET", address.path, headers=_headers(address))
            answer = connection.getresponse()
            if answer.status not in _REDIRECTS:
                _take(answer, into, settings)
                return address, answer.getheader("Content-Type", "")
            address = address_of(urljoin(address.uri, answer.getheader("Location", "")))
    raise RefusedError(
        f"it redirects more than {settings.fetch_redirects} times: check the address"
    )


def _headers(address: Address) -> dict[str, str]:
    return {
        "Host": address.host_and_port,
        "User-Agent": f"rashomon/{version('rashomon')}",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _take(answer: http.client.HTTPResponse, into: io.BufferedRandom, settings: Settings) -> None:
    """The body, unpacked, up to `fetch_bytes`. Raises `RefusedError`."""
    if answer.status != 200:
        raise RefusedError(f"the server answers {answer.status} {answer.reason}: check the address")
    unpack = _unpacker(answer.getheader("Content-Encoding", "").strip().lower())
    size = 0
    while packed := answer.read(_CHUNK):
        for part in unpack.parts(packed):
            size += len(part)
            if size > settings.fetch_bytes:
                raise RefusedError(f"larger than {settings.fetch_bytes:,} bytes: save a part of it")
            into.write(part)
    if answer.length or not unpack.whole():
        raise RefusedError("the transfer was cut short: try again")


@dataclass(slots=True)
class _Plain:
    def parts(self, packed: bytes) -> Iterator[bytes]:
        yield packed

    def whole(self) -> bool:
        return True


class _Packed:
    """gzip or zlib, unpacked a bounded part at a time."""

    def __init__(self, bits: int) -> None:
        self._unpack = zlib.decompressobj(bits)

    def parts(self, packed: bytes) -> Iterator[bytes]:
        while packed and not self._unpack.eof:
            yield self._unpack.decompress(packed, _CHUNK)
            packed = self._unpack.unconsumed_tail

    def whole(self) -> bool:
        return self._unpack.eof


def _unpacker(encoding: str) -> _Plain | _Packed:
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip"):
        return _Packed(16 + zlib.MAX_WBITS)
    if encoding == "deflate":
        return _Packed(zlib.MAX_WBITS)
    raise RefusedError(
        f"it comes in the encoding {encoding!r}, which was not asked for: save the page"
    )


class _Clock:
    """The seconds that are left of a whole transfer."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Raises TimeoutError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Connection(http.client.HTTPConnection):
    """HTTP to the first of some checked machines that answers; no name is looked up again."""

    def __init__(self, address: Address, found: list[Machine], clock: _Clock) -> None:
        super().__init__(address.host, address.port)
        self._address, self._machines, self._clock = address, found, clock
        self._open: socket.socket | None = None

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()

    def connect(self) -> None:
        self._open = self._reach()
        if self._address.scheme == "https":
            self._open.settimeout(self._clock.left())
            self._open = _trust().wrap_socket(self._open, server_hostname=self._address.host)
        self.sock = cast(socket.socket, _Timed(self._open, self._clock))

    def _reach(self) -> socket.socket:
        refused: OSError = OSError("no machine")
        for machine in self._machines:
            try:
                return socket.create_connection(
                    (str(machine), self._address.port), timeout=self._clock.left()
                )
            except OSError as error:
                refused = error
        raise refused


class _Timed:
    """A socket each of whose waits ends with the clock, as `http.client` uses one."""

    def __init__(self, plain: socket.socket, clock: _Clock) -> None:
        self._plain, self._clock = plain, clock

    def sendall(self, content: Any) -> None:
        self._plain.settimeout(self._clock.left())
        self._plain.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return buffered(_Incoming(self._plain, self._clock))

    def close(self) -> None:
        """Does nothing: `http.client` lets go of a connection before its answer is read."""


class _Incoming(io.RawIOBase):
    def __init__(self, plain: socket.socket, clock: _Clock) -> None:
        super().__init__()
        self._plain, self._clock = plain, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._plain.settimeout(self._clock.left())
        return self._plain.recv_into(buffer)


class _Aside(io.RawIOBase):
    """A temporary file as a raw stream that can be sought."""

    def __init__(self, file: io.BufferedRandom) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._file.seek(offset, whence)
        return self._file.tell()

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        found = self._file.read(len(view))
        view[: len(found)] = found
        return len(found)


@cache
def _trust() -> ssl.SSLContext:
    """The system's roots; names are checked."""
    return ssl.create_default_context()


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
