"""A coded statement as a record of PLOVER, and as a row of an events table.

Source: PLOVER manual, draft 2.0, chapter "Data Fields": names of fields are the manual's where it
has one; ours stand beside (docs/interchange.md lists both). A record is what a text says, with who
says it and whether it is said to have happened at all: never a verified incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from rashomon.base.store import Store
from rashomon.show.exports import scales
from rashomon.show.exports.coded import Coded, Entity, coded
from rashomon.show.exports.entities import alpha3, country_name

CODEBOOK = "plover-base-2.0-draft"
EVENT_COLUMNS = (
    "id", "event", "origins", "date", "enddate", "earliest", "latest", "precision", "date_basis",
    "date_words", "event_earliest", "event_latest", "polarity", "modality", "chain", "act", "mode",
    "quad_code", "event_scale", "context",
    "actor1", "actor1_code", "actor1_country", "actor1_sector", "actor1_other_sectors",
    "actor1_text", "actor2", "actor2_code", "actor2_country", "actor2_sector",
    "actor2_other_sectors", "actor2_text",
    "place", "place_text", "lat", "lon", "place_country", "place_country_code",
    "dead", "injured", "arrested", "numbers",
    "outlet", "published", "title", "url", "language", "sentence", "predicate", "document",
    "start", "end", "predicate_start", "predicate_end", "sentence_start", "sentence_end", "because",
)  # fmt: skip
_BETWEEN = " | "
_SIZES = {"dead": ("killed", "dead"), "injured": ("wounded", "injured"),
          "arrested": ("arrested", "detained")}  # fmt: skip
_TIME_OF_DAY = re.compile(r"T(\d{2}:\d{2}(?::\d{2})?)$")
_RESOLUTION = {"country": 1, "city": 4}


def plover_records(store: Store) -> Iterator[dict[str, Any]]:
    """One record a statement that has an act, by id."""
    coder = f"Rashomon {version('rashomon')}"
    return (_record(one, coder) for one in coded(store))


def event_rows(store: Store) -> Iterator[dict[str, Any]]:
    """One flat row a statement that has an act, by id."""
    return (_row(one) for one in coded(store))


def _record(one: Coded, coder: str) -> dict[str, Any]:
    row = one.row
    first, last = one.days
    return {
        "id": row["id"],
        "date": first,
        "enddate": last,
        "time": _clock(row["timex_value"]),
        "actor": [_entity(entity) for entity in one.actors],
        "recipient": [_entity(entity) for entity in one.recipients],
        "event": [row["act"]],
        "event_loc": _location(row),
        "event_text": [row["predicate"]],
        "quad_code": scales.quad(row["act"]),
        "event_scale": scales.score(row["act"], row["mode"]),
        "mode": [row["mode"]] if row["mode"] else [],
        "context": _contexts(row),
        "link": row["event"],
        "text": row["sentence"],
        "text_info": {
            "sequence": row["sequence"],
            "start": row["sentence_start"],
            "end": row["sentence_end"],
        },
        "cite_info": _citation(one, coder),
        "coder": coder,
        "comment": row["because"],
        "size": {name: one.count(*kinds) for name, kinds in _SIZES.items()},
        **_beside(one),
    }


def _beside(one: Coded) -> dict[str, Any]:
    """Rashomon's own fields, which no other coder gives."""
    row = one.row
    return {
        "polarity": row["polarity"],
        "modality": row["modality"],
        "chain": row["chain"],
        "origins": row["origins"],
        "date_info": {
            "earliest": row["earliest"],
            "latest": row["latest"],
            "precision": row["precision"],
            "basis": row["basis"],
            "text": row["time_words"],
            "event_earliest": row["event_earliest"],
            "event_latest": row["event_latest"],
        },
        "numbers": row["numbers"],
        "context_info": [
            {"context": found.value, "text": found.words,
             "start": row["sentence_start"] + found.start, "end": row["sentence_start"] + found.end}
            for found in scales.contexts(row["sentence"])
        ],
        "document": row["document"],
        "start": row["start"],
        "end": row["end"],
        "predicate": [row["predicate_start"], row["predicate_end"]],
        "published": row["published"],
    }  # fmt: skip


def _contexts(row: Mapping[str, Any]) -> list[str]:
    told = [found.value for found in scales.contexts(row["sentence"])]
    beside = scales.auxiliary(row["polarity"], row["modality"], row["act"], row["mode"])
    return sorted({*told, *beside})


def _entity(entity: Entity) -> dict[str, Any]:
    coding = entity.coding
    return {
        "code": coding.code,
        "sector": coding.sector,
        "entity_text": entity.text,
        "identifier_id": entity.actor,
        "identifier_text": entity.label,
        "office": entity.office,
        "country": coding.country,
        "other_sectors": list(coding.other_sectors),
        "kind": entity.kind,
        "start": entity.start,
        "end": entity.end,
        "because": coding.because,
    }


def _location(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["place_words"] is None:
        return None
    iso, kind = row["place_iso"], row["place_kind"]
    return {
        "extracted_place": row["place_words"],
        "resolved_place": row["place_name"],
        "lat": row["latitude"],
        "lon": row["longitude"],
        "city": row["place_name"] if kind == "city" else None,
        "country": country_name(iso) if iso else None,
        "country_code": alpha3(iso) if iso else None,
        "resolution": _RESOLUTION.get(kind or ""),
        "place": row["place"],
    }


def _citation(one: Coded, coder: str) -> dict[str, Any]:
    row = one.row
    return {
        "citation": row["document"],
        "url": one.url,
        "title": row["title"],
        "language": row["language"],
        "publication": row["outlet"],
        "coder": coder,
        "codebook": CODEBOOK,
    }


def _clock(timex: str | None) -> str | None:
    """The time of day in a TIMEX3 value ("2031-03-12T06:40"), where it is told to the minute."""
    told = _TIME_OF_DAY.search(timex or "")
    return told[1] if told else None


def _row(one: Coded) -> dict[str, Any]:
    row = one.row
    first, last = one.days
    iso = row["place_iso"]
    flat = {
        **{column: row.get(column) for column in EVENT_COLUMNS},
        "date": first,
        "enddate": last,
        "date_basis": row["basis"],
        "date_words": row["time_words"],
        "chain": " ← ".join(row["chain"]),
        "quad_code": scales.quad(row["act"]),
        "event_scale": scales.score(row["act"], row["mode"]),
        "context": _joined(_contexts(row)),
        **_side("actor1", one.actors),
        **_side("actor2", one.recipients),
        "place": row["place_name"],
        "place_text": row["place_words"],
        "lat": row["latitude"],
        "lon": row["longitude"],
        "place_country": country_name(iso) if iso else None,
        "place_country_code": alpha3(iso) if iso else None,
        **{name: one.count(*kinds) for name, kinds in _SIZES.items()},
        "numbers": _joined([_number(number) for number in row["numbers"]]),
        "url": one.url,
    }
    return {column: flat[column] for column in EVENT_COLUMNS}


def _side(name: str, entities: Sequence[Entity]) -> dict[str, str]:
    """The entities of one side; where there are several, each has its place in every column."""
    codings = [entity.coding for entity in entities]
    return {
        name: _joined([entity.label or entity.text for entity in entities]),
        f"{name}_code": _joined([coding.code for coding in codings]),
        f"{name}_country": _joined([coding.country for coding in codings]),
        f"{name}_sector": _joined([coding.sector for coding in codings]),
        f"{name}_other_sectors": _joined([";".join(c.other_sectors) for c in codings]),
        f"{name}_text": _joined([entity.text for entity in entities]),
    }


def _number(number: Mapping[str, Any]) -> str:
    """ "killed=27", "wounded=20..30"."""
    low, high = f"{number['low']:.15g}", f"{number['high']:.15g}"
    what = number["what"] or number["counted"] or number["unit"]
    return f"{what}={low}" if low == high else f"{what}={low}..{high}"


def _joined(values: Sequence[str | None]) -> str:
    """Values side by side, "" where all are unknown; a bar inside one is written ¦."""
    if not any(values):
        return ""
    return _BETWEEN.join((value or "").replace("|", "¦") for value in values)
