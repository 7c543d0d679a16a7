"""A report stands alone, leads every answer to its words, and says no more than the rows hold."""

from __future__ import annotations

import html
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

import rashomon
from rashomon import cli
from rashomon.base import store
from rashomon.base.errors import CaseError
from rashomon.show import wording
from rashomon.show.pages import environment

_CITED = re.compile(
    r"<mark>(?P<words>.*?)</mark>.*?<cite>.*?(?P<name>[\w.]+):(?P<start>\d+)-(?P<end>\d+)<",
    re.DOTALL,
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("report") / "demo")


@pytest.fixture(scope="module")
def page(case: rashomon.Case, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = case.report(tmp_path_factory.mktemp("out") / "report.html")
    return path.read_text(encoding="utf-8")


def test_each_dispute_stands_there_with_each_answer(case: rashomon.Case, page: str) -> None:
    for row in case.disputes(kind="dispute"):
        start = page.index(f'id="{row["id"]}"')
        part = html.unescape(page[start : page.index("</table>", start)])
        for answer in row["answers"].split(" | "):
            value, _, origins = answer.rpartition(" (")
            assert f'<b class="answer">{value}</b>' in part
            assert f"{origins.split()[0]} independent origin" in part


def test_all_words_stand_where_they_are_said_to_stand(case: rashomon.Case, page: str) -> None:
    cited = list(_CITED.finditer(page))
    assert len(cited) > 20
    reports = case.folder.path.parent / "reports"
    for one in cited:
        text = (reports / one["name"]).read_bytes().decode("utf-8")
        there = " ".join(text[int(one["start"]) : int(one["end"])].split())
        assert there == html.unescape(one["words"]).strip()


def test_it_loads_nothing_and_runs_nothing(page: str) -> None:
    assert "<script" not in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r'\b(?:src|href)="(?!#)', page)
    assert "url(" not in page
    assert "@import" not in page


def test_it_has_all_its_parts_and_says_what_it_is_not(page: str) -> None:
    for part in ("disputes", "read", "people", "timeline", "takings", "ties", "places", "decided",
                 "method"):  # fmt: skip
        assert f'<section id="{part}">' in page
    assert "It does not say what is true" in page


def test_the_same_case_gives_the_same_report(
    case: rashomon.Case, page: str, tmp_path: Path
) -> None:
    assert case.report(tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_markdown_holds_the_same_answers_and_words(case: rashomon.Case, tmp_path: Path) -> None:
    text = case.report(tmp_path / "r.md", to="md").read_text(encoding="utf-8")
    for row in case.disputes(kind="dispute"):
        assert row["id"] in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) > 60
    for line, below in pairwise(rows):
        if below.startswith("| ---"):
            assert line.count("|") == below.count("|")
    assert "**Two bombs hit the market" in text


@pytest.mark.parametrize("text", ["a|b", "<b>", "*x*", "[a](b)", "line\nline", "`x`", "a\\|b"])
def test_nothing_in_a_cell_is_markup(text: str) -> None:
    said = environment.cell(text)
    bare = re.sub(r"\\(.)", "", said)
    assert not set(bare) & set("|<>*[]`\n")
    assert re.sub(r"\\(.)", r"\1", said) == " ".join(text.split())


def test_an_empty_case_has_a_report(tmp_path: Path) -> None:
    case = rashomon.read([], tmp_path / "c")
    assert "None was found" in case.report(tmp_path / "r.html").read_text(encoding="utf-8")
    assert "None was found" in case.report(tmp_path / "r.md", to="md").read_text(encoding="utf-8")


def test_a_case_without_tables_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = store.create(tmp_path / "c")
    with pytest.raises(CaseError, match="rashomon read"):
        rashomon.Case(folder).report(tmp_path / "r.html")
    assert not (tmp_path / "r.html").exists()


def test_tables_of_another_version_are_refused_with_what_to_do(tmp_path: Path) -> None:
    case = rashomon.read([], tmp_path / "c")
    with store.Store(case.folder.database) as tables:
        tables.execute("DROP TABLE disputes")
        tables.execute("CREATE TABLE disputes AS SELECT 'x' AS id")
    with pytest.raises(CaseError, match="another version"):
        case.report(tmp_path / "r.html")


def test_the_command_writes_where_it_says(case: rashomon.Case, tmp_path: Path) -> None:
    out = tmp_path / "r.md"
    done = CliRunner().invoke(
        cli.app, ["report", str(case.folder.path), "--to", "md", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert out.exists()
    with (case.folder.path / "retrievals.jsonl").open("a", encoding="utf-8") as places:
        places.write("\n")
    behind = CliRunner().invoke(cli.app, ["report", str(case.folder.path), "--out", str(out)])
    assert behind.exit_code == cli.SOME_LEFT_OUT
    assert "brings it up to date" in " ".join(behind.output.split())


def test_a_file_that_cannot_be_written_is_refused(case: rashomon.Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseError, match="cannot be written"):
        case.report(tmp_path / "file" / "r.html")


def test_a_decision_is_marked_in_the_report(tmp_path: Path) -> None:
    case = rashomon.demo(tmp_path / "demo")
    case.judge("type", "Open Harbour", value="organisation", author="A. Reader", reason="a party")
    page = case.report(tmp_path / "r.html").read_text(encoding="utf-8")
    assert "decided by a person" in page
    assert "A. Reader" in page


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("2031-03-12", "2031-03-12", "12 March 2031"),
        ("2031-03-12", "2031-03-14", "12 to 14 March 2031"),
        ("2031-03-01", "2031-03-31", "March 2031"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-03-12", "2031-04-02", "12 March 2031 to 2 April 2031"),
        ("2014-01-01", None, "1 January 2014 or later"),
        (None, "2014-01-01", "1 January 2014 or earlier"),
        (None, None, "date unknown"),
        ("2031-03-12T08:30", "2031-03-12T08:30", "12 March 2031, 08:30"),
        ("2031-02-01", "2031-02-28", "February 2031"),
        ("2032-02-01", "2032-02-28", "1 to 28 February 2032"),
    ],
)
def test_dates_are_said_as_sharp_as_they_are(
    earliest: str | None, latest: str | None, said: str
) -> None:
    assert wording.when(earliest, latest) == said


def test_a_report_of_a_long_list_stays_small(case: rashomon.Case, tmp_path: Path) -> None:
    """Lists are cut, and each says how much it leaves out."""
    lines = [
        f'{{"text": "Report {n}. The army killed {n} people in Imreth on 12 March 2031.",'
        f' "id": "r{n}", "outlet": "Wire {n}", "published": "2031-03-13"}}'
        for n in range(1, 121)
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    many = rashomon.read([tmp_path / "r.jsonl"], tmp_path / "c")
    began = time.process_time()
    path = many.report(tmp_path / "r.html")
    assert time.process_time() - began < 10
    assert path.stat().st_size < 1_500_000
