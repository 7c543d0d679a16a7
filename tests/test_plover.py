"""Event data: each record is the manual's, leads back to its words, and says who says it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import rashomon
from conftest import case_rows
from rashomon import cli
from rashomon.base.lexicon import table
from rashomon.base.rows import Actor, Role
from rashomon.base.store import Store
from rashomon.show import exports
from rashomon.show.exports import scales
from rashomon.show.exports.entities import Codebook
from rashomon.show.exports.files import safe
from told import case_of

INTERCHANGE = Path(__file__).resolve().parents[1] / "docs" / "interchange.md"
ACTS = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
SECTORS = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
]  # fmt: skip
CONTEXTS = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking", "historical",
    "future", "hypothetical", "negation",
]  # fmt: skip
MANUAL = {
    "record": "id has_event date time enddate endtime actor recipient event event_loc event_text"
    " quad_code event_scale mode context link text text_info cite_info coder coded_date coded_time"
    " comment size",
    "entity": "code sector entity_text identifier_id identifier_text religion ethnicity office"
    " gender age",
    "event_loc": "extracted_place resolved_place geonameid lat lon city district province country"
    " country_code feature_class feature_code resolution",
    "text_info": "sequence start end text_story",
    "size": "dead injured arrested",
    "cite_info": "corpus citation url title language publication license copyright coder codebook"
    " version",
}
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}
TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
COUNT = {"type": ["integer", "null"]}
OFFSET = {"type": "integer", "minimum": 0}
CODE = {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}
ENTITY = {
    "type": "object",
    "required": ["code", "sector", "entity_text", "start", "end"],
    "properties": {
        "code": CODE, "sector": {"enum": [None, *SECTORS]}, "entity_text": {"type": "string"},
        "identifier_id": TEXT, "identifier_text": TEXT, "office": TEXT, "start": OFFSET,
        "end": OFFSET, "other_sectors": {"type": "array", "items": {"enum": SECTORS}},
    },
}  # fmt: skip
RECORD = {
    "type": "object",
    "required": ["id", "date", "actor", "event", "polarity", "modality", "chain", "link"],
    "properties": {
        "id": {"type": "string", "pattern": "^sta-[0-9a-f]{16}$"},
        "date": DAY, "enddate": DAY,
        "time": {"type": ["string", "null"], "pattern": r"^\d\d:\d\d(:\d\d)?$"},
        "actor": {"type": "array", "items": ENTITY},
        "recipient": {"type": "array", "items": ENTITY},
        "event": {"type": "array", "items": {"enum": ACTS}},
        "event_loc": {
            "type": ["object", "null"],
            "properties": {"extracted_place": {"type": "string"}, "resolved_place": TEXT,
                           "lat": NUMBER, "lon": NUMBER, "country_code": CODE,
                           "resolution": {"enum": [None, 1, 4]}},
        },
        "event_text": {"type": "array", "items": {"type": "string"}},
        "quad_code": {"enum": [1, 2, 3, 4]},
        "event_scale": {"type": "number", "minimum": -10},
        "mode": {"type": "array", "items": {"type": "string"}},
        "context": {"type": "array", "items": {"enum": CONTEXTS}},
        "link": TEXT, "text": {"type": "string"}, "coder": {"type": "string"},
        "comment": {"type": "string"},
        "text_info": {"type": "object", "required": ["start", "end", "sequence"],
                      "properties": {"sequence": OFFSET, "start": OFFSET, "end": OFFSET}},
        "cite_info": {"type": "object", "properties": {
            "language": {"type": "string", "pattern": "^[a-z]{2}$"}, "publication": TEXT}},
        "size": {"type": "object", "properties": {
            "dead": COUNT, "injured": COUNT, "arrested": COUNT}},
        "polarity": {"enum": ["affirmed", "denied"]},
        "modality": {"enum": ["happened", "ongoing", "planned", "demanded", "threatened",
                              "supposed", "expected"]},
        "chain": {"type": "array", "items": {"type": "string"}},
        "origins": OFFSET,
    },
}  # fmt: skip
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
    "null": type(None),
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    """What a value has that its schema (a small part of JSON Schema) does not allow."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        return [f"{where}: {value!r} is no {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is not in the list"]
    found = []
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{where}: {value!r} is not as {schema['pattern']}")
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        found.append(f"{where}: {value} is too small")
    if isinstance(value, list):
        for item in value:
            found += faults(item, schema.get("items", {}), f"{where}[]")
    if isinstance(value, dict):
        found += [f"{where}: no {key}" for key in schema.get("required", ()) if key not in value]
        for key, inner in schema.get("properties", {}).items():
            if key in value:
                found += faults(value[key], inner, f"{where}.{key}")
    return found


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("plover") / "demo")


@pytest.fixture(scope="module")
def out(case: rashomon.Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    for form in ("jsonl", "plover", "events"):
        case.save(folder, to=form)  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="module")
def records(out: Path) -> list[dict[str, Any]]:
    return lines(out / "plover.jsonl")


@pytest.fixture(scope="module")
def flat(out: Path) -> list[dict[str, str]]:
    with (out / "events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def told_in(text: str, published: str = "2031-05-14") -> list[dict[str, Any]]:
    return list(exports.plover_records(case_of(("Torva Post", published, text))))


def test_the_schema_refuses_what_it_should(records: list[dict[str, Any]]) -> None:
    broken = {**records[0], "event": ["MURDER"], "date": "yesterday", "quad_code": 5, "id": "x"}
    del broken["chain"]
    assert len(faults(broken, RECORD)) == 5


def test_every_record_is_the_manuals(records: list[dict[str, Any]]) -> None:
    assert records
    assert [fault for record in records for fault in faults(record, RECORD)] == []


def test_every_statement_with_an_act_is_one_record_and_one_row(
    out: Path, records: list[dict[str, Any]], flat: list[dict[str, str]]
) -> None:
    coded = sorted(s["id"] for s in lines(out / "statements.jsonl") if s["act"])
    assert [record["id"] for record in records] == coded
    assert [row["id"] for row in flat] == coded


def test_every_record_leads_back_to_its_words(out: Path, records: list[dict[str, Any]]) -> None:
    texts = {row["id"]: row["text"] for row in lines(out / "documents.jsonl")}
    for record in records:
        text, info = texts[record["document"]], record["text_info"]
        assert text[info["start"] : info["end"]] == record["text"]
        assert text[slice(*record["predicate"])] == record["event_text"][0]
        for entity in (*record["actor"], *record["recipient"]):
            assert text[entity["start"] : entity["end"]] == entity["entity_text"]
        for found in (*record["numbers"], *record["context_info"]):
            assert text[found["start"] : found["end"]] == found["text"]


def test_every_row_leads_back_to_its_words(out: Path, flat: list[dict[str, str]]) -> None:
    texts = {row["id"]: row["text"] for row in lines(out / "documents.jsonl")}
    for row in flat:
        text = texts[row["document"]]
        assert safe(text[int(row["sentence_start"]) : int(row["sentence_end"])]) == row["sentence"]
        assert text[int(row["predicate_start"]) : int(row["predicate_end"])] == row["predicate"]


def test_a_record_says_what_its_statement_and_event_say(
    out: Path, records: list[dict[str, Any]]
) -> None:
    statements = {row["id"]: row for row in lines(out / "statements.jsonl")}
    events = {row["id"]: row for row in lines(out / "events.jsonl")}
    for record in records:
        statement = statements[record["id"]]
        for key in ("polarity", "modality", "chain", "document", "start", "end"):
            assert record[key] == statement[key]
        assert ("negation" in record["context"]) == (statement["polarity"] == "denied")
        if record["link"]:
            assert record["id"] in events[record["link"]]["statements"]
            assert record["origins"] == events[record["link"]]["origins"]
    assert {record["polarity"] for record in records} == {"affirmed", "denied"}
    assert len({record["modality"] for record in records}) > 3


def test_the_two_forms_agree(records: list[dict[str, Any]], flat: list[dict[str, str]]) -> None:
    for record, row in zip(records, flat, strict=True):
        assert row["act"] == record["event"][0]
        assert row["date"] == (record["date"] or "")
        assert row["chain"] == " ← ".join(record["chain"])
        for name, side in (("actor1", "actor"), ("actor2", "recipient")):
            codes = [entity["sector"] or "" for entity in record[side]]
            assert row[f"{name}_sector"] == (" | ".join(codes) if any(codes) else "")


def test_a_date_is_in_the_words_or_null(records: list[dict[str, Any]]) -> None:
    for record in records:
        if record["date"]:
            assert record["date_info"]["text"]
            assert record["date_info"]["precision"] in ("day", "minute")
    assert any(record["date"] is None and record["published"] for record in records)


def test_a_month_is_bounds_and_no_date() -> None:
    record = told_in("Marvian soldiers attacked the village of Torl in April 2030.")[0]
    assert record["date"] is None
    assert record["date_info"]["earliest"] == "2030-04-01"
    assert record["date_info"]["latest"] == "2030-04-30"


def test_what_is_denied_or_planned_is_in_and_marked() -> None:
    found = told_in(
        "The Norwegian army did not attack the village. The army will attack the bridge on Friday."
    )
    marks = [(r["polarity"], r["modality"], r["context"]) for r in found]
    assert sorted(marks) == [
        ("affirmed", "planned", ["future", "military"]),
        ("denied", "happened", ["military", "negation"]),
    ]
    assert {r["actor"][0]["sector"] for r in found} == {"MIL"}
    assert "NOR" in {r["actor"][0]["code"] for r in found}


def test_numbers_are_counted_and_bounds_are_no_number() -> None:
    found = told_in("Two bombs killed 27 people and wounded about 60 people in Torl.")
    sizes = [record["size"] for record in found]
    assert {size["dead"] for size in sizes} >= {27}
    assert all(size["injured"] is None for size in sizes)
    low = [n["low"] for r in found for n in r["numbers"] if n["what"] == "wounded"]
    assert low
    assert max(low) < 60


@pytest.mark.parametrize("row", case_rows("entities"), ids=lambda row: row["words"])
def test_an_entity_is_coded_by_its_words(row: dict[str, str]) -> None:
    states = ("Kessaly", ("Kessaly",)), ("Europe", ("Europe", "European"))
    book = Codebook(Actor(f"act-{name}", name, "state", names, ()) for name, names in states)
    named = "" if row["kind"] == "person" else row["words"]
    found = book.code(row["words"], kind=row["kind"], name=named)
    told = (found.code or "", found.country or "", found.sector or "")
    assert told == (row["code"], row["country"], row["sector"])
    assert ";".join(found.other_sectors) == row["others"]
    assert bool(found.because) == any(told) or "open" in found.because


def test_an_actor_lends_its_name_and_roles() -> None:
    ministry = Actor("act-1", "Peruvian interior ministry", "organisation", (), ())
    role = Role("Kenyan prime minister", None, None)
    person = Actor("act-2", "Jordan Vell", "person", ("Jordan Vell",), (role,))
    book = Codebook([ministry, person], ["The Lantern"])
    assert book.code("the ministry", ministry).code == "PER"
    found = book.code("Jordan Vell", person, name="Jordan Vell")
    assert (found.code, found.sector) == ("KEN", "GOV")
    assert book.code("Jordan Vell", kind="person", name="Jordan Vell").code is None
    assert book.code("Lantern", kind="organisation", name="Lantern").sector == "JRN"


def test_lists_hold_only_the_manuals_codes() -> None:
    sectors = {code for row in table("sectors") for code in row["sector"].split(";") if code}
    assert sectors <= set(SECTORS)
    assert {row["context"] for row in table("contexts")} <= set(CONTEXTS)
    words = [word for row in table("contexts") for word in row["words"].split(";")]
    assert len(words) == len(set(words))
    assert {(row["act"], row["mode"]) for row in table("plover_scores")} >= {(a, "") for a in ACTS}


def test_every_act_of_the_coder_has_a_quad_and_a_score() -> None:
    coded = {(row["act"], row["mode"]) for row in table("acts") if row["act"]}
    assert [pair for pair in coded if scales.quad(pair[0]) is None] == []
    assert [pair for pair in coded if scales.score(*pair) is None] == []
    assert scales.score("ASSAULT", "drone") == -9.5
    assert scales.score("RETREAT", "return") == scales.score("RETREAT", None)


def test_contexts_are_told_by_words() -> None:
    sentence = "The women's rights groups met the refugees of the anti-terrorism raid."
    found = scales.contexts(sentence)
    assert [one.value for one in found] == ["gender", "migration", "terrorism"]
    assert all(sentence[one.start : one.end] == one.words for one in found)
    assert scales.contexts("The two men talked.") == []
    assert [one.words for one in scales.contexts("They met a migrant.")] == ["migrant"]


def test_a_formula_in_a_report_is_disarmed_and_a_number_is_not(tmp_path: Path) -> None:
    store = case_of(('=HYPERLINK("x")', "2031-05-14", "Rebels attacked the village of Torl."))
    (path,) = exports.save(store, "events", tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["outlet"] == '\'=HYPERLINK("x")'
    assert exports.unsafe(row["outlet"]) == '=HYPERLINK("x")'
    assert float(row["event_scale"]) == -9
    assert isinstance(next(exports.plover_records(store))["cite_info"]["publication"], str)


@pytest.mark.parametrize(("form", "name"), [("plover", "plover.jsonl"), ("events", "events.csv")])
def test_the_command_writes_the_same_file(
    form: str, name: str, case: rashomon.Case, out: Path, tmp_path: Path
) -> None:
    asked = ["save", str(tmp_path), "--to", form, "--case", str(case.folder.path)]
    told = CliRunner().invoke(cli.app, asked)
    assert told.exit_code == 0
    assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_an_empty_case_gives_no_rows(tmp_path: Path) -> None:
    with Store() as store:
        assert list(exports.plover_records(store)) == []
        (path,) = exports.save(store, "plover", tmp_path)
        assert path.read_text(encoding="utf-8") == ""
        (path,) = exports.save(store, "events", tmp_path)
        assert path.read_text(encoding="utf-8") == ",".join(exports.EVENT_COLUMNS) + "\n"


def documented(part: str) -> tuple[set[str], set[str]]:
    """The manual's keys and ours, as the page lists them for a part of the record."""
    text = INTERCHANGE.read_text(encoding="utf-8")
    line = re.search(rf"^\| {part} \| (.*) \| (.*) \|$", text, re.MULTILINE)
    assert line is not None, part
    return set(re.findall(r"`(\w+)`", line[1])), set(re.findall(r"`(\w+)`", line[2]))


def parts(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The record and the objects in it, by the names that the page gives them."""
    nested = ("text_info", "cite_info", "size", "date_info", "event_loc")
    entity = next(iter((*record["actor"], *record["recipient"])), None)
    lists = {name: next(iter(record[name]), None) for name in ("numbers", "context_info")}
    found = {"record": record, "entity": entity, **{n: record[n] for n in nested}, **lists}
    return {name: value for name, value in found.items() if value}


def test_the_page_lists_every_key(records: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for record in records:
        for name, value in parts(record).items():
            manuals, ours = documented(name)
            assert set(value) == manuals | ours, name
            assert manuals == set(value) & set(MANUAL.get(name, "").split()), name
            seen.add(name)
    assert len(seen) == 9


def test_the_page_lists_every_column_of_the_events_table() -> None:
    text = INTERCHANGE.read_text(encoding="utf-8").partition("## Events table")[2]
    text = text.partition("\n## ")[0]
    told = re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
    columns = [column for cell in told for column in re.findall(r"`(\w+)`", cell)]
    assert columns == list(exports.EVENT_COLUMNS)
