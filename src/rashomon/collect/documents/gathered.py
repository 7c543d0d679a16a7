"""What gathering gives: a document with its bytes, or a `Skip` that says why there is none."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from rashomon.base.rows import Document, Given, Skip, row_id, skip
from rashomon.base.settings import Settings

BUFFER = 65_536


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document and the bytes it was read from, to be kept verbatim under their SHA-256.

    `at` is the ISO 8601 time that a web archive states ("": now), `told` the media type that the
    place stated ("": none). Neither is believed in reading.
    """

    document: Document
    original: bytes
    at: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a document is called and where it came from; `at` and `told` as in `Gathered`."""

    name: str
    uri: str
    media_type: str
    given: Given
    at: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Bytes to be read, from a file, an address or an archive, and where they came from.

    `file_name` is what the bytes' own name ends in; `damage` says, once they are read, why they
    ended before their end ("" if they did not).
    """

    origin: Origin
    file_name: str
    stream: io.BufferedReader
    damage: Callable[[], str] = str


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A stream that can look `BUFFER` bytes ahead, if its raw stream fills what it is given."""
    return cast(io.BufferedReader, io.BufferedReader(raw, BUFFER))


def gathered(original: bytes, text: str, encoding: str, origin: Origin) -> Gathered:
    """A document from its bytes; its id is made from their hash alone."""
    digest = hashlib.sha256(original).hexdigest()
    return Gathered(
        Document(
            id=row_id(Document, digest),
            name=origin.name,
            uri=origin.uri,
            sha256=digest,
            media_type=origin.media_type,
            encoding=encoding,
            characters=len(text),
            text=text,
            given=origin.given,
        ),
        original,
        at=origin.at,
        told=origin.told,
    )


def left_out(path: str, reason: str, about: str = "") -> Skip:
    """A `Skip` of this stage; `about` is the path where nothing narrower is said."""
    name = printable(path)
    return skip("gather", name, about or name, reason)


def printable(path: str) -> str:
    """A path as text that any file can hold: undecodable bytes of a name are written out."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def because(error: OSError) -> str:
    """What the system said, as a reason and a way out."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file (any more): check the path"
    if isinstance(error, PermissionError):
        return "it may not be read: give yourself permission to read it"
    return f"it cannot be read: {error.strerror or error}"


def too_large(settings: Settings) -> str:
    return f"larger than {settings.max_bytes:,} bytes: cut it into files of one report each"
