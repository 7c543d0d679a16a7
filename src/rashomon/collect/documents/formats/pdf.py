"""PDF: the text as its pages give it, line by line; hyphens and ligatures stay as they stand.

PDFium (BSD-3-Clause, Apache-2.0) gives the characters of a page in the order in which they were
written, and makes line ends of its own where a line ends. A gap wider than between most lines ends
a paragraph.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from rashomon.base.rows import Given, Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.body import key_of
from rashomon.collect.documents.formats.written import Block, write
from rashomon.collect.documents.gathered import Gathered, Origin, left_out, too_large

_HYPHEN = "\x02"
"""How PDFium writes a hyphen and the line end behind it."""
_NAMES = {"\ufffe": _HYPHEN, "\uffff": "", "\x00": ""}
"""A hyphen by its other name, and characters that PDFium cannot name."""
_ENDS = "\r\n" + _HYPHEN
_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
"""Lines at either end of a page among which running heads and feet are looked for."""
_WIDE = 1.35


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page and the height of its first character above the page's foot, in points."""

    text: str
    height: float


def read_pdf(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The document of a PDF; pages without text get a `Skip`."""
    try:
        pdf = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        yield left_out(origin.name, _broken(str(error)))
        return
    with closing(pdf):
        pages: list[list[_Line]] = []
        size = 0
        for number in range(len(pdf)):
            pages.append(_lines(pdf, number))
            size += sum(len(line.text) for line in pages[-1])
            if size > settings.max_bytes:
                yield left_out(origin.name, too_large(settings))
                return
        said = pdf.get_metadata_dict()
    yield from _empty(origin.name, pages)
    if any(pages):
        given = _given(pages, said)
        yield from write(_blocks(pages, given.title), original, "", origin, given)


def _broken(error: str) -> str:
    if "password" in error.lower():
        return "a PDF locked by a password: save it unlocked"
    return f"a damaged PDF ({error}): open it in its program and save it again"


def _empty(name: str, pages: Sequence[Sequence[_Line]]) -> Iterator[Skip]:
    """Says which pages hold pictures of words, or nothing."""
    empty = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    how = "have its words recognised (OCR) and save it again"
    if empty and len(empty) == len(pages):
        yield left_out(name, f"a PDF without text, scanned it seems: {how}")
    elif empty:
        yield left_out(
            name, f"no text on these pages of the PDF: {how}", f"page {', '.join(empty)}"
        )


def _lines(pdf: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    """The lines of a page that are not blank; none for a page that cannot be opened."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return []
    with closing(page), closing(page.get_textpage()) as text:
        count = text.count_chars()
        units = (raw.FPDFText_GetUnicode(text, at) for at in range(count))
        written = [_character(unit) for unit in units]
        return list(_cut(text, written))


def _character(unit: int) -> str:
    character = chr(unit) if unit <= 0x10FFFF else ""
    return _NAMES.get(character, character)


def _cut(page: pypdfium2.PdfTextPage, written: Sequence[str]) -> Iterator[_Line]:
    """The lines; PDFium's own numbers of characters are needed to ask where they stand."""
    start = 0
    for at, character in enumerate([*written, "\n"]):
        if not character or character not in _ENDS:
            continue
        end = at + (character == _HYPHEN)
        text = _whole("".join(written[start:end]).replace(_HYPHEN, "-")).strip()
        if text:
            first = next(n for n in range(start, at) if written[n].strip())
            yield _Line(text, _height(page, first))
        start = at + 1


def _whole(text: str) -> str:
    """Puts together characters that came as two UTF-16 halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _height(page: pypdfium2.PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, at, ctypes.byref(x), ctypes.byref(y))
    return y.value


def _blocks(pages: Sequence[Sequence[_Line]], title: str | None) -> Iterator[Block]:
    running = _running(pages)
    wide = _WIDE * _pitch(pages)
    sought = key_of(title or "").casefold()
    for lines in pages:
        head = next((n for n, line in enumerate(lines[:_EDGE]) if not _runs(line, running)),
                    min(_EDGE, len(lines)))  # fmt: skip
        foot = len(lines)
        while foot > max(head, len(lines) - _EDGE) and _runs(lines[foot - 1], running):
            foot -= 1
        yield from (Block(line.text, "furniture") for line in lines[:head])
        for paragraph in _paragraphs(lines[head:foot], wide):
            is_title = bool(sought) and key_of(paragraph).casefold() == sought
            yield Block(paragraph, "title" if is_title else "body")
            sought = "" if is_title else sought
        yield from (Block(line.text, "furniture") for line in lines[foot:])


def _running(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """What stands at the edge of at least three pages and of half of them, but for its digits."""
    seen: Counter[str] = Counter()
    for lines in pages:
        edge = {*lines[:_EDGE], *lines[-_EDGE:]}
        seen.update(sorted({_DIGITS.sub("#", line.text) for line in edge}))
    least = max(3, (len(pages) + 1) // 2)
    return frozenset(text for text, count in seen.items() if count >= least)


def _runs(line: _Line, running: frozenset[str]) -> bool:
    return _DIGITS.sub("#", line.text) in running or bool(_NUMBER.fullmatch(line.text))


def _pitch(pages: Sequence[Sequence[_Line]]) -> float:
    """How far apart lines of a paragraph stand, in points; without bounds if nothing shows it."""
    steps = sorted(
        above.height - below.height
        for lines in pages
        for above, below in pairwise(lines)
        if above.height > below.height + 1
    )
    return steps[len(steps) // 3] if steps else float("inf")


def _paragraphs(lines: Sequence[_Line], wide: float) -> Iterator[str]:
    run: list[str] = []
    above: _Line | None = None
    for line in lines:
        if above is not None and above.height - line.height > wide:
            yield "\n".join(run)
            run = []
        run.append(line.text)
        above = line
    if run:
        yield "\n".join(run)


def _given(pages: Sequence[Sequence[_Line]], said: dict[str, str]) -> Given:
    """Title and author of the file's own description, where its first page bears them out: they
    are often those of a template, or of whoever made the file."""
    first = next(lines for lines in pages if lines)
    printed = key_of("".join(line.text for line in first)).casefold()

    def borne_out(name: str) -> str | None:
        key = key_of(said.get(name, "")).casefold()
        return said[name] if len(key) >= 5 and key in printed else None

    return Given(title=borne_out("Title"), byline=borne_out("Author"))
