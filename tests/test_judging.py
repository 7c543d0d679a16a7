"""Judgements over a whole case: applied after every run, found again, reported, taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rashomon
from rashomon import cli, pipeline
from rashomon.base import store
from rashomon.base.errors import QueryError
from rashomon.base.rows import Anchor, Judgement, Skip
from rashomon.base.settings import Settings
from rashomon.case import Case
from rashomon.identify.judgements import VERBS, anchored, record
from rashomon.show import exports

DEMO = Path(str(files("rashomon").joinpath("data", "demo")))
REPORTS = sorted(DEMO.glob("*.txt"))
TEXTS = {
    "one.txt": "General Orvan Tesk met Lena Marol in Dorvil on Tuesday. Tesk said that the Quay"
    " Guards had killed 12 people. Orvan Tesk left the town.",
    "two.txt": "Captain Orvan Tesk praised Lena Marol, a report said. The Quay Guards attacked the"
    " harbour of Dorvil on 4 March 2031 and killed 30 people.",
    "three.txt": "Lena Marol fled Dorvil. “We saw nothing,” Lena Marol said of the Quay Guards.",
}
WHO = {"author": "Ann", "reason": "I know them"}
AT = "2031-04-01T10:00:0{}Z"
Tables = dict[str, bytes]


def saved(case: Path | Case) -> Tables:
    """The files of a case as `save` writes them, without those that hold its history."""
    opened = case if isinstance(case, Case) else rashomon.open_case(case)
    with TemporaryDirectory() as folder:
        paths = opened.save(folder)
        held = {path.stem: path.read_bytes() for path in paths}
    return {table: held[table] for table in held.keys() - {"judgements", "retrievals"}}


def rows(case: Case, table: str) -> list[dict[str, object]]:
    with case.folder.store() as found:
        return list(exports.records(found, table))


def first(
    case: Case, table: str, is_it: Callable[[dict[str, object]], object]
) -> dict[str, object]:
    return next(row for row in rows(case, table) if is_it(row))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    rashomon.read(sorted(folder.glob("*.txt")), folder / "case")
    return folder / "case"


@pytest.fixture
def case(small: Path, tmp_path: Path) -> Case:
    shutil.copytree(small, tmp_path / "case")
    return rashomon.open_case(tmp_path / "case")


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented crisis without its last two reports."""
    folder = tmp_path_factory.mktemp("crisis") / "case"
    rashomon.read(REPORTS[:-2], folder)
    return folder


def actor(case: Case, label: str) -> dict[str, object]:
    return first(case, "actors", lambda row: row["label"] == label)


def test_every_verb_has_its_command() -> None:
    named = {command.name or command.callback.__name__ for command in cli.judge.registered_commands
             if command.callback}  # fmt: skip
    assert named == {*VERBS, "list"}


def test_actors_are_judged_by_the_name_they_are_shown_under(case: Case) -> None:
    case.judge("same", "Orvan Tesk", "Lena Marol", **WHO)
    case.judge("name", "Quay Guards", value="Guards of the Quay", **WHO)
    case.judge("type", "Guards of the Quay", value="armed_group", **WHO)
    labels = {row["label"]: row["kind"] for row in rows(case, "actors")}
    assert labels["Guards of the Quay"] == "armed_group"
    assert len({"Orvan Tesk", "Lena Marol"} & labels.keys()) == 1


def test_an_outlet_is_as_judged(case: Case) -> None:
    article = first(case, "articles", lambda row: str(row["document"]).endswith("one.txt"))
    case.judge("outlet", str(article["document"]), value="Quay Post", **WHO)
    told = first(case, "articles", lambda row: row["id"] == article["id"])
    assert (told["outlet"], told["outlet_basis"]) == ("Quay Post", "judged")
    assert first(case, "accounts", lambda row: row["article"] == article["id"])["chain"] == [
        "Quay Post"
    ]


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "tuesday"),
    [
        ("2031-03-06", "2031-03-06", "2031-03-06", "2031-03-04"),
        ("2031-03", "2031-03-01", "2031-03-31", None),
        ("2031-03/2031-04-02", "2031-03-01", "2031-04-02", None),
    ],
)
def test_times_are_counted_from_the_date_judged(
    case: Case, date: str, earliest: str, latest: str, tuesday: str | None
) -> None:
    article = first(case, "articles", lambda row: str(row["document"]).endswith("one.txt"))
    assert article["published"] is None
    before = {row["id"] for row in rows(case, "mentions")}
    case.judge("reference-date", str(article["id"]), value=date, **WHO)
    told = first(case, "articles", lambda row: row["id"] == article["id"])
    span = earliest if earliest == latest else f"{earliest}/{latest}"
    assert (told["published"], told["published_basis"]) == (span, "judged")
    when = first(case, "mentions", lambda row: "Tuesday" in str(row["text"]))
    assert when["earliest"] == tuesday
    assert {row["id"] for row in rows(case, "mentions")} == before
    skips = [row for row in rows(case, "skips") if row["stage"] == "date"]
    assert bool(skips) == (tuesday is None)


@pytest.mark.parametrize(
    "table", ["mentions", "quotes", "statements", "links", "actors", "events", "accounts"]
)
def test_what_is_wrong_is_gone_and_nothing_points_at_it(case: Case, table: str) -> None:
    for row in rows(case, table)[:2]:
        made = case.judge("wrong", str(row["id"]), **WHO)
        left = saved(case)
        found = b"\n".join(content for name, content in left.items() if name != "skips")
        assert str(row["id"]).encode() not in found, row
        assert b"not in the case" not in left["skips"]
        case.judge("undo", made.id, **WHO)


def test_an_echo_and_a_place_can_be_wrong(crisis: Path, tmp_path: Path) -> None:
    shutil.copytree(crisis, tmp_path / "case")
    case = rashomon.open_case(tmp_path / "case")
    for table in ("echoes", "places"):
        row = str(rows(case, table)[0]["id"])
        case.judge("wrong", row, **WHO)
        assert row not in {found["id"] for found in rows(case, table)}


def test_undone_judgements_leave_the_tables_as_they_were(case: Case) -> None:
    before = saved(case)
    article = str(rows(case, "articles")[0]["id"])
    made = [
        case.judge("same", "Orvan Tesk", "Lena Marol", **WHO),
        case.judge("reference-date", article, value="2031-03", **WHO),
        case.judge("outlet", article, value="Quay Post", **WHO),
        case.judge("wrong", str(rows(case, "quotes")[0]["id"]), **WHO),
        case.judge("wrong", str(rows(case, "mentions")[0]["id"]), **WHO),
    ]
    assert saved(case) != before
    case.judge("undo", *(judgement.id for judgement in made), author="Ann")
    assert saved(case) == before
    assert [row["applied"] for row in case.judgements()] == ["no: undone"] * 5 + ["yes"]


def test_a_dispute_keeps_its_state_when_a_telling_joins_its_event(
    crisis: Path, tmp_path: Path
) -> None:
    shutil.copytree(crisis, tmp_path / "case")
    case = rashomon.open_case(tmp_path / "case")
    old = first(case, "disputes", lambda row: row["about"] == "killed" and row["kind"] == "dispute")
    case.judge("dispute", str(old["id"]), value="not-a-dispute", **WHO)
    case = rashomon.read(REPORTS, tmp_path / "case")
    states = {row["about"]: (row["id"], row["state"]) for row in rows(case, "disputes")
              if row["kind"] == "dispute"}  # fmt: skip
    assert states["killed"][0] != old["id"]
    assert states["killed"][1] == "not_a_dispute"
    assert {state for about, (_, state) in states.items() if about != "killed"} == {"open"}
    assert str(states["killed"][0]) not in {line.id for line in case.summary().disputes}


def test_a_judgement_outlives_a_new_reading_version(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.judge("same", "Orvan Tesk", "Lena Marol", **WHO)
    case.judge("wrong", str(rows(case, "quotes")[0]["id"]), **WHO)
    before = saved(case)
    monkeypatch.setattr(pipeline, "READING", pipeline.READING + 1)
    rashomon.read([], case.folder.path)
    assert saved(case) == before


def test_rows_are_found_again_by_their_words_when_ids_have_changed(
    case: Case, tmp_path: Path
) -> None:
    one, other = (str(actor(case, label)["id"]) for label in ("Orvan Tesk", "Lena Marol"))
    article = str(rows(case, "articles")[0]["id"])
    case.judge("outlet", article, value="Quay Post", **WHO)
    case.judge("wrong", str(rows(case, "quotes")[0]["id"]), **WHO)
    case.judge("wrong", str(rows(case, "events")[0]["id"]), **WHO)
    case.judge("same", one, other, **WHO)
    before = saved(case)
    with_other_ids = []
    for line in case.folder.journal.read_text().splitlines():
        fields = json.loads(line)
        for at, target in enumerate(fields["targets"]):
            gone = f"{target[:4]}{at:016x}"
            fields["targets"][at] = gone
            for anchor in fields["anchors"]:
                if anchor["target"] == target:
                    anchor |= {"target": gone, "row": "men-0000000000000000"}
        with_other_ids.append(json.dumps(fields))
    case.folder.journal.write_text("\n".join(with_other_ids) + "\n")
    rashomon.read([], case.folder.path)
    assert saved(case) == before


def test_a_judgement_whose_row_is_gone_is_reported_with_its_words(case: Case) -> None:
    anchor = Anchor("quo-0123456789abcdef", "quo-0123456789abcdef", "", "doc-x", 0, 9, "We saw it")
    made = record(case.folder.journal, "wrong", [anchor.target], at=AT.format(1), anchors=[anchor])
    other = record(case.folder.journal, "praise", ["Orvan Tesk"], at=AT.format(2))
    rashomon.read([], case.folder.path)
    applied = {row["id"]: row["applied"] for row in case.judgements()}
    assert "(“We saw it”) is not in the case any more" in applied[made.id]
    assert "there is no verb 'praise'" in applied[other.id]
    with case.folder.store() as found:
        assert {row.stage for row in found.rows(Skip, "stage = 'judgements'")} == {"judgements"}


@pytest.mark.parametrize(
    ("verb", "targets", "value", "reason"),
    [
        ("praise", ["Orvan Tesk"], "", "there is no verb 'praise'"),
        ("same", ["Orvan Tesk"], "", "takes 2 targets or more"),
        ("same", ["Orvan Tesk", "Nobody"], "", "no actor of the case has the name “Nobody”"),
        ("same", ["Orvan Tesk", "men-0123456789abcdef"], "", "there is no row men-"),
        ("type", ["Orvan Tesk"], "wizard", "it is one of: person, organisation"),
        ("name", ["Orvan Tesk"], " ", "say the name"),
        ("name", ["Orvan Tesk", "Lena Marol"], "X", "takes one target, not 2"),
        ("wrong", ["Orvan Tesk"], "", "is no id"),
        ("wrong", ["dis-0123456789abcdef"], "", "give it a state with “dispute”"),
        ("wrong", ["men-0123456789abcdef"], "very", "takes no value"),
        ("outlet", ["nine.txt"], "X", "no article of the case is called"),
        ("reference-date", ["art-0123456789abcdef"], "2031-02-30", "a date is written 2020"),
        ("reference-date", ["art-0123456789abcdef"], "2031-03/2030", "a date is written 2020"),
        ("dispute", ["dis-0123456789abcdef"], "shut", "open, explained, not-a-dispute"),
        ("undo", ["jud-0123456789abcdef"], "", "`rashomon judge list` shows them"),
    ],
)
def test_what_cannot_be_is_refused_and_not_written(
    case: Case, verb: str, targets: list[str], value: str, reason: str
) -> None:
    with pytest.raises(QueryError) as error:
        case.judge(verb, *targets, value=value, **WHO)
    assert reason in str(error.value)
    assert not case.folder.journal.exists()


def test_a_judgement_needs_its_author_and_its_reason(case: Case) -> None:
    with pytest.raises(QueryError, match="say who decides"):
        case.judge("same", "Orvan Tesk", "Lena Marol", reason="kin")
    with pytest.raises(QueryError, match="say why"):
        case.judge("same", "Orvan Tesk", "Lena Marol", author="Ann")


def test_a_name_of_two_actors_lists_both(crisis: Path, tmp_path: Path) -> None:
    shutil.copytree(crisis, tmp_path / "case")
    case = rashomon.open_case(tmp_path / "case")
    with pytest.raises(QueryError) as error:
        case.judge("name", "Mardun", value="X", **WHO)
    for label in ("Tomas Mardun", "Elira Mardun"):
        assert f"{actor(case, label)['id']} {label} (person" in str(error.value)


OF_THE_SMALL_CASE = (
    ("same", ("Orvan Tesk", "Lena Marol"), ""),
    ("different", ("Orvan Tesk", "Lena Marol"), ""),
    ("same", ("Quay Guards", "Lena Marol"), ""),
    ("name", ("Lena Marol",), "The Marol"),
    ("type", ("Quay Guards",), "armed_group"),
    ("wrong", ("mentions", 0), ""),
    ("wrong", ("mentions", 3), ""),
    ("wrong", ("quotes", 0), ""),
    ("wrong", ("statements", 1), ""),
    ("wrong", ("events", 0), ""),
    ("outlet", ("articles", 0), "Quay Post"),
    ("reference-date", ("articles", 1), "2031-03"),
)
STEPS = st.lists(
    st.one_of(
        st.sampled_from(OF_THE_SMALL_CASE).map(lambda step: ("judge", step)),
        st.integers(0, 5).map(lambda at: ("undo", at)),
    ),
    max_size=7,
)


def written(case: Case, steps: Iterable[tuple[str, object]]) -> None:
    """Steps as lines of the journal; "undo" takes back the line at a position, if there is one."""
    made: list[Judgement] = []
    with case.folder.store() as tables:
        for number, (what, step) in enumerate(steps):
            if what == "undo":
                if step < len(made):  # type: ignore[operator]
                    target = made[step].id  # type: ignore[call-overload]
                    made.append(record(case.folder.journal, "undo", [target], at=f"{AT}{number}"))
                continue
            verb, targets, value = step  # type: ignore[misc]
            if isinstance(targets[-1], int):
                targets = (str(rows(case, targets[0])[targets[1]]["id"]),)
            anchors = anchored(tables, verb, targets)
            made.append(
                record(
                    case.folder.journal, verb, targets, value=value, author="Ann",
                    at=f"{AT}{number}", anchors=anchors,
                )
            )  # fmt: skip


def built(small: Path, folder: Path, write: Callable[[Case], object]) -> Tables:
    shutil.copytree(small, folder)
    case = rashomon.open_case(folder)
    write(case)
    pipeline.build(case.folder, Settings())
    return saved(case)


@settings(deadline=None, max_examples=8)
@given(steps=STEPS)
def test_what_is_undone_never_was(small: Path, steps: list[tuple[str, object]]) -> None:
    """Any judgements and undos give the tables of those that stand, in their order."""
    with TemporaryDirectory() as folder:
        there = Path(folder)
        everything = built(small, there / "all", lambda case: written(case, steps))
        with rashomon.open_case(there / "all").folder.store() as found:
            stand = {row.at for row in found.rows(Judgement, "NOT undone AND verb != 'undo'")}

        def write_standing(case: Case) -> None:
            journal = there / "all" / "judgements.jsonl"
            lines = journal.read_text().splitlines(keepends=True) if journal.exists() else []
            kept = [line for line in lines if json.loads(line)["at"] in stand]
            case.folder.journal.write_text("".join(kept))

        assert everything == built(small, there / "standing", write_standing)


def test_a_case_reads_alike_with_a_journal_by_hand(case: Case) -> None:
    """Lines without anchors, as an editor would write them."""
    line = {"verb": "same", "targets": ["Orvan Tesk", "Lena Marol"], "author": "Ann", "at": AT}
    case.folder.journal.write_text(json.dumps(line) + "\n")
    rashomon.read([], case.folder.path)
    labels = {row["label"] for row in rows(case, "actors")}
    assert len({"Orvan Tesk", "Lena Marol"} & labels) == 1
    assert store.open_existing(case.folder.path).journal.read_text().count("\n") == 1
