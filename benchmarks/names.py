"""Score whether two names name one, on the aliases of a sanctions list.

    python benchmarks/names.py DIR [--half unseen] [--wrong]

DIR holds `sdn.csv` and `alt.csv` of the sanctions list of the US Treasury. `training/sanctions.py`
says which entries count, how they are halved and how pairs are drawn. The matcher is the product's
(`names.compare`, `organisations.compare`); what it learned it learned on the half "work". It uses
no table of aliases: none comes from this list, and well-known actors are not looked up here.

Two draws: *even*, for each pair of one entry half a hard negative and half a random one; *hard*,
two hard and one random. For each kind, draw and matcher: the best F1 over all thresholds with its
precision and recall, the recall at a precision of .95, and pairs per CPU-second, which counts
taking the names apart. For ours also precision and recall where the product joins by spelling
(`SAME`). Beside it stand rapidfuzz's Jaro-Winkler and token set ratio on the lower-cased names.
`--wrong` lists the surest mistakes of both sorts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import get_args

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_set_ratio

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))

from rashomon.identify.actors import organisations
from rashomon.identify.actors.names import analyse, compare
from rashomon.identify.actors.spelling import SAME
from sanctions import Half, Kind, Pair, entries, pairs

DRAWS = {"even": (0.5, 0.5), "hard": (2.0, 1.0)}
PRECISION = 0.95
Matcher = Callable[[str, str], float]


def person(left: str, right: str) -> float:
    return compare(analyse(left), analyse(right)).score


def organisation(left: str, right: str) -> float:
    return organisations.compare(left, right).score


def jaro_winkler(left: str, right: str) -> float:
    return JaroWinkler.similarity(left.lower(), right.lower())


def token_set(left: str, right: str) -> float:
    return token_set_ratio(left.lower(), right.lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("list", type=Path)
    parser.add_argument("--half", choices=get_args(Half), default="work")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    ours: dict[Kind, Matcher] = {"person": person, "organisation": organisation}
    for kind, matcher in ours.items():
        listed = entries(options.list, kind, options.half)
        for draw, ratio in DRAWS.items():
            drawn = pairs(listed, *ratio)
            same = sum(pair.same for pair in drawn)
            print(f"{kind}, {draw}: {len(listed)} entries, {same} of {len(drawn)} pairs are one")
            for title, how in (
                ("Jaro-Winkler", jaro_winkler),
                ("token set ratio", token_set),
                ("ours", matcher),
            ):
                scores, speed = _run(how, drawn)
                print(f"  {kind}, {draw}, {title:16}{_best(scores, drawn)}  {speed:,.0f} pairs/s")
            print(f"  {kind}, {draw}, ours as joined   {_joined(scores, drawn)}")
            if options.wrong:
                _wrong(scores, drawn)


def _run(how: Matcher, drawn: Sequence[Pair]) -> tuple[list[float], float]:
    how(drawn[0].left, drawn[0].right)
    start = time.process_time()
    scores = [how(pair.left, pair.right) for pair in drawn]
    return scores, len(drawn) / (time.process_time() - start)


def _best(scores: Sequence[float], drawn: Sequence[Pair]) -> str:
    """The best F1 with its precision and recall, and the recall at the precision asked."""
    ranked = sorted(zip(scores, (pair.same for pair in drawn), strict=True), reverse=True)
    wanted, right, taken = sum(same for _, same in ranked), 0, 0
    best, at_precision = (0.0, 0.0, 0.0), 0.0
    for _, level in groupby(ranked, key=lambda pair: pair[0]):
        tied = [same for _, same in level]
        right, taken = right + sum(tied), taken + len(tied)
        precision, recall = right / taken, right / wanted
        best = max(best, (2 * right / (taken + wanted), precision, recall))
        if precision >= PRECISION:
            at_precision = max(at_precision, recall)
    f1, precision, recall = best
    return f"F1 {f1:.3f} (P {precision:.3f} R {recall:.3f})  R at P .95 {at_precision:.3f}"


def _joined(scores: Sequence[float], drawn: Sequence[Pair]) -> str:
    taken = [pair.same for score, pair in zip(scores, drawn, strict=True) if score >= SAME]
    wanted = sum(pair.same for pair in drawn)
    return f"P {sum(taken) / max(1, len(taken)):.3f} R {sum(taken) / wanted:.3f}"


def _wrong(scores: Sequence[float], drawn: Sequence[Pair]) -> None:
    ranked = sorted(zip(scores, drawn, strict=True), key=lambda pair: (pair[0], pair[1].left))
    missed = [(score, pair) for score, pair in ranked if pair.same]
    taken = [(score, pair) for score, pair in reversed(ranked) if not pair.same]
    for title, some in (("apart", missed[:: max(1, len(missed) // 120)][:60]), ("one", taken[:40])):
        for score, pair in some:
            print(f"    wrongly {title}: {score:.3f}  {pair.left} | {pair.right}")


if __name__ == "__main__":
    main()
