"""Read the marked reports of the corpus: their text, and the layers with character offsets.

A marked report is plain text that a person can write and check: paragraphs, and under each the
lines that mark it by quoting its words (`corpus/GUIDELINES.md`). Offsets are computed here and
nowhere typed, so every span gives its words by construction; words that are not in the paragraph,
or stand in it twice, are an error that names file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int]

ACTS = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)
MODES = frozenset(
    [
        "visit",
        "third-party",
        "multilateral",
        "phone",
        "withdraw",
        "release",
        "return",
        "disarm",
        "ceasefire",
        "access",
        "resign",
        "assist",
        "change",
        "yield",
        "meet",
        "disapprove",
        "investigate",
        "allege",
        "military",
        "nonmilitary",
        "demo",
        "riot",
        "strike",
        "hunger",
        "boycott",
        "obstruct",
        "convict",
        "expel",
        "discontinue",
        "troops",
        "weapons",
        "police",
        "militia",
        "seize",
        "restrict",
        "ban",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
        "abduct",
        "beat",
        "torture",
        "execute",
        "sexual",
        "assassinate",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "cleansing",
        "massacre",
        "unconventional",
    ]
)
KINDS = frozenset(["person", "organisation", "armed_group", "state", "people", "place"])
ZONES = frozenset(
    ["title", "byline", "body", "editors_note", "excerpt", "quoted_block", "comment", "furniture"]
)
FLAGS = frozenset(
    [
        "named",
        "described",
        "unnamed",
        "author",
        "none",
        "neutral",
        "doubting",
        "endorsing",
        "attitude",
        "on",
    ]
)
MODALITIES = frozenset(
    ["happened", "ongoing", "planned", "demanded", "threatened", "supposed", "expected"]
)
_MARK = re.compile(r"([qmrtns])(\d*):\s*(.*)$")
_HEADER = re.compile(r"\[(\w+)(?:\s+([^\]]*))?\]$")


class MarkError(ValueError):
    """A mark that does not fit its paragraph, with file and line."""


class Name(NamedTuple):
    """A mention: its span and the id of its actor or place."""

    span: Span
    entity: str


class Value(NamedTuple):
    """A time (TIMEX3 value) or a number (`low..high unit what`): its span and its value."""

    span: Span
    value: str


@dataclass(slots=True)
class Said:
    """A quote: spans, flags, the speaker's entity and the quote that holds it (an index)."""

    source: Span | None
    cue: Span | None
    content: list[Span]
    source_kind: str
    stance: str
    attitude: bool
    speaker: str | None
    within: int | None


class Told(NamedTuple):
    """A statement: one predicate with its act, its actors and how it is told."""

    predicate: Span
    act: str | None
    mode: str | None
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    polarity: str
    modality: str
    event: str | None


class Block(NamedTuple):
    """A paragraph: its zone, its label (a comment's handle) and its span."""

    zone: str
    label: str | None
    span: Span


@dataclass(slots=True)
class Report:
    """One report of a crisis with all its layers; spans point into `text`."""

    id: str
    crisis: str
    header: dict[str, str]
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    roles: list[Name] = field(default_factory=list)
    times: list[Value] = field(default_factory=list)
    numbers: list[Value] = field(default_factory=list)
    quotes: list[Said] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


class Entity(NamedTuple):
    kind: str
    label: str


class Repeat(NamedTuple):
    """An echo: a passage of one report that repeats a passage of another."""

    left: str
    left_span: Span
    right: str
    right_span: Span
    kind: str


class Point(NamedTuple):
    """A dispute: an event, a question, what it is about, its kind, and the answers by report."""

    event: str
    question: str
    about: str
    kind: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Crisis:
    """The reports of one crisis, and what is marked across them."""

    name: str
    header: dict[str, str]
    entities: dict[str, Entity]
    events: dict[str, str]
    reports: list[Report]
    echoes: list[Repeat]
    disputes: list[Point]


def read_corpus(folder: Path) -> list[Crisis]:
    """All crises under a folder, in the order of their names. Raises MarkError."""
    return [read_crisis(path.parent) for path in sorted(folder.glob("*/crisis.txt"))]


def read_crisis(folder: Path) -> Crisis:
    """A crisis: `crisis.txt` and the reports `NN_outlet.txt` beside it. Raises MarkError."""
    crisis = Crisis(folder.name, {}, {}, {}, [], [], [])
    later: list[tuple[str, str, list[str]]] = []
    path = folder / "crisis.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        word, _, rest = line.partition(" ")
        fields = [part.strip() for part in rest.split("|")]
        if word == "entity":
            _need(len(fields) >= 3 and fields[1] in KINDS, where, "entity ID | kind | label")
            crisis.entities[fields[0]] = Entity(fields[1], fields[2])
        elif word == "event":
            _need(len(fields) == 2, where, "event ID | what happened")
            crisis.events[fields[0]] = fields[1]
        elif word in ("echo", "dispute"):
            later.append((where, word, fields))
        elif line.strip() and not line.startswith("#"):
            key, colon, value = line.partition(":")
            _need(bool(colon), where, "unknown line")
            crisis.header[key.strip()] = value.strip()
    for report in sorted(folder.glob("[0-9][0-9]_*.txt")):
        crisis.reports.append(_report(report, crisis))
    by_number = {report.id.split("/")[1][:2]: report for report in crisis.reports}
    for where, word, fields in later:
        if word == "echo":
            crisis.echoes.append(_echo(fields, by_number, where))
        else:
            crisis.disputes.append(_dispute(fields, crisis, by_number, where))
    return crisis


def _need(holds: bool, where: str, message: str) -> None:
    if not holds:
        raise MarkError(f"{where}: {message}")


def _echo(fields: list[str], reports: dict[str, Report], where: str) -> Repeat:
    _need(len(fields) == 5, where, "echo NN | words | NN | words | copy or reworded")
    left, words, right, other, kind = fields
    _need(left in reports and right in reports, where, "no such report")
    a, b = reports[left], reports[right]
    return Repeat(a.id, _find(a.text, words, where), b.id, _find(b.text, other, where), kind)


def _dispute(fields: list[str], crisis: Crisis, reports: dict[str, Report], where: str) -> Point:
    _need(len(fields) >= 5, where, "dispute EVENT | question | about | kind | answer: NN, NN | …")
    event, question, about, kind, *rest = fields
    _need(event in crisis.events, where, f"no event {event}")
    answers = []
    for one in rest:
        value, _, numbers = one.rpartition(":")
        listed = tuple(number.strip() for number in numbers.split(","))
        _need(all(number in reports for number in listed), where, f"no such report in {one}")
        answers.append((value.strip(), listed))
    return Point(event, question, about, kind, tuple(answers))


def _report(path: Path, crisis: Crisis) -> Report:
    report = Report(f"{crisis.name}/{path.stem}", crisis.name, {})
    blocks: list[tuple[int, list[str]]] = [(1, [])]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            blocks[-1][1].append(line.strip())
        elif blocks[-1][1]:
            blocks.append((number + 1, []))
        else:
            blocks[-1] = (number + 1, [])
    for line in blocks[0][1]:
        key, _, value = line.partition(":")
        report.header[key.strip()] = value.strip()
    kept = report.header.get("lines") == "kept"
    for first, lines in blocks[1:]:
        if lines:
            _block(report, crisis, lines, f"{path}:{first}", "\n" if kept else " ")
    return report


def _block(report: Report, crisis: Crisis, lines: list[str], where: str, joint: str) -> None:
    zone, label = "body", None
    if found := _HEADER.match(lines[0]):
        zone, label = found.group(1), found.group(2) or None
        lines = lines[1:]
    _need(zone in ZONES, where, f"no zone {zone}")
    words = [line for line in lines if not _MARK.match(line)]
    _need(bool(words), where, "a block without words")
    start = len(report.text) + (2 if report.text else 0)
    report.text += ("\n\n" if report.text else "") + joint.join(words)
    report.blocks.append(Block(zone, label, (start, len(report.text))))
    reader = _Marks(report, crisis, start, where)
    for line in lines:
        if found := _MARK.match(line):
            reader.read(found.group(1), found.group(2), found.group(3))


class _Marks:
    """Reads the marks of one paragraph into its report."""

    def __init__(self, report: Report, crisis: Crisis, start: int, where: str) -> None:
        self._report, self._crisis, self._start, self._where = report, crisis, start, where
        self._labels: dict[str, int] = {}

    def read(self, letter: str, label: str, rest: str) -> None:
        if letter == "q":
            self._quote(label, [part.strip() for part in rest.split("|")])
        elif letter == "s":
            self._statement([part.strip() for part in rest.split("|")])
        else:
            for one in re.split(r"\s;\s|;$", rest):
                if one.strip():
                    self._pair(letter, one.strip())

    def _pair(self, letter: str, one: str) -> None:
        words, equals, value = (part.strip() for part in one.rpartition("="))
        _need(bool(equals and words and value), self._where, f"words=value: {one}")
        span = self._span(words)
        if letter in "mr":
            _need(value in self._crisis.entities, self._where, f"no entity {value}")
            (self._report.names if letter == "m" else self._report.roles).append(Name(span, value))
        else:
            (self._report.times if letter == "t" else self._report.numbers).append(
                Value(span, value)
            )

    def _quote(self, label: str, fields: list[str]) -> None:
        if fields[0] == "on":
            _need(bool(self._report.quotes), self._where, "nothing to go on from")
            outer = max(
                range(len(self._report.quotes)),
                key=lambda i: (self._report.quotes[i].within is None, i),
            )
            self._report.quotes[outer].content += self._spans(fields[1])
            return
        _need(len(fields) in (5, 6), self._where, f"six fields in a quote: {' | '.join(fields)}")
        source, cue, content, flags, speaker = fields[:5]
        marked = set(flags.replace("-", " ").split())
        _need(marked <= FLAGS, self._where, f"unknown flag in: {flags}")
        _need(speaker == "-" or speaker in self._crisis.entities, self._where, f"who: {speaker}")
        within = None
        if len(fields) == 6 and fields[5] != "-":
            inner = fields[5].removeprefix("in ").removeprefix("q").strip()
            _need(inner in self._labels, self._where, f"no quote q{inner} in this paragraph")
            within = self._labels[inner]
        kinds = marked & {"named", "described", "unnamed", "author", "none"}
        stances = marked & {"doubting", "endorsing"}
        default = "named" if source != "-" else "none"
        self._labels[label] = len(self._report.quotes)
        self._report.quotes.append(
            Said(
                source=None if source == "-" else self._span(source),
                cue=None if cue == "-" else self._span(cue),
                content=self._spans(content),
                source_kind=min(kinds, default=default),
                stance=min(stances, default="neutral"),
                attitude="attitude" in marked,
                speaker=None if speaker == "-" else speaker,
                within=within,
            )
        )

    def _statement(self, fields: list[str]) -> None:
        _need(len(fields) in (5, 6), self._where, f"five fields in: {' | '.join(fields)}")
        predicate, coded, actors, recipients, how = fields[:5]
        act, _, mode = coded.partition(".")
        _need(act == "-" or act in ACTS, self._where, f"no act {act}")
        _need(not mode or mode in MODES, self._where, f"no mode {mode}")
        words = how.replace(",", " ").split()
        modality = next((word for word in words if word in MODALITIES), "")
        _need(bool(modality) and set(words) <= MODALITIES | {"denied"}, self._where, how)
        event = fields[5].removeprefix("e=") if len(fields) == 6 and fields[5] != "-" else None
        _need(event is None or event in self._crisis.events, self._where, f"no event {event}")
        self._report.told.append(
            Told(
                self._span(predicate),
                None if act == "-" else act,
                mode or None,
                () if actors == "-" else tuple(self._spans(actors)),
                () if recipients == "-" else tuple(self._spans(recipients)),
                "denied" if "denied" in words else "affirmed",
                modality,
                event,
            )
        )

    def _spans(self, words: str) -> list[Span]:
        return [self._span(part.strip()) for part in re.split(r"\s\+\s", words)]

    def _span(self, words: str) -> Span:
        text = self._report.text[self._start :]
        start, end = _find(text, words, self._where)
        return start + self._start, end + self._start


def _find(text: str, words: str, where: str) -> Span:
    """The span of `words`, of `first .. last`, or of `words @ context` in a paragraph."""
    words, at, context = (part.strip() for part in words.partition(" @ "))
    if at:
        start, end = _find(text, context, where)
        inner = text[start:end]
        first = _once(inner, words, where, anywhere=True)
        return first[0] + start, first[1] + start
    return _once(text, words, where)


def _once(text: str, words: str, where: str, anywhere: bool = False) -> Span:
    """Where words stand; MarkError if nowhere, or in two places with nothing to choose by."""
    head, gap, tail = (part.strip() for part in words.partition(" .. "))
    found = list(_pattern(head).finditer(text))
    _need(bool(found), where, f"not in the paragraph: {head!r}")
    _need(anywhere or len(found) == 1, where, f"stands there {len(found)} times: {head!r}")
    first = found[0]
    if not gap:
        return first.start(), first.end()
    last = _pattern(tail).search(text, first.end())
    _need(last is not None, where, f"not after {head!r}: {tail!r}")
    assert last is not None
    return first.start(), last.end()


def _pattern(words: str) -> re.Pattern[str]:
    body = r"\s+".join(re.escape(word) for word in words.split())
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(left + body + right)
