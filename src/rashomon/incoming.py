"""The documents that a call of `read` has to read, and what it left out on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from rashomon.base.rows import Document, Reading, Skip
from rashomon.base.seen import Seen, key_of
from rashomon.base.settings import Settings
from rashomon.base.store import CaseFolder
from rashomon.collect.documents import Gathered, gather, gather_again
from rashomon.collect.retrievals import Retrievals

FIRST_SKIPS = 1_000
SKIPS_A_BATCH = 5_000
GATHERED_A_LINE = 1_000

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are (0: not known)."""


@dataclass(slots=True)
class LeftOut:
    """How many things were left out, and the first of them."""

    count: int = 0
    first: list[Skip] = field(default_factory=list)

    def add(self, rows: Iterable[Skip]) -> None:
        for row in rows:
            self.count += 1
            if len(self.first) < FIRST_SKIPS:
                self.first.append(row)


class Incoming:
    """The documents that a call of `read` has to read: new ones, and those of older versions.

    Skips are kept as they come, a batch at a time; where a document came from is kept before the
    document's rows are. What is known lies on disk: nothing here grows with the case.
    """

    def __init__(
        self,
        folder: CaseFolder,
        settings: Settings,
        version: str,
        left_out: LeftOut,
        progress: Progress,
    ) -> None:
        self._folder, self._settings, self._version = folder, settings, version
        self._left_out, self._progress = left_out, progress
        self._skips: dict[str, Skip] = {}
        self.seen = self.known_again = self._passed = 0

    def __enter__(self) -> Incoming:
        with ExitStack() as stack:
            self._retrievals = stack.enter_context(Retrievals(self._folder.retrievals))
            self._known = stack.enter_context(Seen())
            known = self._folder.known(self._folder.batches(self._version))
            self._known.add_all(map(key_of, known))
            self._open = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        with self._open:
            if error[0] is None:
                self._keep_skips()

    def documents(self, sources: Sequence[str]) -> Iterator[Document]:
        for found in gather(sources, self._settings):
            self._tell()
            if isinstance(found, Skip):
                self._skip(found)
            elif (document := self._new(found)) is not None:
                self.seen += 1
                yield document
        yield from self._again()

    def flush(self) -> None:
        """Keep where documents came from, before what was read in them is kept."""
        self._retrievals.flush()

    def _again(self) -> Iterator[Document]:
        """The documents and gathering skips of older reading versions."""
        for row in self._folder.stale(Skip, self._version):
            if row.stage == "gather":
                self._skip(row, before=True)
        for document in self._folder.stale(Document, self._version):
            if self._known.has(key_of(document.id)):
                continue
            original = self._folder.original(document.sha256)
            for found in gather_again(document, original, self._settings):
                if isinstance(found, Skip):
                    self._skip(found)
                elif self._known.add(key_of(found.document.id)):
                    self.seen += 1
                    yield replace(found.document, uri=document.uri)

    def _new(self, found: Gathered) -> Document | None:
        document = found.document
        at = found.at or datetime.now(UTC).isoformat(timespec="seconds")
        self._retrievals.record(
            document.id, document.uri, document.name, at=at, media_type=found.told
        )
        if not self._known.add(key_of(document.id)):
            self.known_again += 1
            return None
        self._folder.keep_original(document.sha256, found.original)
        return document

    def _skip(self, row: Skip, *, before: bool = False) -> None:
        if not before:
            self._left_out.add([row])
        self._skips[row.id] = row
        if len(self._skips) >= SKIPS_A_BATCH:
            self._keep_skips()

    def _keep_skips(self) -> None:
        self._folder.keep_reading(Reading(skips=tuple(self._skips.values())), self._version)
        self._skips.clear()

    def _tell(self) -> None:
        """Say how far gathering is where there is nothing to read for long."""
        self._passed += 1
        if self._passed % GATHERED_A_LINE == 0:
            self._progress("gathering", self._passed, 0)
