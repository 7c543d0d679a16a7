"""The network: a small encoder, a head a layer of labels, and two listeners.

A cue listens to its window through one more layer that knows which word the cue is, so quotes may
nest and be broken; so does a predicate, for its actors and recipients.

The encoder is all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020), with one embedding more for the
shape of a word.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rashomon.base.reader.labels import HEADS, PAIRS
from rashomon.base.reader.pieces import SHAPES

LISTENING = {"said": 192, "told": 96}
"""Widths of the layers through which a cue and a predicate see their window."""
FAR = 24
"""Words from the cue beyond which distance is not told apart."""


class Reader(nn.Module):
    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.2)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(width, len(labels)) for name, labels in HEADS.items()}
        )
        self.listeners = nn.ModuleDict(
            {name: Listener(width, LISTENING[name], len(labels)) for name, labels in PAIRS.items()}
        )

    def forward(self, numbers: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """From piece numbers, shapes and mask, each (batch, pieces): a tensor (batch, pieces,
        labels) for each head in order, and last the states (batch, pieces, width)."""
        embedded = self.encoder.embeddings.word_embeddings(numbers) + self.shapes(shapes)
        found = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        states = self.dropout(found)
        return *(head(states) for head in self.heads.values()), states


class Listener(nn.Module):
    """One narrow transformer layer over the words of a window, as seen from one of them."""

    def __init__(self, width: int, listening: int, labels: int) -> None:
        super().__init__()
        self.words = nn.Linear(width, listening)
        self.head = nn.Linear(width, listening)
        self.distance = nn.Embedding(2 * FAR + 1, listening)
        self.norm = nn.LayerNorm(listening)
        self.layer = Layer(listening)
        self.label = nn.Linear(listening, labels)

    def forward(self, states: Tensor, heads: Tensor, rows: Tensor, mask: Tensor | None) -> Tensor:
        """(n, words, labels) from word states (batch, words, width), and for each of n the word
        that listens and its row of the batch; `mask` (n, words) is False where no word is."""
        places = torch.arange(states.shape[1], device=states.device)[None]
        distance = (places - heads[:, None]).clamp(-FAR, FAR) + FAR
        head = self.head(states[rows, heads])[:, None]
        seen = self.norm(self.words(states)[rows] + head + self.distance(distance))
        return self.label(self.layer(seen, mask))


class Layer(nn.Module):
    """A transformer layer (Vaswani et al. 2017) that normalises after each half."""

    def __init__(self, width: int, views: int = 4) -> None:
        super().__init__()
        self.views = views
        self.ask = nn.Linear(width, 3 * width)
        self.gather = nn.Linear(width, width)
        self.wide = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.dropout = nn.Dropout(0.1)

    def forward(self, seen: Tensor, mask: Tensor | None) -> Tensor:
        """(n, words, width) from the same; `mask` (n, words) is False where there is no word."""
        parts = self.ask(seen).unflatten(-1, (3, self.views, -1)).permute(2, 0, 3, 1, 4)
        asked, offered, given = parts[0], parts[1], parts[2]
        scores = asked @ offered.transpose(-1, -2) / asked.shape[-1] ** 0.5
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, None], -1e4)
        mixed = self.gather((scores.softmax(-1) @ given).transpose(1, 2).flatten(2))
        seen = self.norms[0](seen + self.dropout(mixed))
        wider = self.narrow(nn.functional.gelu(self.wide(seen)))
        return self.norms[1](seen + self.dropout(wider))
