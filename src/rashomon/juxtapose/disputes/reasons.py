"""Why: the reasons given for one act, where they have no word in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import words
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_WHY = """
SELECT t.* EXCLUDE (time, numbers), s.predicate.start - se.start AS predicate,
    substring(d.text, se.start + 1, se."end" - se.start) AS told
FROM dispute_told t JOIN statements s ON s.id = t.id JOIN sentences se ON se.id = t.sentence
JOIN documents d ON d.id = t.document
WHERE t.polarity = 'affirmed' AND t.modality = 'happened' AND se.zone <> 'title'
    AND regexp_matches(substring(d.text, se.start + 1, se."end" - se.start),
        '\\b(because|caused by|had caused|due to|the reason for)\\b', 'i')
ORDER BY t.event, t.sentence, t.id
"""
_BEHIND = re.compile(
    r"\b(?:because(?: of)?|was caused by|were caused by|was due to|were due to)\b", re.I
)
_REASON = re.compile(r"\bthe reason for .{3,80}? (?:was|is)(?: that)?\b", re.I)
_BEFORE = re.compile(r"\bhad caused (?:the|an?)\b", re.I)
_ENDS = re.compile(r"[,;:.!?”\"]")
_OPENS = re.compile(r"\bthat |[,;:“\"] ?")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def reason(told: str) -> str:
    """The reason that a sentence gives, in its words; "" where it gives none."""
    found = _REASON.search(told) or _BEHIND.search(told)
    if found:
        return _ENDS.split(told[found.end() :])[0].strip()
    found = _BEFORE.search(told)
    return _OPENS.split(told[: found.start()])[-1].strip() if found else ""


def reasons(store: Store) -> Iterator[tuple[str, list[Side]]]:
    """Each event of which reasons are given that share no word: (event, the sides)."""
    for event, rows in groupby(ask(store, _WHY), lambda row: str(row["event"])):
        cores: list[tuple[str, set[str], list[Mapping[str, Any]]]] = []
        for _, same in groupby(rows, lambda row: row["sentence"]):
            row = next(iter(same))
            words_of = reason(row["told"])
            said = _content(words_of)
            if said:
                fits = [core for core in cores if core[1] & said]
                if len(fits) == 1:
                    fits[0][2].append(row)
                elif not fits:
                    cores.append((words_of, said, [row]))
        if len(cores) > 1:
            yield event, [_side(value, rows_of) for value, _, rows_of in cores]


def _content(reason_words: str) -> set[str]:
    said = {word.lower() for word in _WORD.findall(reason_words)}
    return said - words("function_words")


def _side(value: str, rows: Sequence[Mapping[str, Any]]) -> Side:
    return Side(value, tuple(Telling.of(row) for row in rows))
