"""Showing: what a person sees leads to words, and says no more than the rows hold."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import rashomon
from rashomon import pipeline
from rashomon.base.errors import QueryError
from rashomon.show import progress, terminal
from rashomon.show.evidence import Evidence, Words

DEMO = Path(str(files("rashomon").joinpath("data", "demo")))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("show") / "demo")


def test_the_demo_lays_its_reports_beside_the_case(case: rashomon.Case) -> None:
    reports = case.folder.path.parent / "reports"
    assert sorted(p.name for p in reports.iterdir()) == sorted(p.name for p in DEMO.glob("*.txt"))


def test_the_summary_names_its_disputes_with_their_words(case: rashomon.Case) -> None:
    found = case.summary()
    drawn = terminal.as_text(terminal.summary(found), width=400)
    assert found.disputes
    for dispute in found.disputes:
        assert dispute.id in drawn
        for answer in dispute.answers:
            assert answer.words is not None
            text = Path(answer.words.document).read_bytes().decode("utf-8")
            assert text[answer.words.start : answer.words.end] == answer.words.words
            assert f"{answer.words.start}-{answer.words.end}" in drawn


def test_an_empty_case_has_a_summary(tmp_path: Path) -> None:
    drawn = terminal.as_text(terminal.summary(rashomon.read([], tmp_path / "c").summary()))
    assert "none found" in drawn


def test_a_result_prints_iterates_and_turns_into_frames(case: rashomon.Case) -> None:
    disputes = case.disputes(kind="dispute")
    assert len(disputes) == len(list(disputes)) > 0
    assert disputes[0]["id"] == next(iter(disputes))["id"] == disputes[-len(disputes)]["id"]
    assert disputes[0]["id"] in repr(disputes)
    assert disputes[0]["id"] in disputes._repr_html_()
    assert disputes.arrow.num_rows == len(disputes)
    assert disputes.columns[0] == "id"
    with pytest.raises(IndexError):
        disputes[len(disputes)]


def test_an_unknown_filter_table_or_verb_is_refused(case: rashomon.Case) -> None:
    with pytest.raises(QueryError, match="no table"):
        case.show("nonsense")
    with pytest.raises(QueryError, match="cannot be filtered"):
        case.skips(actor="x")
    with pytest.raises(QueryError, match="no verb"):
        case.judge("praise", "dis-1", author="Ann", reason="none")


def test_evidence_of_an_origin_is_what_its_accounts_tell(case: rashomon.Case) -> None:
    account = next(row for row in case.accounts() if row["origin"])
    found = case.evidence(account["id"])
    shared = case.evidence(found.row["origin"])
    assert {(w.document, w.start) for w in found.words} <= {
        (w.document, w.start) for w in shared.words
    }


def test_evidence_marks_the_words_in_their_sentence() -> None:
    words = Words("a.txt", 8, 13, "predicate", "The army\n", "fled", " north.", ("A", "B"))
    drawn = terminal.as_text(terminal.evidence(Evidence("statements", {"id": "sta-1"}, (words,))))
    assert "The army fled north." in drawn
    assert "A ← B" in drawn
    nothing = terminal.as_text(terminal.evidence(Evidence("skips", {"id": "ski-1"}, ())))
    assert "no words" in nothing


def test_evidence_of_a_quote_marks_its_parts_in_one_sentence(case: rashomon.Case) -> None:
    quote = next(row for row in case.quotes(speaker="mardun") if row["cue"] == "said")
    found = case.evidence(quote["id"])
    drawn = " ".join(terminal.as_text(terminal.evidence(found)).split())
    parts = {words.part: words.words for words in found.words}
    for part in ("source", "cue", "content"):
        assert f"[{part}: {' '.join(parts[part].split())}]" in drawn


def test_quotes_are_kept_by_speaker_under_any_name_and_by_having_none(case: rashomon.Case) -> None:
    spoken = list(case.quotes(speaker="Mardun"))
    unnamed = list(case.quotes(unnamed=True))
    assert spoken
    assert all("Mardun" in row["chain"] for row in spoken)
    assert unnamed
    assert {row["source"] for row in unnamed} <= {"unnamed", "described"}
    assert not {row["id"] for row in spoken} & {row["id"] for row in unnamed}


def test_progress_is_plain_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress.watch() as report:
        for done in range(1, 4):
            report("reading", done, 3)
        report("actors", 0, 0)
    assert capsys.readouterr().err.splitlines() == ["reading 1 of 3", "reading 3 of 3", "actors 0"]
    with progress.watch(quiet=True) as report:
        report("reading", 1, 2)
    assert capsys.readouterr().err == ""


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.watch() as report:
        report("reading", 1, 2)


@pytest.mark.parametrize(
    ("size", "engine"), [(10, "inline"), (pipeline.WORTH_WORKERS + 1, "processes")]
)
def test_workers_are_started_where_there_is_enough_to_read(
    size: int, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    (tmp_path / "a.txt").write_text("x" * size)
    for source in (tmp_path / "a.txt", tmp_path, tmp_path / "*.txt"):
        assert pipeline.choose_engine([str(source)]) == engine
