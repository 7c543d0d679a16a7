"""Restating: what an outlet tells in its own voice and has from a source.

A number that it also gives from a source; a headline or opening that its article then tells from
one source; a headline that names in short whom the article names in full ("army says").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from rashomon.base.lexicon import table
from rashomon.juxtapose.origins.described import description
from rashomon.juxtapose.origins.offices import Office, speaks_for
from rashomon.juxtapose.origins.told import Content, Counted, Tie, Told, label_key

_ANYBODY = frozenset(("witness", "resident", "survivor", "eyewitness", "local", "neighbour"))
_HARM = dict.fromkeys(("kill", "wound"), "attack")
_VAGUE = frozenset(("official", "officials", "source", "sources", "report", "reports"))


def sourced_ties(told: Mapping[str, Told], contents: Mapping[str, Content]) -> Iterator[Tie]:
    """An outlet's own accounts that give a number which it also gives from a source.

    Each is tied to one source, so that two sources of one number stay two origins.
    """
    sourced: dict[tuple[str, Counted], Told] = {}
    listed = sorted(told.values(), key=lambda a: (len(a.chain), a.id))
    for account in listed:
        for counted in _counts(account, contents) if len(account.chain) > 1 else ():
            sourced.setdefault((label_key(account.chain[0]), counted), account)
    for own in listed:
        key = label_key(own.chain[0])
        found = [sourced.get((key, c)) for c in _counts(own, contents)]
        sources = [s for s in found if s is not None and _adds_none(own, s, contents)]
        if len(own.chain) == 1 and sources:
            source = min(sources, key=lambda a: (len(a.chain), a.id))
            because = f"gives the number of {source.chain[-1]}"
            yield Tie(own.id, source.id, because, f"its number also told by {own.chain[0]}")


def _adds_none(own: Told, source: Told, contents: Mapping[str, Content]) -> bool:
    """An outlet that also gives another number of the same counts for itself."""
    return contents[own.id].counts_within(contents[source.id])


def _counts(account: Told, contents: Mapping[str, Content]) -> Sequence[Counted]:
    content = contents.get(account.id)
    return sorted(content.counts) if content else ()


def title_ties(
    told: Mapping[str, Told], contents: Mapping[str, Content], root: Callable[[str], str]
) -> Iterator[Tie]:
    """Headlines in the outlet's own voice over an article that has it all from one origin."""
    by_article: defaultdict[str, list[Told]] = defaultdict(list)
    for account in sorted(told.values(), key=lambda account: account.rank):
        if account.id in contents:
            by_article[account.article].append(account)
    for accounts in by_article.values():
        for title in accounts:
            if not contents[title.id].title_only or len(title.chain) > 2:
                continue
            body = [a for a in accounts if not contents[a.id].title_only]
            sources = [a for a in body if _shares(contents[title.id], contents[a.id])]
            if len(title.chain) > 1:
                sources = [a for a in sources if _may_be(title, a)]
            if sources and len({root(a.id) for a in body}) == 1:
                because = f"the headline over what {sources[0].chain[-1]} says"
                yield Tie(title.id, sources[0].id, because, f"summed up by {title.chain[0]}")


def _may_be(title: Told, source: Told) -> bool:
    """Whether a headline's short word for one ("governor") may mean whom the article only names, or
    a source that it does not name again."""
    short, full = title.chain[-1], source.chain[-1]
    several = short.endswith("s") and not short.endswith("ss")
    if title.voices[-1] or short != short.lower() or several:
        return False
    return source.chain == title.chain[:1] or (full[:1].isupper() and not _named_body(full))


def _named_body(label: str) -> bool:
    return any(isinstance(each, Office) for each in speaks_for(label))


def _shares(title: Content, body: Content) -> bool:
    mine = {(_HARM.get(family, family), polarity) for family, polarity in title.told}
    told = (fact.told for fact in body.facts if not fact.granted)
    return bool(mine & {(_HARM.get(family, family), polarity) for family, polarity in told})


def restating_ties(
    told: Mapping[str, Told], contents: Mapping[str, Content], root: Callable[[str], str]
) -> Iterator[Tie]:
    """Headlines and openings whose article tells the same from one origin (`root` names it)."""
    by_article: defaultdict[str, list[Told]] = defaultdict(list)
    for account in sorted(told.values(), key=lambda account: account.rank):
        if account.id in contents:
            by_article[account.article].append(account)
    for accounts in by_article.values():
        for account in accounts:
            sources = [s for s in accounts if _restates(account, s, contents)]
            if sources and len({root(s.id) for s in sources}) == 1:
                because = f"sums up what {sources[0].chain[-1]} says"
                summed = f"summed up by {account.chain[0]}"
                yield Tie(account.id, sources[0].id, because, summed)


def _restates(account: Told, source: Told, contents: Mapping[str, Content]) -> bool:
    if len(source.chain) < len(account.chain) or source is account:
        return False
    mine, theirs = contents[account.id], contents[source.id]
    before = len(account.chain)
    if theirs.title_only or not _all_told(mine, theirs) or not mine.agrees(theirs):
        return False
    if not mine.counts_within(theirs):
        return False
    if len(source.chain) > before and source.chain[:before] == account.chain:
        return before == 1 and any(f.title or f.lead for f in mine.facts)
    return (
        mine.title_only
        and not account.voices[-1]
        and len(source.chain) == before > 1
        and source.chain[:-1] == account.chain[:-1]
        and _in_short(account.chain[-1], source.chain[-1])
    )


def _all_told(mine: Content, theirs: Content) -> bool:
    """Whether the source tells all of it, and not only grants it ("confirmed that")."""
    return bool(mine.told) and mine.told <= {f.told for f in theirs.facts if not f.granted}


def _in_short(title: str, full: str) -> bool:
    """Whether a headline's word for its source may mean the source that the article names."""
    short = label_key(title)
    if short in _VAGUE:
        return True
    mine, theirs = description(title), description(full)
    if mine and theirs and mine.noun == theirs.noun:
        return True
    if mine and mine.noun in _ANYBODY and not speaks_for(full) and full[:1].isupper():
        return True
    return any(
        isinstance(one, Office) and isinstance(other, Office) and _is_arm(one, other)
        for one in speaks_for(title)
        for other in speaks_for(full)
    )


def _is_arm(one: Office, other: Office) -> bool:
    return one.body == other.body or (
        other.body in ("ministry", "department") and _arms().get(one.body) == other.task
    )


@cache
def _arms() -> Mapping[str, str]:
    return {row["word"]: row["task"] for row in table("office_words") if row["use"] == "arm"}
