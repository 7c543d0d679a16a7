"""The PLOVER type that the small reader hears where the lexicon knows none.

Only in a sentence in which the lexicon codes nothing, only the word it is surest of, and only
where somebody acts on somebody: there it is right more often than not on the corpus's unseen
crises. Where both speak, the lexicon is right more often (PLV, `benchmarks/statements.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rashomon.base.reader import Coding
from rashomon.base.rows import Statement
from rashomon.extract.statements.predicates import Predicate

BELIEVED = 0.7
"""The probability under which an act is not believed."""


def with_heard(
    found: dict[Predicate, Statement], codings: Mapping[int, Coding]
) -> dict[Predicate, Statement]:
    """The statements of a sentence, one of them with the act that was heard; `codings` by the
    offset at which their word begins."""
    if not codings or any(row.act for row in found.values()):
        return found
    heard = [
        (codings[row.predicate.start], predicate)
        for predicate, row in found.items()
        if row.predicate.start in codings and row.actors and row.recipients
    ]
    heard = [pair for pair in heard if pair[0].score >= BELIEVED]
    if not heard:
        return found
    coding, predicate = max(heard, key=lambda pair: (pair[0].score, -pair[0].word.start))
    row = found[predicate]
    spoke = f"{coding.act} heard by the small reader ({coding.score:.2f})"
    because = row.because.replace("no PLOVER type", spoke, 1)
    return found | {predicate: replace(row, act=coding.act, because=because)}
