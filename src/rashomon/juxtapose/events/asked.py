"""The steps in SQL that gather what each statement says, each a temporary table to look at."""

_SITES = """
CREATE OR REPLACE TEMP TABLE event_site AS
WITH name AS (
    SELECT lower(m.text) AS name, m.kind IN ('place', 'state') AS placed,
        regexp_extract(lower(substring(d.text, greatest(m.start - 8, 0) + 1, least(m.start, 8))),
            '(?:^|\\W)(in|at|near|outside|around|from|on)\\s$', 1) AS behind
    FROM mentions m JOIN documents d ON d.id = m.document
    WHERE m.form = 'name' AND m.kind NOT IN ('time', 'number')
)
SELECT name FROM name GROUP BY name
HAVING (bool_or(placed) AND count(*) FILTER (placed OR behind <> '') * 2 >= count(*))
    OR (count(*) FILTER (behind NOT IN ('', 'on')) > 1
        AND count(*) FILTER (behind NOT IN ('', 'on')) * 2 >= count(*))
ORDER BY name
"""

_ACTOR_OF_MENTION = """
CREATE OR REPLACE TEMP TABLE event_actor AS
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS actor
    FROM links WHERE starts_with(target, 'act-') GROUP BY mention
), placed AS (
    SELECT m.id FROM mentions m SEMI JOIN event_site ON event_site.name = lower(m.text)
    WHERE m.kind <> 'state'
)
SELECT m.id AS mention, m.text, coalesce(own.actor, once.actor, twice.actor) AS actor,
    own.actor IS NOT NULL AND m.form = 'name' AS named
FROM (SELECT * FROM mentions ANTI JOIN placed USING (id)) m
LEFT JOIN linked own ON own.mention = m.id
LEFT JOIN linked once ON once.mention = m.refers
LEFT JOIN mentions meant ON meant.id = m.refers
LEFT JOIN linked twice ON twice.mention = meant.refers
WHERE coalesce(own.actor, once.actor, twice.actor) IS NOT NULL
"""

_PARTS = """
CREATE OR REPLACE TEMP TABLE event_part AS
WITH part AS (
    SELECT id, sentence, 'actor' AS role, unnest(actors) AS p FROM statements
    UNION ALL
    SELECT id, sentence, 'recipient' AS role, unnest(recipients) AS p FROM statements
)
SELECT part.id, part.role, part.sentence, p.start AS first, p."end" AS after, a.actor,
    a.named, a.text
FROM part LEFT JOIN event_actor a ON a.mention = p.mention
"""

_WHO = """
CREATE OR REPLACE TEMP TABLE event_who AS
WITH inner_part AS (
    SELECT part.id, a.actor
    FROM event_part part
    JOIN mentions m ON m.sentence = part.sentence
        AND m.start >= part.first AND m."end" <= part.after
    JOIN event_actor a ON a.mention = m.id
    WHERE part.actor IS NULL
)
SELECT s.id,
    list(DISTINCT p.actor ORDER BY p.actor) FILTER (p.role = 'actor') AS actors,
    list(DISTINCT p.actor ORDER BY p.actor) FILTER (p.role = 'recipient') AS recipients,
    list(DISTINCT p.actor ORDER BY p.actor) FILTER (p.named) AS named,
    list(DISTINCT p.text ORDER BY p.text) FILTER (p.named) AS called,
    list(DISTINCT i.actor ORDER BY i.actor) FILTER (i.actor IS NOT NULL) AS beside
FROM statements s
LEFT JOIN event_part p ON p.id = s.id AND p.actor IS NOT NULL
LEFT JOIN inner_part i ON i.id = s.id
GROUP BY s.id
"""

_WHERE = """
CREATE OR REPLACE TEMP TABLE event_where AS
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS place
    FROM links WHERE starts_with(target, 'pla-') GROUP BY mention
), taken AS (
    SELECT DISTINCT place FROM statements WHERE place IS NOT NULL
)
SELECT s.id,
    list({'text': m.text, 'place': linked.place, 'state': m.kind = 'state', 'own': m.id = s.place,
          'start': m.start,
          'inside': m.start >= s.start AND m."end" <= s."end", 'taken': taken.place IS NOT NULL}
         ORDER BY m.start, m.id) AS places
FROM statements s
JOIN mentions m ON m.sentence = s.sentence AND m.form = 'name'
LEFT JOIN event_site site ON site.name = lower(m.text)
LEFT JOIN linked ON linked.mention = m.id
LEFT JOIN taken ON taken.place = m.id
WHERE m.kind IN ('place', 'state') OR site.name IS NOT NULL
GROUP BY s.id
"""

_COUNTS = """
CREATE OR REPLACE TEMP TABLE event_counts AS
WITH one AS (SELECT id, unnest(numbers) AS n FROM statements)
SELECT one.id,
    list({'what': n.what, 'low': m.amount.low, 'high': m.amount.high, 'counted': m.amount.counted}
         ORDER BY m.start, n.what) AS counts
FROM one JOIN mentions m ON m.id = n.mention WHERE m.amount IS NOT NULL GROUP BY one.id
"""

_NAMES = """
CREATE OR REPLACE TEMP TABLE event_names AS
WITH linked AS (
    SELECT mention, arg_max(target, (score, target)) AS target FROM links GROUP BY mention
), said AS (
    SELECT DISTINCT m.sentence, m.article, CASE WHEN m.kind = 'person'
        THEN lower(regexp_extract(regexp_replace(m.text, '[ ,]+(Jr|Sr|II|III).?$', ''), '[^ ]+$'))
        ELSE coalesce(linked.target, lower(m.text)) END AS name
    FROM mentions m LEFT JOIN linked ON linked.mention = m.id
    WHERE m.form = 'name' AND m.kind NOT IN ('time', 'number', 'state')
), common AS (
    SELECT name FROM said GROUP BY name
    HAVING count(DISTINCT article) > greatest(8, 0.6 * (SELECT count(*) FROM articles))
)
SELECT sentence, list(name ORDER BY name) AS names
FROM said ANTI JOIN common USING (name) GROUP BY sentence
"""

TELLINGS = """
SELECT s.document, s.id, s.article, s.sentence, s.start, s."end", s.lemma, s.act, s.mode,
    s.polarity, s.modality, s.predicate.start AS predicate, s.quote, se.start AS opens,
    coalesce(lead(s.predicate.start) OVER (
        PARTITION BY s.sentence ORDER BY s.predicate.start, s.id
    ), se."end") AS reach, se."end" AS closes, se.paragraph, se.zone, a.published,
    t."when" AS told, who.actors, who.recipients, who.named,
    who.beside, who.called, place.places, counts.counts, spoken.names
FROM statements s
JOIN sentences se ON se.id = s.sentence
JOIN articles a ON a.id = s.article
LEFT JOIN mentions t ON t.id = s.time
LEFT JOIN event_who who ON who.id = s.id
LEFT JOIN event_where place ON place.id = s.id
LEFT JOIN event_counts counts ON counts.id = s.id
LEFT JOIN event_names spoken ON spoken.sentence = s.sentence
ORDER BY s.document, a.start, s.start, s.predicate.start, s.id
"""

STEPS = (_SITES, _ACTOR_OF_MENTION, _PARTS, _WHO, _WHERE, _COUNTS, _NAMES)
