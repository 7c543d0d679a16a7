"""What a report holds. Every list is bounded, and says how much it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.base.store import Store
from rashomon.show import wording
from rashomon.show.drawings import ledgers, maps, timelines
from rashomon.show.queries import (
    actors,
    articles,
    cases,
    disputes,
    events,
    judgements,
    networks,
    places,
)
from rashomon.show.queries.asking import Page, Row
from rashomon.show.queries.disputes import Matrix
from rashomon.show.queries.words import Passage

ARTICLES, ACTORS, EVENTS, DISPUTES, TIES, SKIPS = 1500, 60, 80, 40, 60, 100


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts of a report. `described` is what `case.toml` says; `disputes` are the sharpest,
    each with its id, the matrix of its event and the first words of each cell."""

    described: Mapping[str, str]
    figures: Mapping[str, int]
    origins: int
    published: tuple[str | None, str | None]
    articles: Page
    outlets: Page
    skip_reasons: Sequence[Row]
    skips: Page
    actors: Page
    events: Page
    axis: timelines.Axis | None
    disputes: Sequence[tuple[Row, Matrix, Mapping[str, Passage]]]
    dispute_count: int
    others: Sequence[Row]
    takings: Page
    takings_drawn: ledgers.Ledger | None
    ties: Mapping[str, Page]
    places: Page
    map: maps.Map | None
    judgements: Page
    decided: Mapping[str, list[Row]]


def gather(store: Store, described: Mapping[str, str]) -> Gathered:
    """Ask a case (with its shelves) for all that a report holds."""
    dated = events.dated(store, most=EVENTS)
    sharpest = disputes.disputes(store, size=DISPUTES)
    takings = networks.takings(store, size=TIES)
    found_places = places.places(store, size=TIES)
    return Gathered(
        described=described,
        figures=cases.figures(store),
        origins=cases.origins(store),
        published=cases.published(store),
        articles=articles.articles(store, size=ARTICLES),
        outlets=cases.outlets(store, size=TIES),
        skip_reasons=cases.skip_reasons(store),
        skips=cases.skips(store, size=SKIPS),
        actors=actors.actors(store, size=ACTORS),
        events=dated,
        axis=timelines.axis(day for row in dated for day in (row["earliest"], row["latest"])),
        disputes=[(row, *_matrix(store, str(row["id"]))) for row in sharpest],
        dispute_count=sharpest.total,
        others=[
            row for row in disputes.disputes(store, kind="", size=500) if row["kind"] != "dispute"
        ][:SKIPS],
        takings=takings,
        takings_drawn=ledgers.draw(taking_ties(takings)),
        ties={which: networks.ties(store, which, size=30) for which in networks.QUADS},
        places=found_places,
        map=maps.draw(places.places(store, on_map=True, size=300).rows),
        judgements=judgements.judgements(store, size=SKIPS),
        decided=judgements.decided(store),
    )


def _matrix(store: Store, dispute: str) -> tuple[Matrix, Mapping[str, Passage]]:
    found = disputes.matrix(store, dispute)
    return found, disputes.cell_words(store, found, first=True)


def taking_ties(rows: Page) -> list[ledgers.Tie]:
    """Who takes from whom, as lines to draw."""
    return [
        ledgers.Tie(
            (row["taker"], row["taker"]),
            (row["source"], row["source"]),
            int(row["passages"]),
            f"{row['taker']} {row['how']} {row['source']}:"
            f" {wording.many(row['passages'], 'account or passage', 'accounts or passages')}",
        )
        for row in rows
        if row["how"] != "shares words"
    ]
