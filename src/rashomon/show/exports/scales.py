"""What PLOVER says of an act beside its name: quad category, score, contexts.

Source: PLOVER manual, draft 2.0: "Numeric conflict/cooperation scores", "General contexts",
"Auxiliary modes".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rashomon.base.lexicon import table
from rashomon.show.exports import phrases
from rashomon.show.exports.phrases import Found

_WITH_MODE = frozenset({"cyber", "misinformation"})
_AUXILIARY = {
    "planned": "future",
    "expected": "future",
    "demanded": "hypothetical",
    "threatened": "hypothetical",
    "supposed": "hypothetical",
}


def quad(act: str) -> int | None:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return int(found) if (found := _scales().get((act, ""), ("", ""))[0]) else None


def score(act: str, mode: str | None) -> float | None:
    """From -10 (conflict) to 10 (cooperation); a mode without a score has its act's."""
    scales = _scales()
    found = scales.get((act, mode or "")) or scales.get((act, ""))
    return float(found[1]) if found else None


def contexts(sentence: str) -> list[Found[str]]:
    """The contexts that words of a sentence tell, by their words; offsets into the sentence."""
    listed = phrases.words(sentence)
    return list(phrases.find(sentence, listed, _contexts()))


def auxiliary(polarity: str, modality: str, act: str, mode: str | None) -> list[str]:
    """What the manual puts beside the contexts: that it is denied or not (yet) so, and what
    COERCE cyber and COERCE misinformation add by themselves."""
    found = ["negation"] if polarity == "denied" else []
    if modality in _AUXILIARY:
        found.append(_AUXILIARY[modality])
    if act == "COERCE" and mode in _WITH_MODE:
        found.append(mode)
    return found


@cache
def _scales() -> Mapping[tuple[str, str], tuple[str, str]]:
    return {
        (row["act"], row["mode"]): (row["quad"], row["score"]) for row in table("plover_scores")
    }


@cache
def _contexts() -> Mapping[str, str]:
    return {word: row["context"] for row in table("contexts") for word in row["words"].split(";")}
