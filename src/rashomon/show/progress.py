"""How far the work is: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int], None]
_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def watch(quiet: bool = False) -> Iterator[Report]:
    """A function to report to: what is being done, how many are done, how many there are."""
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield _on_bar(bar)
    else:
        yield _lines()


def _bar() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _on_bar(bar: Progress) -> Report:
    task = bar.add_task("reading", total=None)

    def report(what: str, done: int, of: int) -> None:
        bar.update(task, description=what, completed=done, total=of or None)

    return report


def _lines() -> Report:
    last_what, last_at = "", 0.0

    def report(what: str, done: int, of: int) -> None:
        nonlocal last_what, last_at
        now = time.monotonic()
        if what == last_what and now - last_at < _SECONDS_BETWEEN_LINES and done != of:
            return
        last_what, last_at = what, now
        print(f"{what} {done}" + (f" of {of}" if of else ""), file=sys.stderr, flush=True)

    return report
