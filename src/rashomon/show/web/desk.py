"""The case held open: a bounded number of questions at once, each bounded in time.

When the case is built anew, the next question opens the new tables; those that are being answered
go on with the old ones.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from rashomon.base.errors import RashomonError
from rashomon.base.rows import Judgement
from rashomon.base.store import CaseFolder, LockedStore, Store
from rashomon.show.queries import shelves

SECONDS = 15.0
AT_ONCE = 4
PATIENCE = 10.0


class BusyError(RashomonError):
    """Too many questions are being answered."""


class Judge(Protocol):
    """The door through which a decision goes: `Case.judge`."""

    def __call__(
        self, verb: str, *targets: str, value: str = "", author: str = "", reason: str = ""
    ) -> Judgement: ...


@dataclass(slots=True)
class _Opened:
    store: LockedStore
    version: tuple[int, int]
    users: int = 0


@dataclass(slots=True)
class Desk:
    """`seconds` bound one page's questions, `at_once` how many pages are asked for at a time,
    `patience` how long one waits in seconds before it is sent away."""

    folder: CaseFolder
    seconds: float = SECONDS
    at_once: int = AT_ONCE
    patience: float = PATIENCE
    _opened: _Opened | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seats: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._seats = threading.Semaphore(self.at_once)

    @contextmanager
    def asking(self) -> Iterator[Store]:
        """The tables as they stand, for the questions of one page."""
        if not self._seats.acquire(timeout=self.patience):
            raise BusyError("too many questions at once: try again in a moment")
        try:
            opened = self._take()
            try:
                with opened.store.asking(self.seconds) as store:
                    yield store
            finally:
                self._leave(opened)
        finally:
            self._seats.release()

    def being_built(self) -> bool:
        """Whether tables are being built that will take the place of these."""
        return any(self.folder.path.glob(".building*"))

    def close(self) -> None:
        with self._lock:
            if self._opened and not self._opened.users:
                self._opened.store.close()
            self._opened = None

    def _take(self) -> _Opened:
        with self._lock:
            version = self._version()
            if self._opened is None or self._opened.version != version:
                fresh = _Opened(self.folder.locked(shelves.prepare), version)
                if self._opened and not self._opened.users:
                    self._opened.store.close()
                self._opened = fresh
            self._opened.users += 1
            return self._opened

    def _leave(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            if not opened.users and opened is not self._opened:
                opened.store.close()

    def _version(self) -> tuple[int, int]:
        try:
            found = self.folder.database.stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns


@dataclass(slots=True)
class Decisions:
    """Decisions on their way: one at a time, for each builds the tables anew."""

    judge: Judge
    verbs: tuple[str, ...]
    patience: float = PATIENCE
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _failed: RashomonError | None = None

    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def failed(self) -> str:
        """What the last decision failed of, said once."""
        return str(self._taken() or "")

    def decide(self, verb: str, targets: list[str], value: str, author: str, reason: str) -> None:
        """Hand a decision to the door and wait for it, but not for ever: then it goes on by itself.
        A RashomonError of the door is raised here if it comes in time."""
        with self._lock:
            if self.running():
                raise BusyError("another decision is being applied: try again when it is done")
            self._failed = None
            arguments = (verb, targets, value, author, reason)
            self._thread = thread = threading.Thread(target=self._work, args=arguments)
            thread.start()
        thread.join(self.patience)
        if not thread.is_alive() and (failed := self._taken()):
            raise failed

    def _work(self, verb: str, targets: list[str], value: str, author: str, reason: str) -> None:
        try:
            self.judge(verb, *targets, value=value, author=author, reason=reason)
        except RashomonError as error:
            self._failed = error

    def _taken(self) -> RashomonError | None:
        with self._lock:
            failed, self._failed = self._failed, None
            return failed
