"""Score times on public data: which are found, and whether their TIMEX3 values are right.

    python benchmarks/times.py wikiwars FOLDER [--half develop|unseen|all] [--wrong]
    python benchmarks/times.py meantime FOLDER [--half develop|unseen|all] [--wrong]
    python benchmarks/times.py gold times.jsonl --seeds FOLDER [--wrong]

*wikiwars*: the `.tml` files (TimeML) of the WikiWars corpus. *meantime*: the annotated news of
the MEANTIME corpus (CAT XML), of which only the first sentences are annotated: read its value
accuracy. *gold*: rows of `seed`, `start`, `end`, `type`, `value` and `ref_date`, with the texts
whose file names begin with the seed.

Scores are those of TempEval-3 (UzZaman et al. 2013). *strict*: a predicted time has the offsets of
a gold one; *relaxed*: they overlap, one to one, the longest overlap first; *value*: relaxed, and
the value is the same string. Precision is over all predicted times, recall over all gold times, so
a value F1 counts a time that was missed, made up or misread alike. A gold time without a value
wants a time without one. A span of time that we keep as one row ("1955-1963", value 1955/1963) is
two times in TimeML, and is scored as two, cut at the word or dash between its ends. *value
accuracy* is over the pairs that overlap. *unseen* are every second file in the order of their
names, which nothing was tuned on. *speed* is characters per CPU-second of the time tagging alone,
the parse not counted. *calendar values* (gold only): the share of gold dates whose value begins
with a year that have it exactly.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import xml.etree.ElementTree as ET
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.base.rows import Article, Document, Mention, Sentence, Span, When
from rashomon.base.settings import Settings
from rashomon.base.spans import overlap
from rashomon.collect.articles import divide
from rashomon.collect.documents import Gathered, gather
from rashomon.extract.sentences import paragraphs, split
from rashomon.identify.times import date

_BLOCK = re.compile(r"[^\n]*\S[^\n]*")
_BETWEEN = re.compile(r"\s*[-–—/]\s*|\s+(?:to|through|thru|until|till|and)\s+(?:the\s+)?")
_UNVALUED = ("", "null", "NONE")


@dataclass(frozen=True, slots=True)
class Timed:
    """A time in a text: where, its TIMEX3 type and its value, None where it has none."""

    span: Span
    type: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold times and the date it was written on."""

    name: str
    text: str
    written: str
    gold: tuple[Timed, ...]


@dataclass(slots=True)
class Score:
    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    typed: int = 0
    characters: int = 0
    seconds: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)

    def f1(self, right: int) -> str:
        precision, recall = right / max(1, self.predicted), right / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("set", choices=("wikiwars", "meantime", "gold"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--half", choices=("develop", "unseen", "all"), default="all")
    parser.add_argument("--seeds", type=Path, help="the texts of the gold rows")
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    options = parser.parse_args()
    if options.set == "gold":
        if options.seeds is None:
            parser.error("gold needs --seeds: the folder of the texts")
        _gold(options.path, options.seeds, wrong=options.wrong)
        return
    read = {"wikiwars": timeml, "meantime": cat}[options.set]
    pattern = {"wikiwars": "*.tml", "meantime": "*.xml"}[options.set]
    paths = halved(sorted(options.path.rglob(pattern)), options.half)
    if not paths:
        parser.error(f"no {pattern} under {options.path}")
    total = Score()
    for path in paths:
        _scored(read(path), total)
    _print(total, wrong=options.wrong)


def halved(paths: Sequence[Path], half: str) -> Sequence[Path]:
    return {"develop": paths[::2], "unseen": paths[1::2], "all": paths}[half]


def timeml(path: Path) -> Text:
    """A TimeML file: the text of TEXT, and its TIMEX3 elements."""
    root = ET.parse(path).getroot()
    written = root.find("DCT/TIMEX3")
    parts: list[str] = []
    gold = []
    for piece, element in _pieces(root.find("TEXT")):
        start = sum(map(len, parts))
        parts.append(piece)
        if element is not None:
            gold.append(_timed(start, piece, element.attrib))
    day = "" if written is None else written.get("value", "")
    return Text(path.stem, "".join(parts), day, tuple(gold))


def _pieces(root: ET.Element | None) -> Iterator[tuple[str, ET.Element | None]]:
    if root is None:
        return
    yield root.text or "", None
    for element in root:
        yield "".join(element.itertext()), element if element.tag == "TIMEX3" else None
        yield element.tail or "", None


def _timed(start: int, piece: str, attributes: Mapping[str, str]) -> Timed:
    value = attributes.get("value", "")
    span = Span(start, start + len(piece))
    return Timed(span, attributes.get("type", ""), None if value in _UNVALUED else value)


def cat(path: Path) -> Text:
    """A CAT file: tokens joined by blanks, sentences by line breaks, and TIMEX3 markables."""
    root = ET.parse(path).getroot()
    text, spans, sentence = "", {}, "0"
    for token in root.iter("token"):
        if text:
            text += "\n" if token.get("sentence") != sentence else " "
        sentence = token.get("sentence", "0")
        spans[token.get("t_id")] = (len(text), len(text) + len(token.text or ""))
        text += token.text or ""
    written, gold = "", []
    for element in root.iter("TIMEX3"):
        held = [spans[a.get("t_id")] for a in element.iter("token_anchor")]
        if element.get("functionInDocument") == "CREATION_TIME":
            written = element.get("value", "")
        if held:
            start, end = held[0][0], held[-1][1]
            gold.append(_timed(start, text[start:end], element.attrib))
    return Text(path.stem, text, written, tuple(gold))


def _scored(text: Text, score: Score) -> None:
    parse = language.parse(text.text, [Span(*m.span()) for m in _BLOCK.finditer(text.text)])
    begin = time.process_time()
    found = date(_article(text), _sentences(parse), parse)
    score.seconds += time.process_time() - begin
    score.characters += len(text.text)
    compare(text, [end for m in found for end in ends(m)], score)


def ends(mention: Mention) -> list[Timed]:
    """A mention as TimeML has it: the two ends of a span of time stand apart."""
    value, kind = mention.timex_value, mention.timex_type or ""
    cut = _BETWEEN.search(mention.text, 1) if value and "/" in value else None
    if cut is None or value is None:
        return [Timed(Span(mention.start, mention.end), kind, value)]
    first, last = value.split("/")
    left, right = mention.start + cut.start(), mention.start + cut.end()
    return [
        Timed(Span(mention.start, left), kind, first),
        Timed(Span(right, mention.end), kind, last),
    ]


def _article(text: Text) -> Article:
    written = _when(text.written[:10])
    return Article("art-1", "doc-1", 0, len(text.text), None, None, None, "", written, "en")


def _sentences(parse: Parse) -> list[Sentence]:
    spans = [parse.sentence_span(k) for k in range(len(parse.sentences))]
    return [
        Sentence(f"sen-{k}", "doc-1", "art-1", *span, parse.sentence(k)[0].paragraph, "body")
        for k, span in enumerate(spans)
    ]


def compare(text: Text, predicted: Sequence[Timed], score: Score) -> None:
    """Pair gold and predicted times by their overlap, and count."""
    touching = [
        (-overlap(gold.span, made.span), i, k)
        for i, gold in enumerate(text.gold)
        for k, made in enumerate(predicted)
        if overlap(gold.span, made.span)
    ]
    partner: dict[int, int] = {}
    for _, i, k in sorted(touching):
        if i not in partner and k not in partner.values():
            partner[i] = k
    score.gold += len(text.gold)
    score.predicted += len(predicted)
    for i, gold in enumerate(text.gold):
        held = predicted[partner[i]] if i in partner else None
        _count(text, gold, held, score)
    for k, made in enumerate(predicted):
        if k not in partner.values():
            score.wrong[f"{text.name}  {_words(text, made.span)}  made up: {made.value}"] += 1


def _count(text: Text, gold: Timed, held: Timed | None, score: Score) -> None:
    right = held is not None and held.value == gold.value
    if held is not None:
        score.relaxed += 1
        score.strict += held.span == gold.span
        score.typed += held.type == gold.type
        score.value += right
    if not right:
        got = f"{_words(text, held.span)} = {held.value}" if held else "missed"
        score.wrong[f"{text.name}  {_words(text, gold.span)}  {gold.value}  {got}"] += 1


def _words(text: Text, span: Span) -> str:
    return repr(" ".join(text.text[span.start : span.end].split()))


def _print(score: Score, *, wrong: bool) -> None:
    if wrong:
        for line, count in sorted(score.wrong.items()):
            print(f"  {count} {line}")
    print(f"{score.gold} gold, {score.predicted} predicted, {score.relaxed} overlap")
    for name, right in (
        ("strict", score.strict),
        ("relaxed", score.relaxed),
        ("value", score.value),
    ):
        print(f"{name:<9} {score.f1(right)}  ({right} right)")
    print(f"value accuracy {score.value / max(1, score.relaxed):.3f}")
    print(f"type accuracy {score.typed / max(1, score.relaxed):.3f}")
    if score.seconds:
        print(f"speed {score.characters / score.seconds:,.0f} characters per CPU-second")


def _gold(path: Path, folder: Path, *, wrong: bool) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    total, calendar, right = Score(), 0, 0
    for document, name in _documents(folder, {row["seed"] for row in rows}):
        mine = [row for row in rows if row["seed"] == name]
        gold = tuple(_row(row) for row in mine if row["type"] != "FIGURATIVE")
        text = Text(name, document.text, mine[0]["ref_date"], gold)
        found = _dated(document, {row["article_id"]: row["ref_date"] for row in mine})
        compare(text, found, total)
        for timed in (g for g in gold if re.match(r"\d{4}", g.value or "")):
            calendar += 1
            right += any(overlap(timed.span, p.span) and p.value == timed.value for p in found)
    _print(total, wrong=wrong)
    print(f"calendar values {right / max(1, calendar):.3f} ({right} of {calendar})")


def _dated(document: Document, written: Mapping[str, str]) -> list[Timed]:
    """The times of a document's articles, each with the date that the gold gives for it."""
    division = divide(document)
    found: list[Timed] = []
    for number, article in enumerate(division.articles, 1):
        zones = [zone for zone in division.zones if zone.article == article.id]
        parse = language.parse(document.text, paragraphs(document.text, zones))
        day = next((d for a, d in written.items() if a.endswith(f"-{number}")), "")
        dated = replace(article, published=_when(day) or article.published)
        found += (
            Timed(Span(m.start, m.end), m.timex_type or "", m.timex_value)
            for m in date(dated, split(article, zones, parse), parse)
        )
    return found


def _when(day: str) -> When | None:
    """A day ("2020-04-15") or a month ("2020-04") as the date of an article."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return When(day, day, "day", "given", "")
    if re.fullmatch(r"\d{4}-\d\d", day):
        last = monthrange(int(day[:4]), int(day[5:]))[1]
        return When(f"{day}-01", f"{day}-{last}", "month", "given", "")
    return None


def _row(row: Mapping[str, Any]) -> Timed:
    return Timed(Span(row["start"], row["end"]), row["type"], row["value"])


def _documents(folder: Path, seeds: set[str]) -> Iterator[tuple[Document, str]]:
    paths = [str(p) for p in sorted(folder.glob("*.txt")) if p.name.split("_")[0] in seeds]
    for found in gather(paths, Settings()):
        if isinstance(found, Gathered):
            yield found.document, Path(found.document.name).name.split("_")[0]


if __name__ == "__main__":
    main()
