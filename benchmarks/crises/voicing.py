"""Who says a clause: attribution in the many forms of the press."""

from __future__ import annotations

from datetime import date
from random import Random

from crises.tables import words
from crises.values import opened, weekday
from crises.world import Voice


def own(clause: str) -> str:
    return f"{opened(clause)}."


def attributed(clause: str, voice: Voice, chance: Random, *, first: bool, day: date) -> str:
    """A sentence in which a voice says the clause; `first`: it is not named before."""
    name = voice.full if first else chance.choice([voice.later, voice.later, voice.pronoun])
    alone = name == voice.pronoun
    said = chance.choice(words("said"))
    told = f"{said} on {weekday(day)}" if chance.random() < 0.25 else said
    if first and "," in name:
        return opened(
            chance.choice([f"{clause}, said {name}.", f"“{opened(clause)},” said {name}."])
        )
    found = [
        f"{clause}, {name} {said}.",
        f"{name} {told} that {clause}.",
        f"“{opened(clause)},” {name} said.",
    ]
    if not alone:
        found += [
            f"{name} said {clause}.",
            f"according to {name}, {clause}.",
            f"{clause}, according to {name}.",
            f"“{opened(clause)},” said {name}.",
        ]
    return opened(chance.choice(found))


def passed_on(clause: str, voice: Voice | None, outlet: str, chance: Random, *, day: date) -> str:
    """A sentence that takes the clause from another outlet, and from the voice that it quotes."""
    if voice is None:
        found = [
            f"{clause}, {outlet} reported.",
            f"{outlet} reported on {weekday(day)} that {clause}.",
            f"{outlet} reports that {clause}.",
            f"according to {outlet}, {clause}.",
        ]
    else:
        name = voice.full.replace(", a spokesman for", " of").split(",")[0]
        found = [
            f"{name} told {outlet} that {clause}.",
            f"{outlet} quoted {name} as saying that {clause}.",
            f"{clause}, {outlet} reported, citing {name}.",
            f"{outlet} reported, citing {name}, that {clause}.",
        ]
    return opened(chance.choice(found))
