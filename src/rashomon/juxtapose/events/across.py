"""Across articles: candidate pairs by SQL on blocking keys, a reason for each, and their union."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from rashomon.base.reasons import Reason
from rashomon.base.store import Store
from rashomon.juxtapose.events.clusters import Cluster, Kinds, befell_once, clash, meets, persons
from rashomon.juxtapose.events.perhaps import Near
from rashomon.juxtapose.events.signs import (
    BESIDE_STORY,
    ECHOED,
    WHEN,
    Echoed,
    Sign,
    by_counts,
    by_echo,
    by_people,
    by_place,
    by_story,
    by_time,
    day_of,
    tied,
)
from rashomon.juxtapose.events.stories import MEAN, Stories

WINDOW = 24
THRESHOLD = 0.6
_NEAR = 0.5
_MANY = 3
_FEW = 3

_PAIRS = """
WITH placed AS (
    SELECT DISTINCT key, day, cluster FROM event_keys
), ranked AS (
    SELECT key, day, cluster, row_number() OVER (PARTITION BY key ORDER BY day, cluster) AS n
    FROM placed
), pairs AS (
    SELECT l.cluster AS one, r.cluster AS other
    FROM (SELECT key, day, cluster, n, unnest(range(1, ? + 1)) AS ahead FROM ranked) l
    JOIN ranked r ON r.key = l.key AND r.n = l.n + l.ahead
    WHERE NOT contains(l.key, '#') OR l.day = 0 OR r.day - l.day <= 31
)
SELECT DISTINCT least(one, other) AS one, greatest(one, other) AS other FROM pairs
ORDER BY one, other
"""

_ECHOED = """
WITH sure AS (
    SELECT *, kind = 'shared_quotation' OR size >= 200 OR (size >= 100 AND alike >= 0.9)
            OR (size >= 60 AND alike >= 0.98) AS whole
    FROM (SELECT *, least("left"."end" - "left".start, "right"."end" - "right".start) AS size
          FROM echoes)
), side AS (
    SELECT e.id AS echo, whole, s.id AS statement, s.lemma,
        s.predicate.start - e."left".start AS step,
        'left' AS part, e."left"."end" - e."left".start AS length
    FROM sure e JOIN statements s ON s.document = e."left".document
        AND s.predicate.start >= e."left".start AND s.predicate."end" <= e."left"."end"
    UNION ALL
    SELECT e.id, whole, s.id, s.lemma, s.predicate.start - e."right".start, 'right',
        e."right"."end" - e."right".start
    FROM sure e JOIN statements s ON s.document = e."right".document
        AND s.predicate.start >= e."right".start AND s.predicate."end" <= e."right"."end"
), counted AS (
    SELECT *, row_number() OVER (PARTITION BY echo, part, lemma ORDER BY step, statement) AS n
    FROM side
)
SELECT l.statement AS one, r.statement AS other, bool_or(l.whole) AS whole
FROM counted l JOIN counted r ON l.echo = r.echo AND l.lemma = r.lemma AND l.n = r.n
WHERE l.part = 'left' AND r.part = 'right' AND abs(l.step / l.length - r.step / r.length) < 0.2
GROUP BY l.statement, r.statement ORDER BY one, other
"""

_GOVERNED = """
WITH sure AS (
    SELECT * FROM echoes WHERE alike >= 0.8
        AND least("left"."end" - "left".start, "right"."end" - "right".start) >= 60
), side AS (
    SELECT e.id AS echo, 'left' AS part, s.id AS statement, s.lemma
    FROM sure e JOIN statements s ON s.document = e."left".document
        AND s.predicate.start < e."left".start AND e."left".start - s.predicate."end" <= 12
    UNION ALL
    SELECT e.id, 'right', s.id, s.lemma
    FROM sure e JOIN statements s ON s.document = e."right".document
        AND s.predicate.start < e."right".start AND e."right".start - s.predicate."end" <= 12
)
SELECT DISTINCT l.statement AS one, r.statement AS other
FROM side l JOIN side r ON l.echo = r.echo AND l.lemma = r.lemma
WHERE l.part = 'left' AND r.part = 'right' ORDER BY one, other
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """How much speaks for one happening (0 to 1), what does, and whether it is `tied` to one time
    and place, without which no sum suffices."""

    score: float
    because: str
    tied: bool = False


def join(
    store: Store, clusters: Sequence[Cluster], kinds: Kinds
) -> tuple[list[Cluster], list[Near]]:
    """The same clusters, those of one happening joined, the surest pairs first; and pairs that
    came near."""
    echoed = _echoed(store, clusters)
    told = Stories(store)
    scored, near = [], []
    for one, other in sorted(
        {*_candidates(store, clusters), *echoed, *_of_stories(clusters, told.pairs())}
    ):
        left, right = clusters[one], clusters[other]
        alike = told.alike(left.tellings[0].article, right.tellings[0].article)
        found = compare(left, right, kinds, echo=echoed.get((one, other)), alike=alike)
        if found.score < _NEAR or _clash(left, right, kinds):
            continue
        near.append(Near(found.score, left.tellings[0], right.tellings[0], found.because))
        if found.tied and found.score >= THRESHOLD:
            scored.append((-found.score, one, other, found.because))
    return _union(clusters, sorted(_unambiguous(clusters, scored)), kinds, told), near


def _clash(left: Cluster, right: Cluster, kinds: Kinds) -> str:
    """Why tellings of two articles are of two happenings: one of a person, one of many people."""
    for one, other in ((left, right), (right, left)):
        person = persons(one.recipients & one.named, kinds) and not one.counts
        many = any(what and low >= _MANY for what, low, _ in other.counts)
        if person and many and one.recipients.isdisjoint(other.recipients):
            return "one person and many"
    return clash(left, right, kinds)


def _candidates(store: Store, clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    keys = [(key, day_of(c), n) for n, c in enumerate(clusters) for key in _keys(c)]
    columns = list(zip(*keys, strict=True)) or [(), (), ()]
    store.keep(
        "event_keys",
        pa.table(
            {
                "key": pa.array(columns[0], pa.string()),
                "day": pa.array(columns[1], pa.int64()),
                "cluster": pa.array(columns[2], pa.int64()),
            }
        ),
    )
    return ((one, other) for one, other in store.query(_PAIRS, WINDOW))


def _keys(cluster: Cluster) -> Iterator[str]:
    """What two tellings of one happening may share: its kind and a place, a person, a count.

    A count by itself is shared by many happenings: those of one month are compared.
    """
    for place in cluster.places | cluster.near:
        yield f"{cluster.kind} at {place}"
    for actor in cluster.recipients:
        yield f"{cluster.kind} to {actor}"
    for actor in cluster.actors:
        role = "to" if cluster.kind == "talks" else "by"
        yield f"{cluster.kind} {role} {actor}"
    for name in cluster.names:
        for family in cluster.families:
            yield f"{family} beside {name}"
    for what, low, high in cluster.counts:
        if low >= 3:
            yield f"{cluster.kind} # {what} {low:g} {high:g}"


def _echoed(store: Store, clusters: Sequence[Cluster]) -> dict[tuple[int, int], Echoed]:
    """Pairs of clusters that hold corresponding statements of two passages that repeat.

    "whole" where the passage is long or verbatim, "words" where it is not: news of one kind is
    often told in much the same few words ("was arrested on suspicion of drunken driving").
    "object" where it stands behind the predicate and tells what was done.
    """
    home = {t.id: n for n, cluster in enumerate(clusters) for t in cluster.tellings}
    found: dict[tuple[int, int], Echoed] = {}
    told: list[tuple[str, str, Echoed]] = [
        (one, other, "whole" if whole else "words") for one, other, whole in store.query(_ECHOED)
    ]
    told += [(one, other, "object") for one, other in store.query(_GOVERNED)]
    for one, other, how in told:
        left, right = home.get(one), home.get(other)
        if left is not None and right is not None and left != right:
            pair = min(left, right), max(left, right)
            found[pair] = max(found.get(pair, how), how, key=ECHOED.index)
    return found


def _of_stories(
    clusters: Sequence[Cluster], pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """What two articles of one story tell of one family, the first few of each."""
    told: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, cluster in enumerate(clusters):
        for family in sorted(cluster.families):
            told[cluster.tellings[0].article][family].append(number)
    for left, right in pairs:
        for family in told[left].keys() & told[right].keys():
            for one in told[left][family][:_FEW]:
                for other in told[right][family][:_FEW]:
                    yield min(one, other), max(one, other)


def compare(
    left: Cluster, right: Cluster, kinds: Kinds, *, echo: Echoed | None, alike: float
) -> Compared:
    """How surely two clusters are of one happening, and by what: a sum of weights, at most 1.

    Who did it to whom never suffices: something must show that it is not another time or place
    (`tied`). `echo`: how a passage of one repeats one of the other's.
    """
    if (left.plural or right.plural) and echo in (None, "words"):
        return Compared(0.0, "one of them tells of several happenings")
    found = [Sign("act", 0.1, f"both tell of {'/'.join(sorted(left.families & right.families))}")]
    found = found if left.families & right.families else []
    found += by_echo(left, right, echo)
    found += [*by_place(left, right), *by_time(left, right)]
    found += [*by_people(left, right), *by_counts(left, right), *by_story(left, right, alike)]
    if befell_once(left, right, kinds):
        found.append(Sign("once", 0.2, "which befalls one once"))
    kept = frozenset(sign.kind for sign in found)
    if not kept & WHEN and echo == "words" and _count_otherwise(left, right):
        return Compared(0.0, "the same few words with other numbers, and no time")
    score = sum(sign.weight for sign in found)
    because = ", ".join(sign.because for sign in found if sign.weight > 0)
    return Compared(max(0.0, min(1.0, round(score, 3))), because, tied(left, right, kept))


def _count_otherwise(left: Cluster, right: Cluster) -> bool:
    """Whether both count the same thing, with no number in common."""
    one, other = {what for what, *_ in left.counts}, {what for what, *_ in right.counts}
    return bool(one & other) and left.counts.isdisjoint(right.counts)


def _unambiguous(
    clusters: Sequence[Cluster], scored: Sequence[tuple[float, int, int, str]]
) -> Iterator[tuple[float, int, int, str]]:
    """Leave out pairs by which a telling without a time fits two happenings equally well."""
    best: dict[int, list[tuple[float, int]]] = {}
    for score, one, other, _ in scored:
        for mine, theirs in ((one, other), (other, one)):
            if clusters[mine].span is None and clusters[theirs].span is not None:
                best.setdefault(mine, []).append((score, theirs))
    torn = {mine for mine, fits in best.items() if _torn(clusters, sorted(fits))}
    for score, one, other, because in scored:
        spans = clusters[one].span is None, clusters[other].span is None
        if not (one in torn and not spans[1]) and not (other in torn and not spans[0]):
            yield score, one, other, because


def _torn(clusters: Sequence[Cluster], fits: Sequence[tuple[float, int]]) -> bool:
    top, first = fits[0]
    span = clusters[first].span
    for score, other in fits[1:]:
        theirs = clusters[other].span
        if score - top < 0.1 and span and theirs and not meets(span, theirs):
            return True
    return False


def _union(
    clusters: Sequence[Cluster],
    scored: Sequence[tuple[float, int, int, str]],
    kinds: Kinds,
    told: Stories,
) -> list[Cluster]:
    """Join the surest pairs first, each only if all that has been joined so far allows it."""
    root = list(range(len(clusters)))
    for score, one, other, because in scored:
        left, right = sorted((_find(root, one), _find(root, other)))
        if left == right or clash(clusters[left], clusters[right], kinds):
            continue
        if BESIDE_STORY not in because or _one_story(clusters[left], clusters[right], told):
            root[right] = left
            clusters[left].absorb(clusters[right], Reason(-score, because))
    return [cluster for n, cluster in enumerate(clusters) if root[n] == n]


def _one_story(left: Cluster, right: Cluster, told: Stories) -> bool:
    return told.mean(left.articles, right.articles) >= MEAN


def _find(root: list[int], item: int) -> int:
    while root[item] != item:
        root[item] = root[root[item]]
        item = root[item]
    return item
