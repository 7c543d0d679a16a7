"""Score `attribute` on annotated attributions (the form of PolNeAR's JSON lines).

    python benchmarks/quotes.py PATH.jsonl [--texts DIR] [--out PRED.jsonl] [--score SCORER.py]
                                [--documents N] [--reader none|shipped|DIR]

Each line holds `doc`, `text` (or a file of that name under --texts), `attributions` with `source`,
`cue` and `content` as null, `[start, end]` or a list of such, and perhaps `paragraphs`. Each text
is read as one article whose body is all of it.

An attribution is *found* when a predicted content shares a token F1 of .5 or more with its own
(paired one to one, best pairs first), *linked* when the source does so too, *exact* when source
and content are the same words but for stops and quote marks at their ends. Figures are given for
the outermost quotes, for all with the nested ones, and for gold without plain mental states
("wants", "expects", "plans": statements with a modality here). Speed counts `attribute` alone,
the parse given, in words per CPU-second.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.base.lexicon import table
from rashomon.base.reader import Attribution as Said
from rashomon.base.reader import Network, network_of, overhear
from rashomon.base.rows import Article, Quote, Sentence, Span, row_id
from rashomon.extract.quotes import attribute

_WORD = re.compile(r"\w+|[^\w\s]")
_EDGE = frozenset("\"'“”‘’`´«».,;:!?-–—…()[]")
_ROLES = ("source", "cue", "content")
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Token numbers of each role, and the type by the quote marks of the content."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    manner: str
    mental: bool


@dataclass(slots=True)
class Tally:
    gold: int = 0
    predicted: int = 0
    found: int = 0
    linked: int = 0
    exact: int = 0
    content: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    by_manner: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    def f1(self, hits: int) -> tuple[float, float, float]:
        precision = hits / self.predicted if self.predicted else 0.0
        recall = hits / self.gold if self.gold else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


class Words:
    """A text as numbered tokens, so that spans become sets of numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in self.spans]

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        found: set[int] = set()
        for span in spans:
            first = bisect_left(self.starts, span.start)
            if first and self.spans[first - 1][1] > span.start:
                first -= 1
            found.update(range(first, bisect_left(self.starts, span.end)))
        return frozenset(found)

    def trimmed(self, tokens: frozenset[int], *, content: bool = False) -> frozenset[int]:
        """Without stops and marks at the ends, and a content without its "that"."""
        order = sorted(tokens)
        while order and self._edge(order[0], content):
            order.pop(0)
        while order and self._edge(order[-1], False):
            order.pop()
        return frozenset(order) or tokens

    def _edge(self, token: int, content: bool) -> bool:
        word = self.text[slice(*self.spans[token])]
        return word in _EDGE or (content and word.lower() == "that")


def spans(value: Any) -> list[Span]:
    """null, [start, end] or a list of such as spans."""
    if not value:
        return []
    return [Span(*value)] if isinstance(value[0], int) else [Span(*pair) for pair in value]


def manner(text: str, content: Sequence[Span]) -> str:
    """direct, mixed or indirect: how much of a content stands in double quote marks."""
    if not content:
        return "indirect"
    words = " ".join(text[s.start : s.end] for s in content)
    words = text[max(0, content[0].start - 1) : content[0].start].strip() + words
    words += text[content[-1].end : content[-1].end + 1]
    pieces = re.split(r"[\"“”]|``|''", words)
    if len(pieces) < 2:
        return "indirect"
    outside = sum(len(re.findall(r"\w+", piece)) for piece in pieces[0::2])
    whole = len(re.findall(r"\w+", words))
    return "direct" if outside <= max(1, 0.1 * whole) else "mixed"


def article_of(record: dict[str, Any]) -> tuple[Article, list[Sentence], Parse]:
    """A text as one article: its paragraphs as given, else its blocks between blank lines."""
    text, name = record["text"], record["doc"]
    given = [Span(*pair) for pair in record.get("paragraphs") or ()]
    paragraphs = given or blocks(text)
    parse = language.parse(text, paragraphs)
    starts = [span.start for span in paragraphs]
    article = Article(
        row_id(Article, name, 0, len(text)), name, 0, len(text), None, None, None, "", None, "en"
    )
    sentences = []
    for index in range(len(parse.sentences)):
        span = parse.sentence_span(index)
        paragraph = bisect_right(starts, span.start) - 1
        row = row_id(Sentence, name, *span)
        sentences.append(Sentence(row, name, article.id, *span, paragraph, "body"))
    return article, sentences, parse


def heard_in(record: dict[str, Any], network: Network) -> Sequence[Said]:
    paragraphs = [Span(*pair) for pair in record.get("paragraphs") or ()]
    return overhear(record["text"], paragraphs or blocks(record["text"]), network)[0]


def blocks(text: str) -> list[Span]:
    """The blocks of a text between blank lines."""
    return [Span(*m.span()) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


def mental_lemmas() -> frozenset[str]:
    return frozenset(row["lemma"] for row in table("cues") if row["class"] in ("wish", "belief"))


def gold_of(record: dict[str, Any], words: Words, parse: Parse) -> list[Attribution]:
    mental = mental_lemmas()
    starts = [token.start for token in parse.tokens]
    found = []
    for item in record["attributions"]:
        cue, content = spans(item.get("cue")), spans(item["content"])
        held = [
            parse.tokens[i].lemma
            for s in cue
            for i in range(bisect_left(starts, s.start), bisect_left(starts, s.end))
            if parse.tokens[i].pos in ("VERB", "NOUN", "ADJ")
        ]
        roles = (words.of(spans(item.get("source"))), words.of(cue), words.of(content))
        kind = item.get("type") or manner(record["text"], content)
        found.append(Attribution(*roles, kind, bool(held) and held[-1] in mental))
    return [a for a in found if a.content]


def predicted_of(quotes: Iterable[Quote], words: Words) -> list[Attribution]:
    return [
        Attribution(
            words.of([q.source] if q.source else []),
            words.of([q.cue] if q.cue else []),
            words.of(q.content),
            q.manner,
            False,
        )
        for q in quotes
    ]


def overlap(left: frozenset[int], right: frozenset[int]) -> float:
    if not left and not right:
        return 1.0
    return 2 * len(left & right) / (len(left) + len(right))


def pairs(
    gold: Sequence[Attribution], predicted: Sequence[Attribution]
) -> Iterator[tuple[int, int]]:
    """One-to-one pairs that share content, best first; only contents with a word in common."""
    at: dict[int, set[int]] = defaultdict(set)
    for j, attribution in enumerate(predicted):
        for token in attribution.content:
            at[token].add(j)
    scored = []
    for i, wanted in enumerate(gold):
        for j in {j for token in wanted.content for j in at.get(token, ())}:
            other = predicted[j]
            tie = 0.01 * (overlap(wanted.cue, other.cue) + overlap(wanted.source, other.source))
            scored.append((overlap(wanted.content, other.content) + tie, -i, -j))
    left, right = set(), set()
    for _, i, j in sorted(scored, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield -i, -j


def count(
    tally: Tally, words: Words, gold: list[Attribution], predicted: list[Attribution]
) -> None:
    tally.gold += len(gold)
    tally.predicted += len(predicted)
    for wanted in gold:
        tally.by_manner[wanted.manner][0] += 1
    paired = list(pairs(gold, predicted))
    tally.errors["gold without any word of it predicted"] += len(gold) - len(paired)
    tally.errors["predicted without any word of it in gold"] += len(predicted) - len(paired)
    for i, j in paired:
        wanted, other = gold[i], predicted[j]
        found = overlap(wanted.content, other.content) >= _ENOUGH
        linked = found and overlap(wanted.source, other.source) >= _ENOUGH
        tally.found += found
        tally.linked += linked
        tally.by_manner[wanted.manner][1] += found
        tally.by_manner[wanted.manner][2] += linked
        same = words.trimmed(wanted.content, content=True) == words.trimmed(
            other.content, content=True
        )
        tally.content += same
        tally.exact += same and words.trimmed(wanted.source) == words.trimmed(other.source)
        tally.errors[_error(wanted, other, found=found, linked=linked, same=same)] += 1


def _error(
    wanted: Attribution, other: Attribution, *, found: bool, linked: bool, same: bool
) -> str:
    """What is wrong with a pair, the gravest first."""
    if not found:
        longer = len(other.content) > len(wanted.content)
        return "content too long by more than half" if longer else "content less than half there"
    if not linked:
        if not other.source:
            return "source not given"
        return "source where gold has none" if not wanted.source else "another source"
    if same:
        return "right"
    outside = other.content - wanted.content
    return "content goes too far" if outside else "content cut too short"


def as_json(name: str, quotes: Iterable[Quote]) -> dict[str, Any]:
    """The form that the scorer reads."""
    return {
        "doc": name,
        "attributions": [
            {"source": q.source, "cue": q.cue, "content": q.content, "type": q.manner}
            for q in quotes
        ],
    }


def show(title: str, tally: Tally) -> None:
    print(f"{title}: gold {tally.gold}, predicted {tally.predicted}")
    for name in ("found", "linked", "exact", "content"):
        precision, recall, both = (100 * x for x in tally.f1(getattr(tally, name)))
        print(f"  {name:7} P {precision:5.1f}  R {recall:5.1f}  F1 {both:5.1f}")
    for kind, (number, found, linked) in sorted(tally.by_manner.items()):
        print(
            f"  {kind:9} gold {number:5}"
            f"  recall found {100 * found / number:5.1f}  linked {100 * linked / number:5.1f}"
        )


def records(path: Path, texts: Path | None, limit: int | None) -> Iterator[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines[:limit]:
        record = json.loads(line)
        if "text" not in record:
            if texts is None:
                sys.exit(f"{record['doc']} has no text: give --texts DIR")
            record["text"] = (texts / record["doc"]).read_text(encoding="utf-8")
        yield record


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("path", type=Path)
    parser.add_argument("--texts", type=Path, help="where the texts lie, by `doc`")
    parser.add_argument("--out", type=Path, help="write all predictions here")
    parser.add_argument("--outermost", action="store_true", help="write no nested quotes")
    parser.add_argument("--score", type=Path, help="a scorer to run on what --out wrote")
    parser.add_argument("--reader", default="shipped", help="none, shipped, or a folder")
    parser.add_argument("--documents", type=int, help="only the first N")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    outermost, everything, unmental = Tally(), Tally(), Tally()
    written: list[dict[str, Any]] = []
    seconds, number = 0.0, 0
    network = network_of(asked.reader)
    for record in records(asked.path, asked.texts, asked.documents):
        article, sentences, parse = article_of(record)
        started = time.process_time()
        heard = heard_in(record, network) if network else ()
        quotes = attribute(article, sentences, [], parse, heard)
        seconds += time.process_time() - started
        number += len(record["text"].split())
        words = Words(record["text"])
        gold = gold_of(record, words, parse)
        outer = [q for q in quotes if q.within is None]
        count(outermost, words, gold, predicted_of(outer, words))
        count(everything, words, gold, predicted_of(quotes, words))
        count(unmental, words, [g for g in gold if not g.mental], predicted_of(outer, words))
        written.append(as_json(record["doc"], outer if asked.outermost else quotes))
    show("outermost quotes", outermost)
    show("all quotes, nested ones too", everything)
    show("outermost quotes, gold without mental states", unmental)
    print(
        "content: its words alone, exact (CofeNet, BERT on a GPU, published on the test part: 73)"
    )
    print("what became of the outermost quotes:")
    for error, times in outermost.errors.most_common():
        print(f"  {times:5}  {error}")
    print(f"{number} words, {number / seconds:,.0f} words per CPU-second, the parse given")
    if asked.out:
        asked.out.write_text("".join(json.dumps(row) + "\n" for row in written), encoding="utf-8")
    if asked.out and asked.score:
        command = [sys.executable, str(asked.score), str(asked.path), str(asked.out)]
        command += ["--text-dir", str(asked.texts)] if asked.texts else []
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
