"""From a media type to its parser. Imported by the child process only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.docx import read_docx
from rashomon.collect.documents.formats.feed import read_feed, read_item
from rashomon.collect.documents.formats.html import read_page
from rashomon.collect.documents.formats.mail import Attached, read_mail, read_mailbox
from rashomon.collect.documents.formats.pdf import read_pdf
from rashomon.collect.documents.formats.plain import read_plain
from rashomon.collect.documents.formats.refusals import refusal
from rashomon.collect.documents.formats.rows import read_row, read_rows
from rashomon.collect.documents.formats.sniff import (
    ATOM,
    CSV,
    DOCX,
    ENTRY,
    HTML,
    ITEM,
    MAIL,
    MBOX,
    PDF,
    PLAIN,
    ROW,
    RSS,
    TSV,
)
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

Parser = Callable[[bytes, Origin, Settings], Iterator[Gathered | Skip | Attached]]
_DEPTH = 8

_PARSERS: dict[str, Parser] = {
    PLAIN: read_plain,
    HTML: read_page,
    PDF: read_pdf,
    DOCX: read_docx,
    MAIL: read_mail,
    MBOX: read_mailbox,
    RSS: read_feed,
    ATOM: read_feed,
    ITEM: read_item,
    ENTRY: read_item,
    CSV: read_rows,
    TSV: read_rows,
    ROW: read_row,
}


def parse(
    original: bytes, origin: Origin, settings: Settings, depth: int = 0
) -> Iterator[Gathered | Skip]:
    """The documents of one file; `origin.media_type` names its parser. What is attached to a mail
    comes after it, each by its own parser, down to `_DEPTH` mails inside mails."""
    for row in _PARSERS[origin.media_type](original, origin, settings):
        if not isinstance(row, Attached):
            yield row
            continue
        kind = row.origin.media_type
        if kind not in _PARSERS:
            yield left_out(row.origin.name, refusal(kind))
        elif depth == _DEPTH:
            yield left_out(row.origin.name, "too many mails inside mails: save it by itself")
        else:
            yield from parse(row.original, row.origin, settings, depth + 1)
