"""What is recognised by its form or by the word before it: mail, accounts, passwords, plates,"
" orders …"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from typing import Final

from yizhan.learning.privacy.types import Found, NumberRule

_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_IS: Final = (
    r"[ \t]{0,3}(?:号码|号|id|no\.?|number|#)?[ \t]{0,3}(?:应该|就)?(?:is|was|are|是|为|叫|改成|换成)?["
    r" \t]{0,3}[:=：]?[ \t\n]{0,3}[\"'“‘「『(<]?"
)
_FLAGS: Final = re.IGNORECASE


def _named(words: str, value: str, *, flags: int = _FLAGS) -> re.Pattern[str]:
    """A value behind a word that says what it is; group 1 is the value."""
    return re.compile(rf"(?:{words}){_IS}({value})", flags)


_ALONE: Final = (
    ("TEXT", re.compile(r"[‹<〈《\[【{(][ \t]{0,2}[A-Z]{2,9}[ _-]{1,2}[0-9]{1,4}[ \t]{0,2}[›>〉》\]】})]", _FLAGS)),
    ("TEXT", re.compile(r"(?<![A-Z])[A-Z]{2,9}_[0-9]{1,4}(?![0-9])", _FLAGS)),
    ("LINK", re.compile(r"https?://[^\s一-鿿，。；、！？“”<>]{0,200}[?#@][^\s一-鿿，。；、！？“”<>]{0,500}", _FLAGS)),
    ("PLATE", re.compile(
        rf"[{_PROVINCES}][ ]?[A-HJ-NP-Z][ ·•.\-]{{0,2}}(?:[A-HJ-NP-Z0-9]["
        rf" \-]?){{4,5}}[A-HJ-NP-Z0-9挂学警港澳]",
        _FLAGS,
    )),
    ("PASSPORT", re.compile(r"(?<![A-Z0-9])(?:[EGDSPHMK][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}"
        r"|[CW][0-9]{8,10})(?![A-Z0-9])", _FLAGS)),
    ("SECRET", re.compile(r"(?<![A-Z0-9_])(?:sk|pk|rk|ghp|gho|glpat|xox[abp]|AKIA|ASIA"
        r"|eyJ)[-_A-Z0-9.]{12,400}", _FLAGS)),
    # Codes: some capitals with a dash or four digits, or digits with dashes that are no date.
    ("ORDER", re.compile(r"(?<![A-Za-z0-9-])[A-Z]{1,5}(?:-[0-9]{3,12}|[ ]?[0-9]{4,12})"
        r"(?:[- ][0-9]{2,8}){0,4}(?![A-Za-z])")),
    ("ORDER", re.compile(r"(?<![0-9A-Za-z-])(?!(?:19|20)[0-9]{2}-)[0-9]{3,12}(?:-[0-9]{1,12}){1,4}(?![0-9])")),
    ("SECRET", re.compile(r"bearer[ ]{1,3}[-_A-Z0-9.=+/]{8,400}", _FLAGS)),
)  # fmt: skip
_AFTER: Final = (
    ("SECRET", _named(
        r"密码|口令|密钥|验证码|校验码|动态码|支付码|安全码|暗号"
        r"|passwords?|passwd|pwd|passcode|passphrase|pin(?: code)?"
        r"|security code|verification code|one[- ]time code|otp|cvv2?|cvc2?|api[ _-]?key|secret"
        r"|access token",
        r"[^\s，。；、！？,;“”\"'’」』)<>一-鿿]{3,64}",
    )),
    ("SOCIAL", _named(
        r"微信|wechat|weixin|vx|v信|薇信|威信|微信同号|加微|加v|扣扣|企鹅|q{2}|q号|line|whatsapp|telegram|tg|skype"
        r"|支付宝|alipay|微博|抖音|小红书",
        r"[A-Z][-_A-Z0-9.]{4,24}|[0-9]{5,13}|[A-Z0-9_][-_A-Z0-9.]{5,24}",
    )),
    ("ORDER", _named(
        r"订单|编号|工号|单号|运单|快递单|物流单|流水|交易|工单|发票|合同|保单|序列|设备|会员卡|order|tracking|parcel|shipment|waybill"
        r"|invoice"
        r"|transaction|reference|ref|booking|confirmation|policy|serial|sn|imei|membership|case"
        r"|claim",
        r"(?=[-A-Z_/ ]{0,8}[0-9])[A-Z0-9][-A-Z0-9_/]{3,39}",
    )),
    ("ACCOUNT", _named(
        r"尾号|末四位|后四位|ending(?: in| with)?|last four(?: digits)?"
        r"|账号|帐号|账户|帐户|用户名|登录名|会员号|客户号|用户|卡号"
        r"|account|user ?name|user|login|user ?id|customer ?id"
        r"|member ?id|iban|routing",
        r"(?=[-_A-Z.@]{0,30}[0-9_.@])[A-Z0-9][-A-Z0-9_.@]{3,40}",
    )),
    ("ACCOUNT", _named(r"账号|帐号|用户名|登录名|user ?name|login name", r"[A-Z][-A-Z0-9_.]{3,40}")),
    ("PASSPORT", _named(
        r"护照|通行证|驾驶证|驾照|社保|军官证|港澳证|passport|driv(?:er|ing)(?:'s)? licen[cs]e|national insurance"
        r"|ssn|social security|nin",
        r"(?=[A-Z]{0,6}[0-9])[A-Z0-9](?:[- ]?[A-Z0-9]){4,14}",
    )),
    ("PLATE", _named(r"车牌|车号|plate|licen[cs]e plate|registration plate", r"(?=[A-Z"
        r" ]{0,4}[0-9])[A-Z0-9][A-Z0-9 -]{3,8}[A-Z0-9]")),
    ("IDCARD", _named(r"身份证|证件|id card|identity card", r"[0-9]{6,17}[0-9X]")),
    ("BIRTHDAY", _named(
        r"生日|出生日期|出生于|生于|出生|date of birth|dob|birthday|birth date|born(?: on)?",
        r"[0-9]{1,4}[-/.年 ][0-9]{1,2}[-/.月 ][0-9]{1,4}日?|[A-Z]{3,9} [0-9]{1,2},? [0-9]{4}"
        r"|[0-9]{1,2} [A-Z]{3,9} [0-9]{4}",
    )),
)  # fmt: skip

_SECRETLIKE: Final = re.compile(r"[A-Za-z0-9+/_=-]{24,2000}")
_DIGITS_IN_WORD: Final = re.compile(
    r"[A-Za-z][A-Za-z-]{0,7}[0-9]{7,40}[A-Za-z]{0,4}(?![A-Za-z0-9])"
)
_IP4: Final = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9])")
_IP6: Final = re.compile(r"(?<![0-9A-Za-z:])[0-9A-Fa-f:]{6,39}(?![0-9A-Za-z:])")
_LOCAL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}(?: {0,2})\Z")
_DOMAIN: Final = re.compile(r" {0,2}[A-Za-z0-9-]{1,63}(?: ?\. ?[A-Za-z0-9-]{2,24}){1,5}")
_AT: Final = re.compile(
    r"@| ?[\[({](?: ?at ?|#|艾特)[\])}] ?| at (?=[A-Za-z0-9-]{2,40}(?: dot |\.))"
    r"|#(?=[A-Za-z0-9-]{1,40}\.(?:com|cn|net))",
    _FLAGS,
)
_SPELLED: Final = re.compile(
    r" {0,2}[A-Za-z0-9-]{1,63}(?: ?(?:dot|\[dot\]|\(dot\)|点) ?[A-Za-z0-9-]{2,24}){1,4}", _FLAGS
)


def _mails(seen: str) -> Iterator[Found]:
    for at in _AT.finditer(seen):
        local = _LOCAL.search(seen, max(0, at.start() - 66), at.start())
        domain = _DOMAIN.match(seen, at.end()) or _SPELLED.match(seen, at.end())
        if local is not None and domain is not None:
            yield Found("EMAIL", local.start(), domain.end())


def _addresses(seen: str) -> Iterator[Found]:
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(seen):
            try:
                ipaddress.ip_address(match.group())
            except ValueError:
                continue
            yield Found("IP", *match.span())


def _mixed(seen: str) -> Iterator[Found]:
    """Long words of letters and digits: keys, hashes, encoded things, waybills."""
    for match in _SECRETLIKE.finditer(seen):
        word = match.group()
        if any(map(str.isdigit, word)) and any(map(str.isalpha, word)):
            yield Found("SECRET", *match.span())
    for match in _DIGITS_IN_WORD.finditer(seen):
        yield Found("ORDER", *match.span())


def _ruled(seen: str, rules: Sequence[NumberRule]) -> Iterator[Found]:
    """By the tenant's rules: the beginning is plain text, the rest is counted."""
    for rule in rules:
        if rule.problem() is not None:
            continue
        sign = "[A-Z0-9]" if rule.letters else "[0-9]"
        pattern = re.compile(
            rf"(?<![A-Z0-9]){re.escape(rule.prefix)}(?:["
            rf" _-]?{sign}){{{rule.least},{rule.most}}}(?![A-Z0-9])",
            _FLAGS,
        )
        for match in pattern.finditer(seen):
            yield Found("ORDER", *match.span())


def find(seen: str, orders: Sequence[NumberRule] = ()) -> list[Found]:
    """Everything of known form in a plain view."""
    found = [*_mails(seen), *_addresses(seen), *_mixed(seen), *_ruled(seen, orders)]
    for kind, pattern in _ALONE:
        found += [Found(kind, *match.span()) for match in pattern.finditer(seen)]
    for kind, pattern in _AFTER:
        found += [Found(kind, *match.span(1)) for match in pattern.finditer(seen)]
    return found
