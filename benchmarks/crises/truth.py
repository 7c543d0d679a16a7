"""What is known of an invented crisis: who tells which event, where, and what is planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED_SHAPES = ("update", "refinement", "scope", "same_voice", "headline", "author")
"""Shapes that Rashomon names apart from disputes; the others it should not report at all."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of an event: half-open offsets into the article's text.

    `says` is its answer to each question that it answers ("killed": "27", "time": "2031-03-12").
    `mark` is "" or the harmless shape that it was planted for.
    """

    article: str
    start: int
    end: int
    origin: str
    says: Mapping[str, str]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A dispute: `key` is what `Telling.says` holds the answers under, `question` its kind."""

    question: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harmless:
    """What only looks like a dispute: two groups of tellings that no dispute may set apart."""

    shape: str
    question: str
    left: tuple[Telling, ...]
    right: tuple[Telling, ...]


@dataclass(slots=True)
class Event:
    id: str
    kind: str
    label: str
    tellings: list[Telling] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    harmless: list[Harmless] = field(default_factory=list)

    @property
    def origins(self) -> int:
        """How many independent origins tell of it."""
        return len({telling.origin for telling in self.tellings})


@dataclass(frozen=True, slots=True)
class Crisis:
    """`records` are JSON-lines records: id, title, outlet, published, text."""

    records: tuple[Mapping[str, str], ...]
    events: tuple[Event, ...]
