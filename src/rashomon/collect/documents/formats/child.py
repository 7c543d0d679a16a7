"""The child process in which untrusted bytes are parsed, watched for its time and memory.

One child serves all files in turn; one that dies or is killed is replaced. It is started with the
first file that needs it, as `python -m`, so that nothing of the caller's own program runs in it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

READY, DONE, FULL = "ready", "done", "full"
_MODULE = "rashomon.collect.documents.formats.worker"
_START_SECONDS = 120.0
_HOW = "save it as plain text, or cut it into smaller files"


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    memory: int
    used: bool = False


_lock = threading.Lock()
_children: list[_Child] = []


def parse_apart(original: bytes, origin: Origin, settings: Settings) -> list[Gathered | Skip]:
    """The rows of one file as the child finds them, then a `Skip` if it did not come to the end.

    A child that fails and had parsed other files before is replaced, and the file tried anew.
    """
    with _lock:
        child = _current(settings)
        used = child.used
        rows, reason = _ask(child, original, origin, settings)
        if reason and used:
            rows, reason = _ask(_current(settings), original, origin, settings)
    return [*rows, left_out(origin.name, reason)] if reason else rows


def _current(settings: Settings) -> _Child:
    """The child that lives, or a new one; one with other limits is replaced."""
    for child in _children:
        if child.memory == settings.parse_bytes and child.process.poll() is None:
            return child
    stop()
    _children.append(_start(settings))
    return _children[0]


def _start(settings: Settings) -> _Child:
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    process = subprocess.Popen(
        [sys.executable, "-m", _MODULE, str(settings.parse_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    child = _Child(process, process.stdin, process.stdout, settings.parse_bytes)
    _answers(child, _START_SECONDS)
    return child


def _ask(
    child: _Child, original: bytes, origin: Origin, settings: Settings
) -> tuple[list[Gathered | Skip], str]:
    """The rows that came, and why not all of them came ("" if they did)."""
    child.used = True
    with suppress(OSError):  # a dead child shows itself by giving no answer
        pickle.dump((original, origin, settings), child.requests, pickle.HIGHEST_PROTOCOL)
        child.requests.flush()
    rows, late = _answers(child, settings.parse_seconds)
    last = rows.pop() if rows and isinstance(rows[-1], str) else ""
    found = [row for row in rows if isinstance(row, Gathered | Skip)]
    if last == DONE:
        return found, ""
    stop()
    if late:
        return found, f"its parsing took longer than {settings.parse_seconds:g} seconds: {_HOW}"
    if last == FULL:
        return found, f"its parsing needs more than {settings.parse_bytes:,} bytes: {_HOW}"
    return found, f"its parser broke down ({_end(child.process)}): {_HOW}"


def _answers(child: _Child, seconds: float) -> tuple[list[object], bool]:
    """What the child says until it says a word of `READY`, `DONE`, `FULL`, dies, or is late."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        child.process.kill()

    watch = threading.Timer(seconds, kill)
    watch.daemon = True
    watch.start()
    said: list[object] = []
    try:
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while not (said and isinstance(said[-1], str)):
                said.append(pickle.load(child.answers))
    finally:
        watch.cancel()
    return said, late.is_set()


def _end(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    return f"signal {-code}" if code < 0 else f"exit status {code}"


@atexit.register
def stop() -> None:
    """End the child, if there is one; the next file that needs it starts another."""
    while _children:
        child = _children.pop()
        for pipe in (child.requests, child.answers):
            with suppress(OSError):
                pipe.close()
        child.process.kill()
        child.process.wait()
