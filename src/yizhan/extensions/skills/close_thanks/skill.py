"""A bare "thanks" does not open a ticket again.

The whole message must be made of thanks, nods and farewells: they are taken away one after the other, and
if anything is left, nothing is decided.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import msgspec

from yizhan.domains.automation.types import Step
from yizhan.domains.copilot.contract import After, Customer, Decided, Known, Message, State
from yizhan.learning import summary

_LONGEST = 160
_CROSS = 0.5  # how likely the customer is cross at most
_THANKS = (
    (
        r"(?:真的?|非常|十分|太|特别|万分|再次|还是)?(?:谢谢|感谢|多谢|谢了|谢啦|感恩|3q|thx|tks)"
        r"(?:您们?|你们?|大家|客服|老师|亲|小姐姐|小哥哥|啦|了|哈|哦|呀|的?(?:帮助|帮忙|回复|解答|支持|耐心解答))*"
    ),
    r"(?:麻烦|辛苦)(?:您们?|你们?|大家)?(?:了|啦)",
    (
        r"(?:many |so many |ok |okay |great |perfect )?(?:thanks|thank you|thank u|thankyou|thx|ty|cheers)"
        r"(?: so much| very much| a lot| a million| a bunch| again| all| everyone| team| guys| both)*"
        r"(?: for (?:(?:all|the|your|you|a|such|so|very|quick|fast|prompt|kind|speedy|great|excellent|"
        r"super)\s)*(?:help|helping|reply|replying|response|responding|support|assistance|answer|time|service|"
        r"update|info|information|getting back(?: to me)?))?"
    ),
    r"(?:i )?(?:really |much |greatly )?appreciate(?:d| it| that| your help| the help)",
)
_SOLVED = (
    r"(?:问题)?(?:已经?|都|现在)*(?:解决|搞定|弄好|处理好|修好)(?:了|啦)",
    r"(?:现在)?(?:已经?)?(?:可以|没问题|没事|好)(?:用)?了",
    (
        r"(?:it|that|this|everything|all)?(?:'s| is| has been)? ?(?:now )?(?:working|works|worked|fixed"
        r"|solved|resolved|sorted)(?: out)?(?: perfectly| fine| great| now| again| for me)*"
    ),
    r"(?:that|it) (?:did it|did the trick|helped|solved it|fixed it)",
    r"problem solved",
)
_NODS = (
    r"好(?:的|滴|嘞|哒|呢)*(?:呀|哦)?",
    r"嗯+(?:呢|嗯|好)*",
    r"(?:已经?)?(?:收到|明白|了解|知道|清楚|懂)(?:了|啦)?",
    r"(?:行|可以|没问题|ok了?|okk+)",
    (
        r"(?:ok|okay|kk?|great|perfect|awesome|excellent|brilliant|wonderful|lovely|super|cool|nice|good"
        r"|got it|understood|noted|received|all good|all set|all clear|sounds good|will do|makes sense"
        r"|yes|yep|sure|fine)"
    ),
)
_AROUND = (
    r"您好|你好|亲+|客服|老师",
    r"(?:再见|拜拜|祝(?:您|你们?|大家)?(?:生活愉快|工作顺利|一切顺利|好|周末愉快))",
    r"太(?:好|棒)了",
    r"(?:hi|hello|hey|dear)(?: there| team| all)?",
    r"(?:best|kind|warm)?\s?(?:regards|wishes)|best|bye|goodbye|take care|you(?:'re| are) the best",
    r"(?:and )?(?:have|wish you) a (?:nice|great|good|lovely) (?:day|weekend|evening|week|one)",
    r"you too|and|so|now|then|the|team",
)
_NAMED = re.compile(r"(?<=[,\s])(?!Not|But|However|Still|Please|Can|Why|Where)[A-Z][a-z]{1,14}\W*$")
_SIGNS = re.compile(r"[\W_]+")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees."""

    messages: tuple[Message, ...] = ()
    customer: Customer = Customer()
    signals: Known = Known()
    ticket: State = State()


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Whether there is nothing but thanks."""

    thanks: bool


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = (("thanks", _THANKS), ("solved", _SOLVED), ("nod", _NODS), ("around", _AROUND))
    return tuple((kind, re.compile(rf"(?:{'|'.join(found)})(?![a-z])")) for kind, found in kinds)


def said(text: str, *, name: str = "") -> frozenset[str] | None:
    """The kinds of words of which a message consists, None if there is anything else in it. Pure."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or len(plain) > _LONGEST or "?" in plain or re.search(r"\d", _no_3q(plain)):
        return None
    if name:
        plain = plain.replace(name, " ")
    rest = _bare(_NAMED.sub("", plain).lower().replace("’", "'"))
    found: set[str] = set()
    while rest:
        kind, end = _longest(rest)
        if not end:
            return None
        found.add(kind)
        rest = _bare(rest[end:])
    return frozenset(found or {"nod"})  # a smile or a thumb


def _no_3q(text: str) -> str:
    return text.lower().replace("3q", "")


def _bare(text: str) -> str:
    """Without marks and blanks before it."""
    return _SIGNS.sub("", text, count=1) if _SIGNS.match(text) else text


def _longest(rest: str) -> tuple[str, int]:
    """The kind of word with which a text begins, and how long it is."""
    ends = [(found.end(), kind) for kind, one in _patterns() if (found := one.match(rest))]
    end, kind = max(ends, default=(0, ""))
    return kind, end


def applies(seen: Input) -> bool:
    ticket = seen.ticket
    if ticket.category in ("resolved", "closed") or not seen.messages:
        return False
    last = seen.messages[-1]
    again = ticket.before_category == "resolved"
    return last.who == "customer" and len(last.text) <= _LONGEST and (again or ticket.answered)


def decide(seen: Input) -> Decided | None:
    kinds = said(seen.messages[-1].text, name=seen.customer.name)
    if kinds is None or seen.signals.negative > _CROSS or seen.signals.grave:
        return None
    kinds -= {"around"}
    if "solved" in kinds:
        return Decided(output=Output(thanks=True), confidence=0.96, why="solved")
    # "OK, thanks" to "we will look into it" ends nothing: only what was solved before is solved again.
    if seen.ticket.before_category != "resolved" or not kinds:
        return None
    if "thanks" in kinds:
        return Decided(output=Output(thanks=True), confidence=0.97, why="thanks")
    return Decided(output=Output(thanks=True), confidence=0.91, why="nod")


def holds(seen: Input, output: Output) -> bool:
    """Whoever is cross says no thanks, whatever a model reads in it."""
    return not output.thanks or (seen.signals.negative <= _CROSS and not seen.signals.grave)


def steps(seen: Input, output: Output) -> list[Step]:
    if not output.thanks:
        return []
    again = seen.ticket.before_category == "resolved" and seen.ticket.before
    return [Step("set_status", {"status": again or seen.ticket.resolved})]


def same(wanted: Output, got: Output) -> bool:
    return wanted.thanks == got.thanks


def judge(output: Output, after: After) -> bool | None:
    """Right if nobody had to say anything more of the matter."""
    more = [one for one in after.more if said(one) is None]
    answers = [part for one in after.replies for part in summary.sentences(one)]
    return output.thanks and not more and all(summary.is_courtesy(one) for one in answers)
