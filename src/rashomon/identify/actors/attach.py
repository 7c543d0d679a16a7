"""Which actor each mention means: full names by their form, the rest by what stands near.

A bare surname or a common noun ("the Brigades") is resolved inside its article, then inside its
document. Across documents a surname joins only with support: one actor alone in the case bears it,
and either both have an office in common or at least `_DOCUMENTS` documents hold the full name. What
stays open becomes an actor of its document alone; what fits two actors of its article stays
without an actor and is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rashomon.base.lexicon import words
from rashomon.identify.actors import groups
from rashomon.identify.actors.census import Census, Form, Key
from rashomon.identify.actors.joins import Joined
from rashomon.identify.actors.names import known_people
from rashomon.identify.actors.offices import Offices, find_offices
from rashomon.identify.actors.reading import Case, Seen
from rashomon.identify.actors.roles import office
from rashomon.identify.actors.spelling import SAME, alike, skeleton

_DOCUMENTS = 3
_CHAIN = 8
Unit = tuple[str, ...]
"""What an actor is before people's decisions: a group of forms, or a bare name of a document."""


@dataclass(frozen=True, slots=True)
class Meant:
    """That a mention means a unit. `via` is the form through which it does."""

    unit: Unit
    via: Key
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Open:
    """A name that several actors of its article fit."""

    seen: Seen
    fits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    seen: Seen
    form: Form
    meant: Meant


@dataclass(slots=True)
class Around:
    """The full names of an article or document: the first mention of each form, and what offices
    each actor has there. What a short name may stand for is worked out once."""

    first: dict[Key, Settled] = field(default_factory=dict)
    offices: dict[Unit, set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))
    known: dict[Key, dict[Unit, Settled]] = field(default_factory=dict)

    def add(self, entry: Settled, offices: set[frozenset[str]]) -> None:
        self.first.setdefault(entry.form.key, entry)
        self.offices[entry.meant.unit] |= offices

    def fitting(self, form: Form) -> dict[Unit, Settled]:
        if form.key not in self.known:
            self.known[form.key] = _fitting(form, list(self.first.values()))
        return self.known[form.key]


@dataclass(slots=True)
class Work:
    """The case with its forms, and what is settled so far, by mention id."""

    case: Case
    census: Census
    joined: Joined
    meant: dict[str, Meant] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)
    offices: dict[Unit, set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))
    documents: dict[Unit, set[str]] = field(default_factory=lambda: defaultdict(set))
    paragraphs: dict[tuple[str, int], list[Seen]] = field(default_factory=lambda: defaultdict(list))

    def unit(self, form: Form) -> Unit:
        family, words = self.joined.unions.root(form.key)
        return ("form", family, *words)

    def said(self, seen: Seen) -> set[frozenset[str]]:
        """The offices that the words around a mention give its bearer."""
        return {office(role) for role in self.case.roles.get(seen.id, ())} - {frozenset()}


def attach(case: Case, census: Census, joined: Joined) -> Work:
    """Settle every mention that can be settled: full names, then short ones, then pronouns."""
    work = Work(case, census, joined)
    by_id = {seen.id: seen for seen in case.mentions}
    in_article: dict[str, Around] = defaultdict(Around)
    in_document: dict[str, Around] = defaultdict(Around)
    short: list[tuple[Seen, Form]] = []
    for seen in case.mentions:
        if seen.paragraph is not None:
            work.paragraphs[seen.article, seen.paragraph].append(seen)
        form = census.form(seen.text) if seen.named else None
        if form is not None and form.full:
            entry, offices = _settle_full(work, seen, form)
            in_article[seen.article].add(entry, offices)
            in_document[seen.document].add(entry, offices)
        elif form is not None:
            short.append((seen, form))
    alone: dict[tuple[str, Key], list[Seen]] = defaultdict(list)
    whose = find_offices(case.mentions, census)
    for seen, form in short:
        around = [("article", in_article[seen.article])]
        if not form.vague:
            around.append(("document", in_document[seen.document]))
        if _settle_short(work, seen, form, around, by_id):
            continue
        if not (form.vague and _settle_office(work, seen, form, whose)):
            alone[seen.document, form.key].append(seen)
    _settle_alone(work, alone)
    _settle_capitals(work)
    _follow_references(work, by_id)
    return work


def _settle_full(work: Work, seen: Seen, form: Form) -> tuple[Settled, set[frozenset[str]]]:
    meant = Meant(work.unit(form), form.key, *_reason(work, form))
    offices = work.said(seen)
    work.meant[seen.id] = meant
    work.offices[meant.unit].update(offices)
    work.documents[meant.unit].add(seen.document)
    return Settled(seen, form, meant), offices


def _reason(work: Work, form: Form) -> tuple[float, str]:
    edge = work.joined.because.get(form.key)
    return (edge.score, edge.because) if edge else (1.0, "the same name")


def _settle_office(work: Work, seen: Seen, form: Form, whose: Offices) -> bool:
    """An office without its state: that of the state which its article means, if it tells."""
    base = groups.base(form.words)
    state = whose.state(base, seen.article)
    if state is None:
        return False
    full = whose.qualified.get(base, {}).get(state)
    if full is not None:
        because = f"the {full.label}: the state that its article names"
        work.meant[seen.id] = Meant(work.unit(full), full.key, 0.75, because)
    else:
        unit = ("body", *base, "/", state)
        how = "of the state that its article names" if state else "in a case that names no state"
        because = f"the same office, {how}"
        work.meant[seen.id] = Meant(unit, form.key, 0.75, because)
    return True


def _settle_short(
    work: Work,
    seen: Seen,
    form: Form,
    around: Sequence[tuple[str, Around]],
    by_id: Mapping[str, Seen],
) -> bool:
    """Settle a short name by its reference or its article, else its document; False if it stands
    alone there. One that fits several is reported and settled no further."""
    for where, there in around:
        fits = there.fitting(form)
        if not fits:
            continue
        chosen = _referred(work, seen, fits) or _choose(work, seen, fits, there)
        chosen = chosen or _in_paragraph(work, seen, fits, by_id)
        if chosen is None:
            labels = sorted({entry.form.label for entry in fits.values()})
            work.open.append(Open(seen, tuple(labels)))
            return True
        because = f"{_how(form)} {chosen.form.label} in the same {where}"
        score = 0.9 if where == "article" else 0.8
        work.meant[seen.id] = Meant(chosen.meant.unit, chosen.form.key, score, because)
        work.offices[chosen.meant.unit].update(work.said(seen))
        return True
    return False


def _how(form: Form) -> str:
    return "surname of" if form.family == "person" else "short for"


def _fitting(form: Form, there: Sequence[Settled]) -> dict[Unit, Settled]:
    """The first mention of each actor that a short name may stand for: by its last word, else by
    any."""
    for last in (True, False):
        found: dict[Unit, Settled] = {}
        for entry in there:
            if entry.meant.unit not in found and _stands_for(form, entry.form, last=last):
                found[entry.meant.unit] = entry
        if found:
            return found
    return {}


def _stands_for(form: Form, longer: Form, *, last: bool) -> bool:
    if form.family != longer.family or (form.family == "person" and groups.acronym(form.label)):
        return False
    if form.family == "group":
        return form.words == groups.base(longer.words) or (
            form.raw in groups.short_forms(longer.raw)
        )
    words = longer.words[-1:] if last else longer.words
    return any(alike(form.words[-1], word) >= SAME for word in words)


def _referred(work: Work, seen: Seen, fits: Mapping[Unit, Settled]) -> Settled | None:
    """Whom the reading of the article says that a short name refers to, if it fits."""
    meant = work.meant.get(seen.refers or "")
    return fits.get(meant.unit) if meant else None


def _choose(work: Work, seen: Seen, fits: Mapping[Unit, Settled], there: Around) -> Settled | None:
    """The one that fits, or alone has the same office here, or alone was named before."""
    if len(fits) == 1:
        return next(iter(fits.values()))
    offices = work.said(seen)
    same = {unit for unit in fits if offices & there.offices[unit]}
    before = {unit for unit, entry in fits.items() if entry.seen.start < seen.start}
    for chosen in (same, before):
        if len(chosen) == 1:
            return fits[chosen.pop()]
    return None


def _in_paragraph(
    work: Work, seen: Seen, fits: Mapping[Unit, Settled], by_id: Mapping[str, Seen]
) -> Settled | None:
    """The only one that its own paragraph speaks of before it, else the paragraph before: a
    surname goes on with whoever is being written about."""
    if seen.paragraph is None:
        return None
    for paragraph in (seen.paragraph, seen.paragraph - 1):
        spoken = {
            meant.unit
            for other in work.paragraphs.get((seen.article, paragraph), ())
            if other.start < seen.start and (meant := _meant(work, other, by_id))
        }
        if here := spoken & fits.keys():
            return fits[here.pop()] if len(here) == 1 else None
    return None


def _meant(work: Work, seen: Seen, by_id: Mapping[str, Seen]) -> Meant | None:
    """What a mention means by itself or by what it refers to, as far as that is settled."""
    target: Seen | None = seen
    for _ in range(_CHAIN):
        if target is None or target.id in work.meant:
            break
        target = by_id.get(target.refers or "")
    return work.meant.get(target.id) if target else None


def _settle_alone(work: Work, alone: Mapping[tuple[str, Key], Sequence[Seen]]) -> None:
    """Short names whose document does not hold the full one."""
    surnames = _surnames(work)
    bearers: dict[Key, dict[Unit, Form]] = {}
    for (document, key), mentions in alone.items():
        form = work.census.forms[key]
        if key not in bearers:
            bearers[key] = _bearers(work, form, surnames)
        offices = {office for seen in mentions for office in work.said(seen)}
        meant = _well_known(work, form) or _supported(work, bearers[key], offices)
        meant = meant or _same_office(form, offices)
        meant = meant or Meant(("alone", document, *key[1], key[0]), key, 1.0, "the same name")
        for seen in mentions:
            work.meant[seen.id] = meant


def _well_known(work: Work, form: Form) -> Meant | None:
    """Somebody whom the world knows by one word ("Saddam"), in a document without another bearer
    of it."""
    names = known_people().get(form.raw, ()) if form.family == "person" else ()
    for bearer in names:
        if full := work.census.forms.get(("person", bearer)):
            because = f"known by this one name: {full.label}"
            return Meant(work.unit(full), full.key, 0.8, because)
    because = f"known by this one name: {' '.join(names[0])}" if names else ""
    return Meant(("known", *names[0]), form.key, 0.8, because) if names else None


def _surnames(work: Work) -> dict[str, list[Form]]:
    """The full names of the case by the consonants of their last word."""
    found: dict[str, list[Form]] = defaultdict(list)
    for key in sorted(work.census.forms):
        form = work.census.forms[key]
        if form.family == "person" and form.full:
            found[skeleton(form.words[-1])].append(form)
    return found


def _bearers(work: Work, form: Form, surnames: Mapping[str, Sequence[Form]]) -> dict[Unit, Form]:
    """The actors of the case with a surname, each with its first full name."""
    if form.family != "person" or groups.acronym(form.label):
        return {}
    return {
        work.unit(full): full
        for full in reversed(surnames.get(skeleton(form.words[-1]), ()))
        if alike(form.words[-1], full.words[-1]) >= SAME
    }


def _supported(work: Work, fits: Mapping[Unit, Form], offices: set[frozenset[str]]) -> Meant | None:
    """The only actor of the case with this surname, if an office or several documents agree."""
    if len(fits) != 1:
        return None
    ((unit, full),) = fits.items()
    if shared := sorted(" ".join(sorted(both)) for both in offices & work.offices[unit]):
        because = f"the only {full.label} of the case, with the same office: {shared[0]}"
        return Meant(unit, full.key, 0.75, because)
    if len(work.documents[unit]) >= _DOCUMENTS:
        because = f"the only one of this surname in the case: {full.label}"
        return Meant(unit, full.key, 0.7, because)
    return None


def _same_office(form: Form, offices: set[frozenset[str]]) -> Meant | None:
    """A surname that nowhere has a first name, with an office: one actor for both together."""
    if form.family != "person" or not offices:
        return None
    shared = min(sorted(office) for office in offices)
    because = f"the same name and office: {' '.join(shared)}"
    return Meant(("office", *form.words, "/", *shared), form.key, 0.8, because)


def _settle_capitals(work: Work) -> None:
    """A capital that the reading took for an actor ("Washington said") is its state."""
    for seen in work.case.mentions:
        iso = groups.capital_of(seen.text) if seen.named and seen.kind == "state" else None
        if iso and seen.id not in work.meant:
            key: Key = ("state", (iso,))
            because = f"capital for the government of {groups.state_label(iso)}"
            work.meant[seen.id] = Meant(("form", "state", iso), key, 0.8, because)


def _follow_references(work: Work, by_id: Mapping[str, Seen]) -> None:
    """Pronouns, descriptions and state words: what the reading of the article says they mean."""
    for seen in work.case.mentions:
        if seen.id in work.meant or seen.form == "name":
            continue
        target: Seen | None = seen
        for _ in range(_CHAIN):
            target = by_id.get(target.refers or "") if target else None
            if target is None or target.id in work.meant:
                break
        if target is not None and target.id in work.meant:
            meant = work.meant[target.id]
            score = round(meant.score * (0.7 if seen.form == "pronoun" else 0.75), 3)
            because = f"{_how_meant(seen)} “{' '.join(target.text.split())}”"
            work.meant[seen.id] = Meant(meant.unit, meant.via, score, because)


def _how_meant(seen: Seen) -> str:
    own_words = seen.form == "pronoun" and seen.text.lower() in words("first_persons")
    return "said by" if own_words else f"{seen.form} for"
