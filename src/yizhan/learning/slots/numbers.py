"""Numbers by which something is known, and how much of something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yizhan.learning.slots import spelling
from yizhan.learning.slots.types import Rule, Slot, matches, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A number that somebody gave to something: digits with or without letters and separators.
CODE: Final = (
    r"(?P<v>(?=[A-Z0-9\-_/]{0,20}\d)[A-Z0-9]{1,20}(?:[-_/][A-Z0-9]{1,16}){0,5}(?: \d{2,6}){0,4})"
)
IS: Final = (
    r"[\s:：#是为為号號码碼=\-,，]{0,4}(?:is |are |was |no\.? ?|number |num |id |ref |# ?){0,2}"
)
BEFORE: Final = r"(?<![A-Z0-9])"
AFTER: Final = r"(?![A-Z0-9])"
NUMERALS: Final = "零〇一二三四五六七八九两兩十百千万萬"
ZH_COUNT: Final = "个個件条條双雙套箱盒瓶张張份台部本人袋包只支罐斤吨桶把组票间晚"


def _named(name: str, *cues: str, rank: int = 3) -> tuple[Rule, ...]:
    return tuple(rule(name, rf"(?:{cue}){IS}{CODE}{AFTER}", rank=rank) for cue in cues)


RULES: Final = (
    rule(
        "email",
        r"(?P<v>[A-Z0-9._%+\-]{1,64}@[A-Z0-9\-]{1,63}(?:\.[A-Z0-9\-]{1,63}){1,4})",
        rank=0,
    ),
    rule(
        "phone",
        r"(?<![\dA-Z\-])(?P<v>(?:\+?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4})(?!\d)",
        rank=1,
    ),
    rule("phone", r"(?<![\dA-Z])(?P<v>\+\d{1,3}(?:[ \-.()]{0,2}\d{2,5}){2,5})(?!\d)", rank=1),
    rule("phone", r"(?<![\dA-Z\-])(?P<v>0\d{2,3}[ \-]\d{7,8})(?!\d)", rank=1),
    rule("phone", r"(?<![\dA-Z\-])(?P<v>07\d{3} ?\d{3} ?\d{3})(?!\d)", rank=1),
    rule(
        "phone",
        r"(?:call|phone|mobile|cell|tel|number is)[^\d\n]{0,20}"
        r"(?P<v>\(?\d{3}\)?[ \-.]?\d{3}[ \-.]?\d{4})(?!\d)",
        rank=2,
    ),
    *_named("tracking_number", "运单号?|運單號?|快递单号?|快遞單號?|物流单号?|物流號", rank=2),
    *_named(
        "tracking_number",
        r"tracking(?: number| no\.?| id| code)?|waybill|consignment|parcel",
        rank=2,
    ),
    *_named("invoice_number", "发票号码?|發票號碼?", r"invoice"),
    *_named("flight_number", "航班号?|班机", r"flight", rank=4),
    *_named("serial_number", "序列号|序列號|机身号|SN码?", r"serial(?: number| no\.?)?|s/n"),
    *_named(
        "error_code",
        "错误码|錯誤碼|错误代码|报错代?码?|提示码?|故障码|弹出?",
        r"error(?: code| message)?",
    ),
    *_named(
        "coupon",
        "优惠码|优惠券码?|折扣码|兑换码|券码",
        r"(?:coupon|promo|discount|voucher)(?: code)?",
    ),
    *_named(
        "tax_number",
        "税号|稅號|纳税人识别号|统一社会信用代码",
        r"(?:tax|vat)(?: number| id| no\.?)?",
    ),
    *_named("game_id", "游戏ID|角色ID|玩家ID|UID", r"(?:player|game|role|user) ?id|uid"),
    *_named("account_number", "账号|帳號|账户|户号|客户编号", r"account(?: number| no\.?| id)?"),
    *_named("room", "房间号?|客房", r"room(?: number| no\.?)?"),
    rule(
        "card_number",
        r"(?:尾号|尾號|末四位|ending(?: in)?|last four(?: digits)?)[\s:：是为]{0,3}(?:is |are )?"
        r"(?P<v>\d{4})(?!\d)",
        rank=2,
    ),
    *_named(
        "order_number", "订单号码?|訂單號碼?|订单编号|订单|訂單|单号|單號|预订号|确认号|工单号?"
    ),
    *_named(
        "order_number",
        r"(?:order|booking|confirmation|reservation|ticket|reference|ref|case|claim)(?: number| no\.?| id| code| ref)?",
    ),
    rule("order_number", r"(?<![\w#])#(?P<v>[A-Z0-9\-]{0,8}\d[A-Z0-9\-]{2,20})", rank=4),
    rule(
        "order_number",
        rf"{BEFORE}(?P<v>[A-Z]{{2,5}}-?(?:20\d{{6}}|\d{{4,12}})"
        rf"(?:-\d{{2,8}}){{0,2}}){AFTER}",
        rank=5,
    ),
    rule("order_number", rf"{BEFORE}(?P<v>[A-Z]{{1,4}}-\d{{3,10}}){AFTER}", rank=5),
    rule("flight_number", rf"{BEFORE}(?P<v>[A-Z]{{2}} ?\d{{3,4}}){AFTER}", rank=7),
    rule(
        "version",
        r"(?:version|版本号?|v\.? ?)[\s:：]{0,2}(?P<v>\d{1,3}(?:\.\d{1,4}){1,3}"
        r"(?: ?beta| ?rc\d?)?)(?![\d.])",
        rank=3,
    ),
    rule("version", r"(?<![\d.$€£¥￥])(?P<v>\d{1,2}\.\d{1,3}\.\d{1,4})(?![\d.])", rank=4),
    rule("percent", r"(?<![\d.])(?P<v>\d{1,3}(?:\.\d{1,2})? ?[%％])", rank=3),
    rule(
        "amount",
        r"(?P<v>(?:[$€£¥￥₹]|RMB|CNY|USD|HK\$|US\$) ?\d{1,3}(?:,\d{3}){1,4}"
        r"(?:\.\d{1,2})?)(?!\d)",
        rank=2,
    ),
    rule(
        "amount",
        r"(?P<v>(?:[$€£¥￥₹]|RMB|CNY|USD|HK\$|US\$) ?\d{1,10}(?:\.\d{1,2})?)(?!\d)",
        rank=3,
    ),
    rule(
        "amount",
        r"(?<![\d.,])(?P<v>\d{1,3}(?:,\d{3}){0,4}(?:\.\d{1,2})? ?(?:dollars?|euros?"
        r"|pounds?|yuan|rmb|bucks|quid|usd|eur|gbp))\b",
        rank=2,
    ),
    rule(
        "amount",
        r"(?<![\d.,])(?P<v>\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,2})?(?: ?[万千百])? ?(?:块钱|元"
        r"|块\d?|圆|塊))(?!\d)",
        rank=2,
    ),
    rule(
        "amount",
        rf"(?<![第{NUMERALS}])(?P<v>(?:[{NUMERALS}]{{2,8}}(?:块钱|元|块|圆|塊)"
        rf"|[{NUMERALS}](?:块钱|元)))",
        rank=3,
    ),
    rule(
        "amount",
        r"(?<!\w)(?P<v>(?:Rs\.?|INR|AUD|CAD|SGD) ?\d{1,9}(?:,\d{2,3}){0,3}(?:\.\d{1,2})?)(?!\d)",
        rank=2,
    ),
    rule(
        "amount",
        r"(?:消费|扣了?|收了?|付了?|付款|退款|退我|充了?|费|保价|一共|合计|总共|共)[\s:：]{0,2}"
        r"(?P<v>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{2,6}(?:\.\d{1,2})?)"
        r"(?![\d,.\-年月日号个次天])",
        rank=6,
    ),
    rule(
        "tracking_number",
        rf"{BEFORE}(?P<v>[A-Z]{{2}}\d{{9,13}}(?:[A-Z]{{2}})?){AFTER}",
        rank=4,
    ),
    rule("quantity", rf"(?<![\d.A-Z])(?P<v>\d{{1,5}} ?(?:公斤|课时|[{ZH_COUNT}]))", rank=6),
    rule(
        "quantity",
        # "一个" and "第二次" count nothing.
        rf"(?<![第{NUMERALS}])(?P<v>(?:(?!一)[{NUMERALS}]|[{NUMERALS}]{{2,4}})"
        rf"(?:公斤|课时|[{ZH_COUNT}])[包件箱]?)",
        rank=8,
    ),
    rule(
        "quantity",
        r"(?<![\d.\w])(?P<v>\d{1,4}(?:\.\d)? ?(?:kg|g|lbs?|pcs|pieces|boxes|units|items"
        r"|seats|tickets|people|adults|pairs?))\b",
        rank=6,
    ),
)


def find(text: str) -> Iterator[Slot]:
    """Numbers with a name, and amounts."""
    for one, start, end in matches(text, RULES):
        value = text[start:end]
        yield Slot(one.name, value, start, end, _normal(one.name, value), one.rank)


def _normal(name: str, value: str) -> str:
    if name in {"amount", "quantity"}:
        number = spelling.number(value.lstrip("$€£¥￥₹RMBCNYUSDHKrmbcnyusdhk "))
        return "" if number is None else f"{number:g}"
    return spelling.plain(name, value)
