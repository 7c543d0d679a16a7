"""The small learned reader: paragraphs in, scored spans out. Never required.

One pass of a 19-million-parameter encoder over some paragraphs tells who says what, what is told of
whom, and which words are names. It runs on one thread of a CPU and gives the same for the same
words. How it was trained, on what and how well it does: `data/reader/CARD.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.reader.decode import (
    Attribution,
    Coding,
    Heard,
    Named,
    Telling,
    codings,
    decode,
    said,
)
from rashomon.base.reader.network import Network, network_of, version_of
from rashomon.base.reader.windows import windows
from rashomon.base.rows import Span

__all__ = [
    "Attribution",
    "Coding",
    "Heard",
    "Named",
    "Network",
    "Telling",
    "hear",
    "network_of",
    "overhear",
    "version_of",
]

LEAST = 0.5


def overhear(
    text: str, paragraphs: Sequence[Span], network: Network | None, *, least: float = LEAST
) -> tuple[tuple[Attribution, ...], tuple[Coding, ...]]:
    """Who says what in some paragraphs of a text, and which words name which PLOVER acts; nothing
    without a network.

    All spans point into `text`. `least` is the probability under which a cue is not believed.
    Cheaper than `hear`: who acts on whom, and names, are not asked for.
    """
    quoted: list[Attribution] = []
    coded: list[Coding] = []
    for window in windows(text, paragraphs, network.pieces) if network else ():
        assert network is not None
        found = network.encode(window)
        quoted += said(window, found, network, least)
        coded += codings(window, found)
    return tuple(quoted), tuple(coded)


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
