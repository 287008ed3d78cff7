"""Values and rows of the copilot."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, Literal

import msgspec

Place = Literal["local", "cloud"]
Allowed = Literal["none", "local", "cloud"]
RuleKind = Literal["field", "brand", "contact"]
Field = Literal["subject", "messages", "notes", "customer", "articles", "answers", "macros"]
Task = Literal["draft", "summary", "rewrite", "translate", "next"]
Tone = Literal["polite", "short", "friendly", "formal"]
MadeBy = Literal["model", "embedded"]
Fate = Literal["open", "inserted", "accepted", "edited", "discarded"]
Outcome = Literal["sending", "answered", "failed", "cancelled"]

FIELDS: Final[tuple[Field, ...]] = (
    "subject",
    "messages",
    "notes",
    "customer",
    "articles",
    "answers",
    "macros",
)
# What nobody decided about: notes are written for colleagues, so they stay in the house.
FIELD_DEFAULTS: Final[dict[str, Allowed]] = {"notes": "local"}
_ORDER: Final[dict[str, int]] = {"none": 0, "local": 1, "cloud": 2}


def strictest(*rules: Allowed) -> Allowed:
    """The one that allows least."""
    return min(rules, key=_ORDER.__getitem__)


def permits(rule: Allowed, place: Place) -> bool:
    """Whether something may go there."""
    return _ORDER[rule] >= _ORDER[place]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a workspace."""

    allowed: Allowed = "cloud"
    per_minute: int = 60
    month_tokens: int | None = None
    month_cost: float | None = None
    currency: str = "CNY"
    kept_days: int = 30
    numbers: list[dict[str, Any]] = []
    unhidden: list[str] = []


class ModelServer(msgspec.Struct, frozen=True, kw_only=True):
    """A model server of a workspace. The key is sealed."""

    place: Place
    url: str
    model: str
    key: bytes | None
    quiet_seconds: int
    whole_seconds: int
    price_in: float
    price_out: float
    hides: bool
    active: bool
    version: int
    updated_at: datetime
    resting_until: datetime | None = None  # it kept failing; no process asks it before


class Rule(msgspec.Struct, frozen=True):
    """How far something may go."""

    kind: RuleKind
    subject: str
    allowed: Allowed


class Used(msgspec.Struct, frozen=True):
    """What was used in a month at one place."""

    place: str
    calls: int
    tokens: int
    cost: float


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that left."""

    id: int
    at: datetime
    place: str
    host: str
    model: str
    task: str
    agent_id: int | None
    agent_name: str
    ticket_id: int | None
    said: list[dict[str, str]]
    hidden: dict[str, int]
    outcome: str
    reason: str | None
    detail: str | None
    answer: str
    tokens_in: int
    tokens_out: int
    cost: float
    took_ms: int | None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a ticket, as it is read here."""

    who: Literal["customer", "agent", "note"]
    text: str
    id: int = 0
    name: str = ""
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Something to answer from. ``allowed``: how far it may go."""

    kind: Literal["article", "answer", "macro", "message"]
    id: str
    title: str
    text: str
    ticket_id: str | None = None
    ticket_number: int | None = None
    locale: str = ""
    allowed: Allowed = "cloud"
    meant: float = 0.0  # how near it is in meaning, where an encoder compared them


class CopilotSentence(msgspec.Struct, frozen=True):
    """A sentence of an answer. ``sources`` count from 1; ``kind`` says what it rests on."""

    text: str
    sources: list[int]
    kind: Literal["claim", "courtesy", "unsupported"] = "claim"
    breaks: bool = False  # a new paragraph begins after it


class CopilotPoint(msgspec.Struct, frozen=True):
    """A part of a summary and the messages that it is taken from."""

    text: str
    message_ids: list[str]


class CopilotSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a ticket is about."""

    problem: list[CopilotPoint]
    tried: list[CopilotPoint]
    state: list[CopilotPoint]
    question: list[CopilotPoint]


class CopilotStep(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could be done now. ``why`` is a code with values, told in the reader's language."""

    kind: Literal["reply", "ask", "wait", "hurry", "macro", "article", "close", "calm"]
    why: str
    values: dict[str, str] = {}
    text: str = ""  # what could be sent
    id: str | None = None  # of the macro or article


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the copilot made."""

    id: int
    task: Task
    made_by: MadeBy
    reason: str | None
    detail: str | None
    model: str
    text: str
    sentences: list[CopilotSentence] = []
    sources: list[Source] = []
    summary: CopilotSummary | None = None
    steps: list[CopilotStep] = []
