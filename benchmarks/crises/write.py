"""The articles of an invented crisis: who publishes what, when, and what it copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from crises.claims import Claim, Setting, claim
from crises.plan import Plan, Teller, plan, twin
from crises.planted import record_planted, record_twin
from crises.tables import words
from crises.truth import Crisis, Event, Telling
from crises.values import opened
from crises.voicing import attributed, own, passed_on
from crises.world import Outlet, World

_PRONOUN = re.compile(
    r"^(?:He|She|It|They)\b|, (?:he|she|it|they) (?:said|stated|reported|an|told)"
    r"|” (?:he|she|it|they) "
)

_REVISIONS = ("update", "rise")
"""Shapes told when all else has been: nobody repeats an old number after it was revised."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence as it will stand: what event it tells of (-1: none), from whom, saying what."""

    text: str
    event: int = -1
    origin: str = ""
    claim: Claim = field(default_factory=lambda: Claim("", {}))

    @property
    def leans(self) -> bool:
        """Whether its pronoun needs the sentence before it."""
        return bool(_PRONOUN.search(self.text))


@dataclass(slots=True)
class Draft:
    outlet: Outlet
    published: date
    title: Piece
    paragraphs: list[list[Piece]]
    teller: Teller
    of: int


class Desk:
    """Writes what is published of each event."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world = world
        self.chance = chance
        self.drafts: list[Draft] = []
        self._there: list[Outlet] = []
        self._forms: dict[tuple[int, str], str] = {}

    def cover(self, event: int, plan: Plan) -> None:
        """All articles about one event: one for each teller, then what copies and adds."""
        self._there = [t.outlet for t in plan.tellers if t.outlet is not None]
        first = [self._original(event, plan, teller) for teller in plan.tellers]
        for shape in plan.shapes:
            if shape not in _REVISIONS:
                self._shape(shape, event, plan, first)
        extra = self.chance.choice([1, 2, 3, 4])
        modes: list[Callable[[int, Plan, Draft], None]] = [self._copy, self._credit, self._again]
        for _ in range(extra):
            source = self.chance.choice(first)
            if source.teller.voice is None and source.outlet.kind == "group":
                continue
            self.chance.choices(modes, [3, 3, 2])[0](event, plan, source)
        for shape in plan.shapes:
            if shape in _REVISIONS:
                self._shape(shape, event, plan, first)

    def _claim(
        self, event: int, plan: Plan, teller: Teller, role: str, setting: Setting
    ) -> Claim | None:
        """A clause in a form that no other origin of the event has used, if there is one."""
        forms = self._forms
        setting.taken = frozenset(
            form for (of, form), by in forms.items() if of == event and by != teller.origin
        )
        made = claim(plan, teller.version, role, setting, self.chance)
        if made is not None:
            forms.setdefault((event, made.form), teller.origin)
        return made

    def _original(self, event: int, plan: Plan, teller: Teller) -> Draft:
        chance = self.chance
        published = plan.version.day + timedelta(days=chance.choice([0, 1, 1, 1, 2, 3]))
        published = max(published, teller.version.day)
        outlet = teller.outlet or self._outlet_for(teller)
        if outlet.owner == f"Media Office of the {teller.origin}":
            teller = replace(teller, voice=None, outlet=outlet)
        draft = self._article(event, plan, teller, outlet, published)
        self.drafts.append(draft)
        return draft

    def _outlet_for(self, teller: Teller) -> Outlet:
        own_office = [o for o in self.world.outlets if o.name.endswith(f" {teller.origin}")]
        if own_office and self.chance.random() < 0.4:
            return own_office[0]
        return self.chance.choice([o for o in self.world.reporters() if o not in self._there])

    def _article(
        self, event: int, plan: Plan, teller: Teller, outlet: Outlet, published: date
    ) -> Draft:
        setting = Setting(published)
        said: list[Piece] = []

        def say(role: str) -> None:
            made = self._claim(event, plan, teller, role, setting)
            if made is None:
                return
            text = self._voiced(made.text, teller, first=not setting.named, day=published)
            said.append(Piece(text, event, teller.origin, made))
            setting.named = True

        for role in self._roles(plan, teller):
            say(role)
        title = self._title(event, plan, teller, published)
        return Draft(outlet, published, title, self._laid_out(plan, said), teller, event)

    def _voiced(self, clause: str, teller: Teller, *, first: bool, day: date) -> str:
        if teller.voice is None:
            return own(clause)
        return attributed(clause, teller.voice, self.chance, first=first, day=day)

    def _roles(self, plan: Plan, teller: Teller) -> list[str]:
        """What an article says: the event, then what is in dispute, then a little more."""
        chance, key, kind = self.chance, plan.key, plan.kind
        if teller.version.denies:
            return ["deny"] if chance.random() < 0.4 else ["deny", "deny"]
        counts = [slot for slot, *_ in kind.counts]
        lead = "main" if key in counts[:1] or chance.random() < 0.6 else "bare"
        roles = [lead]
        if key in counts and (lead == "bare" or key != counts[0] or chance.random() < 0.4):
            roles.append(key)
        roles += {
            "actor": ["blame"],
            "reason": ["why"],
            "recipient": ["whom"],
            "place": ["place"],
        }.get(key, [])
        if key == "place":
            roles[0] = "main"
        others = [slot for slot in counts[1:] if slot != key]
        if others and chance.random() < 0.5:
            roles.append(chance.choice(others))
        if chance.random() < 0.25 and "blame" not in roles and key != "reason":
            roles.append("blame")
        if chance.random() < 0.3:
            roles.append("refer")
        return roles

    def _title(self, event: int, plan: Plan, teller: Teller, published: date) -> Piece:
        chance, version = self.chance, teller.version
        short = teller.voice.short if teller.voice else "resident"
        counted = chance.random() < 0.6
        role = "title_deny" if version.denies else "title" if counted else "title_bare"
        setting = Setting(published, title=True, short=short)
        made = claim(plan, version, role, setting, chance)
        made = made or claim(plan, version, "title_bare", setting, chance)
        assert made is not None
        text = made.text
        if teller.voice is None:
            text = text.removesuffix(f", says {short}")
        elif not version.denies and chance.random() < 0.3:
            text = f"{text}, {short} {'say' if short == 'police' else 'says'}"
        return Piece(opened(text), event, teller.origin, made)

    def _laid_out(self, plan: Plan, said: Sequence[Piece]) -> list[list[Piece]]:
        """Paragraphs of one or two sentences, with other matter between them."""
        chance = self.chance
        paragraphs = [[said[0]]]
        for piece in said[1:]:
            if piece.leans or chance.random() < 0.4:
                paragraphs[-1].append(piece)
            else:
                paragraphs.append([piece])
        for use in chance.sample(["later", "later", "colour", "named"], chance.choice([1, 2, 3])):
            text = chance.choice(words(use)).format(
                town=chance.choice(self.world.towns),
                other=chance.choice(self.world.towns),
                province=chance.choice(self.world.provinces),
                number=chance.randint(3, 90),
                person=self.world.person(),
                trade=chance.choice(words("trade")),
            )
            at = len(paragraphs) if use == "colour" else chance.randint(1, len(paragraphs))
            paragraphs.insert(at, [Piece(text)])
        return paragraphs

    def _copy(self, event: int, plan: Plan, source: Draft) -> None:
        """Another outlet prints the article, or most of it, under a title of its own."""
        chance = self.chance
        outlet = self._other_outlet(source)
        published = source.published + timedelta(days=chance.choice([0, 0, 1]))
        kept = source.paragraphs[: max(2, len(source.paragraphs) - chance.choice([0, 0, 1]))]
        paragraphs = [list(paragraph) for paragraph in kept]
        if chance.random() < 0.5:
            paragraphs.append([Piece(f"Source: {source.outlet.name}.")])
        title = self._title(event, plan, source.teller, published)
        self.drafts.append(Draft(outlet, published, title, paragraphs, source.teller, event))

    def _credit(self, event: int, plan: Plan, source: Draft) -> None:
        """Another outlet retells it in other words and says from whom it has it."""
        chance, teller = self.chance, source.teller
        published = source.published + timedelta(days=chance.choice([0, 1, 2]))
        setting = Setting(published)
        said = []
        for role in self._roles(plan, teller)[:2]:
            made = self._claim(event, plan, teller, role, setting)
            if made is not None:
                text = passed_on(
                    made.text, teller.voice, source.outlet.name, chance, day=source.published
                )
                said.append(Piece(text, event, teller.origin, made))
                setting.named = True
        title = self._title(event, plan, teller, published)
        laid = self._laid_out(plan, said)
        self.drafts.append(Draft(self._other_outlet(source), published, title, laid, teller, event))

    def _again(self, event: int, plan: Plan, source: Draft) -> None:
        """Another outlet hears the same voice."""
        if source.teller.voice is None:
            return self._credit(event, plan, source)
        published = source.published + timedelta(days=self.chance.choice([0, 0, 1]))
        outlet = self._other_outlet(source)
        self.drafts.append(self._article(event, plan, source.teller, outlet, published))
        return None

    def _other_outlet(self, source: Draft) -> Outlet:
        others = [o for o in self.world.reporters() if o not in (source.outlet, *self._there)]
        return self.chance.choice(others)

    def _shape(self, shape: str, event: int, plan: Plan, first: Sequence[Draft]) -> None:
        """Plant a look-alike, in an article that is there or in one more."""
        draft, chance = self.chance.choice(first), self.chance
        teller = draft.teller
        if teller.version.denies:
            return
        if shape in ("scope", "part", "unreal", "namesake"):
            self._add(shape, event, plan, draft)
        elif shape in ("update", "rise", "same_voice", "rounding", "refinement"):
            self._revised(shape, event, plan, draft)
        elif shape == "headline" and plan.kind.counts:
            slot, _, value = self._main_count(plan, teller)
            self._count_told(event, plan, draft)
            wrong = replace(teller, version=teller.version.with_count(slot, value + max(4, value)))
            made = claim(plan, wrong.version, "title", Setting(draft.published, title=True), chance)
            assert made is not None
            marked = replace(made, says={}, shape="headline")
            draft.title = Piece(opened(marked.text), event, teller.origin, marked)
        elif shape == "author" and teller.voice is not None and plan.kind.counts:
            slot, role, value = self._main_count(plan, teller)
            self._count_told(event, plan, draft)
            version = teller.version.with_count(slot, value + max(4, value))
            made = claim(plan, version, role, Setting(draft.published, named=True), chance)
            assert made is not None
            text = f"{chance.choice(['But', 'In fact,', 'However,'])} {made.text}."
            marked = replace(made, says={}, shape="author")
            draft.paragraphs.append([Piece(text, event, draft.outlet.name, marked)])

    def _count_told(self, event: int, plan: Plan, draft: Draft) -> None:
        """Let the article give the main count, so that a headline or author can differ from it."""
        slot, role, _ = self._main_count(plan, draft.teller)
        told = [piece for paragraph in draft.paragraphs for piece in paragraph]
        if any(slot in piece.claim.says for piece in told):
            return
        made = self._claim(event, plan, draft.teller, role, Setting(draft.published, named=True))
        if made is not None:
            text = self._voiced(made.text, draft.teller, first=True, day=draft.published)
            draft.paragraphs[0].append(Piece(text, event, draft.teller.origin, made))

    def _main_count(self, plan: Plan, teller: Teller) -> tuple[str, str, int]:
        slot = plan.kind.counts[0][0]
        return slot, slot, teller.version.counted(slot)

    def _add(self, shape: str, event: int, plan: Plan, draft: Draft) -> None:
        """One more sentence of the same voice."""
        role = "deny" if shape == "namesake" else shape
        changed = plan
        if shape == "namesake":
            office = self.chance.choice([o for o in words("office") if o not in plan.victim])
            surname = plan.victim.split()[-1]
            changed = replace(
                plan, victim=f"{office} {self.world.person(surname=surname, man=True)}"
            )
        setting = Setting(draft.published)
        made = claim(changed, draft.teller.version, role, setting, self.chance, shape=shape)
        if made is not None:
            text = self._voiced(made.text, draft.teller, first=True, day=draft.published)
            draft.paragraphs.append([Piece(text, event, draft.teller.origin, made)])

    def _revised(self, shape: str, event: int, plan: Plan, draft: Draft) -> None:
        """A later, a vaguer or another number or day, in one more article."""
        chance, teller = self.chance, draft.teller
        if shape == "same_voice":
            self._count_told(event, plan, draft)
        days = [d.published for d in self.drafts if d.of == event]
        later = max(days) + timedelta(days=1) if shape in _REVISIONS else draft.published
        version, role, vague = teller.version, "main", False
        if shape == "refinement":
            version, vague = version, True
        else:
            slot, _, value = self._main_count(plan, teller)
            if shape == "rounding":
                version = replace(version, hedges=frozenset((slot,)))
            else:
                version = version.with_count(slot, value + max(3, value // 2))
            role = "rise" if shape in _REVISIONS else "main"
            setting_before = value
        setting = Setting(later, vague=vague)
        setting.before = setting_before if shape != "refinement" else 0
        made = claim(plan, version, role, setting, chance)
        if made is None:
            return
        made = replace(made, says={}, shape=shape)
        told = teller
        if shape in ("rise", "rounding", "refinement"):
            told = self._another(plan, teller)
        text = self._voiced(made.text, told, first=True, day=later)
        outlet = told.outlet or self._other_outlet(draft)
        piece = Piece(text, event, told.origin, made)
        title = claim(plan, version, "title_bare", Setting(later, title=True), chance)
        assert title is not None
        head = Piece(opened(title.text), event, told.origin, replace(title, says={}))
        laid = self._laid_out(plan, [piece])
        self.drafts.append(Draft(outlet, later, head, laid, told, event))

    def _another(self, plan: Plan, teller: Teller) -> Teller:
        """A witness who agrees with a teller."""
        voice = self.world.witness() if self.chance.random() < 0.5 else self.world.monitor
        return replace(teller, origin=voice.origin, voice=voice, outlet=None)


def generate(seed: int, articles: int) -> Crisis:
    """A crisis of about `articles` articles: a twin event may bring a few more."""
    chance = Random(seed)
    world = World(chance)
    desk = Desk(world, chance)
    plans: list[Plan] = []
    twins: list[tuple[int, int]] = []
    while len(desk.drafts) < articles:
        made = plan(world, chance)
        before = len(desk.drafts)
        desk.cover(len(plans), made)
        if len(desk.drafts) > articles and plans:
            del desk.drafts[before:]
            break
        plans.append(made)
        again = twin(made, world, chance)
        if again is not None:
            twins.append((len(plans) - 1, len(plans)))
            desk.cover(len(plans), again)
            plans.append(again)
    return _published(desk.drafts, plans, twins)


def _published(
    drafts: Sequence[Draft], plans: Sequence[Plan], twins: Sequence[tuple[int, int]]
) -> Crisis:
    events = [Event(f"e{n:03}", p.kind.name, p.label) for n, p in enumerate(plans)]
    records = []
    for number, draft in enumerate(sorted(drafts, key=lambda d: d.published)):
        name, text = f"a{number:04}", ""
        for paragraph in [[draft.title], *draft.paragraphs]:
            text += "\n\n" if text else ""
            for place, piece in enumerate(paragraph):
                text += " " if place else ""
                start = len(text)
                text += piece.text
                if piece.event >= 0:
                    made = piece.claim
                    telling = Telling(name, start, len(text), piece.origin, made.says, made.shape)
                    events[piece.event].tellings.append(telling)
        records.append(
            {
                "id": name,
                "title": draft.title.text,
                "outlet": draft.outlet.name,
                "published": draft.published.isoformat(),
                "text": text,
            }
        )
    for event, made_plan in zip(events, plans, strict=True):
        record_planted(event, made_plan)
    for one, other in twins:
        record_twin(events[one], events[other], plans[one])
    return Crisis(tuple(records), tuple(events))
