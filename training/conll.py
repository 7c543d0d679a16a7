"""Texts with coreference: GUM's, LitBank's, MEANTIME's files and our own corpus, in one form.

The files hold words; the text is set from them as English is written. GUM (OntoGUM): word number,
word, brackets. LitBank: CoNLL-2012, brackets last. A bracket is `(7`, `7)` or `(7)`, several joined
by `|` or standing side by side. MEANTIME (CAT XML): tokens, mentions that list theirs, relations
from the mentions of one entity to that entity.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from marked import Crisis
from rashomon.base.language import Parse
from rashomon.base.rows import Span

_BRACKET = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
_NO_BLANK_BEFORE = frozenset(
    [".", ",", ";", ":", "?", "!", "%", ")", "]", "’", "n't", "n’t", "”", "''"]
)
_ENDING = re.compile(r"['’](s|re|ve|ll|d|m)?$", re.IGNORECASE)
_NO_BLANK_AFTER = frozenset(["(", "[", "$", "£", "€", "#", "“", "‘", "``"])
_JOINING = frozenset(["-", "/"])


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its mentions and the entity of each. `whole` says that everything which is
    spoken of more than once is marked, and nothing that is spoken of once."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    mentions: tuple[tuple[Span, str], ...]
    whole: bool


def unseen(name: str) -> bool:
    """Whether a document is of the third that nothing is learnt from, by the hash of its name."""
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def read_gum(folder: Path) -> list[Annotated]:
    """The documents of a folder of OntoGUM files, in the order of their names."""
    return [_gum(path) for path in sorted(folder.glob("*.conll"))]


def read_litbank(folder: Path) -> list[Annotated]:
    return [_litbank(path) for path in sorted(folder.glob("*.conll"))]


def read_meantime(folder: Path) -> list[Annotated]:
    return [_cat(path) for path in sorted(folder.rglob("*.xml"))]


def read_own(crises: Iterable[Crisis]) -> list[Annotated]:
    """The reports of our own corpus."""
    return [
        Annotated(
            f"{crisis.name}/{report.id}",
            report.text,
            tuple(Span(*block.span) for block in report.blocks),
            tuple((Span(*name.span), name.entity) for name in [*report.names, *report.roles]),
            whole=False,
        )
        for crisis in crises
        for report in crisis.reports
    ]


def _gum(path: Path) -> Annotated:
    rows = [line.split("\t") for line in _lines(path) if not line.startswith("#")]
    return _annotated(path.stem, [[(row[1], row[-1]) for row in rows if len(row) > 2]], whole=True)


def _litbank(path: Path) -> Annotated:
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in _lines(path, blank=True):
        row = line.split("\t")
        if len(row) > 4 and not line.startswith("#"):
            sentences[-1].append((row[3], row[-1] if row[-1] else row[-2]))
        elif sentences[-1]:
            sentences.append([])
    return _annotated(path.stem, sentences, whole=False)


def _cat(path: Path) -> Annotated:
    root = ElementTree.parse(path).getroot()
    tokens = list(root.iter("token"))
    text, spans = running([token.text or "" for token in tokens])
    stands = {token.get("t_id"): span for token, span in zip(tokens, spans, strict=True)}
    mentions: dict[str | None, Span] = {}
    for mention in root.iter("ENTITY_MENTION"):
        held = [stands[anchor.get("t_id")] for anchor in mention.iter("token_anchor")]
        if held:
            mentions[mention.get("m_id")] = Span(held[0].start, held[-1].end)
    found = [
        (mentions[source.get("m_id")], target.get("m_id", ""))
        for relation in root.iter("REFERS_TO")
        for target in relation.findall("target")
        for source in relation.findall("source")
        if source.get("m_id") in mentions
    ]
    return Annotated(path.stem, text, (Span(0, len(text)),), tuple(found), whole=False)


def _lines(path: Path, *, blank: bool = False) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() or blank:
            yield line


def _annotated(
    name: str, sentences: Sequence[Sequence[tuple[str, str]]], *, whole: bool
) -> Annotated:
    words = [pair for sentence in sentences for pair in sentence]
    text, spans = running([word for word, _ in words])
    opened: dict[str, list[int]] = {}
    mentions: list[tuple[Span, str]] = []
    for span, (_, brackets) in zip(spans, words, strict=True):
        for alone, opens, closes in _BRACKET.findall(brackets):
            if alone:
                mentions.append((span, alone))
            elif opens:
                opened.setdefault(opens, []).append(span.start)
            elif opened.get(closes):
                mentions.append((Span(opened[closes].pop(), span.end), closes))
    return Annotated(name, text, (Span(0, len(text)),), tuple(mentions), whole)


def running(words: Sequence[str]) -> tuple[str, list[Span]]:
    """The words as running text, and where each stands."""
    text, spans, inside, blank = "", [], False, False
    for word in words:
        straight = word == '"'
        glued = word in _NO_BLANK_BEFORE or bool(_ENDING.match(word)) or word in _JOINING
        if text and blank and not glued and not (straight and inside):
            text += " "
        spans.append(Span(len(text), len(text) + len(word)))
        text += word
        blank = word not in _NO_BLANK_AFTER and word not in _JOINING
        if straight:
            blank, inside = inside, not inside
    return text, spans


def head(parse: Parse, span: Span) -> int | None:
    """The token that a span hangs by: the first noun or pronoun whose head lies outside it."""
    inside = [t for t in parse.tokens if t.start < span.end and t.end > span.start]
    if not inside:
        return None
    first, last = inside[0].i, inside[-1].i
    outer = [t for t in inside if t.head == t.i or not first <= t.head <= last]
    nouns = [t for t in outer if t.pos in ("NOUN", "PROPN", "PRON") or t.tag == "PRP$"]
    return (nouns or outer or inside)[0].i


def heads(parse: Parse, annotated: Annotated) -> dict[int, str]:
    """The entity of each gold head; of mentions with one head the longest counts."""
    found: dict[int, str] = {}
    for span, entity in sorted(annotated.mentions, key=lambda m: m[0].start - m[0].end):
        at = head(parse, span)
        if at is not None:
            found.setdefault(at, entity)
    return found
