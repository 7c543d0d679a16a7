"""What a name is the name of: known names first, its own words, then a vote over the article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, words
from rashomon.base.rows import MentionKind
from rashomon.extract.mentions.gazetteer import key
from rashomon.extract.mentions.names import Name, head_word, is_acronym, title_length

_OF_LABEL: dict[str, MentionKind] = {
    "PERSON": "person", "NORP": "people", "ORG": "organisation", "GPE": "place", "LOC": "place",
    "FAC": "place",
}  # fmt: skip
_KINDS: dict[str, MentionKind] = {
    kind: kind for kind in ("person", "organisation", "armed_group", "state", "people", "place")
}
_WHERE = frozenset({"in", "near", "inside", "outside", "around", "across", "throughout"})
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
    for full, short in _acronyms(parse, names):
        if votes[full]:
            votes[short][votes[full].most_common(1)[0][0]] += 3 + votes[short].total()
    for text in [t for t in votes if " " in t and votes[t]]:
        kind = votes[text].most_common(1)[0][0]
        surname = text.rsplit(" ", 1)[1]
        if kind == "person" and surname in votes:
            votes[surname]["person"] += 2
    return votes


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
    beside = _beside(parse, name)
    if beside:
        found[beside] += 2
    if _located(parse, name):
        found["place"] += 2
    if _has_title(parse, name) or (len(tokens) > 1 and tokens[0].text in _given()):
        found["person"] += 2
    if name.label == "PERSON" and len(tokens) == 1 and is_acronym(tokens[0].text):
        found["organisation"] += 2
    if not found:
        found[_unlabelled(tokens)] += 1
    return found


@cache
def _given() -> frozenset[str]:
    return words("given_names")


def _head_kind(tokens: Sequence[Token]) -> MentionKind | None:
    """By the last word before "of", "for" and the like: "Front for the Defence of Sylvania"."""
    heads = mapping("head_nouns", "word", "kind")
    kind = heads.get(head_word(tokens)) or heads.get(tokens[0].lower)
    return _KINDS.get(kind or "")


def _beside(parse: Parse, name: Name) -> MentionKind | None:
    """The common noun right before or after: "the Doe militia", "the town of Fredonia"."""
    after = parse.tokens[name.after] if name.after < len(parse.tokens) else None
    heads = mapping("head_nouns", "word", "kind")
    if after and after.pos == "NOUN" and parse.tokens[name.after - 1].head == after.i:
        kind = heads.get(after.lower)
        return _KINDS[kind] if kind in ("armed_group", "place") else None
    if name.first >= 2 and parse.tokens[name.first - 1].lower == "of":
        kind = heads.get(parse.tokens[name.first - 2].lower)
        return "place" if kind == "place" else None
    return None


def _located(parse: Parse, name: Name) -> bool:
    """Right behind "in", "near" and their like, where no person or body can stand."""
    head = parse.tokens[name.after - 1]
    before = parse.tokens[name.first - 1] if name.first else head
    return head.dep == "pobj" and before.i == head.head and before.lower in _WHERE


def _has_title(parse: Parse, name: Name) -> bool:
    """A title stands right before the name in the same sentence."""
    begin = parse.sentences[parse.tokens[name.first].sentence][0]
    before = parse.tokens[max(begin, name.first - 3) : name.first + 1]
    return any(title_length(before[k:]) == len(before) - k - 1 > 0 for k in range(len(before) - 1))


def _unlabelled(tokens: Sequence[Token]) -> MentionKind:
    if all(t.text[0].isupper() or "-" in t.text for t in tokens) and tokens[-1].dep in _ACTS_FOR:
        return "person"
    return "organisation"
