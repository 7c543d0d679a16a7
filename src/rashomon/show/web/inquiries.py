"""What a request asks for, checked: short texts, ids of rows, page starts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import AfterValidator

LONGEST = 200
FARTHEST = 100_000_000
_DAY = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


def _plain(text: str) -> str:
    """Without control characters, which no search needs and no database takes."""
    return "".join(one for one in text if one.isprintable()).strip()


Text = Annotated[str, Query(max_length=LONGEST), AfterValidator(_plain)]
Day = Annotated[str, Query(pattern=_DAY)]
Start = Annotated[int, Query(ge=0, le=FARTHEST)]
RowId = Annotated[str, Path(pattern=r"^[a-z]{3}-[0-9a-f]{16}$")]
CellId = Annotated[str, Query(pattern=r"^(acc-[0-9a-f]{16})?$")]
DisputeId = Annotated[str, Query(pattern=r"^(dis-[0-9a-f]{16})?$")]
Count = Annotated[str, Query(pattern=r"^\d{0,4}$")]
Kind = Annotated[str, Query(pattern=r"^[a-z_]{0,20}$")]
Side = Literal["did", "done", "said", "told"]
SearchKind = Literal["", "text", "actors", "statements"]
Order = Literal["origins", "time", "disputes"]
