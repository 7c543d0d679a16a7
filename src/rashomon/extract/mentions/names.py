"""Where names stand: the recogniser's entities mended, known names, capitalised runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table, words
from rashomon.extract.mentions import gazetteer

_ACTORS = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC"})
_LABELS = _ACTORS | {"EVENT", "PRODUCT", "WORK_OF_ART"}
_EDGE_TAGS = frozenset(
    {"DT", "POS", "IN", "CC", "PRP$", "PRP", "TO", "WDT", ",", ".", ":", "``", "''", "-LRB-",
     "-RRB-", "HYPH", "NFP", "SYM", "CD", "UH", "_SP"}
)  # fmt: skip
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_CLAUSE_PARTS = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_AFTER_HEAD = frozenset({"of", "for", "in", "to", "on", "against"})
_LEADING = frozenset({"the", "near", "in", "at", "from", "for", "of"})
_PREFIXES = frozenset({"anti", "pro", "post", "pre", "ex", "non", "mid", "neo", "inter", "trans"})
_LONGEST_NAME = 12
DEMONYM = ("an", "ese", "ish")
_DASHES = frozenset({"-", "–", "—", "--"})
_ENDS_NAME = frozenset({"to", "from", "with", "by", "as", "than", "into", "onto"})


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `[first, after)`. `label`: the recogniser's (or ""); `known`: the gazetteer's kind."""

    first: int
    after: int
    label: str
    known: str = ""


def spot(parse: Parse, taken: Sequence[bool]) -> list[Name]:
    """Names in the order of the text, none overlapping; `taken[i]`: token i is part of a time."""
    listed = [n for n in _entities(parse) if not taken[n.first]]
    for index in range(len(parse.sentences)):
        sentence = parse.sentence(index)
        listed += [Name(a, b, "", kind) for a, b, kind in gazetteer.hits(sentence)]
    found = _settle(listed, parse)
    found += _runs(parse, found, taken)
    inside = [i for name in found for i in range(name.first, name.after)]
    inside += [i for i, time in enumerate(taken) if time]
    found = sorted([*found, *_demonyms(parse, inside)], key=lambda n: n.first)
    found = [n for n in found if n.known != "none" and n.first < n.after]
    found = [n for n in found if not _in_title(parse, n)]
    return _from_datelines(parse, found)


def _from_datelines(parse: Parse, found: Sequence[Name]) -> list[Name]:
    """The names with those of datelines read anew ("PORT VELOR, Velor –" holds two places), and
    none from a heading in capitals ("OVERVIEW.")."""
    kept = found
    for index in range(len(parse.sentences)):
        sentence = parse.sentence(index)
        places = dateline(sentence)
        if places is None and not is_label(sentence):
            continue
        first, after = parse.sentences[index]
        inside = {n.first: n for n in kept if first <= n.first < after and n.known}
        read = [Name(a, b, "GPE", inside[a].known if a in inside else _known(parse, a, b))
                for a, b in places or ()]  # fmt: skip
        kept = sorted([*(n for n in kept if not first <= n.first < after), *read],
                      key=lambda n: n.first)  # fmt: skip
    return list(kept)


def _known(parse: Parse, first: int, after: int) -> str:
    """The kind that the lists have for a name in capitals."""
    words_of = gazetteer.key(parse.words(parse.span(parse.tokens[first:after])))
    return gazetteer.known().get(words_of.title(), "")


def _entities(parse: Parse) -> Iterator[Name]:
    for label, tokens in parse.entities():
        if label not in _LABELS or len(tokens) > _LONGEST_NAME:
            continue
        for part in _parts(tokens, label):
            name = _trim(part, label)
            if name:
                yield name


def _parts(tokens: list[Token], label: str) -> Iterator[list[Token]]:
    """An entity cut where a name cannot go on: at brackets, dashes, quotation marks, "to", and
    behind a possessive that owns what follows ("the Torva Post's Ada Lee")."""
    run: list[Token] = []
    for token in tokens:
        if _cuts(token, run) or token.lower in _ENDS_NAME or _owns(token, run, label):
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


def _owns(token: Token, run: Sequence[Token], label: str) -> bool:
    """A possessive behind a name: a state's, a known one's or one of two capitalised words. A name
    may hold that of a common noun ("Seamen's Club", "People's Party")."""
    if token.tag != "POS" and token.text not in POSSESSIVE:
        return False
    if label == "PERSON":
        return True
    named = [t for t in run if t.text[0].isupper() and t.tag in ("NNP", "NNPS")]
    owner = gazetteer.key(" ".join(t.text for t in named))
    return gazetteer.known().get(owner, "none") != "none" or (
        len(named) > 1 and named[0].text in words("given_names")
    )


def _cuts(token: Token, run: list[Token]) -> bool:
    """Brackets, a dash after a blank, the hyphen of "Freedonian-Sylvanian" and of "anti-"."""
    if token.text != "-":
        return token.text in '()[]“”"–—,;:'
    if not run or token.start > run[-1].end:
        return True
    return run[-1].lower in _PREFIXES or gazetteer.known().get(run[-1].text, "") in (
        "state",
        "people",
    )


def _trim(tokens: list[Token], label: str) -> Name | None:
    """Articles, possessive endings, punctuation and titles left outside."""
    first, after = 0, len(tokens)
    while first < after and (_is_edge(tokens[first]) or _leads_in(tokens[first:])):
        first += 1
    while after > first and _is_edge(tokens[after - 1]):
        after -= 1
    if label in ("PERSON", "ORG"):
        first += title_length(tokens[first:after])
    if not any(t.text[0].isupper() for t in tokens[first:after]):
        return None
    if _phrase(tokens[first:after]) in _titles() or head_word(tokens[first:after]) in _no_names():
        return None
    if all(t.pos in ("VERB", "ADV", "INTJ", "AUX", "ADP") for t in tokens[first:after]):
        return None
    return Name(tokens[first].i, tokens[after - 1].i + 1, label if label in _ACTORS else "MISC")


def _is_edge(token: Token) -> bool:
    """No name begins or ends so; "14th Brigade" begins with an ordinal."""
    if _ORDINAL.fullmatch(token.text):
        return False
    if not any(c.isalnum() for c in token.text):
        return True
    return token.tag in _EDGE_TAGS or token.text in POSSESSIVE


def _leads_in(tokens: Sequence[Token]) -> bool:
    """Words before a name that the recogniser takes in at the head of a sentence."""
    if len(tokens) > 1 and tokens[1].lower.startswith("east"):
        return False
    return tokens[0].tag == "RB" or tokens[0].lower in _LEADING


@cache
def _no_names() -> frozenset[str]:
    """Last words of what has a name but does nothing: wars, treaties, laws."""
    return frozenset(row["word"] for row in table("head_nouns") if row["kind"] == "none")


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.lower().rstrip(".") for word in words("person_titles"))


def title_length(tokens: Sequence[Token]) -> int:
    """How many tokens in front are titles, one word of the name at least being left."""
    titles, at = _titles(), 0
    while at < len(tokens) - 1:
        sizes = (n for n in (3, 2, 1) if at + n < len(tokens))
        size = next((n for n in sizes if _phrase(tokens[at : at + n]) in titles), 0)
        if not size or tokens[at + size].text == "of":
            return at
        at += size
    return at


def _phrase(tokens: Sequence[Token]) -> str:
    return " ".join(t.lower.rstrip(".") for t in tokens)


def _in_title(parse: Parse, name: Name) -> bool:
    """As "State" in "Secretary of State"."""
    begin = parse.sentences[parse.tokens[name.first].sentence][0]
    wider = parse.tokens[max(begin, name.first - 2) : name.after]
    return len(wider) > 2 and wider[1].lower == "of" and _phrase(wider) in _titles()


def _settle(listed: Iterable[Name], parse: Parse) -> list[Name]:
    """Of overlapping names the longer one, of equals the known one; a person's name loses a state's
    name at its front ("Freedonian Ada Lee") and keeps the rest."""
    ranked = sorted(listed, key=lambda n: (n.first - n.after, not n.known, n.first, n.label))
    owner: dict[int, Name] = {}
    kept: dict[Name, str] = {}
    for name in ranked:
        over = {owner[i] for i in range(name.first, name.after) if i in owner}
        if not over:
            kept[name] = name.known
            owner.update(dict.fromkeys(range(name.first, name.after), name))
    known_at = {n.first: n for n in listed if n.known in ("state", "people")}
    return [part for name in kept for part in _split_front(name, known_at, parse)]


def _split_front(name: Name, known_at: dict[int, Name], parse: Parse) -> list[Name]:
    front = known_at.get(name.first)
    if name.label != "PERSON" or name.known or front is None or front.after >= name.after:
        return [name]
    rest = parse.tokens[front.after : name.after]
    trimmed = _trim(list(rest), "PERSON")
    return [front, trimmed] if trimmed else [front]


def _runs(parse: Parse, found: Sequence[Name], taken: Sequence[bool]) -> Iterator[Name]:
    """Runs of proper nouns that the recogniser passed over; not in headings, where all words begin
    with capitals."""
    covered = {i for name in found for i in range(name.first, name.after)}
    for index in range(len(parse.sentences)):
        sentence = parse.sentence(index)
        if is_heading(sentence):
            continue
        run: list[Token] = []
        for token in sentence:
            if _goes_on(run, token) and token.i not in covered and not taken[token.i]:
                run.append(token)
                continue
            yield from _run(run)
            run = []
        yield from _run(run)


def _demonyms(parse: Parse, covered: Iterable[int]) -> Iterator[Name]:
    """ "a Sylvanian company": a capitalised adjective inside a sentence, that no list has."""
    passed = set(covered)
    for token in parse.tokens:
        if token.dep not in ("amod", "compound", "nmod") or not token.lower.endswith(DEMONYM):
            continue
        opens = parse.sentences[token.sentence][0] == token.i
        capital = token.text[0].isupper() and token.text[1:].islower() and not opens
        before = token.head > token.i and len(token.text) > 4
        if capital and before and token.i not in passed:
            yield Name(token.i, token.i + 1, "NORP")


def _goes_on(run: Sequence[Token], token: Token) -> bool:
    """A proper noun, or any capitalised word behind an ordinal ("14th Brigade")."""
    numbered = bool(run) and _ORDINAL.fullmatch(run[-1].text) is not None
    return _proper(token) or (numbered and token.text[0].isupper())


def _proper(token: Token) -> bool:
    if _ORDINAL.fullmatch(token.text):
        return True
    return token.pos == "PROPN" and token.text[0].isupper() and len(token.text) > 1


def _run(run: list[Token]) -> Iterator[Name]:
    name = _trim(run, "PERSON") if run else None
    if name is None:
        return
    kept = run[name.first - run[0].i : name.after - run[0].i]
    if len(kept) > 1 or is_acronym(kept[0].text) or _lone_name(kept[0]):
        yield Name(name.first, name.after, "")


def _lone_name(token: Token) -> bool:
    """One capitalised word that takes part in a clause and is no title, office or kind of body."""
    common = mapping("head_nouns", "word", "kind")
    return (
        token.dep in _CLAUSE_PARTS
        and token.lower not in words("role_nouns")
        and token.lower not in common
    )


def head_word(tokens: Sequence[Token]) -> str:
    """The word that says what a name is of: "front" in "Front for the Defence of Sylvania"."""
    end = next((k for k, t in enumerate(tokens) if k and t.lower in _AFTER_HEAD), len(tokens))
    return tokens[end - 1].lower


def is_acronym(text: str) -> bool:
    bare = text.replace(".", "")
    return 2 <= len(bare) <= 6 and bare.isalpha() and bare.isupper()


def dateline(sentence: Sequence[Token]) -> list[tuple[int, int]] | None:
    """The places of a stretch such as "PORT VELOR, Velor (Agency) –": tokens `[first, after)`."""
    if len(sentence) < 2 or sentence[-1].text not in _DASHES or len(sentence) > _LONGEST_NAME:
        return None
    if not (sentence[0].text.isupper() and len(sentence[0].text) > 1):
        return None
    found: list[tuple[int, int]] = []
    first = sentence[0].i
    for token in sentence:
        if token.text in ",(/" or token is sentence[-1]:
            found += [(first, token.i)] if first < token.i else []
            first = token.i + 1
        if token.text == "(" or not (token.text[0].isupper() or token.text in ",/-–—.'’"):
            break
    return found


def is_label(sentence: Sequence[Token]) -> bool:
    """A heading in capitals set before a paragraph: "OVERVIEW.", "LIVE:"."""
    words_of = [t for t in sentence if t.text[0].isalpha()]
    ends = sentence[-1].text in ".:" and len(words_of) == len(sentence) - 1
    return ends and len(words_of) <= 3 and all(t.text.isupper() and len(t.text) > 1
                                               for t in words_of)  # fmt: skip


def is_heading(sentence: Sequence[Token]) -> bool:
    """Nearly all words of some length begin with a capital, the first word not counted."""
    long = [t for t in sentence[1:] if len(t.text) > 3 and t.text.isalpha()]
    return len(long) >= 4 and sum(t.text[0].isupper() for t in long) >= 0.85 * len(long)
