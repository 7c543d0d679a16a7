"""Who speaks: the noun phrase that is the source of a cue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping
from rashomon.base.rows import Span
from rashomon.base.spans import trim
from rashomon.extract.quotes.drafts import OUTSIDE, Page, Source

_EDGE = ' \t\r\n\u00a0\ufeff.;:!?-–—…(["“”„«»'
_VERBAL = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"})
_OBJECT_CONTROL = frozenset(
    {"urge", "force", "ask", "lead", "push", "prompt", "cause", "make", "allow", "help", "tell"}
    | {"get", "press", "pressure", "drive", "move", "encourage", "order", "want", "let"}
)
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_SENDING = frozenset(
    {"send", "issue", "release", "publish", "post", "write", "make", "give", "sign", "pass"}
    | {"deliver", "tweet", "file", "have", "put", "circulate", "submit", "adopt", "read"}
)
_ABSTRACT = ("tion", "sion", "ness", "ing", "ism")
_UNSAID = frozenset({"unwilling", "unable", "reluctant", "likely", "unlikely", "free", "due"})
_FURTHEST = 5


@cache
def nouns() -> Mapping[str, str]:
    """What kind of source a noun stands for: people, unnamed, document, medium."""
    return mapping("source_nouns", "lemma", "kind")


def speaks(noun: Token) -> bool:
    """Whether a noun can be a source at all: a name, a pronoun, people, a document, a medium."""
    return noun.pos in ("PROPN", "PRON") or bool(noun.ent) or noun.lemma in nouns()


def abstract(noun: Token) -> bool:
    """A doing or a state ("the assassination"), which asks and promises nothing."""
    return noun.pos == "NOUN" and noun.lemma.endswith(_ABSTRACT) and not speaks(noun)


def of_verb(page: Page, verb: Token) -> Source | None:
    """The source of a verb in the active voice: its subject, or that of the verb it depends on."""
    parse = page.parse
    at = verb
    for _ in range(_FURTHEST):
        subject = parse.child(at, "nsubj", "nsubjpass" if at is not verb else "nsubj", "expl")
        if subject is not None:
            loose = verb.tag == "VBG" or verb.dep == "conj"
            if loose and at is not verb and not speaks(subject):
                subject = _speaker_above(page, at) or subject
            return phrase(page, subject, verb)
        found = _above(parse, at)
        if found is None:
            return _lost_subject(page, verb) if at is verb else None
        at, subject = found
        if subject is not None:
            return phrase(page, subject, verb)
    return None


def _lost_subject(page: Page, verb: Token) -> Source | None:
    """ "In a message on Friday its chief, Anna Quill, said": the noun just before a main verb that
    has no subject, where the parser hung it on the time before."""
    parse = page.parse
    at = parse.tokens[verb.i - 1] if verb.i else verb
    while at.text == "," and at.i > parse.sentences[verb.sentence][0]:
        at = parse.tokens[at.i - 1]
    if verb.tag in ("VBD", "VBP") and at.pos == "NUM" and at.head == verb.i:
        return phrase(page, at, verb)
    if verb.tag not in ("VBD", "VBZ", "VBP") or at.pos not in ("NOUN", "PROPN"):
        return None
    while at.dep in ("appos", "compound", "conj") and parse.head(at).ent not in ("DATE", "TIME"):
        at = parse.head(at)
    if at.dep not in ("appos", "nmod", "npadvmod", "dep") or not speaks(at):
        return None
    return phrase(page, at, verb)


def before(page: Page, verb: Token, *, since: int = 0) -> Source | None:
    """The noun phrase that ends just before a verb and its helpers, up to the word it hangs on,
    no word of it before `since`."""
    parse = page.parse
    first = max(since, parse.sentences[verb.sentence][0])
    at = verb.i - 1
    while at > first and (parse.tokens[at].pos in ("AUX", "ADV") or parse.tokens[at].text == ","):
        at -= 1
    top: Token | None = None
    for above in (parse.tokens[at], *parse.ancestors(parse.tokens[at])):
        if not first <= above.i < verb.i or above.pos in ("AUX", "PUNCT"):
            break
        if above.pos in ("NOUN", "PROPN") and above.dep not in ("compound", "poss"):
            top = above if speaks(above) else top
    timed = top is None or top.ent in ("DATE", "TIME")
    return None if timed or top is None else phrase(page, top, verb)


def behind(page: Page, verb: Token) -> Source | None:
    """The noun phrase just behind a verb: ", said the head of the guild"."""
    parse = page.parse
    for token in parse.tokens[verb.i + 1 : parse.sentences[verb.sentence][1]]:
        if token.pos in ("VERB", "ADP", "PUNCT", "SCONJ"):
            break
        if token.pos in ("NOUN", "PROPN", "PRON") and token.dep not in ("compound", "poss"):
            return phrase(page, token, verb) if speaks(token) else None
    return None


def _speaker_above(page: Page, verb: Token) -> Token | None:
    """ "He added that it was a duty, stressing that": who governs the whole can speak."""
    parse = page.parse
    for above in parse.ancestors(verb):
        subject = parse.child(above, "nsubj") if above.pos in ("VERB", "AUX") else None
        if subject is not None and speaks(subject):
            return subject
    return None


def agent(page: Page, verb: Token) -> Source | None:
    """The source of a verb in the passive: "by Y"."""
    by = page.parse.child(verb, "agent")
    noun = page.parse.child(by, "pobj") if by is not None else None
    return phrase(page, noun, verb) if noun is not None else None


def regrouped(parse: Parse, verb: Token) -> Token | None:
    """ "telling him that it is late and asking": the cue above, where a verb that was hung on its
    content has the form of the cue and not that of the content."""
    clause = parse.head(verb)
    cue = parse.head(clause)
    if verb.dep != "conj" or clause.dep != "ccomp" or clause.i < cue.i:
        return None
    if parse.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    form = _form(parse, verb)
    return cue if form == _form(parse, cue) and form != _form(parse, clause) else None


def _form(parse: Parse, verb: Token) -> str:
    """The tag of a verb or of what stands before it: "did say" is a past, "will go" a modal."""
    helpers = [c for c in parse.children(verb) if c.dep in ("aux", "auxpass") and c.i < verb.i]
    return helpers[0].tag if helpers else verb.tag


def _above(parse: Parse, verb: Token) -> tuple[Token, Token | None] | None:
    """The verb above, or the noun that a participle or relative clause describes."""
    head = regrouped(parse, verb) or parse.head(verb)
    if head.i == verb.i:
        return None
    if verb.dep == "pcomp":
        head = parse.head(head)
        return (head, None) if head.pos in ("VERB", "AUX") else None
    if verb.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
        return _described(parse, head)
    if verb.dep == "xcomp" and head.dep == "acomp" and parse.head(head).pos == "AUX":
        head = head if _unsaid(parse, head) else parse.head(head)
    if verb.dep not in _VERBAL or head.pos not in ("VERB", "AUX"):
        return None
    if verb.dep == "xcomp" and head.lemma in _OBJECT_CONTROL:
        return head, parse.child(head, "dobj", "nsubjpass")
    return head, None


def _unsaid(parse: Parse, word: Token) -> bool:
    """ "unwilling to say"; but voters who are "more likely to say" so do say it."""
    compared = any(c.lower in ("more", "less", "most", "least") for c in parse.children(word))
    return word.lemma in _UNSAID and not (compared and word.lemma == "likely")


def _described(parse: Parse, noun: Token) -> tuple[Token, Token | None]:
    """A letter that they sent saying so: who sent it speaks, else the letter."""
    above = parse.head(noun)
    if noun.dep == "dobj" and above.lemma in _SENDING:
        return above, parse.child(above, "nsubj")
    return above, noun


def phrase(page: Page, head: Token, cue: Token) -> Source | None:
    """The whole noun phrase of a head, without the cue or what hangs on it."""
    parse = page.parse
    below = _run(page, head, cue)
    if not below:
        return None
    named = _unlead(below, head)
    span = trim(parse.text, Span(named[0].start, named[-1].end), _EDGE)
    if span.start >= span.end:
        return None
    return Source(_close(parse.text, span), _anchor(parse, head, cue))


def _run(page: Page, head: Token, cue: Token) -> list[Token]:
    """The unbroken run of words below `head` around it, on its side of the cue and of marks."""
    parse = page.parse
    if head.i == cue.i:
        return []
    held = {t.i for t in parse.subtree(head)} - _hanging(parse, head, cue) - _aside(parse, head)
    first = last = head.i
    side = page.inside[head.i]
    while first - 1 in held and first - 1 != cue.i and page.inside[first - 1] == side:
        first -= 1
    while last + 1 in held and last + 1 != cue.i and _same(page, last + 1, side):
        if parse.tokens[last + 1].text == ":":
            break
        last += 1
    return list(parse.tokens[first : last + 1])


def _same(page: Page, token: int, side: int) -> bool:
    """A source may hold a short quoted name, but does not run into speech."""
    mark = page.inside[token]
    return mark in (side, OUTSIDE) or page.after[mark] - page.first[mark] <= 6


def _aside(parse: Parse, head: Token) -> set[int]:
    """ "Mr. Barra, speaking in Tel": what somebody does while speaking is not who it is."""
    found: set[int] = set()
    for child in parse.children(head):
        if child.dep == "acl" and child.tag == "VBG" and parse.tokens[child.i - 1].text == ",":
            found |= {t.i for t in parse.subtree(child)}
    return found


def _hanging(parse: Parse, head: Token, cue: Token) -> set[int]:
    """The words of the branch through which the cue hangs below the head, if it does."""
    at = cue
    while at.head != at.i:
        if at.head == head.i:
            return {t.i for t in parse.subtree(at)}
        at = parse.head(at)
    return set()


def _unlead(below: Sequence[Token], head: Token) -> Sequence[Token]:
    """Without what only leads to the phrase: "but", "even", a comma."""
    start = 0
    for place, token in enumerate(below):
        if token.i < head.i and token.text in ("—", "–", "--", "―"):
            start = place + 1
    while below[start].i < head.i and (
        below[start].pos in ("CCONJ", "PUNCT", "SPACE", "SCONJ")
        or (
            below[start].head == head.i
            and below[start].dep in ("mark", "prep")
            and below[start].lower in ("as", "like", "while")
        )
    ):
        start += 1
    return below[start:]


def _close(text: str, span: Span) -> Span:
    """A comma at the end is left out unless it closes an apposition; a bracket stays whole."""
    words = text[span.start : span.end]
    if words.endswith(","):
        words = words.rstrip(", ")
    if "(" in words and ")" not in words and text[span.start + len(words)] == ")":
        return Span(span.start, span.start + len(words) + 1)
    return Span(span.start, span.start + len(words))


def _anchor(parse: Parse, head: Token, cue: Token) -> Token:
    """The token that says who it is: of a relative pronoun, the noun before its clause."""
    if head.lower in _RELATIVES and head.tag in ("WP", "WDT"):
        for above in parse.ancestors(head):
            if above.pos in ("NOUN", "PROPN", "PRON"):
                return above
    return head
