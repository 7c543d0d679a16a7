"""Rows: ids come from content, tables from classes, and Arrow gives every row back."""

from __future__ import annotations

import typing
from dataclasses import fields, is_dataclass
from types import UnionType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.base import rows
from rashomon.base.rows import TABLES, Mention, Row, row_id
from rashomon.base.store import arrow


def strategy(kind: type[Row]) -> st.SearchStrategy[Row]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{f.name: value(hints[f.name]) for f in fields(kind)})


def value(hint: object) -> st.SearchStrategy[object]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (UnionType, typing.Union):
        return st.one_of(*(st.none() if a is type(None) else value(a) for a in arguments))
    if typing.get_origin(hint) is typing.Literal:
        return st.sampled_from(arguments)
    if typing.get_origin(hint) is tuple:
        return st.lists(value(arguments[0]), max_size=3).map(tuple)
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        inner = typing.get_type_hints(hint)
        return st.builds(hint, **{name: value(of) for name, of in inner.items()})  # type: ignore[arg-type]
    scalars: dict[object, st.SearchStrategy[object]] = {
        str: st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        int: st.integers(0, 10**9),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
    }
    return scalars[hint]


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
def test_arrow_gives_every_row_back(table: str, data: st.DataObject) -> None:
    kind = TABLES[table]
    made = data.draw(st.lists(strategy(kind), max_size=4))
    assert list(arrow.rows(kind, arrow.table(kind, made))) == made


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_ids_are_equal_only_for_equal_parts(left: list[str], right: list[str]) -> None:
    if not any("\x1f" in part for part in left + right) and len(left) == len(right):
        assert (row_id(Mention, *left) == row_id(Mention, *right)) == (left == right)


def test_every_table_has_a_prefix_that_names_it() -> None:
    assert sorted(rows.TABLE_OF_PREFIX.values()) == sorted(TABLES)
    assert rows.TABLE_OF_PREFIX[row_id(Mention, "x")[:3]] == "mentions"


def test_readings_add_up_table_by_table() -> None:
    left = rows.Reading(skips=(rows.skip("gather", "a", "", "empty"),))
    right = rows.Reading(skips=(rows.skip("gather", "b", "", "empty"),))
    assert [row.document for row in (left + right).skips] == ["a", "b"]
