"""RSS and Atom: a document for each item, with what the item says of itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import feedparser
from lxml import etree

from rashomon.base.rows import Given, Skip, ZoneKind
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.html import parsed_page
from rashomon.collect.documents.formats.mail import iso_date
from rashomon.collect.documents.formats.page import walk
from rashomon.collect.documents.formats.sniff import ENTRY, ITEM
from rashomon.collect.documents.formats.written import Block, filled, write
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

_DECLARED = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:$|[T ])")
_AROUND = {
    "entry": b'<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>',
    "item": b'<rss version="2.0"><channel>%s</channel></rss>',
    "rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    b' xmlns="http://purl.org/rss/1.0/">%s</rdf:RDF>',
}


def read_feed(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The items of a feed. An item's bytes are its own element, written out by itself."""
    if _DECLARED.search(original[:100_000]):
        reason = "a feed that declares entities of its own: save its items as plain text"
        yield left_out(origin.name, reason)
        return
    root = _parsed(original)
    items = [] if root is None else list(root.iter("{*}item", "{*}entry"))
    if not items:
        yield left_out(origin.name, "a feed without items: nothing to read")
        return
    given = _of_feed(original)
    for number, item in enumerate(items, start=1):
        kind = ENTRY if etree.QName(item).localname == "entry" else ITEM
        name = f"{origin.name}#item{number}"
        part = replace(
            origin, name=name, uri=name, media_type=kind, given=filled(origin.given, given)
        )
        yield from read_item(etree.tostring(item, with_tail=False), part, settings)


def read_item(original: bytes, origin: Origin, _: Settings) -> Iterator[Gathered | Skip]:
    """The document of one item's element."""
    around = _AROUND["entry" if origin.media_type == ENTRY else "item"]
    if b"purl.org/rss/1.0/" in original[:2000]:
        around = _AROUND["rdf"]
    found = feedparser.parse(io.BytesIO(around % original), sanitize_html=False).entries
    if not found:
        yield left_out(origin.name, "an item that cannot be read: save it as plain text")
        return
    entry = found[0]
    given = Given(
        title=_words(entry.get("title")),
        byline=_words(entry.get("author")),
        published=_date(entry.get("published") or entry.get("updated")),
        url=entry.get("link"),
    )
    uri = given.url if given.url and origin.uri == origin.name else origin.uri
    head = [Block(given.title or "", "title"), Block(given.byline or "", "byline")]
    blocks = [*head, *_body(entry)]
    if not any(block.kind == "body" for block in blocks):
        yield left_out(origin.name, "an item without words: read the page that it links to")
        return
    yield from write(blocks, original, "utf-8", replace(origin, uri=uri or origin.uri), given)


def _parsed(original: bytes) -> Any:
    """The root of a feed, mended where its markup is broken; entities are never unfolded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True
    )
    try:
        return etree.fromstring(original, parser)
    except etree.XMLSyntaxError:
        return None


def _of_feed(original: bytes) -> Given:
    """What the feed's own head says of all its items."""
    cut = re.search(rb"<(?:\w+:)?(?:item|entry)[\s>]", original)
    head = original[: cut.start()] if cut else original
    feed = feedparser.parse(io.BytesIO(head), sanitize_html=False).feed
    return Given(outlet=_words(feed.get("title")), language=_words(feed.get("language")))


def _words(value: str | None) -> str | None:
    """A value of one line, its markup left out."""
    if not value or "<" not in value:
        return value or None
    tree = parsed_page(value)
    return None if tree is None else " ".join(tree.text_content().split()) or None


def _date(value: str | None) -> str | None:
    """The day, from RFC 5322 (RSS) or RFC 3339 (Atom); other words as they stand."""
    found = _ISO.match(value or "")
    return found[1] if found else iso_date(value or "")


def _body(entry: Any) -> Iterator[Block]:
    """The paragraphs of the longest of what the item calls its content and its summary."""
    values = [content.get("value", "") for content in entry.get("content", ())]
    value = max([*values, entry.get("summary") or ""], key=len)
    tree = parsed_page(f"<div>{value}</div>") if value else None
    if tree is None:
        return
    page = walk(tree)
    for piece in page.pieces:
        kind: ZoneKind = "quoted_block" if piece.quote else "body"
        yield Block(piece.text, kind, page.sources.get(piece.quote), piece.quote)
