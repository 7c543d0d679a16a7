"""What people decided, applied to the tables once the machine has filled them.

The readings on disk stay as they are; the tables are built from them each time. What cannot be
applied is a `Skip` that names the judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rashomon.base.errors import QueryError
from rashomon.base.rows import Article, Judgement, Skip, skip
from rashomon.base.store import Store
from rashomon.identify.judgements.targets import find, gone
from rashomon.identify.judgements.verbs import VERBS, checked, when

READ = ("mentions", "quotes", "statements")
_STATED = ("reference-date", "outlet")


def unknown(judgements: Iterable[Judgement]) -> Iterator[Skip]:
    """Judgements that no stage can apply: a hand wrote another verb, or a value that is none."""
    for judgement in judgements:
        if not judgement.undone:
            try:
                checked(judgement.verb, judgement.targets, judgement.value)
            except QueryError as error:
                yield _skip(judgement, str(error))


def restated(
    store: Store, judgements: Iterable[Judgement]
) -> Iterator[tuple[Article, bool] | Skip]:
    """Each article that a person gave another date or outlet, and whether its date is another."""
    articles: dict[str, dict[str, object]] = defaultdict(dict)
    for judgement in _standing(judgements, _STATED):
        found = find(store, judgement, judgement.targets[0], ("articles",))
        if found is None:
            yield _skip(judgement, gone(judgement, judgement.targets[0]))
        elif judgement.verb == "outlet":
            articles[found] |= {"outlet": judgement.value, "outlet_basis": "judged"}
        else:
            articles[found] |= {"published": when(judgement.value)}
    for article in store.rows(Article, "list_contains(?, id)", sorted(articles)):
        changed = articles[article.id]
        yield replace(article, **changed), "published" in changed  # type: ignore[arg-type]


def apply(store: Store, judgements: Iterable[Judgement], tables: Sequence[str]) -> Iterator[Skip]:
    """Apply, in their order, the judgements about rows of these tables: what is wrong is taken out,
    with all that points at it; a dispute gets its state."""
    for judgement in _standing(judgements, ("wrong", "dispute")):
        for target in judgement.targets:
            about = [table for table in tables if table in VERBS[judgement.verb].tables]
            if not _concerns(target, about):
                continue
            found = find(store, judgement, target, about)
            if found is None:
                yield _skip(judgement, gone(judgement, target))
            elif judgement.verb == "dispute":
                state = judgement.value.replace("-", "_")
                store.execute("UPDATE disputes SET state = ? WHERE id = ?", state, found)
            else:
                _TAKE_OUT[found[:3]](store, found)


def _standing(judgements: Iterable[Judgement], verbs: Sequence[str]) -> Iterator[Judgement]:
    """Those with one of these verbs that are not undone and make sense; `unknown` says of the
    others that they do not."""
    for judgement in judgements:
        if judgement.verb in verbs and not judgement.undone:
            try:
                value = checked(judgement.verb, judgement.targets, judgement.value)
            except QueryError:
                continue
            yield replace(judgement, value=value)


def _concerns(target: str, tables: Sequence[str]) -> bool:
    return any(target.startswith(_PREFIX[table]) for table in tables)


def _skip(judgement: Judgement, reason: str) -> Skip:
    about = f"{judgement.id} {judgement.verb} {' '.join(judgement.targets)}"
    return skip("judgements", "judgements.jsonl", about, reason)


_PART = """list_transform({side}, lambda p: {{'start': p.start, 'end': p."end", 'text': p.text,
  'mention': CASE WHEN p.mention = $1 THEN NULL ELSE p.mention END}})"""


def _mention(store: Store, row: str) -> None:
    """A stretch that names nothing: the words of who takes part stay, the mention goes."""
    actors, recipients = (_PART.format(side=side) for side in ("actors", "recipients"))
    store.execute("DELETE FROM mentions WHERE id = ?", row)
    store.execute("UPDATE mentions SET refers = NULL WHERE refers = ?", row)
    for column in ("speaker", "via"):
        store.execute(f"UPDATE quotes SET {column} = NULL WHERE {column} = ?", row)
    for column in ("place", '"time"'):
        store.execute(f"UPDATE statements SET {column} = NULL WHERE {column} = ?", row)
    store.execute(
        f"""UPDATE statements SET actors = {actors}, recipients = {recipients},
  numbers = list_filter(numbers, lambda n: n.mention != $1)
WHERE list_contains(list_transform(actors || recipients, lambda p: p.mention), $1)
  OR list_contains(list_transform(numbers, lambda n: n.mention), $1)""",
        row,
    )


def _quote(store: Store, row: str) -> None:
    """No quote: what stood inside it stands in what it stood inside."""
    outer = 'SELECT "within" FROM quotes WHERE id = $1'
    store.execute(f"UPDATE statements SET quote = ({outer}) WHERE quote = $1", row)
    store.execute(f'UPDATE quotes SET "within" = ({outer}) WHERE "within" = $1', row)
    store.execute("DELETE FROM quotes WHERE id = ?", row)


def _event(store: Store, row: str) -> None:
    store.execute("DELETE FROM events WHERE id = ?", row)
    store.execute('DELETE FROM perhaps WHERE "left" = $1 OR "right" = $1', row)


def _link(store: Store, row: str) -> None:
    """A mention that means another: an actor or a place that nothing else means goes too."""
    ((target,),) = store.query("SELECT target FROM links WHERE id = ?", row)
    store.execute("DELETE FROM links WHERE id = ?", row)
    left = store.query(
        "SELECT DISTINCT regexp_replace(m.text, '\\s+', ' ', 'g') FROM links l"
        " JOIN mentions m ON m.id = l.mention WHERE l.target = ? ORDER BY 1",
        target,
    )
    if not left:
        _target(store, target)
    store.execute(
        "UPDATE actors SET names = list_filter(names, lambda n: list_contains($2, n))"
        " WHERE id = $1",
        target,
        [text for (text,) in left],
    )


def _target(store: Store, row: str) -> None:
    """No actor, or no place: its mentions mean nothing any more."""
    store.execute("DELETE FROM links WHERE target = ?", row)
    store.execute('DELETE FROM perhaps WHERE "left" = $1 OR "right" = $1', row)
    for table in ("actors", "places"):
        store.execute(f"DELETE FROM {table} WHERE id = ?", row)


def _row(table: str) -> Callable[[Store, str], None]:
    return lambda store, row: store.execute(f"DELETE FROM {table} WHERE id = ?", row)


_TAKE_OUT: dict[str, Callable[[Store, str], None]] = {
    "men": _mention,
    "quo": _quote,
    "sta": _row("statements"),
    "lin": _link,
    "act": _target,
    "pla": _target,
    "ech": _row("echoes"),
    "eve": _event,
    "acc": _row("accounts"),
}
_PREFIX = {
    "mentions": "men-", "quotes": "quo-", "statements": "sta-", "links": "lin-", "actors": "act-",
    "places": "pla-", "echoes": "ech-", "events": "eve-", "accounts": "acc-", "disputes": "dis-",
}  # fmt: skip
