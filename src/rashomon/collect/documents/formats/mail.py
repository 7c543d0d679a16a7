"""E-mail: one document for each message, and one for each thing attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from rashomon.base.rows import Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import decode, encoding_of
from rashomon.collect.documents.formats.html import page_blocks, page_encoding
from rashomon.collect.documents.formats.sniff import HEAD, MAIL, media_type_of
from rashomon.collect.documents.formats.written import Block, write
from rashomon.collect.documents.gathered import Gathered, Origin, left_out, printable

_START = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{1,200} [^\r\n]{0,100}\d{4}[^\r\n]{0,40}\r?\n"
    rb"(?=>?[\w-]{2,40}:|[ \t])"
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_QUOTED = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|$))+", re.MULTILINE)
_LITTLE = 0.25
"""A plain part with less than this share of the HTML part's words only says that there is one."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The bytes of an attachment, whose parser `origin.media_type` names."""

    original: bytes
    origin: Origin


def read_mailbox(original: bytes, origin: Origin, _: Settings) -> Iterator[Attached]:
    """The messages of an MBOX file (RFC 4155), each as a mail of its own."""
    starts = list(_START.finditer(original))
    ends = [found.start() for found in starts[1:]] + [len(original)]
    for number, (found, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield Attached(original[found.end() : end], _part(origin, f"mail{number}", MAIL))


def read_mail(original: bytes, origin: Origin, _: Settings) -> Iterator[Gathered | Skip | Attached]:
    """The document of a message, then what is attached to it."""
    try:
        message = email.message_from_bytes(original, policy=email.policy.default)
        blocks, given = _message(message)
        attached = list(_attachments(message, origin))
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError) as error:
        reason = f"a damaged mail ({type(error).__name__}): save its text as plain text"
        yield left_out(origin.name, reason)
        return
    if any(block.kind in ("body", "quoted_block") for block in blocks):
        yield from write(blocks, original, "", origin, given)
    else:
        reason = "a mail without words of its own: see what is attached to it"
        yield left_out(origin.name, reason)
    yield from attached


def _message(message: EmailMessage) -> tuple[Sequence[Block], Given]:
    sender = str(message.get("From") or "")
    name, address = parseaddr(sender)
    sent = next((value for name, value in message.raw_items() if name.lower() == "date"), "")
    sent = " ".join(str(sent).split())
    given = Given(
        title=str(message.get("Subject") or "") or None,
        byline=name or address or None,
        published=iso_date(sent),
    )
    to = [f"{key}: {message[key]}" for key in ("To", "Cc") if message.get(key)]
    head = [
        Block(given.title or "", "title"),
        Block("\n".join(filter(None, (sender, sent))), "byline"),
        Block("\n".join(to), "furniture"),
    ]
    return [*head, *_body(message)], given


def iso_date(words: str) -> str | None:
    """The day of an RFC 5322 date as its sender's clock showed it; the words if they are none."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except ValueError:
        return words or None


def _body(message: EmailMessage) -> list[Block]:
    """The plain part; the HTML part where that is all, or where the plain part says little."""
    plain, rich = (message.get_body((kind,)) for kind in ("plain", "html"))
    blocks = list(_plain(_text(plain))) if plain is not None else []
    if rich is None:
        return blocks
    page, _ = page_blocks(_page(rich))
    page = [block for block in page if block.kind != "title"] if page else []
    kept = [Block(b.text, "body" if b.kind == "byline" else b.kind, b.label, b.run) for b in page]
    if not any(block.kind == "body" for block in kept):
        kept = [Block(block.text, "body") for block in kept]
    return kept if _size(blocks) < _LITTLE * _size(kept) else blocks


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.kind != "furniture")


def _plain(text: str) -> Iterator[Block]:
    """Paragraphs; lines marked with ">" are quotations, what follows "-- " is a signature."""
    own, mark, signature = ("\n" + text).partition("\n-- \n")
    place = 0
    for number, found in enumerate(_QUOTED.finditer(own), start=1):
        yield from _split(own[place : found.start()])
        yield Block(found[0], "quoted_block", None, number)
        place = found.end()
    yield from _split(own[place:])
    if mark:
        yield Block("-- \n" + signature, "furniture")


def _split(text: str) -> Iterator[Block]:
    return (Block(words, "body") for words in _BLANK.split(text) if words.strip())


def _text(part: MIMEPart) -> str:
    """A text part, by its own charset if that is known and fits, else by its bytes."""
    original = _bytes(part)
    charset = part.get_content_charset() or ""
    try:
        text = original.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(original, encoding_of(original) or "latin-1")
    return text.replace("\r\n", "\n")


def _page(part: MIMEPart) -> str:
    original = _bytes(part)
    if part.get_content_charset():
        return _text(part)
    return decode(original, page_encoding(original) or "latin-1")


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(message: EmailMessage, origin: Origin) -> Iterator[Attached]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = part.get_filename() or f"part{number}"
        if part.get_content_type() == MAIL:
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                yield Attached(inner.as_bytes(), _part(origin, name, MAIL))
        elif original := _bytes(part):
            kind = media_type_of(original[:HEAD], name)
            yield Attached(original, _part(origin, name, kind))


def _part(origin: Origin, name: str, kind: str) -> Origin:
    """The origin of a part: found where the whole was found, called by its own name behind it."""
    name = printable(name.replace("/", "_").replace("\\", "_"))
    return Origin(f"{origin.name}#{name}", f"{origin.uri}#{name}", kind, Given())
