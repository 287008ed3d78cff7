"""Facts in a customer's words, by rules, in Chinese and English. Pure.

Only what somebody says of themselves: each pattern needs the words that make it so ("I live in", 我在…工作).
Bounded repetitions and :data:`slots.LONGEST` characters, so that no text is slow to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yizhan.domains.profile.types import LONGEST, Found, Key
from yizhan.learning import language, slots

_LEAST_TEXT = 12  # characters below which a language is a guess
_SURE, _LIKELY, _MAYBE = 0.95, 0.8, 0.6
_NAMED = r"[A-ZÀ-Þ][\w&\-]{1,30}(?: [A-ZÀ-Þ][\w&\-]{1,30}){0,3}"
_HAN = r"[\u4e00-\u9fff]"


def _rule(key: Key, pattern: str, confidence: float) -> tuple[Key, re.Pattern[str], float]:
    return key, re.compile(pattern), confidence


_SUFFIX = r"(?:GmbH|Inc|Ltd|LLC|AG|Corp|Co|SA|BV)"
_HOUR = r"\d{1,2}(?:[:：]\d{2})?"
_DAYPART = r"(?:早上|上午|中午|下午|晚上|傍晚)?"

# The group ``v`` is the value.
_RULES = (
    _rule(
        "company",
        rf"我(?:们)?(?:是|来自|在)(?P<v>(?!一家|这家|你们|贵){_HAN}{{2,16}}?公司)"
        r"(?:的|上班|工作|[，,。]|$)",
        _LIKELY,
    ),
    _rule(
        "company",
        r"(?:[Ww]e are|[Ii](?:'m| am)) (?:\w{2,20} )?(?:from|with|at) "
        rf"(?P<v>{_NAMED} {_SUFFIX}\b\.?)",
        _LIKELY,
    ),
    _rule("company", rf"[Ii] work (?:for|at) (?P<v>{_NAMED})", _LIKELY),
    _rule(
        "role",
        r"我是(?:[^，。,.!！?？\s]{0,16}的)?(?P<v>"
        r"(?:采购|销售|技术|运营|财务|行政|人事|市场|产品|项目|客户|店|运维|研发|物流|仓库|总)?"
        r"(?:经理|总监|主管|负责人|工程师|店长|老板|会计|助理|设计师|CEO|CTO|CFO))",
        _LIKELY,
    ),
    _rule(
        "role",
        r"(?i)\b(?:I am|I'm|as) (?:the |a |an |our |their )(?P<v>(?:[a-z]{2,14} ){0,2}"
        r"(?:manager|director|engineer|owner|accountant|assistant|designer|buyer|CEO|CTO|CFO"
        r"|administrator|developer))\b",
        _LIKELY,
    ),
    _rule(
        "city",
        rf"我(?:现在|目前|人)?(?:住在|家在|人在|在)(?P<v>{_HAN}{{2,4}}?[市县州区]"
        r"|北京|上海|广州|深圳|杭州|南京|苏州|成都|重庆|武汉|西安|天津|长沙|郑州|青岛|厦门|宁波"
        r"|合肥|福州|济南|沈阳|大连|昆明|香港|台北|澳门)",
        _LIKELY,
    ),
    _rule(
        "city",
        rf"\b(?:I live in|(?:I'm|I am|[Ww]e are|[Ww]e're) based in) (?P<v>{_NAMED})",
        _LIKELY,
    ),
    _rule(
        "birthday",
        r"(?:我的?生日(?:是|在)?|我出生于)(?P<v>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?)",
        _SURE,
    ),
    _rule(
        "birthday",
        r"(?i)\bmy birthday is (?:on )?(?:the )?(?P<v>[A-Z]{3,9} \d{1,2}(?:st|nd|rd|th)?"
        r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z]{3,9})\b",
        _SURE,
    ),
    _rule(
        "contact_channel",
        r"(?P<v>企业微信|微信|短信|邮件|邮箱|电话|钉钉|QQ)(?:联系我|找我|通知我|回复我|沟通)",
        _SURE,
    ),
    _rule(
        "contact_channel",
        r"(?i)\b(?:contact|reach|write|message|text|answer) me (?:by|via|on|through|over) "
        r"(?P<v>e-?mail|phone|text|SMS|WhatsApp|WeChat|chat)\b",
        _SURE,
    ),
    _rule("contact_channel", r"(?i)\bplease (?P<v>e-?mail|text|WhatsApp) me\b", _SURE),
    _rule(
        "contact_time",
        rf"(?P<v>(?:工作日|周末|每天|平时)?{_DAYPART}{_HOUR}(?:点半?)?"
        rf"(?:以?后|之后|以?前|之前|到{_DAYPART}{_HOUR}点?))(?:再)?(?:打|联系|给我|电话|回电|微信)",
        _SURE,
    ),
    _rule(
        "contact_time",
        r"(?i)\b(?:call|phone|reach|contact|ring|text) me (?:only )?(?P<v>(?:after|before|between) "
        r"\d{1,2}(?::\d{2})?(?: ?[ap]\.?m\b\.?| ?o'clock)?"
        r"(?: and \d{1,2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?)?"
        r"|in the (?:morning|afternoon|evening)s?|at weekends|on weekdays)",
        _SURE,
    ),
    _rule(
        "device",
        r"(?i)\b(?P<v>iPhone \d{1,2}(?: (?:Pro Max|Pro|Plus|mini))?|iPad(?: (?:Pro|Air|mini))?"
        r"|MacBook(?: (?:Pro|Air))?|Galaxy [SAZ]\d{1,2}(?: Ultra|\+)?|Pixel \d{1,2}(?: Pro)?"
        r"|ThinkPad [A-Z]\d{1,2}\w{0,3})(?!\w)",
        _LIKELY,
    ),
    _rule(
        "device",
        r"(?P<v>(?:华为|小米|荣耀|红米|三星|一加|OPPO|vivo) ?(?:[A-Za-z]{1,8} ?)?\d{1,3}"
        r"(?: ?(?:Pro|Max|Ultra|Plus)){0,2})",
        _LIKELY,
    ),
)
_NO_CALLS = re.compile(
    r"(?:请?(?:不要|别|勿|不用)(?:再)?(?:给我)?(?:打|来)(?:我的?)?电话)"
    r"|(?i:\b(?:please )?(?:do not|don't|never|stop) (?:call|phone|ring)(?:ing)? me\b)"
)
_SLOTS: dict[str, tuple[Key, float]] = {
    "order_number": ("order", _SURE),
    "product": ("product", _MAYBE),
}


def find(text: str) -> list[Found]:
    """Facts by place; of the same fact once."""
    read = text[: slots.LONGEST]
    found: dict[tuple[str, str], Found] = {}
    for one in (*_by_rules(read), *_by_slots(read), *_spoken(read)):
        known = found.get((one.key, one.normal))
        if known is None or one.confidence > known.confidence:
            found[one.key, one.normal] = one
    return sorted(found.values(), key=lambda one: (one.start, one.key))


def normal(value: str) -> str:
    """One spelling for what means the same."""
    return re.sub(r"[\s\-_.，,。·]+", "", value).casefold()[:LONGEST]


def _by_rules(text: str) -> Iterator[Found]:
    for key, pattern, confidence in _RULES:
        for hit in pattern.finditer(text):
            yield _found(key, hit["v"], confidence, hit.span("v"))
    for hit in _NO_CALLS.finditer(text):
        yield _found("calls", "no", _SURE, hit.span())


def _by_slots(text: str) -> Iterator[Found]:
    if not slots.may_hold(text, _SLOTS):
        return
    for one in slots.find(text):
        if one.name in _SLOTS:
            key, confidence = _SLOTS[one.name]
            yield _found(key, one.value, confidence, (one.start, one.end))


def _spoken(text: str) -> Iterator[Found]:
    """The language, when there are words enough to tell."""
    if len(text.strip()) >= _LEAST_TEXT:
        spoken = language.detect(text)
        if spoken != language.UNKNOWN:
            yield _found("language", spoken, _LIKELY, (0, 0))


def _found(key: Key, value: str, confidence: float, span: tuple[int, int]) -> Found:
    kept = value.strip()[:LONGEST]
    return Found(
        key=key,
        value=kept,
        normal=normal(kept),
        confidence=confidence,
        start=span[0],
        end=span[1],
    )


def quoted(text: str, start: int, *, end: int) -> str:
    """The words around a finding, on one line."""
    left, right = max(0, start - 40), min(len(text), end + 40)
    said = " ".join(text[left:right].split()) if end else ""
    return said[:LONGEST]
