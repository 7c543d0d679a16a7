"""The command line, as its users meet it: what it prints and the status it ends with."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import pytest

from rashomon import cli
from rashomon.show import exports, views

DEMO = Path(str(files("rashomon").joinpath("data", "demo")))
GOOD = "Rebels left the town of Orvel, its mayor said, before the rain began.\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, standard output and standard error of a command."""
    import sys

    argv, sys.argv = sys.argv, ["rashomon", *map(str, arguments)]
    try:
        cli.main()
        status: object = 0
    except SystemExit as ended:
        status = ended.code
    finally:
        sys.argv = argv
    out, err = capsys.readouterr()
    assert isinstance(status, int | None)
    return status or 0, out, err


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import rashomon

    folder = tmp_path_factory.mktemp("cli") / "case"
    rashomon.read(sorted(DEMO.glob("*.txt")), folder)
    return folder


@pytest.mark.parametrize("table", views.VIEWS)
def test_every_table_can_be_shown(
    table: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "show", table, "--case", case, "--limit", 3)
    assert status == 0
    assert f"{table}: " in out


@pytest.mark.parametrize("table", exports.tables())
def test_json_and_csv_hold_the_same_rows_as_save(
    table: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "show", table, "--case", case, "--json")
    assert status == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert run(capsys, "save", tmp_path, "--case", case)[0] == 0
    assert (tmp_path / f"{table}.jsonl").read_text(encoding="utf-8") == out
    _, out, _ = run(capsys, "show", table, "--case", case, "--csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(rows)


def test_the_evidence_of_a_dispute_is_its_words(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "show", "disputes", "--case", case, "--json")
    dispute = json.loads(out.splitlines()[0])
    status, out, _ = run(capsys, "evidence", dispute["id"], "--case", case, "--json")
    assert status == 0
    found = json.loads(out)
    assert found["row"]["id"] == dispute["id"]
    assert {words["part"] for words in found["words"]} == {a["value"] for a in dispute["answers"]}
    for words in found["words"]:
        text = Path(words["document"]).read_bytes().decode("utf-8")
        assert text[words["start"] : words["end"]] == words["words"]


WITH_WORDS = sorted(
    set(exports.tables()) - {"documents", "judgements", "perhaps", "skips", "places"}
)


@pytest.mark.parametrize("table", WITH_WORDS)
def test_every_row_has_evidence(table: str, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", table, "--case", case, "--json", "--limit", 2)
    for line in out.splitlines():
        status, out, _ = run(capsys, "evidence", json.loads(line)["id"], "--case", case, "--json")
        assert status == 0
        assert json.loads(out)["words"]


def test_filters_narrow_what_is_shown(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, everything, _ = run(capsys, "show", "quotes", "--case", case, "--json")
    _, some, _ = run(capsys, "show", "quotes", "--case", case, "--json", "--actor", "Petkan")
    assert 0 < len(some.splitlines()) < len(everything.splitlines())
    status, _, err = run(capsys, "show", "skips", "--case", case, "--actor", "Petkan")
    assert (status, "cannot be filtered" in err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["show", "nonsense"], 1, "there is no table 'nonsense'"),
        (["evidence", "nonsense"], 1, "is no id of a row"),
        (["evidence", "dis-0000000000000000"], 1, "there is no row"),
        (["show"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_says_why(
    arguments: list[str],
    status: int,
    message: str,
    case: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found, _, err = run(capsys, *arguments, "--case", case)
    assert (found, message in err) == (status, True)


def test_a_judgement_joins_two_actors_and_can_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "General Orvan Tesk met Lena Marol in Dorvil. General Orvan Tesk left. Lena Marol stayed."
    )
    case = tmp_path / "case"
    assert run(capsys, "read", tmp_path / "a.txt", "--case", case, "--quiet")[0] == 0

    def actors() -> str:
        return run(capsys, "show", "actors", "--case", case, "--csv")[1]

    before = actors()
    status, out, _ = run(
        capsys, "judge", "same", "Orvan Tesk", "Lena Marol", "--case", case, "--reason", "kin"
    )
    assert status == 0
    assert len(actors().splitlines()) == len(before.splitlines()) - 1
    assert run(capsys, "judge", "undo", out.strip(), "--case", case)[0] == 0
    assert actors() == before


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "latin.txt": ("Der Rat der Stadt Orvel tagte später, über Öl.".encode("latin-1"), ""),
    "arabic.txt": ("قالت الحكومة إن القوات انسحبت من المدينة مساء الاثنين. " * 5, ""),
    "lines.jsonl": (
        b'{"text": "' + GOOD.strip().encode() + b'"}\n{not json\n{"title": "no text"}\n[1]\n',
        "JSON",
    ),
}  # type: ignore[dict-item]


def test_bad_input_is_left_out_with_a_reason_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (content, _) in BAD.items():
        data = content if isinstance(content, bytes) else str(content).encode()
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD)
    case = tmp_path / "case"
    sources = [tmp_path / name for name in BAD] + [tmp_path / "good.txt", tmp_path / "gone.txt"]
    status, _, err = run(capsys, "read", *sources, "--case", case, "--engine", "inline")
    assert (status, err.count("Traceback")) == (3, 0)
    _, listed, _ = run(capsys, "show", "skips", "--case", case, "--json")
    skips = {
        Path(row["document"]).name: row["reason"] for row in map(json.loads, listed.splitlines())
    }
    for name in ("empty.txt", "blank.txt", "binary.txt", "arabic.txt", "gone.txt"):
        assert name in skips, listed
    assert "Arabic" in skips["arabic.txt"]
    assert {"lines.jsonl#L2", "lines.jsonl#L3", "lines.jsonl#L4"} <= set(skips)
    _, listed, _ = run(capsys, "show", "sentences", "--case", case, "--csv")
    assert "good.txt" in listed
    assert "lines.jsonl#L1" in listed


def test_a_line_of_200_megabytes_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"word " * 200_000)
    (tmp_path / "good.txt").write_text(GOOD)
    case = tmp_path / "case"
    status, _, _ = run(
        capsys, "read", tmp_path / "huge.txt", tmp_path / "good.txt", "--case", case, "--quiet"
    )
    assert status == 3
    _, listed, _ = run(capsys, "show", "skips", "--case", case, "--json")
    assert "20,000,000 bytes" in json.loads(listed)["reason"]


def test_nothing_readable_and_unusable_cases_end_with_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(GOOD)
    status, _, err = run(capsys, "read", tmp_path / "empty.txt", "--case", tmp_path / "c")
    assert (status, "nothing could be read" in err) == (1, True)
    (tmp_path / "file").write_text("in the way")
    status, _, err = run(capsys, "read", tmp_path / "good.txt", "--case", tmp_path / "file" / "c")
    assert (status, "cannot be written" in err) == (1, True)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "case.toml").write_text('name = "n"\nformat = 99\nversion = "9.1"\n')
    status, _, err = run(capsys, "read", tmp_path / "good.txt", "--case", tmp_path / "new")
    assert (status, "made by Rashomon 9.1" in err) == (1, True)


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for command in cli.app.registered_commands:
        assert command.callback is not None
        assert f"rashomon {command.callback.__name__}" in readme
