"""What a question to a case gives back: rows that print well and turn into frames."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from rashomon.base.store import Store
from rashomon.show import exports, terminal, views

if TYPE_CHECKING:
    import pandas
    import polars

_PRINTED_ROWS = 40


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of one table as a person reads them. Iterating gives a mapping a row."""

    table: str
    arrow: pa.Table

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.arrow.to_pylist())

    def __getitem__(self, index: int) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self.arrow.slice(index % max(len(self), 1), 1).to_pylist()
        if not rows or index >= len(self):
            raise IndexError(index)
        return rows[0]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.arrow.column_names)

    def pandas(self) -> pandas.DataFrame:
        """A pandas frame (`pip install rashomon[frames]`)."""
        return self.arrow.to_pandas()

    def polars(self) -> polars.DataFrame:
        """A Polars frame (`pip install rashomon[frames]`)."""
        import polars

        frame = polars.from_arrow(self.arrow)
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __repr__(self) -> str:
        return terminal.as_text(terminal.table(self.table, self.arrow, _PRINTED_ROWS))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(v))}</td>" for v in row.values()) + "</tr>"
            for row in self.arrow.slice(0, _PRINTED_ROWS).to_pylist()
        )
        more = f"<p>{len(self)} rows</p>" if len(self) > _PRINTED_ROWS else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def show(
    store: Store, table: str, filters: views.Filters | None = None, *, limit: int | None = None
) -> Result:
    """The rows of a table for which the filters hold, in reading order."""
    sql, values = views.select(store, table, filters, limit=limit)
    return Result(table, store.arrow(sql, *values))


def interchange(
    store: Store, table: str, filters: views.Filters | None = None, *, limit: int | None = None
) -> tuple[tuple[str, ...], Iterator[dict[str, Any]]]:
    """The same rows in interchange form, sorted by id: column names, and a mapping a row."""
    sql, values = views.select(store, table, filters, limit=limit)
    full = exports.query(table)
    chosen = exports.query(table, f"(SELECT id FROM ({sql}))")
    return store.columns(full), store.records(chosen, *values)
