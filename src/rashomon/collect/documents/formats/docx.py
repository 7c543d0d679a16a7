"""DOCX: the paragraphs of the document in their order, those of tables and text boxes too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from rashomon.base.rows import Given, Skip, ZoneKind
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats.body import key_of
from rashomon.collect.documents.formats.written import Block, write
from rashomon.collect.documents.gathered import Gathered, Origin, left_out

_UNFOLDS = 10
"""How many times `Settings.max_bytes` the parts of a file may unfold to."""
_KINDS: dict[str, ZoneKind] = {
    "title": "title",
    "quote": "quoted_block",
    "intense quote": "quoted_block",
    "block text": "quoted_block",
    "header": "furniture",
    "footer": "furniture",
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORDS = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n",
          qn("w:noBreakHyphen"): "-"}  # fmt: skip
_GONE = frozenset((qn("w:del"), qn("w:moveFrom"), _FALLBACK))
_NOTES = ("/footnotes", "/endnotes")


def read_docx(original: bytes, origin: Origin, settings: Settings) -> Iterator[Gathered | Skip]:
    """The document of a DOCX file."""
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > _UNFOLDS * settings.max_bytes:
            yield left_out(origin.name, f"it unfolds to {size:,} bytes: save it as plain text")
            return
        written = docx.Document(io.BytesIO(original))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        yield left_out(origin.name, f"a damaged DOCX file ({error}): save it again")
        return
    blocks = [*_margins(written, "header"), *_body(written), *_notes(written)]
    blocks += [*_comments(written), *_margins(written, "footer")]
    yield from write(blocks, original, "", origin, _given(written, blocks))


def _body(written: Any) -> Iterator[Block]:
    styles = {style.style_id: (style.name or "").lower() for style in written.styles}
    for paragraph in _paragraphs(written.element.body):
        name = styles.get(paragraph.style or "", (paragraph.style or "").lower())
        yield Block(_words(paragraph), _KINDS.get(name, "body"))


def _paragraphs(root: Any) -> Iterator[Any]:
    """Every paragraph in document order; what a text box repeats for old programs left out."""
    for paragraph in root.iter(qn("w:p")):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _words(paragraph: Any) -> str:
    """The words of a paragraph as they now stand: insertions with, deletions and the paragraphs
    of text boxes without."""
    words: list[str] = []
    steps = etree.iterwalk(paragraph, events=("start",))
    for _, element in steps:
        if element.tag in _GONE or (element.tag == qn("w:p") and element is not paragraph):
            steps.skip_subtree()
        elif element.tag in _WORDS and element.getparent().tag == qn("w:r"):
            words.append(_WORDS[element.tag] or element.text or "")
    return "".join(words)


def _margins(written: Any, which: str) -> Iterator[Block]:
    """The running heads or feet, each once."""
    seen: set[str] = set()
    for section in written.sections:
        margin = getattr(section, which)
        if margin.is_linked_to_previous:
            continue
        for paragraph in _paragraphs(margin._element):
            words = _words(paragraph)
            if words not in seen:
                seen.add(words)
                yield Block(words, "furniture")


def _notes(written: Any) -> Iterator[Block]:
    """Footnotes and endnotes, after the text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for _, relation in sorted(written.part.rels.items()):
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        root = etree.fromstring(relation.target_part.blob, parser)
        for paragraph in _paragraphs(root):
            yield Block(_words(paragraph), "body")


def _comments(written: Any) -> Iterator[Block]:
    """Remarks in the margin, with who made them."""
    for number, comment in enumerate(written.comments, start=1):
        yield Block(comment.text, "comment", comment.author or None, number)


def _given(written: Any, blocks: list[Block]) -> Given:
    """The title that stands in the text as such, or the file's own if the text bears it out."""
    titles = [block.text for block in blocks if block.kind == "title"]
    printed = "".join(key_of(block.text) for block in blocks[:20]).casefold()
    said = written.core_properties
    title, author = (
        value if len(key_of(value)) >= 5 and key_of(value).casefold() in printed else None
        for value in (said.title or "", said.author or "")
    )
    return Given(title=titles[0] if titles else title, byline=author)
