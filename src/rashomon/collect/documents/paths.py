"""Which files a source means: itself, the files of a folder, or those that match a pattern."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from glob import glob, has_magic

from rashomon.base.rows import Skip
from rashomon.collect.documents.gathered import because, left_out

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(source: str) -> bool:
    return bool(_ADDRESS.match(source))


def expand(source: str) -> Iterator[str | Skip]:
    """The paths that a source stands for, in sorted order; "-" and an address stand for
    themselves."""
    if source == "-" or is_address(source):
        yield source
    elif os.path.isdir(source):
        yield from _walk(source)
    elif os.path.lexists(source) or not has_magic(source):
        yield source
    else:
        yield from _match(source)


def _match(pattern: str) -> Iterator[str | Skip]:
    found = sorted(glob(pattern, recursive=True))
    if not found:
        yield left_out(pattern, "no file matches this pattern: check the path")
    for path in found:
        if os.path.isdir(path):
            yield from _walk(path)
        else:
            yield path


def _walk(folder: str) -> Iterator[str | Skip]:
    """The files of a folder and of the folders in it; hidden ones, links and cases left out."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield left_out(folder, because(error))
        return
    if "case.toml" in names:
        yield left_out(folder, "a case of Rashomon is no source: give the reports themselves")
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            yield left_out(path, "hidden files are left out of a folder: name it to read it")
        elif os.path.isdir(path) and os.path.islink(path):
            yield left_out(path, "linked folders are not followed: name it to read it")
        elif os.path.isdir(path):
            yield from _walk(path)
        else:
            yield path
