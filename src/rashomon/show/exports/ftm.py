"""A case as FollowTheMoney entities: what the reports name, and what they say happened.

Source: followthemoney.tech (model 4.x). An Event here is what somebody says: its name says how it
is told, each `description` is one telling with the voices it came through, its words and their
offsets, and UnknownLinks go from those who say it to the Event. Ids are those of the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from rashomon.base.rows import Actor
from rashomon.base.store import Store
from rashomon.show.exports.entities import Codebook, Coding, alpha2
from rashomon.show.exports.tables import COMMON, body
from rashomon.show.exports.tellings import Happening, happenings

NAME, STRING, TEXT, PLACE = 384, 1024, 65_000, 250
"""The most characters that the model keeps of a name, a string, a text and a location."""

_LANGUAGES = {"en": "eng"}
_BY_KIND = {"person": "Person", "state": "PublicBody", "people": "LegalEntity"}
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY"})
_ADDRESSES = "SELECT id, name, latitude, longitude, country, kind FROM places ORDER BY id"
_ARTICLES = f"""{COMMON}
SELECT a.*, d.media_type,
  coalesce(d.given.url, CASE WHEN regexp_matches(d.uri, '^https?://') THEN d.uri END) AS url
FROM ({body("articles")}) a JOIN named n ON n.name = a.document JOIN documents d ON d.id = n.id
ORDER BY a.id"""
_MENTIONS = """
SELECT min(m.id) AS id, m.article, l.target AS actor, m.text
FROM mentions m JOIN links l ON l.mention = m.id JOIN actors a ON a.id = l.target
WHERE m.form = 'name' GROUP BY m.article, l.target, m.text ORDER BY ALL"""
_OUTLETS = "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"

Entity = dict[str, Any]


def entities(store: Store) -> Iterator[Entity]:
    """Addresses, articles, actors, mentions, then each event with those who say it."""
    yield from map(_address, store.records(_ADDRESSES))
    yield from map(_article, store.records(_ARTICLES))
    schemata: dict[str, str] = {}
    book = Codebook(store.rows(Actor), [name for (name,) in store.query(_OUTLETS)])
    for actor in store.rows(Actor):
        made = _actor(actor, book.code(actor.label, actor, actor.kind, actor.label))
        schemata[actor.id] = made["schema"]
        yield made
    for row in store.records(_MENTIONS):
        yield _mention(row, schemata[row["actor"]])
    for one in happenings(store):
        yield _event(one)
        yield from _said(one, schemata)


def _entity(schema: str, identity: str, **properties: Any) -> Entity:
    """An entity of the model; values that are unknown or empty are left out."""
    found: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        if kept := list(dict.fromkeys(str(one) for one in values if one not in (None, ""))):
            found[name] = kept
    return {"id": identity, "schema": schema, "properties": found}


def _address(row: Mapping[str, Any]) -> Entity:
    return _entity(
        "Address",
        row["id"],
        full=_cut(row["name"], PLACE),
        city=_cut(row["name"], STRING) if row["kind"] == "city" else None,
        country=row["country"].lower() if row["country"] else None,
        latitude=row["latitude"],
        longitude=row["longitude"],
        remarks=None if row["latitude"] is not None else "its position is not known",
    )


def _article(row: Mapping[str, Any]) -> Entity:
    return _entity(
        "Article",
        row["id"],
        title=_cut(row["title"], STRING),
        fileName=_cut(row["document"], STRING),
        author=_cut(row["byline"], STRING),
        publisher=_cut(row["outlet"], STRING),
        publishedAt=None if "/" in (row["published"] or "") else row["published"],
        language=_LANGUAGES.get(row["language"]),
        mimeType=row["media_type"],
        sourceUrl=row["url"],
        notes=f"characters {row['start']} to {row['end']} of {row['document']}",
    )


def _actor(actor: Actor, coding: Coding) -> Entity:
    schema = _schema(actor.kind, coding)
    person = schema == "Person"
    country = alpha2(coding.code) if coding.code else None
    roles = [_cut(role.text, STRING) for role in actor.roles]
    return _entity(
        schema,
        actor.id,
        name=_cut(actor.label, NAME),
        alias=[_cut(name, NAME) for name in actor.names if name != actor.label],
        country=country.lower() if country else None,
        position=roles if person else None,
        summary=None if person else f"{actor.kind.replace('_', ' ')}, as the reports name it",
        notes=[f"role in the reports: {role}" for role in roles] if not person else None,
    )


def _schema(kind: str, coding: Coding) -> str:
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if coding.sector in _PUBLIC:
        return "PublicBody"
    return "Company" if coding.sector == "BUS" else "Organization"


def _mention(row: Mapping[str, Any], schema: str) -> Entity:
    return _entity(
        "Mention",
        row["id"],
        document=row["article"],
        name=_cut(row["text"], NAME),
        resolved=row["actor"],
        detectedSchema=schema,
    )


def _event(one: Happening) -> Entity:
    event = one.event
    first, last = event["event_earliest"], event["event_latest"]
    day = first if first == last else None
    return _entity(
        "Event",
        event["event"],
        name=_cut(f"{event['label']} (as told: {'; '.join(one.marks)})", NAME),
        date=day,
        startDate=first if not day else None,
        endDate=last if not day else None,
        location=[_cut(row["place_name"], PLACE) for row in one.rows if row["place_name"]],
        addressEntity=[row["place"] for row in one.rows],
        involved=sorted({*one.ids("actors"), *one.ids("recipients")}),
        proof=[row["article"] for row in one.rows],
        keywords=event["event_act"],
        summary=_cut(_summary(event), TEXT),
        description=[_telling(row) for row in one.rows],
        recordId=event["event"],
    )


def _summary(event: Mapping[str, Any]) -> str:
    counts = f"Accounts: {event['accounts']}; independent origins: {event['origins']}."
    interval = ""
    if event["event_earliest"] != event["event_latest"]:
        interval = " The dates are the bounds within which it is told to lie, not its length."
    return f"What reports say, not a verified incident. {counts}{interval}"


def _telling(row: Mapping[str, Any]) -> str:
    """Who says it, how, in which words, and where they stand."""
    said = " ← ".join(row["chain"])
    where = f"{row['document']}:{row['start']}-{row['end']}"
    words = " ".join(row["sentence"].split())
    return _cut(f"{said} ({row['polarity']}, {row['modality']}): “{words}” [{where}]", TEXT) or ""


def _said(one: Happening, schemata: Mapping[str, str]) -> Iterator[Entity]:
    """A link from each actor who says it, by the voice nearest to the event, to the event."""
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in one.rows:
        if row["voices"] and (voice := row["voices"][-1]) in schemata:
            found[voice, row["polarity"], row["modality"]].append(row)
    for (voice, polarity, modality), rows in sorted(found.items()):
        event = one.event["event"]
        yield _entity(
            "UnknownLink",
            f"{event}.{voice}.{polarity}.{modality}",
            subject=voice,
            object=event,
            role=f"says it ({polarity}, {modality})",
            proof=[row["article"] for row in rows],
            description=[_telling(row) for row in rows],
        )


def _cut(text: str | None, most: int) -> str | None:
    """One line, as the model cleans it, of no more characters than it keeps."""
    line = " ".join(text.split()) if text else None
    return line if not line or len(line) <= most else f"{line[: most - 1]}…"
