"""One happening that is given two days or places: joined only where the rest is told alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from rashomon.base.reasons import Reason
from rashomon.juxtapose.events.clusters import (
    Cluster,
    Kinds,
    clash_but_for_place,
    clash_but_for_time,
    meets,
    persons,
)

_APART = 4
_SHARP = 2
_RARE = 20
_LEAST = 3


def join_misdated(clusters: Sequence[Cluster], kinds: Kinds) -> list[Cluster]:
    """The same clusters, two joined where no article tells them apart, and they are of days close
    together, at one place, with the same count or the same people; or of one day and what befell
    one person or who met are the same, but not the place."""
    partners: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for one, other, what in (*_pairs(clusters, kinds), *_misplaced(clusters, kinds)):
        partners[one].setdefault(other, what)
        partners[other].setdefault(one, what)
    gone: set[int] = set()
    for one in sorted(partners):
        (other, what), *more = sorted(partners[one].items())
        if more or len(partners[other]) > 1 or other < one:
            continue
        clusters[one].absorb(clusters[other], Reason(0.6, what))
        gone.add(other)
    return [cluster for n, cluster in enumerate(clusters) if n not in gone]


def _pairs(clusters: Sequence[Cluster], kinds: Kinds) -> Iterator[tuple[int, int, str]]:
    held: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for n, cluster in enumerate(clusters):
        if cluster.span and cluster.realised and not cluster.plural:
            for key in _keys(cluster, kinds):
                held[key].append(n)
    for key, some in sorted(held.items(), key=str):
        for one, other in combinations(some, 2) if len(some) < 8 else ():
            if _close(clusters[one], clusters[other]) and not clash_but_for_time(
                clusters[one], clusters[other], kinds
            ):
                yield one, other, f"told of two days, but with the same {key[2]} at one place"


def _misplaced(clusters: Sequence[Cluster], kinds: Kinds) -> Iterator[tuple[int, int, str]]:
    held: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, cluster in enumerate(clusters):
        if not cluster.realised or cluster.plural or not cluster.places:
            continue
        people = persons(cluster.parties & cluster.named, kinds)
        if cluster.kind == "talks" and len(people) == 2:
            held[(cluster.kind, *sorted(people))].append(n)
        elif cluster.once:
            for person in sorted(persons(cluster.recipients & cluster.named, kinds)):
                held[(cluster.kind, person)].append(n)
    for _, some in sorted(held.items()):
        for one, other in combinations(some, 2) if len(some) < 8 else ():
            left, right = clusters[one], clusters[other]
            if _one_day(left, right) and not clash_but_for_place(left, right, kinds):
                yield one, other, "told of two places, but of one day and the same people"


def _one_day(left: Cluster, right: Cluster) -> bool:
    if not left.places.isdisjoint(right.places) or not left.span or not right.span:
        return False
    sharp = all(end - start < _SHARP for start, end in (left.span, right.span))
    return sharp and meets(left.span, right.span) and not _told_apart(left, right)


def _told_apart(left: Cluster, right: Cluster) -> bool:
    """Whether one article tells of both."""
    return bool({t.article for t in left.tellings} & {t.article for t in right.tellings})


def _keys(cluster: Cluster, kinds: Kinds) -> Iterator[tuple[Hashable, ...]]:
    """What two tellings must share beside their place: a number with what was hit, a rare number,
    or the two people who met."""
    for place in cluster.places:
        for what, low, high in cluster.counts:
            if low != high or low < _LEAST:
                continue
            if low >= _RARE:
                yield cluster.kind, place, f"count ({low:g})", what
            for thing in cluster.things:
                yield cluster.kind, place, f"count ({low:g}) and {thing}", what
        people = persons(cluster.parties & cluster.named, kinds)
        if cluster.kind == "talks" and len(people) == 2:
            yield cluster.kind, place, "people", *sorted(people)


def _close(left: Cluster, right: Cluster) -> bool:
    one, other = left.span, right.span
    if not one or not other or meets(one, other):
        return False
    sharp = all(end - start < _SHARP for start, end in (one, other))
    apart = max(one[0], other[0]) - min(one[1], other[1])
    return sharp and apart <= _APART and not _told_apart(left, right)
