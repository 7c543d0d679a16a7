"""Tellings taken as one happening, what they say together, and what forbids to join two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rashomon.base.reasons import Reason
from rashomon.base.rows import MentionKind
from rashomon.juxtapose.events.tellings import Days, Telling

_ONE_BODY = frozenset({"violence", "detention", "office"})
_REASONS = 6
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii"})
_LIFE = 36500
_MUTUAL = "talks"
Kinds = Mapping[str, MentionKind]
_SETS = (
    *("families", "actors", "recipients", "named", "beside"),
    *("places", "near", "regions", "things", "counts"),
    *("called", "names", "terms"),
)


@dataclass(slots=True)
class Cluster:
    """What some tellings say together.

    `span` is what their times have in common, `bound` the first day on which one of them was
    published: what has happened by then began by then. `near` are places that only surround the
    tellings: of the sentence, or of the rally or strike that they refer to, whose time is `around`.
    `only`: families of which its article
    tells of no other happening.
    """

    tellings: list[Telling]
    kind: str
    once: int
    families: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    named: frozenset[str]
    beside: frozenset[str]
    places: frozenset[str]
    near: frozenset[str]
    regions: frozenset[str]
    things: frozenset[str]
    counts: frozenset[tuple[str, float, float]]
    called: frozenset[str]
    names: frozenset[str]
    terms: frozenset[str]
    span: Days | None
    bound: int | None
    around: Days | None = None
    only: frozenset[str] = frozenset()
    ties: list[Reason] = field(default_factory=list)
    tie_scores: float = 0.0

    @classmethod
    def of(cls, telling: Telling) -> Cluster:
        return cls(
            tellings=[telling],
            kind=telling.kind,
            once=telling.once,
            families=frozenset((telling.family,)),
            actors=telling.actors,
            recipients=telling.recipients,
            named=telling.named,
            beside=telling.beside,
            places=telling.places,
            near=telling.near,
            regions=telling.regions,
            things=telling.things,
            counts=frozenset((what, low, high) for what, low, high, _ in telling.counts),
            called=telling.called,
            names=telling.names,
            terms=telling.terms,
            span=telling.span,
            bound=telling.published if telling.told else None,
        )

    @property
    def certainty(self) -> float:
        """The mean score of the ties that hold the tellings together."""
        joins = len(self.tellings) - 1
        return round(self.tie_scores / joins, 3) if joins else 1.0

    @property
    def parties(self) -> frozenset[str]:
        return self.actors | self.recipients

    @property
    def articles(self) -> set[str]:
        return {telling.article for telling in self.tellings}

    @property
    def weak(self) -> bool:
        """Whether nothing but the verbs and who takes part says what happened."""
        return all(telling.weak for telling in self.tellings)

    @property
    def plural(self) -> bool:
        return self.tellings[0].plural

    @property
    def realised(self) -> bool:
        """Whether one of its tellings says that it did or did not happen."""
        return any(telling.told for telling in self.tellings)

    @property
    def in_words(self) -> bool:
        """Whether it recurs between the same parties: talks, or an attack that may be in words."""
        return self.kind == _MUTUAL or all(telling.in_words for telling in self.tellings)

    def absorb(self, other: Cluster, tie: Reason) -> None:
        """Take in the tellings of another; the caller has seen that nothing clashes."""
        self.tellings += other.tellings
        self.once = max(self.once, other.once)
        for name in _SETS:
            setattr(self, name, getattr(self, name) | getattr(other, name))
        self.span = _common(self.span, other.span)
        self.bound = _least(self.bound, other.bound)
        self.around = self.around or other.around
        self.tie_scores += other.tie_scores + tie.score
        found = {reason.because: reason for reason in (*self.ties, *other.ties, tie)}
        self.ties = sorted(found.values(), key=lambda reason: reason.score)[:_REASONS]


def clash(left: Cluster, right: Cluster, kinds: Kinds) -> str:
    """Why two tellings cannot be of one happening; "" if nothing says so.

    `kinds` maps actor ids to their kinds.
    """
    once = befell_once(left, right, kinds)
    found = clash_of_kinds(left, right)
    if not (once and max(left.once, right.once) >= _LIFE):
        found = found or _clash_of_places(left, right)
    found = found or _clash_of_parties(left, right, kinds)
    if found:
        return found
    return "" if once else _clash_of_times(left, right)


def clash_but_for_time(left: Cluster, right: Cluster, kinds: Kinds) -> str:
    """Why two tellings cannot be of one happening, whatever their times; "" if nothing says so."""
    return (
        clash_of_kinds(left, right)
        or _clash_of_places(left, right)
        or _clash_of_parties(left, right, kinds)
    )


def clash_but_for_place(left: Cluster, right: Cluster, kinds: Kinds) -> str:
    """Why two tellings cannot be of one happening, wherever it was; "" if nothing says so."""
    return (
        clash_of_kinds(left, right)
        or _clash_of_parties(left, right, kinds)
        or _clash_of_times(left, right)
    )


def clash_of_kinds(left: Cluster, right: Cluster) -> str:
    if left.kind != right.kind:
        return "different kinds of happening"
    disaster = {"flood", "attack"} <= left.families | right.families
    return "a disaster and an act" if disaster else ""


def _clash_of_places(left: Cluster, right: Cluster) -> str:
    differ = left.places and right.places and left.places.isdisjoint(right.places)
    return "places differ" if differ else ""


def _clash_of_times(left: Cluster, right: Cluster) -> str:
    if left.span and right.span and not meets(left.span, right.span):
        return "times differ"
    for one, other in ((left, right), (right, left)):
        if one.span and other.bound is not None and one.span[0] > other.bound:
            return "told before it happened"
    return ""


def _clash_of_parties(left: Cluster, right: Cluster, kinds: Kinds) -> str:
    """Only those whom the tellings name count: who "he" or "the minister" is may be misread."""
    if left.kind == _MUTUAL:
        one, other = persons(left.named, kinds), persons(right.named, kinds)
        return "other people met" if one - other and other - one and len(one | other) > 2 else ""
    one = persons(left.recipients & left.named, kinds)
    other = persons(right.recipients & right.named, kinds)
    if left.kind in _ONE_BODY and one and other and _others(left, right, one, other):
        return "done to different people"
    turned = left.actors & right.recipients | right.actors & left.recipients
    if turned & left.named & right.named and not left.actors & right.actors:
        return "the doer of one is the victim of the other"
    return ""


def _others(left: Cluster, right: Cluster, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether these people cannot be the same, by their ids and by what they are called."""
    return one.isdisjoint(other) and not any(
        may_be_one(name, called) for name in left.called for called in right.called
    )


def may_be_one(left: str, right: str) -> bool:
    """Whether two names may be a person's: a bare surname and a full name that ends in it, or full
    names with one surname whose first names begin alike."""
    one, other = _name(left), _name(right)
    if not one or not other or one[-1] != other[-1]:
        return False
    return min(len(one), len(other)) == 1 or one[0][:3] == other[0][:3]


@cache
def _name(text: str) -> tuple[str, ...]:
    """The words of a name in small letters, without initials and "Jr"."""
    found = [word.strip(".,’'").removesuffix("’s").removesuffix("'s") for word in text.split()]
    return tuple(w.lower() for w in found if len(w) > 1 and w.lower() not in _GENERATIONS)


def befell_once(left: Cluster, right: Cluster, kinds: Kinds) -> bool:
    """Whether it befell the same person and befalls a person once within the days between."""
    once = max(left.once, right.once)
    if not once or not left.families & right.families:
        return False
    if not persons(left.recipients & right.recipients, kinds):
        return False
    if left.span is None or right.span is None:
        return True
    return max(left.span[0], right.span[0]) - min(left.span[1], right.span[1]) <= once


def persons(actors: frozenset[str], kinds: Kinds) -> frozenset[str]:
    return frozenset(actor for actor in actors if kinds.get(actor) == "person")


def meets(left: Days, right: Days) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _common(left: Days | None, right: Days | None) -> Days | None:
    """What two times have in common; where they are at odds, the one that is earlier."""
    if left is None or right is None:
        return left or right
    common = max(left[0], right[0]), min(left[1], right[1])
    return common if common[0] <= common[1] else min(left, right)


def _least(left: int | None, right: int | None) -> int | None:
    known = [day for day in (left, right) if day is not None]
    return min(known) if known else None
