"""Check the corpus and print what it holds: `python training/count.py [corpus/crises] [CRISIS…]`.

Every mark is checked on the way (`training/marked.py`); the first that does not fit ends the
program with status 1 and its file and line.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from marked import Crisis, MarkError, Report, Said, read_crisis


def manner(text: str, quote: Said) -> str:
    """direct, mixed or indirect: how many of the content's words stand between quote marks."""
    inside = outside = 0
    for start, end in quote.content:
        words = text[max(0, start - 1) : end + 1]
        pieces = re.split(r"[\"“”]", words)
        inside += sum(len(piece.split()) for piece in pieces[1::2])
        outside += sum(len(piece.split()) for piece in pieces[::2])
    if not inside:
        return "indirect"
    return "direct" if outside <= max(1, 0.1 * (inside + outside)) else "mixed"


def counts(crises: Iterable[Crisis]) -> dict[str, Counter[str]]:
    """What the layers hold, each as a table of counts."""
    tables: dict[str, Counter[str]] = {}

    def add(table: str, key: str, by: int = 1) -> None:
        tables.setdefault(table, Counter())[key] += by

    for crisis in crises:
        for report in crisis.reports:
            add("words", crisis.name, len(report.text.split()))
            add("reports", report.header.get("register", "?"))
            _layers(report, crisis, add)
        add("across", "echoes", len(crisis.echoes))
        add("across", "disputes", len(crisis.disputes))
        add("across", "events", len(crisis.events))
    return tables


def _layers(report: Report, crisis: Crisis, add: Callable[..., None]) -> None:
    for name in report.names:
        add("mentions", crisis.entities[name.entity].kind)
    add("layers", "roles", len(report.roles))
    add("layers", "times", len(report.times))
    add("layers", "numbers", len(report.numbers))
    for quote in report.quotes:
        add("quotes", "attitude" if quote.attitude else manner(report.text, quote))
        add("sources", quote.source_kind)
        add("stances", quote.stance)
        add("nesting", "nested" if quote.within is not None else "outermost")
        if quote.source and report.text[slice(*quote.source)].lower() in _PRONOUNS:
            add("sources", "(pronoun)")
        if len(quote.content) > 1:
            add("nesting", "(broken)")
        if quote.cue:
            add("cues", report.text[slice(*quote.cue)].lower())
    for told in report.told:
        add("acts", told.act or "-")
        add("told", f"{told.polarity} {told.modality}")
        add("predicates", report.text[slice(*told.predicate)].lower())


_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "who", "which", "that"])


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "corpus" / "crises"
    names = arguments[1:] or sorted(path.parent.name for path in root.glob("*/crisis.txt"))
    crises, failed = [], False
    for name in names:
        try:
            crises.append(read_crisis(root / name))
        except MarkError as error:
            print(error, file=sys.stderr)
            failed = True
    for table, rows in counts(crises).items():
        print(f"{table}: {sum(n for key, n in rows.items() if key[0] != '(')}, {len(rows)} kinds")
        for key, number in rows.most_common(12 if table in ("cues", "predicates") else None):
            print(f"    {number:6d}  {key}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
