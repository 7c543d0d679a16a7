"""Formats: every file gives documents whose outline fits their text, or a `Skip` that says why."""

from __future__ import annotations

import csv
import html
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from formats_made import (
    CONTENT_TYPES,
    PAGE,
    RELATIONS,
    WORD,
    docx,
    paragraph,
    pdf,
    zipped,
)
from rashomon.base.rows import Document, Given, Skip, Stretch
from rashomon.base.settings import Settings
from rashomon.collect.documents.formats import HEAD, child, media_type_of, read_format
from rashomon.collect.documents.gathered import Gathered, Origin

CASES = Path(__file__).parent / "cases"
SETTINGS = Settings(max_bytes=5_000_000, parse_seconds=20.0)
NONE = Given()
PROSE = (
    "The old bridge at Orrin fell into the river on Tuesday night, and four lorries fell with it, "
    "the harbour office said in a note that was read out on the radio."
)
PARAGRAPH = f"<p>{PROSE}</p>"
ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


def cases(name: str) -> list[list[str]]:
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as table:
        return list(csv.reader(table))[1:]


def read(
    original: bytes | str, name: str = "a.bin", *, kind: str = "", settings: Settings = SETTINGS
) -> list[Gathered | Skip]:
    content = original.encode() if isinstance(original, str) else original
    return list(read_format(content, Origin(name, name, kind, NONE), settings))


def documents(rows: list[Gathered | Skip]) -> list[Document]:
    return [row.document for row in rows if isinstance(row, Gathered)]


def reasons(rows: list[Gathered | Skip]) -> list[str]:
    return [row.reason for row in rows if isinstance(row, Skip)]


def told(document: Document) -> list[tuple[str, str | None, str]]:
    """Kind, label and words of each stretch, in order."""
    return [(s.kind, s.label, document.text[s.start : s.end]) for s in document.outline]


def fits(document: Document) -> bool:
    """Whether the outline is in order, does not overlap and holds all that is not blank."""
    place = 0
    for stretch in document.outline:
        if not place <= stretch.start < stretch.end <= len(document.text):
            return False
        if document.text[place : stretch.start].strip():
            return False
        place = stretch.end
    return not document.text[place:].strip()


@pytest.mark.parametrize(("begins", "name", "expected"), cases("media_types"))
def test_a_type_is_sniffed_not_believed(begins: str, name: str, expected: str) -> None:
    head = begins.encode("latin-1").decode("unicode_escape").encode("latin-1")
    assert media_type_of(head, name) == expected


def test_office_files_are_told_from_plain_archives() -> None:
    assert media_type_of(docx(paragraph("x")), "a.zip").endswith("wordprocessingml.document")
    assert media_type_of(zipped({"word/notes.txt": b"x"}), "a.docx") == "application/zip"
    sheet = zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})
    assert media_type_of(sheet, "a.xlsx").endswith("spreadsheetml.sheet")
    for kind in ("application/vnd.oasis.opendocument.text", "application/epub+zip"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("mimetype", kind)
            archive.writestr("content.xml", "x")
        assert media_type_of(target.getvalue()[:HEAD], "a.zip") == kind


def test_a_page_is_kept_whole_in_its_order() -> None:
    (document,) = documents(read(PAGE, "a.pdf"))
    assert fits(document)
    kinds = [(kind, label) for kind, label, _ in told(document)]
    assert kinds == [
        ("furniture", None), ("title", None), ("byline", None), ("body", None),
        ("quoted_block", "quay.example"), ("body", None), ("furniture", None),
        ("comment", "Tolly9"), ("comment", "Ann of Orrin"), ("furniture", None),
    ]  # fmt: skip
    assert document.given == Given(
        title="Bridge at Orrin falls",
        byline="Mira Quell",
        outlet="Harbour Echo",
        published="2031-03-14",
        url="https://echo.example/bridge",
        language="en",
    )
    assert "Ferry fares to rise" in document.text


def test_a_page_reads_the_same_again_by_its_own_type() -> None:
    first = read(PAGE, "a.html")
    (row,) = [row for row in first if isinstance(row, Gathered)]
    document = row.document
    origin = Origin(document.name, document.uri, document.media_type, document.given)
    assert list(read_format(row.original, origin, SETTINGS)) == first


def test_what_was_given_counts_before_what_the_page_says() -> None:
    origin = Origin("a", "a", "", Given(outlet="The Quay"))
    (row,) = read_format(PAGE.encode(), origin, SETTINGS)
    assert isinstance(row, Gathered)
    assert (row.document.given.outlet, row.document.given.byline) == ("The Quay", "Mira Quell")


def test_a_date_in_the_running_text_is_not_the_pages_date() -> None:
    page = f"<html><head><title>Bridge</title></head><body><p>On 3 May 2019 it fell. {PROSE}</p>"
    (document,) = documents(read(page + PARAGRAPH * 3))
    assert document.given.published is None


def test_a_page_in_its_declared_encoding() -> None:
    page = f'<html><head><meta charset="koi8-r"></head><body>{PARAGRAPH}<p>Порт закрыт.</p>'
    (document,) = documents(read(page.encode("koi8-r")))
    assert "Порт закрыт." in document.text
    assert document.encoding == "koi8-r"


def test_a_paragraph_cut_off_by_an_advertisement_is_body() -> None:
    part = f'<div class="body">{PARAGRAPH * 4}</div>'
    page = f"<html><body><h1>Bridge</h1>{part}<div class=ad>Buy a boat</div>{part}</body></html>"
    (document,) = documents(read(page))
    bodies = [words for kind, _, words in told(document) if kind == "body"]
    assert "".join(bodies).count("old bridge") == 8


def test_a_script_is_no_text_and_is_never_run() -> None:
    page = f"<html><body><script>document.write('Pwned')</script>{PARAGRAPH * 3}</body></html>"
    (document,) = documents(read(page))
    assert "Pwned" not in document.text


def test_a_page_without_words_says_so() -> None:
    (reason,) = reasons(read("<html><body><script>fill()</script></body></html>"))
    assert "without words" in reason


def test_a_pdf_gives_lines_paragraphs_and_running_heads() -> None:
    lines = ["It fell on Tues-", "day night, all of it,", "and nobody was hurt."]
    pages = [
        ["Harbour Echo", "", *lines, "", *lines[:2], f"and {word} was hurt.", "", str(number)]
        for number, word in enumerate(("nobody", "everyone", "one of them", "the crew"), start=1)
    ]
    pages[0][1:1] = ["", "Bridge at Orrin", ""]
    (document,) = documents(read(pdf(pages, title="Bridge at Orrin")))
    assert fits(document)
    assert document.given.title == "Bridge at Orrin"
    assert told(document)[:3] == [
        ("furniture", None, "Harbour Echo"),
        ("title", None, "Bridge at Orrin"),
        ("body", None, "\n\n".join(["\n".join(lines)] * 2)),
    ]
    assert [w for k, _, w in told(document) if k == "furniture"][-1] == "4"


def test_a_pdfs_description_that_its_page_does_not_bear_out_is_not_believed() -> None:
    (document,) = documents(read(pdf([["It fell."]], title="Microsoft Word - draft7")))
    assert document.given.title is None


def test_a_scanned_pdf_says_so_and_a_scanned_page_too() -> None:
    assert "without text" in reasons(read(pdf([[], []])))[0]
    rows = read(pdf([["It fell."], []]))
    assert documents(rows)[0].text == "It fell."
    assert [row.about for row in rows if isinstance(row, Skip)] == ["page 2"]


def test_a_docx_gives_what_now_stands_in_it() -> None:
    box = f"<w:r><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></w:r>"
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Bridge falls</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>It fell</w:t></w:r><w:del><w:r><w:delText> not</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t> down.</w:t></w:r></w:ins>{box}</w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('Four lorries')}</w:tc></w:tr></w:tbl>"
    )
    (document,) = documents(read(docx(body), "a.zip"))
    assert document.text == "Bridge falls\n\nIt fell down.\n\nIn a box.\n\nFour lorries"
    assert told(document)[0] == ("title", None, "Bridge falls")
    assert document.given.title == "Bridge falls"


MAIL = (
    "From: Mira Quell <m@quay.example>\nTo: desk@quay.example\n"
    "Date: Fri, 14 Mar 2031 23:30:00 +0100\nSubject: =?utf-8?q?Br=C3=BCcke?=\nMIME-Version: 1.0\n"
)


def test_a_mail_with_its_quotation_and_signature() -> None:
    body = "\nIt fell.\nAll of it.\n\n> Did it?\n> When?\n\nAt night.\n-- \nMira\n"
    (document,) = documents(read((MAIL + body).replace("\n", "\r\n")))
    assert fits(document)
    assert told(document) == [
        ("title", None, "Brücke"),
        ("byline", None, "Mira Quell <m@quay.example>\nFri, 14 Mar 2031 23:30:00 +0100"),
        ("furniture", None, "To: desk@quay.example"),
        ("body", None, "It fell.\nAll of it."),
        ("quoted_block", None, "> Did it?\n> When?"),
        ("body", None, "At night."),
        ("furniture", None, "-- \nMira"),
    ]
    assert document.given.published == "2031-03-14"


def test_a_mail_of_html_alone_is_read_as_a_page() -> None:
    body = f"Content-Type: text/html; charset=utf-8\n\n<html><body>{PARAGRAPH * 3}</body></html>"
    (document,) = documents(read(MAIL + body))
    assert "The old bridge" in document.text
    assert "<p>" not in document.text


def test_attachments_are_documents_of_their_own_or_left_out() -> None:
    parts = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSee.\n'
        '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../n.html"\n\n'
        f"<html><body>{PARAGRAPH * 3}</body></html>\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=p.txt\n\n"
        "\x89PNG\r\n\x1a\n\n--b\nContent-Type: message/rfc822\n\n" + MAIL + "\nInner.\n--b--\n"
    )
    rows = read((MAIL + parts).encode("latin-1"), "m.eml")
    found = documents(rows)
    assert [d.name for d in found] == ["m.eml", "m.eml#.._n.html", "m.eml#part3"]
    assert [d.media_type for d in found] == ["message/rfc822", "text/html", "message/rfc822"]
    assert "a PNG picture" in reasons(rows)[0]


def test_a_mailbox_holds_mails() -> None:
    one = "From m@quay.example Fri Mar 14 23:30:00 2031\n" + MAIL + "\n>From here on.\n\n"
    found = documents(read(one * 3, "a.mbox"))
    assert [d.name for d in found] == [f"a.mbox#mail{n}" for n in (1, 2, 3)]


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Echo &amp; Sons</title>
<language>en</language><item><title>A &lt;b&gt;bridge&lt;/b&gt;</title><dc:creator>Mira</dc:creator>
<link>https://e.example/1</link><pubDate>Fri, 14 Mar 2031 23:30:00 +0100</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>It fell.</p><p>All of it.</p>]]>
</content:encoded></item><item><title>Empty</title></item>
<item><title>B</title><description>Two.</description></item></channel></rss>"""


def test_each_item_of_a_feed_is_a_document_with_its_own_bytes() -> None:
    rows = read(FEED, "a.xml")
    first, second = documents(rows)
    assert first.given == Given(
        "A bridge", "Mira", "Echo & Sons", "2031-03-14", "https://e.example/1", "en"
    )
    assert told(first)[2] == ("body", None, "It fell.\n\nAll of it.")
    assert (first.uri, second.name, second.uri) == ("https://e.example/1", *("a.xml#item3",) * 2)
    assert "without words" in reasons(rows)[0]
    row = rows[0]
    assert isinstance(row, Gathered)
    again = read_format(
        row.original, Origin(first.name, first.uri, first.media_type, first.given), SETTINGS
    )
    assert list(again) == [row]


def test_an_atom_entry_is_a_document() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title>'
        "<updated>2031-03-14T01:00:00Z</updated><content>It fell.</content></entry></feed>"
    )
    (document,) = documents(read(feed))
    assert (document.given.outlet, document.given.published) == ("F", "2031-03-14")


def test_rows_of_a_table_are_documents_with_their_own_bytes() -> None:
    table = 'id,text,outlet\r\nr1,"The port, it is\r\nclosed.",Echo\r\n\r\n,Open.,\r\nr3,,\r\n'
    rows = read(table, "a.csv", kind="text/csv")
    first, second = documents(rows)
    assert (first.name, first.text, first.given.outlet) == (
        "r1", "The port, it is\r\nclosed.", "Echo"
    )  # fmt: skip
    assert second.name == "a.csv#row2"
    assert "'text' cannot be read" in reasons(rows)[0]
    row = rows[0]
    assert isinstance(row, Gathered)
    assert row.original == b'id,text,outlet\r\nr1,"The port, it is\r\nclosed.",Echo\r\n'
    again = read(row.original, "r1", kind=first.media_type)
    assert [replace(d, uri=first.uri) for d in documents(again)] == [first]


def test_a_table_without_text_names_its_columns() -> None:
    (reason,) = reasons(read("name,story\na,b\n", "a.csv"))
    assert "name, story" in reason


def test_a_line_separator_inside_a_cell_ends_no_row() -> None:
    (document,) = documents(read("id,text\r\n1,It fell.\u2028All of it.\r\n", "a.csv"))
    assert document.text == "It fell.\u2028All of it."


def test_a_row_with_too_many_cells_is_left_out() -> None:
    assert "more cells" in reasons(read("id,text\n1,a,b\n", "a.csv"))[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{\\rtf1 x}", "save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX"),
        (b"\x89PNG\r\n\x1a\n", "OCR"),
        (b"ID3\x03", "what is said"),
        (b'[{"a": 1}]', "not JSON lines"),
        (b"<?xml version='1.0'?><a/>", "XML that is neither"),
        (b"%PDF-1.7 broken", "a damaged PDF"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, words: str) -> None:
    (reason,) = reasons(read(content))
    assert words in reason


def _nested_mail(kind: str) -> bytes:
    parts = {
        "multipart": b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n',
        "message": b"Content-Type: message/rfc822\n\nFrom: a@b.example\nMIME-Version: 1.0\n",
    }[kind]
    layers = b"".join(parts.replace(b"%d", b"%d" % n) for n in range(10_000))
    return MAIL.encode() + layers + b"Content-Type: text/plain\n\nhello\n"


def _bomb(document: bytes) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES.encode(), "_rels/.rels": RELATIONS.encode()}
    return zipped({**parts, "word/document.xml": document})


def _deep(levels: int, tag: str = "div") -> bytes:
    opened, closed = f"<{tag}>" * levels, f"</{tag}>" * levels
    return f"<html><body>{opened}{PARAGRAPH * 3}{closed}</body></html>".encode()


HOSTILE = {
    "HTML 300 levels deep": (_deep(300), ""),
    "HTML 100,000 levels deep": (_deep(100_000), "nested more than"),
    "HTML of 100,000 open spans": (_deep(100_000, "b"), "nested more than"),
    "a page that says it is a PDF": (PAGE.encode(), ""),
    "a feed with a billion laughs": (
        f"<?xml version='1.0'?>{ENTITIES}<rss><channel><item><title>&a11;</title></item></channel>"
        "</rss>".encode(),
        "declares entities",
    ),
    "a DOCX with a billion laughs": (docx(paragraph("&a11;"), before=ENTITIES), "damaged"),
    "a DOCX of 60 MB of blanks": (_bomb(b"<w>" + b" " * 60_000_000), "unfolds to"),
    "a truncated DOCX": (docx(paragraph(PROSE * 9))[:700], "damaged DOCX"),
    "a mail of 10,000 nested parts": (_nested_mail("multipart"), "a damaged mail"),
    "10,000 mails inside mails": (_nested_mail("message"), "a damaged mail"),
    "a PDF whose pages are their own child": (
        pdf([["a"]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        "PDF",
    ),
    "a truncated PDF": (pdf([["It fell."] * 40] * 40)[:4000], "damaged PDF"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_cost_only_themselves(name: str) -> None:
    content, words = HOSTILE[name]
    rows = read(content, "a.docx" if content[:2] == b"PK" else "a.pdf")
    if words:
        assert words in " ".join(reasons(rows))
    else:
        assert "The old bridge" in documents(rows)[0].text
    assert documents(read(PAGE))[0].given.byline == "Mira Quell"


def test_a_slow_parse_is_stopped_and_the_rest_is_read() -> None:
    slow = pdf([[PROSE] * 50] * 2000)
    start = time.monotonic()
    rows = read(slow, settings=replace(SETTINGS, max_bytes=50_000_000, parse_seconds=0.4))
    assert "longer than 0.4 seconds" in reasons(rows)[0]
    assert time.monotonic() - start < 10
    assert len(documents(read(PAGE))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_hungry_parse_is_stopped_and_the_rest_is_read() -> None:
    body = f"<w:document {WORD}><w:body>{paragraph('a') * 1_500_000}</w:body></w:document>"
    settings = replace(SETTINGS, max_bytes=50_000_000, parse_bytes=700_000_000)
    rows = read(_bomb(body.encode()), settings=settings)
    assert documents(rows) == []
    assert len(reasons(rows)) == 1
    assert len(documents(read(PAGE))) == 1


def test_a_child_that_was_killed_is_replaced() -> None:
    read(PAGE)
    child._children[0].process.kill()
    assert len(documents(read(PAGE))) == 1


def test_an_answer_that_unfolds_without_end_is_cut_off() -> None:
    table = "text," + "x" * 60_000 + "\n" + "a,b\n" * 200
    rows = read(table, "a.csv", kind="text/csv", settings=replace(SETTINGS, max_bytes=1_000_000))
    assert "unfolds to too much" in reasons(rows)[-1]
    assert len(documents(rows)) < 100


def test_plain_text_starts_no_child() -> None:
    program = (
        "from rashomon.base.rows import Given; from rashomon.base.settings import Settings\n"
        "from rashomon.collect.documents.formats import child, read_format\n"
        "from rashomon.collect.documents.gathered import Origin\n"
        "rows = list(read_format(b'It fell.', Origin('a', 'a', '', Given()), Settings()))\n"
        "assert rows[0].document.text == 'It fell.' and not child._children\n"
        "import sys; assert 'trafilatura' not in sys.modules"
    )
    paths = os.pathsep.join(sys.path)
    subprocess.run(
        [sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": paths}
    )


WORDS = st.text(st.sampled_from("ab cé\u00ad\u200b\u00a0\U0001f6a2ﬁ-.\n\t<&"), max_size=60)
TAGS = st.sampled_from(["p", "div", "li", "h2", "blockquote", "td", "pre", "span", "b", "nav"])
PLACES = st.sampled_from(["", "comment", "byline", "related", "comments", "editors-note", "x"])


def elements() -> st.SearchStrategy[str]:
    leaf = WORDS.map(html.escape) | st.sampled_from(["<br>", "<br><br>", PARAGRAPH, "<hr>"])
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda tag, place, parts: f'<{tag} class="{place}">{"".join(parts)}</{tag}>',
            TAGS,
            PLACES,
            st.lists(inner, max_size=4),
        ),
        max_leaves=12,
    )


@checks(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(elements(), max_size=6), st.booleans())
def test_every_stretch_of_a_page_gives_its_words(parts: list[str], titled: bool) -> None:
    head = "<title>The old bridge at Orrin</title>" if titled else ""
    page = f"<html><head>{head}</head><body>{''.join(parts)}</body></html>"
    for document in documents(read(page)):
        assert fits(document)
        for _, _, words in told(document):
            assert words == words.strip()


@checks(max_examples=30, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"From: a\nMIME-Version: 1\n", b"<rss>", b""]))  # fmt: skip  # noqa: E501
def test_no_bytes_raise(content: bytes, begin: bytes) -> None:
    rows = read(begin + content)
    assert rows
    assert all(fits(document) for document in documents(rows) if document.outline)


def test_an_outline_that_does_not_fit_is_seen() -> None:
    """The test's own measure can fail."""
    (document,) = documents(read(PAGE))
    assert not fits(replace(document, outline=document.outline[1:]))
    assert not fits(replace(document, outline=(Stretch(0, 9, "body"), Stretch(5, 12, "body"))))


@pytest.fixture(autouse=True, scope="module")
def _no_child_left() -> Iterator[None]:
    yield
    child.stop()
