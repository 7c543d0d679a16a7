"""What all pages share: the desk, the templates, and what stands on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from rashomon.base.errors import RashomonError
from rashomon.base.store import Store
from rashomon.show.drawings import passages
from rashomon.show.pages.environment import environment, room
from rashomon.show.queries.judgements import decided
from rashomon.show.web.desk import Decisions, Desk
from rashomon.show.web.judging import offers

_NAV = (
    ("/", "Case"),
    ("/disputes", "Disputes"),
    ("/events", "Events"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/actors", "Actors"),
    ("/acting", "Who acts"),
    ("/taking", "Who takes"),
    ("/articles", "Articles"),
    ("/judgements", "Judgements"),
)


def _templates() -> jinja2.Environment:
    made = environment(room)
    made.globals.update(nav=_NAV, differences=passages.differences)
    return made


@dataclass(frozen=True, slots=True)
class Room:
    desk: Desk
    decisions: Decisions
    form_token: str
    templates: jinja2.Environment = field(default_factory=_templates)

    def page(
        self, request: Request, store: Store, template: str, row: str = "", **context: object
    ) -> HTMLResponse:
        """A page of the case. `row` is the id of the row that it is about, for its forms."""
        text = self.templates.get_template(template).render(
            case=self.desk.folder.described().get("name", ""),
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            more=_more(request),
            decided=decided(store),
            offers=offers(row, self.decisions.verbs),
            row_id=row,
            form_token=self.form_token,
            deciding=self.decisions.running() or self.desk.being_built(),
            failed=self.decisions.failed(),
            **context,
        )
        return HTMLResponse(text)

    def message(self, text: str, status: int) -> HTMLResponse:
        """A page that only says something; it asks nothing of the case."""
        try:
            name = self.desk.folder.described().get("name", "")
        except (OSError, ValueError, RashomonError):
            name = ""
        page = self.templates.get_template("message.html")
        body = page.render(
            case=name, path="", here="/", text=text, deciding=False, failed="", offers=(),
            row_id="", form_token="", decided={},
        )  # fmt: skip
        return HTMLResponse(body, status)


class _More:
    """Addresses of the same page with other values: `more(start=50)`; "" takes a name away."""

    def __init__(self, path: str, values: Mapping[str, str]) -> None:
        self._path, self._values = path, values

    def __call__(self, **changed: object) -> str:
        values = {**self._values, **{name: str(value) for name, value in changed.items()}}
        kept = {name: value for name, value in values.items() if value}
        return f"{self._path}?{urlencode(kept)}" if kept else self._path


def _more(request: Request) -> _More:
    return _More(request.url.path, dict(request.query_params))
