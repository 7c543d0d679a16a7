"""How many: amounts with their bounds, and what they count.

A hedge widens a number by the table `number_hedges`, a vague word has the bounds of the table
`vague_numbers`; an open end ("at least 14") is read as twice or half the number that stands there,
with the hedge as basis, for JSON and Parquet have no infinity in common.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping, table, words
from rashomon.base.numerals import either, kinds, numeral, value
from rashomon.base.rows import Amount, Sentence, Span

Found = tuple[Span, Amount]

_BLANKS = re.compile(r"\s+")
_MONEY = r"(?:US\$|[$£€₪¥])"
_PER_CENT = re.compile(r"\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_NAMES = frozenset(
    {"ORG", "FAC", "GPE", "PRODUCT", "LAW", "EVENT", "NORP", "WORK_OF_ART", "PERSON"}
)
_CLAUSE_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})
_LETTERS = {"k": "thousand", "m": "million", "b": "billion"}
_RATIO = frozenset({"as", "more", "less", "fewer", "the", "higher", "lower", "larger", "bigger"})
_GLUED = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_NO_COUNT_AFTER = re.compile(
    r"\s*(?:st|nd|rd|th)\b|-(?:year|day|month|week|hour|minute|page|point|mile|metre|meter|foot|inch"
    r"|man|storey|story|day)s?\b|[:/]\d|['’]s\b|\s*(?:a|p)\.m\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    sentence: Sentence
    span: Span
    amount: Amount


@cache
def _pattern() -> re.Pattern[str]:
    hedge = either(row["words"] for row in table("number_hedges"))
    vague = either(row["words"] for row in table("vague_numbers"))
    n = rf"(?:{_MONEY}\s?\d[\d,.]*[kmb]\b|(?:{_MONEY}\s?)?{numeral()})"
    parts = either(kinds("part"))
    return re.compile(
        rf"(?<![\w.,/:$£€-])(?:(?P<hedge>(?:{hedge})(?:\s+(?:{hedge}))?)\s+"
        rf"|(?P<between>between\s+))?"
        rf"(?:(?P<vague>(?:many\s+)?(?:{vague}))\b"
        rf"|(?P<part>(?:an?|one|two|three|nine)(?:-|\s+)(?:{parts})|half)\b"
        r"(?=\s+(?:of|the|its|their)\b)"
        rf"|(?P<low>{n})(?:\s*[-–—]\s*|\s+(?:to|or|and)\s+)(?P<high>{n})|(?P<one>{n}))",
        re.IGNORECASE,
    )


def count(parse: Parse, sentences: Sequence[Sentence], times: Sequence[Span]) -> Iterator[Counted]:
    """The numbers of an article that count or measure; years, dates, ages, ordinals and the numbers
    inside names are none. The span holds the number words and their hedge, not the noun."""
    starts = [token.start for token in parse.tokens]
    time_starts = [span.start for span in times]
    for sentence in sentences:
        for match in _pattern().finditer(parse.text, sentence.start, sentence.end):
            for span, amount in _read(parse, match, starts):
                before = bisect_left(time_starts, span.end) - 1
                if not _is_read(parse, span, starts):
                    continue
                if before < 0 or times[before].end <= span.start:
                    yield Counted(sentence, span, amount)


def _is_read(parse: Parse, span: Span, starts: Sequence[int]) -> bool:
    """Whether a number belongs to the sentence as it is read: no page number that was healed."""
    token = parse.tokens[bisect_right(starts, span.start) - 1]
    return span.start < token.end and parse.text[span.start] in token.text


def _read(parse: Parse, match: re.Match[str], starts: Sequence[int]) -> Iterator[Found]:
    """One amount, or two where "and" joins numbers that are no range."""
    if match["low"] and not _is_range(match) and _whole(match) is None:
        for group in ("low", "high"):
            yield from _amount(parse, match, Span(*match.span(group)), starts)
        return
    yield from _amount(parse, match, Span(*match.span()), starts)


def _whole(match: re.Match[str]) -> str | None:
    """ "Twenty-three", "one hundred and fifty": what looks like two numbers and is one."""
    if not match["low"] or match["between"]:
        return None
    written = match.string[match.start("low") : match.end("high")]
    return written if re.fullmatch(numeral(), written) else None


def _is_range(match: re.Match[str]) -> bool:
    low, high = value(_digits(match["low"])), value(_digits(match["high"]))
    if low is None or high is None or low >= high:
        return False
    joiner = match.string[match.end("low") : match.start("high")].strip().lower()
    return bool(match["between"]) if joiner == "and" else True


def _digits(written: str) -> str:
    """Without the sign of a currency; "£3m" is 3 million."""
    bare = re.sub(rf"^{_MONEY}\s?", "", written, flags=re.IGNORECASE)
    if bare != written and bare[-1].lower() in _LETTERS and bare[-2].isdigit():
        return f"{bare[:-1]} {_LETTERS[bare[-1].lower()]}"
    return bare


def _amount(
    parse: Parse, match: re.Match[str], span: Span, starts: Sequence[int]
) -> Iterator[Found]:
    bounds = _bounds(match, span)
    if bounds is None or _NO_COUNT_AFTER.match(match.string, span.end):
        return
    low, high, basis = bounds
    first = parse.tokens[max(0, bisect_right(starts, _number_start(match, span)) - 1)]
    last = parse.tokens[max(0, bisect_right(starts, span.end - 1) - 1)]
    if not _counts(parse, first, match):
        return
    unit, counted = _unit(parse, match, span, first, last)
    if unit is None:
        return
    yield span, Amount(round(low, 6), round(high, 6), unit, counted, basis)


def _number_start(match: re.Match[str], span: Span) -> int:
    for group in ("vague", "part", "low", "one"):
        if match[group] and match.start(group) >= span.start:
            return match.start(group)
    return span.start


@cache
def _spread(name: str) -> Mapping[str, tuple[float, float]]:
    return {row["words"]: (float(row["low"]), float(row["high"])) for row in table(name)}


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.lower()).strip()


def _bounds(match: re.Match[str], span: Span) -> tuple[float, float, str] | None:
    """Low, high and the words that say why they differ."""
    if match["vague"]:
        basis = _plain(match["vague"]).removeprefix("many ")
        return *_spread("vague_numbers")[basis], basis
    if match["part"]:
        part = _part(_plain(match["part"]))
        return None if part is None else _hedged(part, match["hedge"])
    whole = _whole(match)
    if match["low"] and whole is None and span == Span(*match.span()):
        low, high = value(_digits(match["low"])), value(_digits(match["high"]))
        if low is None or high is None:
            return None
        return _shared_scale(match["low"], match["high"], low), high, "range"
    alone = match["one"] or whole
    number = value(_digits(alone or match.string[span.start : span.end]))
    return None if number is None else _hedged(number, match["hedge"] if alone else None)


def _shared_scale(low: str, high: str, number: float) -> float:
    """As in "2 to 3 million": the scale of the second number holds for the first."""
    scales = kinds("scale")
    last = high.lower().split()[-1]
    if last in scales and not any(word in scales for word in re.findall(r"[a-z]+", low.lower())):
        return number * scales[last]
    return number


def _part(written: str) -> float | None:
    """As in "a third" 0.333333, "two thirds" 0.666667, "half" 0.5."""
    pieces = re.split(r"[-\s]+", written)
    count = value(pieces[0]) if len(pieces) > 1 and pieces[0] not in ("a", "an") else 1.0
    return None if count is None else count / round(1 / kinds("part")[pieces[-1]])


def _hedged(number: float, hedge: str | None) -> tuple[float, float, str]:
    if not hedge:
        return number, number, "explicit"
    basis = _plain(hedge)
    spread = _spread("number_hedges")
    known = [words for words in spread if basis == words or basis.startswith(f"{words} ")]
    low, high = spread[max(known, key=len)]
    return low * number, high * number, basis


def _counts(parse: Parse, first: Token, match: re.Match[str]) -> bool:
    """Not the pronoun "one", not part of a name ("14th Brigade", "Channel 4"), not a number that
    stands behind its noun ("Resolution 1701", "page 3")."""
    written = match.group().lower()
    if written in ("one", "some one", "only one", "just one"):
        return first.dep == "nummod" and parse.head(first).i > first.i
    behind = parse.head(first)
    alone = first.dep == "nummod" and behind.pos == "NOUN" and behind.ent != first.ent
    if first.ent in _NAMES and not alone:
        return False
    return not (
        first.dep in ("nummod", "appos", "npadvmod")
        and behind.i == first.i - 1
        and behind.pos in ("NOUN", "PROPN")
        and written[0].isdigit()
    )


def _unit(
    parse: Parse, match: re.Match[str], span: Span, first: Token, last: Token
) -> tuple[str | None, str]:
    """The unit and the lemma of what is counted; no unit where it is no count."""
    units = mapping("counted_units", "word", "unit")
    currency = re.search(_MONEY, match.string[span.start : span.end], re.IGNORECASE)
    if currency:
        return units[currency.group().lower()], units[currency.group().lower()]
    noun = _noun(parse, first, last)
    if match["part"]:
        return "share", noun.lemma if noun else ""
    measured = _measured(parse, match, span, last)
    if measured:
        return measured
    glued = _GLUED.match(match.string, span.end)
    if glued:
        return _class(glued.group().lower(), glued.group().lower().removesuffix("s"))
    if noun is None:
        return _without_noun(match, span, first)
    if noun.lemma == "time" and _compares(parse, noun):
        return None, ""
    if noun.lemma in words("time_units") or noun.lower in words("time_units", "plural"):
        return None, ""
    return _class(noun.lower, noun.lemma.strip("-"))


def _compares(parse: Parse, times: Token) -> bool:
    """ "Three times as many"."""
    following = _behind(parse, times, 1)
    return following is not None and following.lower in _RATIO


def _measured(
    parse: Parse, match: re.Match[str], span: Span, last: Token
) -> tuple[str, str] | None:
    """A unit right behind the number: "12 percent", "30 km", "80 billion dollars"."""
    if _PER_CENT.match(match.string, span.end):
        return "percent", "percent"
    following, second = (_behind(parse, last, steps) for steps in (1, 2))
    if following is None:
        return None
    units = mapping("counted_units", "word", "unit")
    double = f"{following.lower} {second.lemma}" if second else ""
    if double in units:
        return units[double], double
    unit = units.get(following.lower) or units.get(following.lemma)
    return (unit, following.lemma) if unit else None


def _behind(parse: Parse, last: Token, steps: int) -> Token | None:
    """The word so many steps behind, in the same sentence."""
    index = last.i + steps
    return parse.tokens[index] if index < parse.sentences[last.sentence][1] else None


def _without_noun(match: re.Match[str], span: Span, first: Token) -> tuple[str | None, str]:
    """A number that stands alone counts something the sentence leaves out ("killed 25"). A bare
    figure that takes no part in the clause is a label; "scores" mostly are no number."""
    written = match.string[span.start : span.end].lower()
    if written == "scores" and first.dep not in ("nsubj", "nsubjpass"):
        return None, ""
    whole = span == Span(*match.span())
    marked = whole and (match["hedge"] or match["vague"] or match["low"])
    kept = marked or written[0].isalpha() or first.dep in _CLAUSE_PARTS
    return ("", "") if kept else (None, "")


def _class(form: str, lemma: str) -> tuple[str, str]:
    people = words("people_nouns") | words("role_nouns")
    if form in people or lemma in people:
        return "people", lemma
    return mapping("counted_units", "word", "unit").get(lemma, lemma), lemma


def _noun(parse: Parse, first: Token, last: Token) -> Token | None:
    """What the number counts: the noun it hangs on, or the noun behind "of", or a participle used
    as a noun ("14 wounded")."""
    following = _behind(parse, last, 1)
    if following and following.lower == "of":
        return _part_of(parse, first, following)
    if _set_against(parse, first):
        return parse.tokens[first.i - 2]
    node = first
    for _ in range(4):
        node = parse.head(node)
        if node.pos in ("NOUN", "PROPN") and node.i > last.i:
            return node
        if node.i > last.i or node.head == node.i:
            break
    if following and (following.lower in words("people_nouns") or following.tag in ("NNS", "NNPS")):
        return following
    return None


def _set_against(parse: Parse, first: Token) -> bool:
    """ "By 88 votes to 61": a bare number behind what another counts."""
    if first.i < 2 or parse.tokens[first.i - 1].lower != "to" or first.dep == "nummod":
        return False
    noun = parse.tokens[first.i - 2]
    return noun.pos == "NOUN" and parse.child(noun, "nummod") is not None


def _part_of(parse: Parse, first: Token, of: Token) -> Token | None:
    """The noun behind "of"; for "nine of them children" the noun after the pronoun, and for "nine
    of whom died" the noun that the pronoun stands for."""
    inside = next(iter(parse.children(of)), None)
    if inside is None or inside.pos in ("NOUN", "PROPN", "ADJ"):
        return inside
    following = _behind(parse, inside, 1)
    if following and following.pos == "NOUN" and following.tag == "NNS":
        return following
    above = (parse.head(first), parse.head(parse.head(first)))
    return next((token for token in above if token.pos == "NOUN" and token.i < first.i), None)
