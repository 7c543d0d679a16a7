"""Group: the statements that tell of the same happening, across sentences and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from rashomon.base.reasons import join as join_reasons
from rashomon.base.rows import Event, Perhaps, When, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.events import across, local
from rashomon.juxtapose.events.clusters import Cluster, meets
from rashomon.juxtapose.events.misdated import join_misdated
from rashomon.juxtapose.events.perhaps import perhaps
from rashomon.juxtapose.events.tellings import load

__all__ = ["group"]

_ACTORS = "SELECT id, kind, label FROM actors ORDER BY id"
_NAMED_BY = ("attack", "arrest", "meet", "protest", "kill", "wound")


def group(store: Store) -> Iterator[Event | Perhaps]:
    """One event for each happening; precision first: what cannot be shown to be one stays apart.

    First the tellings of one article are joined (by place, people, counts, and words that refer
    back), then what the articles tell, each pair by a weighted reason and never over a clash of
    places, times or people. What came near and stays apart is a `Perhaps`. What only its verb and
    who takes part tell of is an event where two articles do.
    """
    actors = store.query(_ACTORS)
    kinds = {actor: kind for actor, kind, _ in actors}
    labels = {actor: label for actor, _, label in actors}
    clusters: list[Cluster] = []
    for _, tellings in groupby(load(store), key=lambda t: (t.document, t.article)):
        clusters += local.gather(list(tellings), kinds)
    joined, near = across.join(store, clusters, kinds)
    event_of: dict[str, str] = {}
    for cluster in join_misdated(joined, kinds):
        if not cluster.weak or len(cluster.articles) > 1:
            event = _event(cluster, labels)
            event_of |= dict.fromkeys(event.statements, event.id)
            yield event
    yield from perhaps(near, event_of)


def _event(cluster: Cluster, labels: Mapping[str, str]) -> Event:
    statements = sorted(telling.id for telling in cluster.tellings)
    acts = [t.act for t in cluster.tellings if t.act]
    places = [t.place for t in cluster.tellings if t.place]
    return Event(
        id=row_id(Event, *statements),
        label=_label(cluster, labels),
        act=_commonest(acts),
        actors=tuple(sorted(cluster.actors)),
        recipients=tuple(sorted(cluster.recipients)),
        place=_commonest(places),
        when=_when(cluster),
        statements=tuple(statements),
        because=join_reasons(*(tie.because for tie in cluster.ties)) or "one statement",
        certainty=cluster.certainty,
    )


def _commonest(values: Sequence[str]) -> str | None:
    """The value that stands most often; of several, the first by the alphabet."""
    if not values:
        return None
    return min(Counter(values).items(), key=lambda item: (-item[1], item[0]))[0]


def _label(cluster: Cluster, labels: Mapping[str, str]) -> str:
    """Short words for a list: what happened, and where or to whom."""
    families = [t.family for t in cluster.tellings if t.family in _NAMED_BY]
    family = min(families, key=_NAMED_BY.index) if families else None
    words = [t.words for t in cluster.tellings if family in (None, t.family)]
    people = sorted(labels[a] for a in cluster.recipients or cluster.actors if a in labels)[:2]
    about = _commonest([t.placed for t in cluster.tellings if t.placed]) or ", ".join(people)
    return " – ".join(filter(None, (_commonest(words), about)))


def _when(cluster: Cluster) -> When | None:
    """What the times of the statements have in common, or all of them where they are at odds."""
    known = [t for t in cluster.tellings if t.span and t.when]
    if not known or cluster.span is None:
        return None
    first = min(known, key=lambda t: (t.span != cluster.span, t.document, t.start, t.id)).when
    spans = [t.span for t in known if t.span]
    if all(meets(one, cluster.span) for one in spans):
        span, basis = cluster.span, "statements"
    else:
        span = min(s for s, _ in spans), max(e for _, e in spans)
        basis = "statements at odds"
    words = first.words if first else ""
    earliest, latest = (date.fromordinal(day).isoformat() for day in span)
    precision = first.precision if first and basis == "statements" else "day"
    return When(earliest, latest, precision, basis, words)
