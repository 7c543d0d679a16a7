"""Who: one act, told in the same words, of two people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rashomon.base.store import Store
from rashomon.juxtapose.disputes.answers import Side, Telling, ask

_AGENTS = """
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS actor
    FROM links WHERE starts_with(target, 'act-') GROUP BY mention
), meant AS (
    SELECT m.id AS mention, m.sentence, coalesce(own.actor, once.actor) AS actor
    FROM mentions m LEFT JOIN linked own ON own.mention = m.id
    LEFT JOIN linked once ON once.mention = m.refers
), agent AS (
    SELECT t.event, t.id, t.lemma, t.document, t.sentence, s.predicate, a.id AS actor, a.label
    FROM dispute_told t JOIN statements s ON s.id = t.id
    JOIN meant ON meant.mention = s.actors[1].mention
    JOIN actors a ON a.id = meant.actor AND a.kind = 'person'
    WHERE len(s.actors) = 1 AND t.polarity = 'affirmed'
), passage AS (
    SELECT id AS echo, 'left' AS part, unnest("left") FROM echoes WHERE alike >= 0.8
    UNION ALL
    SELECT id, 'right', unnest("right") FROM echoes WHERE alike >= 0.8
), governed AS (
    SELECT p.echo, p.part, agent.* FROM passage p JOIN agent ON agent.document = p.document
        AND agent.predicate.start < p.start AND p.start - agent.predicate."end" <= 12
    WHERE p."end" - p.start >= 60
), pair AS (
    SELECT l.event, l.lemma, l.id AS one, r.id AS other, l.actor AS his, l.label AS his_label,
        r.actor AS hers, r.label AS hers_label, l.sentence AS here, r.sentence AS there
    FROM governed l JOIN governed r ON r.echo = l.echo AND r.event = l.event AND r.lemma = l.lemma
    WHERE l.part = 'left' AND r.part = 'right' AND l.actor <> r.actor
), apart AS (
    SELECT * FROM pair
    WHERE NOT EXISTS (SELECT 1 FROM meant WHERE sentence = pair.here AND actor = pair.hers)
        AND NOT EXISTS (SELECT 1 FROM meant WHERE sentence = pair.there AND actor = pair.his)
), answer AS (
    SELECT event, lemma AS about, his_label AS value, one AS id FROM apart
    UNION SELECT event, lemma, hers_label, other FROM apart
)
SELECT answer.about, answer.value, t.* EXCLUDE (time, numbers)
FROM answer JOIN dispute_told t ON t.event = answer.event AND t.id = answer.id
ORDER BY t.event, answer.about, answer.value, t.id
"""


def agents(store: Store) -> Iterator[tuple[str, str, list[Side]]]:
    """Each act of which different people are told to be the doer: (event, its word, the sides).

    Only where what was done is told in the same words (an echo that stands right behind the same
    predicate), one person does it on either side, and neither sentence names the other person:
    who "he" or "the minister" is may be misread.
    """
    rows = ask(store, _AGENTS)
    for (event, about), found in groupby(rows, lambda row: (row["event"], row["about"])):
        answers = groupby(found, lambda row: str(row["value"]))
        yield (
            event,
            about,
            [Side(value, tuple(Telling.of(row) for row in same)) for value, same in answers],
        )
