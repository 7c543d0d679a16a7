"""Places with what is said to have happened there, as GeoJSON.

Source: RFC 7946. One feature for each event at each place that statements of it name; a place
whose position is not known has the geometry null (RFC 7946, 3.2). Coordinates are WGS 84,
longitude first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from rashomon.base.store import Store
from rashomon.show.exports.files import write_array
from rashomon.show.exports.tellings import Happening, located

PROPERTIES = (
    "place", "place_name", "place_kind", "country", "event", "label", "act", "earliest", "latest",
    "precision", "time_basis", "accounts", "origins", "told_as", "told", "because",
)  # fmt: skip
"""The properties of a feature, as docs/interchange.md lists them."""


def write_geojson(store: Store, file: TextIO) -> None:
    """A FeatureCollection, a feature a line."""
    file.write('{"type": "FeatureCollection", "features": ')
    write_array(features(store), file)
    file.write("}\n")


def features(store: Store) -> Iterator[dict[str, Any]]:
    """One feature for each place and event, in this order."""
    return (_feature(one) for one in located(store))


def _feature(one: Happening) -> dict[str, Any]:
    event = one.event
    known = event["latitude"] is not None and event["longitude"] is not None
    point = {"type": "Point", "coordinates": [event["longitude"], event["latitude"]]}
    properties = {
        **{key: event[key] for key in PROPERTIES if key in event},
        "act": event["event_act"],
        "earliest": event["event_earliest"],
        "latest": event["event_latest"],
        "precision": event["event_precision"],
        "time_basis": event["event_basis"],
        "told_as": one.marks,
        "told": one.told,
    }
    return {
        "type": "Feature",
        "id": f"{event['place_key']}/{event['event']}",
        "geometry": point if known else None,
        "properties": properties,
    }
