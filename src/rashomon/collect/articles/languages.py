"""Which language a text is in. English is known by its small words, whatever names fill it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rashomon.base.lexicon import mapping, words

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_BEYOND = re.compile(r"[\u0370-\u1dff\u2c00-\u2dff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
SAMPLE = 2_000
READ = "as detected"
_ENOUGH = re.compile(r"(?:[\W\d_]*+[^\W\d_]){60}")
_ENGLISH_SHARE = 0.09
_FAR_LIKELIER = 60.0
"""Nats of log-likelihood over English. A sentence of 90 characters in French, German, Dutch or
Spanish has 160 to 210; English ones made of foreign names have up to 50."""


def language_of(text: str) -> str | None:
    """The ISO 639 code of a text's language, by its first few thousand characters.

    None where there are too few letters to tell.
    """
    sample = text[:SAMPLE]
    if is_other_script(sample):
        return _classify(sample)
    if not _ENOUGH.match(sample):
        return None
    return "en" if _looks_english(sample) else _classify(sample)


def settled(text: str, stated: str) -> tuple[str, str]:
    """The language of a page whose markup states one, and how it is known: many a page is said to
    be in the language that its template came in, so its words are believed where they are sure."""
    sample = text[:SAMPLE]
    given = (stated, "as given")
    if not _ENOUGH.match(sample):
        return given
    reads_english = _looks_english(sample) and not is_other_script(sample)
    if reads_english == is_english(stated):
        return given
    told = language_of(sample)
    return given if told is None or is_english(told) != reads_english else (told, READ)


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin (Arabic, Cyrillic, ...), and there are a few."""
    if text.isascii() or not _BEYOND.search(text):
        return False
    letters = len(_LETTER.findall(text))
    return letters >= 10 and len(_LATIN.findall(text)) < 0.5 * letters


def is_english(code: str) -> bool:
    """Whether a language that was given beside the text means English: "en-GB", "eng"."""
    return code.strip().lower().replace("_", "-").split("-")[0] in ("en", "eng", "english", "")


def language_name(code: str) -> str:
    """The English name of a language; the code itself if it is not known."""
    names: Mapping[str, str] = mapping("languages", "code", "name")
    return names.get(code.lower().split("-")[0], code)


def _looks_english(sample: str) -> bool:
    tokens = sample.lower().split()
    small = words("english_words")
    found = sum(map(small.__contains__, tokens))
    return found >= _ENGLISH_SHARE * max(1, len(tokens))


def _classify(sample: str) -> str:
    """The likeliest language. Latin letters are English unless another is far likelier."""
    import py3langid

    ranked = dict(py3langid.rank(sample))
    best = max(ranked, key=lambda code: float(ranked[code]))
    if is_other_script(sample) or ranked[best] - ranked["en"] >= _FAR_LIKELIER:
        return str(best)
    return "en"
