"""Rows as lines of JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any, TextIO


def write_jsonl(rows: Iterator[dict[str, Any]], file: TextIO) -> None:
    """One object a line, keys sorted."""
    for row in rows:
        file.write(as_json(row) + "\n")


def write_csv(columns: tuple[str, ...], rows: Iterator[dict[str, Any]], file: TextIO) -> None:
    """A header and a line a row; lists and structs are JSON in their cell."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])


def as_json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value
