"""The one PLOVER type of a clause as it is told (manual, "Auxiliary modes").

A cooperative act in the future is AGREE, a retreat in the future CONCEDE, a curfew, an arrest or a
boycott in the future THREATEN, an unwilling "will not" or a failure to agree REJECT. A verbal act
takes its mode from what it is about.
"""

from __future__ import annotations

from dataclasses import replace

from rashomon.base.rows import Modality, Polarity
from rashomon.extract.statements.acts import Act

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_YIELDING = frozenset({"RETREAT", "CONCEDE"})
_TOPIC = {
    "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield",
    "CONCEDE": "yield", "SUPPORT": "assist",
}  # fmt: skip
_THREAT = {
    "ASSAULT": "violence", "arrest": "arrest", "curfew": "restrict", "boycott": "restrict",
    "restrict": "restrict", "expel": "expel", "seize": "territory", "SANCTION": "relations",
}  # fmt: skip


def as_told(act: Act, polarity: Polarity, modality: Modality) -> Act:
    """The act of a clause once its modality and polarity are known."""
    if act.act == "AGREE" and (polarity, modality) == ("denied", "happened"):
        return _turned(act, "REJECT", None, "denied")
    if modality not in ("planned", "expected"):
        return act
    if polarity == "denied" and act.act in _COOPERATIVE | _YIELDING | {"AGREE"}:
        return _turned(act, "REJECT", _TOPIC.get(act.act or ""), f"{modality}, denied")
    if act.act in _COOPERATIVE:
        return _turned(act, "AGREE", None, modality)
    if act.act == "RETREAT":
        return _turned(act, "CONCEDE", None, modality)
    if act.act in ("COERCE", "PROTEST") and act.mode in _THREAT:
        return _turned(act, "THREATEN", _THREAT[act.mode], modality)
    return act


def _turned(act: Act, code: str, mode: str | None, why: str) -> Act:
    name = " ".join(filter(None, (code, mode)))
    return replace(act, act=code, mode=mode, because=f"{act.because}, {why}: {name}")


def with_topic(act: Act, below: Act | None) -> Act:
    """A request, refusal or threat takes its mode from the act it is about."""
    if below is None or below.act is None or act.mode is not None:
        return act
    if act.act in ("REQUEST", "REJECT"):
        mode = _TOPIC.get(below.act)
    elif act.act == "THREATEN":
        mode = _THREAT.get(below.mode or "") or _THREAT.get(below.act)
    else:
        return act
    return replace(act, mode=mode, because=act.because + (f" {mode}" if mode else ""))
