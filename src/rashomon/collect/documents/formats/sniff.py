"""What kind of file a file is, by how it begins."""

from __future__ import annotations

import codecs
import csv
import re
from functools import cache

from rashomon.base.lexicon import table
from rashomon.collect.documents.records import parsed

HEAD = 65_536
"""How many of a file's first bytes `media_type_of` wants to see."""

PLAIN, JSON_LINES = "text/plain", "application/jsonl"
HTML, PDF = "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL, MBOX = "message/rfc822", "application/mbox"
RSS, ATOM = "application/rss+xml", "application/atom+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
ITEM, ENTRY, ROW = f"{RSS}; part=item", f"{ATOM}; part=item", f"{CSV}; part=row"
READABLE = frozenset((HTML, PDF, DOCX, MAIL, MBOX, RSS, ATOM, CSV, TSV, ITEM, ENTRY, ROW))
COLUMNS = ("text", "id", "title", "byline", "outlet", "published", "url", "language")

_MAIL = re.compile(
    r"(?:From [^\n]{1,200}\n)?(?:[\w-]{2,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){0,40}?"
    r"(?:Message-ID|MIME-Version|Received|Return-Path|DKIM-Signature):",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:(?:From|To|Cc|Date|Subject|Reply-To|Sender):[^\n]{0,2000}\n"
    r"(?:[ \t][^\n]{0,2000}\n)*){3,}\n",
    re.IGNORECASE,
)
_MBOX = re.compile(r"From \S{1,200} [^\n]{0,100}\d{4}[^\n]{0,40}\n(?:>?[\w-]{2,40}:[^\n]*\n|[ \t])")
_PROLOGUE = re.compile(r"\s*(?:<!--.*?-->|<\?xml[^>]*\?>|<\?[^>]*\?>|<!doctype(?!\s+html)[^>\[]*"
                       r"(?:\[.*?\]\s*)?>)", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_JSON = re.compile(r'\{\s*"[^"\n]*"\s*:|\[\s*[{\[]\s*"[^"\n]*"\s*[:,]|\[\s*\{\s*"')
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_ENTRY = b"PK\x03\x04"
_OFFICE = (
    ("word/", DOCX),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_OFFICE_PARTS = ("[Content_Types].xml", "_rels/", "docProps/", "word/document.xml")
_TABLES = {".csv": CSV, ".tsv": TSV, ".tab": TSV}


def media_type_of(head: bytes, name: str) -> str:
    """The media type of a file from its first `HEAD` bytes (or all of it); `name` only decides
    between readings of the same text (JSON lines, CSV).

    One of: text/plain, application/jsonl, text/html, application/pdf, message/rfc822,
    application/mbox, application/rss+xml, application/atom+xml, text/csv,
    text/tab-separated-values, the types of DOCX, ODT and EPUB; the containers application/zip,
    application/x-tar, application/gzip, application/x-bzip2, application/x-xz, application/zstd,
    application/warc; and types that only get a `Skip` (application/json, application/rtf, image/*,
    audio/*, application/octet-stream ...). What is unknown is text/plain: decoding decides.
    """
    magic = next((kind for start, kind in _magic() if head.startswith(start)), "")
    if magic == "application/zip":
        return _inside_zip(head, name)
    if magic:
        return magic
    if head[257:262] == b"ustar":
        return "application/x-tar"
    return _of_text(_start(head), name, whole=len(head) < HEAD)


def _of_text(start: str, name: str, whole: bool) -> str:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in (".jsonl", ".ndjson") or _holds_json_lines(start, whole):
        return JSON_LINES
    if kind := _markup(start) or _mail(start):
        return kind
    if _JSON.match(start):
        return "application/json"
    return _table(start, ending) or PLAIN


def _start(head: bytes) -> str:
    """The head as text, as far as its first characters need: marks and blank space left out."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            text = head.removeprefix(mark).decode(encoding, "replace")
            break
    else:
        text = head.decode("utf-8", "replace")
    return text.lstrip().replace("\r\n", "\n")


def _holds_json_lines(start: str, whole: bool) -> bool:
    """Whether the first line is a JSON object, or begins as one and goes on beyond the head."""
    if not start.startswith("{"):
        return False
    line, ended, _ = start.partition("\n")
    if ended or whole:
        return isinstance(parsed(line.encode()), dict)
    return line[1:200].lstrip().startswith('"')


def _markup(start: str) -> str:
    """The type of a text that begins with markup; comments, doctypes and processing
    instructions are passed over to find the root."""
    if not start.startswith("<"):
        return ""
    at = 0
    while found := _PROLOGUE.match(start, at):
        at = found.end()
    rest = start[at : at + 2000].lstrip()[:200].lower()
    kind = next((kind for words, kind in _tags() if rest.startswith(words)), "")
    if kind and kind != "application/xml":
        return kind
    if _PAGE.search(start):
        return HTML
    return "application/xml" if start[:5].lower() == "<?xml" else ""


def _mail(start: str) -> str:
    if _MBOX.match(start):
        return MBOX
    return MAIL if _MAIL.match(start) or _LETTER.match(start) else ""


def _table(start: str, ending: str) -> str:
    """CSV or TSV: by the name with a first line of columns, or by a first line of known columns."""
    line, second, _ = (start[:8000].replace("\r", "\n") + "\n\n").split("\n", 2)
    first = line.splitlines()[:1]
    for kind, mark in ((CSV, ","), (CSV, ";"), (TSV, "\t")):
        cells = [cell.strip().lower() for cell in next(csv.reader(first, delimiter=mark), [])]
        known = sum(cell in COLUMNS for cell in cells)
        if "text" in cells and (known > 1 or (ending in _TABLES and known)):
            return kind
        if _TABLES.get(ending) == kind and mark in second and _like_columns(cells):
            return kind
    return ""


def _like_columns(cells: list[str]) -> bool:
    """Whether cells may be the names of columns: all named, all short, no two the same."""
    if len(cells) < 2 or len(set(cells)) < len(cells):
        return False
    return all(0 < len(cell) <= 40 for cell in cells)


def _inside_zip(head: bytes, name: str) -> str:
    """What a ZIP archive is for: its parts are named in the head, ODT and EPUB say it first. The
    name decides only where no part of either kind is in the head."""
    names = list(_entry_names(head))
    if names and names[0] == "mimetype":
        return _declared(head)
    if any(name.startswith(_OFFICE_PARTS) for name in names):
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
        return DOCX if name.lower().endswith(".docx") else "application/zip"
    return "application/zip"


def _declared(head: bytes) -> str:
    """The type that the first entry `mimetype` of an ODT or EPUB file holds, stored as it is."""
    extra = int.from_bytes(head[28:30], "little")
    content = head[38 + extra : 38 + extra + 80].split(b"PK")[0]
    kind = content.decode("ascii", "replace").strip()
    return kind if re.fullmatch(r"application/[\w.+-]+", kind) else "application/zip"


def _entry_names(head: bytes) -> list[str]:
    """The names in the local headers that the head holds (APPNOTE.TXT 4.3.7)."""
    names = []
    at = head.find(_ENTRY)
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.append(head[at + 30 : at + 30 + length].decode("utf-8", "replace"))
        at = head.find(_ENTRY, at + 4)
    return names


@cache
def _magic() -> tuple[tuple[bytes, str], ...]:
    rows = [row for row in table("file_formats") if not row["begins"].startswith("text:")]
    return tuple((bytes.fromhex(row["begins"]), row["media_type"]) for row in rows)


@cache
def _tags() -> tuple[tuple[str, str], ...]:
    rows = [row for row in table("file_formats") if row["begins"].startswith("text:")]
    return tuple((row["begins"][5:].lower(), row["media_type"]) for row in rows)
