"""The blocks of an HTML page in page order, each with what the markup around it says.

A block is what stands between two block-level boundaries; words are kept as a browser shows them
(white space run together, `pre` left as it stands, one line end for `br`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml import etree
from lxml.html import HtmlElement

from rashomon.base.lexicon import table

_INLINE_TAGS = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup time tt u var wbr
"""
_UNSEEN_TAGS = """
    applet audio button canvas datalist embed head iframe input map math noframes noscript object
    option script select style svg template textarea video
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_NAMING = ("class", "id", "itemprop", "rel", "role")
_MENUS = frozenset(("nav", "footer", "aside", "form", "menu"))
_GAP = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_BREAK = "\x1d"


@dataclass(slots=True)
class Piece:
    """A block of a page. `comment` and `quote` number the comment or quotation around it, 0 for
    none; `part` is what the nearest class name or tag says ("byline", "furniture", ...), `home`
    how the element that holds the block is marked, `linked` how many characters are in links."""

    text: str
    tag: str
    part: str
    comment: int
    quote: int
    home: str = ""
    linked: int = 0


@dataclass(slots=True)
class _Place:
    """Where the walk stands: what the open elements say."""

    tag: str = ""
    part: str = ""
    comment: int = 0
    quote: int = 0
    section: bool = False
    home: str = ""
    marked: str = ""


@dataclass(slots=True)
class Page:
    """The blocks, the handles of the comments and the labels of the quotations by number."""

    pieces: list[Piece] = field(default_factory=list)
    handles: dict[int, str] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)


def walk(root: HtmlElement) -> Page:
    """The readable blocks of a page."""
    page = Page()
    _Walk(page).run(root)
    return page


class _Walk:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._places = [_Place()]
        self._words: list[str] = []
        self._numbers = 0
        self._links = 0
        self._linked = 0

    def run(self, root: HtmlElement) -> None:
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag
            if event == "start":
                if tag in _UNSEEN:
                    steps.skip_subtree()
                elif tag in _INLINE:
                    self._open_inline(tag, element)
                else:
                    self._open(tag, element)
                continue
            if tag == "a":
                self._links -= 1
            elif tag not in _INLINE and tag not in _UNSEEN:
                self._close()
            if tail := element.tail:
                self._say(tail)
        self._flush()

    def _say(self, words: str) -> None:
        """Add words to the block; blanks do not begin one."""
        if self._words or not words.isspace():
            self._words.append(words)
            if self._links:
                self._linked += len(words)

    def _open_inline(self, tag: str, element: HtmlElement) -> None:
        self._links += tag == "a"
        if tag == "br":
            self._words.append(_BREAK)
        elif words := element.text:
            place = self._places[-1]
            if place.comment and place.comment not in self._page.handles:
                self._name(place.comment, tag, _names(element), element)
            self._say(words)

    def _open(self, tag: str, element: HtmlElement) -> None:
        self._flush()
        above = self._places[-1]
        place = _Place(tag, above.part, above.comment, above.quote, above.section, above.marked)
        place.marked = f"{tag} {element.get('class')}"
        names = _names(element)
        if tag in _MENUS:
            place.part = "furniture"
        elif tag == "blockquote":
            place.quote = self._number()
            if source := _host(element.get("cite")):
                self._page.sources[place.quote] = source
        if names or place.section:
            self._read_names(names, tag, place)
        if place.comment and names and place.comment not in self._page.handles:
            self._name(place.comment, tag, names, element)
        self._places.append(place)
        if words := element.text:
            self._say(words)

    def _read_names(self, names: str, tag: str, place: _Place) -> None:
        part = part_of(names)
        if part == "comment" or (place.section and tag in ("li", "article") and not place.comment):
            place.comment, place.part = self._number(), "comment"
        elif part == "comments":
            place.section, place.part = True, "furniture"
        elif part:
            place.part = part

    def _name(self, number: int, tag: str, names: str, element: HtmlElement) -> None:
        """Note the handle of a comment if the element holds it."""
        if tag == "cite" or part_of(names) in ("byline", "handle"):
            words = " ".join("".join(element.itertext()).split())
            if 0 < len(words) <= 60:
                self._page.handles[number] = words

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _close(self) -> None:
        self._flush()
        self._places.pop()

    def _flush(self) -> None:
        if not self._words:
            return
        raw, linked = "".join(self._words), self._linked
        self._words.clear()
        self._linked = 0
        place = self._places[-1]
        for text in _lines(raw, place.tag == "pre"):
            self._page.pieces.append(
                Piece(text, place.tag, place.part, place.comment, place.quote, place.home, linked)
            )


def _lines(raw: str, kept: bool) -> Iterator[str]:
    """The paragraphs of a block: two `br` end one, a single `br` is a line end."""
    if kept:
        yield from filter(None, [raw.replace(_BREAK, "\n").strip("\r\n")] if raw.strip() else [])
        return
    text = _GAP.sub(" ", raw).strip(" ")
    if _BREAK not in text:
        if text:
            yield text
        return
    for paragraph in re.split(rf"{_BREAK}(?: ?{_BREAK})+", text):
        lines = [line.strip(" ") for line in paragraph.split(_BREAK)]
        if words := "\n".join(filter(None, lines)):
            yield words


def _names(element: HtmlElement) -> str:
    """The names that an element's markup gives it, one after another."""
    said = element.attrib
    if not said:
        return ""
    return " ".join([value for name in _NAMING if (value := said.get(name))])


def _host(address: str | None) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:?#\s]+)", address or "")
    return found[1] if found else ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["name"]), row["part"]) for row in table("page_parts"))


@lru_cache(maxsize=20_000)
def part_of(names: str) -> str:
    """What the first telling one of an element's names says of it: comments, comment, handle,
    byline, date, note, caption, furniture; "" for nothing."""
    return next((part for name in names.lower().split() if (part := _part(name))), "")


@lru_cache(maxsize=20_000)
def _part(name: str) -> str:
    return next((part for pattern, part in _patterns() if pattern.fullmatch(name)), "")
