"""What a person can decide: each verb with what it is about and the value that it needs."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import get_args

from rashomon.base.errors import QueryError
from rashomon.base.rows import DisputeState, MentionKind, Precision, When

UNDO = "undo"
ACTORS = ("actors", "mentions")
KINDS = tuple(k for k in get_args(MentionKind) if k not in ("place", "time", "number"))
STATES = tuple(state.replace("_", "-") for state in get_args(DisputeState))
_DAY = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Verb:
    """`tables` are those whose rows it is about; `least` and `most` how many targets it takes.
    `value` gives the value in its one form, ValueError with what to write if it is none."""

    tables: tuple[str, ...]
    least: int = 1
    most: int | None = 1
    value: Callable[[str], str] | None = None


def when(value: str) -> When:
    """The days that a date covers: a year, a month, a day, or two of them with "/" between.

    ValueError if it is none of the calendar.
    """
    first, _, last = value.strip().partition("/")
    (start, _, precision), (_, end, other) = _days(first), _days(last or first)
    if end < start:
        raise ValueError(value)
    precision = precision if precision == other or not last else "vague"
    return When(start.isoformat(), end.isoformat(), precision, "judged", "")


def _days(value: str) -> tuple[date, date, Precision]:
    found = _DAY.fullmatch(value)
    if found is None:
        raise ValueError(value)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return date(year, month, day), date(year, month, day), "day"
    if found[2]:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    return date(year, 1, 1), date(year, 12, 31), "year"


def _date(value: str) -> str:
    try:
        when(value)
    except ValueError:
        raise ValueError("a date is written 2020, 2020-02, 2020-02-10 or 2020-02/2020-04") from None
    return value.strip()


def _words(value: str) -> str:
    if not value.strip():
        raise ValueError("say the name, in words")
    return " ".join(value.split())


def _one_of(options: Sequence[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        plain = value.strip().lower()
        for option in options:
            if plain.replace("_", "-") == option.replace("_", "-"):
                return option
        raise ValueError(f"it is one of: {', '.join(options)}")

    return check


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "same": Verb(ACTORS, 2, None),
        "different": Verb(ACTORS, 2, 2),
        "name": Verb(ACTORS, value=_words),
        "type": Verb(ACTORS, value=_one_of(KINDS)),
        "wrong": Verb(
            ("mentions", "quotes", "statements", "links", "actors", "places", "echoes", "events",
             "accounts")
        ),
        "reference-date": Verb(("articles",), value=_date),
        "outlet": Verb(("articles",), value=_words),
        "dispute": Verb(("disputes",), value=_one_of(STATES)),
        UNDO: Verb(("judgements",), 1, None),
    }
)  # fmt: skip


def checked(verb: str, targets: Sequence[str], value: str) -> str:
    """The value in its one form; QueryError where the verb, the number of its targets or the value
    cannot be."""
    found = VERBS.get(verb)
    if found is None:
        raise QueryError(f"there is no verb {verb!r}; there are: {', '.join(VERBS)}")
    if len(targets) < found.least or (found.most is not None and len(targets) > found.most):
        many = f"{found.least} targets" if found.least > 1 else "one target"
        more = " or more" if found.most is None else ""
        raise QueryError(f"“{verb}” takes {many}{more}, not {len(targets)}")
    if found.value is None:
        if value:
            raise QueryError(f"“{verb}” takes no value, but got “{value}”")
        return ""
    try:
        return found.value(value)
    except ValueError as error:
        raise QueryError(f"“{value}” is no value for “{verb}”: {error}") from None
