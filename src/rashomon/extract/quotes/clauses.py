"""Indirect speech: the clause, the infinitive or the object that a cue governs."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Span
from rashomon.extract.quotes import around, citing, contents, cues, loose, objects, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Draft, Page, Source
from rashomon.extract.quotes.objects import child_of, infinitival, place

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_BREAKS = frozenset({":", ";", "-", "--", "–", "—"})
_SAME = frozenset({"he", "she", "they", "it"})
_WITHHOLDING = frozenset({"ask", "request", "insist", "prefer"})
_NAMED = frozenset({"name", "identify", "quote"})


def governed(page: Page) -> list[Draft]:
    """A draft for each verb cue that has a content below it or around it."""
    drafts = [_draft(page, verb, cue) for verb, cue in cues.verbs(page)]
    return [draft for draft in drafts if draft is not None]


def _draft(page: Page, verb: Token, cue: Cue) -> Draft | None:
    parse = page.parse
    if cues.passive(parse, verb) or _quoted_as(parse, verb) or citing.leads(page, verb):
        return None
    found = _content(parse, verb, cue)
    if found is None:
        return None
    tokens, how = found
    if verb.lemma in _WITHHOLDING and any(t.lemma in _NAMED for t in tokens[:5]):
        return None
    source = _quoted(page, verb) or sources.of_verb(page, verb) or _by_place(page, verb, tokens)
    if source is None or _no_other(page, verb, cue, source.anchor):
        return None
    span = cues.group(parse, verb)
    set_apart = loose.apart(parse, cue, list(parse.children(verb)))
    if set_apart is not None:
        span, tokens = Span(span.start, set_apart[0][-1].end), set_apart[1]
    elif how.startswith("what follows"):
        span = _with_preposition(parse, span, tokens[0])
    content = contents.spans(page, tokens, span, source.span)
    if not content or _only_refers(tokens):
        return None
    because = f"reporting verb '{verb.lemma}' with {how}"
    return Draft(verb.sentence, source, span, content, cue.stance, because, at=verb)


def _quoted(page: Page, verb: Token) -> Source | None:
    """ "The Post quoted a clerk as saying that": who is quoted, not who quotes."""
    parse = page.parse
    leading = parse.head(verb)
    above = parse.head(leading)
    if verb.dep != "pcomp" or leading.lower != "as" or above.lemma not in ("quote", "cite"):
        return None
    thing = parse.child(above, "dobj")
    return sources.phrase(page, thing, verb) if thing is not None else None


def _by_place(page: Page, verb: Token, content: Sequence[Token]) -> Source | None:
    """ "Ilves, the mayor since May, said that": who stands before a verb of speech that the parse
    left without a subject, or behind it where the content stands before."""
    finite = _finite(page.parse, verb)
    if not finite or verb.dep not in ("ROOT", "ccomp", "conj", "parataxis"):
        return None
    if content[-1].i < verb.i:
        if verb.lemma == "tell" and page.parse.child(verb, "dobj"):
            return sources.before(page, verb, since=_behind_comma(page, verb))
        return sources.behind(page, verb)
    return sources.before(page, verb) if content[0].i > verb.i else None


def _behind_comma(page: Page, verb: Token) -> int:
    """ "…, the clinic told reporters": where the words after the last comma before it begin."""
    first = page.parse.sentences[verb.sentence][0]
    places = range(verb.i - 1, first, -1)
    return next((i + 1 for i in places if page.parse.tokens[i].text == ","), first)


def _only_refers(tokens: Sequence[Token]) -> bool:
    """ "the curfew that she declared": a relative pronoun, or "it", holds no words of anybody."""
    return all(t.tag in ("WDT", "WP") or t.lower in ("that", "it") for t in tokens)


def _with_preposition(parse: Parse, span: Span, first: Token) -> Span:
    """ "called for": the preposition just after a cue and before its content is part of it."""
    before = parse.tokens[first.i - 1]
    if before.dep == "prep" and parse.tokens[before.i - 1].end == span.end:
        return Span(span.start, before.end)
    return span


def _quoted_as(parse: Parse, verb: Token) -> bool:
    """The "saying" of "was quoted as saying" belongs to the passive above it."""
    above = parse.head(verb)
    return verb.dep == "pcomp" and above.lower == "as" and cues.passive(parse, parse.head(above))


def _no_other(page: Page, verb: Token, cue: Cue, anchor: Token) -> bool:
    """Nobody, the reader, or the one who is speaking anyway: no voice of its own."""
    if anchor.dep == "expl" or anchor.lower == "there":
        return True
    if cue.manner == "show" and not sources.speaks(anchor):
        return True
    if verb.lemma in ("claim", "report") and not sources.speaks(anchor):
        return True
    if cue.manner in ("demand", "promise", "accuse") and _no_person(verb, anchor):
        return True
    if anchor.lower in ("that", "this") and verb.lemma == "say":
        return True
    if cue.manner != "belief":
        return anchor.lower == "i" and not page.outside(verb)
    if verb.tag == "VBG" and cue.stance == "endorsing":
        return True
    return anchor.lower in ("i", "we", "you", "it", "this", "that", "nobody")


def _no_person(verb: Token, anchor: Token) -> bool:
    """ "the destruction forced", "attacks went on, ordering staff out": a doing or a thing."""
    thing = anchor.pos == "NOUN" and not sources.speaks(anchor)
    return sources.abstract(anchor) or (thing and verb.tag == "VBG")


def _content(parse: Parse, verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    """The tokens of the content and what they are, by the frames of the cue."""
    children = list(parse.children(verb))
    return (
        citing.carried(parse, verb)
        or _clause(parse, verb, cue, children)
        or _behind_hearer(parse, cue, children)
        or _behind_time(parse, verb, cue, children)
        or loose.asked(parse, verb, cue, children)
        or objects.called_on(parse, cue, children)
        or objects.named(parse, cue, children)
        or objects.infinitive(parse, cue, children)
        or objects.objects(parse, cue, children)
        or objects.prepositional(parse, cue, children)
        or objects.behind_comma(parse, cue, children)
        or loose.behind_phrase(parse, verb, cue, children)
        or loose.led_by_gerund(parse, verb, cue, children)
        or loose.said_thing(parse, verb, cue, children)
        or loose.led_by_as(parse, verb, cue)
        or around.around(parse, verb, cue, children)
        or around.in_front(parse, verb, cue, children)
    )


def _clause(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    for child in children:
        if child.dep == "ccomp" and not (cue.manner == "belief" and _asks(parse, child)):
            if _before_colon(parse, verb, child, children) or _apart(parse, verb, child, cue):
                continue
            if _left_behind(parse, verb, child, children):
                continue
            if "obj+to" in cue.frames and infinitival(parse, child):
                return parse.subtree(child), "an object and its infinitive"
            if "that" in cue.frames and not infinitival(parse, child):
                return _with_rest(parse, child, children), "a clause"
            if "obj" in cue.frames and _asks(parse, child):
                return parse.subtree(child), "a clause"
            if cue.frames & {"to", "ing"}:
                return parse.subtree(child), "an infinitive"
            if "obj+as" in cue.frames:
                return parse.subtree(child), "what it is called"
    return None


def _before_colon(parse: Parse, verb: Token, clause: Token, children: Sequence[Token]) -> bool:
    """ "It is over: the mayor has confirmed the news": a colon divides the clause from the cue."""
    if clause.i > verb.i or child_of(children, "dobj") is None:
        return False
    return any(t.text == ":" for t in parse.tokens[clause.i : verb.i])


def _left_behind(parse: Parse, verb: Token, clause: Token, children: Sequence[Token]) -> bool:
    """ "It was late: the mayor said the bridge was shut": a clause before a colon or a dash, where
    another one stands behind the cue."""
    if clause.i > verb.i or not any(c.dep == "ccomp" and c.i > verb.i for c in children):
        return False
    return any(t.text in _BREAKS for t in parse.tokens[clause.i : verb.i])


def _apart(parse: Parse, verb: Token, clause: Token, cue: Cue) -> bool:
    """Words before a cue that has its content behind it ("..., hospital asks for blood"), or that
    a bracket divides from it."""
    if around.bracketed(parse, verb) and any(
        t.text in ("(", ")") for t in parse.tokens[min(clause.i, verb.i) : max(clause.i, verb.i)]
    ):
        return True
    if clause.i > verb.i:
        return False
    return any(
        child.dep == "prep" and child.i > verb.i and child.lower in cue.prepositions & {"for"}
        for child in parse.children(verb)
    )


def _with_rest(parse: Parse, clause: Token, children: Sequence[Token]) -> list[Token]:
    """ "said men loyal to him had fired": a clause whose subject was taken for a clause of its
    own, with the finite verb that follows it and has no other subject."""
    tokens = _with_object(parse, clause, children)
    for child in children:
        if child.dep != "ccomp" or child.i <= clause.i:
            continue
        below = parse.subtree(child)
        bare = not parse.child(child, "nsubj", "nsubjpass", "csubj", "expl", "mark")
        if bare and _finite(parse, child) and below[0].i == tokens[-1].i + 1:
            tokens = [*tokens, *below]
    return tokens


def _finite(parse: Parse, verb: Token) -> bool:
    helpers = (c for c in parse.children(verb) if c.dep in ("aux", "auxpass"))
    return verb.tag in _FINITE or any(c.tag in _FINITE for c in helpers)


def _behind_hearer(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "told the paper, which printed it, that": a that-clause hung on the hearer."""
    if "that" not in cue.frames or cue.manner != "speech":
        return None
    heard = [c for c in children if c.dep in ("dobj", "dative")]
    heard += [below for c in heard for below in parse.children(c) if below.dep == "appos"]
    for head in heard:
        for child in parse.children(head):
            mark = parse.child(child, "mark") if child.dep in ("relcl", "acl", "ccomp") else None
            if mark is not None and mark.lower == "that" and mark.i > head.i:
                return parse.subtree(child), "a clause behind its hearer"
    return None


def _behind_time(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "said on Monday, hours after the raid, that": a that-clause which the parser hung on the
    cue as if it told the time."""
    for child in children if "that" in cue.frames else ():
        if child.dep != "advcl" or child.i < verb.i:
            continue
        mark = next(
            (c for c in parse.children(child) if c.dep == "mark" and c.lower == "that"), None
        )
        if mark is not None and parse.tokens[mark.i - 1].text == ",":
            return [t for t in parse.subtree(child) if t.i >= mark.i], "a clause"
    return None


def _with_object(parse: Parse, clause: Token, children: Sequence[Token]) -> list[Token]:
    """ "demand the army leave": an object before a clause without subject belongs to it."""
    tokens = _own(parse, clause)
    thing = child_of(children, "dobj")
    if thing is None or thing.i > clause.i or clause.tag not in _FINITE | {"VB", "VBN"}:
        return tokens
    if parse.child(clause, "nsubj", "nsubjpass", "csubj", "expl"):
        return tokens
    return sorted({*tokens, *parse.subtree(thing)}, key=place)


def _own(parse: Parse, clause: Token) -> list[Token]:
    """ "said the talks had failed and warned": talks do not warn, so that is no part of it."""
    cut: set[int] = set()
    for child in parse.children(clause):
        cued = child.lemma in cues.lexicon("verb") and _of_speaker(parse, clause, child)
        if cued or _after_dash(parse, child):
            joined = [c.i for c in parse.children(clause) if c.dep == "cc" and c.i < child.i]
            cut |= {t.i for t in parse.subtree(child)} | set(joined[-1:])
    return [t for t in parse.subtree(clause) if t.i not in cut]


def _after_dash(parse: Parse, clause: Token) -> bool:
    """ "said it was over – and he left": what the writer adds behind a dash, of another subject."""
    if clause.dep not in ("conj", "advcl") or parse.child(clause, "nsubj", "nsubjpass") is None:
        return False
    at = parse.subtree(clause)[0].i - 1
    at -= parse.tokens[at].dep == "cc"
    return at > clause.head and parse.tokens[at].text in _BREAKS - {":"}


def _of_speaker(parse: Parse, clause: Token, verb: Token) -> bool:
    """Whether a cue that was hung on a content belongs to who speaks the content."""
    subject = parse.child(clause, "nsubj", "nsubjpass")
    if parse.child(verb, "nsubj", "nsubjpass") is not None:
        return False
    if verb.dep == "advcl":
        onward = verb.tag == "VBG" and parse.tokens[verb.i - 1].text == ","
        return onward and subject is not None and subject.lower in _SAME
    if verb.dep != "conj":
        return False
    if sources.regrouped(parse, verb) is not None:
        return True
    if subject is None or not sources.speaks(subject):
        return subject is not None
    return subject.lower in _SAME and verb.tag == parse.head(clause).tag


def _asks(parse: Parse, clause: Token) -> bool:
    """ "what it calls", "how they did it": a clause that stands for an object."""
    return parse.subtree(clause)[0].tag in ("WP", "WRB", "WDT")
