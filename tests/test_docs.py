"""The docs say all that the code has: tables, columns, commands, keys; and what they cite is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

import rashomon
from rashomon import cli
from rashomon.base import rows
from rashomon.base.store import Store
from rashomon.show import exports

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGE_OF_TABLE = {
    "documents": "document", "retrievals": "retrieval",
    "zones": "zone", "articles": "article", "sentences": "sentence",
    "mentions": "mention", "quotes": "quote", "statements": "statement", "skips": "skip",
    "actors": "actor", "links": "actor", "perhaps": "actor", "places": "place", "chains": "account",
    "echoes": "echo", "events": "event", "accounts": "account", "origins": "origin",
    "disputes": "dispute", "judgements": "judgement",
}  # fmt: skip
PAGE_OF_PART: dict[type, str] = {
    rows.Given: "document", rows.When: "time", rows.Amount: "mention", rows.Part: "statement",
    rows.Count: "statement", rows.Role: "actor", rows.Passage: "echo", rows.Answer: "dispute",
    rows.Anchor: "judgement",
}  # fmt: skip
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
_CITED = re.compile(
    r"`rashomon-demo/reports/(?P<file>[\w.]+):(?P<start>\d+)-(?P<end>\d+)` \| “(?P<words>[^|]+)” \|"
)


@cache
def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def pages() -> list[Path]:
    return sorted(DOCS.glob("*.md"))


@cache
def every_page() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in pages())


def missing(names: Iterator[str], text: str) -> list[str]:
    """The names that stand in no code span of a text."""
    told = {word for code in _CODE.findall(text) for word in re.split(r"[,\s]+", code)}
    return [name for name in names if name not in told]


def names_of(kind: type) -> Iterator[str]:
    return (field.name for field in fields(kind))


@pytest.mark.parametrize("table", rows.TABLES)
def test_every_table_has_a_page_that_names_its_columns(table: str) -> None:
    text = page(PAGE_OF_TABLE[table])
    assert missing(names_of(rows.TABLES[table]), text) == []


@pytest.mark.parametrize("part", PAGE_OF_PART, ids=lambda part: part.__name__)
def test_the_parts_of_rows_are_named_too(part: type) -> None:
    assert missing(names_of(part), page(PAGE_OF_PART[part])) == []


def test_the_index_names_every_table_and_every_page() -> None:
    assert missing(iter(rows.TABLES), page("index")) == []
    linked = set(_LINK.findall(page("index")))
    assert {path.name for path in pages()} - {"index.md"} <= linked


def test_every_command_is_in_the_docs() -> None:
    commands = [
        command.name or command.callback.__name__
        for command in cli.app.registered_commands
        if command.callback
    ]
    assert commands
    assert [name for name in commands if f"rashomon {name}" not in every_page()] == []


def test_every_public_name_is_in_the_python_page() -> None:
    text = page("python")
    assert [name for name in rashomon.__all__ if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("table", exports.tables())
def test_every_interchange_key_is_listed(table: str) -> None:
    line = re.search(rf"^\| {table} \| (.+) \|$", page("interchange"), re.MULTILINE)
    assert line is not None
    with Store() as store:
        assert _CODE.findall(line[1]) == list(store.columns(exports.query(table)))


@pytest.mark.parametrize("path", [ROOT / "README.md", *pages()], ids=lambda path: path.name)
def test_relative_links_resolve(path: Path) -> None:
    links = _LINK.findall(path.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_cited_words_stand_where_they_are_cited(path: Path) -> None:
    """“First words … last words” stand for a longer passage."""
    demo = files("rashomon").joinpath("data", "demo")
    for cited in _CITED.finditer(path.read_text(encoding="utf-8")):
        text = demo.joinpath(cited["file"]).read_text(encoding="utf-8")
        there = " ".join(text[int(cited["start"]) : int(cited["end"])].split())
        first, _, last = cited["words"].partition(" … ")
        if last:
            assert there.startswith(first), cited[0]
            assert there.endswith(last), cited[0]
        else:
            assert there == first, cited[0]


def test_every_benchmark_has_its_section_and_command() -> None:
    text = page("benchmarks")
    programs = sorted(path.name for path in (ROOT / "benchmarks").glob("*.py"))
    assert programs
    for name in programs:
        assert f"\n## {name}\n" in text
        assert f"python benchmarks/{name}" in text
