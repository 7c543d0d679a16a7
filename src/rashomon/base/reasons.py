"""A score that says why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`score` (0 to 1), `because` (words for a reader), and the two sides that were compared."""

    score: float
    because: str
    left: str = ""
    right: str = ""


def join(*reasons: str) -> str:
    """Several reasons as one line, empty ones and repetitions left out."""
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))
