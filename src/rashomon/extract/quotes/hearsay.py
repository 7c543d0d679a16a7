"""What is passed on without a reporting verb of its own: according to, reportedly, is said to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.rows import SourceKind, Span, Stance
from rashomon.extract.quotes import contents, cues, sources
from rashomon.extract.quotes.cues import Cue
from rashomon.extract.quotes.drafts import Draft, Page


@cache
def _words(form: str) -> Mapping[str, tuple[SourceKind, Stance]]:
    return MappingProxyType(
        {
            row["word"]: (cast(SourceKind, row["source"]), cast(Stance, row["stance"]))
            for row in table("hearsay")
            if row["form"] == form
        }
    )


def passed_on(page: Page) -> list[Draft]:
    """Drafts for all the forms of hearsay on a page, in the order of the text."""
    return list(_each(page))


def _each(page: Page) -> Iterator[Draft]:
    known, seeming = cues.lexicon("verb"), _words("seeming")
    adverbs, adjectives, views = _words("adverb"), _words("adjective"), _words("view")
    for token in page.parse.tokens:
        draft: Draft | None = None
        word = token.lower
        if word == "according":
            draft = _according(page, token)
        elif word in adverbs:
            draft = _adverb(page, token, *adverbs[word])
        elif token.dep in ("amod", "compound") and _hyphened(page.parse, token) in adjectives:
            draft = _adjective(page, token, *adjectives[_hyphened(page.parse, token)])
        elif token.lemma in views and token.dep == "pobj":
            draft = _in_view(page, token)
        elif token.lemma in seeming:
            draft = _seeming(page, token, *seeming[token.lemma])
        elif token.tag == "VBN" and token.lemma in known and cues.passive(page.parse, token):
            draft = _passive(page, token, known[token.lemma])
        if draft is not None:
            yield draft


def _according(page: Page, token: Token) -> Draft | None:
    """ "according to X" anywhere: the content is the clause that it stands in."""
    parse = page.parse
    to = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
    noun = parse.child(to, "pobj") or parse.child(token, "pobj")
    if to.lower != "to" or noun is None:
        return None
    name = _name_in(page, noun)
    source = sources.phrase(page, name or noun, token)
    own = {t.i for t in parse.subtree(token)} | {token.i, to.i}
    own -= set(range(name.i + 1, max(own) + 1)) if name is not None else set()
    verb = _governing(parse, token)
    tokens = [t for t in parse.subtree(verb) if t.i not in own] if verb is not None else []
    if not tokens:
        tokens = [t for t in parse.sentence(token.sentence) if t.i not in own]
    cue = Span(token.start, to.end)
    content = contents.spans(page, tokens, cue, source.span if source else None)
    if source is None or not content:
        return None
    return Draft(
        token.sentence, source, cue, content, "neutral", "'according to' a source", at=token
    )


def _name_in(page: Page, noun: Token) -> Token | None:
    """ "according to the Torva Post call for": the name, where a cue was taken for its noun."""
    if noun.lemma not in cues.lexicon("verb") or sources.speaks(noun) or noun.text.istitle():
        return None
    before = page.parse.tokens[noun.i - 1]
    return before if before.pos == "PROPN" and before.head == noun.i else None


def _governing(parse: Parse, token: Token) -> Token | None:
    """The verb of the clause that a word stands in, up through coordination at its left."""
    verb = None
    for above in parse.ancestors(token):
        if above.pos in ("VERB", "AUX"):
            verb = above
            if above.dep not in ("xcomp", "acl", "pcomp", "conj", "ccomp", "dep"):
                return above
            if above.dep in ("ccomp", "conj") and parse.child(above, "nsubj", "nsubjpass"):
                return above
    return verb


def _adverb(page: Page, token: Token, kind: SourceKind, stance: Stance) -> Draft | None:
    """ "reportedly": the content is the clause, or the noun phrase, that the word stands in."""
    parse = page.parse
    head = parse.head(token)
    if head.i == token.i:
        return None
    if head.pos not in ("VERB", "AUX"):
        head = next((a for a in parse.ancestors(head) if a.pos in ("NOUN", "VERB", "AUX")), head)
    cue = Span(token.start, token.end)
    tokens = [t for t in _own_clause(parse, head) if t.i != token.i]
    content = contents.spans(page, tokens, cue, None)
    if not content:
        return None
    because = f"the word '{token.lower}' with no source told"
    return Draft(token.sentence, None, cue, content, stance, because, at=token, kind=kind)


def _own_clause(parse: Parse, head: Token) -> list[Token]:
    """A clause without what leads in or the clauses joined to it with their own subjects.

    A participle or an infinitive lends the subject of the verb above it.
    """
    joined = [c for c in parse.children(head) if c.dep == "conj" and parse.child(c, "nsubj")]
    cut: set[int] = set()
    for child in parse.children(head):
        loose = child.dep in ("mark", "advcl") or (child.dep == "cc" and bool(joined))
        if child in joined or loose or (child.dep == "cc" and child.i < head.i):
            cut |= {t.i for t in parse.subtree(child)}
    return [t for t in parse.subtree(head) if t.i not in cut]


def _adjective(page: Page, token: Token, kind: SourceKind, stance: Stance) -> Draft | None:
    """ "so-called": the content is the noun phrase without the word."""
    parse = page.parse
    noun = next((a for a in parse.ancestors(token) if a.pos in ("NOUN", "PROPN")), None)
    if noun is None:
        return None
    hyphened = token.lower != _hyphened(parse, token)
    cue = Span(parse.tokens[token.i - 2].start if hyphened else token.start, token.end)
    below = parse.subtree(noun, without=("prep", "relcl", "acl", "appos", "conj", "cc", "punct"))
    content = contents.spans(page, [t for t in below if t.i > token.i], cue, None)
    if not content:
        return None
    because = f"the word '{_hyphened(parse, token)}' keeps a distance"
    return Draft(token.sentence, None, cue, content, stance, because, at=token, kind=kind)


def _hyphened(parse: Parse, token: Token) -> str:
    """ "so-called", which the tokeniser cuts in three, or the word itself."""
    if token.i > 1 and parse.tokens[token.i - 1].text == "-":
        return f"{parse.tokens[token.i - 2].lower}-{token.lower}"
    return token.lower


def _in_view(page: Page, noun: Token) -> Draft | None:
    """ "in X's view", "in the words of X": the content is the clause that it stands in."""
    parse = page.parse
    leading = parse.head(noun)
    of = next((c for c in parse.children(noun) if c.dep == "prep" and c.lower == "of"), None)
    owner = parse.child(noun, "poss") or (parse.child(of, "pobj") if of is not None else None)
    verb = parse.head(leading)
    if leading.lower not in ("in", "by") or owner is None or verb.pos not in ("VERB", "AUX"):
        return None
    if not sources.speaks(owner) or not parse.child(verb, "nsubj", "nsubjpass"):
        return None
    source = sources.phrase(page, owner, noun)
    own = {t.i for t in parse.subtree(leading)}
    tokens = [t for t in parse.subtree(verb) if t.i not in own]
    cue = Span(leading.start, noun.end)
    content = contents.tidy(page, contents.runs(tokens))
    if source is None or not content or not _set_off(parse, own):
        return None
    because = f"'{leading.lower} the {noun.lemma} of' a source"
    return Draft(noun.sentence, source, cue, content, "neutral", because, at=noun)


def _set_off(parse: Parse, own: set[int]) -> bool:
    """Whether a comma divides a phrase from its clause."""
    edges = (min(own) - 1, max(own), max(own) + 1)
    return any(0 <= i < len(parse.tokens) and parse.tokens[i].text == "," for i in edges)


def _seeming(page: Page, token: Token, kind: SourceKind, stance: Stance) -> Draft | None:
    """ "it seems that": the writer's own guess."""
    parse = page.parse
    subject = parse.child(token, "nsubj", "expl")
    clause = parse.child(token, "ccomp")
    if subject is None or clause is None or subject.lower != "it":
        return None
    cue = Span(subject.start, cues.group(parse, token).end)
    content = contents.spans(page, parse.subtree(clause), cue, None)
    if not content:
        return None
    because = f"'it {token.lemma}s' with a clause"
    return Draft(token.sentence, None, cue, content, stance, because, at=token, kind=kind)


def _passive(page: Page, verb: Token, cue: Cue) -> Draft | None:
    """ "is said to", "it is reported that", "was described by Y as", "is accused of"."""
    parse = page.parse
    quoting = _quoted_as(page, verb, cue)
    if quoting is not None:
        return quoting
    found = _passive_content(page, verb, cue)
    if found is None:
        return None
    tokens, how = found
    kind: SourceKind | None = None
    stance = cue.stance
    source = sources.agent(page, verb)
    if source is None and cue.frames & {"obj+as", "as"} and verb.lemma not in _words("passive"):
        return None
    if source is None and _advised(parse, verb):
        kind, stance = "author", cue.stance
    elif source is None:
        kind, stance = _words("passive").get(verb.lemma, ("unnamed", stance))
    span = cues.group(parse, verb)
    content = contents.spans(page, tokens, span, source.span if source else None)
    if not content:
        return None
    because = f"'{verb.lemma}' in the passive with {how}"
    return Draft(verb.sentence, source, span, content, stance, because, at=verb, kind=kind)


def _advised(parse: Parse, verb: Token) -> bool:
    """ "it should be noted", "is to be expected": the writer's own word."""
    helpers = {c.lower for c in parse.children(verb) if c.dep == "aux"}
    return bool(helpers & {"should", "must", "can", "may", "might", "could", "to"})


def _passive_content(page: Page, verb: Token, cue: Cue) -> tuple[list[Token], str] | None:
    parse = page.parse
    subject = parse.child(verb, "nsubjpass")
    clause = parse.child(verb, "ccomp")
    if clause is not None and "that" in cue.frames:
        return parse.subtree(clause), "a clause"
    if verb.lemma == "ask" and (subject is None or subject.pos != "NOUN"):
        asked = _asked(parse, verb)
        if asked or subject is None:
            return (asked, "a question") if asked else None
    if subject is None and verb.dep != "acl":
        return None
    thing = parse.subtree(subject) if subject is not None else []
    if subject is None and verb.dep == "acl":
        noun = parse.head(verb)
        thing = parse.subtree(noun, without=("acl", "relcl"))
    return _predicated(parse, verb, cue, thing)


def _asked(parse: Parse, verb: Token) -> list[Token]:
    """ "Asked about the raid, she said": the question of somebody who is not told."""
    for child in parse.children(verb):
        if child.dep == "prep" and child.lower == "about":
            return parse.subtree(child)[1:]
        mark = parse.child(child, "mark") if child.dep == "advcl" and child.i > verb.i else None
        if mark is not None and mark.lower in ("if", "whether"):
            return parse.subtree(child)
    return []


def _predicated(
    parse: Parse, verb: Token, cue: Cue, thing: list[Token]
) -> tuple[list[Token], str] | None:
    """What is said of the subject of a passive verb, together with the subject."""
    infinitive = parse.child(verb, "xcomp", "oprd")
    claimed = verb.lemma in _words("passive") or cue.frames & {"obj+to", "obj+as", "obj>to", "to"}
    if infinitive is not None and claimed and verb.dep != "acl" and cue.manner != "show":
        return _joined(thing, parse.subtree(infinitive)), "an infinitive"
    wanted = {f[4:] for f in cue.frames if f.startswith("obj>")} | cue.prepositions
    wanted |= {"as"} if cue.frames & {"obj+as", "as"} else set()
    for child in parse.children(verb):
        if child.dep == "prep" and child.lower in wanted:
            below = parse.subtree(child)[1:]
            return _joined(thing, below + _onward(parse, verb, child)), f"'{child.lower}'"
    quoted = verb.lemma in ("quote", "cite")
    if "obj" in cue.frames and parse.child(verb, "agent") is not None and not quoted:
        return thing, "its subject"
    return None


def _onward(parse: Parse, verb: Token, leading: Token) -> list[Token]:
    """ "described as being meant, in part, to restore order": what goes on behind the deed that
    the preposition leads."""
    if parse.child(leading, "pcomp") is None:
        return []
    behind = [c for c in parse.children(verb) if c.i > leading.i and c.dep in ("advcl", "prep")]
    last = max((c for c in behind if c.dep == "advcl"), key=lambda c: c.i, default=None)
    return [t for c in behind if last and c.i <= last.i for t in parse.subtree(c)]


def _joined(left: list[Token], right: list[Token]) -> list[Token]:
    return sorted({*left, *right}, key=lambda t: t.i)


def _quoted_as(page: Page, verb: Token, cue: Cue) -> Draft | None:
    """ "was quoted as saying": the subject speaks, and "saying" carries what is said."""
    parse = page.parse
    subject = parse.child(verb, "nsubjpass")
    leading = next((c for c in parse.children(verb) if c.dep == "prep" and c.lower == "as"), None)
    saying = parse.child(leading, "pcomp") if leading is not None else None
    clause = parse.child(saying, "ccomp") if saying is not None else None
    if subject is None or saying is None or clause is None:
        return None
    source = sources.phrase(page, subject, verb)
    span = Span(cues.group(parse, verb).start, saying.end)
    content = contents.spans(page, parse.subtree(clause), span, source.span if source else None)
    if not content:
        return None
    because = f"'{verb.lemma} as saying' with a clause"
    return Draft(verb.sentence, source, span, content, cue.stance, because, at=saying)
