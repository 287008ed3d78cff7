"""What the API takes and gives of the copilot."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.copilot.types import (
    Allowed,
    CopilotSentence,
    CopilotStep,
    CopilotSummary,
    Fate,
    Field,
    MadeBy,
    ModelServer,
    Outcome,
    Place,
    RuleKind,
    Sent,
    Settings,
    Task,
    Tone,
)
from yizhan.kernel import guards

Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Seconds = Annotated[int, Meta(ge=1, le=600)]
Price = Annotated[float, Meta(ge=0, le=1_000_000)]


class NumberRuleBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How order numbers look: a beginning, then so many digits, or letters besides."""

    prefix: Annotated[str, Meta(max_length=20)] = ""
    least: Annotated[int, Meta(ge=1, le=40)] = 6
    most: Annotated[int, Meta(ge=1, le=40)] = 20
    letters: bool = False


class FieldRule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How far a field goes."""

    field: Field
    allowed: Allowed


class SubjectRule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How far the texts of a brand or a customer go."""

    kind: Literal["brand", "contact"]
    id: Id
    allowed: Allowed


class PolicyBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What may leave for model servers, and what may be spent. Empty budgets mean any."""

    allowed: Allowed
    per_minute: Annotated[int, Meta(ge=1, le=10_000)] = 60
    month_tokens: Annotated[int, Meta(ge=0)] | None = None
    month_cost: Annotated[float, Meta(ge=0)] | None = None
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] = "CNY"
    kept_days: Annotated[int, Meta(ge=1, le=3650)] = 30
    numbers: Annotated[list[NumberRuleBody], Meta(max_length=50)] = []
    unhidden: Annotated[list[str], Meta(max_length=20)] = []
    fields: Annotated[list[FieldRule], Meta(max_length=20)] = []
    rules: Annotated[list[SubjectRule], Meta(max_length=2000)] = []


class ServerIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A model server. A ``key`` that is not sent stays; an empty one is removed."""

    url: Annotated[str, Meta(min_length=1, max_length=500)]
    model: Annotated[str, Meta(min_length=1, max_length=200)]
    key: Annotated[str, Meta(max_length=1000)] | None = None
    quiet_seconds: Seconds = 20
    whole_seconds: Seconds = 90
    price_in: Price = 0.0
    price_out: Price = 0.0
    hides: bool = True
    active: bool = True


class ServerOut(msgspec.Struct, kw_only=True):
    """A model server. Its key is never given back."""

    place: Place
    url: str
    model: str
    key_set: bool
    quiet_seconds: int
    whole_seconds: int
    price_in: float
    price_out: float
    hides: bool
    active: bool
    updated_at: datetime


class UsedOut(msgspec.Struct, kw_only=True):
    """What was used this month at one place."""

    place: str
    calls: int
    tokens: int
    cost: float


class SetupOut(msgspec.Struct, kw_only=True):
    """Servers, policy and what was used this month."""

    servers: list[ServerOut]
    policy: PolicyBody
    used: list[UsedOut]
    kinds: list[str]  # of personal data that are replaced
    held: dict[str, guards.HeldChange]  # servers that wait for a check, by place


class ServerTried(msgspec.Struct, kw_only=True):
    """What came of asking a server something small. ``reason`` says what is wrong with it."""

    ok: bool
    reason: str | None
    detail: str | None
    answer: str
    took_ms: int


class HideIn(msgspec.Struct, forbid_unknown_fields=True):
    """A text to try the gateway with. It is kept nowhere."""

    text: Annotated[str, Meta(max_length=20_000)]


class HiddenValue(msgspec.Struct):
    """A value and what leaves in its place."""

    token: str
    value: str


class HideOut(msgspec.Struct):
    """The text as it would leave."""

    text: str
    values: list[HiddenValue]


class SaidOut(msgspec.Struct):
    """A message as it left."""

    role: str
    content: str


class SentOut(msgspec.Struct, kw_only=True):
    """Something that left for a model server. ``said`` and ``answer`` only when asked for one."""

    id: str
    at: datetime
    place: str
    host: str
    model: str
    task: str
    agent_id: str | None
    agent_name: str
    ticket_id: str | None
    hidden: dict[str, int]
    outcome: Outcome
    reason: str | None
    detail: str | None
    tokens_in: int
    tokens_out: int
    cost: float
    took_ms: int | None
    said: list[SaidOut] = []
    answer: str = ""


class CopilotIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the copilot is to do. ``text`` is what the editor holds.

    Without one it is the customer's message that is translated: that of ``message_id``, or the newest.
    """

    task: Task
    text: Annotated[str, Meta(max_length=20_000)] = ""
    tone: Tone = "polite"
    locale: Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z-]*$")] = ""
    message_id: Id | None = None


class SourceOut(msgspec.Struct, kw_only=True):
    """What a sentence rests on."""

    number: int
    kind: Literal["article", "answer", "macro", "message"]
    id: str
    title: str
    excerpt: str
    ticket_id: str | None
    ticket_number: int | None


class CopilotOut(msgspec.Struct, kw_only=True):
    """What the copilot made. ``reason`` says why no model did."""

    id: str
    task: Task
    made_by: MadeBy
    reason: str | None
    detail: str | None
    model: str
    text: str
    sentences: list[CopilotSentence]
    sources: list[SourceOut]
    summary: CopilotSummary | None
    steps: list[CopilotStep]


class FateIn(msgspec.Struct, forbid_unknown_fields=True):
    """What an agent did with an answer. What was sent in the end is found out by looking."""

    fate: Literal["inserted", "discarded"]


class AdoptionRow(msgspec.Struct, kw_only=True):
    """What became of what the copilot made. ``changed``: mean share of characters changed before sending."""

    task: str
    made_by: str
    agent_id: str | None
    made: int
    accepted: int
    edited: int
    discarded: int
    open: int
    changed: float | None


class CopilotAdoption(msgspec.Struct):
    """By task, and by task and agent."""

    tasks: list[AdoptionRow]
    agents: list[AdoptionRow]


class SettledOut(msgspec.Struct):
    """What became of an answer."""

    id: str
    fate: Fate


def server_out(row: ModelServer) -> ServerOut:
    values = {name: getattr(row, name) for name in ServerOut.__struct_fields__ if name != "key_set"}
    return ServerOut(key_set=row.key is not None, **values)


def policy_out(row: Settings, fields: list[FieldRule], rules: list[SubjectRule]) -> PolicyBody:
    values = msgspec.structs.asdict(row) | {
        "numbers": msgspec.convert(row.numbers, list[NumberRuleBody])
    }
    return PolicyBody(fields=fields, rules=rules, **values)


def sent_out(row: Sent, *, whole: bool = False) -> SentOut:
    values = msgspec.structs.asdict(row) | {
        "id": str(row.id),
        "agent_id": None if row.agent_id is None else str(row.agent_id),
        "ticket_id": None if row.ticket_id is None else str(row.ticket_id),
        "said": [SaidOut(one["role"], one["content"]) for one in row.said] if whole else [],
        "answer": row.answer if whole else "",
    }
    return SentOut(**values)


RULE_KINDS: tuple[RuleKind, ...] = ("field", "brand", "contact")
