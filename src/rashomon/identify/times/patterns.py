"""What times look like: one named pattern for each kind, and all of them as one pattern.

The first kind that matches at a place counts, so longer forms stand before shorter ones. White
space is `\\s+` throughout: a line may break inside a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rashomon.base.lexicon import table
from rashomon.base.numerals import either, kinds, numeral

_TH = r"(?:(?:st|nd|rd|th)|\s(?:st|nd|rd|th)\b)"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]){_TH}?(?![\d:%])"
_YEAR = r"(?:1[0-9]|20)\d\d(?![\d,]*\d)"
_DASH = r"\s*[-–—/]\s*|\s+(?:to|through|thru|until|till)\s+(?:the\s+)?"
_ORDINAL_DAY = rf"(?:3[01]|[12]\d|0?[1-9]){_TH}"


@cache
def calendar(*wanted: str) -> Mapping[str, str]:
    """Month, weekday, season and part-of-day words (lower case) and their codes."""
    rows = table("calendar")
    return MappingProxyType({r["word"].lower(): r["value"] for r in rows if r["kind"] in wanted})


@cache
def units() -> Mapping[str, str]:
    """Unit words, singular and plural, and their TIMEX3 codes."""
    rows = table("time_units")
    return MappingProxyType({r[column]: r["code"] for r in rows for column in ("word", "plural")})


def _hijri() -> list[str]:
    return [row["word"] for row in table("calendar") if row["kind"] == "hijri"]


def _months() -> str:
    rows = [row for row in table("calendar") if row["kind"] == "month"]
    strict = [r["word"] for r in rows if r["trap"]]
    loose = [r["word"] for r in rows if not r["trap"]]
    short = [r["word"] for r in table("calendar") if r["kind"] == "abbreviation"]
    capital = either([*strict, *(w.upper() for w in strict)])
    abbreviated = either([*short, *(w.upper() for w in short)])
    return rf"(?-i:(?:(?i:{either(loose)})|{capital}|(?:{abbreviated})\b\.?)(?![A-Za-z]))"


def _vocabulary() -> dict[str, str]:
    weekday = either(w.capitalize() for w in calendar("weekday"))
    unit_names = sorted(units())
    singular = either(row["word"] for row in table("time_units"))
    plural = either(row["plural"] for row in table("time_units"))
    return {
        "M": _months(),
        "D": _DAY,
        "Y": _YEAR,
        "DASH": rf"(?:{_DASH})",
        "WD": rf"(?-i:(?:{weekday})(?![a-z]))",
        "WDS": rf"(?-i:{weekday})",
        "WDX": rf"(?-i:{weekday}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s+(?:the\s+)?",
        "UNIT": rf"(?:{either(unit_names)})",
        "ONE": rf"(?:{singular})",
        "MANY": rf"(?:{plural})",
        "SEASON": rf"(?:{either(calendar('season'))})",
        "PART": rf"(?:{either(calendar('part'))})",
        "N": numeral(),
        "PHRASE": either(r["phrase"] for r in table("time_phrases") if r["value"][:2] != "--"),
        "FEAST": either(r["phrase"] for r in table("time_phrases") if r["value"][:2] == "--"),
        "HIJRI": rf"(?-i:{either(_hijri())})",
        "SOME": r"(?:a\s+few|a\s+couple(?:\s+of)?|several|many|some|few)",
        "ORD": rf"(?:{either(kinds('ordinal'))}|\d{{1,2}}(?:st|nd|rd|th))",
        "MOD": r"(?:(?:the\s+)?(?:very\s+)?(?:beginning|start|middle|end|close|rest|course"
        r"|(?:early|latter|first|last|later|better)\s+(?:part|days|weeks|months))\s+of\s+"
        r"|(?:early|late|mid|later)(?:\s*-\s*|\s+(?:in\s+)?))",
        "BC": r"(?:BCE?\b|B\.C\.(?:E\.)?)",
        "TOLD": r"(?:the|that)\s+(?:very\s+)?(?:(?:same|next|following|previous|preceding)\s+)?",
        "HEDGE": r"(?:(?:about|around|nearly|almost|more\s+than|over|less\s+than|at\s+least|some"
        r"|approximately|roughly|up\s+to|only|just|the|another)\s+)",
        "LAST": r"(?:last|past|previous|next|coming|following|this|current)",
    }


_KINDS: dict[str, str] = {
    "phrase": r"(?:{PHRASE})(?!\w|(?<=\bpast)\s+(?:{N}|{SOME}|{UNIT})\b)",
    "iso": r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?P<t>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)",
    "slashed": r"(?P<a>\d{1,2})(?P<s>[/.])(?P<b>\d{1,2})[/.](?P<y>(?:1[5-9]|20)\d\d)(?!\d)",
    "day_span": r"(?P<d1>{D})(?:{DASH}|\s+and\s+(?:the\s+)?)(?P<d2>{D})\s*"
    r"(?:of\s+)?(?P<m>{M})(?:,?\s+(?P<y>{Y}))?",
    "span_day": r"(?P<m>{M})\s+(?P<d1>{D}){DASH}(?P<d2>{D})(?!\s+{M})(?:,?\s+(?P<y>{Y}))?",
    "long_span": r"(?P<m1>{M})\s+(?P<d1>{D}){DASH}(?P<m2>{M})\s+(?P<d2>{D}),?\s+(?P<y>{Y})",
    "long_span_day": r"(?P<d1>{D})\s+(?P<m1>{M}){DASH}(?P<d2>{D})\s+(?P<m2>{M}),?\s+(?P<y>{Y})",
    "month_span": r"(?P<m1>{M})(?:\s+(?P<y1>{Y}))?{DASH}(?P<m2>{M})(?!\s*\d{1,2}\b)"
    r"(?:,?\s+(?:of\s+)?(?P<y>{Y}))?",
    "hijri": r"(?:the\s+)?(?:(?:holy|sacred|fasting|Islamic|Muslim)\s+)*(?:month\s+of\s+)?"
    r"(?:(?P<hd>{D})\s+)?(?P<h>{HIJRI})(?!-)\b(?:\s+(?P<hy>1[34]\d\d)\b(?:\s*A\.?H\b\.?)?|,?\s+(?P<y>{Y}))?",
    "feast": r"(?P<feast>{FEAST})(?:\s+(?:of\s+)?(?P<y>{Y}))?(?!\w)",
    "mdy": r"(?:{WDX})?(?P<m>{M})\s+(?:the\s+)?(?P<d>{D})"
    r"(?:(?:\s*,)?\s+(?:of\s+)?(?P<y>{Y})|,(?P<y2>{Y})|,?\s+(?P<bc>\d{1,4})\s*{BC})?",
    "dmy": r"(?:{WDX})?(?:the\s+)?(?P<d>{D})(?:\s*of\s+|\s+|-)(?P<m>{M})"
    r"(?:(?:(?:\s*,)?\s+(?:of\s+)?|-)(?P<y>{Y})|,?\s+(?P<bc>\d{1,4})\s*{BC})?",
    "part_day": r"(?:(?:the|that|early|late)\s+){0,2}(?:in\s+the\s+)?(?:(?:early|late)\s+)?"
    r"(?P<part>{PART})s?(?:\s+hours)?\s+of\s+(?:the\s+)?"
    r"(?:(?P<d>{D})(?:\s*of\s+|\s+)(?P<m>{M})|(?P<m2>{M})\s+(?P<d2>{D}))(?:,?\s+(?P<y>{Y}))?",
    "fuzzy_month": r"(?P<deixis>last|next|this)\s+(?P<m>{M})(?!\s*\d{1,2}\b)",
    "month": r"(?P<mod>{MOD})?(?P<m>{M})"
    r"(?:,?\s+(?:of\s+)?(?:(?P<told>{TOLD}year\b)|(?P<bc>\d{1,4})\s*{BC}|(?P<y>{Y}))|\s+,\s+(?P<y2>{Y}))?",
    "half": r"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+(?P<what>half|quarter)\s+of\s+"
    r"(?P<y>{Y})|(?P<q>Q[1-4])\s+(?P<y2>{Y})",
    "season": r"(?P<mod>{MOD})?(?:(?P<deixis>last|next|this)\s+|the\s+)?(?i:(?P<s>{SEASON}))"
    r"(?:\s+of)?(?:\s+|,\s+)(?:(?P<bc>\d{1,4})\s*{BC}|(?P<y>{Y}))"
    r"|(?P<deixis2>last|next|this)\s+(?P<s2>{SEASON})(?![a-z])",
    "bare_season": r"(?:(?P<lead>in|during|by|over|since|until|through)\s+)?(?P<mod>{MOD})?"
    r"(?P<det>(?:the|that|this\s+past)\s+(?:(?:same|following|next)\s+)?)?"
    r"(?-i:(?P<s>{SEASON}))(?!\w|-|\s+(?:of|from|in)\b)",
    "before_christ": r"(?P<mod>{MOD})?(?:(?P<y1>\d{1,4})\s*[-–—]\s*)?"
    r"(?:the\s+)?(?P<y>\d{1,4})(?P<tens>s)?\s*{BC}(?![A-Za-z])",
    "decade": r"(?:the\s+)?(?P<mod>{MOD})?(?:the\s+)?(?:(?P<y>(?:1[0-9]|20)\d)0['’]?s"
    r"|['’](?P<short>\d)0s|(?P<word>twenties|thirties|forties|fifties|sixties|seventies"
    r"|eighties|nineties))\b",
    "century": r"(?:the\s+)?(?P<mod>{MOD})?(?:the\s+)?(?P<n>{ORD})(?:\s+|-)(?i:century)\b"
    r"(?:\s+(?P<bc>{BC}))?",
    "beyond": r"(?P<side>[Pp]ost|[Pp]re)(?:\s+|-|–)(?P<y>{Y})\b",
    "year_span": r"(?P<y1>{Y})\s*[-–—/]\s*(?P<y2>{Y}|\d\d)(?![\d/-])",
    "window": r"(?:the\s+)?(?P<deixis>{LAST})\s+"
    r"(?:(?P<n>{N})\s+|(?P<some>{SOME})\s+)(?P<u>{UNIT})\b"
    r"|the\s+past\s+(?P<one>day|week|month|year|decade|century)\b",
    "vague_window": r"(?:these\s+)?(?:recent|coming|past)\s+(?P<u>{MANY})\b",
    "anchored": r"(?:{HEDGE})?(?:(?:(?P<n>{N})\s+|(?P<some>{SOME})\s+|an?\s+)(?P<u>{UNIT})"
    r"|(?P<bare>{MANY})|the\s+(?:very\s+)?(?P<one>day|night|week|month|year|morning|evening))\s+"
    r"(?P<side>later|earlier|afterwards?|before(?!hand)|after|previously|prior\s+to|following)\b",
    "same": r"(?P<mod>{MOD}|(?:later|earlier|early|late)\s+)?(?:(?:the|that)\s+(?:very\s+)?"
    r"(?P<step>same|next|following|previous|preceding|subsequent)|that(?!\s+day['’]?s?\s+is))\s+(?:very\s+)?"
    r"(?P<u>day|night|week|month|year|decade|morning|afternoon|evening|weekend)\b",
    "end_of": r"(?P<mod>(?:the\s+)?(?:very\s+)?(?:beginning|start|middle|end|close|rest"
    r"|(?:early|latter|first|later)\s+(?:part|half))\s+of\s+|(?:later|earlier|early|late)\s+in\s+)"
    r"the\s+(?:same\s+)?(?P<u>month|year)(?!\s+(?:of|in)\b)\b",
    "ago": r"(?:{HEDGE})?(?:(?P<n>{N})\s+|(?P<some>{SOME})\s+|(?P<one>an?)\s+)?"
    r"(?P<u>{UNIT})\s+ago\b",
    "hence": r"(?:(?P<n>{N})|an?)\s+(?P<u>{UNIT})(?:\s+from\s+now|['’]\s+time)\b",
    "deictic": r"(?P<mod>(?:earlier|later|late|early|the\s+(?:end|beginning|start)\s+of)\s+)?"
    r"(?:the\s+)?(?P<deixis>last|next|this|coming|current)\s+"
    r"(?:(?P<u>week|month|year|decade|century|quarter|weekend)|(?P<wd>{WD})(?:\s+(?P<part>{PART}))?)\b",
    "set": r"(?:every|each)\s+(?:(?P<n>{N})\s+|other\s+)?(?P<u>{UNIT}|{WD}|{PART})\b"
    r"|(?P<times>once|twice|{N}\s+times)\s+(?:an?|every|each|per)\s+(?P<u2>{ONE})\b",
    "clock": r"(?P<h>\d{1,2})(?:[:.](?P<min>[0-5]\d))?\s*(?P<half>[ap]\.\s?m\.|[ap]m\b)"
    r"|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s+(?:hours|hrs)\b)?",
    "age": r"(?P<n>{N})[\s-]+(?P<u>{UNIT})[\s-]+old\b",
    "length": r"(?P<hedge>{HEDGE})?(?:(?P<n>{N})(?:\s*-\s*|\s+)(?:(?:long|full|whole|consecutive"
    r"|more)\s+)?|(?P<some>{SOME})\s+(?:more\s+)?|(?P<a>an?\s+)|(?P<half>half\s+an?\s+)"
    r"|(?P<decades>(?:the|for|of|after|in|over|within|these)\s+(?={MANY}(?!\s+\d))))(?P<u>{UNIT})"
    r"(?:-long)?(?!\w)",
    "plain_many": r"(?P<u>{MANY})(?=\s+(?:of\s+(?!the\b)|now\b|on\s+end\b))|(?P<u2>{MANY})-long\b",
    "weekday": r"(?P<many>{WDS}s\b)|(?P<wd>{WD})(?:\s+(?P<part>{PART}))?",
    "bare_before_christ": r"(?:(?<=in\s)|(?<=by\s)|(?<=since\s)|(?<=until\s)|(?<=during\s)"
    r"|(?<=rest\sof\s))(?P<y>\d{3})(?![\d,.]*\d|\w|%)",
    "year": r"(?P<mod>{MOD})?(?P<y>{Y})(?!\w|-\w)",
}  # fmt: skip


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Each kind with its named groups."""
    words = _vocabulary()
    filled = {k: re.sub(r"\{([A-Z]+)\}", lambda m: words[m[1]], v) for k, v in _KINDS.items()}
    return MappingProxyType({k: re.compile(v, re.IGNORECASE) for k, v in filled.items()})


@cache
def any_time() -> re.Pattern[str]:
    """All kinds at once, each a group of its own name, at the beginning of a word."""
    branches = []
    for kind, pattern in patterns().items():
        unnamed = re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)
        branches.append(f"(?P<{kind}>{unnamed})")
    return re.compile(rf"(?<![\w$£€.,-])(?:{'|'.join(branches)})", re.IGNORECASE)


def matches(text: str, start: int, end: int) -> list[tuple[str, re.Match[str]]]:
    """The times between two offsets: their kind and a match with that kind's named groups."""
    found = []
    for hit in any_time().finditer(text, start, end):
        kind = hit.lastgroup or ""
        match = patterns()[kind].match(text, hit.start(), end)
        if match:
            found.append((kind, match))
    return found
