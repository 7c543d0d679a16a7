"""What looks like a time and is none: parts of names, numbers that count or label, other words."""

from __future__ import annotations

import re
from functools import cache

from rashomon.base.lexicon import table
from rashomon.base.numerals import either
from rashomon.identify.times.frame import Frame, Match

_KINDS = {
    "mdy": "day", "dmy": "day", "month": "month", "weekday": "weekday", "year": "year",
    "length": "length", "age": "length", "phrase": "set", "part_day": "day",
}  # fmt: skip
_DATED = re.compile(r"\b(?:on|since|until|till|by|in|from|to|before|after|during)\s+$", re.I)
_PREPOSITIONS = frozenset(
    {"in", "of", "since", "until", "till", "by", "from", "to", "last", "next", "this", "early",
     "late", "mid", "during", "and", "or", "through", "between", "for", "on", "before", "after",
     "each", "every", "that", "at", "around", "about"}
)  # fmt: skip
_WISH = re.compile(r"\s+(?:the|a|an|he|she|it|they|we|I|you|God|his|her|our|your)\b")
_OF = re.compile(r"\s+(?:of|on|for|to)\b")
_ON = re.compile(r"\s+on\b")
_LONG_NUMBER = re.compile(r"\d{2}\s$")
_MEASURE = re.compile(
    r"\s+(?:(?:kilo|centi|milli)?(?:met(?:er|re)s?|grams?|lit(?:er|re)s?)|km|kg|feet|ft|yards?"
    r"|miles?|acres?|hectares?|tons?|tonnes?|pounds?|dollars?|euros?|dinars?|barrels?|degrees"
    r"|percent|per\s+cent|people|men|women|troops|soldiers|civilians|times)\b"
)


def is_trap(kind: str, match: Match, frame: Frame) -> bool:
    """Whether words of the form of a time are none where they stand."""
    role = _KINDS.get(kind)
    if role and _in_name(role, match):
        return True
    if kind == "year":
        return bool(_counts_or_labels(match))
    if kind == "month":
        return _no_month(match, frame)
    if kind == "clock":
        return not match["half"] and _beside_name(match, frame, before=True)
    return kind == "length" and bool(match["a"]) and _compound(match, frame)


@cache
def _beside(side: str, kind: str) -> re.Pattern[str]:
    rows = [r for r in table("time_name_words") if r["side"] == side]
    words = either(r["word"] for r in rows if kind in r["kinds"].split()) or "(?!)"
    if side == "before":
        return re.compile(rf"\b(?:{words})\.?\s+$")
    between = r"(?:[A-Z]\w+\s+){0,2}" if kind in ("day", "month") else ""
    return re.compile(rf"(?:['’]s?)?\s+{between}(?:{words})\b")


def _in_name(role: str, match: Match) -> bool:
    """As in "the 17 July Bridge", but not "on 17 July Bridge Street burnt"."""
    text, start = match.string, match.start()
    lead = text[max(0, start - 20) : start]
    if _beside("before", role).search(lead):
        return True
    named = _beside("after", role).match(text, match.end())
    return bool(named) and (match.group()[:4].lower() == "the " or not _DATED.search(lead))


def _counts_or_labels(match: Match) -> bool:
    """As in "2003 metres", "0044 1970 623111"."""
    if match["mod"]:
        return False
    text, start, end = match.string, match.start(), match.end()
    return bool(_MEASURE.match(text, end) or _LONG_NUMBER.search(text, max(0, start - 3), start))


def _no_month(match: Match, frame: Frame) -> bool:
    """A bare month word inside a name ("Theresa May", "August Landmesser"), after "the" and before
    "of" ("the March of Return"), or as a wish ("May the best win") or an order ("March on")."""
    groups = match.groupdict()
    if groups["y"] or groups["y2"] or groups["mod"] or groups["told"] or groups["bc"]:
        return False
    token = frame.token(match.start("m"))
    before = frame.parse.tokens[token.i - 1] if token.i else None
    led = before is not None and before.sentence == token.sentence
    text, end = match.string, match.end()
    if led and before is not None and before.lower == "the":
        return bool(_OF.match(text, end))
    word = match["m"].lower()
    joined = led and before is not None and before.lower in ("and", "or")
    if led and before is not None and before.lower in _PREPOSITIONS and not joined:
        return False
    if word == "may" and _WISH.match(text, end):
        return True
    if word == "march" and not led and _ON.match(text, end):
        return True
    return _beside_name(match, frame, before=True) or _beside_name(match, frame, before=False)


def _beside_name(match: Match, frame: Frame, *, before: bool) -> bool:
    """Whether a proper name stands right beside, in one noun phrase with the time."""
    token = frame.token(match.start("m") if "m" in match.groupdict() else match.start())
    i = token.i - 1 if before else frame.token(match.end() - 1).i + 1
    if not 0 <= i < len(frame.parse.tokens):
        return False
    near = frame.parse.tokens[i]
    gap = match.string[near.end : token.start] if before else match.string[match.end() : near.start]
    if near.pos != "PROPN" or near.sentence != token.sentence or gap.strip(" "):
        return False
    if near.ent in ("DATE", "TIME") or not near.text[0].isupper() or near.text.isupper():
        return False
    return "m" not in match.groupdict() or near.head == token.i or token.head == near.i


def _compound(match: Match, frame: Frame) -> bool:
    """As in "a night club"."""
    token = frame.token(match.start("u"))
    above = frame.parse.head(token)
    return token.dep == "compound" and above.i == token.i + 1 and above.pos == "NOUN"
