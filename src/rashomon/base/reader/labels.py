"""What the small reader tells apart: the labels of its heads, in the order of their numbers."""

from __future__ import annotations

ACTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
KINDS = ("person", "organisation", "armed_group", "state", "people", "place")
MODALITIES = (
    "happened", "ongoing", "planned", "demanded", "threatened", "supposed", "expected",
)  # fmt: skip

CUE = ("O", "B", "I")
STANCE = ("neutral", "doubting", "endorsing")
ATTITUDE = ("speech", "attitude")
SAID = ("O", "B-source", "I-source", "B-content", "I-content")
"""What a word is to a cue."""
PREDICATE = ("O", "predicate")
ACT = ("-", *ACTS)
"""The PLOVER type of a predicate, or none."""
POLARITY = ("affirmed", "denied")
TOLD = ("O", "B-actor", "I-actor", "B-recipient", "I-recipient")
"""What a word is to a predicate."""
NAME = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))

HEADS: dict[str, tuple[str, ...]] = {
    "cue": CUE,
    "stance": STANCE,
    "attitude": ATTITUDE,
    "predicate": PREDICATE,
    "act": ACT,
    "polarity": POLARITY,
    "modality": MODALITIES,
    "name": NAME,
}
"""Heads that label each word by itself."""
PAIRS: dict[str, tuple[str, ...]] = {"said": SAID, "told": TOLD}
"""Heads that label each word as seen from a cue or a predicate."""
