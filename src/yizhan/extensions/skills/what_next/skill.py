"""What could be done now, from signals: rules that can be read, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.contract import Advised, Known, State, Told, Wanted
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


Output = Advised
Form = None


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees. ``due_at``: the nearest promise."""

    subject: str = ""
    turns: tuple[Turn, ...] = ()
    sources: tuple[Source, ...] = ()
    signals: Known = Known()
    ticket: State = State()
    due_at: datetime | None = None
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def can(seen: Input) -> bool:
    return True


def make(seen: Input) -> Advised | None:
    """The most pressing first, at most four."""
    spoken = [one for one in seen.turns if one.who != "note"]
    if not spoken or seen.ticket.category == "closed":
        return None
    if spoken[-1].who == "customer":
        found = [*_pressing(seen, spoken), *_to_answer(seen, spoken)][:4]
    else:
        found = _waiting(seen, spoken)
    return Advised(steps=found) if found else None


def tell(seen: Input) -> Told:
    """No model is asked: signals know it better than words, and at no cost."""
    return Told(language="en", parts=())


def read(seen: Input, sent: Input, given: str) -> Advised | None:
    return None


def meets(wanted: Wanted, got: Advised) -> bool:
    """The steps in their order, by why they are proposed, with what they name."""
    lines = [" ".join(filter(None, (one.kind, one.why, one.id, one.text))) for one in got.steps]
    return wanted.fits("\n".join(lines), sources=[one.why for one in got.steps])


def _pressing(seen: Input, spoken: Sequence[Turn]) -> list[CopilotStep]:
    found: list[CopilotStep] = []
    if seen.due_at is not None and seen.due_at - seen.now < _SOON:
        why = "late" if seen.due_at < seen.now else "due_soon"
        found.append(CopilotStep(kind="hurry", why=why, values={"at": seen.due_at.isoformat()}))
    if seen.signals.grave or seen.signals.turned or _ANGRY.search(_unanswered(spoken)):
        found.append(CopilotStep(kind="calm", why="angry"))
    return found


def _unanswered(spoken: Sequence[Turn]) -> str:
    tail: list[str] = []
    for one in reversed(spoken):
        if one.who != "customer":
            break
        tail.append(one.text)
    return "\n".join(reversed(tail))


def _to_answer(seen: Input, spoken: Sequence[Turn]) -> list[CopilotStep]:
    said = "\n".join(one.text for one in spoken if one.who == "customer")
    found: list[CopilotStep] = []
    for slot, (about, value, zh, en) in _ASKS.items():
        if _misses(seen, slot, said, about=about, value=value):
            text = zh if drafting.speaks_chinese(said) else en
            found.append(CopilotStep(kind="ask", why=f"missing_{slot}", text=text))
    for passage in _fitting(seen)[:2]:
        source = seen.sources[passage.source - 1]
        title = {"title": source.title}
        if source.kind == "macro":
            found.append(CopilotStep(kind="macro", why="fits", values=title, id=source.id))
        elif source.kind == "article":
            found.append(CopilotStep(kind="article", why="fits", values=title, id=source.id))
    return found or [CopilotStep(kind="reply", why="customer_waits")]


def _fitting(seen: Input) -> list[drafting.Passage]:
    return drafting.passages(drafting.asked(seen.subject, seen.turns), seen.sources)


def _misses(
    seen: Input, slot: str, said: str, *, about: re.Pattern[str], value: re.Pattern[str]
) -> bool:
    """Whether somebody has to ask for it. What was read counts before what words look like."""
    if _SLOTS[slot] & seen.signals.slots.keys() or value.search(said):
        return False
    if seen.signals.intent is not None:
        return _MATTERS[slot].search(seen.signals.intent) is not None
    return about.search(said) is not None


def _waiting(seen: Input, spoken: Sequence[Turn]) -> list[CopilotStep]:
    """The customer has the word."""
    last = spoken[-1]
    if seen.ticket.category == "resolved":
        return []
    since = seen.now - last.at
    days = {"days": str(max(1, since.days))}
    if since > _SILENT:
        return [CopilotStep(kind="close", why="silent", values=days)]
    return [CopilotStep(kind="wait", why="their_turn")]
