"""What gathering gives: a document with its bytes, or a `Skip` that says why there is none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from rashomon.base.rows import Document, Given, Skip, row_id, skip
from rashomon.base.settings import Settings


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document and the bytes it was read from, to be kept verbatim under their SHA-256."""

    document: Document
    original: bytes


class Stream(Protocol):
    """Bytes to be read once, with a look ahead."""

    def peek(self, size: int, /) -> bytes: ...
    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """How a document is called and where it came from."""

    name: str
    uri: str
    media_type: str
    given: Given


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
