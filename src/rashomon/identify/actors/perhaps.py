"""Perhaps the same: pairs of actors that nearly joined, for a person to decide.

A pair is listed with the words of both sides and what brought it near: a spelling that is close
and not close enough, a shorter name that fits several longer ones, an acronym of several names, a
bare surname whose bearers stand in other documents. What fits more than `_FEW` actors tells nothing
and is not listed; of each actor, the nearest `_MOST` are. What people decided stays decided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.base.rows import Passage, Perhaps, row_id
from rashomon.identify.actors import groups
from rashomon.identify.actors.attach import Work
from rashomon.identify.actors.census import Form, Key
from rashomon.identify.actors.decisions import Decided, Party
from rashomon.identify.actors.reading import Seen
from rashomon.identify.actors.spelling import SAME, alike, skeleton

_FEW = 3
_MOST = 5
_SURNAME = 0.5


@dataclass(frozen=True, slots=True)
class _Side:
    """An actor's id and a mention of the name that was compared."""

    actor: str
    party: Party
    seen: Seen

    @property
    def words(self) -> Passage:
        return Passage(self.seen.document, self.seen.article, self.seen.start, self.seen.end)


@dataclass(frozen=True, slots=True)
class _Near:
    left: _Side
    right: _Side
    score: float
    because: str


def perhaps(work: Work, decided: Decided) -> Iterator[Perhaps]:
    """The pairs, by id; each pair of actors once, for its best reason."""
    sides = _sides(decided.parties)
    known = {frozenset((one.id, other.id)) for one, other in decided.apart}
    best: dict[tuple[str, str], _Near] = {}
    for near in (*_nearly_joined(work, sides), *_bare_surnames(work, sides)):
        pair = (near.left.actor, near.right.actor)
        if pair[0] != pair[1] and frozenset(pair) not in known:
            ordered = near if pair[0] < pair[1] else _turned(near)
            kept = best.setdefault((ordered.left.actor, ordered.right.actor), ordered)
            if (-ordered.score, ordered.because) < (-kept.score, kept.because):
                best[ordered.left.actor, ordered.right.actor] = ordered
    yield from sorted(_nearest(best), key=lambda row: row.id)


def _turned(near: _Near) -> _Near:
    return _Near(near.right, near.left, near.score, near.because)


def _nearest(best: Mapping[tuple[str, str], _Near]) -> Iterator[Perhaps]:
    listed: Counter[str] = Counter()
    for pair, near in sorted(best.items(), key=lambda item: (-item[1].score, item[0])):
        if max(listed[pair[0]], listed[pair[1]]) < _MOST:
            listed.update(pair)
            made = row_id(Perhaps, "actors", *pair)
            yield Perhaps(made, "actors", *pair, near.left.words, near.right.words,
                          round(near.score, 3), near.because)  # fmt: skip


def _sides(parties: Sequence[Party]) -> dict[Key, list[_Side]]:
    """Of each name form the actors that bear it, each with its first mention of that form."""
    found: dict[Key, list[_Side]] = defaultdict(list)
    for party in parties:
        number, told = party.id, set()
        for seen, meant in party.members:
            if seen.named and meant.via not in told:
                told.add(meant.via)
                found[meant.via].append(_Side(number, party, seen))
    return found


def _nearly_joined(work: Work, sides: Mapping[Key, Sequence[_Side]]) -> Iterator[_Near]:
    for edge in work.joined.apart:
        left, right = sides.get(edge.left, ()), sides.get(edge.right, ())
        if len(left) == len(right) == 1:
            yield _Near(left[0], right[0], edge.score, edge.because)


def _bare_surnames(work: Work, sides: Mapping[Key, Sequence[_Side]]) -> Iterator[_Near]:
    """A bare surname and those who bear it elsewhere, if they are few."""
    bearers: dict[str, list[Form]] = defaultdict(list)
    for full in work.census.forms.values():
        if full.full and full.family == "person":
            bearers[skeleton(full.words[-1])].append(full)
    for key, alone in sides.items():
        form = work.census.forms.get(key)
        if form is None or form.full or form.family != "person" or groups.acronym(form.label):
            continue
        fits = {
            side.actor: side
            for other in bearers.get(skeleton(form.words[-1]), ())
            if alike(form.words[-1], other.words[-1]) >= SAME
            for side in sides.get(other.key, ())
        }
        if len(fits) <= _FEW:
            for one in alone:
                yield from (_Near(one, side, _SURNAME, _why(fits)) for side in fits.values())


def _why(fits: Mapping[str, _Side]) -> str:
    many = "its only bearer" if len(fits) == 1 else f"one of its {len(fits)} bearers"
    return f"a bare surname, and {many} in other documents"
