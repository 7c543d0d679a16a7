"""Score the small reader alone: no rules, no parse.

    python benchmarks/reader.py quotes PATH.jsonl            attributions, PolNeAR's form
    python benchmarks/reader.py statements PLV.tsv           PLOVER root, source and target given
    python benchmarks/reader.py corpus corpus/crises         the corpus's unseen crises
    python benchmarks/reader.py own corpus/crises TEXT…      8-grams shared with other texts

--network DIR scores another network than the shipped one (`fp32/` of a training run, to hold int8
against). Speed is words per CPU-second on one thread, memory the whole process's peak.
"""

from __future__ import annotations

import argparse
import gzip
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "training")]

import quotes as scoring
import statements as plv
from marked import Crisis, MarkError, Report, read_corpus
from rashomon.base.reader import Heard, Network, hear, network_of
from rashomon.base.reader.labels import ACT, ACTS, PREDICATE, TOLD
from rashomon.base.reader.windows import windows
from rashomon.base.rows import Span

_TEXTS = (".txt", ".jsonl", ".json", ".tsv", ".csv", ".xml", ".tml", ".conll", ".html", ".gz")


def attributions(heard: Heard, words: scoring.Words) -> list[scoring.Attribution]:
    return [
        scoring.Attribution(
            words.of([a.source] if a.source else []), words.of([a.cue]), words.of(a.content),
            "", a.attitude,
        )
        for a in heard.attributions
    ]  # fmt: skip


def score_quotes(path: Path, network: Network, least: float) -> None:
    tally = scoring.Tally()
    for record in scoring.records(path, None, None):
        words = scoring.Words(record["text"])
        paragraphs = [Span(*pair) for pair in record["paragraphs"]]
        gold = [
            scoring.Attribution(
                words.of(scoring.spans(item["source"])), words.of(scoring.spans(item["cue"])),
                words.of(scoring.spans(item["content"])),
                scoring.manner(record["text"], scoring.spans(item["content"])), False,
            )
            for item in record["attributions"] if item["content"]
        ]  # fmt: skip
        heard = hear(record["text"], paragraphs, network, least=least)
        scoring.count(tally, words, gold, attributions(heard, words))
    scoring.show("attributions", tally)


def score_statements(path: Path, network: Network) -> None:
    coded = []
    for record in plv.read(path, "all"):
        acts = act_between(record.text, record.source, record.target, network)
        root = "YIELD" if acts in ("CONCEDE", "RETREAT") else acts
        coded.append(plv.Coded(record, root, root, ()))
    plv.show(coded, 0, 1.0)


def act_between(text: str, source: str, target: str, network: Network) -> str:
    """The act of whatever in a sentence has the source for its actor and the target for its
    recipient: every word's acts, weighed by how likely it is such a predicate."""
    total = np.zeros(len(ACTS))
    for window in windows(text, [Span(0, len(text))], network.pieces):
        found = network.encode(window)
        links = network.link(found["states"], range(len(window.words)))
        weight = found["predicate"][:, PREDICATE.index("predicate")]
        for phrase, label in ((source, "B-actor"), (target, "B-recipient")):
            at = TOLD.index(label)
            start = text.find(phrase)
            places = [k for k, w in enumerate(window.words)
                      if start <= w.start and w.end <= start + len(phrase)]  # fmt: skip
            if places:
                weight = weight * (0.05 + links[:, places, at : at + 2].sum(axis=2).mean(axis=1))
        acts = found["act"][:, ACT.index(ACTS[0]) :]
        total += (weight[:, None] * acts).sum(axis=0)
    return ACTS[int(total.argmax())]


def score_corpus(crises: Sequence[Crisis], network: Network, least: float) -> None:
    registers: dict[str, scoring.Tally] = {}
    whole, counts = scoring.Tally(), Counter[str]()
    acts: Counter[tuple[str, str]] = Counter()
    for crisis in crises:
        for report in crisis.reports:
            heard = hear(report.text, learnt(report), network, least=least)
            words = scoring.Words(report.text)
            gold = marked_quotes(report, words)
            tally = registers.setdefault(report.header.get("register", "?"), scoring.Tally())
            for one in (whole, tally):
                scoring.count(one, words, gold, attributions(heard, words))
            compare_statements(report, heard, counts, acts)
            compare_names(crisis, report, heard, counts)
    scoring.show("attributions, attitudes and nested ones too", whole)
    for name, tally in sorted(registers.items()):
        print(f"  {name:36} gold {tally.gold:4}  found F1 {100 * tally.f1(tally.found)[2]:5.1f}")
    _show_counts(counts, acts)


def learnt(report: Report) -> list[Span]:
    from examples import LEARNT

    return [Span(*block.span) for block in report.blocks if block.zone in LEARNT]


def marked_quotes(report: Report, words: scoring.Words) -> list[scoring.Attribution]:
    """The marked quotes that have a cue: those without one are left to rules."""
    return [
        scoring.Attribution(
            words.of([Span(*q.source)] if q.source else []),
            words.of([Span(*q.cue)]),
            words.of([Span(*span) for span in q.content]),
            scoring.manner(report.text, [Span(*span) for span in q.content]),
            q.attitude,
        )
        for q in report.quotes
        if q.cue
    ]


def compare_statements(
    report: Report, heard: Heard, counts: Counter[str], acts: Counter[tuple[str, str]]
) -> None:
    """Statements are the same where their predicates begin at the same place."""
    gold = {told.predicate[0]: told for told in report.told}
    said = {telling.predicate.start: telling for telling in heard.tellings}
    counts["predicate gold"] += len(gold)
    counts["predicate said"] += len(said)
    for start in gold.keys() & said.keys():
        told, telling = gold[start], said[start]
        counts["predicate right"] += 1
        acts[told.act or "-", telling.act or "-"] += 1
        counts["polarity right"] += told.polarity == telling.polarity
        counts["modality right"] += told.modality == telling.modality
        for role in ("actors", "recipients"):
            wanted, given = getattr(told, role), getattr(telling, role)
            counts[f"{role} gold"] += len(wanted)
            counts[f"{role} said"] += len(given)
            counts[f"{role} right"] += sum(
                any(a < other.end and other.start < b for other in given) for a, b in wanted
            )


def compare_names(crisis: Crisis, report: Report, heard: Heard, counts: Counter[str]) -> None:
    from examples import is_pronoun

    gold = {
        (*name.span, crisis.entities[name.entity].kind)
        for name in report.names
        if not is_pronoun(report.text[slice(*name.span)])
    }
    said = {(*named.span, named.kind) for named in heard.names}
    counts["name gold"] += len(gold)
    counts["name said"] += len(said)
    counts["name right"] += len(gold & said)


def _show_counts(counts: Counter[str], acts: Counter[tuple[str, str]]) -> None:
    for name in ("predicate", "actors", "recipients", "name"):
        gold, said, right = (counts[f"{name} {key}"] for key in ("gold", "said", "right"))
        precision, recall = right / max(1, said), right / max(1, gold)
        both = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:10} gold {gold:5}  P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}")
    matched = max(1, counts["predicate right"])
    for name in ("polarity", "modality"):
        print(f"{name:10} {counts[f'{name} right'] / matched:.3f} of the predicates found")
    right = sum(number for (gold, said), number in acts.items() if gold == said)
    coded = [(gold, said, n) for (gold, said), n in acts.items() if gold != "-"]
    rooted = sum(n for gold, said, n in coded if gold == said) / max(1, sum(n for *_, n in coded))
    print(f"act        {right / matched:.3f} of the predicates found")
    print(f"act        {rooted:.3f} of those that are marked with one")


def score_own(corpus: Sequence[Crisis], others: Sequence[Path]) -> int:
    """The 8-grams that the corpus shares with other texts; the count is the exit status."""
    own: dict[int, str] = {}
    for crisis in corpus:
        for report in crisis.reports:
            for gram in grams(report.text):
                own[hash(gram)] = report.id
    shared = 0
    for path in sorted(texts_under(others)):
        for gram in grams(plain(path)):
            if hash(gram) in own:
                shared += 1
                print(f"{own[hash(gram)]} and {path.name}: {' '.join(gram)}")
    print(f"{len(own)} 8-grams of the corpus, {shared} shared")
    return min(1, shared)


def grams(text: str, size: int = 8) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def plain(path: Path) -> str:
    """The words of a file: of a page or an annotated text without its tags, of CoNLL columns the
    one that holds the words."""
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    text = raw.decode("utf-8", "replace")
    if path.suffix == ".conll":
        rows = (line.split() for line in text.splitlines())
        return " ".join(row[3 if len(row) > 4 else 1] for row in rows if len(row) > 2)
    return re.sub(r"<[^>]{0,2000}>", " ", text) if "<" in text[:2000] else text


def texts_under(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            print(f"passed over: {path} is not there")
        elif path.is_file():
            yield path
        else:
            yield from (one for one in path.rglob("*") if one.suffix.lower() in _TEXTS)


def unseen(folder: Path) -> list[Crisis]:
    names = (folder.parent / "unseen.txt").read_text(encoding="utf-8").split()
    return [crisis for crisis in read_corpus(folder) if crisis.name in names]


def show_speed(network: Network, texts: Sequence[str]) -> None:
    """Words per CPU-second of the reader alone, and the process's peak memory."""
    cut = [(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]) for text in texts]
    hear(*cut[0], network)
    started = time.process_time()
    for text, paragraphs in cut:
        hear(text, paragraphs, network)
    spent = time.process_time() - started
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words} words, {words / spent:,.0f} words per CPU-second, peak memory {peak:.0f} MiB")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("what", choices=("quotes", "statements", "corpus", "own"))
    asked.add_argument("path", type=Path)
    asked.add_argument("others", type=Path, nargs="*")
    asked.add_argument("--network", default="shipped")
    asked.add_argument("--least", type=float, default=0.5)
    given = asked.parse_args()
    if given.what == "own":
        return score_own(read_corpus(given.path), given.others)
    network = network_of(given.network)
    if network is None:
        sys.exit("there is nothing to score without a network")
    if given.what == "quotes":
        score_quotes(given.path, network, given.least)
        show_speed(network, [r["text"] for r in scoring.records(given.path, None, None)])
    elif given.what == "statements":
        score_statements(given.path, network)
    else:
        crises = unseen(given.path)
        score_corpus(crises, network, given.least)
        show_speed(network, [report.text for crisis in crises for report in crisis.reports])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except MarkError as error:
        sys.exit(str(error))
