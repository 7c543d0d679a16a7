"""What the address of an article says: the outlet by its domain, the date by its path."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from rashomon.base.lexicon import mapping
from rashomon.base.rows import When
from rashomon.collect.articles.dates import month_numbers

BASIS = "URL"
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)")
_EDGES = re.compile(r"^(?:www\d?|m|mobile|amp|en|edition)\.(?=[^.]+\.)")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]")
_DAY = re.compile(
    r"(?<![0-9])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?![0-9])"
)
_NAMED_DAY = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?![0-9])", re.IGNORECASE)
_LOOSE_DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)")
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")


@lru_cache(maxsize=64)
def outlet_at(address: str) -> str:
    """The outlet of an http(s) address or bare domain: its name where it is known, else the domain;
    "" for a machine's number, a name without a dot, and sites where others publish."""
    address = _ARCHIVED.sub("", address.strip())
    parts = urlsplit(address if "://" in address else f"//{address}")
    if parts.scheme not in ("http", "https", ""):
        return ""
    host = _EDGES.sub("", _host(parts.netloc))
    if not _HOST.fullmatch(host):
        return ""
    known = mapping("outlet_sites", "domain", "name")
    labels = host.split(".")
    for first in range(len(labels) - 1):
        above = ".".join(labels[first:])
        if above in known:
            blog = first > 0 and not known[above]
            return host if blog and labels[0] not in ("news", "web", "mobile") else known[above]
    return host


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].partition(":")[0].lower().rstrip(".")


def date_at(address: str) -> When | None:
    """The day or month in the path of an outlet's http(s) address; None if it names none."""
    if not address.startswith(("http://", "https://")) or not outlet_at(address):
        return None
    address = _ARCHIVED.sub("", address.strip())
    try:
        path = urlsplit(address).path
    except ValueError:
        return None
    for pattern in (_DAY, _NAMED_DAY, _LOOSE_DAY):
        for found in pattern.finditer(path):
            month = found[2] if found[2].isdigit() else month_numbers().get(found[2].lower(), 0)
            if when := _day(int(found[1]), int(month), int(found[3])):
                return when
    found_month = _MONTH.search(path)
    if not found_month:
        return None
    year, number = int(found_month[1]), int(found_month[2])
    first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    return When(first.isoformat(), last.isoformat(), "month", BASIS, "")


def _day(year: int, month: int, number: int) -> When | None:
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    day = date(year, month, number).isoformat()
    return When(day, day, "day", BASIS, "")
