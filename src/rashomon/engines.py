"""Where reading runs: `inline` in this process, `processes` in spawned workers.

An engine turns batches of documents into readings and gives the same rows wherever it runs; a
stage never knows which engine called it. A worker that dies, or that exceeds its time or memory
limit, costs nobody else: its batch is halved and tried again until the one document is found,
which is tried once more alone and then becomes a `Skip`. `inline` cannot be protected in this way;
there, only what raises an error is caught (by the pipeline, as a `Skip`).
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Literal

from rashomon.base.rows import Document, Reading, skip
from rashomon.base.settings import Settings

Batch = tuple[Document, ...]
Read = Callable[[Batch, Settings], Reading]
EngineName = Literal["inline", "processes"]
_START_SECONDS = 120.0
_READY = "ready"


def run(
    read: Read,
    batches: Iterable[Batch],
    settings: Settings,
    *,
    engine: EngineName = "inline",
    workers: int = 2,
) -> Iterator[Reading]:
    """Read every batch; readings come in the order in which they are done.

    `read` must be importable by a spawned process (a function of a module). Batches are taken
    from the iterable only as workers become free.
    """
    if engine == "inline":
        for batch in batches:
            yield read(batch, settings)
        return
    with _Pool(read, settings, max(1, workers)) as pool:
        yield from pool.run(iter(batches))


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch to try. `last` marks the second try of a document by itself."""

    batch: Batch
    last: bool = False


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: _Task | None = None
    deadline: float = field(default=float("inf"))


class _Pool:
    """Workers, each with at most one task, watched for answers, deaths and deadlines."""

    def __init__(self, read: Read, settings: Settings, size: int) -> None:
        self._read, self._settings, self._size = read, settings, size
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _stop(worker)

    def run(self, batches: Iterator[Batch]) -> Iterator[Reading]:
        open_end = True
        while open_end or self._again or any(worker.task for worker in self._workers):
            while len(busy := [w for w in self._workers if w.task]) < self._size:
                task = self._again.popleft() if self._again else _next_task(batches)
                if task is None:
                    open_end = False
                    break
                self._assign(task)
            if busy or any(worker.task for worker in self._workers):
                yield from self._collect()

    def _assign(self, task: _Task) -> None:
        worker = next((w for w in self._workers if w.task is None), None) or self._start()
        worker.task = task
        worker.deadline = time.monotonic() + self._allowed(worker, task)
        with suppress(OSError):  # a dead worker shows itself in `_collect`
            worker.pipe.send(task.batch)

    def _allowed(self, worker: _Worker, task: _Task) -> float:
        """Seconds: to start, and once it has said that it is ready, for its batch."""
        return _seconds(task.batch, self._settings) if worker.ready else _START_SECONDS

    def _start(self) -> _Worker:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(
            target=_work, args=(self._read, self._settings, theirs), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _collect(self) -> Iterator[Reading]:
        """Wait for the next answer, death or deadline, and yield what is finished."""
        busy = [worker for worker in self._workers if worker.task]
        soonest = min(worker.deadline for worker in busy)
        wait([w.pipe for w in busy], timeout=max(0.0, min(soonest - time.monotonic(), 3600.0)))
        for worker in busy:
            if worker.pipe.poll():
                yield from self._take(worker)
            elif time.monotonic() >= worker.deadline:
                yield from self._lose(worker, "it exceeded its time limit")

    def _take(self, worker: _Worker) -> Iterator[Reading]:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(timeout=5)
            yield from self._lose(worker, f"its worker died ({_exit(worker.process)})")
            return
        if answer == _READY and worker.task:
            worker.ready = True
            worker.deadline = time.monotonic() + self._allowed(worker, worker.task)
        elif isinstance(answer, Reading):
            worker.task, worker.deadline = None, float("inf")
            yield answer
        else:
            yield from self._lose(worker, str(answer))

    def _lose(self, worker: _Worker, reason: str) -> Iterator[Reading]:
        """Give up a worker; its batch is halved, tried alone, or, at last, left out."""
        task = worker.task
        _stop(worker)
        self._workers.remove(worker)
        if task is None:
            return
        if len(task.batch) > 1:
            middle = len(task.batch) // 2
            self._again += [_Task(task.batch[:middle]), _Task(task.batch[middle:])]
        elif not task.last:
            self._again.append(_Task(task.batch, last=True))
        else:
            yield left_out(task.batch[0], f"{reason}, tried alone")


def left_out(document: Document, reason: str) -> Reading:
    """A document of which nothing but itself and the reason is kept."""
    return Reading(documents=(document,), skips=(skip("read", document.name, "", reason),))


def _next_task(batches: Iterator[Batch]) -> _Task | None:
    batch = next(batches, None)
    return None if batch is None else _Task(batch)


def _seconds(batch: Batch, settings: Settings) -> float:
    characters = sum(document.characters for document in batch)
    return settings.document_seconds * (len(batch) + characters / 100_000)


def _exit(process: SpawnProcess) -> str:
    code = process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(read: Read, settings: Settings, pipe: Connection) -> None:
    """A worker's life: batches in, readings out, until the pipe closes."""
    _limit_memory(settings.worker_bytes)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send(_READY)
        while True:
            batch = pipe.recv()
            try:
                answer: Reading | str = read(batch, settings)
            except MemoryError:
                answer = "it exceeded its memory limit"
            pipe.send(answer)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
