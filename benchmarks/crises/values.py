"""How invented reports write a number, a day, and who says so."""

from __future__ import annotations

from datetime import date
from random import Random

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(value: int, chance: Random, *, digits: bool = False) -> str:
    """In digits or, below a hundred, often in words."""
    if digits or value >= 100 or (value > 12 and chance.random() < 0.75):
        return f"{value:,}"
    if value > 12 or chance.random() < 0.7:
        return spelt(value)
    return str(value)


def spelt(value: int) -> str:
    if value < 20:
        return _ONES[value]
    rest = f"-{_ONES[value % 10]}" if value % 10 else ""
    return _TENS[value // 10 - 2] + rest


def hedged(value: int, chance: Random) -> str:
    """Words for a number that the number itself agrees with."""
    ten = 10 ** (len(str(value)) - 1)
    below, nearest = value // ten * ten, round(value / ten) * ten
    if ten >= 100:
        half = ten // 2
        below, nearest = value // half * half, round(value / half) * half
    found = [f"at least {value:,}", f"at least {max(3, value - value // 6):,}"]
    if below >= 10 and below < value:
        found += [f"more than {below:,}", f"over {below:,}"]
    if nearest and abs(nearest - value) <= value // 10:
        found += [f"about {nearest:,}", f"some {nearest:,}", f"around {nearest:,}"]
    if 24 <= value <= 90:
        found.append("dozens of")
    return chance.choice(found)


def when(day: date, published: date, chance: Random) -> str:
    """A phrase for a day; weekdays only where the article is of the week after it."""
    month, weekday = f"{day:%B}", _WEEKDAYS[day.weekday()]
    found = [f"on {day.day} {month}", f"on {month} {day.day}", f"on {weekday}, {day.day} {month}"]
    if 0 < (published - day).days < 6:
        found += [f"on {weekday}", f"on {weekday}", f"late on {weekday}", f"on {weekday} morning"]
    if published == day:
        found.append(f"on {weekday}")
    return chance.choice(found)


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def opened(clause: str) -> str:
    """With a capital."""
    return clause[0].upper() + clause[1:]
