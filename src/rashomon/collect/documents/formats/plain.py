"""Plain text: exactly what the bytes say."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import DAMAGED, decode, encoding_of, unusable
from rashomon.collect.documents.gathered import Gathered, Origin, gathered, left_out


def read_plain(
    original: bytes, origin: Origin, _: Settings | None = None
) -> Iterator[Gathered | Skip]:
    """The text of some bytes; where a few of them are not UTF-8, a `Skip` says where."""
    encoding = encoding_of(original) if original else "utf-8"
    if not encoding:
        reason = "binary, or text in no known encoding: save it as UTF-8 text"
        yield left_out(origin.name, reason)
        return
    text = decode(original, encoding)
    if reason := unusable(text):
        yield left_out(origin.name, reason)
        return
    if encoding == DAMAGED:
        yield damage(origin.name, text)
    yield gathered(original, text, encoding, origin)


def damage(name: str, text: str) -> Skip:
    """Says where bytes were not UTF-8; the rest of the text is read."""
    place = f"characters {text.find(chr(0xFFFD))} to {text.rfind(chr(0xFFFD)) + 1}"
    count = text.count("\ufffd")
    reason = f"not UTF-8 in {count} places, read as U+FFFD: save it as UTF-8 again"
    return left_out(name, reason, place)
