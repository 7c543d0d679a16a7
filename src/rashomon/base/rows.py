"""The rows: everything Rashomon knows, as frozen values that lead back to words.

Every row class is one table (`TABLES`); its columns are derived from the fields here and nowhere
else. Spans are half-open character offsets into `Document.text`. Ids are hashes of what makes the
row itself, so the same words always give the same row. Nothing here is ever changed: what is found
out later about a row is written beside it (`Link`, `Origin`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

ZoneKind = Literal[
    "title", "byline", "body", "editors_note", "excerpt", "quoted_block", "comment", "furniture"
]
MentionKind = Literal[
    "person", "organisation", "armed_group", "state", "people", "place", "time", "number"
]
MentionForm = Literal["name", "description", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["minute", "day", "week", "month", "season", "year", "decade", "vague"]
Manner = Literal["direct", "indirect", "mixed", "block"]
SourceKind = Literal["named", "described", "unnamed", "author", "none"]
Stance = Literal["neutral", "doubting", "endorsing"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal[
    "happened", "ongoing", "planned", "demanded", "threatened", "supposed", "expected"
]
EchoKind = Literal["copy", "excerpt", "shared_quotation"]
First = Literal["left", "right", "unknown"]
Question = Literal["number", "time", "place", "actor", "recipient", "happened", "reason"]
DisputeKind = Literal[
    "dispute", "update", "refinement", "scope", "same_voice", "headline", "author"
]
DisputeState = Literal["open", "explained", "not_a_dispute"]


class Span(NamedTuple):
    """Half-open character offsets `[start, end)` into the text of a document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """An interval of calendar time: ISO 8601 dates, both ends included; None is an open end.

    `basis` says where it comes from ("explicit", "article date", "given", ...) and `words` are the
    words it was read from (empty when it was given beside the text).
    """

    earliest: str | None
    latest: str | None
    precision: Precision
    basis: str
    words: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bounds: "dozens of soldiers" is 24 to 96 people, basis "dozens".

    `unit` is the class of what is counted ("people", "USD", "seats", ...), `counted` the lemma of
    the noun that stands there ("soldier").
    """

    low: float
    high: float
    unit: str
    counted: str
    basis: str


@dataclass(frozen=True, slots=True)
class Given:
    """What came beside a document's text (the keys of a JSON-lines record), None where absent."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a format's own markup says that a stretch of the text is: an HTML heading, a comment
    box, the header of a mail. `label`: a comment's handle, an excerpt's outlet."""

    start: int
    end: int
    kind: ZoneKind
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. `name` is the id of a JSON-lines record, else the path or URL as given.

    `outline` are stretches in their order, not overlapping; empty for plain text.
    """

    id: str
    name: str
    uri: str
    sha256: str
    media_type: str
    encoding: str
    characters: int
    text: str
    given: Given
    outline: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """That a document came from a place. The same bytes from two places are two rows.

    `at` is the ISO 8601 time of reading, or the one that a web archive states; `media_type` what
    the place said it was, "" where it said nothing. `earlier` is the document that the same `uri`
    gave before this one.
    """

    id: str
    document: str
    uri: str
    name: str
    at: str
    media_type: str
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Zone:
    """What a stretch of a document is. `label`: a comment's handle, an excerpt's outlet."""

    id: str
    document: str
    article: str | None
    start: int
    end: int
    kind: ZoneKind
    label: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of writing inside a document. A value that is not in the text has a basis."""

    id: str
    document: str
    start: int
    end: int
    title: str | None
    byline: str | None
    outlet: str | None
    outlet_basis: str
    published: When | None
    language: str


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    document: str
    article: str
    start: int
    end: int
    paragraph: int
    zone: ZoneKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that names an actor, a place, a time or a number.

    `refers` is the mention of the same article that a pronoun or a description stands for.
    `timex_type` and `timex_value` follow TIMEX3 (TimeML 1.2.1) and stand on time mentions only,
    `amount` on number mentions only.
    """

    id: str
    document: str
    article: str
    sentence: str
    start: int
    end: int
    kind: MentionKind
    form: MentionForm
    text: str
    refers: str | None = None
    timex_type: TimexType | None = None
    timex_value: str | None = None
    when: When | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution. `speaker` is the mention that the source means; `within` the outer quote.

    `via` is the mention of who heard, carried or quoted the words ("told X", "in an interview
    with X"): a voice in between where the case knows it for an outlet, and nothing otherwise.
    """

    id: str
    document: str
    article: str
    sentence: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    manner: Manner
    source_kind: SourceKind
    stance: Stance
    speaker: str | None
    speaker_label: str
    within: str | None
    because: str
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part in a statement: its words and, where it is one, the mention inside them."""

    start: int
    end: int
    text: str
    mention: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number mention inside a statement and what it counts: killed, wounded, arrested, seat..."""

    mention: str
    what: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One predicate of one sentence. `act` and `mode` are PLOVER; `place`, `time` are mentions."""

    id: str
    document: str
    article: str
    sentence: str
    start: int
    end: int
    predicate: Span
    lemma: str
    act: str | None
    mode: str | None
    actors: tuple[Part, ...]
    recipients: tuple[Part, ...]
    place: str | None
    time: str | None
    numbers: tuple[Count, ...]
    polarity: Polarity
    modality: Modality
    quote: str | None
    because: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase of an actor ("caretaker Prime Minister") and when it was said of them."""

    text: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    label: str
    kind: MentionKind
    names: tuple[str, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """That a mention means an actor or a place, and why. Written beside the mention, never over."""

    id: str
    mention: str
    target: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the earth: WGS 84 degrees, ISO 3166-1 alpha-2 country, kind (city, country)."""

    id: str
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Passage:
    document: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A number or a name in which two passages differ; None where a side has nothing in its place.
    The spans are of the passages' own documents."""

    what: Literal["number", "name"]
    left: Span | None
    right: Span | None


@dataclass(frozen=True, slots=True)
class Echo:
    """A passage that repeats another. `alike` is the share of words that both sides hold,
    `changed` the numbers and names in which they differ, in the order of the left."""

    id: str
    left: Passage
    right: Passage
    alike: float
    kind: EchoKind
    first: First
    basis: str
    changed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """The statements that tell of the same happening. `actors`, `recipients` are actor ids.

    `certainty` is how surely they are one, 0 to 1: the mean of the ties that hold them together.
    `because` names the weakest tie first.
    """

    id: str
    label: str
    act: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    when: When | None
    statements: tuple[str, ...]
    because: str
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Chain:
    """The voices through which a quote or a statement (`row`, its id) reached us: their labels,
    outermost first, and the actor id of each, empty where it is not known."""

    id: str
    row: str
    labels: tuple[str, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One voice's telling of one event. `chain`: labels of the voices, outermost first;
    `voices`: the actor id of each, empty where it is not known."""

    id: str
    event: str
    document: str
    article: str
    statements: tuple[str, ...]
    chain: tuple[str, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an account comes from once echoes and chains are followed. Accounts of one event
    that share `origin` are one independent origin."""

    id: str
    account: str
    origin: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Answer:
    value: str
    accounts: tuple[str, ...]
    statements: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question on which accounts of one event cannot all hold. `strength` is 0 to 1."""

    id: str
    event: str
    question: Question
    about: str
    kind: DisputeKind
    answers: tuple[Answer, ...]
    strength: float
    because: str
    state: DisputeState


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Two rows of one table (`of`) that may be one and are kept apart: `left` and `right` are
    their ids, the smaller first, and the passages what was compared."""

    id: str
    of: Literal["actors", "events"]
    left: str
    right: str
    left_words: Passage
    right_words: Passage
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a target of a judgement stood when it was judged, so that it is found again when ids
    have changed. `row` is the row with these words (of an actor, one of its mentions), `about`
    what tells the target from another with the same words ("number killed" of a dispute)."""

    target: str
    row: str
    about: str
    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided. A target is an id or an actor's name, as it was given; `anchors` say
    which words each meant, none where a hand wrote the line."""

    id: str
    verb: str
    targets: tuple[str, ...]
    value: str
    author: str
    reason: str
    at: str
    undone: bool
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """What was left out, at which stage, and why. `about` is a span, a row id or the words."""

    id: str
    stage: str
    document: str
    about: str
    reason: str


Row = (
    Document | Retrieval | Zone | Article | Sentence | Mention | Quote | Statement | Actor | Link
    | Perhaps | Place | Chain | Event | Account | Echo | Origin | Dispute | Judgement | Skip
)  # fmt: skip

READ_TABLES: dict[str, type[Row]] = {
    "documents": Document,
    "zones": Zone,
    "articles": Article,
    "sentences": Sentence,
    "mentions": Mention,
    "quotes": Quote,
    "statements": Statement,
    "skips": Skip,
}
CASE_TABLES: dict[str, type[Row]] = {
    "retrievals": Retrieval,
    "actors": Actor,
    "links": Link,
    "perhaps": Perhaps,
    "places": Place,
    "chains": Chain,
    "echoes": Echo,
    "events": Event,
    "accounts": Account,
    "origins": Origin,
    "disputes": Dispute,
    "judgements": Judgement,
}
TABLES: dict[str, type[Row]] = READ_TABLES | CASE_TABLES

_PREFIX: dict[type, str] = {
    Document: "doc", Zone: "zon", Article: "art", Sentence: "sen", Mention: "men", Quote: "quo",
    Statement: "sta", Actor: "act", Link: "lin", Place: "pla", Chain: "cha", Event: "eve",
    Account: "acc", Echo: "ech", Origin: "ori", Dispute: "dis", Judgement: "jud", Skip: "ski",
    Retrieval: "ret", Perhaps: "per",
}  # fmt: skip
TABLE_OF_PREFIX: dict[str, str] = {_PREFIX[cls]: table for table, cls in TABLES.items()}


def row_id(kind: type[Row], *parts: object) -> str:
    """An id from what makes the row: `mention_id = row_id(Mention, document, start, end, kind)`.

    64 bits of SHA-256 behind three letters that name the table.
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{_PREFIX[kind]}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def skip(stage: str, document: str, about: str, reason: str) -> Skip:
    """The one way to make a `Skip`. `document` is the document's name, as its user gave it."""
    return Skip(row_id(Skip, stage, document, about, reason), stage, document, about, reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of the reading half of some documents, a tuple for each table of `READ_TABLES`."""

    documents: tuple[Document, ...] = ()
    zones: tuple[Zone, ...] = ()
    articles: tuple[Article, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Statement, ...] = ()
    skips: tuple[Skip, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        return Reading(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))
