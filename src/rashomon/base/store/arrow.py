"""Arrow schemas derived from the row classes, and rows to Arrow and back, column by column."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union

import pyarrow as pa

from rashomon.base.rows import Row

R = TypeVar("R", bound=Row)
Convert = Callable[[Any], Any]
_SCALARS: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
}


def schema(kind: type[Row]) -> pa.Schema:
    """The Arrow schema of a row class: nested rows and spans are structs, tuples are lists."""
    hints = typing.get_type_hints(kind)
    return pa.schema([(f.name, _arrow_type(hints[f.name])) for f in fields(kind)])


def table(kind: type[Row], rows: Sequence[Row]) -> pa.Table:
    """Rows of one class as an Arrow table, with the class's schema also when there are none."""
    hints = typing.get_type_hints(kind)
    columns = []
    for f in fields(kind):
        convert = _to_plain(hints[f.name])
        values = [getattr(row, f.name) for row in rows]
        plain = values if convert is None else [convert(value) for value in values]
        columns.append(pa.array(plain, type=_arrow_type(hints[f.name])))
    return pa.Table.from_arrays(columns, schema=schema(kind))


def rows(kind: type[R], found: pa.Table | pa.RecordBatch) -> Iterator[R]:
    """Arrow columns back to rows of the class; columns that the class lacks are ignored."""
    hints = typing.get_type_hints(kind)
    columns = []
    for f in fields(kind):
        if f.name not in found.schema.names:  # written before the class had it
            columns.append([f.default] * found.num_rows)
            continue
        values = found.column(f.name).to_pylist()
        convert = _from_plain(hints[f.name])
        columns.append(values if convert is None else [convert(value) for value in values])
    for values in zip(*columns, strict=True):
        yield kind(*values)


def _optional(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return hint, False


def _element(hint: Any) -> Any:
    """The element type of `tuple[X, ...]`, else None."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return arguments[0]
    return None


def _nested(hint: Any) -> dict[str, Any] | None:
    """Field types of a nested row or a span, else None."""
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return typing.get_type_hints(hint)
    return None


def _arrow_type(hint: Any) -> pa.DataType:
    hint, _ = _optional(hint)
    if typing.get_origin(hint) is Literal:
        return pa.string()
    if (element := _element(hint)) is not None:
        return pa.list_(_arrow_type(element))
    if (nested := _nested(hint)) is not None:
        return pa.struct([(name, _arrow_type(inner)) for name, inner in nested.items()])
    return _SCALARS[hint]


@cache
def _to_plain(hint: Any) -> Convert | None:
    """How a value becomes what Arrow takes; None where it already is."""
    hint, _ = _optional(hint)
    if (element := _element(hint)) is not None:
        inner = _to_plain(element)
        return None if inner is None else lambda values: [inner(value) for value in values]
    if (nested := _nested(hint)) is None:
        return None
    parts = [(name, _to_plain(inner)) for name, inner in nested.items()]

    def convert(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        return {
            name: part(getattr(value, name)) if part else getattr(value, name)
            for name, part in parts
        }

    return convert


@cache
def _from_plain(hint: Any) -> Convert | None:
    hint, _ = _optional(hint)
    if (element := _element(hint)) is not None:
        inner = _from_plain(element)
        return tuple if inner is None else lambda values: tuple(inner(value) for value in values)
    if (nested := _nested(hint)) is None:
        return None
    parts = [(name, _from_plain(inner)) for name, inner in nested.items()]

    def convert(value: Any) -> Any:
        if value is None:
            return None
        return hint(*(part(value[name]) if part else value[name] for name, part in parts))

    return convert
