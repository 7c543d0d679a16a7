"""Numbers as they are written in English, in digits or in words: a pattern and a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rashomon.base.lexicon import table

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PIECE = re.compile(rf"{_DIGITS}|[a-z]+")


@cache
def kinds(*wanted: str) -> dict[str, float]:
    """Word to value, for the kinds asked for (unit, ten, scale, ordinal, part)."""
    rows = table("number_words")
    return {row["word"]: float(row["value"]) for row in rows if row["kind"] in wanted}


def either(words: Iterable[str]) -> str:
    """A pattern for any of these phrases, longest first; a blank stands for any white space."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed)


@cache
def numeral() -> str:
    """A pattern, for lower and upper case alike, of one cardinal number with its scale words. A
    word of four letters may stick to figures ("12,000people"): texts lose blanks."""
    scale = either(kinds("scale"))
    word = either(kinds("unit", "ten", "scale"))
    after_scale = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"
    in_words = rf"(?:an?\s+(?={scale}))?(?:{word})(?:(?:-|\s+|{after_scale})(?:{word})){{0,9}}"
    in_digits = rf"(?:{_DIGITS})(?:(?:-|\s+)?(?:{scale})\b){{0,3}}(?!,\d\d\d)(?:\b|(?=[a-z]{{4,}}))"
    return rf"(?i:{in_digits}|(?:{in_words})\b)"


def value(written: str) -> float | None:
    """What a numeral means: "two hundred and six" 206.0, "1.5 million" 1500000.0, else None."""
    small, scale = kinds("unit", "ten"), kinds("scale")
    total, group, seen = 0.0, 0.0, False
    for piece in _PIECE.findall(written.lower()):
        if piece in scale:
            group = (group or 1.0) * scale[piece]
            if scale[piece] >= 1000:
                total, group = total + group, 0.0
        elif piece in small:
            group += small[piece]
        elif piece[0].isdigit():
            group += float(piece.replace(",", ""))
        elif piece not in ("a", "an", "and"):
            return None
        seen = True
    return total + group if seen else None


def ordinal(written: str) -> int | None:
    """Reads "6th", "sixth" and "twenty-first" as 6, 6 and 21."""
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits.group())
    found = kinds("ordinal").get(re.sub(r"\s*-\s*|\s+", "-", written.lower()))
    return None if found is None else int(found)
