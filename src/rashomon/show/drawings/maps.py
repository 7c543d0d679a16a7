"""Places on the coast lines of the earth: a plate carrée map, cut to where the places are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians, sqrt

from rashomon.base.lexicon import table
from rashomon.show.queries.asking import Row

WIDTH, HEIGHT = 1000, 560
_LEAST_DEGREES = 24.0
_LABELS = 14


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: its row, where it stands, how large, and whether its name stands beside it."""

    row: Row
    x: float
    y: float
    radius: float
    named: bool
    left: bool


@dataclass(frozen=True, slots=True)
class Map:
    """`land` is an SVG path in a view box of `WIDTH` times `HEIGHT`."""

    land: str
    dots: tuple[Dot, ...]


def draw(rows: Sequence[Row]) -> Map | None:
    """A map of rows with keys latitude, longitude, events, mentions: of those where something is
    said to have happened, else of all. None where none has a position."""
    known = [row for row in rows if row["latitude"] is not None and row["longitude"] is not None]
    known = [row for row in known if row["events"]] or known
    if not known:
        return None
    view = _View.around([(float(r["longitude"]), float(r["latitude"])) for r in known])
    weights = [max(row["events"], 0) + row["mentions"] / 10 for row in known]
    most = max(max(weights), 1)
    dots, taken = list[Dot](), list[tuple[float, float, float]]()
    order = sorted(range(len(known)), key=lambda i: (-weights[i], str(known[i]["name"])))
    for i in order:
        x, y = view.point(float(known[i]["longitude"]), float(known[i]["latitude"]))
        length = len(str(known[i]["name"])) * 11.0 + 24
        left = x + length > WIDTH
        named = len(taken) < _LABELS and not any(
            abs(y - other) < 24 and abs(x - at) < max(length, reach) for at, other, reach in taken
        )
        if named:
            taken.append((x, y, length))
        dots.append(Dot(known[i], x, y, round(5 + 13 * sqrt(weights[i] / most), 1), named, left))
    return Map(view.land(), tuple(dots))


@dataclass(frozen=True, slots=True)
class _View:
    west: float
    north: float
    scale: float
    squeeze: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> _View:
        """Room for all points, their middle in the middle. Degrees of longitude are squeezed by
        the cosine of the middle latitude, so that distances there are true in all directions."""
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        middle = (west + east) / 2, (south + north) / 2
        squeeze = max(cos(radians(middle[1])), 0.2)
        across = max((east - west) * 1.25, _LEAST_DEGREES)
        down = max((north - south) * 1.25, _LEAST_DEGREES * 0.5)
        scale = min(WIDTH / (across * squeeze), HEIGHT / down)
        return cls(
            middle[0] - WIDTH / scale / squeeze / 2, middle[1] + HEIGHT / scale / 2, scale, squeeze
        )

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.scale * self.squeeze
        return round(x, 1), round((self.north - latitude) * self.scale, 1)

    def land(self) -> str:
        """The rings that reach into the view box, as one path."""
        parts = list[str]()
        for ring in _rings():
            drawn = [self.point(*corner) for corner in ring]
            xs, ys = [p[0] for p in drawn], [p[1] for p in drawn]
            if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
                continue
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) + "Z")
        return "".join(parts)


@cache
def _rings() -> tuple[tuple[tuple[float, float], ...], ...]:
    rings = list[tuple[tuple[float, float], ...]]()
    for row in table("land"):
        corners = [corner.partition(",") for corner in row["ring"].split()]
        ring = _unwound([(float(longitude), float(latitude)) for longitude, _, latitude in corners])
        rings.append(ring)
        for turn in (-360, 360):
            if any(not -180 <= longitude <= 180 for longitude, _ in ring):
                rings.append(tuple((longitude + turn, latitude) for longitude, latitude in ring))
    return tuple(rings)


def _unwound(ring: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A ring that crosses the date line goes on beyond 180 degrees and does not jump back."""
    turn, found = 0, [ring[0]]
    for (before, _), (longitude, latitude) in pairwise(ring):
        if abs(longitude - before) > 180:
            turn += 360 if longitude < before else -360
        found.append((longitude + turn, latitude))
    return tuple(found)
