"""One clause of an event, as a voice would put it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from crises.plan import Plan, Version
from crises.tables import forms, slots
from crises.values import hedged, number, when

_SMALL = ("few", "many")


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause without its full stop; `says` are its answers, `shape` the look-alike that it is.

    `form` is the sentence of sentences.tsv that it fills.
    """

    text: str
    says: Mapping[str, str]
    shape: str = ""
    form: str = ""


@dataclass(slots=True)
class Setting:
    """Where a clause stands: the day of its article, and whether people were named in it before.

    `taken` are forms that another origin used of the same event: who tells of it by himself does
    not use the words of others.
    """

    published: date
    title: bool = False
    named: bool = False
    before: int = 0
    short: str = ""
    vague: bool = False
    taken: frozenset[str] = frozenset()
    extra: dict[str, str] = field(default_factory=dict)


def claim(
    plan: Plan, version: Version, role: str, setting: Setting, chance: Random, *, shape: str = ""
) -> Claim | None:
    """A clause in a role, or None where the kind of event has none."""
    found = [
        f for f in forms(plan.kind.name, role) if not (setting.named and f.startswith("{when}"))
    ]
    if not found:
        return None
    form = chance.choice([f for f in found if f not in setting.taken] or found)
    text = form.format(**_filled(plan, version, setting, chance))
    if shape:
        return Claim(text, {}, shape, form)
    return Claim(text, _says(version, role, slots(form), setting), form=form)


def _says(version: Version, role: str, used: frozenset[str], setting: Setting) -> dict[str, str]:
    if role in ("deny", "title_deny"):
        return {"happened": "no"}
    said = {"happened": "yes"}
    for slot, counted in version.counts:
        if {slot, f"{slot}_n"} & used and slot not in version.hedges:
            said[slot] = str(counted)
    if "when" in used and not setting.vague:
        said["time"] = version.day.isoformat()
    for slot, key, value in (
        ("town", "place", version.town),
        ("doer", "actor" if role == "blame" else "", version.doer),
        ("why", "reason", version.why),
        ("cause", "reason" if role == "why" else "", version.why),
        ("whom", "recipient", version.whom),
    ):
        if slot in used and key:
            said[key] = value
    return said


def _filled(plan: Plan, version: Version, setting: Setting, chance: Random) -> dict[str, str]:
    cause = version.why if plan.kind.name in ("flood", "explosion") else plan.words.get("cause", "")
    filled = {
        **plan.words,
        "cause": cause,
        "town": version.town,
        "province": plan.province,
        "doer": version.doer,
        "why": version.why,
        "whom": version.whom,
        "when": _when(version, setting, chance),
        "victim": _person(plan.victim, setting),
        "other": _person(plan.other, setting),
        "short": setting.short,
        "few": number(chance.randint(2, 3), chance),
        "many": f"{chance.choice([150, 200, 240, 400, 600, 1200]):,} {_noun(plan)}",
        "before_n": str(setting.before),
    }
    for name in ("weapon", "target", "site"):
        word = plan.words.get(name, "")
        filled[f"a_{name}"] = f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"
    for slot, noun, *_ in plan.kind.counts:
        text = _count(version, slot, setting, chance)
        filled[f"{slot}_n"] = text.removesuffix(" of")
        filled[slot] = f"{text} {noun}"
    return filled


def _noun(plan: Plan) -> str:
    return plan.kind.counts[0][1] if plan.kind.counts else "people"


def _when(version: Version, setting: Setting, chance: Random) -> str:
    if setting.vague:
        return chance.choice([f"in {version.day:%B}", f"in {version.day:%B %Y}"])
    return when(version.day, setting.published, chance)


def _count(version: Version, slot: str, setting: Setting, chance: Random) -> str:
    value = version.counted(slot)
    if slot in version.hedges:
        return hedged(value, chance)
    return number(value, chance, digits=setting.title)


def _person(named: str, setting: Setting) -> str:
    """With the office at first, then the name, or the surname in a title."""
    *_, first, last = named.split()
    if setting.title:
        return last
    return f"{first} {last}" if setting.named else named
