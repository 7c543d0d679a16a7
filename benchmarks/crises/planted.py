"""From what was written to what is true of it: disputes that can be read, and look-alikes."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from crises.plan import Plan
from crises.truth import Event, Harmless, Planted, Telling

_QUESTIONS = {
    "happened": "happened", "time": "time", "place": "place", "actor": "actor",
    "reason": "reason", "recipient": "recipient",
}  # fmt: skip
_ON_TIME = ("refinement",)
_ON_HAPPENED = ("namesake",)


def record_planted(event: Event, plan: Plan) -> None:
    """Add the dispute, if two origins can be read to differ, and the look-alikes."""
    if plan.key:
        _dispute(event, plan.key)
    counted = plan.kind.counts[0][0] if plan.kind.counts else "happened"
    for shape in sorted({telling.mark for telling in event.tellings if telling.mark}):
        question = _question(shape)
        key = {"time": "time", "happened": "happened"}.get(question, counted)
        left = tuple(t for t in event.tellings if t.mark == shape)
        right = tuple(t for t in event.tellings if key in t.says and not t.mark)
        if left and right:
            event.harmless.append(Harmless(shape, question, left, right))
    _categories(event, [slot for slot, *_ in plan.kind.counts])


def _question(shape: str) -> str:
    if shape in _ON_TIME:
        return "time"
    return "happened" if shape in _ON_HAPPENED else "number"


def _dispute(event: Event, key: str) -> None:
    by_value: defaultdict[str, set[str]] = defaultdict(set)
    for telling in event.tellings:
        if key in telling.says:
            by_value[telling.says[key]].add(telling.origin)
    if len(by_value) > 1:
        question = _QUESTIONS.get(key, "number")
        event.planted.append(Planted(question, key, tuple(sorted(by_value))))


def _categories(event: Event, slots: list[str]) -> None:
    """Counts of different things: those killed and those wounded."""
    told: dict[str, tuple[Telling, ...]] = {
        slot: tuple(
            t for t in event.tellings if slot in t.says and len(t.says.keys() & set(slots)) == 1
        )
        for slot in slots
    }
    found = [slot for slot in slots if told[slot]]
    for one, other in pairwise(found):
        event.harmless.append(Harmless("category", "number", told[one], told[other]))


def record_twin(event: Event, other: Event, plan: Plan) -> None:
    """Two events that are much alike: neither their counts nor their days may be set apart."""
    shape = "list" if "list" in plan.shapes else "other"
    left, right = tuple(event.tellings), tuple(other.tellings)
    event.harmless.append(Harmless(shape, "", left, right))
