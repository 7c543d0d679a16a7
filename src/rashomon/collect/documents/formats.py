"""What kind of file a file is, by how it begins."""

from __future__ import annotations

import codecs
import re
from functools import cache

from rashomon.base.lexicon import table
from rashomon.collect.documents.records import parsed

_MAIL = re.compile(
    rb"(?:From [^\n]{1,200}\n)?(?:[\w-]{2,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){0,40}?"
    rb"(?:Message-ID|MIME-Version|Received|Return-Path|DKIM-Signature):",
    re.IGNORECASE,
)
_JSON = re.compile(rb'\{\s*"[^"\n]*"\s*:|\[\s*[{\[]\s*"[^"\n]*"\s*[:,]|\[\s*\{\s*"')


def holds_json_lines(head: bytes, whole: bool) -> bool:
    """Whether the first line is a JSON object, or begins as one and goes on beyond the head.

    `head` are the first bytes of a file, `whole` says that there are no more.
    """
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start.startswith(b"{"):
        return False
    line, ended, _ = start.partition(b"\n")
    if ended or whole:
        return isinstance(parsed(line), dict)
    return line[1:200].lstrip().startswith(b'"')


def unreadable(head: bytes) -> str:
    """Why a file that begins so is no plain text; "" if it may be."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    name = _binary(head) or _markup(start[:40].lower()) or ("an e-mail" if _is_mail(head) else "")
    if name:
        return f"{name} cannot be read yet: save it as plain text"
    if _JSON.match(start):
        return "JSON that is not JSON lines: write one object a line, with the key 'text'"
    return ""


def _is_mail(head: bytes) -> bool:
    return bool(_MAIL.match(head.replace(b"\r\n", b"\n")))


def _binary(head: bytes) -> str:
    return next((name for magic, name in _formats() if head.startswith(magic)), "")


def _markup(start: bytes) -> str:
    return next((name for words, name in _tags() if start.startswith(words)), "")


@cache
def _formats() -> tuple[tuple[bytes, str], ...]:
    rows = [row for row in table("file_formats") if not row["begins"].startswith("text:")]
    return tuple((bytes.fromhex(row["begins"]), row["format"]) for row in rows)


@cache
def _tags() -> tuple[tuple[bytes, str], ...]:
    rows = [row for row in table("file_formats") if row["begins"].startswith("text:")]
    return tuple((row["begins"][5:].lower().encode(), row["format"]) for row in rows)
