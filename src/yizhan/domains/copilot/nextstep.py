"""What could be done now, from signals: rules that can be read, no model. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from yizhan.domains.copilot.drafting import Passage, speaks_chinese
from yizhan.domains.copilot.types import CopilotStep, Source, Turn

_ABOUT_ORDER = re.compile(
    r"退款|退货|换货|物流|快递|发货|订单|包裹|没收到|refund|return|exchange|parcel|delivery|shipment|my order|tracking",
    re.IGNORECASE,
)
_ORDER = re.compile(r"[A-Za-z]{1,4}[-_]?\d{4,}|\d{6,}")
_ABOUT_LOGIN = re.compile(r"登录|登陆|密码|账号|log ?in|sign ?in|password|account", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}|1[3-9]\d{9}")
_ABOUT_FAULT = re.compile(
    r"报错|错误|闪退|打不开|无法|崩溃|error|crash|doesn'?t work|not working|broken|bug",
    re.IGNORECASE,
)
_WITH_DETAIL = re.compile(r"截图|版本|型号|代码|code \w+|screenshot|version|model", re.IGNORECASE)
_ANGRY = re.compile(
    r"投诉|12315|曝光|律师|骗子|举报|差评|complain|lawyer|scam|fraud|unacceptable|worst|disgust",
    re.IGNORECASE,
)
_ASKS = {
    "order": (
        _ABOUT_ORDER,
        _ORDER,
        "请提供一下订单号，方便我们为您查询。",
        "Could you send us your order number, so that we can look it up?",
    ),
    "account": (
        _ABOUT_LOGIN,
        _ADDRESS,
        "请提供注册时使用的手机号或邮箱。",
        "Could you tell us the e-mail address or phone number of your account?",
    ),
    "fault": (
        _ABOUT_FAULT,
        _WITH_DETAIL,
        "请告诉我们设备型号、版本，以及报错截图。",
        "Could you tell us the model and version, and send a screenshot of the error?",
    ),
}
# Names of slots that answer a question, and the intents in which it has to be asked.
_SLOTS = {
    "order": frozenset({"order_number", "tracking_number"}),
    "account": frozenset({"account_number", "phone"}),
    "fault": frozenset({"version", "serial_number"}),
}
_MATTERS = {
    "order": re.compile(
        r"order|refund_status|request_refund|(?:wrong|missing|damaged|return|exchange)_item|parcel"
        r"|delivery"
    ),
    "account": re.compile(r"sign_in|password|account_(?:stolen|banned)"),
    "fault": re.compile(r"error|crash|fault|_problem$|slow_app|wont_turn_on"),
}
_SOON = timedelta(hours=1)
_SILENT = timedelta(days=3)


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a ticket."""

    turns: Sequence[Turn]
    now: datetime
    status: str
    due_at: datetime | None = None  # the nearest promise
    sources: Sequence[Source] = ()
    fitting: Sequence[Passage] = ()
    slots: frozenset[str] = frozenset()  # what the customer has said already, by name
    cross: bool = False  # read in their messages, or said by somebody
    label: str | None = None  # their intent, if it is sure


def steps(known: Signals) -> list[CopilotStep]:
    """The most pressing first, at most four."""
    spoken = [one for one in known.turns if one.who != "note"]
    if not spoken or known.status == "closed":
        return []
    if spoken[-1].who == "customer":
        return [*_pressing(known, spoken), *_to_answer(known, spoken)][:4]
    return _waiting(known, spoken)


def _pressing(known: Signals, spoken: Sequence[Turn]) -> list[CopilotStep]:
    found: list[CopilotStep] = []
    if known.due_at is not None and known.due_at - known.now < _SOON:
        why = "late" if known.due_at < known.now else "due_soon"
        found.append(CopilotStep(kind="hurry", why=why, values={"at": known.due_at.isoformat()}))
    if known.cross or _ANGRY.search(_unanswered(spoken)):
        found.append(CopilotStep(kind="calm", why="angry"))
    return found


def _unanswered(spoken: Sequence[Turn]) -> str:
    tail: list[str] = []
    for one in reversed(spoken):
        if one.who != "customer":
            break
        tail.append(one.text)
    return "\n".join(reversed(tail))


def _to_answer(known: Signals, spoken: Sequence[Turn]) -> list[CopilotStep]:
    said = "\n".join(one.text for one in spoken if one.who == "customer")
    found: list[CopilotStep] = []
    for slot, (about, value, zh, en) in _ASKS.items():
        if _misses(known, slot, said, about=about, value=value):
            text = zh if speaks_chinese(said) else en
            found.append(CopilotStep(kind="ask", why=f"missing_{slot}", text=text))
    for passage in known.fitting[:2]:
        source = known.sources[passage.source - 1]
        title = {"title": source.title}
        if source.kind == "macro":
            found.append(CopilotStep(kind="macro", why="fits", values=title, id=source.id))
        elif source.kind == "article":
            found.append(CopilotStep(kind="article", why="fits", values=title, id=source.id))
    return found or [CopilotStep(kind="reply", why="customer_waits")]


def _misses(
    known: Signals, slot: str, said: str, *, about: re.Pattern[str], value: re.Pattern[str]
) -> bool:
    """Whether somebody has to ask for it. What was read counts before what words look like."""
    if known.slots & _SLOTS[slot] or value.search(said):
        return False
    if known.label is not None:
        return _MATTERS[slot].search(known.label) is not None
    return about.search(said) is not None


def _waiting(known: Signals, spoken: Sequence[Turn]) -> list[CopilotStep]:
    """The customer has the word."""
    last = spoken[-1]
    if known.status == "resolved":
        return []
    since = known.now - last.at
    days = {"days": str(max(1, since.days))}
    if since > _SILENT:
        return [CopilotStep(kind="close", why="silent", values=days)]
    return [CopilotStep(kind="wait", why="their_turn")]
