"""Write the corpus as stand-off rows with character offsets: `python training/rows.py OUT`.

    python training/rows.py OUT [--corpus corpus/crises] [--only NAME…]

One file a table, one JSON object a line, with the keys of `rashomon save --to jsonl` (a table here
has no more than was marked), and `attributions.jsonl`, which `benchmarks/quotes.py` scores.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from count import manner
from marked import Crisis, Report, Span, read_corpus

HERE = Path(__file__).parent
Row = dict[str, Any]


def tables(crises: list[Crisis]) -> dict[str, list[Row]]:
    """All rows, by the name of their table."""
    found: dict[str, list[Row]] = {}
    for crisis in crises:
        for name, row in _across(crisis):
            found.setdefault(name, []).append(row)
        for report in crisis.reports:
            for name, row in _inside(report, crisis):
                found.setdefault(name, []).append(row)
    return found


def _across(crisis: Crisis) -> Iterator[tuple[str, Row]]:
    for key, entity in crisis.entities.items():
        names = {
            report.text[slice(*name.span)]
            for report in crisis.reports for name in report.names if name.entity == key
        }  # fmt: skip
        yield "actors", {
            "id": f"{crisis.name}/{key}", "label": entity.label, "kind": entity.kind,
            "names": sorted(names),
        }  # fmt: skip
    for key, label in crisis.events.items():
        told = [
            _told_id(report, told.predicate)
            for report in crisis.reports for told in report.told if told.event == key
        ]  # fmt: skip
        yield "events", {"id": f"{crisis.name}/{key}", "label": label, "statements": told}
    for echo in crisis.echoes:
        yield "echoes", {
            "left": _passage(echo.left, echo.left_span),
            "right": _passage(echo.right, echo.right_span), "kind": echo.kind,
        }  # fmt: skip
    for point in crisis.disputes:
        yield "disputes", {
            "event": f"{crisis.name}/{point.event}", "question": point.question,
            "about": point.about, "kind": point.kind,
            "answers": [{"value": value, "reports": list(by)} for value, by in point.answers],
        }  # fmt: skip


def _passage(report: str, span: Span) -> Row:
    return {"document": report, "start": span[0], "end": span[1]}


def _told_id(report: Report, predicate: Span) -> str:
    return f"{report.id}#s{predicate[0]}"


def _inside(report: Report, crisis: Crisis) -> Iterator[tuple[str, Row]]:
    text, name = report.text, report.id
    yield "documents", {"id": name, "characters": len(text), "text": text}
    yield "articles", {"id": name, "document": name, "start": 0, "end": len(text), **report.header}
    for block in report.blocks:
        yield "zones", {
            "document": name, "article": name, "start": block.span[0], "end": block.span[1],
            "kind": block.zone, "label": block.label,
        }  # fmt: skip
    for mention in report.names:
        yield (
            "mentions",
            _mention(report, mention.span, crisis.entities[mention.entity].kind)
            | {"actor": f"{crisis.name}/{mention.entity}"},
        )
    for role in report.roles:
        yield (
            "roles",
            _mention(report, role.span, "role") | {"actor": f"{crisis.name}/{role.entity}"},
        )
    for time in report.times:
        yield "mentions", _mention(report, time.span, "time") | {"timex_value": time.value}
    for number in report.numbers:
        yield "mentions", _mention(report, number.span, "number") | {"amount": number.value}
    yield from _quotes(report, crisis)
    for told in report.told:
        yield "statements", {
            "id": _told_id(report, told.predicate), "document": name, "predicate": told.predicate,
            "act": told.act, "mode": told.mode, "actors": told.actors,
            "recipients": told.recipients, "polarity": told.polarity, "modality": told.modality,
            "event": f"{crisis.name}/{told.event}" if told.event else None,
        }  # fmt: skip
    yield "attributions", {
        "doc": name, "text": text, "paragraphs": [block.span for block in report.blocks],
        "attributions": [
            {"source": q.source, "cue": q.cue, "content": q.content} for q in report.quotes
        ],
    }  # fmt: skip


def _mention(report: Report, span: Span, kind: str) -> Row:
    return {
        "document": report.id, "start": span[0], "end": span[1], "kind": kind,
        "text": report.text[slice(*span)],
    }  # fmt: skip


def _quotes(report: Report, crisis: Crisis) -> Iterator[tuple[str, Row]]:
    for number, quote in enumerate(report.quotes):
        yield "quotes", {
            "id": f"{report.id}#q{number}", "document": report.id, "source": quote.source,
            "cue": quote.cue, "content": quote.content, "manner": manner(report.text, quote),
            "source_kind": quote.source_kind, "stance": quote.stance, "attitude": quote.attitude,
            "within": None if quote.within is None else f"{report.id}#q{quote.within}",
            "speaker": f"{crisis.name}/{quote.speaker}" if quote.speaker else None,
        }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("out", type=Path)
    asked.add_argument("--corpus", type=Path, default=HERE.parent / "corpus" / "crises")
    asked.add_argument("--only", nargs="*", default=())
    given = asked.parse_args()
    crises = [c for c in read_corpus(given.corpus) if not given.only or c.name in given.only]
    given.out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(crises).items():
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
        (given.out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
