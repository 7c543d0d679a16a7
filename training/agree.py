"""How far two people mark the same: `python training/agree.py [corpus/second] [corpus/crises]`.

The reports under `corpus/second` were marked without sight of the first marks; for each layer this
prints the F1 of the one against the other, and with --differences each difference with its words.

- quotes: the words that are source, cue or content of any quote, a word and its role being a unit;
- found: quotes whose contents share a token F1 of .5 with each other;
- predicates: where they begin; acts: predicate and PLOVER type, where one of the two gives a type;
  types: the same, only of the predicates that both marked;
- polarity and modality: the share of the predicates that both marked;
- names: span and kind, pronouns left out; times and numbers: spans.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "benchmarks")]

import quotes as scoring
from examples import is_pronoun
from marked import Crisis, Report, read_crisis
from rashomon.base.rows import Span

_WORD = re.compile(r"\w+")


def layers(report: Report, crisis: Crisis) -> dict[str, Set[object]]:
    """What was marked, as sets of units that can be held against each other."""
    words = [match.span() for match in _WORD.finditer(report.text)]
    said: set[object] = set()
    for quote in report.quotes:
        for role, spans in (("source", [quote.source]), ("cue", [quote.cue]),
                            ("content", quote.content)):  # fmt: skip
            for span in filter(None, spans):
                said |= {(role, w) for w in words if span[0] <= w[0] and w[1] <= span[1]}
    return {
        "quotes": said,
        "predicates": {told.predicate[0] for told in report.told},
        "acts": {(told.predicate[0], told.act) for told in report.told if told.act},
        "names": {
            (*name.span, crisis.entities[name.entity].kind)
            for name in report.names
            if not is_pronoun(report.text[slice(*name.span)])
        },
        "times": {time.span for time in report.times},
        "numbers": {number.span for number in report.numbers},
    }


def compare(first: Report, second: Report, crisis: Crisis, counts: Counter[str]) -> None:
    ours, theirs = layers(first, crisis), layers(second, crisis)
    for name, units in ours.items():
        counts[f"{name} first"] += len(units)
        counts[f"{name} second"] += len(theirs[name])
        counts[f"{name} both"] += len(units & theirs[name])
    words = scoring.Words(first.text)
    tally = scoring.Tally()
    scoring.count(tally, words, _attributions(first, words), _attributions(second, words))
    counts["found first"] += tally.gold
    counts["found second"] += tally.predicted
    counts["found both"] += tally.found
    told = {one.predicate[0]: one for one in second.told}
    for one in first.told:
        if other := told.get(one.predicate[0]):
            counts["shared"] += 1
            counts["types first"] += one.act is not None
            counts["types second"] += other.act is not None
            counts["types both"] += one.act is not None and one.act == other.act
            counts["polarity"] += one.polarity == other.polarity
            counts["modality"] += one.modality == other.modality


def _attributions(report: Report, words: scoring.Words) -> list[scoring.Attribution]:
    return [
        scoring.Attribution(
            words.of([Span(*q.source)] if q.source else []),
            words.of([Span(*q.cue)] if q.cue else []),
            words.of([Span(*span) for span in q.content]), "", q.attitude,
        )
        for q in report.quotes
    ]  # fmt: skip


def differences(first: Report, second: Report) -> Iterator[str]:
    """What only one of the two marked, and what they told otherwise."""
    text = first.text
    for label, one, other in (("first", first, second), ("second", second, first)):
        cues = {quote.cue for quote in other.quotes}
        for quote in one.quotes:
            if quote.cue not in cues and quote.cue:
                yield f"{first.id} only {label} q: {_around(text, quote.cue)}"
        predicates = {told.predicate for told in other.told}
        for told in one.told:
            if told.predicate not in predicates:
                yield f"{first.id} only {label} s: {_around(text, told.predicate)} {told.act}"
    others = {told.predicate: told for told in second.told}
    for told in first.told:
        if (back := others.get(told.predicate)) is None:
            continue
        ours = (told.act, told.polarity, told.modality)
        theirs = (back.act, back.polarity, back.modality)
        if ours != theirs:
            yield f"{first.id} s: {_around(text, told.predicate)}: {ours} and {theirs}"
    yield from _spans_apart(first, second)


def _spans_apart(first: Report, second: Report) -> Iterator[str]:
    """Sources and contents of shared cues, names, times and numbers that only one marked."""
    cues = {quote.cue for quote in first.quotes} & {quote.cue for quote in second.quotes}
    for label, one, other in (("first", first, second), ("second", second, first)):
        for letter, ours, theirs in zip("qqmtn", _sets(one, cues), _sets(other, cues), strict=True):
            for span in sorted(ours - theirs):
                yield f"{first.id} only {label} {letter}: {_around(first.text, span)}"


def _sets(report: Report, cues: Set[tuple[int, int] | None]) -> list[Set[tuple[int, int]]]:
    """The spans of sources, contents, names, times and numbers."""
    shared = [quote for quote in report.quotes if quote.cue in cues]
    return [
        {quote.source for quote in shared if quote.source},
        {span for quote in shared for span in quote.content},
        {n.span for n in report.names if not is_pronoun(report.text[slice(*n.span)])},
        {time.span for time in report.times},
        {number.span for number in report.numbers},
    ]


def _around(text: str, span: tuple[int, int]) -> str:
    before, after = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    return " ".join(f"{before}[{text[slice(*span)]}]{after}".split())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("second", type=Path, nargs="?", default=HERE.parent / "corpus" / "second")
    asked.add_argument("first", type=Path, nargs="?", default=HERE.parent / "corpus" / "crises")
    asked.add_argument("--differences", action="store_true")
    given = asked.parse_args()
    counts: Counter[str] = Counter()
    for folder in sorted(path.parent for path in given.second.glob("*/crisis.txt")):
        crisis, again = read_crisis(given.first / folder.name), read_crisis(folder)
        by_id = {report.id: report for report in crisis.reports}
        for report in again.reports:
            first = by_id[report.id]
            if first.text != report.text:
                sys.exit(f"{report.id}: the texts differ; mark the same words again")
            counts["words"] += len(first.text.split())
            compare(first, report, crisis, counts)
            if given.differences:
                print("\n".join(differences(first, report)))
    show(counts)


def show(counts: Counter[str]) -> None:
    print(f"{counts['words']} words marked twice")
    for name in ("quotes", "found", "predicates", "acts", "types", "names", "times", "numbers"):
        ours, theirs, both = (counts[f"{name} {key}"] for key in ("first", "second", "both"))
        print(f"{name:11} F1 {2 * both / max(1, ours + theirs):.3f}  ({ours} and {theirs})")
    for name in ("polarity", "modality"):
        print(f"{name:11} {counts[name] / max(1, counts['shared']):.3f} of {counts['shared']}")


if __name__ == "__main__":
    main()
