"""Spelling: how a word sounds in consonants, and how alike two words or lists of words are.

Jaro-Winkler over sounds and over consonant skeletons, guarded by what tells names apart: other
vowels, other consonants in short words, numbers (Jaro 1989, Winkler 1990).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from rashomon.base.lexicon import table

SAME = 0.9
PERHAPS = 0.8
NEAR = 0.75
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ]")
_POSSESSIVE = re.compile(r"['’]s(?!\w)|['’]$")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LONGER = 0.85
_OTHER_ENDING = 0.82
_OTHER_CONSONANT = 0.78
_FEW = 3
_UNLIKE = 0.6
_ARTICLES = frozenset({"al", "el"})
_CONSONANTS = re.compile(r"[^aeiou]")
_NO_VOWELS = str.maketrans("", "", "aeiou")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset({"aa", "ee", "ii", "oo", "uu", "ae", "ea", "ei", "ie", "eu", "ue", "ou", "uo"})
_FIRST_PARTS = frozenset({"abd", "abu", "umm"})
Aligned = list[tuple[int, int, float]]
"""Words of two names one to one: the position in each, and how alike they are."""
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?")


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and full stops between initials."""
    plain = _POSSESSIVE.sub("", text.strip())
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", plain)
    return _APOSTROPHES.sub("", plain).lower()


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    sounds = {row["written"]: row["sound"] for row in table("transliteration")}
    longest = sorted(sounds, key=lambda written: (-len(written), written))
    return re.compile("|".join(longest)), sounds


@lru_cache(maxsize=200_000)
def sounds(word: str) -> str:
    """A folded word with one letter a sound and no doubled letters: "Qaasim" as "kasim"."""
    pattern, letters = _spellings()
    spelt = pattern.sub(lambda found: letters[found.group()], word)
    return _DOUBLED.sub(r"\1", spelt)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word in order, "a" for an opening vowel: "hussein" as "hsn"."""
    spelt = sounds(word)
    bones = spelt.translate(_NO_VOWELS)
    bones = bones[:-1] if len(bones) > 2 and bones.endswith("h") else bones
    return ("a" if spelt[:1] in "aeiou" else "") + _DOUBLED.sub(r"\1", bones)


def _vowels_agree(left: str, right: str) -> bool:
    """Whether two words with one skeleton differ only in vowels that are written for each other:
    a and e, e and i, o and u; one vowel may also be left out."""
    slots = list(zip(_CONSONANTS.split(left), _CONSONANTS.split(right), strict=False))
    left_out = sum(bool(a) != bool(b) for a, b in slots)
    return left_out < 2 and all(_written_for(a, b) for a, b in slots if a and b)


def _written_for(left: str, right: str) -> bool:
    if min(len(left), len(right)) > 1:
        return left[0] + right[0] in _VOWELS and left[-1] + right[-1] in _VOWELS
    return all(any(a + b in _VOWELS for a in left) for b in right) or all(
        any(a + b in _VOWELS for b in right) for a in left
    )


def _other_consonants(left: str, right: str) -> bool:
    """Whether two skeletons differ, one of them being short; an "h" may be silent."""
    few = min(len(left), len(right)) <= _FEW
    return few and left.replace("h", "") != right.replace("h", "")


@lru_cache(maxsize=500_000)
def alike(left: str, right: str) -> float:
    """How alike two folded words sound, 0 to 1. Numbers are alike only if equal; in a word of few
    consonants another one makes another name ("Harry" and "Harvey")."""
    if left == right:
        return 1.0
    if (left[0].isdigit() or right[0].isdigit()) and _number(left, right):
        return float(left.rstrip("sthndr") == right.rstrip("sthndr"))
    if min(len(left), len(right)) == 1:
        return 0.85 if left[:1] == right[:1] else 0.0
    return _heard(left, right)


def _heard(left: str, right: str) -> float:
    """How alike two different words of two letters at least sound."""
    if left[:3] == right[:3] and left[:3] in _FIRST_PARTS and min(len(left), len(right)) > 5:
        left, right = left[3:], right[3:]
    if (left[:2] in _ARTICLES) != (right[:2] in _ARTICLES) and (bare := _bare(left, right)):
        return min(SAME, alike(*bare))
    letters = JaroWinkler.similarity(sounds(left), sounds(right))
    if letters < _UNLIKE:
        return float(letters)
    if min(len(left), len(right)) < 0.7 * max(len(left), len(right)):
        letters = min(letters, _LONGER)
    bones = JaroWinkler.similarity(skeleton(left), skeleton(right))
    if bones == 1.0 and _vowels_agree(sounds(left), sounds(right)):
        return float(0.5 + letters / 2)
    if _other_consonants(skeleton(left), skeleton(right)):
        return float(min(letters, bones, _OTHER_CONSONANT))
    if bones == 1.0 and _CONSONANTS.split(sounds(left))[-1] != _CONSONANTS.split(sounds(right))[-1]:
        return float(min(letters, _OTHER_ENDING))
    return float(min(letters, bones))


def _number(left: str, right: str) -> bool:
    return bool(_NUMBER.fullmatch(left) or _NUMBER.fullmatch(right))


def _bare(left: str, right: str) -> tuple[str, str] | None:
    """Two words, one of which may have its article: "alkadhimi" beside "kadhimi" without it."""
    if left[:2] in _ARTICLES:
        left = left[2:]
    else:
        right = right[2:]
    same = min(len(left), len(right)) > _FEW and skeleton(left)[:1] == skeleton(right)[:1]
    return (left, right) if same else None


def align(
    left: Sequence[str], right: Sequence[str], alike: Callable[[str, str], float] = alike
) -> Aligned:
    """The words of two names paired one to one, equal ones first, then the most alike; words that
    are not `NEAR` any other stay alone."""
    places = {word: at for at, word in reversed(list(enumerate(right)))}
    aligned: Aligned = []
    rest = []
    for i, word in enumerate(left):
        j = places.pop(word, None)
        if j is None:
            rest.append(i)
        else:
            aligned.append((i, j, 1.0))
    if rest and len(aligned) < len(right):
        taken = {j for _, j, _ in aligned}
        others = [j for j in range(len(right)) if j not in taken]
        aligned += _most_alike(left, right, rest, others, alike)
        aligned.sort()
    return aligned


def _most_alike(
    left: Sequence[str],
    right: Sequence[str],
    ours: Sequence[int],
    theirs: Sequence[int],
    alike: Callable[[str, str], float],
) -> Iterator[tuple[int, int, float]]:
    """Pairs of these positions, each used once, the most alike first."""
    heard = [(j, right[j], sounds(right[j])) for j in theirs]
    found = []
    for i in ours:
        word, sound = left[i], sounds(left[i])
        for j, other, other_sound in heard:
            if JaroWinkler.similarity(sound, other_sound) < _UNLIKE:
                continue
            score = alike(word, other)
            if score >= NEAR:
                found.append((-score, abs(i - j), i, j))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    found.sort()
    for score, _, i, j in found:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            yield i, j, -score
