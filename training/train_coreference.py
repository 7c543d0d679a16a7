"""From annotated texts to the rankers that ship: one command, some minutes on one core.

    python training/train_coreference.py --gum DIR --litbank DIR --meantime DIR [--folds K]

`--out DIR` writes elsewhere than to the package. Learns from LitBank and MEANTIME (CC BY 4.0), GUM
(CC BY; only the documents that `conll.unseen` does not hold back) and the crises of `corpus/` that
`corpus/unseen.txt` does not name. With --folds it writes nothing: GUM's documents are learnt in
turns without one fold, and the held-out folds are scored together. Loss: the negative
log of the probability of all true antecedents together, nobody being the true one of a first
mention (Durrett and Klein 2013, as Lee et al. 2017 use it); Adam; numpy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "benchmarks")]

from conll import Annotated, heads, read_gum, read_litbank, read_meantime, read_own, unseen
from coreference import Score
from marked import read_corpus
from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.extract.references import pairs as compare
from rashomon.extract.references.pairs import Groups, Pairs, nominal_pairs, pronoun_pairs
from rashomon.extract.references.phrases import WIDTH, Phrases, phrases
from rashomon.extract.references.ranker import WEIGHTS, Ranker, chances
from rashomon.extract.references.resolve import LEAST, resolve, take

Floats = NDArray[np.float32]
SHIPPED = HERE.parent / "src" / "rashomon" / "data" / "coreference"
CORPUS = HERE.parent / "corpus"
HIDDEN, EPOCHS, RATE, DECAY, DROPPED = 64, 12, 4e-3, 2e-5, 0.2
SHARES = {"gum": 4.0, "litbank": 1.0, "meantime": 1.0, "own": 1.0}
"""How much one document of each source counts."""


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed text with the entity of each phrase ("": none is marked)."""

    source: str
    name: str
    parse: Parse
    gold: dict[int, str]
    whole: bool
    found: Phrases

    def entities(self) -> NDArray[np.int64]:
        """A number for each phrase's entity, 0 for none."""
        number = {entity: k for k, entity in enumerate(sorted({*self.gold.values()}), 1)}
        listed = [number.get(self.gold.get(at, ""), 0) for at in self.found.heads.tolist()]
        return np.array(listed, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Example:
    """The pairs of a text to learn from, and which of them are true."""

    traits: Floats
    pairs: Pairs
    true: NDArray[np.bool_]
    share: float


def read(source: str, documents: Iterable[Annotated]) -> list[Text]:
    found = []
    for document in documents:
        parse = language.parse(document.text, document.paragraphs)
        gold = heads(parse, document)
        found.append(Text(source, document.name, parse, gold, document.whole, phrases(parse)))
    return found


def example(text: Text, pairs: Pairs) -> Example:
    """The pairs whose answer is known: what is not marked tells nothing but in a whole text."""
    entities = text.entities()
    known = entities[pairs.later] != 0
    if text.whole:
        known[:] = True
    true = (entities[pairs.later] == entities[pairs.earlier]) & (pairs.earlier >= 0)
    true &= entities[pairs.later] != 0
    begins = np.flatnonzero(pairs.earlier < 0)
    sizes = np.diff(np.append(begins, len(pairs)))
    any_true = np.logical_or.reduceat(true, begins) if len(begins) else true
    true[begins] = ~any_true
    first = _firsts(entities)
    lost = np.repeat(~any_true & ~first[pairs.later[begins]], sizes)
    keep = known & ~lost
    kept = Pairs(pairs.later[keep], pairs.earlier[keep], pairs.codes[keep])
    return Example(text.found.vectors(), kept, true[keep], SHARES[text.source])


def _firsts(entities: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a phrase is the first of its entity, or of none."""
    first = np.zeros(len(entities), dtype=bool)
    first[np.unique(entities, return_index=True)[1]] = True
    first |= entities == 0
    return first


def learn(examples: Sequence[Example], *, epochs: int = EPOCHS, seed: int = 7) -> Ranker:
    """Adam over one text at a time, the rate falling to nothing; one hidden layer."""
    rng = np.random.default_rng(seed)
    shapes = ((WIDTH, HIDDEN), (WIDTH, HIDDEN), (compare.WIDTH, HIDDEN), (HIDDEN,), (HIDDEN,))
    weights = [(rng.standard_normal(s) * 0.1).astype(np.float32) for s in shapes]
    first, second = ([np.zeros_like(x) for x in weights] for _ in range(2))
    step, steps = 0, epochs * len(examples)
    for _ in range(epochs):
        for k in rng.permutation(len(examples)):
            step += 1
            if not len(examples[k].pairs):
                continue
            rate = RATE * (1 - step / (steps + 1))
            for at, slope in enumerate(_slopes(weights, examples[k], rng)):
                slope = slope + DECAY * len(examples[k].pairs) * weights[at] * 0.01
                first[at] = 0.9 * first[at] + 0.1 * slope
                second[at] = 0.999 * second[at] + 0.001 * slope**2
                move = first[at] / (1 - 0.9**step)
                weights[at] -= rate * move / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
    return Ranker(*weights)


def _slopes(
    weights: Sequence[Floats], one: Example, rng: np.random.Generator
) -> tuple[Floats, ...]:
    """The loss's gradient by each weight."""
    later, earlier, pair, bias, out = weights
    pairs, vectors = one.pairs, one.pairs.vectors()
    nobody = np.vstack([one.traits, np.zeros((1, WIDTH), dtype=np.float32)])
    held = one.traits[pairs.later], nobody[pairs.earlier]
    raw = (one.traits @ later)[pairs.later] + (nobody @ earlier)[pairs.earlier]
    raw += vectors @ pair + bias
    mask = (rng.random(HIDDEN) >= DROPPED).astype(np.float32) / (1 - DROPPED)
    hidden = np.maximum(raw, 0) * mask
    scores = hidden @ out
    guess = chances(scores, pairs)
    aim = chances(np.where(one.true, scores, -1e9), pairs)
    error = ((guess - aim) * one.share).astype(np.float32)
    back = np.outer(error, out * mask) * (raw > 0)
    return held[0].T @ back, held[1].T @ back, vectors.T @ back, back.sum(0), hidden.T @ error


def both(texts: Sequence[Text], epochs: int = EPOCHS) -> tuple[Ranker, Ranker]:
    """The ranker of names and nouns, then that of pronouns among the groups that it makes."""
    first = [(text, nominal_pairs(text.found)) for text in texts]
    nominal = learn([example(text, pairs) for text, pairs in first], epochs=epochs)
    second = []
    for text, pairs in first:
        links = take(text.found, pairs, nominal, LEAST).links
        second.append(example(text, pronoun_pairs(text.found, Groups.of(text.found, links))))
    return nominal, learn(second, epochs=epochs)


def across(texts: Sequence[Text], folds: int) -> Score:
    """GUM's documents, each scored by rankers that have not seen it."""
    score = Score()
    for fold in range(folds):
        gum = [text for text in texts if text.source == "gum"]
        out = {text.name for text in gum[fold::folds]}
        rankers = both([text for text in texts if text.name not in out])
        for text in gum[fold::folds]:
            found = resolve(text.parse, rankers).clusters()
            score.add(text.parse, text.gold, [frozenset(held) for held in found])
    return score


def material(gum: Path, litbank: Path, meantime: Path, choose: Callable[[str], bool]) -> list[Text]:
    names = set((CORPUS / "unseen.txt").read_text(encoding="utf-8").split())
    crises = [crisis for crisis in read_corpus(CORPUS / "crises") if crisis.name not in names]
    texts = read("gum", [d for d in read_gum(gum) if choose(d.name)])
    texts += read("litbank", read_litbank(litbank)) + read("own", read_own(crises))
    return texts + read("meantime", read_meantime(meantime))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--gum", type=Path, required=True, help="coref_ontogum_conll")
    parser.add_argument("--litbank", type=Path, required=True, help="coref_conll")
    parser.add_argument("--meantime", type=Path, required=True, help="MEANTIME's CAT files")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    asked = parser.parse_args()
    texts = material(asked.gum, asked.litbank, asked.meantime, lambda name: not unseen(name))
    if asked.folds:
        across(texts, asked.folds).show(f"{asked.folds} folds of the learnt part")
        return
    held = {
        f"{which}_{name}": getattr(ranker, name).astype(np.float16)
        for which, ranker in zip(("nominal", "pronoun"), both(texts), strict=True)
        for name in WEIGHTS
    }
    asked.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(asked.out / "weights.npz", **held)


if __name__ == "__main__":
    main()
