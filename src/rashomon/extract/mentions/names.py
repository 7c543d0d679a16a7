"""Where names stand: the recogniser's entities mended, known names, capitalised runs."""

from __future__ import annotations

import re
from bisect import bisect_right
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
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_CLAUSE_PARTS = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_AFTER_HEAD = frozenset({"of", "for", "in", "to", "on", "against"})
_LEADING = frozenset({"the", "near", "in", "at", "from", "for", "of"})
_PREFIXES = frozenset({"anti", "pro", "post", "pre", "ex", "non", "mid", "neo", "inter", "trans"})
_PERSONAL_BODIES = frozenset({"administration", "government", "regime", "cabinet", "campaign"})
_LONGEST_NAME = 12


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
    found = sorted([*found, *_runs(parse, found, taken)], key=lambda n: n.first)
    found = [n for n in found if n.known != "none" and n.first < n.after]
    return list(_bodies(parse, [n for n in found if not _in_title(parse, n)]))


def _entities(parse: Parse) -> Iterator[Name]:
    for label, tokens in parse.entities():
        if label not in _LABELS or len(tokens) > _LONGEST_NAME:
            continue
        for part in _parts(tokens):
            name = _trim(part, label)
            if name:
                yield name


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """An entity cut where a name cannot go on: at brackets, dashes, quotation marks."""
    run: list[Token] = []
    for token in tokens:
        if _cuts(token, run):
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


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
    return token.tag in _EDGE_TAGS or token.text in _POSSESSIVE


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
    return 2 <= len(text) <= 6 and text.isalpha() and text.isupper()


def is_heading(sentence: Sequence[Token]) -> bool:
    """Nearly all words of some length begin with a capital, the first word not counted."""
    long = [t for t in sentence[1:] if len(t.text) > 3 and t.text.isalpha()]
    return len(long) >= 4 and sum(t.text[0].isupper() for t in long) >= 0.85 * len(long)


@cache
def _bodies_of_states() -> frozenset[str]:
    return frozenset(row["word"] for row in table("institutions"))


def _bodies(parse: Parse, found: Sequence[Name]) -> Iterator[Name]:
    """A state or a leader and the body that takes its name: "Freedonian army", "Lee's cabinet"."""
    end = 0
    for name in found:
        if name.first < end:
            continue
        end = _body_end(parse, name)
        if any(name.first < n.first < end < n.after for n in _near(found, name)):
            end = name.after
        yield name if end == name.after else Name(name.first, end, "ORG", "organisation")


def _near(found: Sequence[Name], name: Name) -> Sequence[Name]:
    """The two names that follow it."""
    at = bisect_right(found, name.first, key=lambda n: n.first)
    return found[at : at + 2]


def _body_end(parse: Parse, name: Name) -> int:
    """The token after the institution, or the end of the name itself."""
    text = gazetteer.key(parse.words(parse.span(parse.tokens[name.first : name.after])))
    if text in gazetteer.adjectives():
        bodies = _bodies_of_states()
    elif name.label == "PERSON":
        bodies = _PERSONAL_BODIES
    else:
        return name.after
    start, sentence_end = name.after, parse.sentences[parse.tokens[name.first].sentence][1]
    if start < sentence_end and parse.tokens[start].text in _POSSESSIVE:
        start += 1
    for size in (2, 1):
        body = parse.tokens[start : min(start + size, sentence_end)]
        if body and _phrase(body) in bodies and body[-1].pos not in ("VERB", "AUX"):
            return start + len(body)
    return name.after
