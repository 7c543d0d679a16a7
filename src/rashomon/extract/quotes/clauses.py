"""Indirect speech: the clause, the infinitive or the object that a cue governs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Span
from rashomon.base.spans import trim
from rashomon.extract.quotes import cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Draft, Page

_EDGE = " \t\r\n\u00a0\ufeff,;:.-–—…"
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBORDINATE = frozenset({"ccomp", "parataxis", "advcl", "dep"})


def governed(page: Page) -> list[Draft]:
    """A draft for each verb cue that has a content below it or around it."""
    drafts = [_draft(page, verb, cue) for verb, cue in cues.verbs(page)]
    return [draft for draft in drafts if draft is not None]


def _draft(page: Page, verb: Token, cue: Cue) -> Draft | None:
    parse = page.parse
    if cues.passive(parse, verb) or _quoted_as(parse, verb):
        return None
    found = _content(parse, verb, cue)
    if found is None:
        return None
    tokens, how = found
    source = sources.of_verb(page, verb)
    if source is None or _no_other(page, verb, cue, source.anchor):
        return None
    span = cues.group(parse, verb)
    if how.startswith("what follows"):
        span = _with_preposition(parse, span, tokens[0])
    content = spans(page, tokens, span, source.span)
    if not content:
        return None
    because = f"reporting verb '{verb.lemma}' with {how}"
    return Draft(verb.sentence, source, span, content, cue.stance, because, at=verb)


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
    if cue.manner in ("demand", "promise", "accuse") and sources.abstract(anchor):
        return True
    if cue.manner != "belief":
        return anchor.lower == "i" and not page.outside(verb)
    if verb.tag == "VBG" and cue.stance == "endorsing":
        return True
    return anchor.lower in ("i", "we", "you", "it", "this", "that", "nobody")


def _content(parse: Parse, verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    """The tokens of the content and what they are, by the frames of the cue."""
    children = list(parse.children(verb))
    return (
        _clause(parse, verb, cue, children)
        or _called_on(parse, cue, children)
        or _named(parse, cue, children)
        or _infinitive(parse, cue, children)
        or _object(parse, cue, children)
        or _prepositional(parse, cue, children)
        or _around(parse, verb, cue, children)
    )


def _clause(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    for child in children:
        if child.dep == "ccomp" and not (cue.manner == "belief" and _asks(parse, child)):
            if "obj+to" in cue.frames and _infinitival(parse, child):
                return parse.subtree(child), "an object and its infinitive"
            if "that" in cue.frames and not _infinitival(parse, child):
                return _with_object(parse, child, children), "a clause"
            if "obj" in cue.frames and _asks(parse, child):
                return parse.subtree(child), "a clause"
            if cue.frames & {"to", "ing"}:
                return parse.subtree(child), "an infinitive"
            if "obj+as" in cue.frames:
                return parse.subtree(child), "what it is called"
    return None


def _with_object(parse: Parse, clause: Token, children: Sequence[Token]) -> list[Token]:
    """ "demand the army leave": an object before a clause without subject belongs to it."""
    tokens = _own(parse, clause)
    thing = _child(children, "dobj")
    if thing is None or thing.i > clause.i or clause.tag not in _FINITE | {"VB", "VBN"}:
        return tokens
    if parse.child(clause, "nsubj", "nsubjpass", "csubj", "expl"):
        return tokens
    return sorted({*tokens, *parse.subtree(thing)}, key=_place)


def _own(parse: Parse, clause: Token) -> list[Token]:
    """ "said the talks had failed and warned": talks do not warn, so that is no part of it."""
    tokens = parse.subtree(clause)
    subject = parse.child(clause, "nsubj", "nsubjpass")
    if subject is None or sources.speaks(subject):
        return tokens
    cut: set[int] = set()
    for child in parse.children(clause):
        said = child.dep == "conj" and child.lemma in cues.lexicon("verb")
        if said and not parse.child(child, "nsubj", "nsubjpass"):
            joined = [c.i for c in parse.children(clause) if c.dep == "cc" and c.i < child.i]
            cut |= {t.i for t in parse.subtree(child)} | set(joined[-1:])
    return [t for t in tokens if t.i not in cut]


def _asks(parse: Parse, clause: Token) -> bool:
    """ "what it calls", "how they did it": a clause that stands for an object."""
    return parse.subtree(clause)[0].tag in ("WP", "WRB", "WDT")


def _infinitival(parse: Parse, verb: Token) -> bool:
    if verb.tag in _FINITE:
        return False
    return any(c.tag == "TO" and c.dep == "aux" for c in parse.children(verb))


def _called_on(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    """ "call on X to leave", "appeal for X to leave": who is asked and what for."""
    infinitive = _child(children, "xcomp", "advcl")
    preposition = _child(children, "prep")
    if infinitive is None or preposition is None or preposition.lower not in cue.prepositions:
        return None
    if not _infinitival(parse, infinitive) or infinitive.i < preposition.i:
        return None
    asked = [t for t in parse.subtree(preposition) if t.i != preposition.i]
    tokens = sorted({*asked, *parse.subtree(infinitive)}, key=_place)
    return tokens, f"what follows '{preposition.lower}'"


def _named(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    """ "call X a liar", "describe X as a liar", "see it as a sign"."""
    if not cue.frames & {"obj+as", "as"}:
        return None
    thing = _child(children, "dobj")
    name = _child(children, "oprd", "xcomp", "acomp", "attr")
    if name is None:
        name = next((c for c in children if c.dep == "prep" and c.lower == "as"), None)
    if name is None and thing is not None:
        name = next((c for c in parse.children(thing) if c.dep == "prep" and c.lower == "as"), None)
    if name is None or (thing is None and name.dep == "prep"):
        return None
    tokens = parse.subtree(name) + (parse.subtree(thing) if thing is not None else [])
    return sorted(set(tokens), key=_place), "what it is called"


def _infinitive(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    child = _child(children, "xcomp", "ccomp", "advcl")
    if child is None or (child.dep == "advcl" and not _infinitival(parse, child)):
        return None
    tokens = parse.subtree(child)
    if child.tag == "VBG":
        return (tokens, "a gerund") if "ing" in cue.frames else None
    if "obj+to" in cue.frames:
        thing = _child(children, "dobj")
        tokens = sorted({*tokens, *(parse.subtree(thing) if thing else [])}, key=_place)
        return tokens, "an object and its infinitive"
    return (tokens, "an infinitive") if "to" in cue.frames and child.dep != "advcl" else None


def _object(parse: Parse, cue: Cue, children: Sequence[Token]) -> tuple[list[Token], str] | None:
    thing = _child(children, "dobj")
    if thing is None:
        return None
    for frame in sorted(f for f in cue.frames if f.startswith("obj>")):
        found = _of(parse, children, thing, frame[4:])
        if found:
            return found, f"an object and what follows '{frame[4:]}'"
    if "obj" in cue.frames and thing.lower not in ("itself", "himself", "herself", "themselves"):
        return _extended(parse, thing, children), "an object"
    return None


def _extended(parse: Parse, thing: Token, children: Sequence[Token]) -> list[Token]:
    """An object with the reason or the name that the cue gives it ("for lying", "as a fraud")."""
    tokens = set(parse.subtree(thing))
    for child in children:
        if child.dep == "prep" and child.lower in ("for", "as", "over") and child.i > thing.i:
            tokens.update(parse.subtree(child))
    return sorted(tokens, key=_place)


def _of(
    parse: Parse, children: Sequence[Token], thing: Token, preposition: str
) -> list[Token] | None:
    for child in (*children, *parse.children(thing)):
        if child.dep == "prep" and child.lower == preposition:
            return [t for t in parse.subtree(child) if t.i != child.i]
        if preposition == "to" and child.dep in ("xcomp", "advcl") and child.i > thing.i:
            return parse.subtree(child) if _infinitival(parse, child) else None
    return None


def _prepositional(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    if not cue.prepositions:
        return None
    for child in children:
        if child.dep == "prep" and child.lower in cue.prepositions:
            tokens = [t for t in parse.subtree(child) if t.i != child.i]
            return (tokens, f"what follows '{child.lower}'") if tokens else None
    return None


def _around(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """A parenthesis: "the war, he said, is over"; "as he put it"."""
    head = parse.head(verb)
    if "that" not in cue.frames or head.i == verb.i or verb.dep not in _SUBORDINATE:
        return None
    if cue.manner == "show":
        return None
    if head.pos not in ("VERB", "AUX") or not any(c.dep == "nsubj" for c in children):
        return None
    own = {t.i for t in parse.subtree(verb)}
    marked = any(c.dep == "mark" and c.lower != "as" for c in children)
    if marked or not _set_off(parse, own):
        return None
    return [t for t in _clause_of(parse, head) if t.i not in own], "a clause around it"


def _set_off(parse: Parse, own: set[int]) -> bool:
    """Whether a comma, a dash or the edge of the sentence stands on both sides."""
    first, last = min(own), max(own)
    before = parse.tokens[first - 1] if first else None
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    left = (
        before is None or before.pos == "PUNCT" or before.sentence != parse.tokens[first].sentence
    )
    left = left or parse.tokens[first].pos == "PUNCT"
    right = after is None or after.pos == "PUNCT" or after.sentence != parse.tokens[last].sentence
    return left and (right or parse.tokens[last].pos == "PUNCT")


def _clause_of(parse: Parse, verb: Token) -> list[Token]:
    return parse.subtree(verb)


def _child(children: Sequence[Token], *deps: str) -> Token | None:
    return next((c for c in children if c.dep in deps), None)


def _place(token: Token) -> int:
    return token.i


def spans(
    page: Page, tokens: Sequence[Token], cue: Span | None, source: Span | None
) -> tuple[Span, ...]:
    """The runs of a content, without cue and source, whole marks at their ends."""
    cut = [span for span in (cue, source) if span is not None]
    kept = [t for t in tokens if not any(s.start <= t.start and t.end <= s.end for s in cut)]
    return tidy(page, runs(kept))


def runs(tokens: Iterable[Token]) -> list[Span]:
    """Unbroken runs of tokens as spans."""
    found: list[Span] = []
    last = -2
    for token in tokens:
        if token.i == last + 1 and found:
            found[-1] = Span(found[-1].start, token.end)
        else:
            found.append(Span(token.start, token.end))
        last = token.i
    return found


def tidy(page: Page, found: Iterable[Span]) -> tuple[Span, ...]:
    """Without stops at their ends; a quote mark that opens inside keeps its partner."""
    text = page.parse.text
    kept: list[Span] = []
    for span in found:
        span = trim(text, span, _EDGE)
        span = _whole_marks(page, span)
        if any(c.isalnum() for c in text[span.start : span.end]):
            kept.append(span)
    return tuple(kept)


def _whole_marks(page: Page, span: Span) -> Span:
    """A content that holds all but the edges of a quoted stretch takes its marks in."""
    for mark in page.marks_near(span):
        inner = Span(mark.start + 3, mark.end - 3)
        if span.start <= inner.start and inner.end <= span.end:
            span = Span(min(span.start, mark.start), max(span.end, mark.end))
    return span
