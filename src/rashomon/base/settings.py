"""What a reading may depend on besides the document: one small frozen object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`model` is a spaCy pipeline's package name ("" chooses the best installed one);
    `reader` is the small learned reader: "shipped", "none", or a folder that holds another one;
    `max_bytes` is the size over which a document is left out;
    `batch_documents` and `batch_characters` bound what one worker reads before its rows are kept;
    `document_seconds` is a worker's time limit for each document plus each 100,000 characters,
    `worker_bytes` its limit of address space (where the system can hold it);
    `parse_seconds` and `parse_bytes` are the same for the process that parses one file of a format
    other than plain text and JSON lines, whatever its size;
    `fetch_bytes`, `fetch_seconds` and `fetch_redirects` bound what one address may cost, the
    seconds from the first look-up to the last byte; `trusted_networks` are networks (as in
    "10.1.0.0/16") that addresses may lead to although they are not public;
    `archive_depth` counts the layers that may lie in each other (a .tar.gz has two),
    `archive_entries` and `archive_bytes` are for one source with all that lies in it, the bytes
    as unpacked, `archive_ratio` is bytes unpacked for each packed byte, `archive_aside` how large
    a ZIP may be that must be laid on disk first (from the web, a pipe or another archive).
    """

    model: str = ""
    reader: str = "shipped"
    max_bytes: int = 20_000_000
    batch_documents: int = 64
    batch_characters: int = 400_000
    document_seconds: float = 60.0
    worker_bytes: int = 6_000_000_000
    parse_seconds: float = 60.0
    parse_bytes: int = 1_073_741_824
    fetch_bytes: int = 100_000_000
    fetch_seconds: float = 60.0
    fetch_redirects: int = 5
    trusted_networks: tuple[str, ...] = ()
    archive_depth: int = 5
    archive_entries: int = 1_000_000
    archive_bytes: int = 10_000_000_000
    archive_ratio: int = 200
    archive_aside: int = 1_000_000_000
