"""The loop that teaches the network, and what it costs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from examples import NOTHING, Example
from model import Reader
from rashomon.base.reader.labels import HEADS, PAIRS

WEIGHTS = {
    "cue": 1.0, "stance": 0.3, "attitude": 0.3, "predicate": 1.0, "act": 1.5, "polarity": 0.5,
    "modality": 0.5, "name": 0.5, "said": 1.5, "told": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast."""

    epochs: int = 12
    batch: int = 8
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    seed: int = 7


def learn(
    reader: Reader,
    examples: Sequence[Example],
    plan: Plan,
    progress: Callable[[int, float], None] = lambda *_: None,
) -> None:
    """Teach the reader. AdamW with linear warm-up and decay; the seed fixes the order."""
    torch.manual_seed(plan.seed)
    shuffler = random.Random(plan.seed)
    inner = {id(p) for p in reader.encoder.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": list(reader.encoder.parameters()), "lr": plan.encoder_rate},
            {
                "params": [p for p in reader.parameters() if id(p) not in inner],
                "lr": plan.head_rate,
            },
        ],
        weight_decay=0.01,
    )
    steps = plan.epochs * ((len(examples) + plan.batch - 1) // plan.batch)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * steps), max(0.0, 1 - step / steps))
    )
    reader.train()
    for epoch in range(plan.epochs):
        total = 0.0
        for batch in _batches(examples, plan.batch, shuffler):
            loss = cost(reader, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total += loss.item()
        progress(epoch, total)
    reader.eval()


def _batches(
    examples: Sequence[Example], size: int, shuffler: random.Random
) -> Iterator[list[Example]]:
    """Batches of windows of like length, in a new order each time."""
    order = sorted(examples, key=lambda e: (len(e.window.numbers) // 16, shuffler.random()))
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    shuffler.shuffle(batches)
    yield from batches


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Piece numbers, shapes and mask (batch, pieces), and each word's first piece."""
    numbers = _padded([e.window.numbers for e in batch], 0)
    shapes = _padded([e.window.shapes for e in batch], 0)
    mask = _padded([[1] * len(e.window.numbers) for e in batch], 0)
    firsts = _padded([e.window.firsts for e in batch], 0)
    return numbers, shapes, mask, firsts


def _padded(rows: Sequence[Sequence[int]], with_: int) -> Tensor:
    return pad_sequence([torch.tensor(row) for row in rows], True, with_)


def of_words(states: Tensor, firsts: Tensor) -> Tensor:
    """(batch, words, n) from (batch, pieces, n): each word as its first piece."""
    return states.gather(1, firsts.unsqueeze(-1).expand(-1, -1, states.shape[-1]))


def cost(reader: Reader, batch: Sequence[Example]) -> Tensor:
    """The weighted sum of the heads' cross entropies."""
    numbers, shapes, mask, firsts = tensors(batch)
    outputs = [of_words(states, firsts) for states in reader(numbers, shapes, mask)]
    total = torch.zeros(())
    for name, output in zip(HEADS, outputs, strict=False):
        gold = _padded([e.labels[name] for e in batch], NOTHING)
        if (gold != NOTHING).any():
            total = total + WEIGHTS[name] * nn.functional.cross_entropy(
                output.flatten(0, 1), gold.flatten(), ignore_index=NOTHING
            )
    for name in PAIRS:
        total = total + WEIGHTS[name] * _pair_cost(reader, name, batch, outputs[-1])
    return total


def _pair_cost(reader: Reader, name: str, batch: Sequence[Example], states: Tensor) -> Tensor:
    """What words are to the cues, or to the predicates, of a batch."""
    which = [
        (row, head, labels) for row, e in enumerate(batch) for head, labels in getattr(e, name)
    ]
    if not which:
        return torch.zeros(())
    rows = torch.tensor([row for row, _, _ in which])
    heads = torch.tensor([head for _, head, _ in which])
    gold = _padded([labels for _, _, labels in which], NOTHING)
    words = states[:, : gold.shape[1]]
    scores = reader.listeners[name](words, heads, rows, gold != NOTHING)
    return nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=NOTHING)
