"""Which articles tell one story: how alike their words are, the rarer in the case the more.

The cosine of their words' weights, (1 + log count) * log(1 + articles / articles with the word)
(Salton and Buckley 1988), without words that recur in any text.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rashomon.base.lexicon import words
from rashomon.base.store import Store

LEAST = 0.11
"""From here on two articles are taken to tell one story."""
_KEPT = 150
MEAN = 0.095
"""The least mean likeness between the articles of two events that are joined for their story."""
_LEADING, _FEW, _NEAREST = 30, 40, 24
_SOME = 6
_SHARED = 10

_WORDS = """
CREATE OR REPLACE TEMP TABLE event_words AS
WITH said AS (
    SELECT s.article, unnest(regexp_extract_all(
        lower(substring(d.text, s.start + 1, s."end" - s.start)), '\\p{L}{3,}')) AS word
    FROM sentences s JOIN documents d ON d.id = s.document
), counted AS (
    SELECT article, word, 1 + ln(count(*)) AS often
    FROM said ANTI JOIN event_stops USING (word) GROUP BY article, word
), known AS (
    SELECT word, count(*) AS articles FROM counted GROUP BY word
), weighed AS (
    SELECT article, word, articles,
        often * ln(1 + (SELECT count(DISTINCT article) FROM counted) / articles) AS weight
    FROM counted JOIN known USING (word)
), scaled AS (
    SELECT article, word, articles, weight / sqrt(sum(weight * weight) OVER (
        PARTITION BY article ORDER BY word
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS weight
    FROM weighed
)
SELECT article, word, weight FROM scaled WHERE articles > 1
QUALIFY row_number() OVER (PARTITION BY article ORDER BY weight DESC, word) <= ?
ORDER BY article, word
"""

_STORIES = """
WITH weighty AS (
    SELECT article, word FROM event_words
    QUALIFY row_number() OVER (PARTITION BY article ORDER BY weight DESC, word) <= ?
        AND count(*) OVER (PARTITION BY word) <= ?
), met AS (
    SELECT l.article AS one, r.article AS other, count(*) AS shared
    FROM weighty l JOIN weighty r ON l.word = r.word AND l.article < r.article
    GROUP BY l.article, r.article HAVING shared > 1
)
SELECT one, other FROM met
QUALIFY row_number() OVER (PARTITION BY one ORDER BY shared DESC, other) <= ?
ORDER BY one, other
"""

_NUMBERED = """
SELECT article, dense_rank() OVER (ORDER BY word) AS word, weight FROM event_words
ORDER BY article, word
"""


class Stories:
    """The weighted words of the articles of a case."""

    def __init__(self, store: Store) -> None:
        stops = pa.table({"word": pa.array(sorted(words("function_words")), pa.string())})
        store.keep("event_stops", stops)
        store.execute(_WORDS, _KEPT)
        found = store.arrow(_NUMBERED)
        runs = pc.run_end_encode(found["article"].combine_chunks())
        ends = [0, *runs.run_ends.to_pylist()]
        self._of = dict(zip(runs.values.to_pylist(), pairwise(ends), strict=True))
        self._words = found["word"].to_numpy()
        self._weights = found["weight"].to_numpy()
        self._met = [(one, other) for one, other in store.query(_STORIES, _LEADING, _FEW, _NEAREST)]
        self._known: dict[tuple[str, str], float] = {}

    def pairs(self) -> list[tuple[str, str]]:
        """Pairs of articles that share several of their weightiest words which few others have."""
        return self._met

    def alike(self, left: str, right: str) -> float:
        """The likeness of two articles, 0 to 1; 0 where they share but a few words."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._known:
            self._known[pair] = self._cosine(*pair)
        return self._known[pair]

    def _cosine(self, left: str, right: str) -> float:
        if left not in self._of or right not in self._of:
            return 0.0
        one, other = slice(*self._of[left]), slice(*self._of[right])
        _, mine, theirs = np.intersect1d(
            self._words[one], self._words[other], assume_unique=True, return_indices=True
        )
        if len(mine) < _SHARED:
            return 0.0
        return round(float(self._weights[one][mine] @ self._weights[other][theirs]), 3)

    def mean(self, left: Iterable[str], right: Iterable[str]) -> float:
        """The mean likeness of some articles (the first few by their ids) to some others."""
        some = [sorted(set(side))[:_SOME] for side in (left, right)]
        found = [self.alike(one, other) for one in some[0] for other in some[1]]
        return sum(found) / len(found) if found else 0.0
