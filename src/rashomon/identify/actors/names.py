"""Names: their words, their sounds, and how alike two spellings are.

The comparator is the one that did best on the sanctions list in our measurements: the consonant
skeleton of each word, Jaro-Winkler over the letters, and an alignment of words one to one
(Jaro 1989, Winkler 1990). It sees spelling only: who is meant is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from rashomon.base.lexicon import mapping, table
from rashomon.base.reasons import Reason

SAME = 0.9
PERHAPS = 0.8
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ]")
_POSSESSIVE = re.compile(r"['’]s(?!\w)|['’]$")
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"abd(?:[aeou]l)?|abu|abou|umm?")
_SERVANT = re.compile(r"abd[aeou]l?(?=.{3})")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LONGER = 0.85
_OTHER_ENDING = 0.82
_OTHER_CONSONANT = 0.78
_WEAKEST = 0.87
_FEW = 3
_CONSONANTS = re.compile(r"[^aeiou]")
_VOWELS = frozenset({"aa", "ee", "ii", "oo", "uu", "ae", "ea", "ei", "ie", "eu", "ue", "ou", "uo"})
_FIRST_PARTS = frozenset({"abd", "abu", "umm"})
_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?")


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


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and full stops between initials."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.strip()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", plain)
    return _APOSTROPHES.sub("", plain).lower()


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
    """A person's name as it stands in a text, taken apart."""
    parts = _parts(text)
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
    return re.sub(r"(.)\1+", r"\1", spelt)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word in order, "a" for an opening vowel: "hussein" as "hsn"."""
    spelt = sounds(word)
    bones = re.sub(r"[aeiou]", "", spelt)
    bones = bones[:-1] if len(bones) > 2 and bones.endswith("h") else bones
    return ("a" if spelt[:1] in "aeiou" else "") + re.sub(r"(.)\1+", r"\1", bones)


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
    if _NUMBER.fullmatch(left) or _NUMBER.fullmatch(right):
        return float(left.rstrip("sthndr") == right.rstrip("sthndr"))
    if min(len(left), len(right)) == 1:
        return 0.85 if left[:1] == right[:1] else 0.0
    if left[:3] == right[:3] and left[:3] in _FIRST_PARTS and min(len(left), len(right)) > 5:
        left, right = left[3:], right[3:]
    letters = JaroWinkler.similarity(sounds(left), sounds(right))
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


def align(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, float]]:
    """The words of two names paired one to one, best pairs first: (left, right, how alike)."""
    pairs = sorted(
        ((alike(a, b), -abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3]),
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    aligned = []
    for score, _, i, j in pairs:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            aligned.append((i, j, score))
    return sorted(aligned)


def compare(left: Name, right: Name) -> Reason:
    """How alike two whole names are. From `SAME` up they are spellings of one name; a name that
    holds the other ("Ali Rustani", "Ali Hussein al-Rustani") stays between `PERHAPS` and `SAME`.
    """
    if not left.words or not right.words:
        return Reason(0.0, "no words", left.text, right.text)
    if left.words == right.words:
        return Reason(1.0, "the same name", left.text, right.text)
    pairs = align(left.words, right.words)
    weakest = min(score for _, _, score in pairs)
    score = _weighted(left.words, right.words, pairs)
    if weakest < _WEAKEST:
        score = min(score, weakest)
    if any(1 in (len(left.words[i]), len(right.words[j])) and n < 1.0 for i, j, n in pairs):
        score = min(score, SAME - 0.02)
    if any(i != j for i, j, _ in pairs) and len(left.words) == len(right.words):
        score = min(score, weakest - 0.06)
    if len(left.words) != len(right.words):
        score = _part(left.words, right.words, pairs)
    score = max(0.0, score)
    return Reason(round(score, 3), _spelling(left.words, right.words, pairs), left.text, right.text)


def _weighted(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[tuple[int, int, float]]
) -> float:
    weights = [len(left[i]) + len(right[j]) for i, j, _ in pairs]
    found = sum(w * score for w, (_, _, score) in zip(weights, pairs, strict=True))
    return found / sum(weights)


def _part(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[tuple[int, int, float]]
) -> float:
    """The score of a name that may be part of a longer one: below `SAME` at best."""
    surname = (len(left) - 1, len(right) - 1)
    ends_meet = any((i, j) == surname for i, j, _ in pairs)
    weakest = min(score for _, _, score in pairs)
    whole = ends_meet and weakest >= _WEAKEST
    return min(SAME - 0.02, weakest) if whole else min(PERHAPS - 0.02, weakest * 0.9)


def _spelling(
    left: Sequence[str], right: Sequence[str], pairs: Sequence[tuple[int, int, float]]
) -> str:
    """The words that differ, for a reader: "spelling: kadhimi ~ kazemi"."""
    different = [f"{left[i]} ~ {right[j]}" for i, j, _ in pairs if left[i] != right[j]]
    return "spelling: " + ", ".join(different) if different else "part of a longer name"
