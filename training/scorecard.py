"""Learn by what two names are told to be one: `name_rarity.tsv` and `name_points.tsv`.

    python training/scorecard.py --list DIR --pairs DIR

`--list` is the folder with `sdn.csv` and `alt.csv` (see `sanctions.py`; its working half alone is
read), `--pairs` one with `wd_arabic_80`, names from Wikidata with how often they occur
(NETransliteration, MIT). Writes both tables into `src/rashomon/data/` and prints the log-loss. A
minute on one core.

Rarity: -log of a sound's share, of the persons or organisations of the list and, for persons, of
Wikidata's names too, scaled to 0…1. Points: a logistic model over steps of each measure of
`rashomon.identify.actors.likeness`, with a ridge on the difference between neighbouring steps;
fitted by Newton's method (Hastie and Tibshirani 1990, additive models).
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.base.lexicon import table
from rashomon.identify.actors import likeness, organisations
from rashomon.identify.actors.likeness import MEASURES, Kind
from rashomon.identify.actors.names import analyse, plain_words
from rashomon.identify.actors.spelling import skeleton
from sanctions import Entry, entries, pairs, plain

DATA = Path(__file__).parent.parent / "src/rashomon/data"
KINDS: tuple[Kind, ...] = ("person", "organisation")
STEPS = 8
RIDGE = 5.0
_SCALE = {"person": 8.5, "organisation": 7.0}
_UNSEEN = 2e-4
_FORM = 0.05
_TELLS_MOST = 0.95
Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--list", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    options = parser.parse_args()
    listed = {kind: entries(options.list, kind, "work") for kind in KINDS}
    wikidata = _counts(options.pairs / "wd_arabic_80")
    rarities = {kind: dict(_rarities(kind, listed[kind], wikidata)) for kind in KINDS}
    _write(
        "name_rarity",
        "How much a word of a name tells, by its consonants (`spelling.skeleton`): 0 for the\n"
        "# commonest, 1 for one that is not here.\n"
        "# Source: counted by training/scorecard.py in half of the sanctions list of the US\n"
        "# Treasury (OFAC SDN, a work of the US government, public domain) and, for persons, in\n"
        "# NETransliteration's names from Wikidata (MIT, Copyright 2018 Amazon.com; data CC0).",
        ("kind", "sound", "rarity"),
        [
            (k, s, f"{r:.2f}")
            for k in KINDS
            for s, r in sorted(rarities[k].items())
            if r < _TELLS_MOST
        ],
    )
    rows = [row for kind in KINDS for row in _points(kind, listed[kind])]
    _write(
        "name_points",
        "What each step of each measure of two names is worth, in log-odds of one name.\n"
        "# Source: learned by training/scorecard.py on half of the sanctions list of the US\n"
        "# Treasury (OFAC SDN, a work of the US government, public domain).",
        ("kind", "measure", "at_least", "points"),
        rows,
    )


def _counts(path: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, count = line.split("\t")
        found.update({skeleton(word): int(count) for word in plain(name)})
    return found


def _words(name: str, kind: Kind) -> tuple[str, ...]:
    if kind == "person":
        return analyse(name).words
    return organisations.wording(" ".join(plain_words(name)))


def _rarities(
    kind: Kind, listed: Sequence[Entry], wikidata: Counter[str]
) -> Iterator[tuple[str, float]]:
    held: Counter[str] = Counter()
    for entry in listed:
        held.update({skeleton(word) for name in entry.names for word in _words(name, kind)})
    total = sum(wikidata.values())
    for sound in sorted(held.keys() | (wikidata.keys() if kind == "person" else set())):
        share = held[sound] / len(listed)
        if kind == "person":
            share = (share + 4 * wikidata[sound] / total) / 2
        rarity = -math.log(share + _UNSEEN) / _SCALE[kind]
        if kind == "organisation" and sound == skeleton("company"):
            rarity = _FORM
        if sound:
            yield sound, min(1.0, rarity)


def _points(kind: Kind, listed: Sequence[Entry]) -> Iterator[tuple[str, str, str, str]]:
    table.cache_clear()
    likeness.rarities.cache_clear()
    likeness.rarity.cache_clear()
    likeness.profile.cache_clear()
    drawn = pairs(listed, 1, 1)
    values = np.array([_measures(kind, pair.left, pair.right) for pair in drawn], dtype=np.float64)
    wanted = np.array([pair.same for pair in drawn], dtype=np.float64)
    columns, steps = _steps(values)
    weights = _fit(columns, wanted)
    odds = 1 / (1 + np.exp(-columns @ weights))
    loss = -np.mean(wanted * np.log(odds) + (1 - wanted) * np.log(1 - odds))
    print(f"{kind}: {len(drawn)} pairs, {len(steps)} steps, log-loss {loss:.3f}")
    yield kind, MEASURES[0], "-1", f"{weights[0]:.3f}"
    running = dict.fromkeys(range(len(MEASURES)), 0.0) | {0: float(weights[0])}
    for (measure, start), weight in zip(steps, weights[1:], strict=True):
        if measure and not running[measure]:
            yield kind, MEASURES[measure], "-1", "0"
        running[measure] += float(weight)
        yield kind, MEASURES[measure], f"{start:.3f}", f"{running[measure]:.3f}"


def _measures(kind: Kind, left: str, right: str) -> list[float]:
    ours, theirs = _profile(kind, left), _profile(kind, right)
    if not ours.words or not theirs.words:
        return [0.0] * len(MEASURES)
    pairs = likeness.pair(ours, theirs)
    return [float(value) for value in likeness.measures(ours, theirs, pairs)]


def _profile(kind: Kind, name: str) -> likeness.Profile:
    if kind == "person":
        return likeness.profile(kind, analyse(name).words)
    return organisations.profile_of(name)


def _steps(values: Floats) -> tuple[Floats, list[tuple[int, float]]]:
    """A column for each step of each measure, 1 from its start on; and which step it is."""
    columns, steps = [np.ones(len(values))], []
    for measure in range(values.shape[1]):
        some = values[:, measure]
        shares = np.linspace(0, 1, STEPS + 1)
        starts = {round(float(q), 3) for q in np.quantile(some, shares)}
        if (some > some.min()).any():
            starts |= {
                round(float(q), 3) for q in np.quantile(some[some > some.min()], shares[::2])
            }
        for start in sorted(starts)[1:]:
            column = (some >= start).astype(np.float64)
            if 10 <= column.sum() <= len(some) - 10:
                columns.append(column)
                steps.append((measure, start))
    return np.stack(columns, axis=1), steps


def _fit(columns: Floats, wanted: Floats) -> Floats:
    """Newton's method on the penalised log-likelihood; the constant is not penalised."""
    weights = np.zeros(columns.shape[1])
    ridge = np.full(columns.shape[1], RIDGE)
    ridge[0] = 1e-6
    for _ in range(30):
        odds = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (wanted - odds) - ridge * weights
        bend = (columns * (odds * (1 - odds))[:, None]).T @ columns + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def _write(name: str, head: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    lines = [f"# {head}", "# Licence of the table: Apache-2.0.", "\t".join(columns)]
    lines += ["\t".join(row) for row in rows]
    (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
