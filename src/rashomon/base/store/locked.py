"""A case opened only to be asked: read-only, SQL reaches no file and no network, settings locked.

The file is attached to a database in memory that has a view for each table; tables that make
answers quick (`prepare`) lie beside them. A case that is built anew meanwhile is a new file in the
place of the old one: what is open goes on reading the old one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from rashomon.base.errors import CaseError, QueryError, TooLongError
from rashomon.base.rows import TABLES
from rashomon.base.store import arrow
from rashomon.base.store.tables import Store

_TOO_LONG = "the question took too long: ask for less at once"
_LOCKS = (
    "SET enable_external_access = false",
    "SET allow_community_extensions = false",
    "SET lock_configuration = true",
)


class LockedStore(Store):
    """The tables of one `case.duckdb`. `prepare` may add tables in memory before it is locked.

    CaseError where the file is no whole case of this version.
    """

    def __init__(
        self, path: Path, prepare: Callable[[Store], None], *, memory: str = "4GB", threads: int = 4
    ) -> None:
        self._connection = duckdb.connect(
            ":memory:", config={"memory_limit": memory, "threads": threads}
        )
        self.execute("SET enable_progress_bar = false")
        try:
            self._attach(path)
            prepare(self)
            for lock in _LOCKS:
                self.execute(lock)
        except BaseException:
            self.close()
            raise

    def _attach(self, path: Path) -> None:
        try:
            self._connection.execute(
                f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS kept (READ_ONLY)"
            )
        except duckdb.Error as error:
            raise CaseError(
                f"{path} cannot be opened ({error}). It is built from the readings:"
                " delete it and run `rashomon read` on the case again"
            ) from error
        found: dict[str, set[str]] = {}
        for table, column in self.query(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'kept'"
        ):
            found.setdefault(table, set()).add(column)
        for name, kind in TABLES.items():
            if missing := set(arrow.schema(kind).names) - found.get(name, set()):
                raise CaseError(
                    f"the tables of the case {path.parent} were built by another version of"
                    f" Rashomon ({name} lacks {', '.join(sorted(missing))}): run"
                    f" `rashomon read --case {path.parent}` with one of its sources to build"
                    " them anew"
                )
            self.execute(f'CREATE VIEW "{name}" AS FROM kept."{name}"')

    @contextmanager
    def asking(self, seconds: float) -> Iterator[Store]:
        """A connection of one's own, whose queries together may last so many seconds: then
        `TooLongError`."""
        cursor = _Cursor(self._connection.cursor())
        timer = threading.Timer(seconds, cursor.stop)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        finally:
            timer.cancel()
            cursor.close()


class _Cursor(Store):
    """All it is asked goes through `_answer`, which can be stopped at any moment."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()
        self._connection.interrupt()

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._answer(sql, values)[1]

    def records(self, sql: str, *values: object) -> Iterator[dict[str, Any]]:
        names, rows = self._answer(sql, values)
        return (dict(zip(names, row, strict=True)) for row in rows)

    def _answer(
        self, sql: str, values: Sequence[object]
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        if self._stopped.is_set():
            raise TooLongError(_TOO_LONG)
        try:
            found = self._connection.execute(sql, list(values))
            return [str(column[0]) for column in found.description or ()], found.fetchall()
        except duckdb.InterruptException as error:
            raise TooLongError(_TOO_LONG) from error
        except duckdb.Error as error:
            raise QueryError(f"{error}\nin the query:\n{sql}") from error
