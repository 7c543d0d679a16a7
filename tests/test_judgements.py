"""The journal of judgements: appended, never changed, read back whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.base.errors import CaseError
from rashomon.base.rows import Judgement, Skip
from rashomon.identify.judgements import load, record

AT = "2031-04-01T10:00:00Z"


def judgements(path: Path) -> list[Judgement]:
    return [row for row in load(path) if isinstance(row, Judgement)]


def skips(path: Path) -> list[Skip]:
    return [row for row in load(path) if isinstance(row, Skip)]


def test_what_is_recorded_is_read_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    first = record(path, "same", ["Verel", "act-1"], author="Ann", reason="one man", at=AT)
    second = record(path, "name", ["act-1"], value="Tomas “T.” Verel", at=AT)
    assert load(path) == [first, second]
    assert path.read_bytes().count(b"\n") == 2


def test_nothing_recorded_is_nothing() -> None:
    assert load(Path("there", "is", "no", "such.jsonl")) == []


def test_an_undo_marks_the_line_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    first = record(path, "same", ["A", "B"], at=AT)
    undo = record(path, "undo", [first.id], at=AT)
    assert [(row.verb, row.undone) for row in judgements(path)] == [("same", True), ("undo", False)]
    record(path, "undo", [undo.id], at=AT)
    assert [row.undone for row in judgements(path)] == [False, True, False]


def test_an_undo_of_nothing_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    record(path, "undo", ["jud-0"], at=AT)
    assert ["no earlier judgement jud-0" in skip.reason for skip in skips(path)] == [True]


@pytest.mark.parametrize(
    "damage",
    [
        b'{"verb": "same", "targ',
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"verb": "same"}',
        b'{"verb": "same", "targets": [1]}',
        b'{"targets": ["A"]}',
    ],
)
def test_a_damaged_line_is_left_out_and_the_rest_counts(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "judgements.jsonl"
    first = record(path, "same", ["A", "B"], at=AT)
    with path.open("ab") as journal:
        journal.write(damage)
    assert judgements(path) == [first]
    assert [(skip.stage, skip.about) for skip in skips(path)] == [("judgements", "line 2")]
    after = record(path, "different", ["A", "C"], at=AT)
    assert judgements(path) == [first, after]


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        record(tmp_path / "no folder" / "judgements.jsonl", "same", ["A", "B"], at=AT)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


LINES = st.lists(st.tuples(TEXTS.filter(bool), st.lists(TEXTS, max_size=3), TEXTS), max_size=5)


@settings(deadline=None, max_examples=50)
@given(lines=LINES, cut=st.integers(min_value=0, max_value=40))
def test_a_write_cut_short_loses_only_that_line(
    lines: list[tuple[str, list[str], str]], cut: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "judgements.jsonl"
        made = [record(path, verb, targets, value=value, at=AT) for verb, targets, value in lines]
        whole = [row.id for row in judgements(path)]
        assert whole == list(dict.fromkeys(row.id for row in made))
        record(path, "same", ["X", "Y", "last"], at=AT)
        content = path.read_bytes()
        path.write_bytes(content[: len(content) - 1 - cut])
        kept = [row.id for row in judgements(path)]
        assert [number for number in kept if number in whole] == whole
        assert len(kept) - len(whole) == (1 if cut == 0 else 0)
