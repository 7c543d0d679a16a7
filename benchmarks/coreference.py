"""Score coreference on OntoGUM: which noun phrases of a text are one.

    python benchmarks/coreference.py FOLDER [--part all|learnt|unseen] [--each]

FOLDER holds CoNLL files as GUM's `coref_ontogum_conll`. The text is set from their words and parsed
as an article is; no gold mention, sentence or speaker is given. Every phrase head of the parse is a
mention, and those that stay alone are left out, as OntoNotes' scheme does. Two mentions match if
they hang by the same word (the first noun or pronoun of the span whose head lies outside it).

Printed: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998), CEAF-e (Luo 2005), CoNLL (their
mean), over all texts together as the CoNLL scorer sums them; then pronouns: of the gold mentions
that are third-person personal or possessive pronouns with an earlier mention that is no pronoun,
how many are linked such that the nearest earlier mention in our chain which is no pronoun is of the
same gold chain. Beside it a baseline: the same heads, linked where the words are equal, a pronoun
to the nearest earlier phrase that agrees in number and gender.

`--part unseen` keeps to the third of the documents that nothing was learnt from.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "training")]

from conll import Annotated, heads, read_gum, unseen
from grouping import Clusters, Grouping, places
from rashomon.base import language
from rashomon.base.language import Parse
from rashomon.extract.references import words as w
from rashomon.extract.references.phrases import phrases
from rashomon.extract.references.resolve import resolve


@dataclass(slots=True)
class Score:
    """The three measures and the pronouns of some texts."""

    grouping: Grouping = field(default_factory=Grouping)
    pronouns: int = 0
    resolved: int = 0

    @property
    def conll(self) -> float:
        return self.grouping.conll

    def add(self, parse: Parse, gold: Mapping[int, str], ours: Clusters) -> None:
        self.grouping.add(ours, clusters(gold))
        asked, right_ones = _pronouns(parse, gold, ours)
        self.pronouns += asked
        self.resolved += right_ones

    def show(self, title: str) -> None:
        share = self.resolved / max(1, self.pronouns)
        print(f"{title}\n{self.grouping}")
        print(f"  pronouns  {share:.3f}  ({self.resolved} of {self.pronouns})")


def clusters(of: Mapping[int, Hashable]) -> Clusters:
    """The mentions of each entity that has two."""
    found: dict[Hashable, set[int]] = defaultdict(set)
    for mention, entity in of.items():
        found[entity].add(mention)
    return [frozenset(held) for held in found.values() if len(held) > 1]


def _pronouns(parse: Parse, gold: Mapping[int, str], ours: Clusters) -> tuple[int, int]:
    """Third-person pronouns of the gold with a name or noun before them, and those right."""
    ours_of = places(ours)
    asked = right = 0
    for at, entity in sorted(gold.items()):
        before = [m for m in gold if m < at and gold[m] == entity and not _pronoun(parse, m)]
        if not before or w.PRONOUNS.get(parse.tokens[at].lower) not in w.THIRD:
            continue
        if not _pronoun(parse, at) or parse.tokens[at].lower.endswith(("self", "selves")):
            continue
        asked += 1
        held = ours[ours_of[at]] if at in ours_of else frozenset[int]()
        nearest = max((m for m in held if m < at and not _pronoun(parse, m)), default=None)
        right += nearest is not None and gold.get(nearest) == entity
    return asked, right


def _pronoun(parse: Parse, at: int) -> bool:
    return parse.tokens[at].lower in w.PRONOUNS and parse.tokens[at].pos in ("PRON", "DET")


def baseline(parse: Parse) -> Clusters:
    """Equal words are one; a pronoun is the nearest earlier phrase that agrees with it."""
    found = phrases(parse)
    number, gender = found.trait("number").tolist(), found.trait("gender").tolist()
    form, whole = found.trait("form").tolist(), found.whole.tolist()
    root: list[int] = []
    last: dict[int, int] = {}
    for k in range(len(found)):
        link = k
        if form[k] in w.THIRD:
            fits = (
                j for j in range(k - 1, -1, -1)
                if number[j] in (number[k], w.EITHER) and gender[j] in (gender[k], w.UNKNOWN)
            )  # fmt: skip
            link = next(fits, k)
        else:
            link = last.get(whole[k], k)
            last[whole[k]] = k
        root.append(root[link] if link < k else k)
    return clusters({int(found.heads[k]): root[k] for k in range(len(found))})


def select(documents: Iterable[Annotated], part: str) -> list[Annotated]:
    return [d for d in documents if part == "all" or unseen(d.name) == (part == "unseen")]


def score(documents: Sequence[Annotated], *, each: bool) -> tuple[Score, Score]:
    """The resolver's score and the baseline's."""
    ours, plain = Score(), Score()
    for document in documents:
        parse = language.parse(document.text, document.paragraphs)
        gold = heads(parse, document)
        found = [frozenset(held) for held in resolve(parse).clusters()]
        ours.add(parse, gold, found)
        plain.add(parse, gold, baseline(parse))
        if each:
            alone = Score()
            alone.add(parse, gold, found)
            print(f"{document.name:32} CoNLL {alone.conll:.3f}  {alone.resolved}/{alone.pronouns}")
    return ours, plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("all", "learnt", "unseen"), default="all")
    parser.add_argument("--each", action="store_true", help="a line a document")
    asked = parser.parse_args()
    documents = select(read_gum(asked.folder), asked.part)
    if not documents:
        parser.error(f"no .conll files of the part {asked.part} in {asked.folder}")
    ours, plain = score(documents, each=asked.each)
    ours.show(f"resolver, {len(documents)} texts")
    plain.show("baseline: equal words, nearest pronoun antecedent that agrees")


if __name__ == "__main__":
    main()
