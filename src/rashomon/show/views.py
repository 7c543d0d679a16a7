"""The questions people ask, each a named SQL text.

`VIEWS` holds one view a table as a person reads it: columns to see, and columns that begin with an
underscore only to filter by. `select` builds the query for some filters.
"""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.base.errors import QueryError
from rashomon.base.store import Store

_WORDS = """regexp_replace(substring(d.text, {start}::INT + 1, ({end} - {start})::INT),
  '\\s+', ' ', 'g')"""


def _words(start: str, end: str) -> str:
    return _WORDS.format(start=start, end=end)


_WHERE_IT_STANDS = """d.name || ':' || {0}.start || '-' || {0}."end" AS "where" """
_CHAIN = "array_to_string({0}, ' ← ')"
_LABELS = """(SELECT string_agg(a.label, ', ' ORDER BY a.label) FROM actors a
  WHERE list_contains({0}, a.id))"""
_PASSAGE = """regexp_replace(substring({0}.text, p.{1}.start::INT + 1,
  (p.{1}."end" - p.{1}.start)::INT), '\\s+', ' ', 'g')"""
_PARTS = "array_to_string(list_transform({0}, lambda p: p.text), ', ')"

VIEWS: dict[str, str] = {
    "documents": """
SELECT d.id, d.name, d.media_type, d.characters,
  (SELECT count(*) FROM articles a WHERE a.document = d.id) AS articles, d.name AS _document
FROM documents d ORDER BY d.name""",
    "retrievals": """
SELECT r.id, r.name, r.uri, r."at", r.media_type, r.document, e.name AS earlier,
  d.name || ' ' || r.name AS _document
FROM retrievals r JOIN documents d ON d.id = r.document LEFT JOIN documents e ON e.id = r.earlier
ORDER BY r.uri, r."at", r.earlier IS NOT NULL, r.id""",
    "articles": """
SELECT a.id, a.title, a.outlet, a.byline, CASE WHEN a.published.basis = 'inferred'
    THEN coalesce(a.published.earliest, '..') || '/' || coalesce(a.published.latest, '..')
    ELSE a.published.earliest END AS published,
  a.published.basis AS basis, d.name || ':' || a.start || '-' || a."end" AS "where",
  d.name AS _document, a.outlet AS _outlet, a.published.earliest AS _earliest,
  a.published.latest AS _latest
FROM articles a JOIN documents d ON d.id = a.document ORDER BY d.name, a.start""",
    "zones": f"""
SELECT z.id, z.kind, z.label, {_words("z.start", 'least(z."end", z.start + 80)')} AS words,
  {_WHERE_IT_STANDS.format("z")}, d.name AS _document
FROM zones z JOIN documents d ON d.id = z.document ORDER BY d.name, z.start""",
    "sentences": f"""
SELECT s.id, s.zone, {_words("s.start", 's."end"')} AS words, {_WHERE_IT_STANDS.format("s")},
  d.name AS _document
FROM sentences s JOIN documents d ON d.id = s.document ORDER BY d.name, s.start""",
    "mentions": f"""
SELECT m.id, m.kind, m.form, m.text, coalesce(a.label, p.name) AS means, l.because,
  coalesce(m.timex_value, CASE WHEN m.amount IS NOT NULL THEN
    m.amount.low || ' to ' || m.amount.high || ' ' || m.amount.unit END) AS value,
  {_WHERE_IT_STANDS.format("m")}, d.name AS _document, coalesce(a.label, m.text) AS _who,
  m."when".earliest AS _earliest, m."when".latest AS _latest
FROM mentions m JOIN documents d ON d.id = m.document LEFT JOIN links l ON l.mention = m.id
LEFT JOIN actors a ON a.id = l.target LEFT JOIN places p ON p.id = l.target
ORDER BY d.name, m.start, m.id""",
    "quotes": f"""
SELECT q.id, {_CHAIN.format("c.labels")} AS chain, q.source_kind AS source,
  {_words("q.cue.start", 'q.cue."end"')} AS cue, q.stance, q.manner,
  array_to_string(list_transform(q.content, lambda s:
    {_words("s.start", 's."end"')}), ' … ') AS content,
  d.name || ':' || q.content[1].start AS "where", d.name AS _document,
  concat_ws(' ', q.speaker_label, a.label) AS _who,
  concat_ws(' ', q.speaker_label, a.label, array_to_string(a.names, ' ')) AS _speaker,
  q.source_kind IN ('unnamed', 'described') AS _unnamed,
  array_to_string(c.labels, ' ') AS _through, q.source_kind AS _kind
FROM quotes q JOIN documents d ON d.id = q.document LEFT JOIN chains c ON c."row" = q.id
LEFT JOIN links l ON l.mention = q.speaker LEFT JOIN actors a ON a.id = l.target
ORDER BY d.name, q.content[1].start, q.id""",
    "statements": f"""
SELECT s.id, {_PARTS.format("s.actors")} AS who, s.lemma AS did, s.act, s.mode,
  {_PARTS.format("s.recipients")} AS whom, s.polarity, s.modality,
  {_CHAIN.format("c.labels")} AS chain, {_words("s.start", 's."end"')} AS words,
  {_WHERE_IT_STANDS.format("s")}, d.name AS _document,
  concat_ws(' ', {_PARTS.format("s.actors")}, {_PARTS.format("s.recipients")}, n.labels) AS _who,
  array_to_string(c.labels, ' ') AS _through, s.act AS _act, t."when".earliest AS _earliest,
  t."when".latest AS _latest
FROM statements s JOIN documents d ON d.id = s.document LEFT JOIN chains c ON c."row" = s.id
LEFT JOIN mentions t ON t.id = s."time"
LEFT JOIN (SELECT u.id, string_agg(a.label, ' ' ORDER BY a.label) AS labels
  FROM (SELECT id, unnest(actors || recipients).mention AS mention FROM statements) u
  JOIN links l ON l.mention = u.mention JOIN actors a ON a.id = l.target GROUP BY u.id) n
  ON n.id = s.id
ORDER BY d.name, s.start, s.id""",
    "actors": """
SELECT a.id, a.label, a.kind, array_to_string(a.names, ' · ') AS names,
  array_to_string(list_transform(a.roles, lambda r: r.text), ' · ') AS roles,
  coalesce(l.mentions, 0) AS mentions, coalesce(l.documents, 0) AS documents,
  concat_ws(' ', a.label, array_to_string(a.names, ' ')) AS _who
FROM actors a LEFT JOIN (SELECT l.target, count(*) AS mentions,
    count(DISTINCT m.document) AS documents
  FROM links l JOIN mentions m ON m.id = l.mention GROUP BY l.target) l ON l.target = a.id
ORDER BY mentions DESC, a.label, a.id""",
    "links": """
SELECT l.id, m.text AS words, coalesce(a.label, p.name) AS means, l.score, l.because,
  d.name || ':' || m.start || '-' || m."end" AS "where", d.name AS _document,
  coalesce(a.label, p.name) AS _who
FROM links l JOIN mentions m ON m.id = l.mention JOIN documents d ON d.id = m.document
LEFT JOIN actors a ON a.id = l.target LEFT JOIN places p ON p.id = l.target
ORDER BY d.name, m.start, l.id""",
    "perhaps": f"""
SELECT p.id, p.of, coalesce(a.label, e.label) AS "left", coalesce(b.label, f.label) AS "right",
  p.score, p.because, {_PASSAGE.format("l", "left_words")} AS left_words,
  {_PASSAGE.format("r", "right_words")} AS right_words,
  l.name || ':' || p.left_words.start || '-' || p.left_words."end" AS left_where,
  r.name || ':' || p.right_words.start || '-' || p.right_words."end" AS right_where,
  p."left" AS left_id, p."right" AS right_id,
  concat_ws(' ', a.label, b.label) AS _who, l.name || ' ' || r.name AS _document, p.of AS _kind
FROM perhaps p JOIN documents l ON l.id = p.left_words.document
JOIN documents r ON r.id = p.right_words.document
LEFT JOIN actors a ON a.id = p."left" LEFT JOIN actors b ON b.id = p."right"
LEFT JOIN events e ON e.id = p."left" LEFT JOIN events f ON f.id = p."right"
ORDER BY p.of, p.score DESC, "left", "right", p.id""",
    "places": """
SELECT p.id, p.name, p.kind, p.country, p.latitude, p.longitude, count(l.id) AS mentions
FROM places p LEFT JOIN links l ON l.target = p.id GROUP BY ALL ORDER BY mentions DESC, p.name""",
    "echoes": f"""
SELECT e.id, e.kind, e.alike, e.first, e.basis,
  list_transform(e.changed, lambda c: coalesce(
    {_words('c."left".start', 'c."left"."end"')}, '-') || ' → ' || coalesce(
    {_words('c."right".start', 'c."right"."end"').replace("d.text", "r.text")}, '-')) AS changed,
  {_words('e."left".start', 'e."left"."end"')} AS words,
  d.name || ':' || e."left".start || '-' || e."left"."end" AS "left",
  r.name || ':' || e."right".start || '-' || e."right"."end" AS "right",
  d.name || ' ' || r.name AS _document
FROM echoes e JOIN documents d ON d.id = e."left".document
JOIN documents r ON r.id = e."right".document
ORDER BY length(words) DESC, e.id""",
    "events": f"""
SELECT e.id, e.label, e.act, {_LABELS.format("e.actors")} AS who,
  {_LABELS.format("e.recipients")} AS whom, e."when".earliest AS earliest,
  e."when".latest AS latest, len(e.statements) AS statements, count(DISTINCT a.id) AS accounts,
  count(DISTINCT o.origin) AS origins, e.because,
  concat_ws(' ', {_LABELS.format("e.actors")}, {_LABELS.format("e.recipients")}) AS _who,
  e."when".earliest AS _earliest, e."when".latest AS _latest, e.act AS _act,
  string_agg(DISTINCT a."chain"[1], ' ' ORDER BY a."chain"[1]) AS _through
FROM events e LEFT JOIN accounts a ON a.event = e.id LEFT JOIN origins o ON o.account = a.id
GROUP BY ALL ORDER BY origins DESC, accounts DESC, statements DESC, e.id""",
    "accounts": f"""
SELECT a.id, e.label AS event, {_CHAIN.format('a."chain"')} AS chain, o.label AS origin,
  o.because, len(a.statements) AS statements, d.name AS document, d.name AS _document,
  array_to_string(a."chain", ' ') AS _through, a.event AS _event
FROM accounts a JOIN events e ON e.id = a.event JOIN documents d ON d.id = a.document
LEFT JOIN origins o ON o.account = a.id ORDER BY a.event, origin, a.id""",
    "origins": f"""
SELECT o.id, o.origin, o.label, o.because, {_CHAIN.format('a."chain"')} AS chain,
  a.event AS _event, array_to_string(a."chain", ' ') AS _through
FROM origins o JOIN accounts a ON a.id = o.account ORDER BY a.event, o.origin, o.id""",
    "chains": f"""
SELECT c.id, {_CHAIN.format("c.labels")} AS chain, c."row", d.name AS document,
  d.name AS _document, array_to_string(c.labels, ' ') AS _through
FROM chains c JOIN (SELECT id, document FROM statements UNION ALL SELECT id, document FROM quotes) r
  ON r.id = c."row" JOIN documents d ON d.id = r.document ORDER BY d.name, c.id""",
    "disputes": """
SELECT x.id, x.kind, x.question, x.about, e.label AS event,
  array_to_string(list_transform(x.answers, lambda v:
    v.value || ' (' || v.origins || CASE v.origins WHEN 1 THEN ' origin)' ELSE ' origins)' END),
    ' | ') AS answers,
  x.strength, x.because, x.state, x.event AS _event, x.kind AS _kind
FROM disputes x JOIN events e ON e.id = x.event
ORDER BY x.kind != 'dispute', x.state != 'open', x.strength DESC, x.id""",
    "judgements": """
SELECT j.id, j.verb, array_to_string(j.targets, ', ') AS targets,
  array_to_string(list_distinct(list_transform(j.anchors, lambda a: a.words)), ' … ') AS words,
  j.value, j.author, j.reason, j."at", j.undone,
  CASE WHEN j.undone THEN 'no: undone' ELSE coalesce('no: ' || s.reason, 'yes') END AS applied
FROM judgements j LEFT JOIN (
  SELECT split_part(about, ' ', 1) AS judgement, string_agg(reason, '; ' ORDER BY reason) AS reason
  FROM skips WHERE stage = 'judgements' GROUP BY 1) s ON s.judgement = j.id
ORDER BY j."at", j.rowid""",
    "skips": """
SELECT id, stage, document, about, reason, document AS _document
FROM skips ORDER BY document, stage, id""",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep. Each is compared without regard to case; None keeps all.

    `speaker` is who speaks a quote, under any of the actor's names; `unnamed` keeps the quotes
    whose source has no name ("officials", "a former general").
    """

    actor: str | None = None
    through: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    act: str | None = None
    kind: str | None = None
    speaker: str | None = None
    unnamed: bool | None = None


_CONDITIONS: dict[str, tuple[str, str]] = {
    "actor": ("_who", "contains(lower(_who), lower(?))"),
    "through": ("_through", "contains(lower(_through), lower(?))"),
    "document": ("_document", "contains(lower(_document), lower(?))"),
    "since": ("_latest", "_latest >= ?"),
    "until": ("_earliest", "_earliest <= ?"),
    "act": ("_act", "lower(_act) = lower(?)"),
    "kind": ("_kind", "lower(_kind) = lower(?)"),
    "speaker": ("_speaker", "contains(lower(_speaker), lower(?))"),
    "unnamed": ("_unnamed", "_unnamed = ?"),
}


def select(
    store: Store, table: str, filters: Filters | None = None, *, limit: int | None = None
) -> tuple[str, list[object]]:
    """The SQL and values that show a table: its visible columns, filtered, in reading order."""
    if table not in VIEWS:
        raise QueryError(f"there is no table {table!r}; there are: {', '.join(VIEWS)}")
    columns = store.columns(VIEWS[table])
    conditions: list[str] = []
    values: list[object] = []
    for name, (column, condition) in _CONDITIONS.items():
        wanted = getattr(filters, name, None)
        if wanted is None:
            continue
        if column not in columns:
            raise QueryError(f"{table} cannot be filtered by --{name}")
        conditions.append(condition)
        values.append(wanted)
    shown = ", ".join(f'"{column}"' for column in columns if not column.startswith("_"))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    bound = f" LIMIT {int(limit)}" if limit is not None else ""
    return f"SELECT {shown} FROM ({VIEWS[table]}){where}{bound}", values


def count(store: Store, table: str) -> int:
    """How many rows a table has."""
    if table not in VIEWS:
        raise QueryError(f"there is no table {table!r}; there are: {', '.join(VIEWS)}")
    return int(store.query(f"SELECT count(*) FROM {table}")[0][0])
