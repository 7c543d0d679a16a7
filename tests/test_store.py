"""The store: batches and the database are whole or absent; errors say what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from rashomon.base.errors import CaseError, QueryError
from rashomon.base.rows import Actor, Document, Given, Reading, Skip, skip
from rashomon.base.store import CaseFolder, Store, create, open_existing

DOCUMENT = Document("doc-1", "a.txt", "a.txt", "ab12", "text/plain", "utf-8", 3, "abc", Given())


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    return create(tmp_path / "case")


def test_a_batch_is_named_by_version_and_content(folder: CaseFolder) -> None:
    reading = Reading(documents=(DOCUMENT,))
    first = folder.keep_reading(reading, "v1")
    assert first == folder.keep_reading(reading, "v1")
    assert folder.batches() == [first]
    assert list(folder.known(folder.batches("v1"))) == ["doc-1"]
    assert folder.batches("v2") == []
    assert folder.keep_reading(Reading(), "v1") is None


def test_half_written_work_is_swept_away(folder: CaseFolder) -> None:
    (folder.readings / ".v1-half").mkdir()
    (folder.path / ".building.duckdb").write_bytes(b"half")
    with folder.writing():
        assert [p.name for p in folder.path.iterdir() if "building" in p.name] == []
        assert list(folder.readings.iterdir()) == []


def test_stale_batches_give_their_rows_until_they_are_dropped(folder: CaseFolder) -> None:
    folder.keep_reading(Reading(documents=(DOCUMENT,), skips=(skip("gather", "b", "", "x"),)), "v1")
    assert [row.name for row in folder.stale(Document, "v2")] == ["a.txt"]
    assert [row.document for row in folder.stale(Skip, "v2")] == ["b"]
    folder.drop_stale("v2")
    assert folder.batches() == []


def test_the_database_appears_only_when_it_is_whole(folder: CaseFolder) -> None:
    with contextlib.suppress(RuntimeError), folder.building("one") as store:
        store.fill([Actor("act-1", "A", "person", (), ())])
        raise RuntimeError
    assert folder.stamp() is None
    with folder.building("two") as store:
        store.fill([Actor("act-1", "A", "person", (), ())])
    assert folder.stamp() == "two"
    with folder.store() as tables:
        assert [row.label for row in tables.rows(Actor)] == ["A"]


def test_a_second_writer_is_refused(folder: CaseFolder) -> None:
    with (
        folder.writing(),
        pytest.raises(CaseError, match="another process"),
        CaseFolder(folder.path).writing(),
    ):
        pass


def test_originals_are_kept_under_their_hash(folder: CaseFolder) -> None:
    folder.keep_original("ab12", b"bytes")
    folder.keep_original("ab12", b"bytes")
    assert folder.original("ab12") == b"bytes"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('name = "x"\nformat = 99\nversion = "9.0"\n', "made by Rashomon 9.0.*install a newer"),
        ("not toml at all", "cannot be read"),
        ('name = "x"\n', "format None"),
    ],
)
def test_a_case_that_cannot_be_used_says_why(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "case.toml").write_text(content)
    with pytest.raises(CaseError, match=message):
        open_existing(tmp_path)


def test_no_case_and_no_tables_yet_are_told_apart(tmp_path: Path, folder: CaseFolder) -> None:
    with pytest.raises(CaseError, match="there is no case"):
        open_existing(tmp_path / "nowhere")
    with pytest.raises(CaseError, match="holds no tables yet"):
        folder.store()


def test_a_folder_of_other_things_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(CaseError, match="other things"):
        create(tmp_path)


def test_an_unwritable_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CaseError, match="cannot be written"):
        create(tmp_path / "file" / "case")


def test_an_sql_error_carries_the_sql() -> None:
    with Store() as store, pytest.raises(QueryError, match="SELECT nonsense"):
        store.query("SELECT nonsense")


def test_a_damaged_database_says_how_to_rebuild_it(folder: CaseFolder) -> None:
    folder.database.write_bytes(b"no database at all" * 500)
    with pytest.raises(CaseError, match="delete it"):
        folder.store()
    assert folder.stamp() is None
