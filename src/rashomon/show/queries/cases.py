"""The case as a whole: its figures, its outlets, what was read and what was skipped."""

from __future__ import annotations

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, Row, page

FIGURES = (
    "documents", "articles", "sentences", "quotes", "statements", "actors", "places", "echoes",
    "events", "accounts", "disputes", "judgements", "skips",
)  # fmt: skip


def figures(store: Store) -> dict[str, int]:
    """How many rows each table has; of disputes only those that cannot all hold."""
    counted = ", ".join(
        f"(SELECT count(*) FROM {name}{_OPEN.get(name, '')}) AS {name}" for name in FIGURES
    )
    return dict(next(store.records(f"SELECT {counted}")))


_OPEN = {"disputes": " WHERE kind = 'dispute'", "judgements": " WHERE NOT undone"}


def origins(store: Store) -> int:
    """How many independent origins the accounts have."""
    return int(store.query("SELECT count(DISTINCT origin) FROM origins")[0][0])


def published(store: Store) -> tuple[str | None, str | None]:
    """The first and the last day of publication, of the articles whose day is known."""
    sql = "SELECT min(earliest), max(latest) FROM shelf_articles WHERE basis != 'inferred'"
    earliest, latest = store.query(sql)[0]
    return earliest, latest


def outlets(store: Store, *, start: int = 0, size: int = 50) -> Page:
    """Keys: outlet, named (or only the document's name), articles, earliest, latest, statements."""
    return page(
        store,
        """SELECT outlet, bool_or(named) AS named, count(*) AS articles, min(earliest) AS earliest,
  max(latest) AS latest, sum(statements)::BIGINT AS statements FROM shelf_articles GROUP BY outlet
ORDER BY articles DESC, outlet""",
        start=start,
        size=size,
    )


def skip_reasons(store: Store) -> list[Row]:
    """Keys: stage, reason, skips, documents; what was left out most first."""
    return list(
        store.records(
            """SELECT stage, reason, count(*) AS skips, count(DISTINCT document) AS documents
FROM skips GROUP BY stage, reason ORDER BY skips DESC, stage, reason LIMIT 200"""
        )
    )


def skips(store: Store, *, stage: str = "", start: int = 0, size: int = 50) -> Page:
    """Keys: id, stage, document, about, reason."""
    return page(
        store,
        """SELECT id, stage, document, about, reason FROM skips WHERE ? IN ('', stage)
ORDER BY document, stage, id""",
        [stage],
        start=start,
        size=size,
    )
