"""Two columns with lines between them: a network that can be read from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, LINE, TOP = 1000, 30, 34
_LEFT, _RIGHT = 380, 620


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a column: its id (or itself), its label, where its line stands."""

    id: str
    label: str
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a name on the left to one on the right: an SVG path, how thick, its words."""

    path: str
    thick: float
    title: str


@dataclass(frozen=True, slots=True)
class Ledger:
    height: int
    left: tuple[Name, ...]
    right: tuple[Name, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What is drawn as a line: from whom (id and label) to whom, how much, and its words."""

    source: tuple[str, str]
    target: tuple[str, str]
    weight: int
    title: str


def draw(ties: Iterable[Tie], *, most: int = 14) -> Ledger | None:
    """The heaviest ties among the `most` heaviest names on either side; None where there are
    none. Names stand where their lines cross least: on the right in the order of the middle of
    their sources."""
    wanted = list(ties)
    kept_left, kept_right = _heaviest(wanted, 0, most), _heaviest(wanted, 1, most)
    kept = [tie for tie in wanted if tie.source[0] in kept_left and tie.target[0] in kept_right]
    if not kept:
        return None
    left = [name for name in kept_left if any(tie.source[0] == name for tie in kept)]
    rank = {name: at for at, name in enumerate(left)}
    middles = {
        name: _middle([(rank[tie.source[0]], tie.weight) for tie in kept if tie.target[0] == name])
        for name in {tie.target[0] for tie in kept}
    }
    right = sorted(middles, key=lambda name: (middles[name], name))
    labels = {end[0]: end[1] for tie in kept for end in (tie.source, tie.target)}
    lines = max(len(left), len(right))
    at_left, at_right = _spread(left, lines), _spread(right, lines)
    heaviest = max(tie.weight for tie in kept)
    return Ledger(
        TOP + LINE * lines + 6,
        tuple(Name(name, labels[name], y) for name, y in at_left.items()),
        tuple(Name(name, labels[name], y) for name, y in at_right.items()),
        tuple(_line(tie, at_left, at_right, heaviest) for tie in kept),
    )


def _heaviest(ties: list[Tie], side: int, most: int) -> list[str]:
    weights: Counter[str] = Counter()
    for tie in ties:
        weights[(tie.source, tie.target)[side][0]] += tie.weight
    return [name for name, _ in sorted(weights.items(), key=lambda w: (-w[1], w[0]))[:most]]


def _middle(weighted: list[tuple[int, int]]) -> float:
    return sum(at * weight for at, weight in weighted) / sum(weight for _, weight in weighted)


def _spread(names: list[str], lines: int) -> dict[str, float]:
    step = LINE * lines / len(names)
    return {name: round(TOP + step * (at + 0.5), 1) for at, name in enumerate(names)}


def _line(tie: Tie, at_left: dict[str, float], at_right: dict[str, float], heaviest: int) -> Line:
    y, to = at_left[tie.source[0]], at_right[tie.target[0]]
    middle = (_LEFT + _RIGHT) / 2
    path = f"M{_LEFT} {y:g}C{middle:g} {y:g} {middle:g} {to:g} {_RIGHT} {to:g}"
    return Line(path, round(1 + 5 * tie.weight / heaviest, 1), tie.title)
