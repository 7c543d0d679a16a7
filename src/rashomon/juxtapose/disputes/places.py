"""Where: the places given for what befell one person, or for one meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import Any

from rashomon.base.lexicon import mapping
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_ACTS = frozenset({"kill", "arrest", "abduct", "meet"})

_PLACES = """
WITH placed AS (
    SELECT t.* EXCLUDE (time, numbers), lower(m.text) AS place, m.text AS words
    FROM dispute_told t JOIN statements s ON s.id = t.id JOIN mentions m ON m.id = s.place
    WHERE t.polarity = 'affirmed' AND t.modality = 'happened' AND m.form = 'name'
        AND m.kind = 'place'
), candidate AS (
    SELECT event FROM placed GROUP BY event HAVING count(DISTINCT place) > 1
)
SELECT placed.* FROM placed JOIN candidate USING (event) ORDER BY event, place, id
"""
_TOGETHER = """
SELECT DISTINCT lower(l.text), lower(r.text)
FROM mentions l JOIN mentions r ON r.sentence = l.sentence AND r.start > l.start
WHERE lower(l.text) IN (SELECT unnest(?::VARCHAR[])) AND lower(r.text) IN
    (SELECT unnest(?::VARCHAR[])) AND lower(l.text) <> lower(r.text)
"""


def sites(store: Store) -> Iterator[tuple[str, list[Side]]]:
    """Each event given several places: (event, the sides).

    Places that one sentence names together may lie in one another, and are no two answers.
    """
    families = mapping("happenings", "word", "family")
    rows = [row for row in ask(store, _PLACES) if families.get(row["lemma"]) in _ACTS]
    names = sorted({row["place"] for row in rows})
    near = {frozenset(pair) for pair in store.query(_TOGETHER, names, names)} if names else set()
    for event, told in groupby(rows, lambda row: str(row["event"])):
        answers = {place: list(same) for place, same in groupby(told, lambda r: str(r["place"]))}
        apart = all(not _related(a, b, near) for a, b in combinations(answers, 2))
        if len(answers) > 1 and apart:
            yield event, [_side(same) for same in answers.values()]


def _related(left: str, right: str, near: set[frozenset[str]]) -> bool:
    return left in right or right in left or frozenset((left, right)) in near


def _side(rows: Sequence[Mapping[str, Any]]) -> Side:
    return Side(str(rows[0]["words"]), tuple(Telling.of(row) for row in rows))
