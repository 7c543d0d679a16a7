"""What a reading may depend on besides the document: one small frozen object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`model` is a spaCy pipeline's package name ("" chooses the best installed one);
    `max_bytes` is the size over which a document is left out;
    `batch_documents` and `batch_characters` bound what one worker reads before its rows are kept;
    `document_seconds` is a worker's time limit for each document plus each 100,000 characters,
    `worker_bytes` its limit of address space (where the system can hold it).
    """

    model: str = ""
    max_bytes: int = 20_000_000
    batch_documents: int = 64
    batch_characters: int = 400_000
    document_seconds: float = 60.0
    worker_bytes: int = 6_000_000_000
