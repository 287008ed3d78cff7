"""Days and times of day, also those that count from today."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from yizhan.learning.slots import spelling
from yizhan.learning.slots.types import Slot, matches, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
DAYS: Final = "mon|tue|wed|thu|fri|sat|sun"
DAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b"
)
CN: Final = "[零〇一二三四五六七八九十两]"
OFFSETS: Final = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨晚": -1,
    "昨日": -1,
    "今天": 0,
    "今晚": 0,
    "今早": 0,
    "今日": 0,
    "明天": 1,
    "明早": 1,
    "明晚": 1,
    "明日": 1,
    "后天": 2,
    "後天": 2,
    "大后天": 3,
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "tmrw": 1,
    "last night": -1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
    "this morning": 0,
    "this evening": 0,
}
ZH_DAYS: Final = "一二三四五六日天"

RULES: Final = (
    rule("date", r"(?<![\d-])(?P<v>20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?![\d-])", rank=2),
    rule(
        "date",
        rf"(?P<v>(?:去年|今年|明年)?(?:\d{{1,2}}|{CN}{{1,3}})月(?:\d{{1,2}}|{CN}{{1,3}})[日号號]?)"
        rf"(?!\d)",
        rank=2,
    ),
    rule(
        "date",
        rf"(?P<v>(?:上个?月|下个?月|这个?月|上個月|本月)(?:(?:\d{{1,2}}|{CN}{{1,3}})[日号號])?)",
        rank=4,
    ),
    rule("date", r"(?<![\dA-Z#])(?P<v>\d{1,2}[号號日])(?![\d楼店线院码])", rank=6),
    rule(
        "date",
        r"(?P<v>(?:大?前天|[昨今明][天日]|大?后天|後天)(?:上午|下午|早上|中午|晚上)?|[昨今明]晚|[今明]早)",
        rank=5,
    ),
    rule(
        "date",
        rf"(?P<v>(?:上上|上个?|下下|下个?|这个?|本)?(?:周|星期|礼拜|週|禮拜)[{ZH_DAYS}末]"
        r"(?:上午|下午|早上|中午|晚上)?)",
        rank=4,
    ),
    rule(
        "date",
        rf"(?P<v>(?:\d{{1,3}}|{CN}{{1,3}})(?:天|个?星期|周|个月)(?:之?前|以前|之?后|以后))",
        rank=4,
    ),
    rule(
        "date",
        rf"(?<!\w)(?P<v>(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}"
        rf"(?:,? 20\d{{2}})?)",
        rank=2,
    ),
    rule(
        "date",
        rf"(?<!\w)(?P<v>{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d{{2}})?)(?![\d:])",
        rank=2,
    ),
    rule(
        "date",
        rf"(?<!\w)(?P<v>(?:(?:last|next|this) )?{DAY}(?: (?:morning|afternoon|evening))?)",
        rank=5,
    ),
    rule("date", r"(?<!\w)(?P<v>(?:the )?\d{1,2}(?:st|nd|rd|th))\b", rank=6),
    rule(
        "date",
        r"(?<!\w)(?P<v>(?:the )?day (?:before yesterday|after tomorrow)|today|tonight"
        r"|yesterday|tomorrow|tmrw)\b",
        rank=4,
    ),
    rule("date", r"(?<!\w)(?P<v>(?:last|next|this) (?:week(?:end)?|month|year))\b", rank=5),
    rule(
        "date",
        r"(?<!\w)(?P<v>(?:\d{1,3}|one|two|three|four|five|six|a few|a couple of) "
        r"(?:days?|weeks?|months?) ago)\b",
        rank=4,
    ),
    rule("date", r"(?<![\d/.\-])(?P<v>\d{1,2}/\d{1,2}(?:/(?:20)?\d{2})?)(?![\d/])", rank=4),
    rule(
        "time",
        rf"(?P<v>(?:[今明后昨]天|[今明昨]晚)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|半夜)?"
        rf"(?:\d{{1,2}}|{CN}{{1,3}})[点點](?:半|\d{{1,2}}分?|{CN}{{1,3}}分?|钟)?"
        rf"多?(?:之前|以前|前|之后|以后|往后|后)?)",
        rank=3,
    ),
    rule(
        "time",
        r"(?<![\d:])(?P<v>(?:凌晨|早上|上午|中午|下午|傍晚|晚上)?[012]?\d[:：][0-5]\d"
        r"(?: ?[–\-~到至] ?[012]?\d[:：][0-5]\d)?(?: ?[ap]\.?m\.?)?)(?![\d:])",
        rank=3,
    ),
    rule(
        "time",
        r"(?<![\d:.])(?P<v>(?:(?:after|before|by) )?\d{1,2}(?:[:.][0-5]\d)? ?(?:a\.?m\b|p\.?m\b"
        r"|o'?clock\b))",
        rank=2,
    ),
    rule("time", r"(?<!\w)(?P<v>noon|midnight|this (?:morning|afternoon|evening))\b", rank=4),
)


def find(text: str, *, today: date | None = None) -> Iterator[Slot]:
    """Days and times of day; relative days resolved when ``today`` is given."""
    for one, start, end in matches(text, RULES):
        value = text[start:end]
        normal = day(value, today=today) if one.name == "date" else ""
        yield Slot(one.name, value, start, end, normal, one.rank)


def day(value: str, *, today: date | None = None) -> str:
    """The calendar day as ISO 8601, or nothing where it cannot be told."""
    text = value.casefold().removeprefix("the ").removeprefix("on ")
    try:
        found = _full(text) or _of_year(text, today) or _relative(text, today)
    except (ValueError, OverflowError):
        return ""
    return "" if found is None else found.isoformat()


def _full(text: str) -> date | None:
    found = re.match(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})", text)
    return date(*(int(part) for part in found.groups())) if found else None


def _of_year(text: str, today: date | None) -> date | None:
    """Month and day: the year nearest to today."""
    month_day = _month_day(text)
    if month_day is None:
        return None
    year = re.search(r"20\d{2}", text)
    if year:
        return date(int(year.group()), *month_day)
    if today is None:
        return None
    years = (today.year - 1, today.year, today.year + 1)
    return min((date(y, *month_day) for y in years), key=lambda one: abs(one - today))


def _month_day(text: str) -> tuple[int, int] | None:
    found = re.match(rf"(?:去年|今年|明年)?(\d{{1,2}}|{CN}{{1,3}})月(\d{{1,2}}|{CN}{{1,3}})", text)
    if found:
        month, day_ = (spelling.number(part) for part in found.groups())
        return None if month is None or day_ is None else (int(month), int(day_))
    month_name = re.search(rf"\b({MONTHS})", text)
    number = re.search(r"\d{1,2}(?!\d)", text)
    if month_name and number:
        return MONTHS.split("|").index(month_name.group(1)) + 1, int(number.group())
    return None


def _relative(text: str, today: date | None) -> date | None:
    if today is None:
        return None
    if text in OFFSETS:
        return today + timedelta(days=OFFSETS[text])
    return _ago(text, today) or _weekday(text, today) or _day_of_month(text, today)


def _ago(text: str, today: date) -> date | None:
    found = re.match(r"(.{1,6}?) ?(天|个?星期|周|days?|weeks?) ?(之?前|以前|ago|之?后|以后)$", text)
    count = spelling.number(found.group(1)) if found else None
    if found is None or count is None:
        return None
    days = int(count) * (1 if found.group(2)[0] in "天d" else 7)
    return today + timedelta(days=days if "后" in found.group(3) else -days)


def _weekday(text: str, today: date) -> date | None:
    chinese = re.match(rf"(上上|上|下下|下|这|本)?个?(?:周|星期|礼拜|週|禮拜)([{ZH_DAYS}])", text)
    if chinese:
        weeks = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(chinese.group(1) or "", 0)
        place = min(ZH_DAYS.index(chinese.group(2)), 6)
        return today + timedelta(days=place - today.weekday() + 7 * weeks)
    english = re.match(rf"(last|next|this)? ?({DAYS})", text)
    if not english:
        return None
    ahead = (DAYS.split("|").index(english.group(2)) - today.weekday()) % 7
    if english.group(1) == "last":
        return today + timedelta(days=ahead - 7)
    return today + timedelta(days=ahead or 7 * (english.group(1) == "next"))


def _day_of_month(text: str, today: date) -> date | None:
    found = re.match(r"(上个?月|下个?月|本月|这个?月)?(\d{1,2})(?:[号號日]|st|nd|rd|th)$", text)
    if not found:
        return None
    moved = {"上": -1, "下": 1}.get((found.group(1) or " ")[0], 0)
    months = today.year * 12 + today.month - 1 + moved
    return date(months // 12, months % 12 + 1, int(found.group(2)))
