"""Find: the questions on which the accounts of one event give answers that cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rashomon.base.rows import Dispute, DisputeKind, Question, row_id
from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, prepare, strength, supersede
from rashomon.juxtapose.disputes.apart import authors, headlines, revised
from rashomon.juxtapose.disputes.doers import doers
from rashomon.juxtapose.disputes.happened import denials
from rashomon.juxtapose.disputes.numbers import Tallied, tallies
from rashomon.juxtapose.disputes.parties import agents
from rashomon.juxtapose.disputes.places import sites
from rashomon.juxtapose.disputes.reasons import reasons
from rashomon.juxtapose.disputes.times import dates
from rashomon.juxtapose.disputes.victims import victims

__all__ = ["find"]

_SLIGHT = 0.3


def find(store: Store) -> Iterator[Dispute]:
    """Disputes on numbers, times, places, reasons, who did it, to whom, and whether it happened;
    and beside them what only looks like one, under the name of what it is.

    Answers are grouped by what can hold together. An origin is taken by its latest word: what it
    said before is an update. A dispute needs two origins that stand by different answers. Where
    all answers can hold, those that say more or less are a refinement, and a count of some of them
    or of more than this happening is one of another scope.
    """
    prepare(store)
    for tallied in tallies(store):
        yield from _on_numbers(tallied)
    for timed in dates(store):
        yield from _rows(timed.event, "time", "when", timed.sides, timed.apart)
        if len(timed.sides) < 2:
            yield from _refined(timed.event, "time", "when", timed.refined)
    for event, about, sides in agents(store):
        yield from _apart(event, "actor", about, sides, 1.0)
    for event, sides in doers(store):
        yield from _rows(event, "actor", "who did it", sides, 1.0)
    for event, sides in sites(store):
        yield from _rows(event, "place", "where", sides, 1.0)
    for event, sides in reasons(store):
        yield from _rows(event, "reason", "why", sides, 1.0)
    for event, about, sides in victims(store):
        yield from _rows(event, "recipient", about, sides, 1.0)
    for event, about, yes, no in denials(store):
        yield from _rows(event, "happened", about, [yes, no], 1.0)


def _on_numbers(tallied: Tallied) -> Iterator[Dispute]:
    event, what = tallied.event, tallied.what
    sides = [side for side, _ in tallied.sides]
    yield from _rows(event, "number", what, sides, tallied.apart)
    if len(sides) > 1:
        return
    if len(_standing(tallied.scopes)) > 1:
        because = "one of them counts a part, or more than this happening"
        yield _dispute(event, "number", what, "scope", tallied.scopes, 0.0, because)
    else:
        yield from _refined(event, "number", what, tallied.refined)


def _refined(
    event: str, question: Question, about: str, sides: Sequence[Side]
) -> Iterator[Dispute]:
    """Answers of different articles of which one says more than another and all can hold."""
    told = [side for side in sides if any(_told_apart(side, other) for other in sides)]
    if len(told) < 2:
        return
    standing = _standing(told)
    scores = [strength(a, b, apart=1.0) for a, b in combinations(standing, 2)]
    because = "the answers can all hold: some say more than others"
    score = round(_SLIGHT * max(scores, default=0.0), 3)
    yield _dispute(event, question, about, "refinement", told, score, because)


def _told_apart(left: Side, right: Side) -> bool:
    """Whether each is told in an article that does not tell the other."""
    one, other = ({t.article for t in side.tellings} for side in (left, right))
    return bool(one - other and other - one)


def _rows(
    event: str, question: Question, about: str, sides: Sequence[Side], apart: float
) -> Iterator[Dispute]:
    """A headline against its article, an update for each origin that changed its answer or number
    that a later report revises, and the dispute that is left, if any."""
    sides, over = headlines(sides)
    for title, body in over:
        named = f"{about} (headline of {title.tellings[0].outlet})"
        because = "the headline is at odds with what its article tells"
        yield _dispute(event, question, named, "headline", [title, body], 0.0, because)
    sides, changed = revised(sides)
    for earlier, later in changed:
        named = f"{about} ({earlier.value})"
        because = "a later report says that it has changed"
        yield _dispute(event, question, named, "update", [earlier, later], 0.0, because)
    kept, moved = supersede(sides)
    for earlier, later in moved:
        named = f"{about} ({later.tellings[-1].label})"
        because = f"{later.tellings[-1].label} gave another answer later"
        yield _dispute(event, question, named, "update", [earlier, later], 0.0, because)
    yield from _apart(event, question, about, kept, apart)


def _apart(
    event: str, question: Question, about: str, kept: Sequence[Side], apart: float
) -> Iterator[Dispute]:
    """The dispute of these answers, or that one voice gives them all."""
    standing = _standing(kept)
    pair = authors(standing)
    if pair is not None:
        because = f"{pair[0].tellings[0].outlet} itself is at odds with the source that it quotes"
        yield _dispute(event, question, about, "author", pair, 0.0, because)
    elif len(standing) > 1:
        score = max(strength(a, b, apart=apart) for a, b in combinations(standing, 2))
        counts = " against ".join(str(len(side.origins)) for side in standing)
        sure = min(side.certainty for side in standing)
        because = (
            f"independent origins: {counts}; the answers have nothing in common;"
            f" one happening with certainty {sure:.2f}"
        )
        yield _dispute(event, question, about, "dispute", standing, score, because)
    elif len(kept) > 1 and _of_two_accounts(kept):
        because = "one origin gives all of these answers"
        yield _dispute(event, question, about, "same_voice", kept, 0.0, because)


def _standing(sides: Sequence[Side]) -> list[Side]:
    """The answers that have an origin of their own against another answer with its own."""
    return [
        side
        for side in sides
        if any(
            side.origins - o.origins and o.origins - side.origins for o in sides if o is not side
        )
    ]


def _of_two_accounts(sides: Sequence[Side]) -> bool:
    """One account that gives two answers rather speaks of two things."""
    return len({account for side in sides for t in side.tellings for account in t.accounts}) > 1


def _dispute(
    event: str,
    question: Question,
    about: str,
    kind: DisputeKind,
    sides: Sequence[Side],
    score: float,
    because: str,
) -> Dispute:
    return Dispute(
        id=row_id(Dispute, event, question, about),
        event=event,
        question=question,
        about=about,
        kind=kind,
        answers=tuple(side.row() for side in sides),
        strength=score,
        because=because,
        state="open" if kind == "dispute" else "explained",
    )
