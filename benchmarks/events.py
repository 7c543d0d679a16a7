"""Score events: what tells of one happening is together, across documents.

    python benchmarks/events.py ecbplus FOLDER [--half learnt|unseen|all] [--each] [--wrong]
    python benchmarks/events.py basil FOLDER [--wrong]

`ecbplus`: FOLDER holds `ECB+` and `ECBplus_coreference_sentences.csv`. The documents of a topic are
one case (so its two look-alike seminal events lie in one case); the text is set from their words, a
paragraph for each sentence, the first line left out where it is an address; no date of publication
is given. Only the listed sentences count. The gold are the marked actions there, one not linked
being alone. A gold mention is found if one of our statements' predicates overlaps its words; of
several the first that is free. Statements that match no gold mention are left out, as the set marks
only some happenings of a sentence; gold mentions without a statement stay in the gold, and count
against recall. Singletons count.

Printed: the mentions found, MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF-e (Luo
2005) and CoNLL (the mean of their F1), over all topics together: our events; then, over the very
same mentions, one group for each lemma of a topic, and each mention alone. Last, of the pairs of
found mentions that our events join across documents, the share that gold joins. `--half learnt`
keeps to topics with an even number, `unseen` to the odd ones, on which nothing is tuned.

`basil`: FOLDER holds `articles`, each with the `triplet-uuid` of its news event: three outlets tell
of each. All are one case. Printed: events that join statements of different news events, of all
events, of those with several statements and of those with several articles; and how many news
events have a happening that two of their outlets tell of. What two news events both look back on is
one happening too, so the first share counts some joins that are right.

`--wrong` prints the words of pairs joined wrongly and, for `ecbplus`, kept apart wrongly.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "training")]

from conll import running
from grouping import Grouping
from rashomon import pipeline
from rashomon.base.rows import Document, Event, Given, Reading, Span, Statement, row_id
from rashomon.base.settings import Settings
from rashomon.base.spans import overlap
from rashomon.base.store import Store

_ACTIONS = ("ACTION_", "NEG_ACTION_")


@dataclass(frozen=True, slots=True)
class Marked:
    """A document of ECB+: its text, and each gold mention's words (as spans) with its chain."""

    name: str
    text: str
    mentions: tuple[tuple[tuple[Span, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A gold mention, and the statement that was matched with it with its lemma and event."""

    document: str
    words: str
    chain: str
    statement: str | None = None
    lemma: str = ""
    event: str | None = None


@dataclass(slots=True)
class Score:
    """Our grouping beside the two plain ones, and the pairs across documents."""

    ours: Grouping = field(default_factory=Grouping)
    lemma: Grouping = field(default_factory=Grouping)
    alone: Grouping = field(default_factory=Grouping)
    joined: int = 0
    right: int = 0
    wanted: int = 0

    def show(self, title: str) -> None:
        print(f"{title}: our events\n{self.ours}")
        share = self.right / max(1, self.joined)
        print(f"  pairs across documents: {self.right} of {self.joined} right ({share:.3f}),"
              f" of {self.wanted} between found mentions")  # fmt: skip
        print(f"{title}: one group a lemma\n{self.lemma}\n{title}: each alone\n{self.alone}")


def topics(folder: Path, half: str) -> Iterator[tuple[int, list[Marked]]]:
    """The documents of each topic from 1 to 35, by number."""
    listed: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            listed[int(row["Topic"]), row["File"]].add(row["Sentence Number"])
    for at in sorted((folder / "ECB+").iterdir(), key=lambda path: int(path.name)):
        number = int(at.name)
        if number > 35 or (half != "all" and (number % 2 == 0) != (half == "learnt")):
            continue
        yield (
            number,
            [
                _marked(path, listed[number, path.stem.partition("_")[2]])
                for path in sorted(at.glob("*.xml"))
            ],
        )


def _marked(path: Path, listed: set[str]) -> Marked:
    root = ElementTree.parse(path).getroot()
    sentences: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for token in root.iter("token"):
        sentences[token.attrib["sentence"]].append((token.attrib["t_id"], token.text or ""))
    paragraphs: list[str] = []
    place: dict[str, Span] = {}
    begin = 0
    for number, words in sentences.items():
        text, spans = running([word for _, word in words])
        if not paragraphs and words[0][1].startswith("http"):
            continue
        for (token_id, _), span in zip(words, spans, strict=True):
            if number in listed:
                place[token_id] = Span(begin + span.start, begin + span.end)
        paragraphs.append(text)
        begin += len(text) + 2
    return Marked(path.stem, "\n\n".join(paragraphs), tuple(_mentions(root, place, path.stem)))


def _mentions(
    root: ElementTree.Element, place: Mapping[str, Span], name: str
) -> Iterator[tuple[tuple[Span, ...], str]]:
    chains: dict[str, str] = {}
    for relation in root.iterfind("Relations/*"):
        across = relation.tag == "CROSS_DOC_COREF"
        chain = relation.attrib["note"] if across else f"{name} {relation.attrib['r_id']}"
        chains |= {source.attrib["m_id"]: chain for source in relation.iterfind("source")}
    for marked in root.iterfind("Markables/*"):
        tokens = [anchor.attrib["t_id"] for anchor in marked.iterfind("token_anchor")]
        if marked.tag.startswith(_ACTIONS) and tokens and all(t in place for t in tokens):
            number = marked.attrib["m_id"]
            yield tuple(place[t] for t in tokens), chains.get(number, f"{name} alone {number}")


def read(documents: Iterable[tuple[str, str, str | None]]) -> Iterator[Reading]:
    """The readings of (name, text, date of publication or None)."""
    for name, text, published in documents:
        given = Given(published=published, language="en")
        row = row_id(Document, name, text)
        document = Document(row, name, name, "", "text/plain", "utf-8", len(text), text, given)
        yield pipeline.read_document(document, Settings())


def juxtaposed(readings: Iterable[Reading]) -> Store:
    """A case of some readings, as far as its events."""
    store = Store()
    for reading in readings:
        store.fill([*reading.documents, *reading.zones, *reading.articles, *reading.sentences])
        store.fill([*reading.mentions, *reading.quotes, *reading.statements])
    for stage, rows in pipeline.juxtapose(store, Path("no-journal.jsonl"), Settings()):
        store.fill(rows)
        if stage == "events":
            break
    return store


def match(documents: Sequence[Marked], store: Store) -> list[Matched]:
    """The gold mentions, each with its statement where one has a predicate that overlaps it."""
    names = {row.id: row.name for row in store.rows(Document)}
    event = {s: row.id for row in store.rows(Event) for s in row.statements}
    told: defaultdict[str, list[Statement]] = defaultdict(list)
    for row in store.rows(Statement):
        told[names[row.document]].append(row)
    found = []
    for document in documents:
        free = sorted(told[document.name], key=lambda s: (s.predicate.start, s.id))
        for spans, chain in document.mentions:
            words = " ".join(document.text[s.start : s.end] for s in spans)
            fits = (s for s in free if any(overlap(span, s.predicate) for span in spans))
            one = next(fits, None)
            if one is None:
                found.append(Matched(document.name, words, chain))
                continue
            free.remove(one)
            made = event.get(one.id)
            found.append(Matched(document.name, words, chain, one.id, one.lemma, made))
    return found


def add(score: Score, matched: Sequence[Matched]) -> None:
    """Add the mentions of a topic."""
    mine = [n for n, one in enumerate(matched) if one.statement]
    gold = _clusters({n: one.chain for n, one in enumerate(matched)})
    score.ours.add(_clusters({n: _group(matched[n]) for n in mine}), gold)
    score.lemma.add(_clusters({n: matched[n].lemma for n in mine}), gold)
    score.alone.add(_clusters({n: n for n in mine}), gold)
    for left, right in _across(matched):
        same, one = left.chain == right.chain, _group(left) == _group(right)
        score.wanted += same
        score.joined += one
        score.right += same and one


def _group(one: Matched) -> str | None:
    return one.event or one.statement


def _across(matched: Sequence[Matched]) -> Iterator[tuple[Matched, Matched]]:
    found = [one for one in matched if one.statement]
    return ((a, b) for a, b in combinations(found, 2) if a.document != b.document)


def _clusters(of: Mapping[int, Hashable]) -> list[frozenset[int]]:
    found: defaultdict[Hashable, set[int]] = defaultdict(set)
    for mention, group in of.items():
        found[group].add(mention)
    return [frozenset(held) for held in found.values()]


def show_wrong(matched: Sequence[Matched]) -> None:
    """The words of the pairs across documents that we join and gold does not, and the reverse."""
    joined: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for left, right in _across(matched):
        same, one = left.chain == right.chain, _group(left) == _group(right)
        if same != one:
            (apart if same else joined)[" / ".join(sorted((left.words, right.words)))] += 1
    print("  joined wrongly:", joined.most_common(12), "\n  kept apart:", apart.most_common(12))
    print("  no statement:", Counter(m.words for m in matched if not m.statement).most_common(12))


def score_ecbplus(folder: Path, half: str, *, each: bool, wrong: bool) -> Score:
    total = Score()
    for number, documents in topics(folder, half):
        with juxtaposed(read((d.name, d.text, None) for d in documents)) as store:
            matched = match(documents, store)
        add(total, matched)
        if each or wrong:
            topic = Score()
            add(topic, matched)
            print(f"topic {number:2}  CoNLL {topic.ours.conll:.3f}  lemma {topic.lemma.conll:.3f}"
                  f"  pairs {topic.right} of {topic.joined} joined and {topic.wanted}")  # fmt: skip
        if wrong:
            show_wrong(matched)
    return total


def basil(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Each article's name, text, date and news event."""
    for path in sorted((folder / "articles").rglob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        body = [" ".join(paragraph) for paragraph in row["body-paragraphs"]]
        yield path.stem, "\n\n".join([row["title"], *body]), row["date"], row["triplet-uuid"]


def show_basil(articles: Sequence[tuple[str, str, str, str]], store: Store, *, wrong: bool) -> None:
    news = {name: event for name, _, _, event in articles}
    names = {row.id: row.name for row in store.rows(Document)}
    told = {row.id: row for row in store.rows(Statement)}
    texts = {row.id: row.text for row in store.rows(Document)}
    events = list(store.rows(Event))
    of = [{names[told[s].document] for s in row.statements} for row in events]
    mixed = [n for n, held in enumerate(of) if len({news[name] for name in held}) > 1]
    several = sum(len(row.statements) > 1 for row in events)
    across = sum(len(held) > 1 for held in of)
    print(f"BASIL, {len(articles)} articles of {len(set(news.values()))} news events")
    for what, count in (("events", len(events)), ("of several statements", several),
                        ("of several articles", across)):  # fmt: skip
        share = 100 * len(mixed) / max(1, count)
        print(f"  {what:22} {count:6}  of different news events {len(mixed)} ({share:.2f} %)")
    shared = {news[n] for held in of if len(held) > 1 and len({news[x] for x in held}) == 1
              for n in held}  # fmt: skip
    print(f"  news events with a happening told by two outlets: {len(shared)}")
    for n in mixed if wrong else ():
        print(f"  {events[n].because}")
        for row in (told[s] for s in events[n].statements):
            words = texts[row.document][max(0, row.start - 20) : row.end + 40]
            print(f"    {names[row.document][:6]} {' '.join(words.split())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("set", choices=("ecbplus", "basil"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("learnt", "unseen", "all"), default="all")
    parser.add_argument("--each", action="store_true", help="a line a topic")
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    if asked.set == "ecbplus":
        if not (asked.folder / "ECB+").is_dir():
            parser.error(f"no folder ECB+ in {asked.folder}")
        score = score_ecbplus(asked.folder, asked.half, each=asked.each, wrong=asked.wrong)
        score.show(f"ECB+, {asked.half} topics")
        return
    articles = list(basil(asked.folder))
    if not articles:
        parser.error(f"no articles/**/*.json in {asked.folder}")
    with juxtaposed(read((name, text, date) for name, text, date, _ in articles)) as store:
        show_basil(articles, store, wrong=asked.wrong)


if __name__ == "__main__":
    main()
