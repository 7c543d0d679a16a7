"""Offices: whom words about a source speak for, and whether two of them mean one institution.

"The interior ministry", "Interior Minister Una Brandt", "the Ministry of Interior" and "a spokesman
for the interior ministry" speak for one; "an official at the interior ministry" speaks for nobody
but himself. The words are in data/offices.tsv, office_words.tsv and office_names.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from rashomon.base.lexicon import table

_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|['’]s?(?=[\s\W]|$)")
_DEFINITE = frozenset(("the", "this", "that", "its", "his", "her", "their", "our", "my"))
_ONE_OF_MANY = frozenset(("a", "an", "one", "another", "some", "several", "two", "three"))
_OF, _FOR = frozenset(("of", "for")), frozenset(("of", "for", "by", "from", "at", "in", "with"))
_ENDS = _FOR | {"who", "whose", "which", "that", "on", "to", "under", "during"}
_DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|ic|i|n|y|ia|a|e|o)s?$")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ic)$")
_BEFORE = 60
_AFTER = re.compile(r" (?:of|for) (?:the )?(\w+(?: (?!the\b)\w+){0,4})")
_LED = re.compile(r"-(?:run|led|controlled|appointed)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An institution: its kind ("ministry"), what it is for, whose it is; "" where not said.

    `single` where the words name the one holder of an office.
    """

    body: str
    task: str
    owner: str
    single: bool = False

    @property
    def several(self) -> bool:
        """Whether a state has many of the kind, told apart by their task."""
        return self.body in _several()

    @property
    def known(self) -> bool:
        """Whether the words are enough to know it in another article."""
        return bool(self.task) if self.several else bool(self.owner)

    def fits(self, other: Office) -> bool:
        """Whether both may be one: what both say is the same."""
        return (
            self.body == other.body
            and (not self.task or not other.task or self.task == other.task)
            and (not self.owner or not other.owner or self.owner == other.owner)
        )

    def completed(self, named: Sequence[Office]) -> Office | None:
        """With what the offices named around it add; None where it may be any of several."""
        fitting = {(o.task, o.owner) for o in named if o.fits(self)}
        tasks = {task for task, _ in fitting if task}
        owners = {owner for _, owner in fitting if owner}
        if len(tasks) > 1 or len(owners) > 1:
            return self if self.known else None
        task, owner = next(iter(tasks), self.task), next(iter(owners), self.owner)
        return replace(self, task=task, owner=owner)


@dataclass(frozen=True, slots=True)
class Group:
    """A group or person by the words for them, without articles."""

    words: str


Speaks = Office | Group


@dataclass(frozen=True, slots=True)
class _Noun:
    use: str
    body: str
    size: int


@lru_cache(maxsize=100_000)
def speaks_for(phrase: str) -> tuple[Speaks, ...]:
    """Whom a source speaks for by the words about it; nothing for an official or a witness."""
    tokens = _TOKEN.findall(phrase)
    first = tokens[0].lower() if tokens else ""
    if named := _names().get(" ".join(t.lower() for t in _undetermined(tokens))):
        return (named,)
    if any(t.lower() in _words("past") or t.lower().startswith("ex-") for t in tokens):
        return ()
    if first == "who" and len(tokens) > 2 and tokens[1].lower() in _nouns_of("verb"):
        return _means(tokens[2:])
    return _spoken(_undetermined(tokens), one_of_many=first in _ONE_OF_MANY)


def _spoken(tokens: Sequence[str], *, one_of_many: bool = False) -> tuple[Speaks, ...]:
    head, link, tail = _divided(tokens)
    noun = _noun(head)
    if noun is None:
        return ()
    before = head[: len(head) - noun.size]
    if noun.use in ("body", "holder"):
        return _held(noun, before, link, tail, one_of_many=one_of_many)
    if noun.use == "leader" and (one_of_many or _has(before, "below")):
        return ()
    return _means(tail if tail and link in _FOR else _owner_words(before))


def _held(
    noun: _Noun, before: Sequence[str], link: str, tail: Sequence[str], *, one_of_many: bool
) -> tuple[Speaks, ...]:
    single = noun.use == "holder"
    below = single and _has(before, "below")
    if single and (one_of_many or (below and noun.body not in _several())):
        return ()
    office = _office(noun, tuple(_owner_words(before)), tuple(tail) if link in _OF else ())
    office = replace(office, single=single and not below)
    if noun.body == "presidency" and tail and not _state(" ".join(_undetermined(tail)).lower()):
        return office, Group(_plain(tail))
    return (office,)


def _means(tokens: Sequence[str]) -> tuple[Speaks, ...]:
    """What a spokesman's or leader's "X" is: an institution, or whoever bears these words."""
    tokens = list(_undetermined(tokens))
    while tokens and tokens[-1][0] in "'’":
        tokens.pop()
    rest = [t for t in tokens if t[0] not in "'’"]
    if not rest:
        return ()
    inner = _noun(_divided(tokens)[0])
    if inner is not None and inner.use in ("body", "holder", "paper", "voice"):
        return _spoken(tokens)
    named = _names().get(" ".join(t.lower() for t in rest))
    return (named,) if named else (Group(_plain(tokens)),)


def _divided(tokens: Sequence[str]) -> tuple[Sequence[str], str, Sequence[str]]:
    """The head of a phrase, the first word that links something to it, and what it links."""
    at = next((n for n, t in enumerate(tokens) if n and t.lower() in _ENDS), len(tokens))
    end = next(
        (n for n in range(at + 1, len(tokens)) if tokens[n].lower() in ("who", "that", "which")),
        len(tokens),
    )
    link = tokens[at].lower() if at < len(tokens) else ""
    return tokens[:at], link, tokens[at + 1 : end]


def _noun(head: Sequence[str]) -> _Noun | None:
    for size in (2, 1):
        row = _nouns().get(" ".join(t.lower() for t in head[-size:])) if len(head) >= size else None
        if row is not None:
            return _Noun(row["use"], row["body"], size)
    return None


@lru_cache(maxsize=50_000)
def _office(noun: _Noun, before: tuple[str, ...], tail: tuple[str, ...]) -> Office:
    """The institution that a noun means with the words before it and after its "of"."""
    if noun.body not in _several():
        other = _other_words(before) if noun.use == "body" else ""
        return Office(noun.body, other, _owner(tail) or _owner(_capital(before)))
    tail = tuple(_undetermined(tail))
    cut = next((n for n, t in enumerate(tail) if n and t.lower() in ("of", "in")), len(tail))
    task, rest = _task(tail[:cut])
    if not task:
        task, rest = _task(before)
        rest = rest if task else [*before]
        task = task or _plain([t for t in tail[:cut] if not _state(t.lower())]).lower()
    else:
        rest = list(before)
    owner = _owner(_undetermined(tail[cut + 1 :])) or _owner(_capital(rest))
    return Office(noun.body, task or _other_words(rest), owner)


def _task(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """The task that some of the words name, and the other words."""
    listed = [t.lower() for t in tokens]
    for size in (3, 2, 1):
        for at in range(len(listed) - size + 1):
            task = _tasks().get(" ".join(listed[at : at + size]))
            if task:
                return task, [*tokens[:at], *tokens[at + size :]]
    return "", list(tokens)


def _capital(tokens: Sequence[str]) -> list[str]:
    """Of the words before a noun those that may say whose it is."""
    owned = max((n for n, t in enumerate(tokens) if t.startswith(("'", "’"))), default=0)
    said = [*tokens[:owned], *(t for t in tokens[owned:] if _may_own(t))]
    return [t for t in said if t.lower() not in _words("plain") and t[0] not in "'’"]


def _may_own(token: str) -> bool:
    lower = token.lower()
    return token[:1].isupper() or bool(_state(lower)) or bool(_LED.search(lower))


def _other_words(tokens: Sequence[str]) -> str:
    """The small words that make another institution of it: "traffic police"."""
    owned = max((n for n, t in enumerate(tokens) if t.startswith(("'", "’"))), default=-1)
    left = [t for t in tokens[owned + 1 :] if not _may_own(t)]
    return " ".join(t for t in left if t not in _words("plain") | _words("below"))


def _owner(tokens: Sequence[str]) -> str:
    """The state's code, or for a name that no list holds the stem that it shares with its
    adjective: "Kessaly" and "Kessalian"."""
    kept = [t for t in _undetermined(tokens) if t[0] not in "'’"]
    if not kept:
        return ""
    whole = " ".join(kept).lower()
    return _state(whole) or " ".join(stem(t) for t in kept)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a name shares with its adjective, for the words that no list of states holds."""
    plain = unicodedata.normalize("NFKD", _LED.sub("", word.casefold()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    cut = _DEMONYM.sub("", plain)
    return cut if len(cut) > 3 else plain


def _owner_words(tokens: Sequence[str]) -> list[str]:
    return [t for t in tokens if t.lower() not in _words("plain") | _words("below")]


def _undetermined(tokens: Sequence[str]) -> Sequence[str]:
    at = 0
    while at < len(tokens) and tokens[at].lower() in _DEFINITE | _ONE_OF_MANY:
        at += 1
    return tokens[at:]


def _plain(tokens: Sequence[str]) -> str:
    return " ".join(t for t in _undetermined(tokens) if t[0] not in "'’")


def _has(tokens: Sequence[str], use: str) -> bool:
    return any(t.lower() in _words(use) for t in tokens)


def named_in(text: str, body: str) -> tuple[Office, ...]:
    """The institutions of one kind that a text names with their task or owner; those that it names
    only by who holds them, where it names none else."""
    found: dict[str, dict[Office, None]] = {"body": {}, "holder": {}}
    for match in _nouns_for(body).finditer(text):
        row = _nouns()[match[0].lower()]
        before = _trimmed(_TOKEN.findall(text[max(0, match.start() - _BEFORE) : match.start()]))
        after = _AFTER.match(text, match.end())
        tail = _kept_tail(_TOKEN.findall(after[1])) if after else []
        office = _office(_Noun(row["use"], row["body"], 1), tuple(before), tuple(tail))
        if office.task or office.owner:
            found[row["use"]][office] = None
    return tuple(found["body"] or found["holder"])


def _trimmed(before: Sequence[str]) -> list[str]:
    """Of the words before an institution's noun those that belong to it."""
    kept: list[str] = []
    for token in reversed(before[-3:]):
        if not _belongs(token, owned=bool(kept) and kept[0][0] in "'’"):
            break
        kept.insert(0, token)
    return kept


def _belongs(token: str, *, owned: bool) -> bool:
    lower = token.lower()
    return (
        token[0] in "'’"
        or lower in _tasks()
        or bool(_state(lower))
        or bool(_LED.search(lower))
        or (token[0].isupper() and (owned or bool(_ADJECTIVE.search(lower))))
    )


def _kept_tail(tail: Sequence[str]) -> list[str]:
    """The words after "of" as long as they are a task, a link or a name."""
    kept = []
    for token in tail:
        lower = token.lower()
        if lower not in _task_words() and lower not in ("of", "and") and not token[0].isupper():
            break
        kept.append(token)
    return kept


@cache
def _nouns_for(body: str) -> re.Pattern[str]:
    nouns = [word for word, row in _nouns().items() if row["body"] == body]
    options = "|".join(re.escape(n) for n in sorted(nouns, key=lambda n: (-len(n), n)))
    return re.compile(rf"\b(?:{options})\b", re.IGNORECASE)


@cache
def _nouns() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row["word"]: row for row in table("offices") if row["use"] != "verb"})


@cache
def _nouns_of(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("offices") if row["use"] == use)


@cache
def _several() -> frozenset[str]:
    return frozenset(row["body"] for row in table("offices") if row["several"] == "yes")


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("office_words") if row["use"] == use)


@cache
def _tasks() -> Mapping[str, str]:
    rows = table("office_words")
    return MappingProxyType({r["word"]: r["task"] for r in rows if r["use"] == "task"})


@cache
def _task_words() -> frozenset[str]:
    return frozenset(word for form in _tasks() for word in form.split())


@cache
def _names() -> Mapping[str, Office]:
    rows = table("office_names")
    return MappingProxyType(
        {row["name"]: Office(row["body"], row["task"], row["owner"]) for row in rows}
    )


@lru_cache(maxsize=50_000)
def _state(words_: str) -> str:
    return _states().get(words_, "")


@cache
def _states() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in table("states"):
        for column in ("names", "adjectives"):
            for form in filter(None, row[column].split(";")):
                found.setdefault(form.lower(), row["iso"])
                found.setdefault(form.lower().replace(".", ""), row["iso"])
    return MappingProxyType(found)
