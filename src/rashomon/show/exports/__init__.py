"""save: a case as files that other tools and measuring programs read.

tables     every table in its interchange form
files      rows as lines of JSON and CSV
plover     statements with an act as PLOVER records and as rows of an events table, by way of
           coded (the rows), entities (country and sector), scales (quad, score, contexts), phrases
ftm        FollowTheMoney entities; geojson, places; timeline, events in time; all by way of
           tellings (what is told of an event, with its words)
graphs     who acts on whom and who takes from whom, written by graphml
redacted   a case without its reader comments
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, TextIO

from rashomon.base.errors import CaseError, QueryError
from rashomon.base.rows import TABLES
from rashomon.base.store import Store
from rashomon.show.exports import graphs
from rashomon.show.exports.files import as_json, unsafe, write_csv, write_jsonl
from rashomon.show.exports.ftm import entities
from rashomon.show.exports.geojson import write_geojson
from rashomon.show.exports.graphml import write_graph
from rashomon.show.exports.plover import EVENT_COLUMNS, event_rows, plover_records
from rashomon.show.exports.redacted import redacted
from rashomon.show.exports.tables import query, records, tables
from rashomon.show.exports.timeline import write_timeline

__all__ = [
    "EVENT_COLUMNS",
    "Form",
    "as_json",
    "event_rows",
    "plover_records",
    "query",
    "records",
    "redacted",
    "save",
    "tables",
    "unsafe",
    "write_csv",
    "write_jsonl",
]

Form = Literal[
    "jsonl", "csv", "parquet", "plover", "events", "ftm", "geojson", "graphml", "timeline"
]

_ONE_FILE: Mapping[str, tuple[str, Callable[[Store, TextIO], None]]] = {
    "plover": ("plover.jsonl", lambda store, file: write_jsonl(plover_records(store), file)),
    "events": (
        "events.csv",
        lambda store, file: write_csv(EVENT_COLUMNS, event_rows(store), file),
    ),
    "ftm": ("entities.ftm.json", lambda store, file: write_jsonl(entities(store), file)),
    "geojson": ("places.geojson", write_geojson),
    "timeline": ("timeline.json", write_timeline),
}


def save(store: Store, form: Form, folder: Path) -> list[Path]:
    """Write a case into a folder; the paths written.

    "jsonl", "csv" and "parquet" give every table, one file each; "graphml" two graphs; the other
    forms one file. CaseError where the folder cannot be written, or an older version built the
    tables.
    """
    _check(store)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "graphml":
            return [_save_graph(store, name, folder) for name in ("actors", "voices")]
        if form in _ONE_FILE:
            name, write = _ONE_FILE[form]
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                write(store, file)
            return [folder / name]
        return [_save_table(store, table, form, folder) for table in tables()]
    except OSError as error:
        raise CaseError(f"{folder} cannot be written ({error.strerror or error})") from error


def _check(store: Store) -> None:
    """CaseError where a table or a column is not there: another version built the case."""
    for table, kind in TABLES.items():
        try:
            found = store.columns(f"FROM {table}")
        except QueryError:
            found = ()
        if missing := [name for name in kind.__dataclass_fields__ if name not in found]:
            raise CaseError(
                f"an older Rashomon built the tables of this case: {table} has no"
                f" {', '.join(missing)}. Run `rashomon read` with this version on the case, with"
                " any of its sources, to build them anew"
            )


def _save_graph(store: Store, name: Literal["actors", "voices"], folder: Path) -> Path:
    path = folder / f"{name}.graphml"
    write_graph(graphs.actors(store) if name == "actors" else graphs.voices(store), path)
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
