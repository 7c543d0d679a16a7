"""Exports: what other tools read is valid there, says who says it, and leads back to words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import rashomon
from rashomon import cli
from rashomon.base.errors import CaseError
from rashomon.base.store import Store
from rashomon.show import exports
from rashomon.show.exports import geojson, graphml, graphs, tellings, timeline
from rashomon.show.exports.files import safe
from told import case_of

INTERCHANGE = Path(__file__).resolve().parents[1] / "docs" / "interchange.md"
FORMS = get_args(exports.Form)
EVIL = '=HYPERLINK("http://x")\r<script>alert(1)</script>'


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("exports") / "demo")


@pytest.fixture(scope="module")
def out(case: rashomon.Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    for form in FORMS:
        case.save(folder, to=form)
    return folder


@pytest.fixture(scope="module")
def texts(out: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in lines(out / "documents.jsonl")}


@pytest.fixture(scope="module")
def events(out: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in lines(out / "events.jsonl")}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def library(name: str) -> ModuleType:
    """The library of a format, from the extra `formats`."""
    return pytest.importorskip(name, reason=f"{name} is not installed: rashomon[formats]")


def check_told(told: list[dict[str, Any]], texts: dict[str, str], keys: tuple[str, ...]) -> None:
    """Every telling has its keys, voices, and words that stand where it says."""
    assert told
    for one in told:
        assert set(one) == set(keys)
        text = texts[one["document"]]
        assert text[one["sentence_start"] : one["sentence_end"]] == one["sentence"]
        assert text[one["start"] : one["end"]]
        assert one["chain"]


# FollowTheMoney


def test_followthemoney_keeps_every_value_of_every_entity(out: Path) -> None:
    model = library("followthemoney").model
    for entity in lines(out / "entities.ftm.json"):
        proxy = model.get_proxy({**entity, "properties": {}})
        for name, values in entity["properties"].items():
            proxy.add(name, values, cleaned=False)
        proxy.schema.validate(proxy.to_dict())
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in entity["properties"].items()}


def test_entities_of_real_places_and_states_are_kept_too(tmp_path: Path) -> None:
    model = library("followthemoney").model
    text = "The Norwegian foreign ministry accused Chad in Beirut. Troops left Oslo on 3 May 2031."
    with case_of(("Torva Post", "2031-05-04", text)) as store:
        (path,) = exports.save(store, "ftm", tmp_path)
    found = lines(path)
    countries = {c for e in found for c in e["properties"].get("country", ())}
    assert countries >= {"no", "td", "lb"}
    for entity in found:
        proxy = model.get_proxy(entity, cleaned=False)
        assert set(proxy.to_dict()["properties"]) == set(entity["properties"])


def test_entities_have_one_id_each_and_lead_to_each_other(out: Path) -> None:
    found = lines(out / "entities.ftm.json")
    schema = {entity["id"]: entity["schema"] for entity in found}
    assert len(schema) == len(found)
    for entity in found:
        for name in ("proof", "document", "resolved", "involved", "addressEntity", "subject"):
            assert [v for v in entity["properties"].get(name, ()) if v not in schema] == []
    assert {"Person", "Organization", "PublicBody", "Article", "Event", "Mention", "UnknownLink",
            "Address"} <= set(schema.values())  # fmt: skip


def test_no_event_entity_can_be_taken_for_what_is_so(
    out: Path, events: dict[str, dict[str, Any]], texts: dict[str, str]
) -> None:
    statements = {row["id"]: row for row in lines(out / "statements.jsonl")}
    found = [e for e in lines(out / "entities.ftm.json") if e["schema"] == "Event"]
    assert {entity["id"] for entity in found} == set(events)
    for entity in found:
        properties = entity["properties"]
        told = [statements[name] for name in events[entity["id"]]["statements"]]
        assert "not a verified incident" in properties["summary"][0]
        for one in told:
            mark = f"{one['polarity']}, {one['modality']}"
            where = f"[{one['document']}:{one['start']}-{one['end']}]"
            assert mark in properties["name"][0]
            (line,) = [line for line in properties["description"] if line.endswith(where)]
            assert line.startswith(f"{' ← '.join(one['chain'])} ({mark}): “")
    denied = [entity for entity in found if "denied" in entity["properties"]["name"][0]]
    assert denied


def test_a_day_is_a_date_and_bounds_are_no_duration(out: Path) -> None:
    found = [e["properties"] for e in lines(out / "entities.ftm.json") if e["schema"] == "Event"]
    assert any("date" in one for one in found)
    between = [one for one in found if "startDate" in one]
    assert between
    for one in between:
        assert "date" not in one
        assert "not its length" in one["summary"][0]


# GeoJSON


def test_geojson_reads_it(out: Path, texts: dict[str, str]) -> None:
    found = library("geojson").loads((out / "places.geojson").read_text(encoding="utf-8"))
    assert found.is_valid, found.errors()
    assert found["features"]
    for feature in found["features"]:
        assert set(feature["properties"]) == set(geojson.PROPERTIES)
        check_told(feature["properties"]["told"], texts, tellings.KEYS)
    ids = [feature["id"] for feature in found["features"]]
    assert ids == sorted(set(ids))


def test_a_known_place_is_a_point_and_an_unknown_one_is_kept_without() -> None:
    text = "Troops killed a farmer in Beirut. Rebels killed a farmer in the town of Torlwick."
    with case_of(("Torva Post", "2031-05-14", text)) as store:
        found = {f["properties"]["place_name"]: f for f in geojson.features(store)}
    longitude, latitude = found["Beirut"]["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (36, 34)
    assert found["Torlwick"]["geometry"] is None


def test_every_telling_with_a_place_is_on_the_map_once(out: Path) -> None:
    held = {name for row in lines(out / "events.jsonl") for name in row["statements"]}
    placed = [s["id"] for s in lines(out / "statements.jsonl") if s["place"] and s["id"] in held]
    found = json.loads((out / "places.geojson").read_text(encoding="utf-8"))
    told = [one["statement"] for f in found["features"] for one in f["properties"]["told"]]
    assert sorted(told) == sorted(placed)


# GraphML


@pytest.mark.parametrize("name", ["actors", "voices"])
def test_networkx_reads_the_graphs(name: str, out: Path, texts: dict[str, str]) -> None:
    graph = library("networkx").read_graphml(out / f"{name}.graphml", force_multigraph=True)
    nodes, edges = {
        "actors": (graphs.ACTOR_NODE, graphs.ACTOR_EDGE),
        "voices": (graphs.VOICE_NODE, graphs.VOICE_EDGE),
    }[name]
    kinds = {"string": str, "int": int, "boolean": bool}
    assert graph.is_directed()
    assert graph.number_of_edges() > 20
    for columns, found in ((nodes, graph.nodes(data=True)), (edges, graph.edges(data=True))):
        for *_, values in found:
            assert set(values) - {"id"} <= set(columns)
            assert all(isinstance(values[key], kinds[columns[key]]) for key in values.keys() - "id"
                       if key in columns)  # fmt: skip
    keys = tellings.KEYS if name == "actors" else graphs.SPOKEN
    for *_, values in graph.edges(data=True):
        told = json.loads(values["told"])
        check_told(told, texts, keys)
        assert 0 < values["weight"] <= len(told)
        assert values["documents"] == len({one["document"] for one in told})


def test_an_edge_keeps_apart_what_is_affirmed_and_what_is_denied() -> None:
    with case_of(
        ("Torva Post", "2031-05-14", "Chad attacked Sudan on Monday."),
        ("Sael Post", "2031-05-14", "Chad did not attack Sudan on Monday. Chad attacked Sudan."),
    ) as store:
        graph = graphs.actors(store)
        labels = {node.id: node.values["label"] for node in graph.nodes}
        found = {
            (labels[edge.source], labels[edge.target], edge.values["polarity"]): edge.values
            for edge in graph.edges
        }
    assert set(found) == {("Chad", "Sudan", "affirmed"), ("Chad", "Sudan", "denied")}
    assert found["Chad", "Sudan", "affirmed"]["weight"] == 2
    assert found["Chad", "Sudan", "denied"]["quad_code"] == 4


def test_words_that_no_actor_is_known_for_are_not_joined_across_reports() -> None:
    text = "A soldier killed a farmer."
    with case_of(("Torva Post", "2031-05-14", text), ("Sael Post", "2031-05-14", text)) as store:
        nodes = list(graphs.actors(store).nodes)
    assert len(nodes) == 4
    assert not any(node.values["known"] for node in nodes)


def test_who_takes_from_whom_points_to_the_one_taken_from() -> None:
    text = "Chad attacked Sudan, the foreign ministry of Chad told the Sael Wire."
    with case_of(("Torva Post", "2031-05-14", text), ("Sael Wire", "2031-05-13", "A.")) as store:
        graph = graphs.voices(store)
        labels = {node.id: (node.values["label"], node.values["kind"]) for node in graph.nodes}
        ends = {(labels[edge.source][0], labels[edge.target][0]) for edge in graph.edges}
    assert ("Torva Post", "outlet") in labels.values()
    assert {source for source, _ in ends} >= {"Torva Post"}
    assert all(target != "Torva Post" for _, target in ends)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_stand_in_a_graph(text: str) -> None:
    from lxml import etree

    element = etree.Element("data")
    element.text = graphml.plain(text)
    read = etree.fromstring(etree.tostring(element, encoding="utf-8")).text or ""
    assert read.replace("\r", "\n") == graphml.plain(text).replace("\r", "\n")


# Timeline

DATE = {"year", "month", "day", "hour", "minute"}


class Tags(HTMLParser):
    """The tags of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.add(tag)


def slides(out: Path) -> Iterator[dict[str, Any]]:
    found = json.loads((out / "timeline.json").read_text(encoding="utf-8"))
    yield from found["events"]


def test_the_timeline_is_as_timelinejs_documents_it(out: Path, texts: dict[str, str]) -> None:
    found = json.loads((out / "timeline.json").read_text(encoding="utf-8"))
    assert set(found) == {"title", "events", "undated"}
    assert set(found["title"]["text"]) == {"headline", "text"}
    ids = [slide["unique_id"] for slide in (*found["events"], *found["undated"])]
    assert sorted(ids) == sorted(row["id"] for row in lines(out / "events.jsonl"))
    for slide in found["events"]:
        assert set(slide) | {"end_date"} == set(timeline.SLIDE)
        for date in (slide["start_date"], slide.get("end_date", slide["start_date"])):
            assert "year" in date
            assert set(date) <= DATE
            assert all(isinstance(part, int) for part in date.values())
        check_told(slide["told"], texts, tellings.KEYS)
    for slide in found["undated"]:
        assert set(slide) == set(timeline.SLIDE) - {"start_date", "end_date", "display_date"}


def test_an_uncertain_date_is_an_interval_and_says_so(out: Path) -> None:
    found = {s["unique_id"]: s for s in slides(out)}
    between = [s for s in found.values() if s["earliest"] != s["latest"]]
    assert between
    for slide in between:
        assert slide["display_date"].startswith(("between", "not before", "not after"))
        if slide["earliest"] and slide["latest"]:
            assert "end_date" in slide
    assert timeline.display(None, "2031-05-01") == "not after 2031-05-01"
    assert timeline.display("2031-05-01", None) == "not before 2031-05-01"


def test_the_words_of_a_report_are_no_html() -> None:
    text = "<b onclick=x>Rebels</b> attacked the village of Torl on 3 May 2031."
    with case_of(("<script>x</script>", "2031-05-14", text)) as store:
        (slide,) = timeline.slides(store)
    tags = Tags()
    tags.feed(slide["text"]["headline"] + slide["text"]["text"])
    assert tags.found == {"ul", "li", "b", "code"}
    assert "&lt;script&gt;x&lt;/script&gt;" in slide["text"]["text"]


# CSV and Parquet


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cell_is_no_formula_and_its_text_comes_back(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert exports.unsafe(safe(text)) == text


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.floats(
    allow_nan=False, allow_infinity=False), st.integers())))  # fmt: skip
def test_what_is_written_as_csv_comes_back(rows: list[tuple[str, float, int]]) -> None:
    file = io.StringIO(newline="")
    columns = ("text", "real", "whole")
    exports.write_csv(columns, (dict(zip(columns, row, strict=True)) for row in rows), file)
    file.seek(0)
    found = [
        (exports.unsafe(row["text"]), float(row["real"]), int(row["whole"]))
        for row in csv.DictReader(file)
    ]
    assert found == rows


def test_every_table_in_csv_is_without_formulas_and_says_what_the_lines_say(
    tmp_path: Path,
) -> None:
    text = f"{EVIL}\n\n-5 degrees, he said.\n\n@user: Rebels attacked Torl on Monday."
    with case_of((EVIL, "2031-05-14", text)) as store:
        for form in ("csv", "jsonl"):
            exports.save(store, form, tmp_path)  # type: ignore[arg-type]
    disarmed = 0
    for table in exports.tables():
        expected = lines(tmp_path / f"{table}.jsonl")
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert len(found) == len(expected)
        for cells, row in zip(found, expected, strict=True):
            for column, value in row.items():
                if isinstance(value, str):
                    assert not cells[column].startswith(("=", "+", "-", "@", "\t", "\r"))
                    assert exports.unsafe(cells[column]) == value
                    disarmed += cells[column] != value
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(cells[column]) == value
    assert disarmed


@pytest.mark.parametrize("table", exports.tables())
def test_parquet_holds_the_same_rows(table: str, out: Path) -> None:
    found = pq.read_table(out / f"{table}.parquet").to_pylist()
    assert json.loads(json.dumps(found)) == lines(out / f"{table}.jsonl")


# Redaction


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_only_in_comments_is_in_no_file(
    form: exports.Form, case: rashomon.Case, out: Path, tmp_path: Path
) -> None:
    texts = {row["id"]: row["text"] for row in lines(out / "documents.jsonl")}
    comments = [row for row in lines(out / "zones.jsonl") if row["kind"] == "comment"]
    handles = {str(zone["label"]) for zone in comments}
    names = {
        name
        for zone in comments
        for name in re.findall(r"[A-Z]\w{3,}", texts[zone["document"]][zone["start"] : zone["end"]])
    }
    left = _outside(texts, comments)
    only_there = {name for name in names | handles if name.lower() not in left.lower()}
    assert {"Citizen_K", "Saltbeard"} <= only_there
    assert only_there - handles
    case.save(tmp_path, to=form, redact=True)
    whole = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
    if form == "parquet":
        tables = [pq.read_table(path).to_pylist() for path in sorted(tmp_path.iterdir())]
        whole = json.dumps(tables, ensure_ascii=False).encode()
    saved = whole.decode("utf-8")
    assert [name for name in sorted(only_there) if name in saved] == []
    assert "Tomas Mardun" in saved


def _outside(texts: dict[str, str], comments: list[dict[str, Any]]) -> str:
    """All that stands outside comments, and the names of documents."""
    kept = []
    for name, text in texts.items():
        last = 0
        for zone in sorted((z for z in comments if z["document"] == name), key=lambda z: z["end"]):
            kept.append(text[last : zone["start"]])
            last = zone["end"]
        kept += [text[last:], name]
    return "\n".join(kept)


def test_a_redacted_text_keeps_its_offsets_and_all_other_rows(
    case: rashomon.Case, out: Path, tmp_path: Path
) -> None:
    case.save(tmp_path, redact=True)
    before, after = lines(out / "documents.jsonl"), lines(tmp_path / "documents.jsonl")
    comments = [row for row in lines(out / "zones.jsonl") if row["kind"] == "comment"]
    assert comments
    for old, new in zip(before, after, strict=True):
        hidden = {
            position
            for zone in comments
            if zone["document"] == old["id"]
            for position in range(zone["start"], zone["end"])
        }
        expected = [
            "█" if at in hidden and not sign.isspace() else sign
            for at, sign in enumerate(old["text"])
        ]
        assert new["text"] == "".join(expected)
    for table in set(exports.tables()) - {"documents", "zones", "skips"}:
        assert lines(tmp_path / f"{table}.jsonl") == lines(out / f"{table}.jsonl")


# Any case


@pytest.mark.parametrize("form", FORMS)
def test_the_same_case_gives_the_same_files(
    form: exports.Form, case: rashomon.Case, tmp_path: Path
) -> None:
    first = {path.name: path.read_bytes() for path in case.save(tmp_path, to=form)}
    assert {path.name: path.read_bytes() for path in case.save(tmp_path, to=form)} == first


def test_an_empty_case_gives_files_that_hold_nothing(tmp_path: Path) -> None:
    with Store() as store:
        for form in FORMS:
            exports.save(store, form, tmp_path)
    assert json.loads((tmp_path / "places.geojson").read_bytes())["features"] == []
    assert json.loads((tmp_path / "timeline.json").read_bytes())["events"] == []
    assert (tmp_path / "entities.ftm.json").read_bytes() == b""
    assert pq.read_table(tmp_path / "statements.parquet").num_rows == 0
    networkx = library("networkx")
    assert len(networkx.read_graphml(tmp_path / "actors.graphml")) == 0


def save(case: Path, folder: Path, *options: str) -> tuple[int, str]:
    asked = ["save", str(folder), "--case", str(case), *options]
    told = CliRunner().invoke(cli.app, asked)
    return told.exit_code, f"{told.exception} {told.stderr}"


def test_a_case_in_the_middle_of_reading_says_so(tmp_path: Path) -> None:
    case = tmp_path / "case"
    (tmp_path / "a.txt").write_text("Rebels attacked the village of Torl on 3 May 2031.")
    rashomon.read([tmp_path / "a.txt"], case)
    assert save(case, tmp_path / "out", "--to", "ftm")[0] == 0
    (batch,) = (case / "readings").iterdir()
    (case / "readings" / f"{batch.name}x").mkdir()  # a batch that is not in the tables yet
    status, message = save(case, tmp_path / "out", "--to", "ftm")
    assert (status, "is being read" in message) == (3, True)
    (case / "case.duckdb").unlink()
    status, message = save(case, tmp_path / "out", "--to", "ftm", "--redact")
    assert (status, "holds no tables yet" in message) == (1, True)


@pytest.mark.parametrize("change", ["ALTER TABLE events DROP certainty", "DROP TABLE retrievals"])
@pytest.mark.parametrize("form", ["jsonl", "ftm", "geojson"])
def test_a_case_of_an_older_version_says_so(
    change: str, form: exports.Form, tmp_path: Path
) -> None:
    with Store() as store:
        store.execute(change)
        with pytest.raises(CaseError, match="an older Rashomon built the tables"):
            exports.save(store, form, tmp_path)


def test_records_of_one_sentence_without_a_title_are_coded(tmp_path: Path) -> None:
    sentences = [
        "Rebels attacked the village of Torl on 3 May 2031.",
        "Marvian soldiers arrested 12 protesters in Torl",
        "The prime minister of Marvia met the president of Kessaly.",
    ]
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps({"text": text}) + "\n" for text in sentences))
    rashomon.read([records], tmp_path / "case").save(tmp_path / "out", to="plover")
    found = lines(tmp_path / "out" / "plover.jsonl")
    assert sorted(record["text"] for record in found) == sorted(sentences)


# The page


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("telling", tellings.KEYS),
        ("feature", geojson.PROPERTIES),
        ("slide", timeline.SLIDE),
        ("actors, node", tuple(graphs.ACTOR_NODE)),
        ("actors, edge", tuple(graphs.ACTOR_EDGE)),
        ("voices, node", tuple(graphs.VOICE_NODE)),
        ("voices, edge", tuple(graphs.VOICE_EDGE)),
        ("voices, telling", graphs.SPOKEN),
    ],
)
def test_the_page_lists_the_keys(part: str, keys: tuple[str, ...]) -> None:
    text = INTERCHANGE.read_text(encoding="utf-8")
    line = re.search(rf"^\| {part} \| (.*) \|$", text, re.MULTILINE)
    assert line is not None, part
    assert tuple(re.findall(r"`(\w+)`", line[1])) == keys


def test_the_page_names_every_schema_and_form(out: Path) -> None:
    text = INTERCHANGE.read_text(encoding="utf-8")
    schemata = {entity["schema"] for entity in lines(out / "entities.ftm.json")}
    assert [name for name in sorted(schemata) if f"`{name}`" not in text] == []
    assert [form for form in FORMS if form not in text] == []
