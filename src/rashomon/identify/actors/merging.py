"""From the mentions of a whole case to its actors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rashomon.base.rows import (
    Actor,
    Judgement,
    Link,
    MentionKind,
    Perhaps,
    Role,
    Skip,
    row_id,
    skip,
)
from rashomon.base.store import Store
from rashomon.identify.actors import groups
from rashomon.identify.actors.attach import Unit, Work, attach
from rashomon.identify.actors.census import raw_name, take, winner
from rashomon.identify.actors.decisions import Party, apply
from rashomon.identify.actors.joins import join
from rashomon.identify.actors.names import analyse
from rashomon.identify.actors.perhaps import perhaps
from rashomon.identify.actors.reading import Case, read
from rashomon.identify.actors.relations import follow_relations


def merge(store: Store, judgements: Sequence[Judgement]) -> Iterator[Actor | Link | Perhaps | Skip]:
    """The actors of a case, the link of each mention that means one, the pairs that are perhaps
    the same, and a `Skip` for each name that fits two actors of its article and each judgement
    whose actor is gone.

    The same tables give the same rows, in whatever order they were filled.
    """
    case = read(store)
    census = take(case.mentions, case.aliases, case.outlets)
    work = attach(case, census, join(store, census, case.mentions, case.aliases))
    follow_relations(work)
    decided = apply(_parties(work), judgements)
    links: list[Link] = []
    for actor, party in sorted(((p.id, p) for p in decided.parties), key=lambda pair: pair[0]):
        yield _actor(actor, party, case)
        links += _links(actor, party)
    yield from sorted(links, key=lambda link: link.id)
    yield from perhaps(work, decided)
    yield from decided.left_out
    yield from _open(work)


def _parties(work: Work) -> list[Party]:
    """The units in the order of the text, without those that nothing names."""
    members: dict[Unit, Party] = defaultdict(lambda: Party([]))
    for seen in work.case.mentions:
        if meant := work.meant.get(seen.id):
            members[meant.unit].members.append((seen, meant))
    return [party for party in members.values() if any(seen.named for seen, _ in party.members)]


def _open(work: Work) -> Iterator[Skip]:
    for found in work.open:
        words = " ".join(found.seen.text.split())
        reason = f"“{words}” may be {' or '.join(found.fits)}"
        yield skip("actors", work.case.names.get(found.seen.document, ""), found.seen.id, reason)


def _actor(number: str, party: Party, case: Case) -> Actor:
    names = party.names
    kind = party.kind or _kind(party, names)
    listed = tuple(sorted(names, key=lambda text: (-names[text], text)))
    label = party.label or _label(party, names, kind)
    return Actor(number, label, kind, listed, _roles(party, case) if kind == "person" else ())


def _kind(party: Party, names: Counter[str]) -> MentionKind:
    """By a vote of its mentions among the kinds of its family; a well-known actor's by the list.
    Of a group, acronyms vote only where nothing else names it: their letters do not say its kind.
    """
    family = Counter(meant.via[0] for seen, meant in party.members if seen.named)
    chosen = min(family, key=lambda name: (-family[name], name))
    if chosen == "group":
        for text in sorted(names):
            if found := groups.known(raw_name(text)):
                return found.kind
        named = [s for s, _ in party.members if s.named]
        told = [s for s in named if not groups.acronym(s.text)]
        kinds = Counter(s.kind for s in told or named)
        voted = {kind: kinds[kind] for kind in ("organisation", "armed_group") if kinds[kind]}
        return winner(voted) if voted else "organisation"  # type: ignore[arg-type]
    return chosen


def _label(party: Party, names: Counter[str], kind: MentionKind) -> str:
    """The most frequent of its full names: of two words for a person, no acronym for a group."""
    state = party.members[0][1].via[1][0] if kind == "state" else ""
    if listed := groups.state_label(state):
        return listed
    shown: Counter[str] = Counter()
    named = {text: count for text, count in names.items() if raw_name(text) == state}
    for text, count in (named or names).items():
        shown[_display(text, kind)] += count
    fullest = min(_rank(text, kind) for text in shown)
    full = [text for text in shown if _rank(text, kind) == fullest]
    return min(full, key=lambda text: (-shown[text], -len(text), text))


def _rank(text: str, kind: MentionKind) -> int:
    """0 for a full name, 1 for a short one or an office without its state, 2 for an acronym."""
    if groups.acronym(text):
        return 2
    if kind == "organisation" and groups.office(groups.bag(raw_name(text))):
        return int(not groups.nations(groups.bag(raw_name(text))))
    return 0 if " " in text or kind in ("state", "people") else 1


def _display(text: str, kind: MentionKind) -> str:
    """A name without what only its sentence adds: titles, an article, a possessive."""
    words = text.removesuffix("’s").removesuffix("'s").removesuffix("’").removesuffix("'").split()
    skip_words = len(analyse(text).titles) if kind == "person" else 0
    if len(words) > 1 and words[0].lower() in {"the", "a", "an"}:
        skip_words = max(skip_words, 1)
    return " ".join(words[skip_words:] or words)


def _roles(party: Party, case: Case) -> tuple[Role, ...]:
    """Each role phrase once, with the interval in which the articles that say it came out."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    earliest: dict[str, set[str]] = defaultdict(set)
    latest: dict[str, set[str]] = defaultdict(set)
    for seen, _ in party.members:
        published = case.published.get(seen.article)
        for role in case.roles.get(seen.id, ()):
            said[role.lower()][role] += 1
            if published and published.earliest:
                earliest[role.lower()].add(published.earliest)
            if published and published.latest:
                latest[role.lower()].add(published.latest)
    roles = [
        Role(min(texts, key=lambda text: (-texts[text], text)),
             min(earliest[key], default=None), max(latest[key], default=None))
        for key, texts in said.items()
    ]  # fmt: skip
    return tuple(sorted(roles, key=lambda role: (role.earliest or "9999", role.text)))


def _links(actor: str, party: Party) -> Iterable[Link]:
    for seen, meant in party.members:
        yield Link(
            row_id(Link, seen.id, actor), seen.id, actor, round(meant.score, 3), meant.because
        )
