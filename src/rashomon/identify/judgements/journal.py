"""What people decided, in an append-only journal: one JSON object a line, kept for ever.

    {"anchors": […], "at": …, "author": …, "reason": …, "targets": […], "value": …, "verb": "same"}

A decision is never changed or taken out: the verb "undo" names the id of an earlier line, and an
undo can itself be undone. `anchors` say where the words of the targets stood (`rows.Anchor`); a
line that a hand wrote may lack them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from rashomon.base.errors import CaseError
from rashomon.base.rows import Anchor, Judgement, Skip, row_id, skip
from rashomon.identify.judgements.verbs import UNDO

_TEXTS = ("verb", "value", "author", "reason", "at")


def record(
    path: Path,
    verb: str,
    targets: Sequence[str],
    *,
    value: str = "",
    author: str = "",
    reason: str = "",
    at: str,
    anchors: Sequence[Anchor] = (),
) -> Judgement:
    """Append one decision and return only when it is on the disk. `at` is an ISO 8601 time."""
    judgement = _judgement(verb, tuple(targets), value, author, reason, at, tuple(anchors))
    line_of = {
        "anchors": [asdict(anchor) for anchor in anchors],
        "verb": verb,
        "targets": list(targets),
        "value": value,
        "author": author,
        "reason": reason,
        "at": at,
    }
    line = json.dumps(line_of, ensure_ascii=False, sort_keys=True) + "\n"
    try:
        _append(path, line.encode("utf-8"))
    except OSError as error:
        raise CaseError(f"{path} cannot be written ({error.strerror})") from error
    return judgement


def _append(path: Path, line: bytes) -> None:
    """One write, after a line break where an earlier write was cut short."""
    is_new = not path.exists()
    with path.open("ab+") as journal:
        if journal.tell() > 0:
            journal.seek(-1, os.SEEK_END)
            line = line if journal.read(1) == b"\n" else b"\n" + line
        journal.write(line)
        journal.flush()
        os.fsync(journal.fileno())
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def load(path: Path) -> list[Judgement | Skip]:
    """Every decision in its order, marked where it was undone, each line once.

    A line that cannot be read (a write that was cut short, a hand's slip) is a `Skip`, and so is
    an undo of nothing; the rest counts.
    """
    if not path.exists():
        return []
    found: dict[str, Judgement | Skip] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            row = _read(line, number)
            found.setdefault(row.id, row)
    rows = list(found.values())
    judgements = [row for row in rows if isinstance(row, Judgement)]
    undone = _undone(judgements)
    marked = {row.id: replace(row, undone=row.id in undone) for row in judgements}
    return [*(marked.get(row.id, row) for row in rows), *_undo_of_nothing(judgements)]


def _read(line: bytes, number: int) -> Judgement | Skip:
    try:
        found = json.loads(line.decode("utf-8"))
    except ValueError:
        return _damaged(number, "the line is no whole JSON object: a write was cut short")
    if not isinstance(found, dict):
        return _damaged(number, "the line is no JSON object")
    texts = [found.get(name, "") for name in _TEXTS]
    targets = found.get("targets")
    if not isinstance(targets, list):
        return _damaged(number, "the line lacks its targets")
    if not texts[0] or not all(isinstance(text, str) for text in [*targets, *texts]):
        return _damaged(number, "the line lacks a verb, or not all its values are texts")
    anchors = _anchors(found.get("anchors", []))
    if anchors is None:
        return _damaged(number, "the line's anchors are none")
    verb, value, author, reason, at = texts
    return _judgement(verb, tuple(targets), value, author, reason, at, anchors)


def _anchors(found: Any) -> tuple[Anchor, ...] | None:
    """None if one of them lacks a part, or a part is of another type."""
    anchors = []
    types = {f.name: int if f.type == "int" else str for f in fields(Anchor)}
    for each in found if isinstance(found, list) else [None]:
        if not isinstance(each, dict) or each.keys() != types.keys():
            return None
        if not all(type(each[name]) is kind for name, kind in types.items()):
            return None
        anchors.append(Anchor(**each))
    return tuple(anchors)


def _judgement(
    verb: str,
    targets: tuple[str, ...],
    value: str,
    author: str,
    reason: str,
    at: str,
    anchors: tuple[Anchor, ...],
) -> Judgement:
    made = row_id(Judgement, verb, *targets, value, author, reason, at)
    return Judgement(made, verb, targets, value, author, reason, at, False, anchors)


def _damaged(number: int, reason: str) -> Skip:
    return skip("judgements", "judgements.jsonl", f"line {number}", reason)


def _undone(judgements: Sequence[Judgement]) -> set[str]:
    """Ids named by an undo that is not itself undone; the latest line is looked at first."""
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.verb == UNDO and judgement.id not in undone:
            undone.update(judgement.targets)
    return undone


def _undo_of_nothing(judgements: Sequence[Judgement]) -> Iterator[Skip]:
    known: set[str] = set()
    for judgement in judgements:
        for target in judgement.targets if judgement.verb == UNDO else ():
            if target not in known:
                reason = f"there is no earlier judgement {target} to undo"
                yield skip("judgements", "judgements.jsonl", judgement.id, reason)
        known.add(judgement.id)
