"""Files of every format, made for the tests from words of our own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, before: str = "") -> bytes:
    """A DOCX file whose document holds `body` (WordprocessingML), after the words of `before`."""
    document = f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def pdf(pages: Sequence[Sequence[str]], *, title: str = "", gap: int = 14) -> bytes:
    """A PDF of some pages, each of some lines; "" leaves a line blank."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -{gap} Td\n" for line in lines)
        content = f"BT /F1 11 Tf 60 780 Td\n{shown}ET" if lines else ""
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title}) >>")
    return _pdf_of(objects)


def _pdf_of(objects: Sequence[str]) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(written)}\n%%EOF"
    return written + end.encode("latin-1")


PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge at Orrin falls - Harbour Echo</title>
<meta property="og:title" content="Bridge at Orrin falls">
<meta property="og:site_name" content="Harbour Echo">
<meta name="author" content="Mira Quell">
<meta property="article:published_time" content="2031-03-14T08:00:00+01:00">
<link rel="canonical" href="https://echo.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Bridge at Orrin falls</h1>
<p class="byline">By <span class="author">Mira Quell</span></p>
<p>The old bridge at Orrin fell into the river on Tuesday night, and four lorries fell with it,
the harbour office said in a short note that was read out on the radio.</p>
<p>Nobody has said why. The engineers of the province had closed it twice in the past year, and
opened it again each time after the hauliers had complained to the governor about the long way
round.</p>
<blockquote cite="https://www.quay.example/n"><p>We had warned the province in three letters, and
not one of them was ever answered by anybody in the office.</p></blockquote>
<p>The governor will speak on Friday. Until then the ferry carries all that has to cross, and the
queue on the northern bank was two kilometres long this morning.</p></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/f">Ferry fares to rise</a></li></ul>
</aside>
<div id="comments"><h3>2 comments</h3><ol class="comment-list">
<li class="comment" id="comment-1"><cite class="fn">Tolly9</cite>
<div class="comment-body"><p>I crossed it an hour before it fell.</p></div></li>
<li class="comment" id="comment-2"><cite class="fn">Ann of Orrin</cite>
<div class="comment-body"><p>Three letters, and a nephew in the office.</p></div></li>
</ol></div><footer>All rights reserved.</footer></body></html>
"""
