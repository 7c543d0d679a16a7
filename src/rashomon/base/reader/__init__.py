"""The small learned reader: paragraphs in, scored spans out. Never required.

One pass of a 19-million-parameter encoder over some paragraphs tells who says what, what is told of
whom, and which words are names. It runs on one thread of a CPU and gives the same for the same
words. How it was trained, on what and how well it does: `data/reader/CARD.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.reader.decode import Attribution, Heard, Named, Telling, decode, said
from rashomon.base.reader.network import Network, network_of, version_of
from rashomon.base.reader.windows import windows
from rashomon.base.rows import Span

__all__ = [
    "Attribution",
    "Heard",
    "Named",
    "Network",
    "Telling",
    "attributions",
    "hear",
    "network_of",
    "version_of",
]

LEAST = 0.5


def attributions(
    text: str, paragraphs: Sequence[Span], network: Network | None, *, least: float = LEAST
) -> tuple[Attribution, ...]:
    """Who says what in some paragraphs of a text; nothing without a network.

    All spans point into `text`. `least` is the probability under which a cue is not believed.
    """
    if network is None:
        return ()
    return tuple(
        attribution
        for window in windows(text, paragraphs, network.pieces)
        for attribution in said(window, network.encode(window), network, least)
    )


def hear(
    text: str, paragraphs: Sequence[Span], network: Network | None, *, least: float = LEAST
) -> Heard:
    """What the reader makes of some paragraphs of a text; nothing without a network.

    All spans point into `text`. `least` is the probability under which a cue is not believed.
    """
    if network is None:
        return Heard()
    heard = [decode(window, network, least) for window in windows(text, paragraphs, network.pieces)]
    return Heard(
        tuple(a for part in heard for a in part.attributions),
        tuple(t for part in heard for t in part.tellings),
        tuple(n for part in heard for n in part.names),
    )
