"""The pages that only read: each asks the shared questions and fills one template."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from rashomon.show import evidence
from rashomon.show.drawings import ledgers, maps, passages, timelines
from rashomon.show.queries import (
    actors,
    articles,
    cases,
    disputes,
    events,
    judgements,
    networks,
    places,
    searches,
    words,
)
from rashomon.show.reports.gathered import taking_ties
from rashomon.show.web.inquiries import (
    CellId,
    Count,
    Day,
    DisputeId,
    Kind,
    Order,
    RowId,
    SearchKind,
    Side,
    Start,
    Text,
)
from rashomon.show.web.room import Room

MOST_ACCOUNTS = 60


def pages(room: Room) -> APIRouter:
    """The router of all pages that read."""
    router = APIRouter(default_response_class=HTMLResponse)
    for add in (_case_pages, _dispute_pages, _event_pages, _actor_pages, _article_pages, _rest):
        add(router, room)
    return router


def _case_pages(router: APIRouter, room: Room) -> None:
    @router.get("/")
    def case(request: Request) -> HTMLResponse:
        with room.desk.asking() as store:
            days = events.days(store)
            axis = timelines.axis(row["day"] for row in days)
            return room.page(
                request, store, "case.html",
                figures=cases.figures(store), origins=cases.origins(store),
                published=cases.published(store), sharpest=disputes.disputes(store, size=9),
                axis=axis, columns=timelines.strip(days, axis) if axis else [],
                outlets=cases.outlets(store, size=12), described=room.desk.folder.described(),
                told=events.events(store, events.Wanted(origins=2), size=8),
            )  # fmt: skip

    @router.get("/skips")
    def skipped(request: Request, stage: Text = "", start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            return room.page(
                request, store, "skips.html", reasons=cases.skip_reasons(store), stage=stage,
                rows=cases.skips(store, stage=stage, start=start),
            )  # fmt: skip


def _dispute_pages(router: APIRouter, room: Room) -> None:
    @router.get("/disputes")
    def all_disputes(request: Request, kind: Kind = "dispute", start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            wanted = "" if kind == "all" else kind
            rows = disputes.disputes(store, kind=wanted, start=start, size=30)
            return room.page(request, store, "disputes.html", rows=rows, kind=kind)

    @router.get("/disputes/{id_}")
    def one_dispute(
        request: Request, id_: RowId, account: CellId = "", question: DisputeId = ""
    ) -> HTMLResponse:
        with room.desk.asking() as store:
            matrix = disputes.matrix(store, id_)
            chosen = _chosen(matrix, account, question or id_)
            texts = words.of_statements(
                store, [s for _, cells in chosen for cell in cells for s in cell.statements]
            )
            return room.page(
                request, store, "dispute.html", id_, matrix=matrix, focus=id_, chosen=chosen,
                texts=texts, question=question or id_, account=account,
            )  # fmt: skip


def _chosen(
    matrix: disputes.Matrix, account: str, question: str
) -> list[tuple[disputes.Telling, list[disputes.Cell]]]:
    """The account whose words stand beside the matrix; where none is asked for, the first of each
    answer."""
    tellings = [telling for _, group in matrix.groups for telling in group]
    if account:
        return [(t, t.cells.get(question, [])) for t in tellings if t.id == account]
    first = dict[str, disputes.Telling]()
    for telling in tellings:
        for cell in telling.cells.get(question, ()):
            if cell.statements:
                first.setdefault(cell.value, telling)
    return [
        (telling, [c for c in telling.cells[question] if c.value == value])
        for value, telling in first.items()
    ]


def _event_pages(router: APIRouter, room: Room) -> None:
    @router.get("/events")
    def all_events(
        request: Request, actor: Text = "", act: Text = "", place: Text = "", since: Day = "",
        until: Day = "", polarity: Kind = "", modality: Kind = "", outlet: Text = "",
        origins: Count = "", order: Order = "origins", start: Start = 0,
    ) -> HTMLResponse:  # fmt: skip
        wanted = events.Wanted(
            actor, act, place, since, until, polarity, modality, outlet, int(origins or 0)
        )
        with room.desk.asking() as store:
            return room.page(
                request, store, "events.html", wanted=wanted, order=order, acts=events.acts(store),
                rows=events.events(store, wanted, order=order, start=start),
                polarities=events.POLARITIES, modalities=events.MODALITIES,
                outlets=[row["outlet"] for row in cases.outlets(store, size=200)],
            )  # fmt: skip

    @router.get("/events/{id_}")
    def one_event(request: Request, id_: RowId, start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            event = events.event(store, id_)
            tellings = disputes.accounts(store, id_)
            shown = tellings[start : start + MOST_ACCOUNTS]
            return room.page(
                request, store, "event.html", id_, event=event, tellings=shown,
                texts=words.of_statements(store, [s for t in shown for s in t.statements]),
                people=actors.labels(store, list(event["people"])), start=start,
                after=start + MOST_ACCOUNTS if start + MOST_ACCOUNTS < len(tellings) else None,
                total=len(tellings), disputes=disputes.of_event(store, id_),
            )  # fmt: skip

    @router.get("/timeline")
    def timeline(request: Request, since: Day = "", until: Day = "") -> HTMLResponse:
        with room.desk.asking() as store:
            rows = events.dated(store, events.Wanted(since=since, until=until), most=120)
            axis = timelines.axis(day for row in rows for day in (row["earliest"], row["latest"]))
            return room.page(
                request, store, "timeline.html", rows=rows, axis=axis, since=since, until=until
            )

    @router.get("/map")
    def on_map(request: Request, start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            return room.page(
                request, store, "map.html", rows=places.places(store, start=start),
                map=maps.draw(places.places(store, on_map=True, size=300).rows),
            )  # fmt: skip


def _actor_pages(router: APIRouter, room: Room) -> None:
    @router.get("/actors")
    def all_actors(
        request: Request, find: Text = "", kind: Kind = "", start: Start = 0
    ) -> HTMLResponse:
        with room.desk.asking() as store:
            rows = actors.actors(store, find=find, kind=kind, start=start)
            return room.page(request, store, "actors.html", rows=rows, find=find, kind=kind)

    @router.get("/actors/{id_}")
    def one_actor(
        request: Request, id_: RowId, side: Side = "did", start: Start = 0
    ) -> HTMLResponse:
        with room.desk.asking() as store:
            ids, passages_ = actors.side(store, id_, side, start=start)
            return room.page(
                request, store, "actor.html", id_, actor=actors.actor(store, id_),
                names=actors.names(store, id_), side=side, sides=actors.SIDES, ids=ids,
                passages=passages_, events=actors.events(store, id_),
            )  # fmt: skip

    @router.get("/acting")
    def acting(
        request: Request, which: Kind = "conflict", since: Day = "", until: Day = "",
        start: Start = 0,
    ) -> HTMLResponse:  # fmt: skip
        which = which if which in networks.QUADS else "conflict"
        with room.desk.asking() as store:
            rows = networks.ties(store, which, since=since, until=until, start=start)
            return room.page(
                request, store, "acting.html", rows=rows, which=which, since=since, until=until,
                kinds=tuple(networks.QUADS), drawn_ties=ledgers.draw(
                    ledgers.Tie(
                        (row["actor"], row["actor_label"]),
                        (row["recipient"], row["recipient_label"]),
                        int(row["events"]),
                        f"{row['actor_label']}, {row['recipient_label']}: {row['events']}",
                    )
                    for row in rows
                ),
            )  # fmt: skip

    @router.get("/taking")
    def taking(request: Request, among: Kind = "", start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            rows = networks.takings(store, among=among == "outlets", start=start)
            return room.page(
                request, store, "taking.html", rows=rows, among=among,
                drawn_ties=ledgers.draw(taking_ties(rows)),
            )  # fmt: skip


def _article_pages(router: APIRouter, room: Room) -> None:
    @router.get("/articles")
    def all_articles(request: Request, outlet: Text = "", start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            return room.page(
                request, store, "articles.html", outlet=outlet,
                rows=articles.articles(store, outlet=outlet, start=start),
                outlets=cases.outlets(store, size=200),
            )  # fmt: skip

    @router.get("/articles/{id_}")
    def one_article(request: Request, id_: RowId) -> HTMLResponse:
        with room.desk.asking() as store:
            found = articles.article(store, id_)
            return room.page(
                request, store, "article.html", id_, reading=found,
                stretches=passages.stretches(found), voices=passages.voices(found),
            )  # fmt: skip


def _rest(router: APIRouter, room: Room) -> None:
    @router.get("/search")
    def search(
        request: Request, q: Text = "", within: SearchKind = "", start: Start = 0
    ) -> HTMLResponse:
        with room.desk.asking() as store:
            size = 50 if within else 10
            found = (
                searches.search(store, q, kind=within, start=start, size=size)
                if len(q) > 1
                else None
            )
            return room.page(request, store, "search.html", q=q, found=found, within=within)

    @router.get("/judgements")
    def all_judgements(request: Request, start: Start = 0) -> HTMLResponse:
        with room.desk.asking() as store:
            rows = judgements.judgements(store, start=start)
            return room.page(request, store, "judgements.html", rows=rows)

    @router.get("/rows/{id_}")
    def one_row(request: Request, id_: RowId) -> HTMLResponse:
        with room.desk.asking() as store:
            found = evidence.evidence(store, id_, limit=50)
            return room.page(request, store, "row.html", id_, found=found)
