"""The words that English makes of a state's name for its people: "Sylvania", "Sylvanian(s)"."""

from __future__ import annotations

_VOWELS = "aeiouy"
_ENDINGS = ("n", "an", "ian", "ese", "ish", "er")


def peoples(state: str) -> frozenset[str]:
    """What may stand for the people of a state, its name and they in small letters. Without "i",
    which ends too many surnames."""
    stems = {state, state[:-1]} if state[-1:] in tuple(_VOWELS) else {state}
    made = {stem + end for stem in stems for end in _ENDINGS}
    return frozenset(made | {word + "s" for word in made})
