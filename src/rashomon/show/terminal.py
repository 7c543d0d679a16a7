"""How rows, evidence and the summary look on a terminal. It draws; it asks nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rashomon.show import wording
from rashomon.show.evidence import Evidence, Words
from rashomon.show.summary import AnswerLine, DisputeLine, EventLine, Summary

_CONTEXT = 160
_SHOWN_VOICES = 4


def as_text(drawn: RenderableType, width: int = 120) -> str:
    """What would be drawn, as plain text."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(drawn)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().rstrip()


def table(name: str, rows: pa.Table, most: int | None = None) -> RenderableType:
    """Rows as a table, cut after `most` of them with a word on how many there are."""
    drawn = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in rows.column_names:
        drawn.add_column(column, overflow="fold", no_wrap=column == "id")
    shown = rows if most is None else rows.slice(0, most)
    for row in shown.to_pylist():
        drawn.add_row(*(Text(_cell(value)) for value in row.values()))
    rest = rows.num_rows - shown.num_rows
    foot = f"{rows.num_rows:,} rows" + (f", {shown.num_rows} shown" if rest else "")
    return Group(drawn, Text(f"{name}: {foot}", style="dim"))


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def evidence(found: Evidence) -> RenderableType:
    """A row's fields, then every span of words behind it with what stands around it."""
    fields = Table(box=None, pad_edge=False, show_header=False)
    fields.add_column(style="dim")
    fields.add_column(overflow="fold")
    for name, value in found.row.items():
        fields.add_row(name, Text(_cell(value)))
    lines: list[RenderableType] = [fields, Text()]
    if found.table == "quotes":
        lines += [Padding(_marked(group), (0, 0, 1, 2)) for group in _together(found.words)]
    for words in found.words:
        lines += [_where(words), Padding(_in_context(words), (0, 0, 1, 2))]
    if not found.words:
        lines.append(Text("no words: this row is about something that was not read", style="dim"))
    return Group(*lines)


def evidence_json(found: Evidence) -> str:
    """The same as one JSON object: table, row, and words with their offsets."""
    return json.dumps(asdict(found), ensure_ascii=False, sort_keys=True)


def _where(words: Words) -> Text:
    place = f"{words.document}:{words.start}-{words.end}"
    chain = f"  {' ← '.join(words.chain)}" if words.chain else ""
    return Text.assemble((words.part, "bold"), f"  {place}", (chain, "dim"))


def _in_context(words: Words) -> Text:
    before, after = _squeeze(words.before), _squeeze(words.after)
    before = before if len(before) <= _CONTEXT else "…" + before[-_CONTEXT:]
    after = after if len(after) <= _CONTEXT else after[:_CONTEXT] + "…"
    return Text.assemble((before, "dim"), (_squeeze(words.words), "bold"), (after, "dim"))


def _together(words: Sequence[Words]) -> Iterator[list[Words]]:
    """The parts of a quote that stand in one stretch of sentences, stretch by stretch."""
    reach = -1
    group: list[Words] = []
    for one in sorted(words, key=lambda w: (w.start - len(w.before), w.start)):
        opens, closes = one.start - len(one.before), one.end + len(one.after)
        if group and opens >= reach:
            yield group
            group = []
        group.append(one)
        reach = max(reach, closes)
    if group:
        yield group


def _marked(parts: Sequence[Words]) -> Text:
    """The sentences with source, cue and content marked inside them."""
    whole = max(parts, key=lambda w: len(w.before) + len(w.words) + len(w.after))
    opens = whole.start - len(whole.before)
    text = whole.before + whole.words + whole.after
    line, at = Text(), 0
    for part in sorted(parts, key=lambda w: w.start):
        first, after = part.start - opens, part.end - opens
        if first < at or after > len(text):
            continue
        line.append(_squeeze(text[at:first]), "dim")
        line.append(f"[{part.part}: ", "dim")
        line.append(_squeeze(text[first:after]), "bold")
        line.append("]", "dim")
        at = after
    line.append(_squeeze(text[at:]), "dim")
    return line


def _squeeze(text: str) -> str:
    """White space as single blanks; the blank at either end is kept."""
    inner = " ".join(text.split())
    if text and not inner:
        return " "
    left = " " if text[:1].isspace() and inner else ""
    right = " " if text[-1:].isspace() and inner else ""
    return f"{left}{inner}{right}"


def summary(found: Summary) -> RenderableType:
    """What was read, the main actors, the events with the most origins, the sharpest disputes."""
    lines: list[RenderableType] = [_figures(found.figures)]
    if found.skips:
        lines += [_head("Left out"), *_skips(found.skips)]
    lines += [_head("Who is spoken of most"), _actors(found)]
    if found.events:
        lines.append(_head("Events with the most independent origins"))
        lines += [_event(event) for event in found.events]
    lines.append(_head("Disputes: accounts of one event that cannot all hold"))
    lines += [_dispute(dispute) for dispute in found.disputes]
    if not found.disputes:
        lines.append(Text("none found"))
    if found.other_disputes:
        told = ", ".join(
            f"{count} {kind.replace('_', ' ')}" for kind, count in found.other_disputes
        )
        lines.append(Text(f"Differences that are no dispute: {told}", style="dim"))
    return Group(*lines)


def _head(title: str) -> RenderableType:
    return Padding(Rule(Text(title, style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _figures(figures: Iterable[tuple[str, int]]) -> RenderableType:
    return Text("  ".join(f"{count:,} {name}" for name, count in figures))


def _skips(skips: tuple[tuple[str, str, str], ...]) -> list[RenderableType]:
    shown: list[RenderableType] = [
        Text.assemble((document, "bold"), f"  {reason}") for document, _, reason in skips[:8]
    ]
    if len(skips) > 8:
        shown.append(Text(f"and {len(skips) - 8} more: rashomon show skips", style="dim"))
    return shown


def _actors(found: Summary) -> RenderableType:
    drawn = Table(box=None, pad_edge=False, show_header=False)
    for actor in found.actors:
        others = [name for name in actor.names if name != actor.label]
        drawn.add_row(
            Text(actor.label, style="bold"),
            Text(actor.kind.replace("_", " "), style="dim"),
            str(actor.mentions),
            Text(" · ".join(others[:5]), style="dim"),
        )
    return drawn


def _event(event: EventLine) -> RenderableType:
    head = Text.assemble(
        (event.label, "bold"),
        f"  {_when(event)}  {event.accounts} accounts, {event.origins} independent"
        f" origin{'' if event.origins == 1 else 's'}",
        (f"  {event.id}", "dim"),
    )
    return Group(head, _quoted(event.words)) if event.words else head


def _when(event: EventLine) -> str:
    if event.earliest and event.latest and event.earliest != event.latest:
        return f"{event.earliest} to {event.latest}"
    return event.earliest or event.latest or "date unknown"


def _quoted(words: Words) -> RenderableType:
    where = f"  {words.document}:{words.start}-{words.end}"
    return Padding(Text.assemble(_in_context(words), (where, "dim")), (0, 0, 0, 4))


def _dispute(dispute: DisputeLine) -> RenderableType:
    asked = wording.asked(dispute.question, dispute.about)
    head = Text.assemble(
        (f"{dispute.event}: {asked}", "bold"),
        f"  strength {dispute.strength:.2f}",
        (f"  {dispute.id}", "dim"),
    )
    return Padding(Group(head, *(_answer(answer) for answer in dispute.answers)), (0, 0, 1, 0))


def _answer(answer: AnswerLine) -> RenderableType:
    voices = "; ".join(answer.voices[:_SHOWN_VOICES])
    more = len(answer.voices) - _SHOWN_VOICES
    head = Text.assemble(
        "  ",
        (answer.value, "bold"),
        f"  {answer.origins} origin{'' if answer.origins == 1 else 's'}: {voices}",
        f"; and {more} more" if more > 0 else "",
    )
    return Group(head, _quoted(answer.words)) if answer.words else head
