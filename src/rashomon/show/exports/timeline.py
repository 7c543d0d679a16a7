"""Events in time, as TimelineJS reads them.

Source: TimelineJS 3, "JSON format" (timeline.knightlab.com/docs/json-format.html). What TimelineJS
does not know (`told`, `undated`, ...) it passes over. Its texts are HTML, so the words of reports
are escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from rashomon.base.store import Store
from rashomon.show.exports.files import as_json, write_array
from rashomon.show.exports.tellings import Happening, happenings

SLIDE = (
    "unique_id", "start_date", "end_date", "display_date", "group", "text", "act", "earliest",
    "latest", "precision", "time_basis", "accounts", "origins", "told_as", "told", "because",
)  # fmt: skip
"""The keys of a slide, as docs/interchange.md lists them; the dates stand where they are told."""

_DATED = 'e."when".earliest IS NOT NULL OR e."when".latest IS NOT NULL'
_TITLE = {
    "text": {
        "headline": "What the reports say",
        "text": "<p>Each entry is what somebody says, not what is known to have happened."
        " An entry without an exact day stands as the interval in which it is told to lie.</p>",
    }
}


def write_timeline(store: Store, file: TextIO) -> None:
    """The title, the dated events (`events`) and, for other programs, those without (`undated`)."""
    file.write(f'{{"title": {as_json(_TITLE)}, "events": ')
    write_array(slides(store), file)
    file.write(', "undated": ')
    write_array(slides(store, dated=False), file)
    file.write("}\n")


def slides(store: Store, *, dated: bool = True) -> Iterator[dict[str, Any]]:
    """One slide an event, by id; TimelineJS itself puts them in the order of time."""
    where = f"({_DATED})" if dated else f"NOT ({_DATED})"
    return (_slide(one) for one in happenings(store, where=where))


def _slide(one: Happening) -> dict[str, Any]:
    event = one.event
    return {
        "unique_id": event["event"],
        **_dates(event),
        "group": event["event_act"] or "other",
        "text": {"headline": _headline(one), "text": _html(one)},
        "act": event["event_act"],
        "earliest": event["event_earliest"],
        "latest": event["event_latest"],
        "precision": event["event_precision"],
        "time_basis": event["event_basis"],
        "accounts": event["accounts"],
        "origins": event["origins"],
        "told_as": one.marks,
        "told": one.told,
        "because": event["because"],
    }


def _dates(event: Mapping[str, Any]) -> dict[str, Any]:
    first, last = event["event_earliest"], event["event_latest"]
    if first is None and last is None:
        return {}
    dates = {"start_date": _date(first or last), "display_date": display(first, last)}
    if first and last and first != last:
        dates["end_date"] = _date(last)
    return dates


def _date(day: str) -> dict[str, int]:
    """An ISO 8601 day, or day and time, in TimelineJS's parts."""
    date, _, clock = day.partition("T")
    names = ("year", "month", "day")
    parts = {name: int(part) for name, part in zip(names, date.split("-"), strict=False)}
    hours = zip(("hour", "minute"), clock.split(":"), strict=False) if clock else ()
    return parts | {name: int(part) for name, part in hours}


def display(first: str | None, last: str | None) -> str:
    """An interval as a person reads it; where it is longer than told it is no duration."""
    if first and last:
        return first if first == last else f"between {first} and {last}"
    return f"not before {first}" if first else f"not after {last}"


def _headline(one: Happening) -> str:
    return f"{html.escape(one.event['label'])} ({'; '.join(one.marks)})"


def _html(one: Happening) -> str:
    return f"<ul>{''.join(f'<li>{_item(row)}</li>' for row in one.told)}</ul>"


def _item(row: Mapping[str, Any]) -> str:
    said = html.escape(" ← ".join(row["chain"]))
    where = html.escape(f"{row['document']}:{row['start']}-{row['end']}")
    words = html.escape(" ".join(row["sentence"].split()))
    return f"<b>{said}</b> ({row['polarity']}, {row['modality']}): “{words}” <code>{where}</code>"
