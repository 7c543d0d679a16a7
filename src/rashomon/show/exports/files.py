"""Rows as lines of JSON and CSV; values that may become many are written as they come."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write_jsonl(rows: Iterator[dict[str, Any]], file: TextIO) -> None:
    """One object a line, keys sorted."""
    for row in rows:
        file.write(as_json(row) + "\n")


def write_csv(columns: tuple[str, ...], rows: Iterator[dict[str, Any]], file: TextIO) -> None:
    """A header and a line a row; lists and structs are JSON in their cell, and no cell of text is
    a formula (`safe`)."""
    writer = csv.writer(_Lines(file), lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])


def write_array(rows: Iterable[dict[str, Any]], file: TextIO) -> None:
    """A JSON array, one object a line, keys sorted."""
    between = "[\n"
    for row in rows:
        file.write(between + as_json(row))
        between = ",\n"
    file.write("[]" if between == "[\n" else "\n]")


def as_json(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False)


def safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does
    one that is such a text behind apostrophes; numbers stay numbers. `unsafe` takes it off.

    Source: OWASP, "CSV Injection"."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unsafe(cell: str) -> str:
    """The text that `safe` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class _Lines:
    """Lines that end in LF. The CSV writer is told CRLF so that it quotes a lone CR too."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, line: str) -> None:
        self._file.write(line.removesuffix("\r\n") + "\n")


def _cell(value: Any) -> Any:
    return as_json(value) if isinstance(value, list | dict) else safe(value)
