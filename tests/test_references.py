"""References: whom pronouns and role phrases mean, and what the ranker promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import case_rows
from rashomon import pipeline
from rashomon.base import language
from rashomon.base.rows import Document, Mention, Reading, Span
from rashomon.base.settings import Settings
from rashomon.collect.documents import Gathered, gather
from rashomon.extract.references.follow import follow
from rashomon.extract.references.pairs import Groups, nominal_pairs, pronoun_pairs
from rashomon.extract.references.phrases import TRAITS, phrases
from rashomon.extract.references.ranker import chances, shipped
from rashomon.extract.references.resolve import resolve

STORY = (
    "Texas student Ahmed Mossad was arrested on Monday after he brought a clock to school. Police "
    "said they had questioned the boy. Ada Lindqvist, his teacher, said she was sorry. “I thought "
    "it was a bomb,” she said. The teacher has left the school. Its head praised her."
)
SENTENCES = (
    "Ada Lindqvist said that she would leave.",
    "The army denied it.",
    "He met them in Paris on Friday.",
    "The Red Crescent counted its dead.",
    "Omar Haddad and his brother fled.",
    "“I will stay,” said the mayor.",
    "!",
    "It was raining.",
)


def reading(text: str, tmp_path: object) -> tuple[Document, Reading]:
    path = tmp_path / "report.txt"  # type: ignore[operator]
    path.write_text(text, encoding="utf-8")
    (found,) = gather([str(path)], Settings())
    assert isinstance(found, Gathered)
    return found.document, pipeline.read_document(found.document, Settings(reader="none"))


def marked(row: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=row["unsolved"])] if row["unsolved"] else []
    return pytest.param(row, marks=marks, id=f"{row['text'][:40]} {row['words']}")


@pytest.mark.parametrize("row", [marked(row) for row in case_rows("references")])
def test_whom_words_mean(row: dict[str, str], tmp_path: object) -> None:
    _, read = reading(row["text"], tmp_path)
    by_id = {mention.id: mention for mention in read.mentions}
    held = [m for m in read.mentions if m.text == row["words"]]
    assert meant(held[-1], by_id) == row["means"] if held else not row["means"]


def meant(mention: Mention, by_id: dict[str, Mention]) -> str:
    """The words of the last mention that a mention leads back to, "" for none."""
    target = by_id.get(mention.refers or "")
    while target is not None and target.refers:
        target = by_id[target.refers]
    return target.text if target is not None else ""


def test_every_reference_leads_to_an_earlier_mention_or_a_speaker(tmp_path: object) -> None:
    document, read = reading(STORY, tmp_path)
    by_id = {mention.id: mention for mention in read.mentions}
    for mention in read.mentions:
        assert document.text[mention.start : mention.end] == mention.text
        if mention.refers:
            target = by_id[mention.refers]
            assert target.start < mention.start or mention.text in ("I", "my")
            assert target.kind == mention.kind


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=8))
def test_links_lead_backwards_and_clusters_share_no_phrase(sentences: list[str]) -> None:
    text = " ".join(sentences)
    parse = language.parse(text, [Span(0, len(text))])
    resolved = resolve(parse)
    assert all(-1 <= link < k for k, link in enumerate(resolved.links))
    held = [head for cluster in resolved.clusters() for head in cluster]
    assert len(held) == len(set(held))
    assert resolve(parse).links == resolved.links


def test_probabilities_of_a_phrase_sum_to_one_and_codes_stay_in_their_columns() -> None:
    parse = language.parse(STORY, [Span(0, len(STORY))])
    found = phrases(parse)
    assert all((found.traits[:, k] < size).all() for k, (_, size) in enumerate(TRAITS))
    nominal, pronoun = shipped()
    groups = Groups.of(found, [-1] * len(found))
    for ranker, pairs in ((nominal, nominal_pairs(found)), (pronoun, pronoun_pairs(found, groups))):
        chance = chances(ranker.scores(found.vectors(), pairs), pairs)
        sums = np.bincount(pairs.later, weights=chance)
        assert np.allclose(sums[np.unique(pairs.later)], 1, atol=1e-4)
        assert (pairs.earlier < pairs.later).all()


def test_a_higher_threshold_only_takes_links_away() -> None:
    parse = language.parse(STORY, [Span(0, len(STORY))])
    few = [link >= 0 for link in resolve(parse, least=0.9, least_pronoun=0.9).links]
    assert sum(few) <= sum(link >= 0 for link in resolve(parse, least=0.3, least_pronoun=0.3).links)
    assert not any(link >= 0 for link in resolve(parse, least=1.01, least_pronoun=1.01).links)


def test_one_wrong_step_does_not_lead_later_pronouns_astray() -> None:
    text = "The storm reached a town. It grew. It left."
    parse = language.parse(text, [Span(0, len(text))])
    found = phrases(parse)
    assert [parse.tokens[head].text for head in found.heads] == ["storm", "town", "It", "It"]
    alone = [-1] * len(found)
    groups = Groups.of(found, alone)
    pairs = pronoun_pairs(found, groups)
    assert pairs.earlier.tolist() == [-1, 1, 0, -1, 2, 1, 0]
    chance = np.array([0, 0.52, 0.48, 0, 0.7, 0, 0.3], dtype=np.float32)
    links, likely = follow(found, pairs, chance, alone, groups, 0.3)
    assert links == [-1, -1, 1, 0]
    assert likely[3] == pytest.approx(0.3 + 0.7 * 0.48)
