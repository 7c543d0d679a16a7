"""Within one article: which tellings are of one happening, and what surrounds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rashomon.base.happenings import event_word
from rashomon.base.reasons import Reason
from rashomon.juxtapose.events.clusters import Cluster, Kinds, clash
from rashomon.juxtapose.events.tellings import Telling

_LOOK_BACK = 12
_LEAD = 2
_NEAR = 4
_ACTS = frozenset({"violence", "talks", "protest", "detention"})
_RESULTS = frozenset({"kill", "wound", "arrest", "displace"})


def gather(tellings: Sequence[Telling], kinds: Kinds) -> list[Cluster]:
    """The happenings that one article tells of; `tellings` in the order of the text.

    Each telling joins the latest happening of its kind that it can be shown to be of (at most
    `_LOOK_BACK` of them are tried), or begins one.
    """
    found: dict[str, list[Cluster]] = {}
    for telling in tellings:
        own = Cluster.of(telling)
        wrong = _put_right(telling, found) if telling.corrects else None
        if wrong:
            wrong.absorb(own, Reason(0.8, "puts its number right"))
            continue
        of_kind = found.setdefault(telling.kind, [])
        best: tuple[int, Reason] | None = None
        for back, cluster in enumerate(reversed(of_kind[-_LOOK_BACK:])):
            if clash(cluster, own, kinds):
                continue
            reason = _same(cluster, telling, kinds, alone=len(of_kind) == 1)
            if reason.score and (best is None or reason.score > best[1].score):
                best = len(of_kind) - 1 - back, reason
        if best is None:
            of_kind.append(own)
        else:
            of_kind[best[0]].absorb(own, best[1])
    _surround(found)
    _mark_only([cluster for clusters in found.values() for cluster in clusters])
    return [cluster for clusters in found.values() for cluster in clusters]


def _same(cluster: Cluster, telling: Telling, kinds: Kinds, *, alone: bool) -> Reason:
    """Whether a telling is of a happening that the article told of before (0: not shown)."""
    if telling.plural or cluster.plural:
        return Reason(0.0, "")
    if (
        cluster.recipients
        and telling.recipients
        and cluster.recipients.isdisjoint(telling.recipients)
    ):
        return Reason(0.0, "")
    last = cluster.tellings[-1]
    if last.sentence == telling.sentence and _one_sentence(last, telling):
        return Reason(0.9, "one sentence")
    if cluster.places & telling.places and _one_act(cluster, telling):
        return Reason(0.85, "the same place in one article")
    if _one_body(cluster, telling, kinds):
        return Reason(0.85, "the same people in one article")
    if _equal_count(cluster, telling):
        return Reason(0.8, "the same count in one article")
    if _heads(cluster, telling):
        return Reason(0.8, "the title and what stands under it")
    return _refers_back(cluster, telling, alone=alone)


def _one_sentence(last: Telling, telling: Telling) -> bool:
    """An act and its result, or one act and its denial or its name, in one sentence."""
    if last.kind not in _ACTS and not last.by_count:
        return False
    if _sequel(last, telling) or _sequel(telling, last):
        return False
    if last.family != telling.family or last.by_count or telling.by_count:
        return True
    return last.polarity == "denied" or not (telling.places or telling.span)


def _sequel(main: Telling, earlier: Telling) -> bool:
    """An attack after a killing is another happening; those killed after an attack are of it."""
    return earlier.harks_back and (earlier.family == main.family or earlier.family in _RESULTS)


def _one_act(cluster: Cluster, telling: Telling) -> bool:
    """A place is enough for what seldom happens there twice, else somebody must be shared."""
    if telling.kind in _ACTS:
        return True
    return bool(cluster.parties & telling.actors.union(telling.recipients))


def _one_body(cluster: Cluster, telling: Telling, kinds: Kinds) -> bool:
    if telling.kind == "talks":
        return len(cluster.parties & telling.actors.union(telling.recipients)) > 1
    shared = cluster.recipients & telling.recipients
    if any(kinds.get(actor) == "person" for actor in shared):
        return telling.kind in ("violence", "detention", "office")
    return bool(shared and cluster.actors & telling.actors)


def _equal_count(cluster: Cluster, telling: Telling) -> bool:
    return any(
        (what, low, high) in cluster.counts and low >= 3 for what, low, high, _ in telling.counts
    )


def _heads(cluster: Cluster, telling: Telling) -> bool:
    """A title tells in short what the first paragraphs tell, and as no less sure."""
    first = cluster.tellings[0]
    if first.zone != "title" or telling.paragraph - first.paragraph > _LEAD:
        return False
    if (first.modality, first.polarity) != (telling.modality, telling.polarity):
        return False
    return telling.kind in _ACTS and telling.family in cluster.families


def _refers_back(cluster: Cluster, telling: Telling, *, alone: bool) -> Reason:
    """By a noun spoken of as known, or as a bare result of the one happening of its kind."""
    last = cluster.tellings[-1]
    apart = telling.paragraph - last.paragraph
    if _unnamed(telling, last) and telling.family in cluster.families and apart <= 1 and alone:
        return Reason(0.6, "told just before, nobody else named")
    if telling.places or (telling.near and telling.near.isdisjoint(cluster.places | cluster.near)):
        return Reason(0.0, "")
    if telling.definite & cluster.things and (alone or apart <= _NEAR):
        return Reason(0.75, "speaks of the same thing as known")
    if _named_as_known(telling) & cluster.families and (alone or apart <= _NEAR):
        return Reason(0.75, "speaks of it as known")
    if "there" in telling.definite and apart <= 1:
        return Reason(0.7, "'there', just before")
    if telling.family in _RESULTS and telling.counts and alone:
        return Reason(0.65, "the one happening of its kind in the article")
    return Reason(0.0, "")


def _named_as_known(telling: Telling) -> set[str]:
    """Families of the happenings that a telling refers to by a noun ("the strike")."""
    found = (event_word(word) for word in telling.definite)
    return {word.family for word in found if word}


def _unnamed(telling: Telling, last: Telling) -> bool:
    """An act of which neither who nor when is said."""
    if telling.kind not in _ACTS or telling.modality != last.modality:
        return False
    return not telling.actors and not telling.recipients and not telling.span


def _put_right(telling: Telling, found: Mapping[str, list[Cluster]]) -> Cluster | None:
    """The latest happening in which the article counted the same before."""
    counted = {what for what, *_ in telling.counts}
    before = [
        c for of_kind in found.values() for c in of_kind if counted & {w for w, *_ in c.counts}
    ]
    return max(before, key=lambda c: (c.tellings[-1].start, c.tellings[-1].id), default=None)


def _mark_only(clusters: Sequence[Cluster]) -> None:
    told = Counter(family for cluster in clusters for family in cluster.families)
    for cluster in clusters:
        if not cluster.plural:
            cluster.only = frozenset(f for f in cluster.families if told[f] == 1)


def _surround(found: Mapping[str, list[Cluster]]) -> None:
    """Give a happening the place and time of the other one that it speaks of as known.

    "112 people were arrested at the rally": around the place and the day of the rally.
    """
    for kind, clusters in found.items():
        for cluster in clusters:
            words = sorted({word for t in cluster.tellings for word in t.definite})
            known = [happening.kind for word in words if (happening := event_word(word))]
            for other in dict.fromkeys(known):
                named = found.get(other, [])
                if other != kind and len(named) == 1:
                    cluster.near |= named[0].places or named[0].near
                    cluster.around = cluster.around or named[0].span
