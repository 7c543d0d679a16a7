"""The dateline of a wire report: "CAIRO, May 3 (Reuters) -", "(AP) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rashomon.base.outlets import is_press
from rashomon.base.rows import When
from rashomon.collect.articles.dates import find_date

_PLACE = r"[A-ZÀ-Þ][\w.’'-]*(?:[ /-][A-ZÀ-Þ][\w.’'-]*){0,4}"
_LINE = re.compile(
    rf"(?:(?P<place>{_PLACE}(?:,\s+{_PLACE}){{0,2}}?)(?:,\s+|\s+))??"
    r"(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}\s[A-Z][a-z]{2,8}\.?(?:\s\d{4})?)?"
    r",?\s*(?:[(\[](?P<agency>[^()\[\]]{2,40})[)\]])?\s*(?:--?|[–—―])\s*(?=[\"'“‘A-ZÀ-Þ0-9])"
)
_INITIALS = re.compile(r"[A-Z]{2,8}")
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Dateline:
    """Whom a dateline names as the agency ("" if nobody) and the date, where it has a year."""

    agency: str
    when: When | None


def dateline(words: str) -> Dateline | None:
    """The dateline that a paragraph begins with. A place alone ("USA – ...") is none: it takes an
    agency, or a date."""
    found = _LINE.match(words[:_LONGEST])
    if not found or not (found["agency"] or found["date"]):
        return None
    agency = (found["agency"] or "").split("/")[0].strip()
    if agency and not (
        is_press(agency) or (_INITIALS.fullmatch(agency) and _is_loud(found["place"]))
    ):
        return None
    dated = find_date(found["date"]) if found["date"] else None
    if found["date"] and not dated:
        return None
    return Dateline(agency, dated.when("dateline") if dated else None)


def _is_loud(place: str | None) -> bool:
    return bool(place) and str(place).split(",")[0].isupper()
