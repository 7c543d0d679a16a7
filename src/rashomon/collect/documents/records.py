"""JSON lines: each line a record with a report's words and what is known about it."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rashomon.base.rows import Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import has_half_characters, unusable
from rashomon.collect.documents.gathered import (
    Gathered,
    Origin,
    gathered,
    left_out,
    too_large,
)

_GIVEN = ("title", "byline", "outlet", "published", "url", "language")
_CHUNK = 65_536


def read_records(
    origin: Origin, stream: io.BufferedReader, settings: Settings
) -> Iterator[Gathered | Skip]:
    """One document or `Skip` for each line that is not blank."""
    empty = True
    for number, line in enumerate(_lines(stream, settings.max_bytes), start=1):
        name = f"{origin.name}#L{number}"
        if line is None:
            yield left_out(name, too_large(settings))
        elif line.strip():
            bare = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            yield read_record(replace(origin, name=name, uri=f"{origin.uri}#L{number}"), bare)
        else:
            continue
        empty = False
    if empty:
        yield left_out(origin.name, "it is empty: nothing to read")


def parsed(line: bytes) -> object:
    """The value that a line holds; None if it is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """The lines without their ends; None for one over `limit` bytes, which is passed over."""
    while line := stream.readline(limit + 2):
        bare = line.rstrip(b"\r\n")
        if len(bare) > limit and not line.endswith(b"\n"):
            _pass_over(stream)
        yield bare if len(bare) <= limit else None


def _pass_over(stream: io.BufferedReader) -> None:
    """Read up to the end of the line, holding a little of it at a time."""
    while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


def read_record(origin: Origin, line: bytes) -> Gathered | Skip:
    """The document that a line holds; it is called as its origin is, where it has no id."""
    reason, record = _checked(line)
    if reason:
        return left_out(origin.name, reason)
    given = Given(**{key: record.get(key) or None for key in _GIVEN})
    name = origin.name if record.get("id") in (None, "") else str(record["id"])
    whence = replace(
        origin, name=name, uri=given.url or origin.uri, media_type="application/json", given=given
    )
    return gathered(line, record["text"], "utf-8", whence)


def _checked(line: bytes) -> tuple[str, dict[str, Any]]:
    """Why a line is no record ("" if it is one), and the record."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start} of the line is not UTF-8: write the file as UTF-8", {}
    record = parsed(line)
    if record is None:
        return "not JSON: write one JSON object a line", {}
    if not isinstance(record, dict):
        return "not a JSON object: write one JSON object a line", {}
    return _wrong_text(record) or _wrong_key(record), record


def _wrong_text(record: dict[str, Any]) -> str:
    if "text" not in record:
        return "the key 'text' is missing: it must hold the report's words"
    if not isinstance(record["text"], str):
        return "the key 'text' holds no string: it must hold the report's words"
    reason = unusable(record["text"])
    return reason and f"the key 'text' cannot be read: {reason}"


def _wrong_key(record: dict[str, Any]) -> str:
    for key in ("id", *_GIVEN):
        value = record.get(key)
        number = key == "id" and isinstance(value, int) and not isinstance(value, bool)
        if not (value is None or isinstance(value, str) or number):
            return f"the key {key!r} holds no string: write a string or leave the key out"
        if isinstance(value, str) and has_half_characters(value):
            return f"the key {key!r} holds half characters (lone surrogates): write it again"
    return ""
