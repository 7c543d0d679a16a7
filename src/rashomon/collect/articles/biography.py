"""Lines at the foot of an article that are about its author."""

from __future__ import annotations

import re
from collections.abc import Sequence

_IS = re.compile(
    r"\b(?:is|was|are|has been|works as|serves as|writes for|writes on|covers|reports)\b.{0,120}?\b"
    r"(?:author|journalist|writer|editor|correspondent|reporter|professor|lecturer|fellow|analyst"
    r"|columnist|contributor|historian|researcher|scholar|director|blogger|activist|producer"
    r"|co-?founder|graduate|student|photographer|novelist)s?\b",
    re.IGNORECASE,
)


def is_biography(words: str, people: Sequence[str]) -> bool:
    """Whether a paragraph is about one of those whom the byline names, and says what they are."""
    opening = words[:120]
    if opening.lower().startswith(("about the author", "the author is", "the writer is")):
        return True
    surnames = {name.split()[-1] for line in people for name in line.split(",") if name.split()}
    named = any(
        len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", opening) for name in surnames
    )
    return named and bool(_IS.search(words[:300]))
