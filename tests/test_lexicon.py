"""Word lists: each says where it comes from, and its rows fit its columns."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from rashomon.base import lexicon
from rashomon.base.errors import SetupError

LISTS = sorted(Path(str(files("rashomon").joinpath("data"))).glob("*.tsv"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_word_list_states_source_and_licence_and_has_no_ragged_rows(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    stated = " ".join(line for line in lines if line.startswith("#")).lower()
    assert "source" in stated
    assert "licen" in stated
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(rows) > 1
    columns = len(rows[0].split("\t"))
    assert [row for row in rows if len(row.split("\t")) > columns] == []


def test_a_table_is_read_once_and_cannot_be_changed() -> None:
    first = lexicon.table("states")
    assert first is lexicon.table("states")
    with pytest.raises(TypeError):
        first[0]["names"] = "changed"  # type: ignore[index]


def test_a_missing_list_says_what_to_do() -> None:
    with pytest.raises(SetupError, match="install Rashomon again"):
        lexicon.table("no_such_list")
