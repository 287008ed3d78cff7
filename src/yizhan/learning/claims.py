"""What a text states in numbers, and whether two texts say the same of the same.

A claim is a value (an amount, a span of time, a time of day, a share, a number to call, an address) with
the clause that it stands in; or, where a clause says only that something is so or not so, which of both.
Two claims are about the same when their clauses share most of their words, rare ones counting more, and
none of those that tell cases apart ("express", "abroad", "annual") stands in one alone. It is meant to
be right where it speaks: what it is not sure of, it leaves out.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from yizhan.learning import claimwords
from yizhan.learning.slots import spelling

Kind = Literal["amount", "time", "clock", "share", "phone", "link", "yes_no"]

SAME: Final = 0.62
"""Of the words of two clauses, by weight, what must be in both."""
SAME_NEGATED: Final = 0.8
SAME_PLACE: Final = 0.5
"""The same for numbers to call, addresses and opening hours: a house has few of them."""
TELLING: Final = 3
"""Words in common below which the titles must have one in common too."""
MOST_CLAUSES: Final = 400
_CN: Final = "零〇一二三四五六七八九两十百千万"
_NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CN}]{{1,12}})"
_EN_NUMBER: Final = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)"
)
_RANGE: Final = r"\s*(?:-|–|—|~|～|至|到|to|or|or so|and)\s*"
_UNITS: Final = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0,
    "分钟": 1 / 1440, "小时": 1 / 24, "工作日": 1.0, "天": 1.0, "日": 1.0, "周": 7.0, "星期": 7.0,
    "个月": 30.0, "月": 30.0, "年": 365.0,
}  # fmt: skip
_EN_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "sixty": 60, "ninety": 90,
}  # fmt: skip
_MARK: Final = {
    kind: f"\u0001{sign}\u0001"
    for kind, sign in (("amount", "A"), ("time", "T"), ("clock", "C"), ("share", "S"), ("phone", "P"), ("link", "L"))
}  # fmt: skip
# In this order: what an earlier one takes, a later one does not see.
_FINDERS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("link", re.compile(
        r"(?:https?://|www\.)[^\s，。；、）)\"'<>]{4,200}|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)),
    ("phone", re.compile(
        r"(?<![\d.])(?:\+\d{1,3}[ \-]?)?(?:\(?0?\d{2,4}\)?[ \-])?\d{3,4}[ \-]\d{3,4}(?:[ \-]\d{2,4})?(?![\d.])"
        r"|(?<!\d)(?:1[3-9]\d{9}|[48]00\d{7}|(?:95|12|10)\d{3})(?!\d)"
    )),
    ("clock", re.compile(
        r"(?<!\d)(?:[01]?\d|2[0-4])[:：][0-5]\d(?:\s*(?:-|–|—|~|至|到|to)\s*(?:[01]?\d|2[0-4])[:：][0-5]\d)?(?!\d)"
        r"|(?<!\d)\d{1,2}\s?(?:am|pm)\b(?:\s*(?:-|–|to)\s*\d{1,2}\s?(?:am|pm)\b)?", re.IGNORECASE)),
    ("share", re.compile(rf"(?<![\d.])\d+(?:\.\d+)?(?:{_RANGE}\d+(?:\.\d+)?)?\s?(?:%|％|per ?cent)", re.IGNORECASE)),
    ("amount", re.compile(
        rf"(?:[$€£¥￥]|RMB|CNY|USD|EUR|GBP)\s?{_NUMBER}(?:{_RANGE}[$€£¥￥]?\s?{_NUMBER})?(?!\d)"
        rf"|(?<![\d.]){_NUMBER}(?:{_RANGE}{_NUMBER})?\s?(?:块钱|元|块|dollars?|euros?|pounds?|yuan|rmb|usd|eur|gbp)"
        r"(?![a-z])", re.IGNORECASE)),
    ("time", re.compile(
        rf"(?<![\d.第{_CN}]){_NUMBER}(?:{_RANGE}{_NUMBER})?\s?(?:个)?\s?"
        r"(?:工作日|自然日|小时|分钟|个月|星期|天|周|年|日(?!元|期))"
        rf"|(?<![\w.]){_EN_NUMBER}(?:{_RANGE}{_EN_NUMBER})?[\s-]"
        r"(?:full |whole |working |business |calendar |consecutive )?"
        r"(?:minute|hour|day|week|month|year)s?\b", re.IGNORECASE)),
)  # fmt: skip
_SENTENCE: Final = re.compile(r"[。！？!?；;\n]+|(?<=[a-z0-9)])\.(?=\s|$)", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[，,：:、（）()]|\s[–—-]\s|\b(?:but|and then|while|otherwise)\b")
_DIGITS: Final = re.compile(_NUMBER)
_EN_DIGITS: Final = re.compile(rf"\b{_EN_NUMBER}\b", re.IGNORECASE)
_NOTHING: Final[frozenset[str]] = frozenset()
_RUNS: Final = re.compile(r"[\u3400-\u9fff]+|[a-z0-9][a-z0-9'+-]*")


class Claim(msgspec.Struct, frozen=True):
    """``quote`` is the sentence as it stands; ``values`` what is said; ``about`` the clause's words."""

    kind: Kind
    values: tuple[str, ...]
    about: frozenset[str]
    cases: frozenset[str]
    topic: frozenset[str]
    quote: str


def claims(text: str, *, title: str = "") -> list[Claim]:
    """The claims of a text, in its order. The title says what a short clause is about."""
    found: list[Claim] = []
    topic = _words(normal(title))
    for sentence in _SENTENCE.split(text):
        quote = " ".join(sentence.split())
        if quote:
            found += [msgspec.structs.replace(one, topic=topic) for one in _of_sentence(quote)]
        if len(found) > MOST_CLAUSES:
            break
    return found


def normal(text: str) -> str:
    """One form of each character, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def _of_sentence(quote: str) -> list[Claim]:
    masked, values = _masked(normal(quote))
    found: list[Claim] = []
    before: frozenset[str] = frozenset()
    at = 0
    cases = claimwords.cases(masked)
    for clause in _CLAUSE.split(masked):
        count = clause.count("\u0001") // 2
        mine, at = values[at : at + count], at + count
        words = _words(clause)
        about = words if len(words) >= 2 else words | before
        kinds = {kind for kind, _ in mine}
        if len(kinds) == 1 and len(mine) <= 2 and about - claimwords.NEUTRAL:
            said = tuple(value for _, value in mine)
            found.append(Claim(mine[0][0], said, about, cases, _NOTHING, quote))
        elif not mine and (claim := _yes_no(clause, cases, quote)) is not None:
            found.append(claim)
        before = words
    return found


def _yes_no(clause: str, cases: frozenset[str], quote: str) -> Claim | None:
    plain, negated = claimwords.plain(clause)
    words = _words(plain)
    if negated is None or len(words - claimwords.NEUTRAL) < 2:
        return None
    return Claim("yes_no", ("no" if negated else "yes",), words, cases, _NOTHING, quote)


def _masked(text: str) -> tuple[str, list[tuple[Kind, str]]]:
    """The text with a mark in each value's place, and the values in their order."""
    spans: list[tuple[int, int, Kind, str]] = []
    left = text
    for kind, finder in _FINDERS:
        for match in finder.finditer(left):
            value = _value(kind, match.group())
            if value:
                spans.append((match.start(), match.end(), kind, value))
        for start, end, *_ in spans:
            left = left[:start] + "\u0002" * (end - start) + left[end:]
    spans.sort()
    parts, at = [], 0
    for start, end, kind, _ in spans:
        parts += [text[at:start], _MARK[kind]]
        at = end
    return "".join([*parts, text[at:]]), [(kind, value) for *_, kind, value in spans]


def _value(kind: Kind, text: str) -> str:
    """One spelling of the same value; empty for what is none."""
    if kind == "link":
        return (
            text.rstrip(".,")
            .removeprefix("https://")
            .removeprefix("http://")
            .removeprefix("www.")
            .rstrip("/")
        )
    if kind == "phone":
        return re.sub(r"\D", "", text)
    if kind == "clock":
        return _clock(text)
    numbers = _numbers(text)
    if not numbers:
        return ""
    if kind == "time":
        unit = next(size for name, size in _UNITS.items() if name in text)
        numbers = [one * unit for one in numbers]
    currency = next((sign for sign in "$€£" if sign in text), "") if kind == "amount" else ""
    return currency + "-".join(f"{one:.4g}" for one in numbers)


def _clock(text: str) -> str:
    found = []
    for hour, minute, half in re.findall(r"(\d{1,2})(?:[:：](\d{2}))?\s?(am|pm)?", text):
        late = 12 if half == "pm" and int(hour) < 12 else 0
        found.append(f"{int(hour) + late}:{minute or '00'}")
    return "-".join(found)


def _numbers(text: str) -> list[float]:
    if re.search(r"\d", text):
        return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    words = [_EN_WORDS[one.lower()] for one in _EN_DIGITS.findall(text) if one.lower() in _EN_WORDS]
    if words:
        return [float(one) for one in words]
    spelled = (spelling.number(one) for one in _DIGITS.findall(text))
    return [one for one in spelled if one is not None]


def _words(text: str) -> frozenset[str]:
    """English words without their endings, Chinese pairs of characters."""
    found: set[str] = set()
    for run in _RUNS.findall(text):
        if run[0] >= "\u3400":
            for part in claimwords.PARTICLES.split(run):
                found.update(part[at : at + 2] for at in range(max(1, len(part) - 1)) if part)
        elif run not in claimwords.FILLERS:
            found.add(claimwords.stem(run))
    return frozenset(found)


# ------------------------------------------------------------------------------------- comparing


class Weights:
    """How much a word says: less, the more clauses it stands in."""

    def __init__(self, all_: Iterable[Claim]) -> None:
        counts: Counter[str] = Counter()
        size = 0
        for one in all_:
            counts.update(one.about)
            size += 1
        self._counts, self._size = counts, max(1, size)

    def of(self, words: Iterable[str]) -> float:
        return sum(
            (0.25 if word in claimwords.NEUTRAL else 1.0)
            * math.log(2 + self._size / (1 + self._counts[word]))
            for word in words
        )


def alike(one: Claim, other: Claim, weights: Weights) -> float:
    """How surely two claims are about the same, 0 to 1; 0 where a word tells their cases apart."""
    if one.kind != other.kind or one.cases != other.cases or len(one.values) != len(other.values):
        return 0.0
    both = one.about & other.about
    telling = both - claimwords.NEUTRAL
    if not telling:
        return 0.0
    if one.kind not in _PLACES and len(telling) < TELLING:
        # "It takes a minute" says nothing of what; then the titles must.
        ours, theirs = one.topic | one.about, other.topic | other.about
        if not (one.topic & theirs | other.topic & ours) - claimwords.NEUTRAL:
            return 0.0
    return weights.of(both) / max(1e-9, weights.of(one.about | other.about))


_PLACES: Final = frozenset(("phone", "link", "clock"))


def enough(kind: Kind) -> float:
    """How alike two claims of a kind must be."""
    if kind == "yes_no":
        return SAME_NEGATED
    return SAME_PLACE if kind in _PLACES else SAME


def differ(one: Claim, other: Claim) -> bool:
    """Whether the values are not the same; a range holds what lies within it."""
    return any(
        not _meets(mine, theirs) for mine, theirs in zip(one.values, other.values, strict=True)
    )


def _meets(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        mine = sorted(float(part) for part in one.lstrip("$€£").split("-"))
        theirs = sorted(float(part) for part in other.lstrip("$€£").split("-"))
    except ValueError:
        return False
    if one[:1] in "$€£" and other[:1] in "$€£" and one[:1] != other[:1]:
        return True  # another currency is no other price
    return mine[0] <= theirs[-1] and theirs[0] <= mine[-1] and (len(mine) > 1 or len(theirs) > 1)


def conflicts(
    ours: Sequence[Claim], theirs: Sequence[Claim], weights: Weights
) -> list[tuple[Claim, Claim, float]]:
    """Pairs that say different things of the same, the surest first; each claim once."""
    found = []
    for one in ours:
        for other in theirs:
            sure = alike(one, other, weights)
            if sure >= enough(one.kind) and differ(one, other):
                found.append((one, other, sure))
    found.sort(key=lambda line: (-line[2], line[0].quote, line[1].quote))
    agreed = _agreed(ours, theirs, weights)
    return [line for line in found if line[0] not in agreed and line[1] not in agreed]


def _agreed(ours: Sequence[Claim], theirs: Sequence[Claim], weights: Weights) -> set[Claim]:
    """Claims that have their like on the other side: another clause is about another case."""
    found = set()
    for one in ours:
        for other in theirs:
            if alike(one, other, weights) >= SAME and not differ(one, other):
                found |= {one, other}
    return found


class Shelf:
    """Claims of many texts, so that those about the same are found without comparing all."""

    def __init__(self, rows: Iterable[tuple[int, Claim]]) -> None:
        self.rows = list(rows)
        self.weights = Weights(claim for _, claim in self.rows)
        self._by_word: dict[tuple[Kind, str], list[int]] = {}
        for place, (_, claim) in enumerate(self.rows):
            for word in claim.about - claimwords.NEUTRAL:
                self._by_word.setdefault((claim.kind, word), []).append(place)

    def like(self, claim: Claim) -> list[tuple[int, Claim, float]]:
        """Whose, which and how surely: claims about the same, whatever they say of it."""
        words = sorted(
            (len(self._by_word.get((claim.kind, word), ())), word)
            for word in claim.about - claimwords.NEUTRAL
        )
        # What shares most words shares one of the rarer half.
        places: set[int] = set()
        for _, word in words[: len(words) // 2 + 1]:
            places.update(self._by_word.get((claim.kind, word), ())[:MOST_LIKE])
        found = []
        for place in sorted(places):
            owner, other = self.rows[place]
            sure = alike(claim, other, self.weights)
            if sure >= enough(claim.kind):
                found.append((owner, other, sure))
        return found


MOST_LIKE: Final = 400
"""Of the claims that have a word, so many are compared."""
