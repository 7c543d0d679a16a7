"""Which name forms of a case are one actor: acronyms, aliases, spellings, parts of longer names.

Candidates meet in SQL on blocking keys made of consonant skeletons, so that cost follows the
number of names that sound alike, never the square of all. What may not join: forms of two
families, names that two states qualify, and a shorter name that fits two longer ones. Pairs that
come close and stay apart are kept as such: perhaps they are the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from rashomon.base.reasons import Reason
from rashomon.base.store import Store
from rashomon.base.unions import Unions
from rashomon.identify.actors import groups, organisations
from rashomon.identify.actors.census import Census, Form, Key
from rashomon.identify.actors.names import Name, compare
from rashomon.identify.actors.reading import Seen
from rashomon.identify.actors.spelling import NEAR, PERHAPS, SAME, alike, skeleton
from rashomon.identify.actors.texts import Alias

_RARE = 3
_BLOCK = 200
_MOST = 5
_PAIRS = f"""
    WITH placed AS (
        SELECT block, form, row_number() OVER (PARTITION BY block ORDER BY form) AS at
        FROM name_blocks)
    SELECT DISTINCT l.form AS l, r.form AS r FROM placed l
    JOIN placed r ON l.block = r.block AND r.at BETWEEN l.at + 1 AND l.at + {_BLOCK} ORDER BY l, r
"""


@dataclass(frozen=True, slots=True)
class Edge:
    """Two forms that mean one actor, and why."""

    left: Key
    right: Key
    score: float
    because: str


@dataclass(slots=True)
class Joined:
    """The forms in groups; `because` says of each form what first joined it to another, `apart`
    what nearly joined two that stayed apart."""

    unions: Unions[Key]
    because: dict[Key, Edge] = field(default_factory=dict)
    apart: list[Edge] = field(default_factory=list)

    def add(self, edge: Edge) -> None:
        if self.unions.join(edge.left, edge.right):
            self.because.setdefault(edge.left, edge)
            self.because.setdefault(edge.right, edge)

    def groups(self) -> dict[Key, list[Key]]:
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in self.because:
            found[self.unions.root(key)].append(key)
        return found


def join(
    store: Store, census: Census, mentions: Sequence[Seen], aliases: Sequence[Alias]
) -> Joined:
    """The groups of forms that mean one actor, over the whole case."""
    joined = Joined(Unions(sorted(key for key, form in census.forms.items() if form.full)))
    for edge in _from_texts(census, aliases):
        joined.add(edge)
    for edge in _listed(census):
        joined.add(edge)
    for edge in _acronyms(joined, census, mentions):
        joined.add(edge)
    spellings, parts = _compared(store, joined, census)
    for edge in sorted(spellings, key=lambda e: (-e.score, e.left, e.right)):
        if _agree(joined, edge):
            joined.add(edge)
        else:
            joined.apart.append(edge)
    for edge in _only_one(joined, parts):
        joined.add(edge)
    for edge in _only_one(joined, _unqualified(census)):
        joined.add(edge)
    for edge in _only_one(joined, _short_groups(census, mentions)):
        joined.add(edge)
    return joined


def _from_texts(census: Census, aliases: Iterable[Alias]) -> Iterator[Edge]:
    for alias in aliases:
        left, right = census.form(alias.name), census.form(alias.other)
        if left and right and left.full and right.full and _may(left, right):
            yield Edge(left.key, right.key, 0.95, f"alias in the text: “{alias.words}”")


def _listed(census: Census) -> Iterator[Edge]:
    """Groups that a public list has as one under several names."""
    first: dict[str, Form] = {}
    for key in sorted(census.forms):
        form = census.forms[key]
        entry = groups.listed(form.raw) if form.family == "group" and form.full else None
        if entry and _may(other := first.setdefault(entry, form), form):
            because = f"{other.label} and {form.label} are listed as names of one group"
            yield Edge(other.key, form.key, 0.9, because)


def _may(left: Form, right: Form) -> bool:
    if left.key == right.key or left.family != right.family:
        return False
    ours, theirs = groups.nations(left.words), groups.nations(right.words)
    return not (ours and theirs and ours != theirs)


def _acronyms(joined: Joined, census: Census, mentions: Sequence[Seen]) -> Iterator[Edge]:
    """An acronym that some document spells out, if the case spells it out in one way only."""
    meant: dict[Key, dict[Key, None]] = defaultdict(dict)
    for forms in _by_document(census, mentions):
        short = {groups.acronym(form.label): form for form in forms if groups.acronym(form.label)}
        for form in forms:
            for initials in sorted(groups.initials(form.raw)) if form.family != "person" else ():
                other = short.get(initials)
                if other is not None and _may(form, other):
                    meant[other.key][form.key] = None
    for acronym, names in meant.items():
        if len({census.forms[name].words for name in names}) == 1:
            (name,) = names
            label = census.forms[name].label
            yield Edge(acronym, name, 0.95, f"acronym of {label} in the same document")
        elif len(names) <= _MOST:
            because = f"acronym of {len(names)} names of the case"
            joined.apart += [Edge(acronym, name, 1 / len(names), because) for name in names]


def _by_document(census: Census, mentions: Sequence[Seen]) -> Iterator[list[Form]]:
    found: dict[str, dict[Key, Form]] = defaultdict(dict)
    for seen in mentions:
        form = census.form(seen.text) if seen.named else None
        if form is not None and form.family in ("group", "state", "person"):
            found[seen.document][form.key] = form
    for forms in found.values():
        yield list(forms.values())


Ladder = tuple[str, ...]
"""Blocks of one form, each within the one before it."""


def _blocks(form: Form) -> tuple[Ladder, ...]:
    """By its last name and how its first begins, by its first and how its last begins, and by all
    its words in any order; a group by the last alone."""
    bones = [skeleton(word) for word in form.words]
    if form.family != "person":
        return (("group " + " ".join(sorted(bones)),),)
    first, last = bones[0], bones[-1]
    return (
        tuple(f"last {last} {first[:size]}" for size in (1, 2, 3, None)),
        tuple(f"first {first} {last[:size]}" for size in (2, 3, None)),
        ("all " + " ".join(sorted(bones)),),
    )


def _candidates(store: Store, forms: Sequence[Form]) -> list[tuple[int, int]]:
    """Pairs of forms that share a block, as positions in `forms`.

    A block of more than `_BLOCK` gives way to the narrower ones on its ladder; in the narrowest,
    each form meets the `_BLOCK` that follow it in the order of their letters.
    """
    ladders = [_blocks(form) for form in forms]
    sizes = Counter(block for each in ladders for ladder in each for block in dict.fromkeys(ladder))
    numbers, blocks = [], []
    for at, each in enumerate(ladders):
        for ladder in each:
            numbers.append(at)
            blocks.append(next((b for b in ladder if sizes[b] <= _BLOCK), ladder[-1]))
    store.keep("name_blocks", pa.table({"form": pa.array(numbers, pa.int64()), "block": blocks}))
    return [(int(left), int(right)) for left, right in store.query(_PAIRS)]


def _compared(
    store: Store, joined: Joined, census: Census
) -> tuple[list[Edge], list[tuple[Key, Key, Edge]]]:
    """Spellings of one name, and (shorter, longer) names that may be one."""
    forms = [census.forms[key] for key in sorted(census.forms)]
    forms = [form for form in forms if form.full and form.family in ("person", "group")]
    spellings: list[Edge] = []
    parts: list[tuple[Key, Key, Edge]] = []
    for left, right in ((forms[i], forms[j]) for i, j in _candidates(store, forms)):
        if not _may(left, right):
            continue
        found = _compare(left, right)
        edge = Edge(left.key, right.key, found.score, found.because)
        if found.score >= SAME:
            spellings.append(edge)
        elif found.score >= PERHAPS and left.family == "person":
            part = _part(left, right, edge)
            parts += part
            joined.apart += [] if part else [edge]
        elif found.score >= NEAR and _word_by_word(left, right):
            joined.apart.append(edge)
    return spellings, parts


def _compare(left: Form, right: Form) -> Reason:
    if left.family != "person":
        return organisations.compare(left.label, right.label)
    return compare(Name(left.label, (), left.words, ""), Name(right.label, (), right.words, ""))


def _part(left: Form, right: Form, edge: Edge) -> list[tuple[Key, Key, Edge]]:
    """The pair as (shorter, longer); nothing if the names are of one length and no initials."""
    sizes = [(len(form.words), len("".join(form.words))) for form in (left, right)]
    if len(left.words) == len(right.words) and not any(
        len(word) == 1 for word in (*left.words, *right.words)
    ):
        return []
    shorter, longer = (left, right) if sizes[0] < sizes[1] else (right, left)
    return [(shorter.key, longer.key, edge)]


def _word_by_word(left: Form, right: Form) -> bool:
    """Whether two people's names differ only by words that sound much alike ("Maria", "Mario")."""
    if left.family != "person" or len(left.words) != len(right.words):
        return False
    return all(alike(a, b) >= NEAR for a, b in zip(left.words, right.words, strict=True))


def _agree(joined: Joined, edge: Edge) -> bool:
    """Whether the first names of both groups are alike too, so that a chain of small steps does
    not end at another name."""
    left, right = joined.unions.root(edge.left), joined.unions.root(edge.right)
    if left[0] != "person" or (left, right) == (edge.left, edge.right):
        return True
    return compare(Name("", (), left[1], ""), Name("", (), right[1], "")).score >= PERHAPS


def _only_one(joined: Joined, parts: Iterable[tuple[Key, Key, Edge]]) -> Iterator[Edge]:
    """A shorter name joins a longer one only if all longer ones that fit are one actor."""
    fits: dict[Key, list[tuple[Key, Edge]]] = defaultdict(list)
    for shorter, longer, edge in parts:
        fits[joined.unions.root(shorter)].append((longer, edge))
    for options in fits.values():
        roots = {joined.unions.root(longer): edge for longer, edge in reversed(options)}
        if len(roots) == 1:
            yield options[0][1]
        elif len(roots) <= _MOST:
            joined.apart += roots.values()


def _unqualified(census: Census) -> Iterator[tuple[Key, Key, Edge]]:
    """Groups named without their state beside those named with it: "Hezbollah" and "Lebanese
    Hezbollah", "the defence ministry" and "the Kessalian defence ministry"."""
    plain = {f.words: f for f in census.forms.values() if f.family == "group" and f.full}
    for key in sorted(census.forms):
        form = census.forms[key]
        base = groups.base(form.words)
        if form.full and form.family == "group" and base != form.words and base in plain:
            label = form.label
            because = f"the only {plain[base].label} of the case is {label}"
            yield plain[base].key, key, Edge(plain[base].key, key, 0.8, because)


def _short_groups(census: Census, mentions: Sequence[Seen]) -> Iterator[tuple[Key, Key, Edge]]:
    """ "Harkell" for "Harkell Lines", where one document holds both; not where the longer name is
    much the rarer one, as what stands once beside a well-known short name is rather another thing.
    """
    for forms in _by_document(census, mentions):
        longer = [form for form in forms if form.family == "group" and form.full]
        by_raw = {form.raw: form for form in longer}
        for form in longer:
            for short in sorted(groups.short_forms(form.raw) & by_raw.keys()):
                if not _may(by_raw[short], form) or groups.known(short):
                    continue
                if _RARE * form.texts.total() >= by_raw[short].texts.total():
                    because = f"short for {form.label} in the same document"
                    yield (
                        by_raw[short].key,
                        form.key,
                        Edge(by_raw[short].key, form.key, 0.85, because),
                    )
