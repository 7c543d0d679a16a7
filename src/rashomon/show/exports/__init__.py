"""save: a case as files that other tools and measuring programs read.

tables     every table in its interchange form
files      rows as lines of JSON and CSV
plover     statements with an act as PLOVER records and as rows of an events table, by way of
           coded (the rows), entities (country and sector), scales (quad, score, contexts), phrases
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rashomon.base.errors import CaseError
from rashomon.base.store import Store
from rashomon.show.exports.files import as_json, write_csv, write_jsonl
from rashomon.show.exports.plover import EVENT_COLUMNS, event_rows, plover_records
from rashomon.show.exports.tables import query, records, tables

__all__ = [
    "EVENT_COLUMNS",
    "Form",
    "as_json",
    "event_rows",
    "plover_records",
    "query",
    "records",
    "save",
    "tables",
    "write_csv",
    "write_jsonl",
]

Form = Literal["jsonl", "csv", "parquet", "plover", "events"]


def save(store: Store, form: Form, folder: Path) -> list[Path]:
    """Write a case into a folder; the paths written.

    Every table, one file each; with "plover" the coded statements as `plover.jsonl`, with "events"
    as `events.csv`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form in ("plover", "events"):
            return [_save_coded(store, form, folder)]
        return [_save_table(store, table, form, folder) for table in tables()]
    except OSError as error:
        raise CaseError(f"{folder} cannot be written ({error.strerror})") from error


def _save_coded(store: Store, form: Form, folder: Path) -> Path:
    path = folder / ("plover.jsonl" if form == "plover" else "events.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "plover":
            write_jsonl(plover_records(store), file)
        else:
            write_csv(EVENT_COLUMNS, event_rows(store), file)
    return path


def _save_table(store: Store, table: str, form: Form, folder: Path) -> Path:
    path = folder / f"{table}.{form}"
    if form == "parquet":
        store.write_parquet(query(table), path)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "jsonl":
            write_jsonl(records(store, table), file)
        else:
            write_csv(store.columns(query(table)), records(store, table), file)
    return path
