"""What two tellings share, and whether it is enough to take them for one happening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rashomon.base.lexicon import words
from rashomon.juxtapose.events.clusters import Cluster, meets
from rashomon.juxtapose.events.stories import LEAST

KINDS = words("happenings", "kind")
_NEWS_DAYS = 10
_SOON = 2
_RARE = 20
_LIFE = 36500

SignKind = Literal[
    "act", "echo", "object", "wording", "place", "around", "region", "thing", "day", "month",
    "year", "context", "news", "whom", "who", "beside", "count", "rare count", "once", "against",
    "story", "names", "telling", "word", "only",
    "one story",
]  # fmt: skip
Echoed = Literal["words", "object", "whole"]
ECHOED: tuple[Echoed, ...] = ("words", "object", "whole")
_WHERE = frozenset({"place"})
WHEN = frozenset({"day", "month", "context", "news"})
_PARTIES = frozenset({"who", "whom", "count"})
_SAID_ALIKE = frozenset({"whom", "who", "place", "count", "names", "telling", "only"})
BESIDE_STORY = "in articles that are much alike"
_MUCH, _ONE_STORY = 0.15, 0.2
_WORDS, _SHARE = 3, 0.35


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for (or, below 0, against) one happening, and how much."""

    kind: SignKind
    weight: float
    because: str


def tied(left: Cluster, right: Cluster, signs: frozenset[str]) -> bool:
    """Whether what two tellings share cannot well be shared by two happenings.

    A repeated passage does, or what befalls a person once in a life. Else both the place and the
    time (or how soon both were told); or the place or the day with those who took part, or with
    a count; or a rare count. Who took part and how soon it was told are enough for what is no act
    of a kind that recurs between the same parties. What has not happened
    is known by its time, or by both.
    """
    if signs & {"echo", "object"}:
        return True
    if "once" in signs and ((left.span and right.span) or max(left.once, right.once) >= _LIFE):
        return True
    if _tied_by_story(left, right, signs):
        return True
    when = signs & WHEN
    if not (left.realised and right.realised) and not when - {"news"}:
        return not left.in_words and {"news", "who", "whom"} <= signs
    if "rare count" in signs:
        return True
    if signs & _WHERE:
        return bool(when or signs & {"whom", "count", "wording"})
    if signs & {"day", "wording"}:
        return bool(signs & (_PARTIES | {"around", "thing"}) or {"day", "wording"} <= signs)
    return _tied_by_parties(left, right, signs, when)


def _tied_by_story(left: Cluster, right: Cluster, signs: frozenset[str]) -> bool:
    """Whether two articles of one story tell it alike, where times do not show which it was."""
    if "story" not in signs or (left.span and right.span):
        return False
    if left.realised != right.realised and not (left.weak and right.weak):
        return False
    if _to_others(left, right, signs):
        return False
    if left.weak or right.weak:
        return bool(signs & (_SAID_ALIKE - {"only"}))
    if {"one story", "word"} <= signs:
        return True
    if left.in_words or right.in_words:
        return bool({"who", "whom"} <= signs or (left.kind == "talks" and "whom" in signs))
    return bool(signs & _SAID_ALIKE)


def _to_others(left: Cluster, right: Cluster, signs: frozenset[str]) -> bool:
    """Whether it befell somebody whom one of them names and the other does not, or others met."""
    if left.kind == "talks":
        return not signs & {"who", "whom"}
    named = (left.recipients & left.named) | (right.recipients & right.named)
    return bool(max(left.once, right.once) and named and "whom" not in signs)


def _tied_by_parties(
    left: Cluster, right: Cluster, signs: frozenset[str], when: frozenset[str]
) -> bool:
    if not when:
        return False
    if "once" in signs or (when & {"month", "context"} and "around" in signs):
        return True
    if left.in_words or right.in_words:
        return False
    return {"who", "whom"} <= signs or (
        "count" in signs and bool(signs & {"who", "whom", "around"})
    )


def by_echo(left: Cluster, right: Cluster, echo: Echoed | None) -> Iterator[Sign]:
    """A few words that repeat tell of one happening only if they name nobody else."""
    one, other = left.recipients & left.named, right.recipients & right.named
    if echo == "whole":
        yield Sign("echo", 0.6, "one passage repeats the other")
    elif echo == "object":
        yield Sign("object", 0.7, "what was done is told in the same words")
    elif echo and not (one and other and one.isdisjoint(other)):
        yield Sign("wording", 0.25, "in much the same words")


def by_place(left: Cluster, right: Cluster) -> Iterator[Sign]:
    shared = left.places & right.places
    around = (left.places | left.near) & (right.places | right.near)
    if shared:
        yield Sign("place", 0.4, f"at {', '.join(sorted(shared))}")
    elif around:
        yield Sign("around", 0.2, f"around {', '.join(sorted(around))}")
    elif left.regions & right.regions:
        yield Sign("region", 0.05, f"in {', '.join(sorted(left.regions & right.regions))}")
    if left.things & right.things:
        yield Sign("thing", 0.15, f"at the {', '.join(sorted(left.things & right.things))}")
    elif left.things and right.things:
        yield Sign("against", -0.2, "at different things")


def by_time(left: Cluster, right: Cluster) -> Iterator[Sign]:
    if left.span and right.span:
        if meets(left.span, right.span):
            widest = max(end - start for start, end in (left.span, right.span))
            yield _same_time(widest)
        return
    around = left.span or left.around, right.span or right.around
    if around[0] and around[1] and meets(around[0], around[1]):
        yield Sign("context", 0.2, "around the same time")
        return
    days = [day_of(left), day_of(right)]
    if not all(days):
        return
    apart = abs(days[0] - days[1])
    if apart <= _NEWS_DAYS:
        yield Sign("news", 0.15, f"told within {_NEWS_DAYS} days")
    elif apart > 60:
        yield Sign("against", -0.2, "told months apart")


def _same_time(widest: int) -> Sign:
    if widest <= 2:
        return Sign("day", 0.35, "at the same time")
    if widest <= 31:
        return Sign("month", 0.15, "at the same time")
    return Sign("year", 0.05, "at the same time")


def by_people(left: Cluster, right: Cluster) -> Iterator[Sign]:
    if left.kind == "talks":
        shared = left.parties & right.parties
        if shared:
            yield Sign("whom", 0.55 if len(shared) > 1 else 0.25, "the same people met")
        return
    common = left.kind in KINDS
    if left.recipients & right.recipients:
        yield Sign("whom", 0.4 if common else 0.25, "done to the same")
    if left.actors & right.actors:
        yield Sign("who", 0.2, "done by the same")
    elif left.actors and right.actors and not common:
        yield Sign("against", -0.2, "done by others")
    elif left.beside & right.parties or right.beside & left.parties:
        yield Sign("beside", 0.1, "the same people beside it")


def by_counts(left: Cluster, right: Cluster) -> Iterator[Sign]:
    shared = [c for c in left.counts & right.counts if c[1] >= 3 and c[1] == c[2]]
    if shared:
        most = max(low for _, low, _ in shared)
        kind: SignKind = "rare count" if most >= _RARE else "count"
        yield Sign(kind, 0.35 if most >= _RARE else 0.2, f"the same count ({most:g})")


def by_story(left: Cluster, right: Cluster, alike: float) -> Iterator[Sign]:
    """`alike`: how alike the words of their articles are (`stories.likeness`)."""
    if alike < LEAST:
        return
    weight = 0.5 if alike >= _ONE_STORY else 0.4 if alike >= _MUCH else 0.2
    yield Sign("story", weight, BESIDE_STORY)
    if alike >= _MUCH and soon(left, right):
        yield Sign("one story", 0.0, "")
    if left.only & right.only:
        yield Sign("only", 0.15, "the only happening of this kind in both")
    if {t.lemma for t in left.tellings} & {t.lemma for t in right.tellings}:
        yield Sign("word", 0.1, "by the same word")
    names = len(left.names & right.names) - len(left.parties & right.parties)
    if names > 0:
        yield Sign("names", min(0.3, 0.1 * names), "beside the same names")
    shared = left.terms & right.terms
    if len(shared) >= _WORDS and len(shared) >= _SHARE * min(len(left.terms), len(right.terms)):
        yield Sign("telling", 0.2, f"with the same words ({', '.join(sorted(shared)[:3])})")


def soon(left: Cluster, right: Cluster) -> bool:
    """Whether both were told within few days, as far as it is known when."""
    days = [{t.published for t in side.tellings if t.published} for side in (left, right)]
    return not all(days) or min(abs(a - b) for a in days[0] for b in days[1]) <= _SOON


def day_of(cluster: Cluster) -> int:
    """Where it stands among others: by its own day, else by the day that it was told; 0 if none."""
    told = [t.published for t in cluster.tellings if t.published is not None]
    return cluster.span[0] if cluster.span else min(told, default=0)
