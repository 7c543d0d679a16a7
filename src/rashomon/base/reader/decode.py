"""From a network's probabilities to spans: attributions, statements and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

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
from rashomon.base.reader.network import Array, Network
from rashomon.base.reader.windows import Window
from rashomon.base.rows import Span

_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue, whom it gives as source and what as content; `score` is the cue's probability."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    stance: str
    attitude: bool
    score: float


@dataclass(frozen=True, slots=True)
class Telling:
    """A predicate with its PLOVER act, and how it is told; scores are probabilities."""

    predicate: Span
    act: str | None
    act_score: float
    polarity: str
    polarity_score: float
    modality: str
    modality_score: float
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Coding:
    """The word of a predicate and the PLOVER act that is likelier than not; its probability."""

    word: Span
    act: str
    score: float


@dataclass(frozen=True, slots=True)
class Named:
    """A name or description of an actor or place, and its kind."""

    span: Span
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Heard:
    """All that the reader made of some paragraphs, in the order of the text."""

    attributions: tuple[Attribution, ...] = ()
    tellings: tuple[Telling, ...] = ()
    names: tuple[Named, ...] = ()


def decode(window: Window, network: Network, least: float) -> Heard:
    """What stands in one window; `least` is the probability under which no cue is believed."""
    found = network.encode(window)
    return Heard(
        tuple(said(window, found, network, least)),
        tuple(_tellings(window, found, network)),
        tuple(_names(window, found["name"])),
    )


def said(
    window: Window, found: dict[str, Array], network: Network, least: float
) -> Iterator[Attribution]:
    """The attributions of a window; `found` is what the network's `encode` gives."""
    spans = list(_cues(found["cue"], least))
    if not spans:
        return
    seen = network.listen(found["states"], [first for first, _ in spans])
    for (first, after), scores, path in zip(spans, seen, best_paths(seen), strict=True):
        content = [_span(window, run) for run in runs(path, SAID.index("B-content"))]
        sources = list(runs(path, SAID.index("B-source")))
        source = max(sources, key=lambda run: _weight(scores, run), default=None)
        if content:
            yield Attribution(
                source=_span(window, source) if source else None,
                cue=_span(window, (first, after)),
                content=tuple(content),
                stance=STANCE[int(found["stance"][first].argmax())],
                attitude=ATTITUDE[int(found["attitude"][first].argmax())] == "attitude",
                score=round(float(1 - found["cue"][first][CUE.index("O")]), 4),
            )


def _cues(scores: Array, least: float) -> Iterator[tuple[int, int]]:
    """Cues as ranges of words: begun where one is likely, gone on with while it goes on."""
    begin, inside = CUE.index("B"), CUE.index("I")
    at = 0
    while at < len(scores):
        if scores[at][begin] >= least and scores[at][begin] >= scores[at][inside]:
            after = at + 1
            while after < len(scores) and int(scores[after].argmax()) == inside:
                after += 1
            yield at, after
            at = after
        else:
            at += 1


def _weight(scores: Array, run: tuple[int, int]) -> float:
    first, second = SAID.index("B-source"), SAID.index("I-source") + 1
    return float(scores[run[0] : run[1], first:second].sum())


def _tellings(window: Window, found: dict[str, Array], network: Network) -> Iterator[Telling]:
    heads = np.flatnonzero(found["predicate"].argmax(axis=-1)).tolist()
    if not heads:
        return
    seen = network.link(found["states"], heads)
    for head, path in zip(heads, best_paths(seen), strict=True):
        act = ACT[int(found["act"][head].argmax())]
        polarity, modality = found["polarity"][head], found["modality"][head]
        yield Telling(
            predicate=_span(window, (head, head + 1)),
            act=None if act == ACT[0] else act,
            act_score=round(float(found["act"][head].max()), 4),
            polarity=POLARITY[int(polarity.argmax())],
            polarity_score=round(float(polarity.max()), 4),
            modality=MODALITIES[int(modality.argmax())],
            modality_score=round(float(modality.max()), 4),
            actors=tuple(_span(window, run) for run in runs(path, TOLD.index("B-actor"))),
            recipients=tuple(_span(window, run) for run in runs(path, TOLD.index("B-recipient"))),
            score=round(float(1 - found["predicate"][head][0]), 4),
        )


def codings(window: Window, found: dict[str, Array]) -> Iterator[Coding]:
    """The acts of a window; `found` is what the network's `encode` gives."""
    told = found["predicate"][:, PREDICATE.index("predicate")]
    best = found["act"].argmax(axis=-1)
    sure = found["act"].max(axis=-1)
    for k in np.flatnonzero((told >= 0.5) & (best != 0) & (sure >= 0.5)).tolist():
        yield Coding(_span(window, (k, k + 1)), ACT[int(best[k])], round(float(sure[k]), 4))


def _names(window: Window, scores: Array) -> Iterator[Named]:
    path = best_paths(scores[None])[0]
    for kind in KINDS:
        begin = NAME.index(f"B-{kind}")
        for first, after in runs(path, begin):
            score = float(scores[first:after, begin : begin + 2].sum(axis=-1).mean())
            yield Named(_span(window, (first, after)), kind, round(score, 4))


def best_paths(scores: Array) -> list[list[int]]:
    """The likeliest labels of rows of words (rows, words, labels) in which no "inside" stands
    without its "begin" (Viterbi 1967). 0 is outside, odd labels begin, the even one after goes on.
    """
    logs = np.log(np.maximum(scores, 1e-9))
    barred = _barred(scores.shape[-1])
    best = logs[:, 0].copy()
    best[:, 2::2] = _NEVER
    back: list[npt.NDArray[np.int64]] = []
    for word in range(1, logs.shape[1]):
        ways = best[:, :, None] + barred
        back.append(ways.argmax(axis=1))
        best = ways.max(axis=1) + logs[:, word]
    at = best.argmax(axis=1)
    paths = [at]
    rows = np.arange(len(scores))
    for step in reversed(back):
        at = step[rows, at]
        paths.append(at)
    found: list[list[int]] = np.stack(paths[::-1], axis=1).tolist()
    return found


@cache
def _barred(labels: int) -> Array:
    table = np.zeros((labels, labels), dtype=np.float32)
    for inside in range(2, labels, 2):
        table[:, inside] = _NEVER
        table[inside - 1, inside] = table[inside, inside] = 0
    return table


def runs(path: Sequence[int], begin: int) -> Iterator[tuple[int, int]]:
    """The ranges of words that begin with `begin` and go on with `begin + 1`."""
    first: int | None = None
    for k, label in enumerate([*path, 0]):
        if first is not None and label != begin + 1:
            yield first, k
            first = None
        if label == begin:
            first = k


def _span(window: Window, run: tuple[int, int]) -> Span:
    return Span(window.words[run[0]].start, window.words[run[1] - 1].end)
