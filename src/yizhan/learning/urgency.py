"""How soon somebody has to act: from words, deadlines and what is at stake.

What a writer feels is the business of :mod:`yizhan.learning.emotion`; here it is what happens if nobody
comes until tomorrow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import lexicon
from yizhan.learning.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS: Final = ("low", "normal", "high")


class Urgency(NamedTuple):
    """``evidence`` holds the writer's own words."""

    label: str
    confidence: float
    evidence: tuple[str, ...]


_URGENT: Final = re.compile(
    r"求救|救命|怎么救|现在就|立马|快点帮|求赶紧|今天(?:之内|内)?(?:必须|一定|能不能)|先停掉|先冻结|紧急|十万火急|急急急|急[!！]{1,3}|很急|着急|急用|急需|急等|加急|马上|立刻|立即|赶紧|赶快|火速|尽快|速回|速处理|在线等|"
    r"等不及|来不及|赶不上|刻不容缓|"
    r"\burgent(?:ly)?\b|\basap\b|as soon as possible|\bimmediately\b|right (?:now|away)|\bemergency\b|"
    r"time[- ]sensitive|can(?:no|')?t wait|cannot wait|running out of time|\bhurry\b|at once\b"
)
_DEADLINE: Final = re.compile(
    r"(?:今天|今晚|今日|明天|明早|明晚|后天|下午|中午|[0-9一二三四五六七八九十两半]{1,8}(?:个)?(?:小时|分钟|点半?|钟头))"
    r"(?:之?前|以内|之?内|就要|要用|必须|后起飞|出发|截止|开会|到期|考试)|"
    r"最后[一1]天|马上(?:就要|要|到期)|快到期|就要过期|正在(?:排队|现场|机场|车站|门口)|已经到(?:了)?(?:机场|酒店|现场|门口)|"
    r"\b(?:today|tonight|tomorrow(?: morning)?|this (?:morning|afternoon|evening)|"
    r"in (?:an?|one|two|three|\d+) (?:hours?|minutes?|mins?)|"
    r"by (?:noon|midnight|end of day|eod|cob|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d+))\b|"
    r"\bdeadline\b|closes (?:at|tonight|today|in)|expires (?:today|tonight|tomorrow|in)|"
    r"at the (?:airport|gate|counter|check-?in|till)|"
    r"departs? in|leaves in|standing (?:outside|here|at)|stranded|locked out"
)
_STAKE: Final = re.compile(
    r"进我账号|登录过我|被掏了|落地就没网|全公司|整个公司|开不了机|盗刷|被盗|盗号|被人登录|不是我本人|莫名(?:被)?扣|资金安全|转错(?:账|了)|冻结|停机|断网|全部瘫痪|系统瘫痪|宕机|崩溃|打不开了|无法营业|"
    r"发烧|高烧|胸口?疼|胸痛|呼吸困难|过敏|急诊|孩子|宝宝|老人|孕妇|救命|着火|冒烟|漏电|漏水|被困|走失|丢了|"
    r"\bhacked\b|unauthori[sz]ed|didn'?t make|stolen|fraud(?:ulent)?|"
    r"outage|\bdown\b|production|everyone is|whole (?:team|office|company)|"
    r"can'?t (?:work|trade|open|breathe)|chest pain|fever|swelling|"
    r"bleeding|allerg|infant|baby|insulin|medication|fire|smoke|leak(?:ing)?|"
    r"trapped|lost my"
)
_LEISURE: Final = re.compile(
    r"不急|不着急|不用急|有空(?:再|的时候)|方便的时候|什么时候都行|慢慢来|随便问问|只是问问|顺便问|顺便|想了解|"
    r"了解一下|咨询一下|请问.{0,12}(?:吗|么|嘛|呢)|谢谢你们|感谢|表扬|建议|"
    r"no (?:rush|hurry)|not urgent|whenever you|when you (?:get|have) (?:a (?:chance|moment)|time)|"
    r"just (?:curious|wondering|asking)|"
    r"out of curiosity|quick question|any plans|feature request|suggestion|"
    r"thank you for|thanks for|well done|great job|do you (?:offer|have|sell|support|ship)"
)
_PATIENT: Final = re.compile(
    r"不急|不着急|不用急|有空(?:再|的时候)|方便的时候|什么时候都行|慢慢来|随便问问|只是问问|"
    r"no (?:rush|hurry)|not urgent|whenever you|when you (?:get|have) (?:a (?:chance|moment)|time)|"
    r"just (?:curious|wondering|asking)|out of curiosity|any plans"
)
_GROUPS: Final = ((_URGENT, 1.2), (_DEADLINE, 1.3), (_STAKE, 0.9))


def read(text: str, *, model: Sequence[float] | None = None) -> Urgency:
    """``model`` are probabilities of LEVELS by a trained head, where there is one."""
    folded = plain.of(text[: lexicon.READ]).text
    score, evidence = _score(folded)
    safety = [hit for hit in lexicon.shipped().find(text) if hit.category == "safety"]
    score += 1.5 * max((hit.weight for hit in safety), default=0.0)
    evidence += [hit.said for hit in safety]
    odds = _probabilities(score, leisure=_leisure(folded))
    if model is not None:
        odds = [0.6 * theirs + 0.4 * ours for theirs, ours in zip(model, odds, strict=True)]
    best = max(range(len(odds)), key=lambda at: odds[at])
    return Urgency(LEVELS[best], round(odds[best], 4), tuple(dict.fromkeys(evidence)))


def _score(folded: str) -> tuple[float, list[str]]:
    score, evidence = 0.0, []
    for pattern, weight in _GROUPS:
        found = [one for one in pattern.finditer(folded) if not _calm(folded, one.start())]
        if found:
            score += weight + 0.3 * min(2, len(found) - 1)
            evidence += [one[0] for one in found[:3]]
    return score, evidence


def _calm(folded: str, start: int) -> bool:
    """ "不着急", "not urgent": the word is there to deny itself."""
    before = folded[max(0, start - 6) : start]
    return before.endswith(("不", "不用", "不必", "别", "not ", "no ", "n't "))


def _leisure(folded: str) -> float:
    """How likely it is that anything but urgent is not even usual."""
    if _PATIENT.search(folded) is not None:
        return 0.65
    return 0.45 if _LEISURE.search(folded) is not None else 0.15


def _probabilities(score: float, *, leisure: float) -> list[float]:
    high = min(0.9, 0.04 + 0.42 * score)
    low = leisure * (1 - high)
    return [low, 1 - high - low, high]
