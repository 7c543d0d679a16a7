"""The one Jinja2 environment: everything is escaped, and every id can be gone to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from rashomon.show import wording
from rashomon.show.drawings import ledgers, maps, timelines

PATHS = {
    "eve": "/events/", "dis": "/disputes/", "act": "/actors/", "art": "/articles/",
}  # fmt: skip
Link = Callable[[str], str]
_IDS = re.compile(r" \([a-z]{3}-[0-9a-f]{16}\)")
_SPACE = re.compile(r"\s+")


def room(id_: str) -> str:
    """Where the reading room shows a row."""
    return PATHS.get(id_[:3], "/rows/") + quote(id_, safe="")


def nowhere(_: str) -> str:
    """A report that stands alone goes nowhere."""
    return ""


def environment(link: Link, *, markup: bool = True) -> jinja2.Environment:
    """`link` says where a row is shown, "" for nowhere. Values are escaped for HTML unless `markup`
    is off. A name that is not given is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("rashomon.show.pages"),
        autoescape=markup,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(_FILTERS)
    made.globals.update(_GLOBALS)
    made.globals["go"] = _goer(link)
    made.globals["link"] = link
    return made


def asset(name: str) -> str:
    """The text of a stylesheet or script."""
    return files("rashomon.show.pages").joinpath("assets", name).read_text(encoding="utf-8")


def _goer(link: Link) -> Callable[[str | None, str], Markup]:
    def go(id_: str | None, text: str) -> Markup:
        address = link(id_) if id_ else ""
        if not address:
            return Markup("<span>{}</span>").format(text)
        return Markup('<a href="{}">{}</a>').format(address, text)

    return go


def short(name: str | None) -> str:
    """The last part of a path or an address; another name as it is."""
    text = (name or "").rstrip("/")
    if text.startswith(("/", "./", "../")) or "\\" in text:
        return re.split(r"[/\\]", text)[-1]
    return text


def squeeze(text: str | None, most: int = 0) -> str:
    """White space made one, cut after `most` characters where that is not 0."""
    said = _SPACE.sub(" ", text or "")
    return said if not most or len(said) <= most else said[: most - 1].rstrip() + "…"


def before(text: str, most: int = 160) -> str:
    """What stands before some words, cut at its front."""
    said = _SPACE.sub(" ", text)
    return said if len(said) <= most else "…" + said[-most:]


def voices(chain: Any) -> str:
    """A chain of voices in one line, outermost first."""
    return " ← ".join(short(label) for label in chain)


def capitalize_first(text: str) -> str:
    """A sentence's first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def first_few(names: Any, most: int) -> str:
    """Some names in one line, and how many more there are."""
    listed = [str(name) for name in names]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return " · ".join(listed[:most]) + more


def reason(text: str) -> str:
    """A reason without the ids of the rows it names."""
    return _IDS.sub("", text)


def cell(text: Any) -> str:
    """A value for a cell of a Markdown table: nothing in it is markup."""
    said = _SPACE.sub(" ", str(text if text is not None else "")).strip()
    return re.sub(r"([\\`*_{}\[\]<>#|~!&$])", r"\\\1", said)


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "short": short,
    "squeeze": squeeze,
    "before": before,
    "voices": voices,
    "capitalize_first": capitalize_first,
    "first_few": first_few,
    "kind": wording.kind,
    "reason": reason,
    "day": wording.day,
    "cell": cell,
}
_GLOBALS: Mapping[str, Any] = {
    "when": wording.when,
    "many": wording.many,
    "asked": wording.asked,
    "dispute_kinds": wording.DISPUTE_KINDS,
    "bar": timelines.bar,
    "drawn": {
        "time": timelines.WIDTH,
        "map": (maps.WIDTH, maps.HEIGHT),
        "ledger": ledgers.WIDTH,
    },
}
