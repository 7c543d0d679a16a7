"""The invented crisis: all that was planted in it is found, and nothing else is in dispute.

`truth.json` beside the reports says what was planted; its words are found again in the reports and
the rows whose spans overlap them are compared. What is not found yet stands in
`tests/cases/demo_not_yet.csv` with its reason, as a strict expected failure.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from conftest import case_rows
from rashomon import pipeline
from rashomon.base import store
from rashomon.base.rows import (
    Actor,
    Answer,
    Article,
    Chain,
    Dispute,
    Document,
    Echo,
    Link,
    Mention,
    Quote,
    Sentence,
    Span,
    Statement,
    Zone,
)
from rashomon.base.settings import Settings
from rashomon.base.spans import overlap

DEMO = Path(str(files("rashomon").joinpath("data", "demo")))
TRUTH: dict[str, Any] = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
NOT_YET = {row["item"]: row["reason"] for row in case_rows("demo_not_yet")}

Place = Mapping[str, Any]


def listed(kind: str, items: Sequence[Any]) -> list[Any]:
    """Parameters named "kind 1", "kind 2", ..., expected to fail where the table says so."""
    found = []
    for number, item in enumerate(items, start=1):
        name = f"{kind} {number}"
        reason = NOT_YET.get(name)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(item, id=name, marks=marks))
    return found


@dataclass(frozen=True)
class Demo:
    """The rows of the case, and its documents by file name."""

    documents: dict[str, Document]
    articles: list[Article]
    zones: list[Zone]
    sentences: list[Sentence]
    mentions: list[Mention]
    quotes: list[Quote]
    statements: dict[str, Statement]
    chains: dict[str, tuple[str, ...]]
    actors: list[Actor]
    links: dict[str, str]
    echoes: list[Echo]
    disputes: list[Dispute]

    @cached_property
    def disputed(self) -> list[Dispute]:
        return [row for row in self.disputes if row.kind == "dispute"]

    def span(self, place: Place) -> tuple[str, Span]:
        """The document's id and where the words stand in it, once."""
        document = self.documents[place["document"]]
        assert document.text.count(place["words"]) == 1, place
        start = document.text.index(place["words"])
        return document.id, Span(start, start + len(place["words"]))

    def stands(self, name: str) -> list[tuple[str, Span]]:
        """Where a name stands in what is parsed, and in no longer name of the truth."""
        longer = [n for a in TRUTH["aliases"] for n in a["names"] if name in n and n != name]
        found = [(d.id, s) for d in self.documents.values() for s in _spans(name, d.text)]
        inside = {
            (d.id, s)
            for other in longer
            for d in self.documents.values()
            for s in _spans(other, d.text)
        }
        return [
            (document, span)
            for document, span in found
            if any(
                r.document == document and overlap(Span(r.start, r.end), span) == len(range(*span))
                for r in self.sentences
            )
            and not any(
                d == document and overlap(held, span) == len(range(*span)) for d, held in inside
            )
        ]

    def told(self, place: Place) -> list[Statement]:
        """The statements whose predicate stands in the words."""
        document, span = self.span(place)
        return [
            row
            for row in self.statements.values()
            if row.document == document and overlap(row.predicate, span)
        ]

    def answer(self, dispute: Dispute, place: Place) -> Answer | None:
        """The answer of a dispute that holds one of the statements in the words."""
        ids = {row.id for row in self.told(place)}
        return next((a for a in dispute.answers if ids & set(a.statements)), None)


def _spans(words: str, text: str) -> list[Span]:
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return [Span(match.start(), match.end()) for match in found]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    case = store.create(tmp_path_factory.mktemp("demo") / "case")
    pipeline.read(sorted(str(path) for path in DEMO.glob("*.txt")), case, Settings())
    with case.store() as found:
        actor_ids = {row.id for row in found.rows(Actor)}
        return Demo(
            documents={Path(row.name).name: row for row in found.rows(Document)},
            articles=list(found.rows(Article)),
            zones=list(found.rows(Zone)),
            sentences=list(found.rows(Sentence)),
            mentions=list(found.rows(Mention)),
            quotes=list(found.rows(Quote)),
            statements={row.id: row for row in found.rows(Statement)},
            chains={row.row: row.labels for row in found.rows(Chain)},
            actors=list(found.rows(Actor)),
            links={r.mention: r.target for r in found.rows(Link) if r.target in actor_ids},
            echoes=list(found.rows(Echo)),
            disputes=list(found.rows(Dispute)),
        )


# Echoes


@pytest.mark.parametrize("echo", listed("echo", TRUTH["echoes"]))
def test_a_planted_echo_is_found_with_most_of_both_sides(demo: Demo, echo: Any) -> None:
    wanted = demo.span(echo["left"]), demo.span(echo["right"])
    assert any(
        _covers(row, *sides) and row.kind == echo["kind"]
        for row in demo.echoes
        for sides in (wanted, wanted[::-1])
    )


def _covers(row: Echo, left: tuple[str, Span], right: tuple[str, Span]) -> bool:
    return all(
        passage.document == document
        and 2 * overlap(Span(passage.start, passage.end), span) >= span.end - span.start
        for passage, (document, span) in ((row.left, left), (row.right, right))
    )


# Aliases


@pytest.mark.parametrize("alias", listed("alias", TRUTH["aliases"]))
def test_the_names_of_one_actor_mean_one_actor(demo: Demo, alias: Any) -> None:
    meant = {name: _meant(demo, name) for name in alias["names"] if demo.stands(name)}
    assert len(set(meant.values())) == 1, meant
    assert None not in meant.values(), meant
    for other in TRUTH["aliases"]:
        if other["label"] in alias["distinct_from"]:
            assert _meant(demo, other["names"][0]) not in meant.values()


def _meant(demo: Demo, name: str) -> str | None:
    """The actor that most mentions inside the places where a name stands are linked to."""
    votes: Counter[str] = Counter()
    for document, span in demo.stands(name):
        for row in demo.mentions:
            if row.document == document and span.start <= row.start and row.end <= span.end + 2:
                found = demo.links.get(row.id) or demo.links.get(row.refers or "")
                votes.update([found] if found else [])
    return votes.most_common(1)[0][0] if votes else None


# Chains


@pytest.mark.parametrize("chain", listed("chain", TRUTH["chains"]))
def test_words_reach_us_through_their_chain_of_voices(demo: Demo, chain: Any) -> None:
    document, span = demo.span(chain)
    rows = [row.id for row in demo.told(chain)]
    rows += [
        row.id
        for row in demo.quotes
        if row.document == document and any(overlap(part, span) for part in row.content)
    ]
    found = [demo.chains[row] for row in rows if row in demo.chains]
    assert any(_same_voices(labels, chain["chain"]) for labels in found), found


def _same_voices(found: Sequence[str], wanted: Sequence[str]) -> bool:
    return len(found) == len(wanted) and all(map(_same_voice, found, wanted))


def _same_voice(found: str, wanted: str) -> bool:
    """Labels are compared by their words: most of the shorter one's stand in the longer one."""
    left, right = _label_words(found), _label_words(wanted)
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and 2 * len(shorter & longer) > len(shorter)


def _label_words(label: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", label.lower())
    return frozenset(words) - {"the", "a", "an", "of", "at", "for", "in", "her", "his", "s"}


# Corrections and disputes


@pytest.mark.parametrize("correction", listed("correction", TRUTH["corrections"]))
def test_a_correction_is_an_update_and_no_dispute(demo: Demo, correction: Any) -> None:
    updates = [row for row in demo.disputes if row.kind == "update"]
    assert any(
        _apart(demo, row, correction["earlier"], correction["later"])
        for row in updates
        if row.question == correction["question"]
    )


def _apart(demo: Demo, dispute: Dispute, left: Place, right: Place) -> bool:
    """Whether a dispute sets the words of two places on different sides."""
    sides = demo.answer(dispute, left), demo.answer(dispute, right)
    return None not in sides and sides[0] is not sides[1]


def _is_planted(demo: Demo, dispute: Dispute, planted: Any) -> bool:
    """Each planted answer has an answer of its own in the dispute, and none is left over."""
    if dispute.question != planted["question"]:
        return False
    found = [
        {a.value for t in answer["tellings"] if (a := demo.answer(dispute, t))}
        for answer in planted["answers"]
    ]
    values = [value for side in found for value in side]
    return (
        all(len(side) == 1 for side in found)
        and len(set(values)) == len(values) == len(dispute.answers)
        and values == [answer["value"] for answer in planted["answers"]]
    )


@pytest.mark.parametrize("planted", listed("dispute", TRUTH["disputes"]))
def test_a_planted_dispute_is_found_with_its_answers(demo: Demo, planted: Any) -> None:
    found = [row for row in demo.disputed if _is_planted(demo, row, planted)]
    assert len(found) == 1


def test_nothing_else_is_in_dispute(demo: Demo) -> None:
    stray = [
        (row.question, row.about, [answer.value for answer in row.answers])
        for row in demo.disputed
        if not any(_touches(demo, row, planted) for planted in TRUTH["disputes"])
    ]
    assert not stray
    assert len(demo.disputed) <= len(TRUTH["disputes"])


def _touches(demo: Demo, dispute: Dispute, planted: Any) -> bool:
    """Whether it sets apart words that the planted dispute sets apart, on the same question."""
    if dispute.question != planted["question"]:
        return False
    sides = [
        {id(a) for t in answer["tellings"] if (a := demo.answer(dispute, t))}
        for answer in planted["answers"]
    ]
    held = [side for side in sides if side]
    return len(held) > 1 and len(set.union(*held)) == sum(map(len, held))


TELLINGS = [
    (planted, answer, telling)
    for planted in TRUTH["disputes"]
    for answer in planted["answers"]
    for telling in answer["tellings"]
]


@pytest.mark.parametrize("telling", listed("telling", TELLINGS))
def test_a_telling_stands_on_its_side_of_the_dispute(demo: Demo, telling: Any) -> None:
    planted, answer, place = telling
    found = [row for row in demo.disputed if _touches(demo, row, planted)]
    held = [a.value for row in found if (a := demo.answer(row, place))]
    assert held == [answer["value"]]


@pytest.mark.parametrize(
    "side", listed("origins", [(p, a) for p in TRUTH["disputes"] for a in p["answers"]])
)
def test_the_independent_origins_of_an_answer_are_counted(demo: Demo, side: Any) -> None:
    planted, answer = side
    found = [row for row in demo.disputed if _touches(demo, row, planted)]
    counts = [a.origins for row in found for a in row.answers if a.value == answer["value"]]
    assert counts == [answer["origins"]]


@pytest.mark.parametrize("pair", listed("harmless", TRUTH["harmless"]))
def test_what_only_looks_like_a_conflict_is_not_in_dispute(demo: Demo, pair: Any) -> None:
    demo.span(pair["left"]), demo.span(pair["right"])
    assert not any(_apart(demo, row, pair["left"], pair["right"]) for row in demo.disputed)


# What each report is and says


@pytest.mark.parametrize("modality", listed("modality", TRUTH["modalities"]))
def test_what_happened_is_told_from_what_did_not(demo: Demo, modality: Any) -> None:
    told = {(row.polarity, row.modality) for row in demo.told(modality)}
    assert (modality["polarity"], modality["modality"]) in told


@pytest.mark.parametrize("date", listed("date", TRUTH["dates"]))
def test_a_report_has_its_date_and_outlet(demo: Demo, date: Any) -> None:
    document = demo.documents[date["document"]]
    (article,) = [row for row in demo.articles if row.document == document.id]
    published = article.published.earliest if article.published else None
    assert (published, article.outlet) == (date["published"], date["outlet"])


@pytest.mark.parametrize("comment", listed("comment", TRUTH["comments"]))
def test_reader_comments_are_set_apart(demo: Demo, comment: Any) -> None:
    document, span = demo.span(comment)
    assert any(
        row.kind == "comment"
        and row.document == document
        and overlap(Span(row.start, row.end), span)
        for row in demo.zones
    )
    assert not any(
        row.document == document and overlap(row.predicate, span)
        for row in demo.statements.values()
    )


def test_the_list_of_what_is_not_found_yet_names_only_what_was_planted() -> None:
    counts = {
        "echo": len(TRUTH["echoes"]),
        "alias": len(TRUTH["aliases"]),
        "chain": len(TRUTH["chains"]),
        "correction": len(TRUTH["corrections"]),
        "dispute": len(TRUTH["disputes"]),
        "telling": len(TELLINGS),
        "origins": sum(len(p["answers"]) for p in TRUTH["disputes"]),
        "harmless": len(TRUTH["harmless"]),
        "modality": len(TRUTH["modalities"]),
        "date": len(TRUTH["dates"]),
        "comment": len(TRUTH["comments"]),
    }
    known = {f"{kind} {n}" for kind, count in counts.items() for n in range(1, count + 1)}
    assert set(NOT_YET) <= known
    assert all(NOT_YET.values())
