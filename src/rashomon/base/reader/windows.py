"""Windows: whole paragraphs packed together until they fill what one pass takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.base.reader.pieces import Pieces, Word, shape_of, words_of
from rashomon.base.rows import Span

LONGEST = 254
"""Pieces in a window, without its first and last."""
_FULL = 180


@dataclass(frozen=True, slots=True)
class Window:
    """Some paragraphs: their words, the pieces of the words, and where each word's pieces begin.

    `numbers` and `shapes` have a value a piece, the first and the last piece included; `firsts[k]`
    is the place of word k in them.
    """

    words: tuple[Word, ...]
    numbers: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]


def windows(text: str, paragraphs: Sequence[Span], pieces: Pieces) -> Iterator[Window]:
    """Paragraphs in their order, as many to a window as fit; one that is too long is cut."""
    held: list[Word] = []
    size = 0
    for span in paragraphs:
        words = words_of(text, span.start, span.end)
        for part in _parts(words, pieces):
            length = sum(len(pieces.of(word.text)) for word in part)
            if held and size + length > _FULL:
                yield _window(held, pieces)
                held, size = [], 0
            held += part
            size += length
    if held:
        yield _window(held, pieces)


def _parts(words: list[Word], pieces: Pieces) -> Iterator[list[Word]]:
    """A paragraph cut after a sentence's end where it is longer than a window."""
    part: list[Word] = []
    size = last_stop = 0
    for word in words:
        length = len(pieces.of(word.text))
        if size + length > LONGEST:
            cut = last_stop or len(part)
            yield part[:cut]
            part = part[cut:]
            size, last_stop = sum(len(pieces.of(w.text)) for w in part), 0
        part.append(word)
        size += length
        if word.text in ".?!”" and len(part) > 1:
            last_stop = len(part)
    if part:
        yield part


def _window(words: list[Word], pieces: Pieces) -> Window:
    numbers, shapes, firsts = [pieces.first], [0], []
    for word in words:
        firsts.append(len(numbers))
        found = pieces.of(word.text)
        numbers += found
        shapes += [shape_of(word)] * len(found)
    numbers.append(pieces.last)
    shapes.append(0)
    return Window(tuple(words), tuple(numbers), tuple(shapes), tuple(firsts))
