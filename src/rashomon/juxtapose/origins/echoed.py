"""Echoes: accounts whose statements stand at the same place of a repeated passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rashomon.base.store import Store
from rashomon.juxtapose.origins.told import Content, Tie, Told

Echoed = tuple[str, str, str, str, int, float]
"""The left and the right account, which side was first, the echo, its length in characters below
the headlines, and how alike its sides are."""

_TELLING = 160
"""Characters from which alike words tell of copying, where not both name one source."""
_WORD_FOR_WORD = (80, 0.95)
"""Characters, and likeness, from which one sentence that two outlets tell themselves does."""

_ECHOED = """
WITH headed AS (
  SELECT article, max("end") AS "end" FROM sentences WHERE zone = 'title' GROUP BY article
), told AS (
  SELECT a.account, a.event, s.article, s.start, s."end"
  FROM origin_told a JOIN statements s ON s.id = a.statement
), sides AS (
  SELECT id AS echo, 'left' AS side, unnest("left") FROM echoes WHERE kind <> 'shared_quotation'
  UNION ALL
  SELECT id, 'right', unnest("right") FROM echoes WHERE kind <> 'shared_quotation'
), held AS (
  SELECT t.event, t.account, e.echo, e.side,
    (greatest(t.start, e.start) - e.start) / (e."end" - e.start) AS start,
    (least(t."end", e."end") - e.start) / (e."end" - e.start) AS "end"
  FROM told t JOIN sides e ON e.article = t.article AND t.start < e."end" AND e.start < t."end"
  WHERE 2 * (least(t."end", e."end") - greatest(t.start, e.start)) >= t."end" - t.start
)
SELECT DISTINCT l.event, l.account, r.account, e.first, e.id,
  greatest(0, least(e."left"."end" - greatest(e."left".start, coalesce(lt."end", 0)),
    e."right"."end" - greatest(e."right".start, coalesce(rt."end", 0)))), e.alike
FROM held l JOIN held r ON r.event = l.event AND r.echo = l.echo AND r.account <> l.account
  JOIN echoes e ON e.id = l.echo
  LEFT JOIN headed lt ON lt.article = e."left".article
  LEFT JOIN headed rt ON rt.article = e."right".article
WHERE l.side = 'left' AND r.side = 'right' AND 2 * (least(l."end", r."end")
  - greatest(l.start, r.start)) >= least(l."end" - l.start, r."end" - r.start)
ORDER BY ALL
"""


def echoed(store: Store) -> Mapping[str, Sequence[Echoed]]:
    """The accounts that a copied or excerpted passage holds at the same place, by event."""
    found: defaultdict[str, list[Echoed]] = defaultdict(list)
    for event, *echo in store.query(_ECHOED):
        left, right, first, name, size, alike = echo
        found[event].append((left, right, first, name, size, alike))
    return found


def may_copy(told: Mapping[str, Told], each: Echoed, contents: Mapping[str, Content]) -> bool:
    """Whether the alike words can be one outlet's from the other: news of one happening is told in
    much the same words, so neither two headlines, nor two named sources, nor other numbers, nor
    a short clause that one has from a source and the other not, nor a sentence in other words.
    """
    left, right = told[each[0]], told[each[1]]
    if left.chain == right.chain and len(left.chain) > 1:
        return True
    mine, theirs = contents.get(left.id, Content()), contents.get(right.id, Content())
    if mine.title_only or theirs.title_only or mine.counts_otherwise(theirs):
        return False
    if len(left.chain) == 1 or len(right.chain) == 1:
        own = len(left.chain) == len(right.chain)
        size, alike = _WORD_FOR_WORD
        return each[4] >= _TELLING or (own and each[4] >= size and each[5] >= alike)
    named, other = set(left.keys(-1)), set(right.keys(-1))
    return bool(named & other) or (not (named and other) and each[4] >= _TELLING)


def echo_tie(told: Mapping[str, Told], each: Echoed) -> Tie:
    """From the copy to what it copies, where the echo knows which is which."""
    left, right, first, echo, *_ = each
    if first == "unknown":
        return Tie(
            left,
            right,
            f"shares a passage with {told[right].chain[0]} ({echo})",
            f"shares a passage with {told[left].chain[0]} ({echo})",
            known=False,
        )
    parent, child = (left, right) if first == "left" else (right, left)
    return Tie(
        child,
        parent,
        f"echoes {told[parent].chain[0]} ({echo})",
        f"echoed by {told[child].chain[0]} ({echo})",
    )
