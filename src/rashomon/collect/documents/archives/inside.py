"""How members are called, and which are left out by their name."""

from __future__ import annotations

from dataclasses import replace

from rashomon.collect.documents.gathered import Entry, Origin, printable

HIDDEN = "hidden files are left out of an archive: unpack it and name them to read them"
LINK = "links in an archive are not followed"
DEVICE = "not a plain file: left out of an archive"
ENCRYPTED = "it is encrypted: unpack it with its password and give what was in it"


def place_of(entry: Entry, member: str) -> Origin:
    """`reports.zip!/folder/a.txt`; the member's name is only a name."""
    name = f"{entry.origin.name}!/{_clean(member)}"
    uri = f"{entry.origin.uri}!/{_clean(member)}"
    return replace(entry.origin, name=name, uri=uri, told="")


def last_part(member: str) -> str:
    return member.replace("\\", "/").rstrip("/").rpartition("/")[2]


def is_hidden(member: str) -> bool:
    """As in a folder: a part of the name begins with a dot; and what macOS puts beside files."""
    parts = member.replace("\\", "/").split("/")
    return "__MACOSX" in parts or any(p.startswith(".") and p not in (".", "..") for p in parts)


def _clean(member: str) -> str:
    kept = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in member)
    return printable(kept)
