"""A case without its reader comments, so that what is saved names nobody who only appears there.

Comments are kept in a case, not read: no sentence, mention, quote or statement is made of them. So
a name that stands only in comments is in their words, in their zones (the handle) and in the skips
that say they were not read. The words are blanked sign by sign, and all offsets stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rashomon.base.errors import CaseError
from rashomon.base.rows import TABLES
from rashomon.base.store import CaseFolder, Store

BLANK = "█"

_ZONES = "SELECT * FROM whole.zones WHERE kind != 'comment'"
_DOCUMENTS = f"""
WITH comments AS (
  SELECT document, start, "end",
    coalesce(lag("end") OVER (PARTITION BY document ORDER BY start), 0) AS before,
    row_number() OVER (PARTITION BY document ORDER BY start DESC) = 1 AS last
  FROM (SELECT DISTINCT document, start, "end" FROM whole.zones WHERE kind = 'comment')),
blanked AS (
  SELECT d.id, string_agg(
    substring(d.text, c.before::INT + 1, (c.start - c.before)::INT)
    || regexp_replace(substring(d.text, c.start::INT + 1, (c."end" - c.start)::INT),
         '\\S', '{BLANK}', 'g')
    || CASE WHEN c.last THEN substring(d.text, c."end"::INT + 1) ELSE '' END,
    '' ORDER BY c.start) AS text
  FROM comments c JOIN whole.documents d ON d.id = c.document GROUP BY d.id)
SELECT d.* REPLACE (coalesce(b.text, d.text) AS text,
  CASE WHEN b.id IS NULL THEN d.outline ELSE [] END AS outline)
FROM whole.documents d LEFT JOIN blanked b ON b.id = d.id"""
_SKIPS = """
SELECT * FROM whole.skips WHERE id NOT IN (
  SELECT k.id
  FROM (SELECT id, document, split_part(span, '-', 1)::BIGINT AS start,
          split_part(span, '-', 2)::BIGINT AS "end"
        FROM (SELECT *, regexp_extract(about, '^[0-9]+-[0-9]+') AS span FROM whole.skips)
        WHERE span != '') k
  JOIN whole.documents d ON d.name = k.document
  JOIN whole.zones z ON z.document = d.id AND z.kind = 'comment'
    AND z.start < k."end" AND k.start < z."end")"""
_VIEWS = {"documents": _DOCUMENTS, "zones": _ZONES, "skips": _SKIPS}


@contextmanager
def redacted(folder: CaseFolder) -> Iterator[Store]:
    """The tables of a case to read from, without what stands only in reader comments.

    CaseError where a version that read comments has built the case."""
    with folder.store() as whole:
        if whole.query("SELECT 1 FROM sentences WHERE zone = 'comment' LIMIT 1"):
            raise CaseError(
                f"the tables of {folder.path} hold sentences of reader comments, which another"
                " version read: `rashomon read` the case again before you redact it"
            )
    with Store() as store:
        path = str(folder.database).replace("'", "''")
        store.execute(f"ATTACH '{path}' AS whole (READ_ONLY)")
        for table in TABLES:
            store.execute(f"DROP TABLE {table}")
            store.execute(f"CREATE VIEW {table} AS {_VIEWS.get(table, f'FROM whole.{table}')}")
        yield store
