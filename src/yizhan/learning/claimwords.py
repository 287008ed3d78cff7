"""Words of claims: those that carry nothing, those that tell cases apart, those that deny."""

from __future__ import annotations

import re
from typing import Final

_FILLERS_TEXT: Final = (
    "a an the i my me is are was were it its to of in on for do does did would have has had be been you"
    " your our we us they them their and with this that these those there here as at by from or so then"
    " will shall may might please just also very each every all any if when once after before"
)
FILLERS: Final = frozenset(_FILLERS_TEXT.split())
# Parts of clauses that say how, not what. Chinese ones are pairs, as clauses are cut.
_NEUTRAL: Final = (
    "within take arrive usual usually normal normally typical typically about around roughly up least most"
    " more less than only always exactly get receive reach come go make need must can could should happen"
    " last stay hold wait show appear minute hour day week month year work business back again now still call"
    " 一般 通常 大约 左右 最多 最少 最长 最短 之内 以内 需要 需在 可以 可在 将在 会在 到时 时间 内可 内到"
    " 之后 以后 之前 之间 我们 您的 即可 便可 都可 均可 起算 为准 处理 完成 进行 提供 办理 全部 拨打 打客 请拨"
)
PARTICLES: Final = re.compile(
    r"[的了在会将请您约可能把被为就也都还到于从并且及与和或内后前起需要要]|我们|一般|通常|大约|左右|最多|最长|以内|之内|即可"
)
_CASES: Final = re.compile(
    r"\b(?:standard|express|priority|economy|regular|international|abroad|overseas|domestic|local|foreign|remote"
    r"|first|second|third|new|old|used|annual|yearly|monthly|weekly|daily|premium|basic|pro|plus|free|trial|vip|gold"
    r"|silver|platinum|member|student|adult|child|children|weekend|weekday|saturday|sunday|holiday|credit|debit|cash"
    r"|online|store|shop|branch|business|personal|private|company|team|family|phone|mobile|desktop|ios|android|windows"
    r"|mac|left|right|large|small|heavy|single|double|minimum|maximum|per|additional|extra|late|early|replacement"
    r"|battery|opened|unopened|faulty|damaged|gift|sale|discounted|pre-?order|custom|subscription|parcel|letter"
    r"|morning|evening|day|night|summer|winter|eu|uk|us|china|europe|except|unless|instead)s?\b"
    r"|普通|加急|特快|次日|当日|国际|境外|境内|海外|国内|同城|省内|跨省|异地|偏远|新疆|西藏|港澳|台湾|首次|第一|第二|首笔"
    r"|每笔|每月|每年|每日|每天|每次|每期|每季|单笔|单日|年费|月费|会员|学生|儿童|成人|周末|工作日|节假日|春节|信用卡|借记卡|储蓄卡"
    r"|现金|线上|线下|门店|企业|个人|对公|手机|电脑|平板|耳机|手表|电池|主机|安卓|苹果|大件|小件|单程|往返|最低|最高|预售|现货"
    r"|定制|未拆封|已拆封|拆封|损坏|质量问题|赠品|特价|促销|自提|上门|邮寄|寄送|续费|试用|专业版|基础版|旗舰版|普卡|金卡|白金"
    r"|超过|超出|不足|未满|满|除外|除了|补办|换新|逾期|提前|早上|晚上|上午|下午|夜间"
)
_DENY: Final = re.compile(
    r"\b(?:not|never|no longer|cannot|can't|isn't|aren't|don't|doesn't|won't|unable to|without|no)\b"
    r"|不再|不能|不可以|不可|不支持|不提供|不接受|不收取|不收|不需要|不用|不必|不会|不含|不包括|无法|无需|没有|未|不"
)
_AFFIRM: Final = re.compile(
    r"\b(?:can|is|are|do|does|will|may|must|need|accept|offer|support|include|provide)s?\b"
    r"|可以|能够|能|支持|提供|接受|收取|需要|需|会|包含|包括|含"
)
_ENDINGS: Final = (
    "ations",
    "ation",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "al",
)


def stem(word: str) -> str:
    """An English word without its ending: "arrives", "arrived" and "arrival" meet."""
    if not word.isascii() or len(word) < 4:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")


NEUTRAL: Final = frozenset(stem(word) for word in _NEUTRAL.split())


def cases(text: str) -> frozenset[str]:
    """Words of a sentence that say for whom or what only it holds."""
    return frozenset(found.group() for found in _CASES.finditer(text))


def plain(clause: str) -> tuple[str, bool | None]:
    """The clause without what denies or affirms, and whether it denies; None: it does neither."""
    denied = len(_DENY.findall(clause))
    if denied:
        return _AFFIRM.sub(" ", _DENY.sub(" ", clause)), denied % 2 == 1
    if _AFFIRM.search(clause):
        return _AFFIRM.sub(" ", clause), False
    return clause, None
