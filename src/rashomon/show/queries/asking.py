"""A page of rows, and how a list is asked for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rashomon.base.store import Store

Row = Mapping[str, Any]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list. `total` counts all that were asked for; `after` is where the next page
    begins, None on the last; `size` how many rows a page has."""

    rows: Sequence[Row]
    total: int
    start: int
    after: int | None
    size: int = PAGE

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(
    store: Store, sql: str, values: Sequence[object] = (), *, start: int = 0, size: int = PAGE
) -> Page:
    """One page of a query, which says its own ORDER BY."""
    start = max(start, 0)
    total = int(store.query(f"SELECT count(*) FROM ({sql})", *values)[0][0])
    rows = list(store.records(f"{sql} LIMIT {int(size)} OFFSET {int(start)}", *values))
    after = start + size if start + size < total else None
    return Page(rows, total, start, after, size)


def one(store: Store, sql: str, *values: object) -> Row | None:
    """The first row of a query."""
    return next(iter(store.records(sql, *values)), None)
