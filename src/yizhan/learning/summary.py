"""A conversation in a few of its own sentences, without a model.

Nothing is made up: every sentence stands in a message, and says in which. Sentences are weighed by the
words that the conversation comes back to (Luhn, 1958) and by what marks a problem, something done, a
state or a question.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from yizhan.kernel import text as words

Who = Literal["customer", "agent", "note"]
_LONGEST: Final = 240
_END: Final = re.compile(r"(?<=[。！？!?；;])\s*|(?<=[.])\s+(?=[A-Z\"'(])|\n+")
_COURTESY: Final = re.compile(
    r"^(?:您?好|你好|hi|hello|dear|hey|亲|亲爱的|尊敬的|在吗|谢谢|感谢|多谢|thanks?|thank you"
    r"|many thanks|best"
    r"|regards|kind regards"
    r"|此致|祝|辛苦|麻烦了|sorry to|good (?:morning|afternoon|evening)|很高兴|请问有什么"
    r"|有什么可以|希望以上|如有|如果您?还有|若有"
    r"|hope this|let me know|feel free|please do not hesitate|sent from|发自|不客气"
    r"|不用谢)[^，,。]{0,24}[，,。.!！~～]*\s*$",
    re.IGNORECASE,
)
_PROBLEM: Final = re.compile(
    r"不|没|无法|坏|错|失败|问题|投诉|退|丢|漏|少|破|慢|异常|报错|为什么|can'?t|cannot"
    r"|doesn'?t|didn'?t|won'?t|not |never"
    r"|broken|wrong"
    r"|error|fail|missing|late|damaged|refund|problem|issue|stuck|charged",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"已经?|帮您|为您|给您|查了|查到|查询到|核实|登记|提交|安排|补发|重发|重启|试过|试了|尝试"
    r"|换过|联系了|退款了|already |have |has |had |'ve |"
    r"tried|checked|sent|replaced|reset|restarted|escalated|refunded|contacted|forwarded"
    r"|confirmed|reinstalled",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"将|会在|预计|等待|正在|处理中|工作日|小时内|天内|稍后|下周|明天|之前|will |within"
    r"|expect|waiting|pending|in progress|by"
    r" (?:mon|tue|wed|thu|fri|tomorrow)"
    r"|business days|hours|shortly",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"[?？]|吗|呢|怎么|如何|什么时候|多久|几时|能否|可否|能不能|可不可以|是否|请(?!问有)|麻烦"
    r"|希望|要求|please|could you|can you|would"
    r" you|when |how |what "
    r"|where |why |i want|i need|i'd like",
    re.IGNORECASE,
)

_BIDS: Final = re.compile(r"(?:请|麻烦|希望|要求|please|could you|can you)", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True):
    """A message."""

    id: int
    who: Who
    text: str


class Taken(msgspec.Struct, frozen=True):
    """A sentence and the message that it stands in."""

    text: str
    id: int


class Sections(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, what was done about it, how it stands, what is still asked."""

    problem: list[Taken]
    tried: list[Taken]
    state: list[Taken]
    question: list[Taken]


def sentences(text: str) -> list[str]:
    """The sentences of a text, Chinese or English; quoted lines are left out."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    return [part.strip() for part in _END.split(kept) if part and part.strip(" \t-–—_*~.。")]


def is_courtesy(sentence: str) -> bool:
    """A greeting, thanks, or a closing: it says nothing about the matter."""
    return _COURTESY.match(sentence.strip()) is not None


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "…"


class _Weighed(msgspec.Struct, frozen=True):
    line: Line
    place: int
    text: str
    weight: float


def _weighed(lines: Sequence[Line]) -> list[_Weighed]:
    """Sentences with how much of what the conversation is about is in them."""
    split = [(line, part) for line in lines for part in sentences(line.text)]
    counts: Counter[str] = Counter()
    for _, part in split:
        counts.update(set(words.tokens(part)))
    found = []
    for place, (line, part) in enumerate(split):
        mine = [one for one in words.tokens(part) if len(one) > 1 and counts[one] > 1]
        weight = sum(math.log(1 + counts[one]) for one in mine) / math.sqrt(4 + len(part))
        found.append(_Weighed(line, place, part, -1.0 if is_courtesy(part) else weight))
    return found


def _best(
    found: Iterable[_Weighed], mark: re.Pattern[str], *, most: int, needed: bool = True
) -> list[Taken]:
    """The heaviest that bear a mark, in the order in which they were said."""
    rated = [
        (one.weight + (1.0 if mark.search(one.text) else 0.0), one)
        for one in found
        if one.weight >= 0 and (not needed or mark.search(one.text))
    ]
    chosen = sorted(rated, key=lambda pair: (-pair[0], pair[1].place))[:most]
    seen: dict[str, Taken] = {}
    for _, one in sorted(chosen, key=lambda pair: pair[1].place):
        seen.setdefault(one.text, Taken(_cut(one.text), one.line.id))
    return list(seen.values())


def summarise(lines: Sequence[Line]) -> Sections:
    """The sections of a conversation; empty ones where nothing of the kind was said."""
    found = _weighed(lines)
    spoken = [line for line in lines if line.who != "note"]
    customer = [one for one in found if one.line.who == "customer"]
    opening = _opening(customer)
    # What was tried and what is asked have places of their own.
    plain = [one for one in opening if not (_DONE.search(one.text) or _ASKS.search(one.text))]
    problem = _best(plain, _PROBLEM, most=2) or _best(opening, _PROBLEM, most=1, needed=False)
    told = {(one.id, one.text) for one in problem}
    house = [one for one in found if one.line.who != "customer"]
    # "please resend" tries nothing
    told_so = [one for one in customer if not _BIDS.match(one.text.lstrip())]
    tried = _best([*told_so, *house], _DONE, most=4)
    last_house = house[-1].line.id if house else 0
    state = _best([one for one in house if one.line.id == last_house], _STATE, most=2)
    question: list[Taken] = []
    if spoken:
        tail = {line.id for line in _tail(spoken)}
        question = _best([one for one in found if one.line.id in tail], _ASKS, most=2)
    return Sections(
        problem=problem,
        tried=[one for one in tried if (one.id, one.text) not in told],
        state=state,
        question=question,
    )


def _opening(customer: Sequence[_Weighed]) -> list[_Weighed]:
    """What the customer wrote first, up to two messages."""
    ids = list(dict.fromkeys(one.line.id for one in customer))[:2]
    return [one for one in customer if one.line.id in ids]


def _tail(spoken: Sequence[Line]) -> list[Line]:
    """The messages at the end that are all of one side."""
    side = spoken[-1].who
    tail: list[Line] = []
    for line in reversed(spoken):
        if line.who != side:
            break
        tail.append(line)
    return tail
