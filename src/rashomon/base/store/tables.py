"""The tables of a case in DuckDB: made from the row classes, filled in bulk, asked in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb
import pyarrow as pa

from rashomon.base.errors import CaseError, QueryError
from rashomon.base.rows import READ_TABLES, TABLES, Row
from rashomon.base.store import arrow

R = TypeVar("R", bound=Row)
_CHUNK = 20_000
_TABLE_OF: dict[type, str] = {kind: name for name, kind in TABLES.items()}


class Store:
    """One DuckDB file: a table for each row class, and whatever views and steps are added.

    The stages of the second half are given a `Store` and return rows; `show` reads it.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        try:
            self._connection = duckdb.connect(
                str(path) if path else ":memory:", read_only=read_only
            )
        except duckdb.Error as error:
            raise CaseError(
                f"{path} cannot be opened ({error}). It is built from the readings:"
                " delete it and run `rashomon read` on the case again"
            ) from error
        self.execute("SET enable_progress_bar = false")
        if not read_only:
            self.execute("SET preserve_insertion_order = true")
            for name, kind in TABLES.items():
                self.register("no_rows", arrow.table(kind, []))
                self.execute(f"CREATE TABLE IF NOT EXISTS {name} AS FROM no_rows")
                self.forget("no_rows")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def execute(self, sql: str, *values: object) -> None:
        """Run a statement; an error carries the SQL."""
        self._run(sql, values)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query. Say ORDER BY wherever order can reach what is written."""
        return list(self._run(sql, values).fetchall())

    def arrow(self, sql: str, *values: object) -> pa.Table:
        """All rows of a query as an Arrow table."""
        try:
            return self._connection.sql(sql, params=list(values)).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(f"{error}\nin the query:\n{sql}") from error

    def records(self, sql: str, *values: object) -> Iterator[dict[str, Any]]:
        """The rows of a query as mappings, a bounded number in memory."""
        try:
            found = self._connection.cursor().sql(sql, params=list(values))
        except duckdb.Error as error:
            raise QueryError(f"{error}\nin the query:\n{sql}") from error
        for batch in found.to_arrow_reader(_CHUNK):
            yield from batch.to_pylist()

    def write_parquet(self, sql: str, path: Path) -> None:
        """Write a query's rows to a Parquet file."""
        target = str(path).replace("'", "''")
        self.execute(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

    def columns(self, sql: str, *values: object) -> tuple[str, ...]:
        """The column names of a query."""
        described = self._run(f"DESCRIBE {sql}", values).fetchall()
        return tuple(str(column[0]) for column in described)

    def rows(self, kind: type[R], where: str = "true", *values: object) -> Iterator[R]:
        """The rows of a class for which `where` holds, by id, a bounded number in memory."""
        table = _TABLE_OF[kind]
        found = self._connection.cursor().sql(
            f"SELECT * FROM {table} WHERE {where} ORDER BY id", params=list(values)
        )
        for batch in found.to_arrow_reader(_CHUNK):
            yield from arrow.rows(kind, batch)

    def register(self, name: str, table: pa.Table) -> None:
        """Give an Arrow table a name that SQL can use, until `forget`."""
        self._connection.register(name, table)

    def forget(self, name: str) -> None:
        self._connection.unregister(name)

    def keep(self, name: str, table: pa.Table) -> None:
        """An Arrow table as a temporary table of this name, in place of an earlier one."""
        self.register("incoming", table)
        self.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM incoming")
        self.forget("incoming")

    def recall(self, path: Path) -> None:
        """Let SQL read what an earlier building made, as `earlier`; a file that cannot be read is
        as none."""
        target = str(path).replace("'", "''")
        with suppress(duckdb.Error):
            self._connection.execute(f"ATTACH '{target}' AS earlier (READ_ONLY)")

    def has_earlier(self, table: str) -> bool:
        """Whether there is an earlier building with this table."""
        found = self.query(
            "SELECT 1 FROM duckdb_tables() WHERE database_name = 'earlier' AND table_name = ?",
            table,
        )
        return bool(found)

    def fill(self, rows: Iterable[Row]) -> int:
        """Add rows (of any classes) to their tables, in bulk; how many there were."""
        waiting, count = iter(rows), 0
        while chunk := list(islice(waiting, _CHUNK)):
            count += len(chunk)
            for name, kind in TABLES.items():
                if same := [row for row in chunk if type(row) is kind]:
                    self._insert(name, arrow.table(kind, same))
        return count

    def _insert(self, name: str, table: pa.Table) -> None:
        self.register("incoming", table)
        self.execute(f"INSERT INTO {name} BY NAME FROM incoming")
        self.forget("incoming")

    def load(self, batches: Sequence[Path]) -> None:
        """Fill the tables of the reading half from batch folders, each row once, by id."""
        for name in READ_TABLES:
            files = [str(batch / f"{name}.parquet") for batch in batches]
            if files:
                self.execute(
                    f"INSERT INTO {name} BY NAME SELECT DISTINCT ON (id) * FROM read_parquet(?)"
                    " ORDER BY id",
                    files,
                )

    def _run(self, sql: str, values: Sequence[object]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(sql, list(values))
        except duckdb.Error as error:
            raise QueryError(f"{error}\nin the query:\n{sql}") from error
