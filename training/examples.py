"""Turn reports into what the network learns from: windows of words and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marked import Crisis, Report, Said
from rashomon.base.reader.labels import (
    ACT,
    ATTITUDE,
    CUE,
    KINDS,
    MODALITIES,
    NAME,
    POLARITY,
    PREDICATE,
    SAID,
    STANCE,
    TOLD,
)  # fmt: skip
from rashomon.base.reader.pieces import Pieces
from rashomon.base.reader.windows import Window, windows
from rashomon.base.rows import Span

LEARNT = frozenset({"title", "body", "editors_note", "excerpt", "quoted_block", "comment"})
NOTHING = -100
"""The label of what is not to be learnt (torch's `ignore_index`)."""


@dataclass(slots=True)
class Example:
    """A window with a label a word for each head, and rows of labels for each cue and predicate.

    `said` and `told` hold (word, labels): the first word of a cue or the word of a predicate, and
    what each word of the window is to it.
    """

    window: Window
    labels: dict[str, list[int]]
    said: list[tuple[int, list[int]]] = field(default_factory=list)
    told: list[tuple[int, list[int]]] = field(default_factory=list)


def examples(crises: Iterable[Crisis], pieces: Pieces) -> Iterator[Example]:
    """The examples of all reports, report by report."""
    for crisis in crises:
        for report in crisis.reports:
            yield from of_report(report, crisis, pieces)


def of_report(report: Report, crisis: Crisis, pieces: Pieces) -> Iterator[Example]:
    spans = [Span(*block.span) for block in report.blocks if block.zone in LEARNT]
    quiet = [block.span for block in report.blocks if block.zone == "comment"]
    for window in windows(report.text, spans, pieces):
        example = Example(window, _empty(window))
        for quote in report.quotes:
            learn_quote(example, quote)
        for told in report.told:
            _learn_told(example, told.predicate, ACT.index(told.act or "-"),
                        POLARITY.index(told.polarity), MODALITIES.index(told.modality),
                        told.actors, told.recipients)  # fmt: skip
        for name in report.names:
            _learn_name(example, name.span, crisis.entities[name.entity].kind, report.text)
        for span in quiet:
            for k in _inside(window, span):
                example.labels["name"][k] = NOTHING
        yield example


def _empty(window: Window) -> dict[str, list[int]]:
    size = len(window.words)
    labels = {
        head: [NOTHING] * size for head in ("stance", "attitude", "act", "polarity", "modality")
    }
    return labels | {head: [0] * size for head in ("cue", "predicate", "name")}


def _inside(window: Window, span: tuple[int, int]) -> list[int]:
    """The words of a window that lie in a span."""
    return [k for k, w in enumerate(window.words) if w.start >= span[0] and w.end <= span[1]]


def learn_quote(example: Example, quote: Said) -> None:
    """A quote with a cue: its words, and which words are its source and its content."""
    if quote.cue is None:
        return
    cue = _inside(example.window, quote.cue)
    if not cue:
        return
    head = cue[0]
    example.labels["cue"][head] = CUE.index("B")
    for k in cue[1:]:
        example.labels["cue"][k] = CUE.index("I")
    example.labels["stance"][head] = STANCE.index(quote.stance)
    example.labels["attitude"][head] = ATTITUDE.index("attitude" if quote.attitude else "speech")
    row = [0] * len(example.window.words)
    for span in quote.content:
        _begin_and_inside(row, _inside(example.window, span), SAID.index("B-content"))
    if quote.source is not None:
        _begin_and_inside(row, _inside(example.window, quote.source), SAID.index("B-source"))
    example.said.append((head, row))


def _begin_and_inside(row: list[int], words: Sequence[int], begin: int) -> None:
    for place, k in enumerate(words):
        row[k] = begin + (place > 0)


def _learn_told(
    example: Example,
    predicate: tuple[int, int],
    act: int,
    polarity: int,
    modality: int,
    actors: Sequence[tuple[int, int]],
    recipients: Sequence[tuple[int, int]],
) -> None:
    words = _inside(example.window, predicate)
    if not words:
        return
    head = words[0]
    example.labels["predicate"][head] = PREDICATE.index("predicate")
    example.labels["act"][head] = act
    example.labels["polarity"][head] = polarity
    example.labels["modality"][head] = modality
    row = [0] * len(example.window.words)
    for label, spans in (("B-actor", actors), ("B-recipient", recipients)):
        for span in spans:
            _begin_and_inside(row, _inside(example.window, span), TOLD.index(label))
    example.told.append((head, row))


def _learn_name(example: Example, span: tuple[int, int], kind: str, text: str) -> None:
    words = _inside(example.window, span)
    if not words or kind not in KINDS:
        return
    if is_pronoun(text[slice(*span)]):
        return
    example.labels["name"][words[0]] = NAME.index(f"B-{kind}")
    for k in words[1:]:
        example.labels["name"][k] = NAME.index(f"I-{kind}")


def is_pronoun(words: str) -> bool:
    return words.lower() in _PRONOUNS


_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "him",
        "them",
        "us",
        "me",
        "whom",
        "whose",
        "himself",
        "herself",
        "themselves",
        "itself",
        "these",
        "those",
        "one",
    ]
)
