"""Days on a line: uncertain dates are spans, open ends fade, what lies far off is at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rashomon.show import wording
from rashomon.show.queries.asking import Row

WIDTH = 1000
_STEPS = (1, 2, 7, 14, 31, 92, 183, 366, 731, 1827, 3653, 9132, 36525)
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis: where (0 to `WIDTH`), and its day in words."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval: `x` and `width` of 0 to `WIDTH`; `point` where it is one day, `open_left` and
    `open_right` where an end is not known or lies off the axis."""

    x: float
    width: float
    point: bool
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch of a strip: `height` of 0 to 1, the part of it that is `disputed`, and words."""

    x: float
    width: float
    height: float
    disputed: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Ordinals of the first and last day shown."""

    first: int
    last: int

    def x(self, day: float) -> float:
        reach = max(self.last - self.first, 1)
        return round(WIDTH * min(max((day - self.first) / reach, 0), 1), 1)

    def ticks(self) -> list[Tick]:
        """Round days, months or years, at most eight."""
        reach = self.last - self.first
        step = next((s for s in _STEPS if reach / s <= _MOST_TICKS), _STEPS[-1])
        days = [_ordinal_day(day) for day in _round_days(self.first, self.last, step)]
        return [Tick(self.x(day.toordinal()), _tick_label(day, step)) for day in days]


def axis(days: Iterable[str | None]) -> Axis | None:
    """An axis that holds most of the days. A few that lie far from all others do not stretch it."""
    known = sorted(found for day in days if (found := ordinal(day)) is not None)
    if not known:
        return None
    tenth = len(known) // 10
    core_first, core_last = known[tenth], known[-1 - tenth]
    reach = max(core_last - core_first, 14)
    near = [day for day in known if core_first - reach <= day <= core_last + reach]
    first, last = near[0], near[-1]
    pad = max((last - first) // 40, 1)
    return Axis(max(first - pad, 1), last + pad)


def bar(row: Row, on: Axis) -> Bar | None:
    """The bar of a row with keys earliest and latest; None if it has neither."""
    earliest, latest = ordinal(row["earliest"]), ordinal(row["latest"])
    if earliest is None and latest is None:
        return None
    left = on.x(earliest) if earliest is not None else max(on.x(latest or 0) - 60, 0)
    right = on.x(latest + 1) if latest is not None else min(on.x(earliest or 0) + 60, WIDTH)
    off_left = earliest is None or earliest < on.first
    off_right = latest is None or latest > on.last
    point = earliest == latest
    return Bar(left, max(round(right - left, 1), 6.0), point, off_left, off_right)


def strip(rows: Sequence[Row], on: Axis, columns: int = 60) -> list[Column]:
    """How much is told of when: rows with keys day, events, disputed, summed by stretch of time."""
    reach = on.last - on.first + 1
    days = max(-(-reach // columns), 1)
    sums: dict[int, tuple[int, int]] = {}
    for row in rows:
        day = ordinal(row["day"])
        if day is not None and on.first <= day <= on.last:
            at = (day - on.first) // days
            events, disputed = sums.get(at, (0, 0))
            sums[at] = (events + row["events"], disputed + row["disputed"])
    most = max((events for events, _ in sums.values()), default=1)
    width = WIDTH * days / reach
    return [
        Column(
            round(at * width, 1), round(width * 0.86, 1), events / most, disputed / most,
            _column_label(on.first + at * days, days, events, disputed),
        )
        for at, (events, disputed) in sorted(sums.items())
    ]  # fmt: skip


def ordinal(iso: str | None) -> int | None:
    """The day number of an ISO 8601 day or minute; None where it is none."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def _column_label(first: int, days: int, events: int, disputed: int) -> str:
    start = date.fromordinal(first)
    end = start + timedelta(days=days - 1)
    said = wording.when(start.isoformat(), end.isoformat())
    more = f", {disputed} in dispute" if disputed else ""
    return f"{said}: {wording.many(events, 'event')}{more}"


def _ordinal_day(day: int) -> date:
    return date.fromordinal(day)


def _round_days(first: int, last: int, step: int) -> Iterable[int]:
    if step < 31:
        return range(first, last + 1, step)
    start, months = date.fromordinal(first), max(round(step / 30.44), 1)
    found, count = list[int](), start.year * 12 + start.month - 1
    count -= count % months
    while (day := date(max(count // 12, 1), count % 12 + 1, 1).toordinal()) <= last:
        if day >= first:
            found.append(day)
        count += months
    return found


def _tick_label(day: date, step: int) -> str:
    if step >= 366:
        return str(day.year)
    said = wording.day(day.isoformat())
    number, month, year = said.split(" ")
    return f"{month[:3]} {year}" if step >= 31 else f"{number} {month[:3]}"
