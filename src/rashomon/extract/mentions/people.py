"""Who is meant by a bare surname or a role phrase: each is led back to a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import words
from rashomon.extract.mentions.gazetteer import key

_MASCULINE = frozenset({"he", "him", "his", "himself"})
_FEMININE = frozenset({"she", "her", "hers", "herself"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_ANY_ONE = frozenset({"a", "an", "one", "another", "some"})
_NO_ONE = frozenset({"any", "no", "every", "each", "many", "such"})
_ADDRESS = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir"})
_LEFT = frozenset({"det", "amod", "compound", "poss", "nmod", "predet", "case", "advmod", "punct"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name where it stands: its place in the list of mentions, its tokens, its key."""

    place: int
    first: int
    after: int
    key: str


@dataclass(frozen=True, slots=True)
class _Role:
    """What stood with a role noun: its modifiers, and whose it is ("" if not said)."""

    modifiers: frozenset[str]
    owner: str


@dataclass(slots=True)
class People:
    """The persons named so far in an article and what was said of them, read from the front."""

    parse: Parse
    seen: list[Person] = field(default_factory=list)
    full: dict[str, list[Person]] = field(default_factory=dict)
    roles: dict[str, dict[str, _Role]] = field(default_factory=dict)
    phrases: dict[int, Person] = field(default_factory=dict)
    in_sentence: dict[int, list[Person]] = field(default_factory=dict)


def meet(people: People, person: Person) -> Person | None:
    """Take a named person in; a bare surname gives back the only full name that ends in it."""
    words_of_name = person.key.split()
    surname = words_of_name[-1]
    earlier = people.full.get(surname, [])
    bare = len(words_of_name) == 1 or (len(words_of_name) == 2 and words_of_name[0] in ("al", "el"))
    known = None
    if bare:
        if len({p.key for p in earlier if p.key != person.key}) == 1:
            known = next(p for p in reversed(earlier) if p.key != person.key)
            person = Person(person.place, person.first, person.after, known.key)
    else:
        people.full.setdefault(surname, []).append(person)
    people.seen.append(person)
    _learn(people, person)
    return known


def _learn(people: People, person: Person) -> None:
    """Roles from the words around the name."""
    for noun in _role_nouns(people.parse, person):
        people.roles.setdefault(noun.lower, {})[person.key] = _role(people.parse, noun)


def _role(parse: Parse, noun: Token) -> _Role:
    owned = {t.i for child in parse.children(noun) if child.dep == "poss"
             for t in parse.subtree(child)}  # fmt: skip
    left = (t for t in _phrase(parse, noun)[:-1] if t.dep != "det" and t.i not in owned)
    return _Role(frozenset(t.lower for t in left), _owner(parse, noun))


def _owner(parse: Parse, noun: Token) -> str:
    """The last word of whose leader it is: "harbour" in "the leader of Open Harbour"."""
    owner = parse.child(noun, "poss")
    link = parse.child(noun, "prep")
    if owner is None and link is not None and link.lower == "of":
        owner = parse.child(link, "pobj")
    return owner.lower if owner is not None and owner.pos != "PRON" else ""


def _role_nouns(parse: Parse, person: Person) -> Iterator[Token]:
    """Nouns that say what a person is: before the name, beside it in apposition, after "is"."""
    head = name_head(parse, person)
    listed = words("role_nouns")
    for token in parse.children(head):
        if token.dep in ("compound", "appos", "nmod") and token.lower in listed:
            yield token
    above = parse.head(head)
    if head.dep == "appos" and above.lower in listed:
        yield above
    if head.dep == "nsubj" and above.lemma == "be":
        attribute = parse.child(above, "attr")
        if attribute and attribute.lower in listed:
            yield attribute


def name_head(parse: Parse, person: Person) -> Token:
    """The word of a name that hangs on a word outside it."""
    for token in parse.tokens[person.first : person.after]:
        if token.head == token.i or not person.first <= token.head < person.after:
            return token
    return parse.tokens[person.after - 1]


def pronoun(token: Token) -> bool:
    return token.lower in _MASCULINE or token.lower in _FEMININE


def description(parse: Parse, token: Token) -> list[Token]:
    """The words of a role phrase that ends in this noun, or none: it stands for one person, is no
    part of a name and names no plain kind ("as minister")."""
    if (
        token.tag not in ("NN", "NNP")
        or token.lower not in words("role_nouns")
        or token.dep == "compound"
    ):
        return []
    phrase = _phrase(parse, token)
    determined = any(t.dep in ("det", "poss") for t in phrase)
    if phrase[0].text.rstrip(".") in _ADDRESS:
        return []
    plain = len(phrase) == 1 or token.dep not in (*_SUBJECTS, "appos")
    if plain and not determined:
        return []
    if any(t.lower in _NO_ONE for t in phrase):
        return []
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
    return [] if after.head == token.i and after.pos == "PROPN" and after.dep != "appos" else phrase


def _phrase(parse: Parse, noun: Token) -> list[Token]:
    """The noun with what stands unbroken to its left and belongs to it."""
    inside = {t.i for t in parse.subtree(noun)}
    first = noun.i
    while first - 1 in inside and _belongs(parse, parse.tokens[first - 1], noun):
        first -= 1
    while parse.tokens[first].tag in ("POS", "HYPH") or parse.tokens[first].dep == "punct":
        first += 1
    return list(parse.tokens[first : noun.i + 1])


def _belongs(parse: Parse, token: Token, noun: Token) -> bool:
    while token.head != noun.i and token.head != token.i:
        if token.dep not in _LEFT:
            return False
        token = parse.head(token)
    return token.dep in _LEFT and token.text not in (",", ";", "—", "–")


def remember(people: People, place: int, phrase: Sequence[Token], meant: Person | None) -> None:
    """Keep a role phrase, as the person it was led to, for one in apposition to it."""
    noun = phrase[-1]
    where, name = (meant.place, meant.key) if meant else (place, f"#{place}")
    people.phrases[noun.i] = Person(where, phrase[0].i, noun.i + 1, name)


def bearer(people: People, phrase: Sequence[Token]) -> Person | None:
    """Whom a role phrase means: a name in apposition or after "is", else for a definite phrase the
    only person of the article who was called so."""
    noun = phrase[-1]
    beside = _beside(people, noun) or _described(people, noun)
    if beside or phrase[0].lower in _ANY_ONE:
        return beside
    called = people.roles.get(noun.lower, {})
    said = _role(people.parse, noun)
    fitting = [k for k, role in called.items() if _fits(said, role)]
    if len(fitting) != 1:
        return None
    return next((p for p in reversed(people.seen) if p.key == fitting[0]), None)


def _fits(said: _Role, known: _Role) -> bool:
    if said.owner and known.owner and said.owner != known.owner:
        return False
    left, right = said.modifiers, known.modifiers
    return left <= right or right <= left


def _described(people: People, noun: Token) -> Person | None:
    """The description that this one stands in apposition to: "her sister, a nurse"."""
    return people.phrases.get(noun.head) if noun.dep == "appos" else None


def _beside(people: People, noun: Token) -> Person | None:
    for person in people.in_sentence.get(noun.sentence, []):
        if any(t.i == noun.i for t in _role_nouns(people.parse, person)):
            return person
    return None


def person_key(parse: Parse, first: int, after: int) -> str:
    return key(parse.words(parse.span(parse.tokens[first:after]))).lower()
