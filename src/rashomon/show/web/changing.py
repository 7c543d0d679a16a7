"""The one page that changes something: a decision, from a form of this reading room."""

from __future__ import annotations

from hmac import compare_digest

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from rashomon.base.errors import CaseError, QueryError, RashomonError
from rashomon.show.web.desk import BusyError
from rashomon.show.web.judging import Decision, decision
from rashomon.show.web.room import Room


def pages(room: Room) -> APIRouter:
    """The router of what changes."""
    router = APIRouter(default_response_class=HTMLResponse)

    @router.post("/judge")
    async def judge(request: Request) -> Response:
        body = await request.body()
        return await run_in_threadpool(_judge, room, body)

    return router


def _judge(room: Room, body: bytes) -> Response:
    try:
        asked = decision(body)
        _check(room, asked)
        room.decisions.decide(asked.verb, asked.targets, asked.value, asked.author, asked.reason)
    except PermissionError:
        return room.message("The form is of another run: load its page again.", 403)
    except BusyError as error:
        return room.message(str(error), 503)
    except CaseError as error:
        return room.message(f"Nothing was decided: {error}", 409)
    except RashomonError as error:
        return room.message(f"Nothing was decided: {error}", 400)
    return RedirectResponse(asked.back, 303)


def _check(room: Room, asked: Decision) -> None:
    if not compare_digest(asked.form_token.encode(), room.form_token.encode()):
        raise PermissionError
    if asked.verb not in room.decisions.verbs:
        raise QueryError(f"there is no verb {asked.verb!r}")
    if not asked.author:
        raise QueryError("say who decides")
    if not asked.reason and asked.verb != "undo":
        raise QueryError("say why")
