"""The small reader: its pieces and windows, its decoding, and what it hears."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.base import reader
from rashomon.base.errors import SetupError
from rashomon.base.reader.decode import best_paths, runs
from rashomon.base.reader.network import Network
from rashomon.base.reader.pieces import Pieces, shape_of, words_of
from rashomon.base.reader.windows import LONGEST, windows
from rashomon.base.rows import Span

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "envoy",
    "said",
    "un",
    "##happy",
    "##s",
    ".",
]
TEXTS = st.text(alphabet="abz é.,“”\"'’-\n1", max_size=400)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("the", ["the"]),
        ("The", ["the"]),
        ("unhappy", ["un", "##happy"]),
        ("envoys", ["envoy", "##s"]),
        ("énvoy", ["envoy"]),
        ("xyz", ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_its_longest_pieces(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[number] for number in Pieces(VOCABULARY).of(word)] == pieces


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no way” then", ["“", "no", "way", "”"]),
        ('He said "no" then', ['"', "no", '"']),
        ("He said “no", ["“", "no"]),
        ("none here", []),
    ],
)
def test_words_know_whether_they_stand_in_marks(text: str, quoted: list[str]) -> None:
    assert [w.text for w in words_of(text, 0, len(text)) if w.quoted] == quoted


def test_shapes_tell_case_and_marks_apart() -> None:
    words = words_of("UN Envoy left “Aden” 12 .", 0, 25)
    assert len({shape_of(word) for word in words if word.text in ("UN", "Envoy", "left")}) == 3
    inside = next(word for word in words if word.text == "Aden")
    assert shape_of(inside) != shape_of(words[1])


@given(st.lists(TEXTS, max_size=6))
def test_windows_hold_every_word_once_and_in_order(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    wanted = [word for span in spans for word in words_of(text, *span)]
    made = list(windows(text, spans, Pieces(VOCABULARY)))
    assert [word for window in made for word in window.words] == wanted
    for window in made:
        assert len(window.numbers) == len(window.shapes) <= LONGEST + 2
        assert len(window.firsts) == len(window.words)
        assert all(text[w.start : w.end] == w.text for w in window.words)


@given(st.integers(1, 3), st.integers(1, 12), st.integers(0, 1_000_000))
def test_no_label_goes_on_that_never_began(rows: int, words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).random((rows, words, 5), dtype=np.float32)
    for path in best_paths(scores):
        assert len(path) == words
        for before, label in zip([0, *path], path, strict=False):
            assert label % 2 or label == 0 or before in (label, label - 1)


def test_runs_begin_where_their_label_does() -> None:
    assert list(runs([1, 2, 2, 0, 1, 3, 4], 1)) == [(0, 3), (4, 5)]
    assert list(runs([1, 2, 2, 0, 1, 3, 4], 3)) == [(5, 7)]


def test_a_folder_without_its_files_is_an_error_that_names_them(tmp_path) -> None:
    with pytest.raises(SetupError, match=r"encoder\.onnx"):
        Network(tmp_path)


SENTENCES = [
    ("The harbour master, Odo Brandt, said that the ferry had left without lights.",
     "The harbour master, Odo Brandt", "said", "the ferry had left without lights"),
    ("“We saw two boats,” a fisherman told the inquiry on Tuesday.",
     "a fisherman", "told", "We saw two boats"),
    ("According to the town's union of nurses, eleven patients were never moved.",
     "the town's union of nurses", "According to", "eleven patients were never moved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), SENTENCES)
def test_it_hears_who_says_what(text: str, source: str, cue: str, content: str) -> None:
    heard = reader.hear(text, [Span(0, len(text))], reader.network_of("shipped"))
    found = [a for a in heard.attributions if text[slice(*a.cue)] == cue]
    assert found, heard.attributions
    assert found[0].source is not None
    assert source.split()[-1] in text[slice(*found[0].source)]
    assert content in text[found[0].content[0].start : found[0].content[-1].end]


def test_it_hears_the_same_twice_and_every_span_has_words() -> None:
    text = "\n\n".join(sentence for sentence, *_ in SENTENCES)
    network = reader.network_of("shipped")
    once = reader.hear(text, [Span(0, len(text))], network)
    assert once == reader.hear(text, [Span(0, len(text))], network)
    assert reader.hear(text, [Span(0, len(text))], None) == reader.Heard()
    for a in once.attributions:
        for span in filter(None, (a.source, a.cue, *a.content)):
            assert text[span.start : span.end].strip()
