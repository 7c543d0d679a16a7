"""Where and when documents came from, in an append-only journal: one JSON object a line.

    {"at": …, "document": "doc-…", "earlier": null, "media_type": …, "name": …, "uri": …}

A line is written once for each document and place. It is with the system before the document's
reading is kept, so a kill at any moment loses no place of a finished document.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from rashomon.base.errors import CaseError
from rashomon.base.rows import Retrieval, Skip, row_id, skip
from rashomon.base.seen import Seen, key_of

_FIELDS = ("document", "uri", "name", "at", "media_type")
_POSITION = re.compile(r"#[A-Za-z]+\d+$")
_BITS = 64


class Retrievals:
    """The journal, open to be added to: `record` what was retrieved, `flush` before rows are kept.

    Two 64-bit numbers a line are held, on disk. OSError becomes a `CaseError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pairs, self._latest = Seen(), Seen()
        for row in load(path):
            if isinstance(row, Retrieval):
                self._remember(row)
        try:
            self._file = path.open("ab")
            if self._file.tell() and not _ends_whole(path):
                self._file.write(b"\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> Retrievals:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.flush()
            os.fsync(self._file.fileno())
        except OSError as failed:
            raise self._unwritable(failed) from failed
        finally:
            self._file.close()

    def record(
        self, document: str, uri: str, name: str, *, at: str, media_type: str
    ) -> Retrieval | None:
        """Append that a document came from a place; None if that is known already."""
        if self._pairs.has(key_of(document, uri)):
            return None
        earlier = self._earlier(document, uri)
        row = _retrieval(document, uri, name, at, media_type, earlier)
        fields = {key: getattr(row, key) for key in (*_FIELDS, "earlier")}
        line = json.dumps(fields, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            self._file.write(line.encode("utf-8"))
        except OSError as error:
            raise self._unwritable(error) from error
        self._remember(row)
        return row

    def flush(self) -> None:
        """Give all lines to the system."""
        try:
            self._file.flush()
        except OSError as error:
            raise self._unwritable(error) from error

    def _remember(self, row: Retrieval) -> None:
        self._pairs.add(key_of(row.document, row.uri))
        if _is_place(row.uri):
            self._latest.put(key_of(row.uri), _number(row.document))

    def _earlier(self, document: str, uri: str) -> str | None:
        before = self._latest.get(key_of(uri)) if _is_place(uri) else None
        return None if before is None else _document(before)

    def _unwritable(self, error: OSError) -> CaseError:
        return CaseError(f"{self._path} cannot be written ({error.strerror})")


def load(path: Path) -> Iterator[Retrieval | Skip]:
    """Every line in its order; one that cannot be read (a write cut short) is a `Skip`."""
    if not path.exists():
        return
    with path.open("rb") as journal:
        for number, line in enumerate(journal, start=1):
            if line.strip():
                yield _read(line, number)


def _read(line: bytes, number: int) -> Retrieval | Skip:
    try:
        found = json.loads(line.decode("utf-8"))
    except ValueError:
        return _damaged(number, "the line is no whole JSON object: a write was cut short")
    values = found if isinstance(found, dict) else {}
    texts = [text for key in _FIELDS if isinstance(text := values.get(key), str)]
    earlier = values.get("earlier")
    if len(texts) < len(_FIELDS) or not isinstance(earlier, str | None):
        return _damaged(number, "the line lacks a value, or not all its values are texts")
    document, uri, name, at, media_type = texts
    return _retrieval(document, uri, name, at, media_type, earlier)


def _retrieval(
    document: str, uri: str, name: str, at: str, media_type: str, earlier: str | None
) -> Retrieval:
    made = row_id(Retrieval, document, uri)
    return Retrieval(made, document, uri, name, at, media_type, earlier)


def _damaged(number: int, reason: str) -> Skip:
    return skip("retrievals", "retrievals.jsonl", f"line {number}", reason)


def _is_place(uri: str) -> bool:
    """Whether two documents from here are versions of one: a line's number in a file is no
    place, since lines move."""
    return not _POSITION.search(uri)


def _number(document: str) -> int:
    """The 64 bits of a document's id, as a signed number."""
    return int.from_bytes(bytes.fromhex(document[-16:]), "big", signed=True)


def _document(number: int) -> str:
    return f"doc-{number % (1 << _BITS):016x}"


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as journal:
        journal.seek(-1, os.SEEK_END)
        return journal.read(1) == b"\n"
