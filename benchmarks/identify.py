"""Score names and actors on hand-made gold: who is named, as what, and who is one with whom.

    python benchmarks/identify.py --gold DIR --seeds DIR [--wrong]

`--gold` holds `mentions.jsonl` (`seed`, `start`, `end`, `text`, `entity`, `kind`) and
`entities.json` (`id`, `type`, `distinct_from`); `--seeds` the texts, whose file names begin with
the seed. Gold outside what is read (readers' comments) is left out.

*names exact*: a predicted name stands at a gold name's offsets; *with type*: and is of its type
(gold has a people under its country, so its place may be a place, a state or a people here).
*actors' kinds*: of the gold mentions of persons, groups and peoples that link to an actor, those
whose actor is of their type.
*actors pairwise*: over all pairs of gold mentions of one type, whether gold has them as one and
whether both link to one actor; once over all gold mentions, a mention that was not found being
linked to nothing, once over those that overlap one. *merges across distinct*: actors that hold
mentions of two entities which gold calls distinct. `--wrong` lists what is missed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from rashomon.base.rows import Actor, Document, Link, Mention, Reading, Span
from rashomon.base.settings import Settings
from rashomon.base.spans import overlap
from rashomon.base.store import Store
from rashomon.collect.documents import Gathered, gather
from rashomon.identify.actors import merge
from rashomon.pipeline import read_document

_TYPES = {
    "person": ("person",),
    "organization": ("organisation",),
    "armed_group": ("armed_group",),
    "place": ("place", "state", "people"),
    "community": ("people",),
}
_GROUPS = ("organization", "armed_group")


@dataclass(frozen=True, slots=True)
class Named:
    """A gold mention: where it stands, its entity and the entity's type."""

    seed: str
    span: Span
    text: str
    entity: str
    type: str


@dataclass(frozen=True, slots=True)
class Held:
    """A gold mention with our mention for it and the actor that it links to."""

    gold: Named
    ours: Mention | None
    actor: str | None
    kind: str | None


@dataclass(slots=True)
class Counts:
    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __str__(self) -> str:
        precision = self.right / max(1, self.predicted)
        recall = self.right / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({self.right} right)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    entities = json.loads((options.gold / "entities.json").read_text(encoding="utf-8"))
    readings = dict(_read(options.seeds, {row["seed"] for row in _rows(options.gold)}))
    gold = list(_gold(options.gold, entities, readings))
    _names(gold, readings, wrong=options.wrong)
    held = _held(gold, readings)
    _kinds(held, wrong=options.wrong)
    for title, types in (
        ("person", ("person",)),
        ("group", _GROUPS),
        ("persons and groups", ("person", *_GROUPS)),
        ("people", ("community",)),
        ("place or state", ("place",)),
    ):
        _pairs(title, [h for h in held if h.gold.type in types], wrong=options.wrong)
    _across(held, entities)


def _kinds(held: Iterable[Held], *, wrong: bool) -> None:
    linked = [h for h in held if h.kind and h.gold.type != "place"]
    right = [h for h in linked if h.kind in _TYPES[h.gold.type]]
    print(f"actors' kinds        {len(right)} of {len(linked)}, {len(right) / len(linked):.3f}")
    if wrong:
        missed = Counter((h.gold.text, h.gold.type, h.kind) for h in linked if h not in right)
        print("  ", missed.most_common(20))


def _rows(folder: Path) -> Iterator[Mapping[str, Any]]:
    for line in (folder / "mentions.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _read(folder: Path, seeds: set[str]) -> Iterator[tuple[str, Reading]]:
    paths = [str(p) for p in sorted(folder.glob("*.txt")) if p.name.split("_")[0] in seeds]
    for found in gather(paths, Settings()):
        if isinstance(found, Gathered):
            document: Document = found.document
            yield Path(document.name).name.split("_")[0], read_document(document, Settings())


def _gold(
    folder: Path, entities: Iterable[Mapping[str, Any]], readings: Mapping[str, Reading]
) -> Iterator[Named]:
    types = {entity["id"]: entity["type"] for entity in entities}
    for row in _rows(folder):
        span = Span(row["start"], row["end"])
        if any(overlap(span, Span(s.start, s.end)) for s in readings[row["seed"]].sentences):
            yield Named(row["seed"], span, row["text"], row["entity"], types[row["entity"]])


def _names(gold: Sequence[Named], readings: Mapping[str, Reading], *, wrong: bool) -> None:
    exact, typed = Counts(gold=len(gold)), Counts(gold=len(gold))
    wanted = {(named.seed, named.span): named for named in gold}
    missed = dict(wanted)
    for seed, reading in readings.items():
        for mention in (m for m in reading.mentions if _is_name(m)):
            named = wanted.get((seed, Span(mention.start, mention.end)))
            missed.pop((seed, Span(mention.start, mention.end)), None)
            right = named is not None and mention.kind in _TYPES[named.type]
            exact.predicted += 1
            typed.predicted += 1
            exact.right += named is not None
            typed.right += right
            if wrong and not right:
                print(f"  {seed} {mention.text!r} as {mention.kind}, gold {named and named.type}")
    if wrong:
        print("  missed:", [(named.seed, named.text) for named in missed.values()])
    print(f"names exact          {exact}\nnames with type      {typed}")


def _is_name(mention: Mention) -> bool:
    return mention.form == "name" and mention.kind not in ("time", "number")


def _held(gold: Sequence[Named], readings: Mapping[str, Reading]) -> list[Held]:
    with Store() as store:
        for reading in readings.values():
            store.fill([*reading.documents, *reading.articles, *reading.mentions])
        merged = list(merge(store, []))
    kinds = {row.id: row.kind for row in merged if isinstance(row, Actor)}
    links = {row.mention: row.target for row in merged if isinstance(row, Link)}
    found = []
    for named in gold:
        mention = _best(named, readings[named.seed].mentions)
        target = links.get(mention.id) if mention else None
        target = target if target in kinds else None
        found.append(Held(named, mention, target, kinds[target] if target else None))
    return found


def _best(named: Named, mentions: Iterable[Mention]) -> Mention | None:
    """Our mention with the same offsets, else the one that shares most with it."""
    shared = [
        (overlap(named.span, Span(m.start, m.end)), m.start - m.end, m.id, m)
        for m in mentions
        if m.kind not in ("time", "number") and overlap(named.span, Span(m.start, m.end))
    ]
    return max(shared)[3] if shared else None


def _pairs(title: str, held: Sequence[Held], *, wrong: bool) -> None:
    for how, some in (("all", held), ("found", [h for h in held if h.ours])):
        counts = Counts()
        apart: Counter[tuple[str, str]] = Counter()
        joined: Counter[tuple[str, str]] = Counter()
        for left, right in combinations(some, 2):
            same = left.gold.entity == right.gold.entity
            one = left.actor is not None and left.actor == right.actor
            counts.gold += same
            counts.predicted += one
            counts.right += same and one
            if same != one:
                (apart if same else joined)[left.gold.text, right.gold.text] += 1
        print(f"actors, {title}, {how}:  {counts}")
        if wrong and how == "all":
            print("  apart:", apart.most_common(12), "\n  joined:", joined.most_common(12))


def _across(held: Sequence[Held], entities: Iterable[Mapping[str, Any]]) -> None:
    of_actor: dict[str, set[str]] = defaultdict(set)
    for one in held:
        if one.actor:
            of_actor[one.actor].add(one.gold.entity)
    pairs = {
        tuple(sorted((entity["id"], other)))
        for entity in entities
        for other in entity.get("distinct_from") or ()
    }
    merged = [pair for pair in sorted(pairs) if any(set(pair) <= ids for ids in of_actor.values())]
    print(f"merges across distinct: {len(merged)} of {len(pairs)} pairs {merged or ''}")


if __name__ == "__main__":
    main()
