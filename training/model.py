"""The network: a small encoder, one label head a layer, and two heads for pairs of words.

A cue listens to its window through one more layer that knows which word the cue is, so quotes may
nest and be broken; a predicate sees its words through a biaffine head.

The encoder is all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020), with one embedding more for the
shape of a word. The biaffine head is that of Dozat and Manning (2017), as Cai et al.
(2018) use it for semantic roles.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rashomon.base.reader.labels import HEADS, PAIRS
from rashomon.base.reader.pieces import SHAPES

NARROW = 160
"""Width of the states that pairs are told from."""
LISTENING = 192
"""Width of the layer through which a cue sees its window."""
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
        self.said = Listener(width)
        self.lefts = nn.ModuleDict({name: nn.Linear(width, NARROW) for name in ["told"]})
        self.rights = nn.ModuleDict({name: nn.Linear(width, NARROW) for name in ["told"]})
        self.pairs = nn.ParameterDict(
            {
                name: nn.Parameter(torch.zeros(len(labels), NARROW + 1, NARROW + 1))
                for name, labels in PAIRS.items()
                if name != "said"
            }
        )
        for weight in self.pairs.values():
            nn.init.normal_(weight, std=0.02)

    def listen(self, words: Tensor, heads: Tensor, mask: Tensor) -> Tensor:
        """(n, words, labels of `said`) from word states (n, words, width), the cue of each (n)."""
        return self.said(words, heads, mask)

    def states(self, numbers: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, width) from piece numbers, shapes and mask, each (batch, pieces)."""
        embedded = self.encoder.embeddings.word_embeddings(numbers) + self.shapes(shapes)
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    def forward(self, numbers: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """A tensor (batch, pieces, n) for each head in order, then left and right of each pair."""
        states = self.dropout(self.states(numbers, shapes, mask))
        outputs = [head(states) for head in self.heads.values()]
        for name in ["told"]:
            outputs.append(torch.nn.functional.gelu(self.lefts[name](states)))
            outputs.append(torch.nn.functional.gelu(self.rights[name](states)))
        outputs.append(states)
        return tuple(outputs)

    def pair(self, name: str, left: Tensor, right: Tensor) -> Tensor:
        """(n, words, labels) from n heads (n, NARROW) and their words (n, words, NARROW)."""
        weight = self.pairs[name]
        left = torch.cat([left, torch.ones_like(left[:, :1])], -1)
        right = torch.cat([right, torch.ones_like(right[..., :1])], -1)
        return torch.einsum("ni,lij,nwj->nwl", left, weight, right)


class Listener(nn.Module):
    """One narrow transformer layer over the words of a window, as seen from one of them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.words = nn.Linear(width, LISTENING)
        self.cue = nn.Linear(width, LISTENING)
        self.distance = nn.Embedding(2 * FAR + 1, LISTENING)
        self.norm = nn.LayerNorm(LISTENING)
        self.layer = Layer(LISTENING)
        self.label = nn.Linear(LISTENING, len(PAIRS["said"]))

    def forward(self, words: Tensor, heads: Tensor, mask: Tensor | None) -> Tensor:
        cue = words.gather(1, heads[:, None, None].expand(-1, 1, words.shape[-1]))
        places = torch.arange(words.shape[1], device=words.device)[None]
        distance = (places - heads[:, None]).clamp(-FAR, FAR) + FAR
        seen = self.norm(self.words(words) + self.cue(cue) + self.distance(distance))
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
