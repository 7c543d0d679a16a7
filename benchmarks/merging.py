"""Merging names into actors: CPU time and peak memory against the number of mentions.

    python benchmarks/merging.py [--sizes 10000 100000 1000000] [--profile]

The mentions are generated, and so are the short texts they stand in. Persons have a first name, at
times a second one, and a surname; groups are made of common words and a name of their own, some
with an acronym in brackets. How often an actor is named falls off as in life (Zipf, exponent 1):
few are named thousands of times, most once. Later mentions in a document are bare surnames and
short names for the most part; one actor in ten has no other there. One full name in twelve is spelt
another way. What is hard: one person in
twenty bears the one surname that thousands share at the largest size, one in twenty another of
fifty common ones.

*CPU s* is the processor time of `merge` alone, over tables that are filled before; *peak MB* the
operating system's (`ru_maxrss`) for the whole process. Each size runs in a process of its own.
*perhaps* counts the pairs that are listed as perhaps the same. *precision* and *recall* score full
names against the beings they were made from, over all pairs of mentions. `--profile` prints where
the time of the smallest size goes.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from multiprocessing.connection import Connection

from rashomon.base.rows import (
    Actor,
    Article,
    Document,
    Given,
    Link,
    Mention,
    MentionKind,
    Perhaps,
    Row,
    Sentence,
    Span,
    When,
    row_id,
)
from rashomon.base.store import Store
from rashomon.identify.actors import merge

_IN_A_DOCUMENT = 20
_NAMED_ONCE_IN = 4
_NEVER_IN_FULL = 0.1
_OTHERWISE = 1 / 12
_BEFORE = ("", "", "", "the governor, ", "Colonel ")
_HEADS = ("Front", "Brigade", "Union", "Agency", "Movement", "Company", "Council", "Institute")
_WORDS = ("People", "Free", "National", "United", "Southern", "Northern", "Workers", "Harbour")
_ONSETS = (
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "sh",
    "kh",
)
_VOWELS = ("a", "e", "i", "o", "u")
_ENDS = ("", "", "n", "r", "l", "s", "m", "d")
_OTHER_SPELLING = (("sh", "sch"), ("kh", "h"), ("k", "q"), ("i", "ee"), ("u", "ou"), ("s", "ss"))


@dataclass(frozen=True, slots=True)
class Being:
    """An invented actor: its full spellings, the short ones, and its kind."""

    full: tuple[str, ...]
    short: tuple[str, ...]
    kind: MentionKind


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    heads = ("beings", "actors", "perhaps", "CPU s")
    print(f"{'mentions':>10}", *(f"{head:>8}" for head in heads), f"{'µs/mention':>11}",
          f"{'peak MB':>8} {'precision':>10} {'recall':>7}")  # fmt: skip
    for size in given.sizes:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(
            target=measure, args=(size, theirs, given.profile and size == min(given.sizes))
        )
        process.start()
        print(ours.recv(), flush=True)
        process.join()


def measure(size: int, pipe: Connection, profile: bool) -> None:
    """Merge `size` generated mentions and send a line of the table."""
    made: dict[str, int] = {}
    with Store() as store:
        store.fill(generate(size, made))
        watch = cProfile.Profile()
        if profile:
            watch.enable()
        start = time.process_time()
        rows = list(merge(store, []))
        seconds = time.process_time() - start
        if profile:
            watch.disable()
            pstats.Stats(watch).sort_stats("cumulative").print_stats(25)
    links = {row.mention: row.target for row in rows if isinstance(row, Link)}
    actors = sum(isinstance(row, Actor) for row in rows)
    apart = sum(isinstance(row, Perhaps) for row in rows)
    precision, recall = pairwise(made, links)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send(
        f"{size:10,} {len(set(made.values())):8,} {actors:8,} {apart:8,} {seconds:8.1f}"
        f" {1e6 * seconds / size:11.0f} {peak:8,.0f} {precision:10.3f} {recall:7.3f}"
    )


def pairwise(gold: Mapping[str, int], found: Mapping[str, str]) -> tuple[float, float]:
    """Over all pairs of mentions of full names: how many that are found to be one are, and how
    many that are one are found. A mention without a link is one with none."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((being, found[m]) for m, being in gold.items() if m in found))
    ours = pairs(Counter(found[m] for m in gold if m in found))
    theirs = pairs(Counter(gold.values()))
    return both / max(ours, 1), both / max(theirs, 1)


def generate(size: int, made: dict[str, int], seed: int = 11) -> Iterator[Row]:
    """Documents of `_IN_A_DOCUMENT` mentions, with all rows that merging reads; `made` is filled
    with the being of each mention of a full name."""
    chance = random.Random(seed)
    beings = invent(max(size // _NAMED_ONCE_IN, 1), chance)
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(beings))))
    for number in range(-(-size // _IN_A_DOCUMENT)):
        count = min(_IN_A_DOCUMENT, size - number * _IN_A_DOCUMENT)
        cast = chance.choices(range(len(beings)), cum_weights=weights, k=max(count // 2, 1))
        yield from document(number, count, cast, beings, made, chance)


def document(
    number: int,
    count: int,
    cast: list[int],
    beings: list[Being],
    made: dict[str, int],
    chance: random.Random,
) -> Iterator[Row]:
    """One document: each of its cast by full name first, by short names for the most part then."""
    own, article = row_id(Document, "merging", number), row_id(Article, "merging", number)
    sentence = row_id(Sentence, "merging", number)
    text = ""
    in_full = {who: chance.random() >= _NEVER_IN_FULL for who in cast}
    mentions: list[Mention] = []
    for turn in range(count):
        who = cast[turn % len(cast)]
        being = beings[who]
        full = in_full[who] and (turn < len(cast) or chance.random() < 0.3)
        before, name = _written(being, full, chance)
        text += before
        span = Span(len(text), len(text) + len(name))
        mention = row_id(Mention, own, *span, being.kind)
        if full:
            made[mention] = who
        mentions.append(Mention(mention, own, article, sentence, *span, being.kind, "name", name))
        acronym = next((short for short in being.short if short.isupper()), "")
        text += f"{name} ({acronym}) left. " if full and acronym else f"{name} left the town. "
    day = f"2031-{1 + number % 12:02}-{1 + number % 28:02}"
    when = When(day, day, "day", "given", "")
    yield Document(own, f"{number}.txt", "", "", "text/plain", "utf-8", len(text), text, Given())
    yield Article(article, own, 0, len(text), None, None, None, "", when, "en")
    yield Sentence(sentence, own, article, 0, len(text), 0, "body")
    yield from mentions


def _written(being: Being, full: bool, chance: random.Random) -> tuple[str, str]:
    """What stands before the name, and the name: a full one, at times otherwise spelt, or short."""
    before = chance.choice(_BEFORE) if being.kind == "person" else "the "
    if not full:
        return before, chance.choice(being.short)
    other = chance.random() < _OTHERWISE
    return before, chance.choice(being.full[1:] or being.full) if other else being.full[0]


def invent(count: int, chance: random.Random) -> list[Being]:
    """`count` beings, two persons to a group, in no order."""
    surnames = [_word(chance) for _ in range(max(count // 6, 51))]
    firsts = [_word(chance) for _ in range(max(round(count**0.6), 40))]
    beings = []
    for number in range(count):
        if number % 3 == 2:
            beings.append(_group(chance))
            continue
        kind = chance.random()
        surname = surnames[0] if kind < 0.05 else surnames[chance.randint(1, 50)] \
            if kind < 0.1 else chance.choice(surnames)  # fmt: skip
        beings.append(_person(chance.choice(firsts), chance.choice(firsts), surname, chance))
    return beings


def _person(first: str, second: str, last: str, chance: random.Random) -> Being:
    name = f"{first} {last}"
    others = [f"{first} {_respelt(last, chance)}", f"{_respelt(first, chance)} {last}"]
    if chance.random() < 0.2:
        others.append(f"{first} {second} {last}")
    return Being((name, *others), (last,), "person")


def _group(chance: random.Random) -> Being:
    name = f"{_word(chance)} {chance.choice(_WORDS)} {chance.choice(_HEADS)}"
    acronym = "".join(word[0] for word in name.split()) + chance.choice("ABCDEFGHIJKLMNOP")
    if chance.random() < 0.5:
        acronym = "".join(word[0] for word in name.split())
    kind: MentionKind = "armed_group" if "Brigade" in name else "organisation"
    return Being((name,), (acronym, name.split()[-1]), kind)


def _word(chance: random.Random) -> str:
    syllables = chance.randint(2, 4)
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_ENDS)
        for _ in range(syllables)
    ).capitalize()


def _respelt(word: str, chance: random.Random) -> str:
    written = word.lower()
    fits = [(a, b) for a, b in _OTHER_SPELLING if a in written]
    if not fits:
        return word
    a, b = chance.choice(fits)
    return written.replace(a, b, 1).capitalize()


if __name__ == "__main__":
    main()
