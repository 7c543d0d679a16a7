"""Engines: the same rows wherever reading runs, and one bad document never stops the rest."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from rashomon import engines
from rashomon.base.rows import Document, Given, Reading, skip
from rashomon.base.settings import Settings


def document(name: str) -> Document:
    return Document(f"doc-{name}", name, name, "", "text/plain", "utf-8", len(name), name, Given())


def read(batch: engines.Batch, settings: Settings) -> Reading:
    """Reads a document; the names of some say what they do to a worker."""
    for found in batch:
        if found.name.startswith("dies"):
            os._exit(7)
        if found.name.startswith("hangs"):
            time.sleep(60)
        if found.name.startswith("eats"):
            raise MemoryError
    return Reading(
        documents=batch, skips=tuple(skip("read", found.name, "", "seen") for found in batch)
    )


def run(names: list[str], engine: engines.EngineName, seconds: float = 60.0) -> dict[str, str]:
    """Name of each document and the reason of its Skip."""
    batch = tuple(document(name) for name in names)
    batches = [batch[:5], batch[5:]] if len(batch) > 5 else [batch]
    settings = replace(Settings(), document_seconds=seconds)
    readings = list(engines.run(read, batches, settings, engine=engine, workers=2))
    found = [row for reading in readings for row in reading.documents]
    assert sorted(row.name for row in found) == sorted(names)
    return {row.document: row.reason for reading in readings for row in reading.skips}


@pytest.mark.parametrize("engine", ["inline", "processes"])
def test_both_engines_read_every_document_once(engine: engines.EngineName) -> None:
    names = [f"good {i}" for i in range(9)]
    assert run(names, engine) == dict.fromkeys(names, "seen")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("dies", "its worker died (exit status 7), tried alone"),
        ("eats", "it exceeded its memory limit, tried alone"),
    ],
)
def test_the_one_bad_document_is_found_and_the_rest_is_read(bad: str, reason: str) -> None:
    names = ["good 1", "good 2", bad, "good 3", "good 4", "good 5", "good 6"]
    assert run(names, "processes") == dict.fromkeys(names, "seen") | {bad: reason}


def test_a_document_that_hangs_is_given_up_at_its_time_limit() -> None:
    found = run(["good", "hangs"], "processes", seconds=0.5)
    assert found == {"good": "seen", "hangs": "it exceeded its time limit, tried alone"}
