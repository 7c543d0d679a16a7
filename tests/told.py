"""A whole case in memory, read from a few invented reports: for tests that begin with sentences."""

from __future__ import annotations

from pathlib import Path

from rashomon import pipeline
from rashomon.base.rows import Document, Given, row_id
from rashomon.base.settings import Settings
from rashomon.base.store import Store

NO_JOURNAL = Path("no-journal.jsonl")


def case_of(*reports: tuple[str, str, str]) -> Store:
    """Read (outlet, date, text) and juxtapose them."""
    store = Store()
    for outlet, published, text in reports:
        reading = pipeline.read_document(document(outlet, published, text), Settings())
        for rows in (
            reading.documents,
            reading.zones,
            reading.articles,
            reading.sentences,
            reading.mentions,
            reading.quotes,
            reading.statements,
        ):
            store.fill(rows)
    for _, rows in pipeline.juxtapose(store, NO_JOURNAL, Settings()):
        store.fill(rows)
    return store


def document(outlet: str, published: str, text: str) -> Document:
    name = f"{outlet} {published} {text[:20]}"
    given = Given(title="", outlet=outlet, published=published or None, language="en")
    return Document(
        row_id(Document, name, text), name, name, "", "text/plain", "utf-8", len(text), text, given
    )
