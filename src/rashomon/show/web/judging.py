"""What a person can decide about a row, in place: which forms stand on its page, and one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from rashomon.base.errors import QueryError

LONGEST = 500
ACTOR_KINDS = ("person", "organisation", "armed_group", "state", "people")


@dataclass(frozen=True, slots=True)
class Offer:
    """A form: the verb, what it says in words, whether it needs another target (`other`, its
    label) or a value (`value`, its label), and what the value is chosen from."""

    verb: str
    says: str
    other: str = ""
    value: str = ""
    options: tuple[str, ...] = ()


_WRONG = Offer("wrong", "This is wrong")
OFFERS: dict[str, tuple[Offer, ...]] = {
    "act": (
        Offer("same", "Is the same as another", other="Name or id of the other"),
        Offer("different", "Two of its names are two", other="The other name"),
        Offer("name", "Is called otherwise", value="Name"),
        Offer("type", "Is something else", value="Kind", options=ACTOR_KINDS),
        _WRONG,
    ),
    "art": (
        Offer("reference-date", "Was published at another time", value="Date (2031-03-12)"),
        Offer("outlet", "Is of another outlet", value="Outlet"),
    ),
    "men": (_WRONG,),
    "lin": (_WRONG,),
    "eve": (_WRONG,),
    "sta": (_WRONG,),
    "quo": (_WRONG,),
    "ech": (_WRONG,),
    "acc": (_WRONG,),
    "pla": (_WRONG,),
    "dis": (
        Offer(
            "dispute",
            "Is settled otherwise",
            value="It is",
            options=("explained", "not-a-dispute", "open"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a form asks for. `back` is a page of this reading room."""

    verb: str
    targets: list[str]
    value: str
    author: str
    reason: str
    form_token: str
    back: str


def offers(row: str, verbs: Sequence[str]) -> tuple[Offer, ...]:
    """The forms for a row with this id, of the verbs that the door knows."""
    return tuple(offer for offer in OFFERS.get(row[:3], ()) if offer.verb in verbs)


def decision(body: bytes) -> Decision:
    """The form of a request's body; QueryError where it cannot be."""
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=30)
    except ValueError as error:
        raise QueryError("the form cannot be read") from error
    targets = [one.strip() for one in fields.get("target", []) if one.strip()]
    texts = {name: values[0].strip() for name, values in fields.items() if name != "target"}
    if any(len(text) > LONGEST for text in [*targets, *texts.values()]):
        raise QueryError(f"a text of the form is longer than {LONGEST} characters")
    if not texts.get("verb") or not targets:
        raise QueryError("the form lacks its verb, or what it is about")
    return Decision(
        texts["verb"],
        targets,
        texts.get("value", ""),
        texts.get("author", ""),
        texts.get("reason", ""),
        texts.get("form_token", ""),
        _inside(texts.get("back", "/")),
    )


def _inside(path: str) -> str:
    """A path of this reading room; what leads elsewhere is the first page."""
    is_page = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_page and path.isprintable() else "/"
