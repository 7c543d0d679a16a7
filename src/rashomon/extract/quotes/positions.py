"""What somebody holds, told without a verb of speech.

"The message is clear: …", "the ministry's position is that", "with the stated aim of", "came as a
shock to many", "if the critics are right, …".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.rows import SourceKind, Span, Stance
from rashomon.extract.quotes import contents, cues, sources
from rashomon.extract.quotes.drafts import Draft, Page, Source

_PLAIN = frozenset({"clear", "simple", "plain", "this", "unmistakable", "unequivocal", "blunt"})
_AIMS = frozenset({"goal", "aim", "purpose", "objective", "intention", "intent", "ambition"})
_SAID = frozenset(
    {
        "explicit",
        "stated",
        "declared",
        "avowed",
        "professed",
        "announced",
        "expressed",
        "proclaimed",
    }
    | {"ostensible", "official", "publicised", "publicized", "supposed"}
)
_DOUBTED = frozenset({"professed", "ostensible", "supposed"})
_RIGHT = frozenset({"right", "correct", "accurate"})
_STRIKING = frozenset({"be", "come", "seem", "remain", "prove"})
_HELD = frozenset({"position", "stance", "line", "point", "mantra", "motto", "answer", "reasoning"})
_VERBAL = frozenset({"VERB", "AUX"})
_STOPS = frozenset({":", "–", "—", "-", "--"})


def held(page: Page) -> list[Draft]:
    """A draft for each position of the page, in the order of the text."""
    return list(_each(page))


def _each(page: Page) -> Iterator[Draft]:
    nouns, reactions = cues.lexicon("noun"), _reactions()
    for token in page.parse.tokens:
        draft: Draft | None = None
        if token.dep == "nsubj" and (token.lemma in nouns or token.lemma in _HELD):
            draft = _message(page, token)
        elif token.lemma in _AIMS and token.pos == "NOUN":
            draft = _aim(page, token)
        elif token.lower in reactions or token.lemma in reactions:
            draft = _reaction(page, token)
        elif token.dep in ("advcl", "ROOT") and (token.pos == "AUX" or token.lemma == "believe"):
            draft = _granted(page, token)
        if draft is not None:
            yield draft


# "the message is clear: …", "his point was that …"


def _message(page: Page, noun: Token) -> Draft | None:
    parse = page.parse
    copula = parse.head(noun)
    if copula.lemma != "be" or copula.i < noun.i:
        return None
    found = _that_clause(parse, copula) or _behind_colon(parse, copula)
    if found is None:
        return None
    tokens, end = found
    source, kind = _owner(page, noun)
    owned = source is not None and source.span.start > noun.start
    cue = Span(copula.start if owned else noun.start, end)
    content = contents.spans(page, tokens, cue, source.span if source else None)
    if not content:
        return None
    stated = cues.lexicon("noun").get(noun.lemma)
    stance = stated.stance if stated is not None else "neutral"
    because = f"the noun '{noun.lemma}' and what it is"
    return Draft(noun.sentence, source, cue, content, stance, because, at=noun, kind=kind)


def _that_clause(parse: Parse, copula: Token) -> tuple[list[Token], int] | None:
    clause = parse.child(copula, "ccomp")
    below = parse.subtree(clause) if clause is not None else []
    return (below, copula.end) if below and below[0].lower == "that" else None


def _behind_colon(parse: Parse, copula: Token) -> tuple[list[Token], int] | None:
    """ "is clear: …", "is: …" The rest of the sentence."""
    after = parse.sentences[copula.sentence][1]
    at = copula.i + 1
    while at < after and (parse.tokens[at].lower in _PLAIN or parse.tokens[at].pos == "ADV"):
        at += 1
    if at >= after or parse.tokens[at].text != ":":
        return None
    return list(parse.tokens[at + 1 : after]), parse.tokens[at - 1].end


def _owner(page: Page, noun: Token) -> tuple[Source | None, SourceKind | None]:
    """Whose it is: "X's message", "the message of X", or what speaks in the clause before."""
    parse = page.parse
    of = next(
        (c for c in parse.children(noun) if c.dep == "prep" and c.lower in ("of", "from")), None
    )
    owner = parse.child(noun, "poss") or (parse.child(of, "pobj") if of is not None else None)
    if owner is None:
        owner = _told_before(parse, noun)
    source = sources.phrase(page, owner, noun) if owner is not None else None
    return source, None if source is not None else "unnamed"


def _told_before(parse: Parse, noun: Token) -> Token | None:
    """ "The leaflets name three towns, and the message is clear": the document before it."""
    first = parse.sentences[noun.sentence][0]
    for token in parse.tokens[first : noun.i]:
        if token.dep == "nsubj" and sources.nouns().get(token.lemma) == "document":
            return token
    return None


# "with the stated aim of"


def _aim(page: Page, noun: Token) -> Draft | None:
    parse = page.parse
    word = next((c for c in parse.children(noun) if c.dep == "amod" and c.lower in _SAID), None)
    leading = parse.head(noun)
    if word is None or noun.dep != "pobj" or leading.lower not in ("with", "for"):
        return None
    of = next((c for c in parse.children(noun) if c.dep == "prep" and c.lower == "of"), None)
    verb = next((a for a in parse.ancestors(leading) if a.pos in _VERBAL), None)
    if of is None or verb is None:
        return None
    passive = cues.passive(parse, verb)
    source = sources.agent(page, verb) if passive else sources.of_verb(page, verb)
    tokens = [t for t in parse.subtree(of) if t.i != of.i]
    cue = Span(leading.start, of.end)
    content = contents.spans(page, tokens, cue, source.span if source else None)
    if source is None or not content:
        return None
    stance: Stance = "doubting" if word.lower in _DOUBTED else "neutral"
    because = f"'{leading.lower} the {word.lower} {noun.lemma} of'"
    return Draft(noun.sentence, source, cue, content, stance, because, at=noun)


# "came as a shock to many"


@cache
def _reactions() -> Mapping[str, str]:
    return MappingProxyType({row["word"]: row["pos"] for row in table("reactions")})


def _reaction(page: Page, word: Token) -> Draft | None:
    parse = page.parse
    verb = next((a for a in parse.ancestors(word) if a.pos in _VERBAL), None)
    if verb is None or verb.lemma not in _STRIKING or word.i < verb.i:
        return None
    thing = parse.child(verb, "nsubj")
    who = _struck(parse, verb, word)
    if thing is None or who is None or not _is_said(parse, verb, word):
        return None
    source = sources.phrase(page, who, word)
    cue = Span(verb.start, parse.tokens[word.i + 1].end)
    content = contents.spans(page, parse.subtree(thing), cue, source.span if source else None)
    if source is None or not content:
        return None
    because = f"'{word.lower}' to a source"
    return Draft(word.sentence, source, cue, content, "neutral", because, at=word)


def _is_said(parse: Parse, verb: Token, word: Token) -> bool:
    """Whether the word is what the thing is said to be: "is worrying", "came as a shock"."""
    head = parse.head(word)
    return head.i == verb.i or (head.lower == "as" and head.head == verb.i)


def _struck(parse: Parse, verb: Token, word: Token) -> Token | None:
    """People just behind the word: "to many", "for the clergy"."""
    after = parse.tokens[word.i + 1] if word.i + 1 < len(parse.tokens) else word
    if after.lower not in ("to", "for") or after.head not in (word.i, verb.i):
        return None
    who = parse.child(after, "pobj")
    return who if who is not None and sources.speaks(who) and who.lower != "it" else None


# "if the critics are right, …"


def _granted(page: Page, verb: Token) -> Draft | None:
    """Who would be right if the rest of the sentence holds: the words are theirs."""
    parse = page.parse
    leading = parse.child(verb, "mark")
    who = parse.child(verb, "nsubj", "nsubjpass")
    end = _conceded(parse, verb)
    if leading is None or leading.lower != "if" or who is None or end is None:
        return None
    if not sources.speaks(who) or who.lower in ("it", "that", "this", "you"):
        return None
    source = sources.phrase(page, who, verb)
    tokens = _rest(parse, verb, leading, end)
    cue = Span(verb.start, end.end)
    content = contents.tidy(page, contents.runs(tokens)) if source is not None else ()
    if source is None or not content:
        return None
    because = f"'if … {verb.lower} {end.lower}'"
    return Draft(verb.sentence, source, cue, content, "doubting", because, at=verb)


def _conceded(parse: Parse, verb: Token) -> Token | None:
    """The "right" of "are right", the "believed" of "is to be believed"."""
    if verb.lemma == "believe":
        led = any(c.tag == "TO" or c.lower == "can" for c in parse.children(verb))
        return verb if cues.passive(parse, verb) and led else None
    right = parse.child(verb, "acomp", "xcomp")
    conceded = right is not None and (right.lemma in _RIGHT or right.lemma == "believe")
    return right if conceded else None


def _rest(parse: Parse, verb: Token, leading: Token, end: Token) -> Sequence[Token]:
    """The rest of the sentence; after a dash where the condition is all of its clause."""
    first, after = parse.sentences[verb.sentence]
    if verb.dep == "ROOT":
        stop = parse.tokens[end.i + 1] if end.i + 1 < after else end
        return parse.tokens[stop.i + 1 : after] if stop.text in _STOPS else ()
    own = {t.i for t in parse.subtree(verb)}
    return [t for t in parse.tokens[first:after] if t.i not in own]
