"""Lines that head or end a reader's comment: who wrote it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?\.?,?\s+)"
)
_DATE = re.compile(
    rf"{_WEEKDAY}?(?:"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\b\.?,?(?:\s+(?:\d{{4}}|['’]?\d\d)\b(?!:))?"
    rf"|(?:\b|(?<=[^\W\d_])){_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?:\d{{4}}|['’]\d\d)\b)?"
    r"|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b"
    r")"
)
_CLOCK = re.compile(
    r"@?\b(?:[01]?\d|2[0-4])(?:[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)|\s\d{2}\s*[ap]m\b"
    r"|\s?[ap]m\b|:\d{2}(?::\d{2})?(?:\.\d+)?)(?:\s*\(?(?:[A-Z]{2,4}T|GMT|UTC|Z|[+-]\d{2}:?\d{2})\b\)?)?",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:(?:about|over|almost)\s+)?(?:\d+|an?|one|two|three)\s*(?:seconds?|secs?|minutes?|mins?|hours?"
    r"|hrs?|days?|weeks?|months?|years?|yrs?)\s+ago\b|\b(?:today|yesterday)\s+at\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says?|said|wrote|writes|commented|replied|responds|responded)\b"
    r"(?P<rest>\s*(?:in reply to .{1,40}|to .{1,40}|on|at)?)\s*(?P<sign>:|…|\.\.\.|,|↓)?\s*$",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\d|\bago\b|\b(?:says?|said|wrote|writes|commented|repli\w+|respond\w*)\b.{0,60}$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\W*(?:(?:comment|posted|submitted|written|left|added|by|from)\b\s*(?:by|from|on)?\b\s*:?\s*)+",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?:\s|[·•|↓\[(,-])*\b(?:reply|replies|report(?: abuse)?|flag|permalink|perma ?link|link|quote"
    r"|like[sd]?|share|homepage|edit|delete|parent|collapse|expand|#)\b(?:\s|[·•|↓\])])*$",
    re.IGNORECASE,
)
_LINKED = re.compile(r"https?://\S+\s+(?P<name>\S.*)$")
_NUMBER = re.compile(r"^#?\d{1,5}\s*[.):-]\s+|\(#?\d+\)|#\d+(?:\.\d+)?\b|^#\s*\d+\b")
_GLUE = re.compile(
    r"(?:^|\s)(?:on|at|in|the|by|posted|author|avatar|am|pm)(?=\s|$)|[·•|/@☆★↓,;:–—]|\s-\s", re.I
)
_POST = re.compile(r"\s*(?:--?|[–—―])\s.*\(@\w+\)")
"""The line under a post that an article shows: "— Free Quay (@freequay) May 3, 2031"."""
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?][\"”’]?$")
_HANDLE = re.compile(r"(?<=\w)\s*\(@\w+\)")
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "who", "i", "the", "a", "an", "this", "that", "and", "but",
     "as", "when", "others", "another", "officials", "police", "report", "reports", "his", "her",
     "their", "one", "some", "many", "in", "sources"}
)  # fmt: skip
_LONGEST, _NAME_WORDS, _NAME_LENGTH = 140, 5, 44


@dataclass(frozen=True, slots=True)
class Signature:
    """A line that names who comments ("" if nobody) or when, and its `shape`: what it is made of,
    in order, as in "name date clock"."""

    name: str
    shape: str

    @property
    def is_timed(self) -> bool:
        return "clock" in self.shape or "ago" in self.shape

    @property
    def is_dated(self) -> bool:
        return "date" in self.shape or self.is_timed


@lru_cache(maxsize=2048)
def signature(line: str) -> Signature | None:
    """The line as a signature ("Ana says:", "3. Ana - 3 May 2031", "Posted by Ana at 10:32 am").

    Whole sentences are none, and a line has to say more than a name alone.
    """
    if len(line) > _LONGEST or not line or _POST.match(line):
        return None
    if line.startswith("http"):
        linked = _LINKED.match(line)
        return (
            Signature(linked["name"], "url name") if linked and _is_name(linked["name"]) else None
        )
    if not _TELLING.search(line):
        return _by_only(line)
    return _made_of(line)


def _by_only(line: str) -> Signature | None:
    marker = _BY.match(line)
    if not marker or len(line) > _NAME_LENGTH:
        return None
    name = line[marker.end() :].strip()
    return Signature(name, "by name") if _is_name(name) and name[-1:].isalnum() else None


def _made_of(line: str) -> Signature | None:
    """The parts of a line, each taken out in turn; what is left must be a name or nothing."""
    rest, parts = _BUTTONS.sub("", line), []
    for part, pattern in (("ago", _AGO), ("date", _DATE), ("clock", _CLOCK)):
        rest, places = pattern.subn(" | ", rest, count=1)
        parts += [part] * places
    rest, says = _SAYS.subn("", rest.strip(" |,"), count=1)
    rest, number = _NUMBER.subn(" ", _HANDLE.sub("", rest))
    marker = _BY.match(rest)
    rest = rest[marker.end() :] if marker else rest
    name = " ".join(_GLUE.sub(" ", rest).split()).strip(" .,:;·|•-–—()[]{}'\"")
    if not (parts or says or (marker and number)):
        return None
    if name and not _is_name(name, signed=bool(marker and parts)):
        return None
    if not parts and (not says or not name or name.split()[0].lower() in _PRONOUNS):
        return Signature(name, "by number name") if marker and name else None
    if _SENTENCE.search(line) and not (marker or parts):
        return None
    kinds = [
        *(["by"] if marker else []),
        *(["number"] if number else []),
        *(["name"] if name else []),
    ]
    return Signature(name, " ".join([*kinds, *parts, *(["says"] if says else [])]))


def _is_name(words: str, *, signed: bool = False) -> bool:
    """Whether words can be what somebody calls themselves; what is written as a sentence cannot,
    unless "posted by" and a date stand around it."""
    tokens = words.split()
    if not 0 < len(tokens) <= _NAME_WORDS or len(words) > _NAME_LENGTH:
        return False
    if (
        not signed
        and len(tokens) > 2
        and sum(token[0].islower() for token in tokens) > len(tokens) / 2
    ):
        return False
    return any(letter.isalnum() for letter in words) and not _SENTENCE.search(words)
