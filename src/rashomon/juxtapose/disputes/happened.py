"""Whether: an event that some tell as happened and others deny."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rashomon.base.lexicon import mapping
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_DENIED = """
WITH told AS (
    SELECT * FROM dispute_told WHERE modality = 'happened'
), candidate AS (
    SELECT event FROM told GROUP BY event
    HAVING bool_or(polarity = 'denied') AND bool_or(polarity = 'affirmed')
)
SELECT told.* EXCLUDE (time, numbers), len(told.numbers) > 0 AS counted
FROM told JOIN candidate USING (event) ORDER BY event, id
"""
_ENTAILS = {"attack": frozenset({"attack", "kill", "wound"})}
_TOWARDS_ONE = frozenset({"kill", "wound", "arrest", "abduct"})
_FAMILIES = _TOWARDS_ONE | {"attack", "meet", "protest", "deploy", "vote"}
_OF_ALL = frozenset({"arrest"})
_NOBODY = frozenset({"none", "nobody", "no one", "nothing"})


def denials(store: Store) -> Iterator[tuple[str, str, Side, Side]]:
    """Each event with a denial of what others tell: (event, what is denied, yes, no)."""
    for event, rows in groupby(ask(store, _DENIED), lambda r: r["event"]):
        listed = list(rows)
        families = sorted({_family(r) for r in listed if r["polarity"] == "denied"})
        for family in families:
            if family not in _FAMILIES:
                continue
            no = [r for r in listed if _denies(r, family)]
            denied = frozenset(name for row in no for name in row["whom"] or ())
            torn = {row["sentence"] for row in no}
            yes = [r for r in listed if _affirms(r, family) and _alike(r, denied, family)]
            yes = [r for r in yes if r["sentence"] not in torn]
            if yes and no:
                yield event, family, _side("yes", yes), _side("no", no)


def _family(row: Mapping[str, Any]) -> str:
    return mapping("happenings", "word", "family").get(row["lemma"], row["lemma"])


def _denies(row: Mapping[str, Any], family: str) -> bool:
    """A denial with a number in it may deny the number only, and "none were hit" not the shot."""
    if row["polarity"] != "denied" or _family(row) != family or row["counted"]:
        return False
    if family in _OF_ALL:
        return True
    return _NOBODY.isdisjoint(name.split(" of ")[0] for name in row["whom"] or ())


def _affirms(row: Mapping[str, Any], family: str) -> bool:
    return row["polarity"] == "affirmed" and _family(row) in _ENTAILS.get(family, {family})


def _alike(row: Mapping[str, Any], denied: frozenset[str], family: str) -> bool:
    """That one man was not arrested does not deny that another was."""
    if family in _OF_ALL and denied <= _NOBODY | {"anyone", "anybody"}:
        return True
    return family not in _TOWARDS_ONE or not denied.isdisjoint(row["whom"] or ())


def _side(value: str, rows: Sequence[Mapping[str, Any]]) -> Side:
    return Side(value, tuple(Telling.of(row) for row in rows))
