"""Gathering: what can be read is read as it stands; all else becomes a `Skip` with its reason."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from rashomon.base.rows import Skip
from rashomon.base.settings import Settings
from rashomon.collect.documents import Gathered, gather

CASES = Path(__file__).parent / "cases"
SETTINGS = Settings(max_bytes=100_000)


def cases(name: str) -> list[list[str]]:
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as table:
        return list(csv.reader(table))[1:]


def read(*sources: object) -> list[Gathered | Skip]:
    return list(gather([str(source) for source in sources], SETTINGS))


def texts(rows: list[Gathered | Skip]) -> list[str]:
    return [row.document.text for row in rows if isinstance(row, Gathered)]


def reasons(rows: list[Gathered | Skip]) -> list[str]:
    return [row.reason for row in rows if isinstance(row, Skip)]


@pytest.mark.parametrize(("content", "encoding", "name", "expected", "words"), cases("documents"))
def test_a_file_is_read_or_skipped_with_its_reason(
    tmp_path: Path, content: str, encoding: str, name: str, expected: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    (row,) = read(path)
    if expected == "read":
        assert isinstance(row, Gathered)
        assert row.document.text.startswith(words)
        assert row.original == path.read_bytes()
    else:
        assert isinstance(row, Skip)
        assert words in row.reason
        assert (row.stage, row.document) == ("gather", str(path))


@pytest.mark.parametrize(("line", "expected", "words"), cases("records"))
def test_a_json_line_is_read_or_skipped_with_its_reason(
    tmp_path: Path, line: str, expected: str, words: str
) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(f'{line}\n{{"text": "The next line."}}\n', encoding="utf-8")
    row, following = read(path)
    assert texts([following]) == ["The next line."]
    if expected == "read":
        assert texts([row]) == [words]
    else:
        assert words in reasons([row])[0]
        assert isinstance(row, Skip)
        assert row.document == f"{path}#L1"


def test_plain_text_keeps_its_line_ends_and_is_named_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.\r\nTwo.\n")
    (row,) = read(path)
    assert isinstance(row, Gathered)
    document = row.document
    assert document.text == "One.\r\nTwo.\n"
    assert (document.name, document.uri, document.media_type) == (str(path),) * 2 + ("text/plain",)
    assert document.sha256 == hashlib.sha256(row.original).hexdigest()
    assert document.characters == len(document.text)


def test_a_record_carries_what_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    line = '{"id": "r7", "text": "Closed.", "outlet": "Free Quay", "url": "https://q.example/7"}'
    path.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n\n" + b'{"text": "Open."}')
    first, second = read(path)
    assert isinstance(first, Gathered)
    assert isinstance(second, Gathered)
    assert first.original == line.encode()
    assert (first.document.name, first.document.uri) == ("r7", "https://q.example/7")
    assert first.document.given.outlet == "Free Quay"
    assert second.document.name == second.document.uri == f"{path}#L3"


def test_a_line_that_is_not_utf8_is_left_out_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\xff"}\n{"text": "Open."}\n')
    rows = read(path)
    assert texts(rows) == ["Open."]
    assert "not UTF-8" in reasons(rows)[0]


def test_a_few_broken_bytes_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("“Closed”, he said – ‘for now’.".encode() + b"\xff tail")
    rows = read(path)
    assert texts(rows)[0].endswith("\ufffd tail")
    assert "not UTF-8 in 1 places" in reasons(rows)[0]


@pytest.mark.parametrize("name", ["big.txt", "big.jsonl"])
def test_a_line_over_the_limit_is_passed_over_in_bounded_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open(path, "wb") as file:
        file.write(b'{"text": "')
        for _ in range(20):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "The next line."}\n')
    tracemalloc.start()
    rows = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000
    assert "larger than 100,000 bytes" in reasons(rows)[0]
    assert texts(rows) == ["The next line."]


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path) -> None:
    peaks = []
    for size in (2_000, 20_000):
        path = tmp_path / f"{size}.jsonl"
        path.write_text("".join(f'{{"text": "Report {n} of the day."}}\n' for n in range(size)))
        tracemalloc.start()
        assert sum(1 for _ in gather([str(path)], SETTINGS)) == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000


def test_a_large_text_file_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 30_000)
    assert "larger than 100,000 bytes" in reasons(read(path))[0]


def test_a_folder_is_walked_in_order_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c.txt", ".hidden", "case/case.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    rows = read(tmp_path)
    assert texts(rows) == ["a/z.txt", "b.txt", "c.txt"]
    assert [reason.split(":")[0] for reason in reasons(rows)] == [
        "hidden files are left out of a folder",
        "a case of Rashomon is no source",
        "there is no such file (any more)",
        "linked folders are not followed",
    ]


def test_a_pattern_is_expanded_and_no_path_is_read_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md", "d[1].txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    rows = read(tmp_path / "b.txt", tmp_path / "?.txt", tmp_path, tmp_path / "d[1].txt")
    assert texts(rows) == ["b.txt", "a.txt", "c.md", "d[1].txt"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("no/such/file.txt", "no such file"),
        ("no/such/*.txt", "no file matches"),
        ("ftp://quay.example/7", "only http and https"),
        ("nul\0path", "NUL"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_a_source_that_is_not_there_is_skipped(source: str, reason: str) -> None:
    assert reason in reasons(read(source))[0]


def test_a_file_that_vanishes_or_may_not_be_read_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    rows = gather([str(tmp_path)], SETTINGS)
    next(rows)
    (tmp_path / "b.txt").unlink()
    assert "no such file (any more)" in reasons(list(rows))[0]

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(io, "FileIO", refuse)
    assert "may not be read" in reasons(read(tmp_path / "a.txt"))[0]


def test_a_pipe_is_no_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a plain file" in reasons(read(tmp_path / "pipe"))[0]


@pytest.mark.parametrize(
    ("content", "media_type"), [(b"Closed.", "text/plain"), (b'{"text": "C"}', "application/json")]
)
def test_standard_input_is_read_once(
    monkeypatch: pytest.MonkeyPatch, content: bytes, media_type: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (row,) = read("-", "-")
    assert isinstance(row, Gathered)
    assert row.document.media_type == media_type
    assert row.document.name.startswith("-")


def test_a_source_of_the_wrong_name_is_read_by_its_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Files, patterns and standard input alike: an ending says nothing."""
    lines = b'{"text": "Closed."}\n'
    (tmp_path / "a.pdf").write_bytes(gzip.compress(lines))
    (tmp_path / "b.png").write_bytes(lines)
    assert texts(read(tmp_path / "?.p*")) == ["Closed.", "Closed."]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(lines))))
    assert texts(read("-")) == ["Closed."]


@checks(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8")),
    name=st.sampled_from(["a.txt", "a.jsonl"]),
)
def test_no_bytes_make_gathering_fail(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for row in read(path):
        if isinstance(row, Gathered):
            assert row.document.text.strip()
            row.document.text.encode("utf-8")
            assert row.original in content or name == "a.jsonl"
        else:
            assert row.reason
