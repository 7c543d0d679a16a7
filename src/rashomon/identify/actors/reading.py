"""What the case's mentions and texts say about names: read from the store once, in text order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rashomon.base.rows import Document, MentionForm, MentionKind
from rashomon.base.spans import healed
from rashomon.base.store import Store
from rashomon.identify.actors.groups import institution
from rashomon.identify.actors.roles import Said, roles
from rashomon.identify.actors.texts import Alias, aliases

_OF = re.compile(r"\s+of\s+(?:the\s+)?")
KINDS = ("person", "organisation", "armed_group", "state", "people", "place")


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention, as far as it matters here. `named` is whether its words can tell who is meant:
    a name, or an office of a state that goes by its task ("the defence ministry")."""

    id: str
    document: str
    article: str
    start: int
    end: int
    kind: MentionKind
    form: MentionForm
    text: str
    refers: str | None
    paragraph: int | None
    named: bool


@dataclass(frozen=True, slots=True)
class Published:
    """The interval in which an article came out, ISO 8601 dates, None where not known."""

    earliest: str | None
    latest: str | None


@dataclass(slots=True)
class Case:
    """The mentions of actors and places, in the order of the texts, and what stands around them.

    `roles` are by mention id; `names` are the documents' names, for reports of what was left out;
    `outlets` the names of the outlets, which are groups whether a text mentions them or not;
    `owners` whose office a description names, as mention ids ("the leader of Open Harbour").
    """

    mentions: list[Seen]
    aliases: list[Alias] = field(default_factory=list)
    roles: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    published: dict[str, Published] = field(default_factory=dict)
    outlets: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read(store: Store) -> Case:
    """Everything that merging needs, in memory: about 500 bytes for each mention."""
    case = Case(_mentions(store))
    case.published = {
        article: Published(earliest, latest)
        for article, earliest, latest in store.query(
            "SELECT id, published.earliest, published.latest FROM articles ORDER BY id"
        )
    }
    found = store.query(
        "SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL ORDER BY outlet"
    )
    case.outlets = [outlet for (outlet,) in found]
    _read_texts(store, case)
    return case


def _mentions(store: Store) -> list[Seen]:
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    found = store.arrow(
        'SELECT m.id, m.document, m.article, m.start, m."end", m.kind, m.form, m.text, m.refers,'
        " s.paragraph FROM mentions m LEFT JOIN sentences s ON s.id = m.sentence"
        f' WHERE m.kind IN ({listed}) ORDER BY m.document, m.start, m."end", m.id'
    )
    columns = [column.to_pylist() for column in found.columns]
    columns[7] = [healed(text) for text in columns[7]]
    kinds, forms, texts, refers = columns[5:9]
    named = [_named(*values) for values in zip(kinds, forms, texts, refers, strict=True)]
    return [Seen(*values) for values in zip(*columns, named, strict=True)]


def _named(kind: str, form: str, text: str, refers: str | None) -> bool:
    if form == "name":
        return True
    office = form == "description" and refers is None and kind not in ("person", "people")
    return office and institution(text)


def _read_texts(store: Store, case: Case) -> None:
    by_document: dict[str, Sequence[Seen]] = {
        document: list(group)
        for document, group in groupby(case.mentions, key=lambda seen: seen.document)
    }
    seen_aliases: dict[Alias, None] = {}
    for document in store.rows(Document):
        case.names[document.id] = document.name
        named = [seen for seen in by_document.get(document.id, ()) if seen.named]
        case.owners.update(_owners(document.text, by_document.get(document.id, ())))
        seen_aliases.update(dict.fromkeys(_aliases(document, named)))
        for seen in named:
            if said := roles(document.text, seen.start, seen.end, seen.text):
                case.roles[seen.id] = said
    case.aliases = list(seen_aliases)


def _owners(text: str, mentions: Sequence[Seen]) -> Iterator[tuple[str, str]]:
    """Descriptions of persons with the name that stands behind "of" or before "'s" in them."""
    starts = {seen.start: seen for seen in mentions if seen.named}
    for seen in mentions:
        if seen.form != "description" or seen.kind != "person":
            continue
        inside = [s for s in _within(seen, starts) if text[s.end : s.end + 2] in ("’s", "'s")]
        link = _OF.match(text, seen.end)
        owner = inside[0] if inside else starts.get(link.end()) if link else None
        if owner is not None:
            yield seen.id, owner.id


def _within(seen: Seen, starts: Mapping[int, Seen]) -> Iterator[Seen]:
    for at in range(seen.start, seen.end):
        if (inner := starts.get(at)) and inner.end < seen.end:
            yield inner


def _aliases(document: Document, named: Sequence[Seen]) -> Iterator[Alias]:
    starts: dict[int, Seen] = {seen.start: seen for seen in named}
    for seen in named:
        for alias in aliases(document.text, document.id, seen.text, seen.start, seen.end):
            other = starts.get(alias.at)
            yield alias if other is None else alias.named(other.text)
