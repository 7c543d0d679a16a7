"""Word lists and gazetteers under `data/`, loaded once into frozen objects.

A list is a tab-separated table: lines that begin with `#` state its source and licence, the first
other line names the columns. An empty cell is "".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rashomon.base.errors import SetupError


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/<name>.tsv`, each a read-only mapping from column to cell."""
    path = files("rashomon").joinpath("data", f"{name}.tsv")
    if not path.is_file():
        raise SetupError(f"the word list {name!r} is missing: install Rashomon again")
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    columns = lines[0].split("\t")
    return tuple(
        MappingProxyType(dict(zip(columns, line.split("\t") + [""] * len(columns), strict=False)))
        for line in lines[1:]
    )


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a table as a set."""
    return frozenset(row[column] for row in table(name) if row[column])


@cache
def mapping(name: str, key: str, value: str) -> Mapping[str, str]:
    """Two columns of a table as a mapping; the first row of a key counts."""
    found: dict[str, str] = {}
    for row in table(name):
        found.setdefault(row[key], row[value])
    return MappingProxyType(found)
