"""From what phrases mean to rows: which mention a pronoun refers to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.base.language import Parse, Token
from rashomon.base.rows import Mention, MentionKind, Sentence, row_id
from rashomon.extract.references import words as w
from rashomon.extract.references.resolve import Resolved, resolve

ACTORS = frozenset({"person", "organisation", "armed_group", "state", "people"})
LEAST_LINK = 0.3
"""The probability under which a mention is not led back to another: unknown stays unknown."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mention with the number of its phrase."""

    mention: Mention
    phrase: int


def refer(
    mentions: Sequence[Mention], sentences: Sequence[Sentence], parse: Parse
) -> list[Mention]:
    """The mentions of an article with `refers` where coreference tells it, and "it" where it stands
    for an actor, in the order of the text. "They" stays unknown: most of them mean many things.

    Descriptions stay as `find` led them back: by a name or a role, or not at all.
    """
    resolved = resolve(parse)
    phrase_of = {int(head): k for k, head in enumerate(resolved.phrases.heads)}
    placed = list(_placed(mentions, parse, phrase_of))
    groups = _Groups(resolved, placed)
    told: dict[str, str] = {}
    for one in placed:
        mention = one.mention
        if mention.form == "pronoun":
            target = groups.target(one.phrase, mention)
            if target is not None:
                told[mention.id] = target.id
    found = [replace(m, refers=told[m.id]) if m.id in told else m for m in mentions]
    found += _unfound(mentions, sentences, parse, resolved, groups)
    return sorted(found, key=lambda m: (m.start, m.end, m.kind))


class _Groups:
    """The mentions of actors by the group of phrases that are one."""

    def __init__(self, resolved: Resolved, placed: Sequence[_Placed]) -> None:
        self._links, self._likely = resolved.links, resolved.likely
        self._root: list[int] = []
        for k, link in enumerate(resolved.links):
            self._root.append(self._root[link] if link >= 0 else k)
        self._held: dict[int, list[_Placed]] = defaultdict(list)
        for one in placed:
            self._held[self._root[one.phrase]].append(one)

    def target(self, phrase: int, like: Mention | None) -> Mention | None:
        """The nearest mention before a phrase that it is one with, a name before others; nobody
        where the way there is not likely enough."""
        if self._links[phrase] < 0 or self._likely[phrase] < LEAST_LINK:
            return None
        before = [
            one.mention
            for one in self._held[self._root[phrase]]
            if one.phrase < phrase and _fits(one.mention, like)
        ]
        named = [mention for mention in before if mention.form == "name"]
        return next(reversed(named or before), None)


def _fits(mention: Mention, like: Mention | None) -> bool:
    if mention.form == "pronoun":
        return False
    return like is None or mention.kind == like.kind


def _placed(
    mentions: Sequence[Mention], parse: Parse, phrase_of: Mapping[int, int]
) -> Iterator[_Placed]:
    starts = [token.start for token in parse.tokens]
    for mention in mentions:
        if mention.kind not in ACTORS:
            continue
        first = max(0, bisect_right(starts, mention.start) - 1)
        after = bisect_right(starts, mention.end - 1)
        phrase = _phrase(parse, parse.tokens[first:after], phrase_of)
        if phrase is not None:
            yield _Placed(mention, phrase)


def _phrase(parse: Parse, tokens: Sequence[Token], phrase_of: Mapping[int, int]) -> int | None:
    """The phrase that a mention is the head of, or stands beside in apposition."""
    for token in reversed(tokens):
        outside = token.head == token.i or not tokens[0].i <= token.head <= tokens[-1].i
        if outside and token.i in phrase_of:
            return phrase_of[token.i]
        if outside and token.dep == "appos" and token.head in phrase_of:
            return phrase_of[token.head]
    return None


def _unfound(
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
    parse: Parse,
    resolved: Resolved,
    groups: _Groups,
) -> Iterator[Mention]:
    """ "It" and "its" where they stand for a group, a state or a people."""
    taken = {mention.start for mention in mentions}
    form = resolved.phrases.trait("form").tolist()
    for k, head in enumerate(resolved.phrases.heads.tolist()):
        token = parse.tokens[head]
        if form[k] != w.IT or token.start in taken or _empty(parse, token):
            continue
        target = groups.target(k, None)
        if target is not None and target.kind != "person":
            yield pronoun(token, sentences[token.sentence], target)


def _empty(parse: Parse, word: Token) -> bool:
    """ "It is common knowledge that": "it" stands for the clause that follows."""
    verb = parse.head(word)
    if word.dep not in ("nsubj", "nsubjpass") or verb.pos not in ("VERB", "AUX"):
        return False
    named = parse.child(verb, "attr", "acomp")
    clauses = [*parse.children(verb), *(parse.children(named) if named else ())]
    return any(
        c.i > verb.i and c.dep in ("ccomp", "acl", "csubj") and parse.child(c, "mark")
        for c in clauses
        if verb.lemma == "be" or parse.child(verb, "auxpass")
    )


def pronoun(token: Token, sentence: Sentence, target: Mention) -> Mention:
    """The mention that a pronoun is which stands for another mention."""
    kind: MentionKind = target.kind
    return Mention(
        id=row_id(Mention, sentence.document, token.start, token.end, kind),
        document=sentence.document,
        article=sentence.article,
        sentence=sentence.id,
        start=token.start,
        end=token.end,
        kind=kind,
        form="pronoun",
        text=token.text,
        refers=target.id,
    )
