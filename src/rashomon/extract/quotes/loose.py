"""Contents that the parse hangs on another word than their cue, or sets apart from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.base.language import Parse, Token
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.objects import child_of

_ASKING = frozenset({"ask", "wonder", "inquire", "enquire", "query", "question", "doubt"})
_HUNG = frozenset({"acl", "relcl", "ccomp", "advcl"})
_STOPS = frozenset({":", "–", "—", "--", "―"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SHELLS = frozenset(
    {"solution", "message", "question", "answer", "warning", "explanation", "reason", "idea"}
    | {"proposal", "plan", "demand", "request", "promise", "point", "view", "position", "advice"}
    | {"alternative", "way", "theory", "statement", "remark", "conclusion", "claim", "choice"}
    | {"option", "lesson", "verdict", "threat", "condition", "offer", "suggestion", "argument"}
    | {"charge", "accusation", "complaint", "excuse", "remedy", "appeal", "call", "vow", "news"}
    | {"word", "thing", "comment", "recommendation", "ultimatum", "prediction", "figure"}
)
_LEAST = 4


def behind_phrase(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "said in a statement that": a that-clause hung on a noun between the cue and it."""
    if "that" not in cue.frames:
        return None
    for child in children:
        if child.i < verb.i or child.dep not in ("prep", "npadvmod", "advmod", "dative"):
            continue
        for below in parse.subtree(child):
            mark = _that(parse, below) if below.dep in _HUNG else None
            if mark is not None:
                return [t for t in parse.subtree(below) if t.i >= mark.i], "a clause behind a noun"
    return None


def _that(parse: Parse, clause: Token) -> Token | None:
    """The conjunction "that" of a clause; not the pronoun of a relative one."""
    marks = (c for c in parse.children(clause) if c.dep == "mark" and c.lower == "that")
    return next((m for m in marks if m.i < clause.i), None)


def led_by_as(parse: Parse, verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    """ "..., as he was quick to point out": the clause that the whole of it hangs on."""
    if "that" not in cue.frames or verb.dep != "xcomp":
        return None
    at = parse.head(verb)
    while at.dep in ("xcomp", "acomp") and at.i < verb.i:
        at = parse.head(at)
    mark = parse.child(at, "mark") if at.dep == "advcl" else None
    above = parse.head(at)
    if mark is None or mark.lower != "as" or above.pos not in ("VERB", "AUX"):
        return None
    own = {t.i for t in parse.subtree(at)}
    return [t for t in parse.subtree(above) if t.i not in own], "the clause it looks back on"


def asked(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "asked if the bridge was safe": a question that was taken for a condition."""
    if cue.lemma not in _ASKING:
        return None
    for child in children:
        mark = parse.child(child, "mark") if child.dep == "advcl" and child.i > verb.i else None
        if mark is not None and mark.lower in ("if", "whether") and mark.i - verb.i <= _LEAST:
            return parse.subtree(child), "a question"
    return None


def led_by_gerund(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "said mending it would take a year": a clause whose subject is a gerund."""
    child = child_of(children, "xcomp")
    if child is None or child.tag != "VBG" or "that" not in cue.frames or child.i < verb.i:
        return None
    below = parse.subtree(child)
    return (below, "a clause") if any(t.tag in _FINITE for t in below) else None


def said_thing(
    parse: Parse, verb: Token, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], str] | None:
    """ "said the same", "said nothing of it": the few objects that are said."""
    thing = child_of(children, "dobj")
    if verb.lemma != "say" or thing is None or thing.i < verb.i or thing.ent in ("DATE", "TIME"):
        return None
    return (parse.subtree(thing), "an object") if thing.pos != "PRON" else None


def apart(
    parse: Parse, cue: Cue, children: Sequence[Token]
) -> tuple[list[Token], list[Token]] | None:
    """ "proposes a way out – the governor should go": the object that only announces, and the
    words after the dash or colon, in which somebody does something."""
    thing = child_of(children, "dobj")
    if thing is None or thing.lemma not in _SHELLS or thing.i < thing.head:
        return None
    after = parse.sentences[thing.sentence][1]
    stop = next((t for t in parse.tokens[thing.i : after] if t.text in _STOPS), None)
    if stop is None:
        return None
    announced, said = parse.tokens[thing.i : stop.i], parse.tokens[stop.i + 1 : after]
    if any(t.tag in _FINITE or t.text in (",", ";") for t in announced):
        return None
    if len(said) < _LEAST or any(t.text in _STOPS for t in said) or not any(_does(parse, said)):
        return None
    return list(parse.tokens[thing.i : stop.i]), list(said)


def _does(parse: Parse, said: Sequence[Token]) -> Iterator[bool]:
    first = said[0].i
    for token in said:
        if token.pos in ("VERB", "AUX"):
            subject = parse.child(token, "nsubj", "nsubjpass", "expl")
            yield subject is not None and subject.i >= first
