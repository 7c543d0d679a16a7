"""A person's name taken apart, and how surely two names are spellings of one.

It sees spelling only: who is meant is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rashomon.base.lexicon import mapping, table
from rashomon.base.reasons import Reason
from rashomon.identify.actors.likeness import likeness, pair, profile
from rashomon.identify.actors.spelling import PERHAPS, SAME, Aligned, fold

_WORD = re.compile(r"[^\W_]+")
_TURNED = re.compile(r"([^,]+),\s+((?!(?:jr|sr|esq|ph\.?d|md|iii?)\b)[^\W\d_][^,]+)", re.IGNORECASE)
_COMPOUND = re.compile(r"abd(?:[aeou]l)?|abu|abou|umm?")
_SERVANT = re.compile(r"abd[aeou]l?(?=.{3})")
_WEAKEST = 0.87
_INITIAL = 0.85
_STEP = 0.002
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A surface form taken apart. `titles` and `words` are folded; `words` have no particles;
    `initials` is the form itself where it looks like an acronym, else ""."""

    text: str
    titles: tuple[str, ...]
    words: tuple[str, ...]
    initials: str

    @property
    def key(self) -> str:
        """What equal names share."""
        return " ".join(self.words)


@lru_cache(maxsize=200_000)
def _parts(text: str) -> tuple[tuple[str, bool], ...]:
    """The folded words without a leading article, each with whether a hyphen follows."""
    folded = fold(text)
    parts = [(m.group(), folded[m.end() : m.end() + 1] == "-") for m in _WORD.finditer(folded)]
    if len(parts) > 1 and parts[0][0] in {"the", "a", "an"} and not parts[0][1]:
        parts = parts[1:]
    return tuple(parts)


def _kept(parts: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    kept = [word for at, (word, joined) in enumerate(parts) if not _particle(at, word, joined)]
    return tuple(_compounds(kept or [word for word, _ in parts]))


@lru_cache(maxsize=200_000)
def analyse(text: str) -> Name:
    """A person's name as it stands in a text or list, taken apart; "Kadhimi, Samir" is turned."""
    turned = _TURNED.fullmatch(text.strip())
    parts = _parts(f"{turned[2]} {turned[1]}" if turned else text)
    front = _front(parts)
    return Name(text, front, _kept(parts[len(front) :]), _acronym(text))


@lru_cache(maxsize=200_000)
def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of any name, titles and all, without particles."""
    return _kept(_parts(text))


def _front(parts: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    """The titles before a name; its last word is never one."""
    size = 0
    for at, (word, joined) in enumerate(parts[:-1]):
        if joined or word not in title_uses():
            break
        if title_uses()[word] in {"address", "rank", "role"}:
            size = at + 1
    return tuple(word for word, _ in parts[:size])


@cache
def title_uses() -> Mapping[str, str]:
    return mapping("role_words", "word", "use")


@cache
def known_people() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Single words by which the world knows one person, each with the words of the full names."""
    return MappingProxyType(
        {
            word: tuple(analyse(name).words for name in row["names"].split(";"))
            for row in table("known_people")
            for word in row["known_as"].split(";")
        }
    )


@cache
def _where(word: str) -> str:
    return mapping("particles", "word", "where").get(word, "")


def _particle(at: int, word: str, joined: bool) -> bool:
    where = _where(word)
    return where == "any" or (where == "inside" and at > 0) or (where == "joined" and joined)


def _compounds(parts: Sequence[str]) -> Iterator[str]:
    """ "Abdul Rahim", "Abdel-Rahim" and "Abdulrahim" are one word; so are "Abu X", "Umm X"."""
    before = ""
    for at, word in enumerate(parts):
        if _COMPOUND.fullmatch(word) and at + 1 < len(parts) and not before:
            before = "abu" if word == "abou" else word[:3]
            continue
        yield before + (word if before else _SERVANT.sub("abd", word))
        before = ""


def _acronym(text: str) -> str:
    """ "U.N.", "PMF" or "PMFs" as "UN", "PMF"; "" if it is no acronym."""
    bare = text.strip().replace(".", "")
    bare = bare[:-1] if bare.endswith("s") and bare[:-1].isupper() else bare
    return bare if 2 <= len(bare) <= 8 and bare.isalnum() and bare.isupper() else ""


def compare(left: Name, right: Name) -> Reason:
    """How surely two whole names are one. From `SAME` up they are spellings of one name; a name
    that holds the other ("Ali Rustani", "Ali Hussein al-Rustani") stays below it, from `PERHAPS` up
    where it is likelier than not to be that one in another length."""
    if not left.words or not right.words:
        return Reason(0.0, "no words", left.text, right.text)
    if left.words == right.words:
        return Reason(1.0, "the same name", left.text, right.text)
    first, second = sorted((left.words, right.words))
    ours, theirs = profile("person", first), profile("person", second)
    pairs = pair(ours, theirs)
    likely = likeness(ours, theirs, pairs)
    if _spelt_alike(first, second, pairs):
        score = SAME + (1 - SAME) * likely
    else:
        score = below_same(likely, whole=_holds(first, second, pairs))
    return Reason(round(score, DIGITS), spelling(first, second, pairs), left.text, right.text)


def below_same(likely: float, *, whole: bool) -> float:
    """A likeness as a score below `SAME`, and below `PERHAPS` unless one name is wholly found in
    the other."""
    score = (SAME - _STEP) * likely
    return score if whole or score < PERHAPS else PERHAPS - _STEP + (score - PERHAPS) / 100


def _holds(left: Sequence[str], right: Sequence[str], pairs: Aligned) -> bool:
    """Whether the shorter name's words are all in the longer one and their last words meet."""
    ends = (len(left) - 1, len(right) - 1)
    if len(pairs) < min(len(left), len(right)):
        return False
    return any((i, j) == ends for i, j, _ in pairs) and all(
        score >= (_INITIAL if 1 in (len(left[i]), len(right[j])) else _WEAKEST)
        for i, j, score in pairs
    )


def _spelt_alike(left: Sequence[str], right: Sequence[str], pairs: Aligned) -> bool:
    """Whether two names have the same words in the same order but for their spelling."""
    if not len(left) == len(right) == len(pairs) or any(i != j for i, j, _ in pairs):
        return False
    if any(1 in (len(left[i]), len(right[j])) and score < 1.0 for i, j, score in pairs):
        return False
    if min(score for _, _, score in pairs) < _WEAKEST:
        return False
    weights = [len(left[i]) + len(right[j]) for i, j, _ in pairs]
    found = sum(w * score for w, (_, _, score) in zip(weights, pairs, strict=True))
    return found / sum(weights) >= SAME


def spelling(left: Sequence[str], right: Sequence[str], pairs: Aligned) -> str:
    """What agrees and what does not, for a reader: "spelling: kadhimi ~ kazemi"."""
    if not pairs:
        return "no word in common"
    different = [f"{left[i]} ~ {right[j]}" for i, j, _ in pairs if left[i] != right[j]]
    ours, theirs = list(left), list(right)
    for i, _, _ in reversed(pairs):
        del ours[i]
    for j in sorted((j for _, j, _ in pairs), reverse=True):
        del theirs[j]
    said = "spelling: " + ", ".join(different) if different else "part of a longer name"
    if ours and theirs:
        if not different:
            said = ", ".join([left[i] for i, _, _ in pairs]) + " in both"
        return f"{said}; {' '.join(ours)} against {' '.join(theirs)}"
    return f"{said}; only one has {' '.join(ours or theirs)}" if ours or theirs else said
