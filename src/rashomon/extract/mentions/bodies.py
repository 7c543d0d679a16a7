"""Bodies of states: "the Freedonian army", "Lee's cabinet", "the interior ministry", "parliament".

An office is named by its task, in capitals or not; a body that goes by a common noun alone ("the
army") is described, and means the one body of that noun that the article has named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table
from rashomon.base.rows import MentionForm
from rashomon.extract.mentions import gazetteer
from rashomon.extract.mentions.names import DEMONYM, POSSESSIVE, Name, head_word

_PERSONAL = frozenset({"administration", "government", "regime", "cabinet", "campaign"})
_OFFICES = frozenset({"ministry", "department"})
_LONGEST = 5


def join(parse: Parse, found: Sequence[Name]) -> Iterator[Name]:
    """The names, those of a state or a leader in one piece with the body that they qualify."""
    end = 0
    for name in found:
        if name.first < end:
            continue
        near = _near(found, name)
        end = _end(parse, name, near)
        if any(name.first < n.first < end < n.after for n in near):
            end = name.after
        yield name if end == name.after else Name(name.first, end, "ORG", "organisation")


def _near(found: Sequence[Name], name: Name) -> Sequence[Name]:
    """The two names that follow it."""
    at = bisect_right(found, name.first, key=lambda n: n.first)
    return found[at : at + 2]


def _end(parse: Parse, name: Name, near: Sequence[Name]) -> int:
    """The token after the body, or the end of the name itself."""
    first, closes = name.after, parse.sentences[parse.tokens[name.first].sentence][1]
    if first < closes and parse.tokens[first].text in POSSESSIVE:
        first += 1
    state = _is_state(parse, name)
    if state and near and near[0].first == first and _is_office(parse, near[0]):
        return near[0].after
    size = _body(parse.tokens[first : min(first + _LONGEST, closes)])
    body = parse.tokens[first : first + size]
    if not body or body[-1].pos in ("VERB", "AUX"):
        return name.after
    fits = state or (name.label == "PERSON" and body[-1].lower in _PERSONAL)
    return first + size if fits or (size > 1 and _is_demonym(parse, name)) else name.after


def _is_state(parse: Parse, name: Name) -> bool:
    words = gazetteer.key(parse.words(parse.span(parse.tokens[name.first : name.after])))
    if words in gazetteer.adjectives():
        return True
    return not name.known and name.label in ("NORP", "GPE") and name.after - name.first == 1


def _is_demonym(parse: Parse, name: Name) -> bool:
    """One unknown word that ends as a people's name does, before the office of a state."""
    token = parse.tokens[name.first]
    return name.after - name.first == 1 and not name.known and token.lower.endswith(DEMONYM)


def _is_office(parse: Parse, name: Name) -> bool:
    return head_word(parse.tokens[name.first : name.after]) in _kinds()


@cache
def _kinds() -> Mapping[str, str]:
    """A body's words to how it is mentioned without its state: description, name or not at all."""
    return mapping("institutions", "word", "alone")


@cache
def _tasks() -> frozenset[str]:
    listed = (row["word"] for row in table("organisation_words") if row["use"] == "task")
    return frozenset(listed) | {"and"}


def _body(tokens: Sequence[Token]) -> int:
    """How many tokens in front are the words of a body: "army", "foreign ministry"."""
    sizes = range(len(tokens), 0, -1)
    return next((n for n in sizes if _is_body(tokens[:n])), 0)


def _is_body(tokens: Sequence[Token]) -> bool:
    return " ".join(t.lower for t in tokens) in _kinds() or _by_task(tokens)


def _by_task(tokens: Sequence[Token]) -> bool:
    """ "defence ministry", "ministry of foreign affairs"."""
    listed = [t.lower for t in tokens]
    if len(listed) < 2:
        return False
    if listed[-1] in _OFFICES:
        return _tasks().issuperset(listed[:-1]) and listed[0] != "and"
    tail = listed[2:] if len(listed) > 2 and listed[1] == "of" else []
    tail = tail[1:] if tail[:1] == ["the"] else tail
    return listed[0] in _OFFICES and bool(tail) and _tasks().issuperset(tail)


def unnamed(parse: Parse, covered: Sequence[bool]) -> Iterator[tuple[int, int, MentionForm]]:
    """Bodies in small letters: tokens `[first, after)` and whether they are named or described."""
    end = 0
    for token in parse.tokens:
        if (
            token.i < end
            or covered[token.i]
            or (token.text[0].isupper() and token.lower != "police")
        ):
            continue
        first, after = parse.sentences[token.sentence]
        size = _office(parse.tokens[token.i : min(token.i + _LONGEST, after)])
        if size and not any(covered[token.i : token.i + size]):
            end = token.i + size
            yield token.i, end, "name"
        found = None if size else _described(parse, token, first)
        if found and not any(covered[found[0] : found[1]]):
            yield found


def _office(tokens: Sequence[Token]) -> int:
    sizes = range(len(tokens), 1, -1)
    return next((n for n in sizes if _by_task(tokens[:n]) and tokens[n - 1].lower != "and"), 0)


def _described(parse: Parse, noun: Token, begins: int) -> tuple[int, int, MentionForm] | None:
    """ "the army", "police", "parliament": with "the" before it or nothing, standing for itself."""
    form = _kinds().get(noun.lower, "")
    if not form or noun.dep in ("compound", "amod", "nmod") or noun.pos not in ("NOUN", "PROPN"):
        return None
    before = parse.tokens[noun.i - 1] if noun.i > begins else None
    if before is not None and before.head == noun.i and before.dep in ("det", "poss", "amod"):
        listed = before.lower in ("the", "its", "their")
        return (before.i, noun.i + 1, "description") if listed else None
    if before is not None and before.head == noun.i:
        return None
    if form == "name":
        return noun.i, noun.i + 1, "name"
    return (noun.i, noun.i + 1, "description") if form == "bare" else None


@dataclass(slots=True)
class Bodies:
    """The bodies named so far in an article, by their head noun: each name's key and its place."""

    parse: Parse
    named: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def meet(self, place: int, first: int, after: int, form: MentionForm) -> int | None:
        """Take a body in; a described one gives back the place of the only one of its noun."""
        tokens = self.parse.tokens[first:after]
        if form != "description":
            words = " ".join(t.lower for t in tokens)
            self.named[head_word(tokens)][words] = place
            return None
        known = self.named.get(tokens[-1].lower, {})
        longest = {key: at for key, at in known.items() if not _held(key, known)}
        owned = any(t.lower == "of" and t.head == tokens[-1].i for t in self._next(after))
        return next(iter(longest.values())) if len(longest) == 1 and not owned else None

    def _next(self, after: int) -> Sequence[Token]:
        return self.parse.tokens[after : after + 1]


def _held(words: str, others: Mapping[str, int]) -> bool:
    """Whether a longer name of an article ends in these words: "ministry", "interior ministry"."""
    return any(other != words and other.endswith(" " + words) for other in others)
