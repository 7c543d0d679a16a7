"""What several tests share."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.base.rows import Span

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Parse]:
    """Parse a text whose paragraphs are divided by blank lines."""

    def parse(text: str) -> Parse:
        spans, start = [], 0
        for paragraph in text.split("\n\n"):
            if paragraph.strip():
                spans.append(Span(start, start + len(paragraph)))
            start += len(paragraph) + 2
        return language.parse(text, spans)

    return parse


@pytest.fixture
def seeds() -> list[Path]:
    """The founding texts, where they lie beside the repository."""
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip("the seed texts are not beside the repository")
    return found


def case_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of cases under `tests/cases`."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
