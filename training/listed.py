"""Derive the other names of listed groups: `src/rashomon/data/listed_groups.tsv`.

    python training/listed.py DIR

DIR holds `sdn.csv` and `alt.csv` of the sanctions list of the US Treasury, a work of the US
government, in the public domain. Taken are the groups under the programme FTO (foreign terrorist
organisations), which has no firms. Left out is a name

- that two entries share, also but for its states ("Islamic Jihad", "Palestinian Islamic Jihad");
- of common nouns only, or of one word, unless it is the entry's first name or spells its initials;
- of a part ("Brigades", "Squad") where the first name has none;

and so is an entry with one name left, and one that `known_actors.tsv` has under any name.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rashomon.identify.actors import groups
from rashomon.identify.actors.names import plain_words
from sanctions import programmes, rows

OUT = Path(__file__).parent.parent / "src/rashomon/data/listed_groups.tsv"
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SHORT = 3
_HEAD = """\
# Other names of armed groups, for joining what spelling cannot join: each row is one group.
# Source: the Specially Designated Nationals list of the US Treasury (OFAC), programme FTO, a work
# of the US government, public domain; derived by training/listed.py. That a group stands here says
# nothing about it but that these names are one's. Licence of the table: Apache-2.0.
entry\tnames"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("list", type=Path)
    options = parser.parse_args()
    names: dict[str, dict[str, None]] = {}
    for row in rows(options.list / "sdn.csv"):
        if len(row) > 3 and row[2] == "-0-" and "FTO" in programmes(row):
            names[row[0]] = {_clean(row[1]): None}
    for row in rows(options.list / "alt.csv"):
        if len(row) > 3 and row[0] in names:
            names[row[0]][_clean(row[3])] = None
    forms = [{form for raw in listed for form in _forms(raw)} for listed in names.values()]
    held = Counter(form for some in forms for form in some)
    lines = [_HEAD]
    for entry in sorted(names, key=int):
        alone = [raw for raw in names[entry] if all(held[form] == 1 for form in _forms(raw))]
        kept = [raw for raw in alone if _tells(raw, list(names[entry]))]
        if len(kept) > 1 and not any(groups.known(raw) for raw in names[entry]):
            lines.append(f"{entry}\t{';'.join(kept)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} groups, {OUT.stat().st_size} bytes")


def _clean(name: str) -> str:
    return " ".join(plain_words(_BRACKETS.sub("", name)))


def _forms(raw: str) -> set[str]:
    """A name as a whole and without its states."""
    return {raw, " ".join(groups.base(groups.bag(raw)))} - {""}


def _tells(raw: str, listed: Sequence[str]) -> bool:
    """Whether a name means this entry's group and no other, nor a part of it."""
    first, words = listed[0], set(raw.split())
    short = {initials.lower() for name in listed for initials in groups.initials(name)}
    return (
        not groups.common(groups.bag(raw))
        and (" " not in raw or len(groups.bag(raw)) > 1)
        and (" " in raw or raw == first or (len(raw) > _SHORT and raw in short))
        and not (words & groups.uses("unit")) - set(first.split())
    )


if __name__ == "__main__":
    main()
