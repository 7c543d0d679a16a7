"""What a name is the name of: known names first, its own words, then a vote over the article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from rashomon.base.demonyms import peoples
from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table, words
from rashomon.base.outlets import is_press
from rashomon.base.rows import MentionKind
from rashomon.extract.mentions import around
from rashomon.extract.mentions.gazetteer import key
from rashomon.extract.mentions.names import Name, head_word, is_acronym, title_length

_OF_LABEL: dict[str, MentionKind] = {
    "PERSON": "person", "NORP": "people", "ORG": "organisation", "GPE": "place", "LOC": "place",
    "FAC": "place",
}  # fmt: skip
_KINDS: dict[str, MentionKind] = {
    kind: kind for kind in ("person", "organisation", "armed_group", "state", "people", "place")
}
_ACTS_FOR = frozenset({"nsubj", "nsubjpass", "agent", "poss"})


def tell(parse: Parse, names: Sequence[Name]) -> list[MentionKind]:
    """The kind of each name, in their order."""
    votes = _votes(parse, names)
    return [_kind(parse, name, votes) for name in names]


def name_key(parse: Parse, name: Name) -> str:
    return key(parse.words(parse.span(parse.tokens[name.first : name.after]))).lower()


def _kind(parse: Parse, name: Name, votes: Mapping[str, Counter[MentionKind]]) -> MentionKind:
    if name.known == "capital":
        return "state" if _for_government(parse, name) else "place"
    if name.known:
        return _KINDS[name.known]
    text = name_key(parse, name)
    tally = votes[text]
    if not tally:
        return "organisation"
    best = max(tally.values())
    if best <= 0:
        return "organisation"
    return next(kind for kind in (*_KINDS.values(),) if tally[kind] == best)


def _for_government(parse: Parse, name: Name) -> bool:
    """A capital that does or says something stands for its government."""
    head = parse.tokens[name.after - 1]
    if head.dep not in ("nsubj", "agent") and not (
        head.dep == "pobj" and parse.head(head).dep == "agent"
    ):
        return False
    verb = parse.head(head)
    return verb.pos == "VERB" and verb.lemma not in ("be", "have", "lie", "see", "become", "fall")


def _votes(parse: Parse, names: Sequence[Name]) -> Mapping[str, Counter[MentionKind]]:
    """For each spelling, the kinds its mentions speak for. A surname also has the votes of the full
    names that end in it."""
    votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    for name in names:
        if not name.known:
            votes[name_key(parse, name)].update(_evidence(parse, name))
    _pair_demonyms(parse, names, votes)
    for full, short in _acronyms(parse, names):
        if votes[full]:
            votes[short][votes[full].most_common(1)[0][0]] += 3 + votes[short].total()
    for text in [t for t in votes if " " in t and votes[t]]:
        kind = votes[text].most_common(1)[0][0]
        first, surname = text.split(" ")[0], text.rsplit(" ", 1)[1]
        if kind == "person" and surname in votes and first not in words("particles"):
            votes[surname]["person"] += 2 + votes[surname].total()
        if kind == "organisation" and surname in _tails() and first in votes:
            votes[first]["organisation"] += 2
    return votes


@cache
def _tails() -> frozenset[str]:
    """Last words that may be left off a company's or party's name."""
    return frozenset(row["word"] for row in table("organisation_words") if row["use"] == "tail")


def _pair_demonyms(
    parse: Parse, names: Sequence[Name], votes: dict[str, Counter[MentionKind]]
) -> None:
    """A place and a people's name made of it are a state that no list has: "Sylvania" beside
    "Sylvanian" and "Sylvanians"."""
    single = [n for n in names if not n.known and n.after - n.first == 1]
    said = {name_key(parse, n) for n in single}
    said |= {parse.tokens[n.first].lower for n in names if n.known == "organisation"}
    for text in sorted({name_key(parse, n) for n in single}):
        people = peoples(text) & said if len(text) > 3 else set()
        if not people or votes[text]["person"] > 2:
            continue
        votes[text]["state"] += 4
        for word in people & votes.keys():
            votes[word]["people" if word.endswith("s") else "state"] += 4


def _acronyms(parse: Parse, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """As in "Long Name (LN)": the keys of both."""
    for left, right in pairwise(names):
        opened = right.first == left.after + 1 and parse.tokens[left.after].text == "("
        if opened and is_acronym(parse.tokens[right.first].text):
            yield name_key(parse, left), name_key(parse, right)


def _evidence(parse: Parse, name: Name) -> Counter[MentionKind]:
    tokens = parse.tokens[name.first : name.after]
    found: Counter[MentionKind] = Counter()
    if name.label in _OF_LABEL:
        found[_OF_LABEL[name.label]] += 1
    head = _head_kind(tokens)
    if head and (len(tokens) > 1 or name.label == "ORG"):
        found[head] += 3
    for hint, weight in around.hints(parse, name):
        if name.label != "NORP" or hint == "state":
            found[hint] += weight
    if len(tokens) > 1 and name.label != "PERSON" and is_press(name_key(parse, name)):
        found["organisation"] += 4
    given = len(tokens) > 1 and tokens[0].text in _given() and not head
    if _has_title(parse, name) or given:
        found["person"] += 3
    if name.label == "ORG" and len(tokens) == 1 and tokens[0].text in _given():
        found["person"] += 2
    if (name.label == "PERSON" and _is_code(tokens)) or (
        len(tokens) == 1 and "." in tokens[0].text and is_acronym(tokens[0].text)
    ):
        found["organisation"] += 2
    if not +found and not name.label:
        found[_unlabelled(tokens)] += 1
    return found


def _is_code(tokens: Sequence[Token]) -> bool:
    """An acronym, or a name that begins with one or with letters and figures; no initials."""
    first = tokens[0].text
    mixed = any(c.isdigit() for c in first) and any(c.isalpha() for c in first)
    small = len(tokens) == 1 or not tokens[-1].text.isupper()
    return (
        mixed
        or (small and len(first) > 2 and is_acronym(first))
        or (len(tokens) == 1 and is_acronym(first))
    )


@cache
def _given() -> frozenset[str]:
    return words("given_names")


def _head_kind(tokens: Sequence[Token]) -> MentionKind | None:
    """By the last word before "of", "for" and the like: "Front for the Defence of Sylvania"."""
    heads = mapping("head_nouns", "word", "kind")
    kind = heads.get(head_word(tokens)) or heads.get(tokens[0].lower)
    return _KINDS.get(kind or "")


def _has_title(parse: Parse, name: Name) -> bool:
    """A title stands right before the name in the same sentence."""
    begin = parse.sentences[parse.tokens[name.first].sentence][0]
    before = parse.tokens[max(begin, name.first - 3) : name.first + 1]
    return any(title_length(before[k:]) == len(before) - k - 1 > 0 for k in range(len(before) - 1))


def _unlabelled(tokens: Sequence[Token]) -> MentionKind:
    if all(t.text[0].isupper() or "-" in t.text for t in tokens) and tokens[-1].dep in _ACTS_FOR:
        return "person"
    return "organisation"
