"""Networks: who acts on whom, cooperation and conflict apart, and who takes from whom."""

from __future__ import annotations

from rashomon.base.store import Store
from rashomon.show.queries.asking import Page, page

QUADS = {"cooperation": (1, 2), "conflict": (3, 4)}


def ties(
    store: Store, which: str, *, since: str = "", until: str = "", start: int = 0, size: int = 50
) -> Page:
    """Who is said to act on whom in events of PLOVER's two quads of cooperation (or of conflict),
    told as affirmed and happened. Keys: actor, actor_label, recipient, recipient_label, events,
    origins, event and event_label (of the one with the most origins). An event without a date is
    kept only where no span of time is asked for."""
    quads = QUADS.get(which, QUADS["conflict"])
    return page(
        store,
        """SELECT t.actor, a.label AS actor_label, t.recipient, r.label AS recipient_label,
  count(*) AS events, max(t.origins) AS origins,
  arg_max(t.event, row(t.origins, t.event)) AS event,
  arg_max(e.label, row(t.origins, t.event)) AS event_label
FROM shelf_ties t JOIN shelf_events e ON e.id = t.event
JOIN shelf_actors a ON a.id = t.actor JOIN shelf_actors r ON r.id = t.recipient
WHERE t.quad IN (?, ?) AND t.as_happened > 0
  AND (? = '' OR coalesce(t.latest, t.earliest) >= ?)
  AND (? = '' OR coalesce(t.earliest, t.latest) <= ? || 'T99')
GROUP BY ALL ORDER BY events DESC, origins DESC, actor_label, recipient_label,
  t.actor, t.recipient""",
        [*quads, since, since, until, until],
        start=start,
        size=size,
    )


def takings(store: Store, *, among: bool = False, start: int = 0, size: int = 50) -> Page:
    """Who takes from whom. Keys: taker, source, how (cites, repeats, shares words), passages,
    articles, outlet (whether the source is an outlet of the case); `among` keeps only these."""
    return page(
        store,
        """SELECT taker, source, how, passages, articles, outlet FROM shelf_takings
WHERE outlet OR NOT ? ORDER BY passages DESC, taker, source, how""",
        [among],
        start=start,
        size=size,
    )
