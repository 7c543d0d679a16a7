"""CSV and TSV with named columns: each row a document, as each line of JSON lines is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from rashomon.base.rows import Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import decode, encoding_of, unusable
from rashomon.collect.documents.formats.sniff import COLUMNS, ROW, TSV
from rashomon.collect.documents.formats.written import filled
from rashomon.collect.documents.gathered import Gathered, Origin, gathered, left_out, printable

_GIVEN = ("title", "byline", "outlet", "published", "url", "language")


def read_rows(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """A document for each row. Its bytes are the line of names and its own, in UTF-8."""
    encoding = encoding_of(original)
    if not encoding:
        yield left_out(origin.name, "binary, or text in no known encoding: save it as UTF-8 text")
        return
    text = decode(original, encoding)
    mark = "\t" if origin.media_type == TSV else _mark(text)
    for number, (names, cells, written) in enumerate(_records(text, mark, settings), start=1):
        if number == 1 and "text" not in names:
            yield left_out(
                origin.name, f"no column is named 'text', only {', '.join(names)}: {_HOW}"
            )
            return
        place = f"{origin.name}#row{number}"
        part = replace(origin, name=place, uri=place, media_type=ROW)
        yield _document(
            dict(zip(names, cells, strict=False)), written, part, len(cells) - len(names)
        )


_HOW = f"name the column of the reports so (and others {', '.join(COLUMNS[1:])})"


def read_row(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The document of one row, kept with the line of names above it."""
    text = original.decode("utf-8")
    for names, cells, written in _records(text, _mark(text), settings):
        row = dict(zip(names, cells, strict=False))
        yield _document({**row, "id": ""}, written, origin, len(cells) - len(names))


def _document(row: dict[str, str], written: str, origin: Origin, more: int) -> Gathered | Skip:
    """The document of a row; `more` cells than names would put words under the wrong name."""
    if more > 0:
        reason = f"{more} more cells than columns: put text with separators in double quotes"
        return left_out(origin.name, reason)
    text = row.get("text", "")
    if reason := unusable(text):
        return left_out(origin.name, f"the column 'text' cannot be read: {reason}")
    given = Given(**{key: row.get(key, "").strip() or None for key in _GIVEN})
    name = printable(row.get("id", "").strip()) or origin.name
    uri = given.url or origin.uri
    origin = replace(origin, name=name, uri=uri, given=filled(origin.given, given))
    return gathered(written.encode(), text, "utf-8", origin)


def _mark(text: str) -> str:
    """What stands between the names of the columns."""
    line = text.partition("\n")[0]
    return max(",;\t", key=lambda mark: (line.count(mark), mark == ","))


def _records(
    text: str, mark: str, settings: Settings
) -> Iterator[tuple[list[str], list[str], str]]:
    """The names, the cells and the written lines of each row that is not blank."""
    csv.field_size_limit(max(settings.max_bytes, 131_072))
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=mark)
    names = [name.strip().lower() for name in next(reader, [])]
    head = "".join(taken)
    taken.clear()
    for cells in reader:
        written = "".join(taken)
        taken.clear()
        if any(cell.strip() for cell in cells):
            yield names, cells, head + written
