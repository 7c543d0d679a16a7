"""The tables of words and sentences beside this file."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter

_HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a table, by column."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def words(use: str) -> tuple[str, ...]:
    return tuple(
        w for row in rows("words.tsv") if row["use"] == use for w in row["words"].split("|")
    )


@cache
def _forms() -> Mapping[tuple[str, str], Sequence[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows("sentences.tsv"):
        found.setdefault((row["kind"], row["role"]), []).append(row["form"])
    return found


def forms(kind: str, role: str) -> Sequence[str]:
    """The sentences of a kind of event in a role; none where there is none."""
    return _forms().get((kind, role), ())


@cache
def slots(form: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(form) if name)
