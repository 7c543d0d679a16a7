"""WARC: the pages that a web archive holds, by FastWARC (ISO 28500)."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rashomon.base.rows import Given, Skip
from rashomon.collect.documents.archives.limits import Budget, Metered
from rashomon.collect.documents.formats import HEAD, media_type_of
from rashomon.collect.documents.gathered import BUFFER, Entry, Origin, buffered, left_out, printable

_NO_PAGE = ("image/", "audio/", "video/", "font/", "application/octet-stream")
_NO_TEXT = ("css", "javascript", "ecmascript", "json", "font", "wasm")
_END = b"\r\n\r\n"


def warc_members(entry: Entry, budget: Budget) -> Iterator[Entry | Skip]:
    """The pages that a server sent whole (status 200 to 299), under their own address and time.

    What is no page (requests, other answers, pictures, scripts) is counted in one skip.
    Raises `LimitError`.
    """
    tail = _Tail(entry.stream)
    left: Counter[str] = Counter()
    try:
        for record in ArchiveIterator(cast(BinaryIO, tail), auto_decode="all", stream_detect=False):
            budget.enter()
            if reason := _no_page(record):
                left[reason] += 1
            else:
                yield from _page(entry, record, budget, left)
    except OSError as error:
        yield _cut(entry, str(error))
    else:
        if tail.last != _END:
            yield _cut(entry, "its last record is not whole")
    if left:
        told = ", ".join(f"{count} × {what}" for what, count in sorted(left.items()))
        yield left_out(entry.origin.name, f"records that hold no page are left out: {told}")


def _no_page(record: WarcRecord) -> str:
    """Why a record holds no page; "" if it may hold one."""
    if record.record_type != WarcRecordType.response:
        return str(record.record_type)
    headers = record.http_headers
    if not record.is_http or headers is None or headers.status_code is None:
        return "response without HTTP headers"
    status = headers.status_code
    return "" if 200 <= status < 300 and status != 206 else f"status {status}"


def _page(
    entry: Entry, record: WarcRecord, budget: Budget, left: Counter[str]
) -> Iterator[Entry | Skip]:
    body = Metered(record.reader.read, budget)
    stream = buffered(body)
    uri = printable(record.headers.get("WARC-Target-URI") or "")
    told = (record.http_content_type or "").lower()
    head = stream.peek(HEAD)[:HEAD]
    found = media_type_of(head, uri.partition("?")[0].rpartition("/")[2])
    if not head and not body.damage():
        left["empty page"] += 1
    elif found.startswith(_NO_PAGE):
        left[found] += 1
    elif found.startswith("text/plain") and any(word in told for word in _NO_TEXT):
        left[told] += 1
    else:
        name = f"{entry.origin.name}!/{uri}"
        given = Given(url=uri or None)
        origin = Origin(name, uri or name, "", given, at=_date(record), told=told)
        yield Entry(origin, uri.partition("?")[0].rpartition("/")[2], stream, body.damage)


def _date(record: WarcRecord) -> str:
    """ISO 8601 in UTC; "" where the record has no date."""
    try:
        at = datetime.fromisoformat(record.headers.get("WARC-Date") or "")
    except ValueError:
        return ""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at.tzinfo else ""


def _cut(entry: Entry, why: str) -> Skip:
    reason = f"the web archive is cut short or damaged ({why}): what came before is read"
    return left_out(entry.origin.name, reason)


class _Tail:
    """A stream that remembers the last four bytes that it gave."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._given = 0
        self.last = b""

    def tell(self) -> int:
        return self._given

    def read(self, size: int = -1, /) -> bytes:
        found = self._stream.read(size if size >= 0 else BUFFER)
        self._given += len(found)
        self.last = (self.last + found)[-len(_END) :]
        return found
