"""How a row is said in plain English, the same in the terminal, the report and the reading room."""

from __future__ import annotations

from calendar import monthrange

_ASKED = {
    "number": "how many {about}?",
    "time": "when?",
    "place": "where?",
    "actor": "who did it?",
    "recipient": "to whom?",
    "happened": "did it happen?",
    "reason": "why?",
}
DISPUTE_KINDS = {
    "dispute": "cannot all hold",
    "update": "one origin changed its answer",
    "refinement": "some say more than others",
    "scope": "a part, and the whole",
    "same_voice": "one origin gives all of them",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def asked(question: str, about: str) -> str:
    """The question of a dispute: "how many killed?"."""
    return _ASKED.get(question, question).format(about=about)


def when(earliest: str | None, latest: str | None) -> str:
    """An interval of ISO 8601 days or minutes in words: "12 March 2031", "12 to 14 March 2031",
    "from 2014 on"."""
    if earliest and latest:
        return day(earliest) if earliest == latest else _span(earliest, latest)
    if earliest:
        return f"{day(earliest)} or later"
    return f"{day(latest)} or earlier" if latest else "date unknown"


def day(iso: str) -> str:
    """One ISO 8601 day or minute in words; what is no whole day is given back as it is."""
    date, _, time = iso.partition("T")
    parts = date.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 0 < int(parts[1]) < 13:
        return iso
    said = f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {int(parts[0])}"
    return f"{said}, {time[:5]}" if time else said


def _span(earliest: str, latest: str) -> str:
    first, last = earliest[:10].split("-"), latest[:10].split("-")
    if len(first) == len(last) == 3 and "T" not in earliest + latest:
        if first[0] == last[0] and first[1:] == ["01", "01"] and last[1:] == ["12", "31"]:
            return first[0]
        if first[:2] == last[:2] and first[2] == "01" and _ends_a_month(last):
            return day(earliest).removeprefix("1 ")
        if first[:2] == last[:2]:
            return f"{int(first[2])} to {day(latest)}"
    return f"{day(earliest)} to {day(latest)}"


def _ends_a_month(day_: list[str]) -> bool:
    year, month, last = map(int, day_)
    return last == monthrange(year, month)[1]


def many(count: int, one: str, more: str = "") -> str:
    """ "1 origin", "12 origins", "1,240 countries"."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def kind(name: str | None) -> str:
    """A kind as a word: "armed_group" is "armed group"."""
    return (name or "").replace("_", " ")
