"""Which language a text is in. English is known by its small words, whatever names fill it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rashomon.base.lexicon import mapping, words

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-z'’]+")
_SAMPLE = 4_000
_ENOUGH = 60
_ENGLISH_SHARE = 0.09
_FAR_LIKELIER = 60.0
"""Nats of log-likelihood over English. A sentence of 90 characters in French, German, Dutch or
Spanish has 160 to 210; English ones made of foreign names have up to 50."""


def language_of(text: str) -> str | None:
    """The ISO 639 code of a text's language, by its first few thousand characters.

    None where there are too few letters to tell.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if is_other_script(sample):
        return _classify(sample)
    if letters < _ENOUGH:
        return None
    return "en" if _looks_english(sample) else _classify(sample)


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin (Arabic, Cyrillic, ...), and there are a few."""
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
    tokens = _WORD.findall(sample.lower())
    small = words("english_words")
    return sum(token in small for token in tokens) >= _ENGLISH_SHARE * max(1, len(tokens))


def _classify(sample: str) -> str:
    """The likeliest language. Latin letters are English unless another is far likelier."""
    import py3langid

    ranked = dict(py3langid.rank(sample))
    best = max(ranked, key=lambda code: float(ranked[code]))
    if is_other_script(sample) or ranked[best] - ranked["en"] >= _FAR_LIKELIER:
        return str(best)
    return "en"
