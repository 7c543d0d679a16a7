"""Paragraphs taken over from an outlet that the line above or below them names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rashomon.base.lexicon import words as word_list
from rashomon.base.rows import ZoneKind
from rashomon.collect.articles.bylines import is_outlet
from rashomon.collect.articles.page import Piece

Kind = tuple[ZoneKind, str | None]
_BEFORE = re.compile(
    r"^(?:(?:here is|this is|read) (?:what|how) |as |(?:an )?(?:extract|excerpt) (?:from|of) "
    r"|from |via |according to |by |quoting |writes? |reports? )+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s+(?:reports?|reported|reporting|writes?|wrote|written|says?|said|notes?|noted|adds?"
    r"|added|explains?|explained|tells?|told|puts? it|had (?:this|to say)|has (?:this|more)"
    r"|today|yesterday|this (?:week|morning)|on \w+day|in \w+|it|this|us|more|article"
    r"|story|report|piece|editorial"
    r"|(?:earlier|last) \w+))+$",
    re.IGNORECASE,
)
_OWN = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}\w+$")
_BELOW = re.compile(r"^(?:[-–—]+|source:|via|from)\s*(?P<name>[^.:]{2,60})$", re.IGNORECASE)
_WHOLE = re.compile(r"^(?:from|via|(?:an )?(?:extract|excerpt) (?:from|of))\b", re.IGNORECASE)
_LONGEST = 14
_MOST = 12


def quotations(
    page: Sequence[Piece], kinds: Mapping[int, Kind], first: int, after: int
) -> dict[int, Kind]:
    """The quotations under a line such as "From The Quay Review:", labelled with the outlet.

    Paragraphs that are set in or marked are labelled as they are. Those that nothing marks end at
    a wider gap, a heading, or before one that speaks of the outlet again; where none of these
    comes, only the first belongs to it, or all of them if the line opens the article.
    """
    found: dict[int, Kind] = {}
    for place in range(first, after):
        if kinds[place][0] == "body" and (outlet := introduced(page[place].words)):
            block = list(_block(page, kinds, place, after, outlet, opens=place == first))
            kind: ZoneKind = "excerpt" if _is_rest(block, place, first, after) else "quoted_block"
            found |= dict.fromkeys(block, (kind, outlet))
    return found | _credited_below(page, kinds, first, after)


def introduced(words: str) -> str:
    """The outlet that a line ending in a colon introduces; "" if it introduces none."""
    if words[-1] != ":" or len(words.split()) > _LONGEST:
        return ""
    name = _BEFORE.sub("", words[:-1].strip())
    for shape in (_AFTER, _OWN):
        name = shape.sub("", name).strip(" ,")
    name = name.removeprefix("the ")
    called = is_outlet(f"the {name}") and not _is_body(name)
    return name if called or is_outlet(name) else ""


def _is_body(name: str) -> bool:
    """Whether a name is that of a ministry or the like: it speaks, but publishes nothing."""
    return not word_list("institutions").isdisjoint(name.lower().split())


def _block(
    page: Sequence[Piece],
    kinds: Mapping[int, Kind],
    place: int,
    after: int,
    outlet: str,
    *,
    opens: bool,
) -> Iterator[int]:
    start = place + 1
    if start >= after or kinds[start][0] not in ("body", "quoted_block"):
        return
    kind = kinds[start][0]
    if kind == "quoted_block":
        yield from _run(kinds, start, after)
        return
    if page[start].role != "text":
        return
    end = _end(page, kinds, start, after, outlet)
    if end is None:
        end = after if opens and _WHOLE.match(page[place].words) else start + 1
    yield from (i for i in range(start, end) if kinds[i][0] == "body")


def _run(kinds: Mapping[int, Kind], start: int, after: int) -> Iterator[int]:
    for i in range(start, after):
        if kinds[i][0] != "quoted_block":
            return
        yield i


def _end(
    page: Sequence[Piece], kinds: Mapping[int, Kind], start: int, after: int, outlet: str
) -> int | None:
    """Where an unmarked quotation ends, by what follows it; None if nothing says so."""
    last = outlet.split()[-1]
    for i in range(start + 1, min(after, start + _MOST)):
        named = outlet in page[i].words or (len(last) > 3 and f" {last}" in page[i].words)
        if named or page[i].gap > page[start].gap or page[i].role != "text":
            return i
        if kinds[i][0] != "body":
            return i
    return None


def _is_rest(block: Sequence[int], place: int, first: int, after: int) -> bool:
    return place == first and bool(block) and block[-1] >= after - 1 and len(block) > 1


def _credited_below(
    page: Sequence[Piece], kinds: Mapping[int, Kind], first: int, after: int
) -> dict[int, Kind]:
    """Blocks that are set in and followed by "— The Quay Review"."""
    found: dict[int, Kind] = {}
    for i in range(first + 1, after):
        credit = _BELOW.match(page[i].words)
        above = kinds.get(i - 1)
        if credit and above == ("quoted_block", None) and is_outlet(credit["name"].strip()):
            j = i - 1
            while kinds.get(j) == ("quoted_block", None):
                found[j] = ("quoted_block", credit["name"].strip())
                j -= 1
    return found
