"""Whom a source means: a name in it, what a pronoun or "the ministry" stands for, whose reporter.

Sources are asked in the order of the text, since "he added" and "the official" go back to who spoke
before. Where more than one could be meant, the words of the source stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import table
from rashomon.base.outlets import outlet_key
from rashomon.base.rows import Mention, SourceKind
from rashomon.base.spans import words
from rashomon.extract.quotes import sources
from rashomon.extract.quotes.drafts import Page, Source
from rashomon.extract.quotes.speakers import BODIES, Speakers

_VAGUE = frozenset(
    {"they", "some", "many", "others", "someone", "everyone", "people", "one", "all", "those"}
    | {"both", "several", "few", "most", "half", "none"}
)
_PRONOUNS = frozenset({"he", "she", "it", "i", "we", "you", "him", "her", "them", "us", "me"})
_PERSONAL = frozenset({"he", "she", "him", "her"})
_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_REPORTERS = frozenset({"reporter", "correspondent", "journalist", "columnist", "editor", "writer"})
_THEIR = frozenset({"its", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NEAR = 2
_SAME_NOUN = 12
_ONE = frozenset({"NN", "NNP"})
_AMONG = 4
_DISCUSSED = 2


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source means: its mention if it has one, its kind, and the words to show."""

    source: Source
    mention: Mention | None
    kind: SourceKind
    label: str


class Hearing:
    """Who has spoken so far in an article, and who a next source means."""

    def __init__(self, page: Page, mentions: Sequence[Mention]) -> None:
        self._page, self._parse = page, page.parse
        self.speakers = Speakers(mentions)
        self._heard: list[Speaker] = []
        self._reporters: dict[str, Mention] = {}

    def ask(self, source: Source) -> Speaker:
        """Who a source means; asked in the order of the text."""
        if self._heard and self._heard[-1].source == source:
            return self._heard[-1]
        found = self._back(source) or self._plain(source)
        self._heard.append(found)
        return found

    def _plain(self, source: Source) -> Speaker:
        together = self._together(source.anchor)
        if together:
            return Speaker(source, None, "named", together)
        mention = self._outlet_of(source) or self._body(source) or self._meant(source)
        return Speaker(
            source,
            mention,
            _kind(self._parse, source, mention),
            _label(self._parse, source, mention),
        )

    def _together(self, anchor: Token) -> str:
        """ "Two ministers, Osric Vane and Marta Ilves, said": the names in apposition, or ""."""
        if anchor.tag != "NNS":
            return ""
        beside = [c for c in self._parse.children(anchor) if c.dep == "appos"]
        if anchor.dep in _SUBJECTS:
            again = self._parse.children(self._parse.head(anchor))
            beside += [c for c in again if c.dep == anchor.dep and c.i > anchor.i]
        first = next((c for c in beside if c.pos == "PROPN"), None)
        below = self._parse.subtree(first, without=("relcl", "acl")) if first is not None else []
        named = {
            m.id: m for t in below if (m := self.speakers.at(t)) is not None and m.form == "name"
        }
        names = [_oneline(self.speakers.fullest(m).text) for m in named.values()]
        return " and ".join(dict.fromkeys(names)) if len(set(names)) > 1 else ""

    def reviewed(self) -> Speaker | None:
        """The one outlet whose text an article discusses: it quotes it more than once, and no
        other. To it go the paragraphs in marks that nobody is said to speak."""
        outlets = [s for s in self._heard if s.mention and self.speakers.is_press(s.mention)]
        named = {outlet_key(s.label) for s in outlets}
        return outlets[0] if len(named) == 1 and len(outlets) >= _DISCUSSED else None

    # Names

    def _meant(self, source: Source) -> Mention | None:
        """The fullest mention of who the source is: at its head, or a name in apposition to it."""
        mention = self.speakers.at(source.anchor)
        fullest = self.speakers.fullest(mention) if mention is not None else None
        if fullest is not None and fullest.form == "name":
            return fullest
        for token in apposed(self._parse, source):
            named = self.speakers.at(token)
            if named is not None and named.form == "name":
                return self.speakers.fullest(named)
        return fullest

    def _outlet_of(self, source: Source) -> Mention | None:
        """ "the Torva Post's reporter", "their reporter", and the reporter's name from then on."""
        meant = self._meant(source)
        if meant is not None and outlet_key(meant.text) in self._reporters:
            return self._reporters[outlet_key(meant.text)]
        reporter = self._reporter(source.anchor)
        owner = self._parse.child(reporter or source.anchor, "poss")
        owner = owner or self._parse.child(source.anchor, "poss")
        if owner is None:
            return None
        reports = reporter is not None
        if reports and owner.lower in _THEIR:
            outlet = self._last_body(source)
        else:
            outlet = self.speakers.at(owner)
        if outlet is None or outlet.form != "name":
            return None
        if not (reports and outlet.kind in BODIES) and not self.speakers.is_press(outlet):
            return None
        if meant is not None and meant.form == "name":
            self._reporters[outlet_key(meant.text)] = outlet
        return outlet

    def _reporter(self, anchor: Token) -> Token | None:
        """The noun that says that a source writes for an outlet ("the Post's reporter Ada Lee")."""
        below = (c for c in self._parse.children(anchor) if c.dep in ("compound", "nmod", "amod"))
        return next((t for t in (anchor, *below) if t.lemma in _REPORTERS), None)

    def _last_body(self, source: Source) -> Mention | None:
        """The outlet named last before a source, in its sentence or the one before."""
        first = self._parse.sentences[max(0, source.anchor.sentence - 1)][0]
        near = self.speakers.between(self._parse.tokens[first].start, source.span.start)
        named = [m for m in near if m.kind in BODIES and self.speakers.is_press(m)]
        return named[-1] if named else None

    # "the ministry"

    def _body(self, source: Source) -> Mention | None:
        """ "the ministry", "the group": the one body named so far that the noun fits."""
        anchor = source.anchor
        fits = _bodies().get(anchor.lemma)
        if fits is None or not _bare(self._parse, anchor):
            return None
        fitting: dict[str, Mention] = {}
        for mention in self.speakers.bodies(anchor.start):
            key = outlet_key(mention.text)
            if mention.kind in fits[1] or not fits[0].isdisjoint(key.split()):
                held = next((k for k in fitting if _holds(k, key)), key)
                best = max(filter(None, (fitting.get(held), mention)), key=lambda m: len(m.text))
                fitting.pop(held, None)
                fitting[outlet_key(best.text)] = best
        subject = self._told_of(anchor)
        if subject is not None and (subject.kind in BODIES) and not fitting:
            return subject
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _told_of(self, anchor: Token) -> Mention | None:
        """ "Torva Lines has sold a ship, the company said": the subject of what it says."""
        verb = self._parse.head(anchor)
        if anchor.dep != "nsubj" or anchor.lemma in ("ministry", "court"):
            return None
        for child in self._parse.children(verb):
            subject = self._parse.child(child, *_SUBJECTS) if child.dep == "ccomp" else None
            if subject is not None and child.i < anchor.i:
                return self.speakers.at(subject)
        return None

    # Who spoke before

    def _back(self, source: Source) -> Speaker | None:
        """The speaker before to whom a pronoun or "the official" goes back, if that is sure."""
        anchor = source.anchor
        if anchor.lower == "it":
            return self._it(source)
        before = None
        if anchor.lower in _PERSONAL:
            above = self._looking_back(source)
            if above is not None:
                return above
            before = self._person_before(anchor)
        elif anchor.tag in _ONE and _bare(self._parse, anchor):
            before = self._same_noun(anchor)
        if before is None or not self._later(anchor, before):
            return None
        return replace(before, source=source)

    def _looking_back(self, source: Source) -> Speaker | None:
        """ "Vane had asked for it, as he was quick to say": the person who is the subject of the
        clause that the pronoun's clause hangs on."""
        verb = self._parse.head(source.anchor)
        mark = self._parse.child(verb, "mark") if verb.dep == "advcl" else None
        if mark is None or mark.lower != "as" or verb.i < verb.head:
            return None
        subject = self._parse.child(self._parse.head(verb), "nsubj")
        mention = self.speakers.at(subject) if subject is not None else None
        if mention is None or not self.speakers.is_person(mention):
            return None
        fullest = self.speakers.fullest(mention)
        if fullest.form != "name":
            return None
        return Speaker(source, fullest, "named", _oneline(fullest.text))

    def _it(self, source: Source) -> Speaker | None:
        """The body that was the subject, or that spoke, just before."""
        anchor = source.anchor
        own = self._parse.sentences[anchor.sentence][0]
        subjects = [t for t in self._parse.tokens[own : anchor.i] if self._subject(t)]
        if subjects and subjects[-1].lower != "it":
            return None
        for speaker in reversed(self._heard):
            if anchor.sentence - speaker.source.anchor.sentence > _NEAR:
                break
            if speaker.source.anchor.lower != "it" and not self._personal(speaker):
                return replace(speaker, source=source)
        named = self._named_subject(anchor.sentence - 1)
        if named is None:
            return None
        return Speaker(source, named, "named", _oneline(named.text))

    def _subject(self, token: Token) -> bool:
        return token.dep in _SUBJECTS and token.pos in ("NOUN", "PROPN", "PRON")

    def _named_subject(self, sentence: int) -> Mention | None:
        """The last organisation that is a subject of a sentence, if it is the only one."""
        if sentence < 0:
            return None
        found: dict[str, Mention] = {}
        for token in self._parse.sentence(sentence):
            mention = self.speakers.at(token) if self._subject(token) else None
            if mention is not None and mention.form == "name" and mention.kind in BODIES:
                found[outlet_key(mention.text)] = mention
        return next(iter(found.values())) if len(found) == 1 else None

    def _person_before(self, anchor: Token) -> Speaker | None:
        """Who spoke last, when that is one person, in this sentence or the ones just before."""
        persons = (s for s in reversed(self._heard[-_AMONG:]) if self._personal(s))
        speaker = next(persons, None)
        if speaker is None or speaker.kind == "unnamed":
            return None
        said, own = speaker.source.anchor, self._page.paragraph_of
        paragraphs = own[anchor.sentence] - own[said.sentence]
        opening = anchor.sentence < 2 or own[anchor.sentence - 2] != own[anchor.sentence]
        near = paragraphs == 0 or (paragraphs == 1 and opening)
        return speaker if near and said.i < anchor.i else None

    def _same_noun(self, anchor: Token) -> Speaker | None:
        """Who spoke before under the same noun with more words to it ("a senior official")."""
        for speaker in reversed(self._heard):
            said = speaker.source.anchor
            if anchor.sentence - said.sentence > _SAME_NOUN:
                break
            fuller = speaker.mention is not None or len(speaker.label.split()) > 2
            same = said.lemma == anchor.lemma and said.tag in _ONE and said.i < anchor.i
            if same and fuller:
                return speaker
        return None

    def _personal(self, speaker: Speaker) -> bool:
        """Whether a speaker is one person."""
        anchor, mention = speaker.source.anchor, speaker.mention
        if mention is not None:
            return self.speakers.is_person(mention)
        if anchor.lower in _PERSONAL or anchor.ent == "PERSON":
            return True
        if anchor.lemma in _bodies() or anchor.lemma in _COLLECTIVE:
            return False
        return anchor.tag == "NN" and sources.nouns().get(anchor.lemma) == "people"

    def _later(self, anchor: Token, speaker: Speaker) -> bool:
        """Whether a speaker stands nearer than what the mention of a word leads back to."""
        mention = self.speakers.at(anchor)
        line = self.speakers.line(mention) if mention is not None else []
        if len(line) < 2:
            return True
        if line[1].start >= speaker.source.span.end:
            return False
        return speaker.mention is None or self.speakers.fullest(line[1]) != speaker.mention


_COLLECTIVE = frozenset(
    {"administration", "army", "cabinet", "campaign", "government", "house", "military", "police"}
    | {"side", "staff", "team", "crowd", "family", "public", "regime", "leadership", "delegation"}
    | {"force", "brigade", "senate", "assembly", "jury", "panel", "tribunal", "consulate"}
    | {"mission", "council", "committee", "party"}
)


def _bare(parse: Parse, noun: Token) -> bool:
    """ "the ministry", with nothing that says which."""
    below = [t for t in parse.subtree(noun, without=("relcl", "acl", "appos")) if t.i != noun.i]
    return len(below) == 1 and below[0].lower == "the"


def _holds(left: str, right: str) -> bool:
    """Whether one name's words are among the other's."""
    short, long = sorted((set(left.split()), set(right.split())), key=len)
    return short <= long


@cache
def _bodies() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """By noun: words of a name that fit, and kinds of mention that do."""
    return MappingProxyType(
        {
            row["noun"]: (frozenset(row["words"].split()), frozenset(row["kinds"].split()))
            for row in table("body_nouns")
        }
    )


def apposed(parse: Parse, source: Source) -> Iterator[Token]:
    """Names after a comma in a source: those of its head, and people's hung too low ("a member
    of the council, Marta Ilves")."""
    for token in parse.subtree(source.anchor, without=("relcl", "acl")):
        if token.dep != "appos" or token.pos != "PROPN" or token.start >= source.span.end:
            continue
        if token.head == source.anchor.i or token.ent == "PERSON":
            yield token


def _kind(parse: Parse, source: Source, mention: Mention | None) -> SourceKind:
    anchor = source.anchor
    if mention is not None and mention.form == "name":
        return "named"
    if anchor.lower in _VAGUE:
        return "unnamed"
    if anchor.lower in _PRONOUNS:
        return "described"
    if anchor.pos == "PROPN" or anchor.ent in _NAMING or any(apposed(parse, source)):
        return "named"
    return "unnamed" if _vague(anchor) else "described"


def _vague(anchor: Token) -> bool:
    """ "officials", "sources", "critics": a plural of people, or a noun that names nobody."""
    kind = sources.nouns().get(anchor.lemma)
    return kind == "unnamed" or (kind is not None and anchor.tag == "NNS")


def _label(parse: Parse, source: Source, mention: Mention | None) -> str:
    """The words a reader should see: a name if there is one, else the words of the source."""
    if mention is not None and mention.form == "name":
        return _oneline(mention.text)
    anchor = source.anchor
    if mention is not None and mention.end <= source.span.start and mention.end <= anchor.start:
        return _oneline(mention.text)
    if source.span.start <= anchor.start < source.span.end:
        return _oneline(_short(parse, source))
    below = parse.subtree(anchor, without=("relcl", "acl"))
    return _oneline(words(parse.text, parse.span(below)).split(",")[0].strip(" ;:‘’"))


def _short(parse: Parse, source: Source) -> str:
    """The words of a source up to its first comma or relative clause; a possessive without its
    ending."""
    text = words(parse.text, source.span)
    clause = parse.child(source.anchor, "relcl")
    if clause is not None:
        first = parse.subtree(clause)[0].start
        text = text[: first - source.span.start] if first > source.anchor.end else text
    short = text.split(",")[0].strip().removesuffix("'s").removesuffix("’s")
    return short or words(parse.text, source.span)


def _oneline(text: str) -> str:
    """On one line, without the marks that set a name off ("a “senior official”")."""
    return " ".join("".join(c for c in text if c not in '“”"„«»').split())
