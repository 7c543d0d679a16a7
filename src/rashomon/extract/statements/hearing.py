"""What has been heard so far of whether a predicate happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rashomon.base.language import Token
from rashomon.base.rows import Modality, Polarity

_SHARPER = frozenset({"expected", "threatened"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """None where nothing has been said yet. `met`: the words passed on the way up; `bearer`: the
    verb above whose tense counts; `purpose`: an infinitive that tells only what for; `future`: the
    modality is only that of a "will", which a word above may sharpen."""

    modality: Modality | None = None
    polarity: Polarity | None = None
    because: tuple[str, ...] = ()
    met: tuple[int, ...] = ()
    bearer: Token | None = None
    purpose: bool = False
    future: bool = False

    def heard(self, modality: Modality | None, polarity: Polarity | None, why: str) -> Factuality:
        """With what one more word says; what stands nearer to the predicate counts first."""
        new = self
        if modality and (self.modality is None or (self.future and modality in _SHARPER)):
            new = replace(new, modality=modality, future=False)
        if polarity == "denied":
            turned: Polarity = "affirmed" if self.polarity == "denied" else "denied"
            new = replace(new, polarity=turned)
        if new is self:
            return self
        return replace(new, because=(*self.because, why)) if why else new
