"""The corpus: marks find their words, and what it must hold is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "training"))

import agree
import count
import marked
import rows

CRISES = ROOT / "corpus" / "crises"
CRISIS = """world: a river
entity council | organisation | Orsova council
entity dren | person | Ilka Dren
event raid | the raid on the mill
event vote | the vote
"""
REPORT = """outlet: The Orsova Courier
published: 2031-05-12

[title]
Council votes to close the mill

Ilka Dren said on Monday that the raid on the mill, which
the council ordered, had been lawful.
She said no more.
m: Ilka Dren=dren ; the council=council ; She=dren
t: Monday=2031-05-12
q1: Ilka Dren | said @ Ilka Dren said | that the raid .. lawful | named | dren
s: raid | COERCE.seize | the council | the mill | happened | e=raid
"""


@pytest.fixture
def crisis(tmp_path: Path) -> Path:
    folder = tmp_path / "crises" / "mill"
    folder.mkdir(parents=True)
    (folder / "crisis.txt").write_text(CRISIS, encoding="utf-8")
    (folder / "01_courier.txt").write_text(REPORT, encoding="utf-8")
    return folder


def test_marks_point_at_their_words(crisis: Path) -> None:
    report = marked.read_crisis(crisis).reports[0]
    quote = report.quotes[0]
    assert report.text[slice(*quote.source)] == "Ilka Dren"
    assert report.text[slice(*quote.cue)] == "said"
    content = report.text[slice(*quote.content[0])]
    assert content == "that the raid on the mill, which the council ordered, had been lawful"
    assert [report.text[slice(*name.span)] for name in report.names] == [
        "Ilka Dren",
        "the council",
        "She",
    ]
    assert report.told[0].act == "COERCE"


def test_lines_are_kept_where_the_header_says_so(crisis: Path) -> None:
    path = crisis / "01_courier.txt"
    path.write_text(REPORT.replace("published", "lines: kept\npublished"), encoding="utf-8")
    report = marked.read_crisis(crisis).reports[0]
    assert "which\nthe council" in report.text
    assert "which\nthe council" in report.text[slice(*report.quotes[0].content[0])]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("m: Ilka Drem=dren", "not in the paragraph"),
        ("m: the=council", "stands there 3 times"),
        ("m: Ilka Dren=nobody", "no entity nobody"),
        ("q: Ilka Dren | said @ She said | no more | loud | dren", "unknown flag"),
        ("q: Ilka Dren | said @ She said | no more | named | dren | in q9", "no quote q9"),
        ("s: ordered | ORDER | the council | - | happened", "no act ORDER"),
        ("s: ordered | REQUEST.loudly | the council | - | happened", "no mode loudly"),
        ("s: ordered | REQUEST | the council | - | done", "done"),
        ("s: ordered | REQUEST | the council | - | happened | e=war", "no event war"),
        ("s: ordered | REQUEST", "five fields"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_with_file_and_line(
    crisis: Path, line: str, complaint: str
) -> None:
    path = crisis / "01_courier.txt"
    path.write_text(REPORT + line + "\n", encoding="utf-8")
    with pytest.raises(marked.MarkError, match=complaint) as caught:
        marked.read_crisis(crisis)
    assert "01_courier.txt:7" in str(caught.value)


def test_rows_carry_offsets_into_the_text(crisis: Path) -> None:
    tables = rows.tables([marked.read_crisis(crisis)])
    text = tables["documents"][0]["text"]
    for mention in tables["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    assert tables["events"][0]["statements"] == [tables["statements"][0]["id"]]


def test_every_crisis_reads_and_the_unseen_ones_are_there() -> None:
    crises = marked.read_corpus(CRISES)
    names = {crisis.name for crisis in crises}
    unseen = set((ROOT / "corpus" / "unseen.txt").read_text(encoding="utf-8").split())
    words = {crisis.name: sum(len(r.text.split()) for r in crisis.reports) for crisis in crises}
    assert unseen <= names
    assert all(6 <= len(crisis.reports) <= 20 for crisis in crises)
    assert sum(words[name] for name in unseen) >= 0.2 * sum(words.values())


def test_the_corpus_holds_what_it_must() -> None:
    tables = count.counts(marked.read_corpus(CRISES))
    assert sum(tables["words"].values()) >= 60_000
    assert len(tables["cues"]) >= 400
    assert len(tables["predicates"]) >= 600
    assert set(tables["acts"]) >= marked.ACTS
    told = " ".join(tables["told"])
    assert all(word in told for word in (*marked.MODALITIES, "denied"))
    assert tables["nesting"]["nested"] >= 100


def test_the_differences_of_two_marks_are_listed_with_their_words(crisis: Path) -> None:
    first = marked.read_crisis(crisis).reports[0]
    again = REPORT.replace("Monday=2031", "on Monday=2031").replace("COERCE.seize", "ASSAULT")
    again = again.replace(" ; the council=council", "").replace("| that the raid", "| the raid")
    (crisis / "01_courier.txt").write_text(again, encoding="utf-8")
    second = marked.read_crisis(crisis).reports[0]
    listed = list(agree.differences(first, second))
    wanted = (
        ("only first m:", "[the council]"),
        ("only first t:", "[Monday]"),
        ("only second t:", "[on Monday]"),
        ("only first q:", "[that the raid"),
        ("only second q:", "[the raid"),
        (" s: ", "'happened') and ('ASSAULT'"),
    )
    assert len(listed) == len(wanted)
    assert all(any(kind in one and words in one for one in listed) for kind, words in wanted)
    assert not list(agree.differences(first, first))
