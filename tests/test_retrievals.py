"""Where and when documents came from: once for each place, for ever, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.base.errors import CaseError
from rashomon.base.rows import Document, Retrieval, Skip, row_id
from rashomon.base.seen import Seen, key_of
from rashomon.collect.retrievals import Retrievals, load

A, B, C = (row_id(Document, letter) for letter in "abc")


def record(path: Path, *places: tuple[str, str]) -> None:
    with Retrievals(path) as journal:
        for document, uri in places:
            journal.record(document, uri, uri, at="2031-03-14T10:00:00+00:00", media_type="")


def rows(path: Path) -> list[tuple[str, str, str | None]]:
    return [
        (row.document, row.uri, row.earlier) for row in load(path) if isinstance(row, Retrieval)
    ]


def test_the_same_bytes_from_two_places_are_two_lines_written_once(tmp_path: Path) -> None:
    path = tmp_path / "retrievals.jsonl"
    for _ in range(2):
        record(path, (A, "a.txt"), (A, "b.txt"), (A, "a.txt"))
    assert rows(path) == [(A, "a.txt", None), (A, "b.txt", None)]


def test_a_new_version_names_the_one_before_it_across_runs(tmp_path: Path) -> None:
    path = tmp_path / "retrievals.jsonl"
    for document in (A, B, C):
        record(path, (document, "https://quay.example/7"))
    assert [earlier for _, _, earlier in rows(path)] == [None, A, B]


def test_a_line_of_a_file_is_no_place_that_has_versions(tmp_path: Path) -> None:
    path = tmp_path / "retrievals.jsonl"
    record(path, (A, "reports.jsonl#L3"), (B, "reports.jsonl#L3"))
    assert [earlier for _, _, earlier in rows(path)] == [None, None]


def test_a_line_cut_short_is_a_skip_and_the_rest_counts(tmp_path: Path) -> None:
    path = tmp_path / "retrievals.jsonl"
    record(path, (A, "a.txt"), (B, "b.txt"))
    path.write_bytes(path.read_bytes()[:-10])
    record(path, (B, "b.txt"), (C, "c.txt"))
    assert [document for document, _, _ in rows(path)] == [A, B, C]
    (damaged,) = (row for row in load(path) if isinstance(row, Skip))
    assert (damaged.stage, damaged.about) == ("retrievals", "line 2")


@pytest.mark.parametrize("line", ["[]", "7", "{}", '{"document": 1}', "\xff"])
def test_a_line_that_is_none_is_a_skip(tmp_path: Path, line: str) -> None:
    path = tmp_path / "retrievals.jsonl"
    path.write_bytes(line.encode("latin-1") + b"\n")
    (row,) = load(path)
    assert isinstance(row, Skip)
    record(path, (A, "a.txt"))
    assert len(rows(path)) == 1


def test_lines_are_with_the_system_once_flushed(tmp_path: Path) -> None:
    path = tmp_path / "retrievals.jsonl"
    with Retrievals(path) as journal:
        journal.record(A, "a.txt", "a.txt", at="", media_type="")
        journal.flush()
        assert len(rows(path)) == 1


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        Retrievals(tmp_path / "nowhere" / "retrievals.jsonl")


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=30))
def test_what_was_seen_is_as_a_set_and_a_map(keys: list[int]) -> None:
    known: set[int] = set()
    with Seen() as seen:
        for key in keys:
            assert seen.has(key) == (key in known)
            assert seen.add(key) == (key not in known)
            known.add(key)
            assert seen.get(key) is None
        for number, key in enumerate(keys):
            seen.put(key, number)
            assert seen.get(key) == number


def test_keys_tell_parts_apart() -> None:
    assert key_of("a", "b") != key_of("ab") != key_of("b", "a")
    assert key_of("\udcff") != key_of("\udcfe")
