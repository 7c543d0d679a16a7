"""Which articles may share a passage: found by sorting the keys of word n-grams, never all pairs.

Two articles are compared if they share a long n-gram, or several short ones that are rare and near
each other. An n-gram is rare if it stands in no more than `FAMILY` articles, so the cost grows
with the number of words. A passage that stands in more articles than that is a family: each of
its copies is compared with the family's first article (the earliest published) only.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rashomon.juxtapose.echoes.words import Flags, Ints, Keys, Texts, grams, mix

SHORT, LONG = 3, 8
"""Words of an n-gram. Three survive heavy editing; eight in a row are hardly ever chance."""
FAMILY = 12
"""Articles up to which every pair of copies is compared."""
NEAR = 30
"""Words within which short n-grams support each other."""
SUPPORT = 5
"""Words that short n-grams near each other in both articles must cover together."""
FURNITURE_SHARE = 0.3
"""What recurs through an outlet's articles is the site's own text if it is less of an article."""

_AT_ONCE = 5_000_000


def pairs(texts: Texts) -> Ints:
    """Pairs of indices of articles, `(n, 2)`, sorted, each with left <= right."""
    unit = texts.unit
    count = np.int64(max(len(texts.units), 1))
    short = _short_pairs(*occurrences(texts, SHORT), unit, count)
    long = _long_pairs(*occurrences(texts, LONG), unit, count)
    found = np.unique(np.concatenate((short, long)))
    return np.stack((found // count, found % count), axis=1)


def without_furniture(texts: Texts) -> Texts:
    """The same words, but those which a site repeats under its articles match nothing any more.

    A long n-gram is furniture where it stands in over `FAMILY` articles of one known outlet and
    such n-grams are a small share of the article. An unknown outlet is nobody else's.
    """
    keys, places = occurrences(texts, LONG)
    unit = texts.unit
    outlets = [u.outlet or f"\0{number}" for number, u in enumerate(texts.units)]
    _, outlet = np.unique(outlets or [""], return_inverse=True)
    often = _in_many_articles(keys, unit[places], outlet[unit[places]])
    covered = _cover(places[often], len(texts.keys), LONG)
    share = np.bincount(unit, weights=covered, minlength=len(texts.units)) / np.maximum(
        np.diff(texts.first), 1
    )
    furniture = covered & (share < FURNITURE_SHARE)[unit]
    unique = mix(np.arange(len(texts.keys), dtype=np.uint64) + np.uint64(1 << 40))
    keys = np.where(furniture, unique, texts.keys)
    return replace(texts, keys=keys, furniture=furniture)


def occurrences(texts: Texts, length: int) -> tuple[Keys, Ints]:
    """Keys of n-grams, sorted, and the place of each; only those that stand at least twice."""
    joined, counts = grams(texts, length)
    places = np.flatnonzero(counts).astype(np.int32)
    places = places[_perhaps_twice(joined[places])]
    places = places[np.argsort(joined[places], kind="stable")]
    keys = joined[places]
    same = keys[1:] == keys[:-1]
    twice = np.append(same, False) | np.insert(same, 0, False)
    return keys[twice[: len(keys)]], places[twice[: len(keys)]]


def _perhaps_twice(keys: Keys) -> Flags:
    """Which keys share their first bits with another: all that stand twice, and a few more. It
    spares sorting the many that stand once."""
    bits = max(2 * len(keys), 2).bit_length()
    bucket = (keys >> np.uint64(64 - bits)).astype(np.int64)
    number = np.arange(len(keys), dtype=np.int32)
    last = np.zeros(1 << bits, dtype=np.int32)
    last[bucket] = number
    several = np.zeros(1 << bits, dtype=bool)
    several[bucket[last[bucket] != number]] = True
    return np.asarray(several[bucket])


def _in_many_articles(keys: Keys, unit: Ints, outlet: NDArray[np.int64]) -> Flags:
    """Which occurrences belong to n-grams that over `FAMILY` articles of one outlet hold."""
    group = mix(keys + outlet.astype(np.uint64))
    order = np.lexsort((unit, group))
    group, unit = group[order], unit[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (group[1:] != group[:-1]) | (unit[1:] != unit[:-1])
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = group[1:] != group[:-1]
    number = np.cumsum(begins) - 1
    many = np.bincount(number, weights=fresh)[number] > FAMILY if len(order) else begins
    often = np.empty(len(order), dtype=bool)
    often[order] = many
    return often


def _cover(places: Ints, count: int, length: int) -> Flags:
    """Which words stand in an n-gram that begins at one of these places."""
    change = np.zeros(count + length + 1, dtype=np.int64)
    np.add.at(change, places, 1)
    np.add.at(change, places + length, -1)
    return np.cumsum(change)[:count] > 0


def _first_in_article(keys: Keys, places: Ints, unit: Ints) -> tuple[Keys, Ints, Ints]:
    """One occurrence for each n-gram and article, and the size of each n-gram's group."""
    owner = unit[places]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owner[1:] != owner[:-1])
    keys, places = keys[fresh], places[fresh]
    begins = np.flatnonzero(np.insert(keys[1:] != keys[:-1], 0, True)) if len(keys) else places
    return keys, places, np.diff(np.append(begins, len(keys)))


def _short_pairs(keys: Keys, places: Ints, unit: Ints, count: np.int64) -> Ints:
    inside = _own_repeats(keys, places, unit)
    _, places, sizes = _first_in_article(keys, places, unit)
    left, right = _all_pairs(places, sizes, FAMILY)
    left, right = np.concatenate((left, inside[0])), np.concatenate((right, inside[1]))
    some = 1 + len(left) // _AT_ONCE
    part = unit[left] % some
    found = [np.empty(0, dtype=np.int64)]
    for number in range(some):
        one, other = left[part == number], right[part == number]
        found.append(_supported(unit[one] * count + unit[other], one, other))
    return np.concatenate(found)


def _long_pairs(keys: Keys, places: Ints, unit: Ints, count: np.int64) -> Ints:
    inside = _own_repeats(keys, places, unit)
    _, places, sizes = _first_in_article(keys, places, unit)
    left, right = _all_pairs(places, sizes, FAMILY)
    large = np.repeat(sizes > FAMILY, sizes)
    first = places[np.repeat(np.cumsum(sizes) - sizes, sizes)]
    left = np.concatenate((left, first[large], inside[0]))
    right = np.concatenate((right, places[large], inside[1]))
    apart = left != right
    return np.unique(unit[left[apart]] * count + unit[right[apart]])


def _own_repeats(keys: Keys, places: Ints, unit: Ints) -> tuple[Ints, Ints]:
    """Neighbouring occurrences of an n-gram within one article, title aside from itself."""
    owner = unit[places]
    again = np.flatnonzero((keys[1:] == keys[:-1]) & (owner[1:] == owner[:-1]))
    return places[again], places[again + 1]


def _all_pairs(places: Ints, sizes: Ints, most: int) -> tuple[Ints, Ints]:
    """Every pair inside each group of 2 to `most` neighbouring places."""
    begins = np.cumsum(sizes) - sizes
    left, right = [places[:0]], [places[:0]]
    for size in range(2, most + 1):
        at = begins[sizes == size]
        for one, other in combinations(range(size), 2):
            left.append(places[at + one])
            right.append(places[at + other])
    return np.concatenate(left), np.concatenate(right)


def _supported(pair: Ints, left: Ints, right: Ints) -> Ints:
    """Pairs whose short n-grams within `NEAR` words of each other cover `SUPPORT` words."""
    if not len(pair):
        return pair
    order = np.lexsort((left, pair))
    pair, left, right = pair[order], left[order], right[order]
    near = (pair[1:] == pair[:-1]) & (np.diff(left) <= NEAR) & (np.abs(np.diff(right)) <= NEAR)
    begins = np.insert(~near, 0, True)
    added = np.where(begins, SHORT, np.minimum(np.diff(left, prepend=0), SHORT))
    cluster = np.cumsum(begins) - 1
    return np.unique(pair[np.bincount(cluster, weights=added)[cluster] >= SUPPORT])
