"""The life of the child process: files in, rows out, until its parent is gone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.child import DONE, FULL, READY
from rashomon.collect.documents.formats.parsers import parse
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

_ANSWER = 5
"""How many times `Settings.max_bytes` the rows of one file may hold, text and bytes together."""


def main() -> None:
    """Answers go to a copy of standard output, which the parsers' own words cannot reach."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory(int(sys.argv[1]))
    pickle.dump(READY, answers)
    answers.flush()
    while True:
        try:
            original, origin, settings = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        _alarm(settings.parse_seconds)
        last = DONE
        try:
            for row in _rows(original, origin, settings):
                pickle.dump(row, answers, pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            last = FULL
        _alarm(0)
        pickle.dump(last, answers)
        answers.flush()


def _rows(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The rows of one file; what its parser raises becomes a `Skip`."""
    size = 0
    try:
        for row in parse(original, origin, settings):
            if isinstance(row, Gathered):
                size += len(row.original) + row.document.characters
            if size > _ANSWER * settings.max_bytes:
                yield left_out(origin.name, "it unfolds to too much: the rest is left out")
                return
            yield row
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser may raise anything at hostile bytes
        said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        yield left_out(origin.name, f"damaged ({said}): save it again, or as plain text")


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _alarm(seconds: float) -> None:
    """End this process a while after its limit, should its parent be gone by then; 0: never."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + 10 if seconds else 0)


if __name__ == "__main__":
    main()
