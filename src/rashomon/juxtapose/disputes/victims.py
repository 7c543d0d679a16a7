"""Whom: what those who were killed or arrested are said to have been, all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import mapping
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_WHOM = """
SELECT t.* EXCLUDE (time, numbers),
    substring(d.text, se.start + 1, se."end" - se.start) AS told
FROM dispute_told t JOIN sentences se ON se.id = t.sentence JOIN documents d ON d.id = t.document
WHERE t.polarity = 'affirmed' AND t.modality = 'happened' AND se.zone <> 'title'
    AND regexp_matches(substring(d.text, se.start + 1, se."end" - se.start),
        '\\b(those|the (people|men|dead|victims|slain|detained|detainees))\\b.* were ', 'i')
ORDER BY t.event, t.sentence, t.id
"""
_Told = list[tuple[str, Mapping[str, Any]]]
_KILLED = r"(?:killed|slain|who died|who were killed)"
_HELD = r"(?:arrested|detained|who were arrested|who were detained)"
_ALL = {
    "those killed": rf"(?:(?:those|the people|the men) {_KILLED}|the dead|the victims|the slain)",
    "those arrested": rf"(?:(?:those|the people|the men) {_HELD}|the detained|the detainees)",
}
_WERE = (
    r"\b(?<!of )(?<!among ){}\b[^,;:.]{{0,60}}? were (?:all )?([a-z-]+(?: [a-z-]+)?)"
    r"(?=[,;:.!?”\"]|$)"
)
_FORMS = {about: re.compile(_WERE.format(who), re.IGNORECASE) for about, who in _ALL.items()}


def whom(told: str) -> tuple[str, str]:
    """Who is spoken of, and what all of them were, in the words of a sentence; else ("", "")."""
    for about, form in _FORMS.items():
        found = form.search(told)
        if found and kind(found.group(1)):
            return about, found.group(1)
    return "", ""


def kind(words: str) -> str:
    """The class of data/whom_words.tsv that the last of some words has; else ""."""
    classes, last = mapping("whom_words", "word", "class"), words.lower().split()[-1]
    return classes.get(last) or classes.get(last.removesuffix("s"), "")


def victims(store: Store) -> Iterator[tuple[str, str, list[Side]]]:
    """Each event whose dead or arrested are told to be all of one kind, and all of another: (event,
    of whom, the sides). What else they were ("locals", "Christians") may hold together.
    """
    for event, rows in groupby(ask(store, _WHOM), lambda row: str(row["event"])):
        found: dict[str, dict[str, _Told]] = {}
        for row in rows:
            about, words = whom(row["told"])
            if about:
                found.setdefault(about, {}).setdefault(kind(words), []).append((words, row))
        for about, by_kind in sorted(found.items()):
            sides = _apart(by_kind)
            if len(sides) > 1:
                yield event, about, [_side(told) for told in sides]


def _apart(by_kind: Mapping[str, _Told]) -> list[_Told]:
    """Who was armed is no civilian, whatever else he was; a civilian may be of any other kind."""
    if "unarmed" not in by_kind:
        return [told for _, told in sorted(by_kind.items())]
    others = [told for kind, told in sorted(by_kind.items()) if kind != "armed"]
    armed = by_kind.get("armed", [])
    return [armed, [each for told in others for each in told]] if armed else []


def _side(told: _Told) -> Side:
    words = sorted({words for words, _ in told})
    tellings = dict.fromkeys(Telling.of(row) for _, row in told)
    return Side(" or ".join(words), tuple(tellings))
