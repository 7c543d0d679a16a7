"""The gate over the measuring programs: it refuses what is under a floor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import gate  # noqa: E402


def floor(program: Path, least: float, *arguments: str) -> gate.Floor:
    return gate.Floor("a figure", str(program), arguments, r"figure (\S+)", least)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text("print('words 9\\nfigure 0.71 and figure 0.1')")
    return path


@pytest.mark.parametrize(("least", "held"), [(0.70, True), (0.71, True), (0.72, False)])
def test_a_figure_under_its_floor_is_refused(program: Path, least: float, held: bool) -> None:
    assert gate.hold(floor(program, least), program.parent) is held


def test_a_figure_that_is_not_printed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "silent.py").write_text("print('nothing')")
    assert not gate.hold(floor(tmp_path / "silent.py", 0.0), tmp_path)


def test_absent_data_is_passed_over(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = program.parent / "data"
    assert gate.hold(floor(program, 9.0, "{data}/set.jsonl"), data)
    assert "passed over" in capsys.readouterr().out


def test_every_pinned_floor_names_a_program_that_is_there() -> None:
    pinned = gate.floors(BENCHMARKS / "floors.toml")
    assert pinned
    for one in pinned:
        assert (BENCHMARKS / one.program).is_file()
        assert one.least > 0
