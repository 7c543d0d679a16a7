"""From bytes to text: which encoding, and whether what it gives is text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

DAMAGED = "utf-8 (damaged)"
"""UTF-8 with a few broken bytes, which are read as U+FFFD."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = bytes(range(128))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*")
_SAMPLE = 200_000


def encoding_of(original: bytes) -> str:
    """The encoding of some bytes; "" if they are no text.

    A byte order mark decides, then UTF-8 (with a few broken bytes at most), then UTF-16 without
    its mark, then Windows-1252 for text that is nearly all ASCII, then charset-normalizer.
    """
    for mark, name in _BOMS:
        if original.startswith(mark):
            return name if _decodes(original, name) else ""
    if b"\0" in original:
        return _unmarked(original)
    if _decodes(original, "utf-8"):
        return "utf-8"
    return DAMAGED if _mostly_utf8(original) else _legacy(original)


def decode(original: bytes, encoding: str) -> str:
    """The text exactly as it stands: line ends are kept, a byte order mark is not."""
    if encoding == DAMAGED:
        return original.decode("utf-8", "replace")
    return original.decode(encoding)


def unusable(text: str) -> str:
    """Why a text cannot be read on; "" if it can."""
    if _INVISIBLE.fullmatch(text):
        return "it is empty: nothing to read"
    if has_half_characters(text):
        return "it holds half characters (lone surrogates): write it as UTF-8 again"
    if "\0" in text or len(_CONTROL.findall(text)) > 0.02 * len(text):
        return "it is binary, not text: save it as plain text"
    return ""


def has_half_characters(text: str) -> bool:
    return bool(_SURROGATE.search(text))


def _decodes(original: bytes, encoding: str) -> bool:
    try:
        original.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _mostly_utf8(original: bytes) -> bool:
    """Whether broken bytes are few beside the multi-byte characters that are whole."""
    text = original.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    ascii_bytes = len(original) - len(original.translate(None, _ASCII))
    whole = len(text) - ascii_bytes - broken
    return whole >= 3 * broken


def _unmarked(original: bytes) -> str:
    """UTF-16 without a byte order mark: nearly every other byte of Latin text is NUL."""
    half = max(1, len(original) // 2)
    for name, nuls in (("utf-16-le", original[1::2]), ("utf-16-be", original[::2])):
        if nuls.count(0) > 0.7 * half and _decodes(original, name):
            return name
    return ""


def _legacy(original: bytes) -> str:
    high = len(original.translate(None, _ASCII))
    if high < 0.15 * len(original) and _decodes(original, "cp1252"):
        return "cp1252"
    best = from_bytes(original[:_SAMPLE]).best()
    if best is None or not _decodes(original, best.encoding):
        return ""
    return str(best.encoding)
