"""An institution and those who speak for it: ties between their accounts of one event.

Whom a voice speaks for is read from the words of the source, from an actor's names and roles, from
"X, who leads Y", and from the name of an outlet ("Media Office of X"). What only the article can
tell ("the ministry’s spokesman") is filled in where one institution of the article fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.base.store import Store
from rashomon.juxtapose.origins.offices import Group, Office, Speaks, named_in, speaks_for
from rashomon.juxtapose.origins.told import Key, Tie, Told, label_key

_CHUNK = 500

_ACTORS = """
SELECT a.id, a.kind, a.label, a.names, [r.text FOR r IN a.roles],
  a.id IN (SELECT unnest(voices) FROM origin_told)
FROM actors a ORDER BY a.id
"""
_APPOSED = """
SELECT DISTINCT l.target, substring(d.text, q.source.start::INT + 1,
  (q.source."end" - q.source.start)::INT)
FROM quotes q JOIN links l ON l.mention = q.speaker JOIN documents d ON d.id = q.document
WHERE q.source."end" - q.source.start > 12 AND l.target IN (SELECT unnest(voices) FROM origin_told)
  AND q.article IN (SELECT article FROM origin_told)
  AND contains(substring(d.text, q.source.start::INT + 1,
    (q.source."end" - q.source.start)::INT), ', who ')
ORDER BY ALL
"""
_MENTIONED = """
SELECT DISTINCT l.target, m.article FROM links l JOIN mentions m ON m.id = l.mention
WHERE l.target IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL
"""
_TEXTS = """
SELECT r.id, substring(d.text, r.start::INT + 1, (r."end" - r.start)::INT)
FROM articles r JOIN documents d ON d.id = r.document
WHERE r.id IN (SELECT unnest(?::VARCHAR[])) ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whom the voices of a case speak for, as far as words tell it.

    `by_actor` is what is said of actors anywhere, `by_article` what an article adds to words that
    do not say enough, `bearers` the one actor that bears a name.
    """

    by_actor: Mapping[str, tuple[Speaks, ...]]
    by_article: Mapping[tuple[str, str], tuple[Office, ...]]
    bearers: Mapping[str, str]

    def claims(self, account: Told) -> Iterator[tuple[Key, bool]]:
        """What an account speaks for, and whether as the one holder of an office."""
        for each in self._said_of(account):
            if isinstance(each, Group):
                yield self._called(account, label_key(each.words)), False
            elif office := each.completed(self.by_article.get((account.article, each.body), ())):
                key = ("office", office.body, office.task, office.owner)
                yield (key if office.known else (*key, account.article)), office.single

    def itself(self, account: Told) -> Key:
        """By what others can say that they speak for the voice of an account."""
        actor = account.voices[-1]
        return ("actor", actor) if actor else self._called(account, label_key(account.chain[-1]))

    def _said_of(self, account: Told) -> Iterator[Speaks]:
        yield from speaks_for(account.chain[-1])
        yield from self.by_actor.get(account.voices[-1], ())

    def _called(self, account: Told, label: str) -> Key:
        """The actor that bears a name, else the words as far as the article goes."""
        actor = self.bearers.get(label)
        return ("actor", actor) if actor else ("label", account.article, label)


def speakers(store: Store, told: Sequence[Told]) -> Speakers:
    """All that the case says about whom the voices of these accounts speak for."""
    bearers: dict[str, str] = {}
    said: dict[str, dict[str, None]] = {}
    for actor, kind, label, names, roles, speaks in store.query(_ACTORS):
        for key in {label_key(name) for name in (label, *names)}:
            bearers[key] = actor if key not in bearers else ""
        if speaks:
            phrases = roles if kind == "person" else [*names, *roles]
            said[actor] = dict.fromkeys(sorted(phrases))
    for actor, source in store.query(_APPOSED):
        said.setdefault(actor, {})["who " + source.partition(", who ")[2]] = None
    roles = {actor: tuple(phrases) for actor, phrases in said.items()}
    by_actor = _by_actor(store, roles)
    wanted: set[tuple[str, str]] = set()
    for account in told:
        each = [*speaks_for(account.chain[-1]), *by_actor.get(account.voices[-1], ())]
        wanted.update((account.article, o.body) for o in _incomplete(each))
    return Speakers(by_actor, _named(store, wanted), bearers)


def _incomplete(said: Iterable[Speaks]) -> Iterator[Office]:
    """The offices to which an article could add something."""
    for each in said:
        if isinstance(each, Office) and not (each.owner and each.known):
            yield each


def _by_actor(store: Store, said: Mapping[str, Sequence[str]]) -> dict[str, tuple[Speaks, ...]]:
    """What is said of each actor; "the ministry’s spokesman" by the articles that say it."""
    spoken = {actor: [(p, o) for p in ps for o in speaks_for(p)] for actor, ps in said.items()}
    bare = {
        actor: [(p, o) for p, o in listed if isinstance(o, Office) and o.several and not o.known]
        for actor, listed in spoken.items()
    }
    bare = {actor: listed for actor, listed in bare.items() if listed}
    placed = _placed(store, bare)
    named = _named(store, {(a, o.body) for (_, o), where in placed.items() for a in where})
    found: dict[str, tuple[Speaks, ...]] = {}
    for actor, listed in spoken.items():
        offices = {o: None for _, o in listed if (actor, o) not in placed}
        for _, office in bare.get(actor, ()):
            offices |= dict.fromkeys(_agreed(office, placed.get((actor, office), ()), named))
        found[actor] = tuple(offices)
    return found


def _placed(
    store: Store, bare: Mapping[str, Sequence[tuple[str, Office]]]
) -> dict[tuple[str, Office], list[str]]:
    """The articles that say a bare role of an actor whom they name."""
    placed: dict[tuple[str, Office], list[str]] = {
        (actor, office): [] for actor, listed in bare.items() for _, office in listed
    }
    by_article: defaultdict[str, list[str]] = defaultdict(list)
    for actor, article in store.query(_MENTIONED, sorted(bare)) if bare else ():
        by_article[article].append(actor)
    for article, text in _texts(store, by_article):
        plain = " ".join(text.replace("'", "’").split())
        for actor in by_article[article]:
            for phrase, office in bare[actor]:
                if phrase.replace("'", "’") in plain:
                    placed[actor, office].append(article)
    return placed


def _agreed(
    office: Office, articles: Iterable[str], named: Mapping[tuple[str, str], tuple[Office, ...]]
) -> Iterator[Office]:
    """The office as its articles complete it, where they do not contradict each other."""
    whole = {office.completed(named.get((article, office.body), ())) for article in articles}
    known = [o for o in whole if o is not None and o.known]
    if known and all(o.fits(p) for o in known for p in known):
        yield max(known, key=lambda o: (bool(o.owner), o.task, o.owner))


def _texts(store: Store, articles: Iterable[str]) -> Iterator[tuple[str, str]]:
    listed = sorted(articles)
    for at in range(0, len(listed), _CHUNK):
        yield from store.query(_TEXTS, listed[at : at + _CHUNK])


def _named(
    store: Store, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Office, ...]]:
    """The institutions of the wanted kinds that articles name."""
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    for article, body in wanted:
        bodies[article].add(body)
    return {
        (article, body): named_in(text, body)
        for article, text in _texts(store, bodies)
        for body in sorted(bodies[article])
    }


def speaking_ties(told: Mapping[str, Told], speakers: Speakers) -> Iterator[Tie]:
    """Accounts of one event that speak for one institution or group, each tied to the first."""
    claims: defaultdict[Key, dict[str, bool]] = defaultdict(dict)
    for account in told.values():
        for key, single in speakers.claims(account):
            claims[key][account.id] = single
    for account in told.values():
        if (key := speakers.itself(account)) in claims:
            claims[key].setdefault(account.id, False)
    for _, held in sorted(_one_owner(claims).items()):
        listed = _without_rivals(told, held)
        for other in listed[1:]:
            yield _tie(told[other], told[listed[0]])


def _tie(account: Told, first: Told) -> Tie:
    return Tie(
        account.id,
        first.id,
        f"{account.chain[-1]} speaks for the same as {first.chain[-1]}",
        f"{first.chain[-1]} speaks for the same as {account.chain[-1]}",
        known=False,
    )


def _one_owner(claims: Mapping[Key, dict[str, bool]]) -> dict[Key, dict[str, bool]]:
    """Claims on a ministry whose state is not said go with those on the one that is, if only one
    state's is spoken of; each article's apart where there are several."""
    owners: defaultdict[Key, set[str]] = defaultdict(set)
    for key in claims:
        if key[0] == "office" and len(key) == 4:
            owners[key[:3]].add(key[3])
    found: dict[Key, dict[str, bool]] = {}
    for key, held in claims.items():
        named = owners[key[:3]] - {""} if key[0] == "office" and len(key) == 4 else set()
        if named and not key[3]:
            if len(named) > 1:
                continue
            key = (*key[:3], *named)
        found[key] = found.get(key, {}) | held
    return found


def _without_rivals(told: Mapping[str, Told], held: Mapping[str, bool]) -> list[str]:
    """The accounts that a claim ties, in order; two people in an office of one are not tied."""
    holders = {told[a].voices[-1] or told[a].chain[-1] for a, single in held.items() if single}
    named = {told[a].voices[-1] for a, single in held.items() if single} - {""}
    kept = [a for a, single in held.items() if not single or len(named) < 2 or len(holders) < 2]
    return sorted(kept, key=lambda account: told[account].rank)
