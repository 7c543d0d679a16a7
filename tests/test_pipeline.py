"""The pipeline's promises: the same input gives the same rows, and nothing finished is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

import rashomon
from rashomon import incoming, pipeline
from rashomon.base import store
from rashomon.base.rows import Document, Given, Mention, Retrieval, Skip
from rashomon.base.settings import Settings
from rashomon.show import exports

DEMO = Path(str(files("rashomon").joinpath("data", "demo")))
REPORTS = sorted(DEMO.glob("*.txt"))
KILLS = 20
RETRIEVED = ("retrievals", "at")

Tables = dict[str, list[str]]


def tables(case: Path) -> Tables:
    """Every table of a case in interchange form, without the time of a retrieval."""
    with store.open_existing(case).store() as found:
        return {
            name: [
                exports.as_json({key: row[key] for key in row if (name, key) != RETRIEVED})
                for row in exports.records(found, name)
            ]
            for name in exports.tables()
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    case = tmp_path_factory.mktemp("pipeline") / "case"
    rashomon.read(REPORTS, case)
    return tables(case)


def test_every_table_is_filled_but_what_people_and_failures_fill(undisturbed: Tables) -> None:
    empty = {name for name, rows in undisturbed.items() if not rows}
    assert empty <= {"judgements", "perhaps", "skips", "places"}


def test_processes_in_small_batches_give_the_same_tables(
    undisturbed: Tables, tmp_path: Path
) -> None:
    settings = Settings(batch_documents=3)
    rashomon.read(REPORTS, tmp_path / "case", settings=settings, engine="processes")
    assert tables(tmp_path / "case") == undisturbed


def test_reading_again_and_in_parts_adds_nothing(undisturbed: Tables, tmp_path: Path) -> None:
    case = tmp_path / "case"
    rashomon.read(REPORTS[10:], case)
    rashomon.read(REPORTS, case)
    database = (case / "case.duckdb").stat().st_mtime_ns
    rashomon.read(REPORTS, case)
    assert tables(case) == undisturbed
    assert (case / "case.duckdb").stat().st_mtime_ns == database


def test_a_deleted_database_is_built_again(undisturbed: Tables, tmp_path: Path) -> None:
    case = tmp_path / "case"
    rashomon.read(REPORTS, case)
    (case / "case.duckdb").unlink()
    rashomon.read(REPORTS, case)
    assert tables(case) == undisturbed


KILLED = """
import sys
import rashomon
from rashomon.base import language
from rashomon.base.rows import Span
language.parse("Loads the model.", [Span(0, 16)])
print("ready", flush=True)
settings = rashomon.Settings(batch_documents=1)
rashomon.read(sys.argv[2:], sys.argv[1], settings=settings)
print("done", flush=True)
"""


def start(case: Path, reports: list[Path]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(case), *map(str, reports)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_killing_it_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    """Twenty times: kill -9 at a random moment between the first document and the end."""
    reports = REPORTS[:5]
    began = time.monotonic()
    with start(tmp_path / "whole", reports) as process:
        ready = time.monotonic()
        assert process.wait() == 0
    lasted = time.monotonic() - ready
    assert time.monotonic() - began < 300
    expected = tables(tmp_path / "whole")
    chance = random.Random(11)
    for turn in range(KILLS):
        case = tmp_path / f"killed-{turn}"
        with start(case, reports) as process:
            time.sleep(chance.uniform(0, lasted))
            process.kill()
        rashomon.read(reports, case, settings=Settings(batch_documents=1))
        assert tables(case) == expected, f"killed in turn {turn}"


def test_a_new_reading_version_reads_again_what_the_case_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "case"
    rashomon.read([*REPORTS[:3], tmp_path / "gone.txt"], case)
    before = tables(case)
    monkeypatch.setattr(pipeline, "READING", pipeline.READING + 1)
    rashomon.read([], case)
    folder = store.open_existing(case)
    assert folder.batches() == folder.batches(pipeline.reading_version(Settings()))
    assert tables(case) == before


PAGE = """<html><head><title>Rebels leave Orvel</title></head><body><article>
<h1>Rebels leave Orvel</h1><p>Rebels left the town of Orvel on Monday, its mayor said.</p>
<p>The mayor met the guards at the bridge before the rain began.</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Free Quay</title>
<item><title>Port closed</title><link>https://quay.example/1</link>
<description>Guards closed the port of Selim, a minister said.</description></item>
<item><title>Port open</title><link>https://quay.example/2</link>
<description>Guards opened the port of Selim, a minister said.</description></item>
</channel></rss>"""
MEMBERS = {
    "page.html": PAGE,
    "feed.xml": FEED,
    "notes.txt": "Rebels shelled the harbour of Selim, a witness said.",
    "lines.jsonl": '{"text": "Guards left Orvel.", "url": "https://quay.example/3"}',
    "table.csv": "text,outlet\nThe mayor of Orvel left.,Free Quay\nThe mayor stayed.,Vessen Wire\n",
}


def test_a_new_reading_version_reads_every_format_again_from_the_kept_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    rashomon.read([tmp_path / "a.zip"], tmp_path / "case")
    (tmp_path / "a.zip").unlink()
    before = tables(tmp_path / "case")
    assert len(before["documents"]) == len(before["retrievals"]) == 7
    monkeypatch.setattr(pipeline, "READING", pipeline.READING + 1)
    rashomon.read([], tmp_path / "case")
    assert tables(tmp_path / "case") == before


def test_the_same_bytes_under_two_names_are_one_document(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("Rebels left the town of Orvel, its mayor said, before the rain.")
    second.write_bytes(first.read_bytes())
    case = rashomon.read([first, second], tmp_path / "case")
    assert [row["name"] for row in case.show("documents")] == [str(first)]
    assert [row["name"] for row in case.show("retrievals")] == [str(first), str(second)]
    assert list(case.skips()) == []


def test_a_changed_file_is_a_new_version_that_names_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in ("Rebels left the town of Orvel.", "Rebels never left the town of Orvel."):
        path.write_text(text)
        case = rashomon.read([path], tmp_path / "case")
    old, new = case.show("retrievals")
    assert (old["earlier"], new["earlier"]) == (None, str(path))
    assert old["document"] != new["document"]
    with case.folder.store() as found:
        rows = {row.document: row for row in found.rows(Retrieval)}
    assert rows[new["document"]].earlier == old["document"]


def test_where_a_document_came_from_outlives_a_kill_before_its_rows(tmp_path: Path) -> None:
    """The journal is ahead of the readings: nothing is written twice, and nothing is shown early"""
    reports = REPORTS[:2]
    rashomon.read(reports, tmp_path / "case")
    journal = (tmp_path / "case" / "retrievals.jsonl").read_bytes()
    other = store.create(tmp_path / "other")
    other.retrievals.write_bytes(journal[:-20])
    case = rashomon.read(reports[:1], other.path)
    assert [row["name"] for row in case.show("retrievals")] == [str(reports[0])]
    assert "cut short" in next(iter(case.skips()))["reason"]
    rashomon.read(reports, other.path)
    assert tables(other.path)["retrievals"] == tables(tmp_path / "case")["retrievals"]


def test_how_far_gathering_is_is_told_where_all_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "GATHERED_A_LINE", 2)
    rashomon.read(REPORTS[:4], tmp_path / "case")
    told: list[tuple[str, int, int]] = []
    folder = store.open_existing(tmp_path / "case")
    pipeline.read(
        list(map(str, REPORTS[:4])), folder, Settings(), progress=lambda *how: told.append(how)
    )
    assert told == [("gathering", 2, 0), ("gathering", 4, 0)]


def test_what_is_left_out_is_counted_and_told_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "FIRST_SKIPS", 2)
    monkeypatch.setattr(incoming, "SKIPS_A_BATCH", 2)
    (tmp_path / "a.jsonl").write_text("no record\n" * 5 + '{"text": "The port closed."}\n')
    folder = store.create(tmp_path / "case")
    outcome = pipeline.read([str(tmp_path / "a.jsonl")], folder, Settings())
    assert (outcome.read, outcome.left_out, len(outcome.skipped)) == (1, 5, 2)
    with folder.store() as found:
        assert len(list(found.rows(Skip))) == 5


def test_a_document_that_raises_becomes_a_skip_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def divide(document: Document) -> object:
        if document.name == "bad":
            raise KeyError("surprise")
        return real(document)

    real: Callable[[Document], object] = pipeline.divide
    monkeypatch.setattr(pipeline, "divide", divide)
    text = "Rebels left the town of Orvel, its mayor said, before the rain began."
    batch = [
        Document(f"doc-{name}", name, name, "", "text/plain", "utf-8", len(text), text, Given())
        for name in ("good", "bad", "fine")
    ]
    reading = pipeline.read_batch(batch, Settings())
    assert [row.name for row in reading.documents] == ["good", "bad", "fine"]
    assert [(row.document, row.reason) for row in reading.skips] == [
        ("bad", "KeyError: 'surprise'")
    ]
    assert {row.document for row in reading.sentences} == {"doc-good", "doc-fine"}


def test_every_span_of_the_demo_gives_back_its_words(undisturbed: Tables) -> None:
    check_spans(undisturbed)


def test_the_seed_texts_fill_every_table_and_every_span_holds(
    seeds: list[Path], tmp_path: Path
) -> None:
    rashomon.read(seeds, tmp_path / "case")
    found = tables(tmp_path / "case")
    assert {name for name, rows in found.items() if not rows} <= {"judgements", "perhaps", "skips"}
    check_spans(found)


def check_spans(found: Tables) -> None:
    """Every span lies inside its document's text, and mentions and actors repeat its words."""
    import json

    texts = {row["id"]: row["text"] for row in map(json.loads, found["documents"])}

    def words(document: str, span: list[int]) -> str:
        start, end = span
        text = texts[document]
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        return str(text[start:end])

    for table in ("articles", "zones", "sentences", "mentions", "statements"):
        for row in map(json.loads, found[table]):
            held = words(row["document"], [row["start"], row["end"]])
            assert table != "mentions" or held == row["text"]
            for part in row.get("actors", []) + row.get("recipients", []):
                assert words(row["document"], [part["start"], part["end"]]) == part["label"]
            if table == "statements":
                words(row["document"], row["predicate"])
    for row in map(json.loads, found["quotes"]):
        for span in [row["source"], row["cue"], *row["content"]]:
            assert span is None or words(row["document"], span)
    for row in map(json.loads, found["echoes"]):
        for side in (row["left"], row["right"]):
            words(side["document"], [side["start"], side["end"]])


def test_a_row_without_words_never_enters_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels left the town of Orvel, its mayor said, before the rain began."
    document = Document("doc-a", "a", "a", "", "text/plain", "utf-8", len(text), text, Given())
    real: Callable[..., list[Mention]] = pipeline.find

    def find(*arguments: object) -> list[Mention]:
        return [replace(row, end=len(text) + 1) for row in real(*arguments)]

    monkeypatch.setattr(pipeline, "find", find)
    reading = pipeline.read_batch([document], Settings())
    assert reading.mentions == ()
    assert "is not inside a text" in reading.skips[0].reason
