"""Answers at odds that are no dispute of two origins: a headline over its article, an author over
the source that he quotes, and a number that a later report says has changed."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.juxtapose.disputes.answers import Side

Pair = tuple[Side, Side]


def headlines(sides: Sequence[Side]) -> tuple[list[Side], list[Pair]]:
    """The sides without answers that only headlines give, and pairs (headline, its article)."""
    kept: list[Side] = []
    pairs: list[Pair] = []
    for side in sides:
        bodies = [_under(side, other) for other in sides if other is not side]
        bodies = [body for body in bodies if body.tellings]
        if side.tellings and all(t.title for t in side.tellings) and bodies:
            pairs += [(side, body) for body in bodies]
        else:
            kept.append(side)
    return kept, pairs


def _under(title: Side, other: Side) -> Side:
    """What the articles of a headline, or those that share their origin, tell of another answer."""
    articles = {telling.article for telling in title.tellings}
    told = tuple(t for t in other.tellings if t.article in articles and not t.title)
    return Side(other.value, told) if told else other.of(title.all_origins)


def authors(sides: Sequence[Side]) -> Pair | None:
    """(the author, the source quoted): two answers of which the one is only the outlet's own, in an
    article, or its copies, that give the other from a source."""
    for side, other in (sides, sides[::-1]) if len(sides) == 2 else ():
        own = {t.article for t in side.tellings if not t.title}
        quoted = {t.article for t in other.tellings if not t.own and not t.title}
        alone = len(own) == 1 or len(side.origins) == 1
        if alone and own and own <= quoted and all(t.own for t in side.tellings):
            return side, other
    return None


def _first_days(side: Side) -> list[int]:
    """When each origin told it first; what repeats an old number later is still the old number."""
    days: dict[str, int] = {}
    for telling in side.tellings:
        for origin in telling.origins:
            published = telling.published or 1 << 30
            days[origin] = min(days.get(origin, published), published)
    return list(days.values())


def revised(sides: Sequence[Side]) -> tuple[list[Side], list[Pair]]:
    """The sides without those that a later report says have changed, and pairs (earlier, later)."""
    gone: list[Side] = []
    pairs: list[Pair] = []
    for later in sides:
        days = [t.published for t in later.tellings if t.corrects and t.published]
        for earlier in sides:
            before = days and all(first <= max(days) for first in _first_days(earlier))
            if earlier is not later and before and not any(t.corrects for t in earlier.tellings):
                gone.append(earlier)
                pairs.append((earlier, later))
    return [side for side in sides if side not in gone], pairs
