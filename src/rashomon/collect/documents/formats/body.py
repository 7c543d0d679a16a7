"""Which blocks of a page are the article's own words.

The library's lines are looked up in the page; what its rules for single elements get wrong on
whole pages is mended by where the blocks stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, compress

from rashomon.collect.documents.formats.page import Piece

HEADINGS = ("h1", "h2", "h3")
_OTHER = re.compile(r"[\W_]+")
_SHORT = 16
"""Letters under which a line must begin a block to be found: shorter ones stand everywhere."""
_PARAGRAPH = 80
"""Characters from which a paragraph is taken into the body for its place alone."""


def key_of(text: str) -> str:
    """What two printings of the same words share: their letters and digits."""
    return _OTHER.sub("", text)


def body_of(
    pieces: Sequence[Piece], keys: Sequence[str], lines: Sequence[str], title: str
) -> list[bool]:
    """Which blocks are body; `keys` are the blocks' own, `lines` what the library found, `title`
    the key of the page's title in small letters ("" if unknown)."""
    found = aligned(keys, [key_of(line) for line in lines])
    told = [inside and not piece.comment for inside, piece in zip(found, pieces, strict=True)]
    inside = told if any(told) else found
    if not any(inside):
        return [not piece.comment and piece.part != "furniture" for piece in pieces]
    inside = _without_menus(pieces, _below_title(pieces, keys, inside, title))
    return _with_neighbours(pieces, inside)


def aligned(page: Sequence[str], body: Sequence[str]) -> list[bool]:
    """Which of the page's blocks hold the lines of the body, both given as keys.

    The longest line stands where it is first found; those before it are sought backwards from
    there, those after it forwards. A block counts when more than half of it is found.
    """
    lines = [key for key in body if key]
    if not lines:
        return [False] * len(page)
    middle = max(range(len(lines)), key=lambda number: len(lines[number]))
    whole = _Whole(page)
    lost = whole.forwards(lines[middle:], max(0, whole.text.find(lines[middle])))
    lost += whole.backwards(lines[:middle], max(0, whole.text.find(lines[middle])))
    inside = [2 * found > len(key) for key, found in zip(page, whole.covered, strict=True)]
    return _among(page, " ".join(lost), inside) if lost else inside


def _among(page: Sequence[str], lost: str, inside: Sequence[bool]) -> list[bool]:
    """Adds the blocks that lines of the body hold which stand nowhere as they are: lines that the
    library put together from several blocks with something between them."""
    return [
        found or (len(key) >= _SHORT and key in lost)
        for key, found in zip(page, inside, strict=True)
    ]


class _Whole:
    """The page's keys run together, where each begins, and how much of each is found."""

    def __init__(self, page: Sequence[str]) -> None:
        self.text = "".join(page)
        self.covered = [0] * len(page)
        self._ends = list(accumulate(len(key) for key in page))
        self._begins = [end - len(key) for key, end in zip(page, self._ends, strict=True)]
        self._first = set(self._begins)

    def forwards(self, lines: Sequence[str], cursor: int) -> list[str]:
        """Cover lines in their order from the cursor on; gives those that stand nowhere."""
        lost = []
        for key in lines:
            place = self.text.find(key, cursor)
            while place >= 0 and len(key) < _SHORT and place not in self._first:
                place = self.text.find(key, place + 1)
            place = self._anywhere(key) if place < 0 else place
            if place < 0:
                lost.append(key)
                continue
            self._cover(place, len(key))
            cursor = max(cursor, place + len(key))
        return lost

    def backwards(self, lines: Sequence[str], cursor: int) -> list[str]:
        """The same from the last line to the first, before the cursor."""
        lost = []
        for key in reversed(lines):
            place = self.text.rfind(key, 0, cursor)
            while place >= 0 and len(key) < _SHORT and place not in self._first:
                place = self.text.rfind(key, 0, place + len(key) - 1)
            place = self._anywhere(key) if place < 0 else place
            if place < 0:
                lost.append(key)
                continue
            self._cover(place, len(key))
            cursor = min(cursor, place)
        return lost

    def _anywhere(self, key: str) -> int:
        return -1 if len(key) < _SHORT else self.text.find(key)

    def _cover(self, place: int, length: int) -> None:
        number = bisect_right(self._ends, place)
        end = place + length
        while number < len(self._ends) and self._begins[number] < end:
            shared = min(end, self._ends[number]) - max(place, self._begins[number])
            self.covered[number] += shared
            number += 1


def _below_title(
    pieces: Sequence[Piece], keys: Sequence[str], inside: Sequence[bool], title: str
) -> list[bool]:
    """Without the title itself, and without what stands above the heading that repeats it if
    most of the body stands below."""
    if not title:
        return list(inside)
    same = [len(key) == len(title) and key.casefold() == title for key in keys]
    kept = [found and not again for found, again in zip(inside, same, strict=True)]
    headings = [n for n, again in enumerate(same) if again and pieces[n].tag in HEADINGS]
    if headings and 2 * _size(pieces[headings[0] :], kept[headings[0] :]) > _size(pieces, kept):
        return [found and number > headings[0] for number, found in enumerate(kept)]
    return kept if any(kept) else list(inside)


def _without_menus(pieces: Sequence[Piece], inside: Sequence[bool]) -> list[bool]:
    """Without what the markup calls a menu, a form or a foot, and without lists of links, unless
    most of the body would go with it."""
    kept = [
        found and piece.part != "furniture" and not _is_link(piece)
        for found, piece in zip(inside, pieces, strict=True)
    ]
    return kept if 2 * _size(pieces, kept) > _size(pieces, inside) else list(inside)


def _is_link(piece: Piece) -> bool:
    return piece.tag != "p" and piece.linked >= 0.9 * len(piece.text)


def _with_neighbours(pieces: Sequence[Piece], inside: Sequence[bool]) -> list[bool]:
    """With the long paragraphs below the body's first that are marked just as most of the body
    is: those that an advertisement or a frame cut off."""
    sizes: Counter[tuple[str, str]] = Counter()
    for piece in compress(pieces, inside):
        sizes[piece.tag, piece.home] += len(piece.text)
    (most, size), *_ = sizes.most_common(1)
    if most[0] != "p" or 2 * size < sizes.total():
        return list(inside)
    first = inside.index(True)
    return [
        found or (number > first and (piece.tag, piece.home) == most and _is_prose(piece))
        for number, (piece, found) in enumerate(zip(pieces, inside, strict=True))
    ]


def _is_prose(piece: Piece) -> bool:
    if piece.comment or piece.part == "furniture" or len(piece.text) < _PARAGRAPH:
        return False
    return 4 * piece.linked < len(piece.text)


def _size(pieces: Sequence[Piece], inside: Sequence[bool]) -> int:
    return sum(len(piece.text) for piece in compress(pieces, inside))
