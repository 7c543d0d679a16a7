"""All of the reading room as one application."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from rashomon.base.errors import CaseError, QueryError, RashomonError, TooLongError
from rashomon.base.store import CaseFolder
from rashomon.show.pages.environment import asset
from rashomon.show.web import changing, reading
from rashomon.show.web.desk import BusyError, Decisions, Desk, Judge
from rashomon.show.web.guard import LOCAL, Guard, Secret, TooLargeError
from rashomon.show.web.room import Room

_ASSETS = {
    "reading.css": "text/css; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "room.js": "text/javascript; charset=utf-8",
}
_STATUS: tuple[tuple[type[RashomonError], int], ...] = (
    (BusyError, 503),
    (TooLongError, 503),
    (QueryError, 404),
    (CaseError, 503),
)


def application(
    folder: CaseFolder,
    judge: Judge,
    verbs: Sequence[str],
    *,
    token: str = "",
    hosts: Sequence[str] = LOCAL,
    desk: Desk | None = None,
) -> Guard:
    """The reading room of a case as an ASGI application, with its guard before it."""
    room = Room(desk or Desk(folder), Decisions(judge, tuple(verbs)), secrets.token_urlsafe(24))
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, title="Rashomon")
    app.include_router(reading.pages(room))
    app.include_router(changing.pages(room))
    _add_assets(app)
    _add_errors(app, room)
    return Guard(app, Secret(token), frozenset(host.lower() for host in hosts))


def _add_assets(app: FastAPI) -> None:
    @app.get("/assets/{name}")
    def one_asset(name: str) -> Response:
        if name not in _ASSETS:
            raise HTTPException(404)
        return Response(asset(name), media_type=_ASSETS[name])


def _add_errors(app: FastAPI, room: Room) -> None:
    @app.exception_handler(RashomonError)
    def refused(request: Request, error: RashomonError) -> HTMLResponse:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
        return room.message(str(error).partition("\nin the query:")[0], status)

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> HTMLResponse:
        names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors()}))
        said = f"This cannot be asked for: {names} is too long or not of its form."
        return room.message(said, 400)

    @app.exception_handler(TooLargeError)
    def too_large(request: Request, error: TooLargeError) -> HTMLResponse:
        return room.message("More was sent than is taken.", 413)

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> HTMLResponse:
        return room.message("There is no such page.", error.status_code)
