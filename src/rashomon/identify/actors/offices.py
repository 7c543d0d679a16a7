"""Offices that every state has: whose "the defence ministry" is.

An article means one state's office, its own wording being kept apart from nothing else there.
Across articles two names of an office are one only with the same state. That state is, in this
order: the one that qualifies the office in the article; the only one of the case that qualifies it
anywhere, if the article names that state or none; the only one that does so among those which the
article names; the state that the article names most. A case that names one state at most has no
other to confuse it with. What stays open is an actor of its document alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rashomon.identify.actors import groups
from rashomon.identify.actors.census import Census, Form
from rashomon.identify.actors.names import plain_words
from rashomon.identify.actors.reading import Seen

Base = tuple[str, ...]


@dataclass(slots=True)
class Offices:
    """Which states each article names and how often, and the qualified offices of the case."""

    named: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    qualified: dict[Base, dict[str, Form]] = field(default_factory=lambda: defaultdict(dict))
    states: set[str] = field(default_factory=set)

    def state(self, base: Base, article: str) -> str | None:
        """The state whose office an article means; "" if the case names none; None if open."""
        here = self.named.get(article, Counter())
        home = _most(here)
        listed = self.qualified.get(base, {})
        if len(base) == 1:
            return home if home in listed else None
        if len(listed) == 1:
            (only,) = listed
            if only in here or not here:
                return only
        among = [state for state in sorted(listed) if state in here]
        if len(among) == 1:
            return among[0]
        if len(self.states) <= 1:
            return next(iter(self.states), "")
        return home


def find_offices(mentions: Iterable[Seen], census: Census) -> Offices:
    found = Offices()
    for seen in mentions:
        form = census.form(seen.text) if seen.named else None
        states = _states(seen, form)
        found.named[seen.article].update(states)
        found.states.update(states)
        if form is not None and form.full and form.family == "group" and groups.office(form.words):
            nations = sorted(groups.nations(form.words))
            if len(nations) == 1:
                found.qualified[groups.base(form.words)].setdefault(nations[0], form)
    return found


def _states(seen: Seen, form: Form | None) -> Sequence[str]:
    """The states in a name, as the words of a bag have them."""
    if form is None:
        iso = groups.capital_of(" ".join(plain_words(seen.text))) if seen.named else None
        return [groups.nation(iso)] if iso else []
    if form.family == "state":
        return [groups.nation(form.words[0])]
    return sorted(groups.nations(form.words)) if form.family == "group" else []


def _most(named: Counter[str]) -> str | None:
    """The state that is named most, if more than any other."""
    ranked = named.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
