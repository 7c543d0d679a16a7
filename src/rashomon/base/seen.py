"""What was seen before, by 64 bits of a hash: kept on disk, so that memory does not grow."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from types import TracebackType

_SET_UP = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
CREATE TABLE seen (key INTEGER PRIMARY KEY, value INTEGER);
BEGIN;
"""


def key_of(*parts: str) -> int:
    """A signed 64-bit number made from some texts."""
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


class Seen:
    """A map from 64-bit keys to 64-bit values in a nameless temporary file (16 MB in memory).

    The system removes the file when the process ends, however it ends.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SET_UP)

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, key: int) -> bool:
        """Whether the key is new; it is no longer."""
        with closing(
            self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, NULL)", (key,))
        ) as done:
            return done.rowcount == 1

    def add_all(self, keys: Iterable[int]) -> None:
        self._database.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, NULL)", ((key,) for key in keys)
        )

    def has(self, key: int) -> bool:
        found = self._database.execute("SELECT 1 FROM seen WHERE key = ?", (key,))
        return found.fetchone() is not None

    def get(self, key: int) -> int | None:
        row = self._database.execute("SELECT value FROM seen WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def put(self, key: int, value: int) -> None:
        self._database.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (key, value))
