"""The noun phrases of an article, each by its head word, with what the parse and the lists tell.

A phrase is whatever may take part in coreference: a name, a common noun with what belongs to it, a
pronoun. Their traits are kept as numbers, one column a trait, so that pairs are compared in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from rashomon.base.language import Parse, Token
from rashomon.extract.references import words as w

Ints = NDArray[np.int64]

_INNER = frozenset({"compound", "nmod", "amod", "nummod", "poss", "det", "predet", "quantmod"})
_NO_HEADS = frozenset({"appos", "expl", "amod", "det", "advmod", "punct", "intj", "case", "prep"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB", "EX"})
_ROLES = {
    name: k
    for k, names in enumerate(
        ("", "nsubj", "nsubjpass agent", "dobj", "dative pobj", "poss", "attr", "conj",
         "compound nmod", "ROOT", "npadvmod")
    )
    for name in names.split()
}  # fmt: skip
_DETERMINERS = {
    "the": 1, "this": 2, "these": 2, "that": 3, "those": 3, "a": 5, "an": 5, "another": 5,
    "some": 6, "any": 6, "no": 6, "every": 6, "each": 6, "all": 6, "both": 6, "many": 6,
    "such": 6, "which": 7, "what": 7, "whose": 7,
}  # fmt: skip
DEFINITE = (1, 2, 3, 4)
_POSSESSED, _COUNTED = 4, 6
_CLAUSES = {"ROOT": 0, "conj": 0, "ccomp": 1, "xcomp": 1, "advcl": 2, "relcl": 3, "acl": 3}
_AFTER = {"relcl": 3, "acl": 3}

TRAITS = (
    ("form", w.FORMS), ("case", 3), ("number", 3), ("gender", 3), ("class", len(w.CLASSES)),
    ("determiner", 8), ("role", 11), ("after", 4), ("quoted", 2), ("opens", 2), ("early", 3),
    ("coordinated", 3), ("before", 3), ("clause", 4), ("expletive", 3), ("modified", 2),
    ("spoken", 2), ("inner", 2),
)  # fmt: skip
"""The traits that a phrase brings to every pair, each with how many values it has."""
WIDTH = sum(size for _, size in TRAITS)
_OFFSETS = np.cumsum([0, *(size for _, size in TRAITS[:-1])])


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of an article in the order of their heads; every column has one row a phrase.

    `traits` are the codes of `TRAITS`. `ids` name the head's lemma, the head and the whole phrase
    without its determiner. `mods` are the words before the head as a set of bits, `names` those of
    a name with its head, `roles` the role nouns that stand beside it, `verb` the governor's lemma.
    """

    heads: Ints
    traits: Ints
    sentence: Ints
    governor: Ints
    parent: Ints
    quote: Ints
    lemma: Ints
    word: Ints
    whole: Ints
    initials: Ints
    mods: Ints
    names: Ints
    roles: Ints
    verb: Ints

    def __len__(self) -> int:
        return len(self.heads)

    def trait(self, name: str) -> Ints:
        column: Ints = self.traits[:, _COLUMNS[name]]
        return column

    def vectors(self) -> NDArray[np.float32]:
        """One row a phrase, a 1 for each value that it has."""
        rows = np.zeros((len(self), WIDTH), dtype=np.float32)
        rows[np.arange(len(self))[:, None], self.traits + _OFFSETS] = 1
        return rows


_COLUMNS = {name: k for k, (name, _) in enumerate(TRAITS)}


def phrases(parse: Parse) -> Phrases:
    """All phrases of a parse."""
    reader = _Reader(parse)
    rows = [reader.read(token) for token in parse.tokens if is_head(parse, token)]
    traits = np.array([row[0] for row in rows], dtype=np.int64).reshape(-1, len(TRAITS))
    columns = np.array([row[1] for row in rows], dtype=np.int64).reshape(-1, 13)
    return Phrases(columns[:, 0], traits, *(columns[:, k] for k in range(1, 13)))


def is_head(parse: Parse, token: Token) -> bool:
    """Whether a phrase of its own ends in this token."""
    if token.pos not in ("NOUN", "PROPN", "PRON") or token.tag in _RELATIVE:
        return token.tag == "PRP$"
    if not any(map(str.isalnum, token.text)):
        return False
    if token.pos == "PRON":
        return token.dep != "expl" and (token.dep != "det" or token.tag == "PRP$")
    if token.dep in ("compound", "nmod"):
        return _ends_name(parse, token)
    return token.dep not in _NO_HEADS


def _ends_name(parse: Parse, token: Token) -> bool:
    """The last word of a name inside another phrase: "NASA" in "the NASA account"."""
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if w.entity_class(token.ent) not in (w.PERSON, w.GROUP, w.STATE, w.PLACE, w.NAMED):
        apart = token.pos == "PROPN" and parse.head(token).pos == "NOUN"
        return apart and (after is None or after.pos != "PROPN")
    return after is None or after.ent != token.ent or after.begins


def _inner(parse: Parse, token: Token) -> bool:
    """Part of a longer name: "Helsinki" in "the University of Helsinki"."""
    while not token.begins and token.i and parse.tokens[token.i - 1].ent == token.ent != "":
        token = parse.tokens[token.i - 1]
        if token.lower == "of":
            return True
    return False


class _Reader:
    """Reads the traits of phrases from the front of an article."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._ids: dict[str, int] = {}
        self._next = count(1)
        self._met: dict[str, int] = {}
        self._opened = -1
        self._quotes = quotes(parse)

    def _id(self, text: str) -> int:
        found = self._ids.get(text)
        if found is None:
            found = self._ids[text] = next(self._next)
        return found

    def read(self, token: Token) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Its traits and its columns."""
        form = _form(token)
        children = list(self._parse.children(token))
        before = [c for c in children if c.i < token.i and c.dep in _INNER]
        words = self._inside(token, before) if form <= w.NOMINAL else []
        governor, clause = self._governor(token)
        lower = token.lower
        lemma = token.lemma if form == w.NOMINAL else lower
        met = self._met.get(lemma, 0)
        self._met[lemma] = met + 1
        opens = token.sentence != self._opened
        self._opened = token.sentence
        conj = 1 if any(c.dep == "conj" for c in children) else 2 * (token.dep == "conj")
        traits = (
            form,
            _case(token),
            _number(token, form, conj),
            self._gender(token, form, words, before),
            self._class(token, form, words),
            _determiner(before),
            _ROLES.get(token.dep, 0),
            _after(children, token),
            int(self._quotes[token.i] > 0),
            int(opens),
            min(token.sentence, 4) // 2,
            conj,
            min(met, 2),
            clause,
            self._expletive(form, governor),
            int(bool(words)),
            int(w.speaks(self._parse.tokens[governor].lemma)),
            int(_inner(self._parse, token)),
        )
        mods = 0
        for word in words:
            mods |= w.bit(word.lower if form == w.NAME else word.lemma)
        names = mods | w.bit(lower) if form == w.NAME else 0
        names |= self._beside(children) if form <= w.NOMINAL else 0
        whole = " ".join([*(word.lower for word in words), lower])
        columns = (
            token.i,
            token.sentence,
            governor,
            token.head,
            self._quotes[token.i],
            self._id(lemma),
            self._id(lower),
            self._id(whole),
            self._initials(form, words, token),
            mods,
            names,
            self._roles(token, form, children),
            self._id(self._parse.tokens[governor].lemma),
        )
        return traits, columns

    def _inside(self, token: Token, before: Sequence[Token]) -> list[Token]:
        """The words before the head that are part of what it names, without titles."""
        found = [
            c for c in before
            if c.dep in ("compound", "amod", "nmod", "nummod")
            or (c.dep == "poss" and c.tag != "PRP$")
        ]  # fmt: skip
        return [c for c in found if not (c.dep == "compound" and w.is_title(c.text))]

    def _governor(self, token: Token) -> tuple[int, int]:
        """The verb that a phrase depends on, through prepositions and nouns, and its clause."""
        parse, at = self._parse, token
        for _ in range(6):
            if at.head == at.i:
                break
            at = parse.tokens[at.head]
            if at.pos in ("VERB", "AUX"):
                break
        return at.i, _CLAUSES.get(at.dep, 2)

    def _gender(
        self, token: Token, form: int, words: Sequence[Token], before: Sequence[Token]
    ) -> int:
        if form in (w.HE, w.SHE):
            return w.MASCULINE if form == w.HE else w.FEMININE
        if form == w.NOMINAL:
            return w.noun_gender(token.lemma)
        if form != w.NAME or (token.ent and token.ent != "PERSON"):
            return w.UNKNOWN
        titled = (w.title_gender(c.text) or w.noun_gender(c.lower) for c in before)
        told = next((gender for gender in titled if gender), w.UNKNOWN)
        given = (w.name_gender(word.text) for word in [*words, token][:2])
        return told or next((gender for gender in given if gender), w.UNKNOWN)

    def _class(self, token: Token, form: int, words: Sequence[Token]) -> int:
        if form in (w.HE, w.SHE, w.ME):
            return w.PERSON
        if form == w.NOMINAL:
            return w.noun_class(token.lemma) or w.entity_class(token.ent)
        if form != w.NAME:
            return w.NONE
        known = w.entity_class(token.ent)
        if not known and w.name_gender((words[0] if words else token).text):
            return w.PERSON
        return known or w.noun_class(token.lower)

    def _expletive(self, form: int, governor: int) -> int:
        """Whether "it" may stand for nothing: 2 where a clause follows its verb, 1 after "be"."""
        if form != w.IT:
            return 0
        verb = self._parse.tokens[governor]
        deps = {c.dep for c in self._parse.children(verb) if c.i > governor}
        if deps & {"ccomp", "xcomp", "csubj", "advcl"} and verb.lemma in _BARE:
            return 2
        return int(verb.lemma in _BARE)

    def _initials(self, form: int, words: Sequence[Token], token: Token) -> int:
        """The id of what the first letters of a name make, or of a name that is an acronym."""
        if form != w.NAME:
            return 0
        if words:
            letters = "".join(word.text[0] for word in [*words, token] if word.text[0].isupper())
            return self._id(letters.lower()) if len(letters) > 1 else 0
        return self._id(token.lower.replace(".", "")) if token.text.isupper() else 0

    def _beside(self, children: Sequence[Token]) -> int:
        """The words of a name in apposition: "Lee" in "the minister, Ann Lee"."""
        found = 0
        for child in children:
            if child.dep == "appos" and child.pos == "PROPN":
                found |= w.bit(child.lower)
                for inner in self._parse.children(child):
                    if inner.dep == "compound" and not w.is_title(inner.text):
                        found |= w.bit(inner.lower)
        return found

    def _roles(self, token: Token, form: int, children: Sequence[Token]) -> int:
        """The role nouns beside a name: before it, in apposition, after "is"."""
        if form != w.NAME:
            return w.bit(token.lemma) if w.names_role(token.lemma) else 0
        found = 0
        for child in children:
            if child.dep in ("compound", "appos", "nmod") and w.names_role(child.lemma):
                found |= w.bit(child.lemma)
        verb = self._parse.head(token)
        if token.dep == "nsubj" and verb.lemma == "be":
            attribute = self._parse.child(verb, "attr")
            if attribute is not None and w.names_role(attribute.lemma):
                found |= w.bit(attribute.lemma)
        return found


_BARE = frozenset({"be", "seem", "appear", "become", "take", "rain", "snow", "happen", "turn"})


def _form(token: Token) -> int:
    if token.pos == "PRON" or token.tag == "PRP$":
        return w.PRONOUNS.get(token.lower, w.OTHER)
    return w.NAME if token.pos == "PROPN" else w.NOMINAL


def _case(token: Token) -> int:
    if token.lower.endswith(("self", "selves")):
        return 2
    return int(token.dep == "poss" or token.tag == "PRP$")


def _number(token: Token, form: int, conj: int) -> int:
    if form in (w.HE, w.SHE, w.IT, w.ME, w.THIS):
        return w.SINGULAR
    if form in (w.THEY, w.WE, w.THESE):
        return w.PLURAL
    if form == w.YOU or conj == 1:
        return w.EITHER
    return w.PLURAL if token.tag in ("NNS", "NNPS") or token.lower in _MANY else w.SINGULAR


_MANY = frozenset({"people", "police", "both", "others", "many", "few", "all"})


def _determiner(before: Sequence[Token]) -> int:
    found = 0
    for child in before:
        if child.dep == "poss":
            return _POSSESSED
        if child.dep in ("det", "predet"):
            found = found or _DETERMINERS.get(child.lower, _COUNTED)
        elif child.dep == "nummod":
            found = found or _COUNTED
    return found


def _after(children: Sequence[Token], token: Token) -> int:
    """What stands behind a head: 1 "of", 2 another preposition, 3 a clause."""
    found = 0
    for child in children:
        if child.i > token.i:
            if child.dep == "prep":
                found = found or (1 if child.lower == "of" else 2)
            found = found or _AFTER.get(child.dep, 0)
    return found


def quotes(parse: Parse) -> list[int]:
    """For each token the number of the quotation that it stands in, 0 outside; a quotation ends
    with its paragraph."""
    return list(_quotes(parse))


def _quotes(parse: Parse) -> Iterator[int]:
    number, inside, paragraph = 0, False, -1
    for token in parse.tokens:
        if token.paragraph != paragraph:
            paragraph, inside = token.paragraph, False
        mark = token.text
        if mark in ('"', "“", "”", "``", "''", "«", "»", "„"):
            opens = mark in ("“", "``", "«", "„") or (mark == '"' and not inside)
            number += opens
            inside = opens
            yield number if opens else 0
        else:
            yield number if inside else 0
