"""HTML: the whole page in its order, its parts told apart.

The article's own words are those that trafilatura finds; they are looked up again in the page, so
that what it leaves out (comments, menus, related links) is kept beside them. The date is htmldate's
without its search through the running text: a date that no markup names stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from rashomon.base.rows import Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.encodings import DAMAGED, decode, encoding_of
from rashomon.collect.documents.formats.kinds import blocks_of
from rashomon.collect.documents.formats.page import walk
from rashomon.collect.documents.formats.plain import damage
from rashomon.collect.documents.formats.written import Block, write
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
"""htmldate's settings. Its own latest date would be today's: the same page must read the same."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_LIMIT = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)


class TooDeepError(ValueError):
    """A page is nested deeper than libxml2 follows (2,048 levels): it would end there."""


def read_page(original: bytes, origin: Origin, _: Settings) -> Iterator[Gathered | Skip]:
    """The document of an HTML page."""
    encoding = page_encoding(original)
    if not encoding:
        yield left_out(origin.name, "text in no known encoding: save the page as UTF-8")
        return
    page = decode(original, encoding)
    if encoding == DAMAGED:
        yield damage(origin.name, page)
    address = origin.given.url or (origin.uri if origin.uri.startswith("http") else None)
    try:
        blocks, given = page_blocks(page, address)
    except TooDeepError:
        reason = "a page nested more than 2,048 levels deep: save its text as plain text"
        yield left_out(origin.name, reason)
        return
    if not blocks:
        yield left_out(origin.name, "a page without words (a program fills it in): save its text")
        return
    yield from write(blocks, original, encoding, origin, given)


def page_encoding(original: bytes) -> str:
    """The encoding of a page: what its bytes show, then what it declares; "" if it is no text."""
    found = encoding_of(original[: 1 << 20] if b"\0" in original[:4096] else original)
    if found.startswith("utf-") and found != DAMAGED:
        return found
    declared = _CHARSET.search(original[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        name = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "ascii") else name
        try:
            original.decode(name)
        except (LookupError, UnicodeDecodeError, UnicodeError):
            return found
        return name
    return found


def page_blocks(page: str, address: str | None = None) -> tuple[Sequence[Block], Given]:
    """The blocks of a page and what its head says of it. `address` is where it was found.

    Raises `TooDeepError`.
    """
    tree = parsed_page(page)
    if tree is None:
        return (), Given()
    found = cast(Any, bare_extraction)(
        tree,
        url=address,
        fast=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    given = Given()
    if found is not None:
        given = Given(found.title, found.author, found.sitename, found.date, found.url)
    given = replace(given, language=_language(tree))
    body = found.text.splitlines() if found is not None else []
    root = tree.find("body")
    blocks = blocks_of(walk(tree if root is None else root), body, given)
    title = next((block.text for block in blocks if block.kind == "title"), given.title)
    return blocks, replace(given, title=title)


def parsed_page(page: str) -> HtmlElement | None:
    """The tree of a page; None if nothing can be made of it. Raises `TooDeepError`."""
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        tree: HtmlElement = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("depth" in entry.message for entry in parser.error_log.filter_types(_LIMIT)):
        raise TooDeepError
    return tree


def _language(tree: HtmlElement) -> str | None:
    found = _LANGUAGE.match((tree.get("lang") or tree.get("xml:lang") or "").strip())
    return found[0].lower() if found else None
