# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``copilot``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "AdoptionRow",
    "CopilotAdoption",
    "CopilotIn",
    "CopilotOut",
    "CopilotPoint",
    "CopilotSentence",
    "CopilotStep",
    "CopilotSummary",
    "FateIn",
    "FieldRule",
    "HiddenValue",
    "HideIn",
    "HideOut",
    "NumberRuleBody",
    "PolicyBody",
    "SaidOut",
    "SentOut",
    "SentOutPage",
    "ServerIn",
    "ServerOut",
    "ServerTried",
    "SettledOut",
    "SetupOut",
    "SourceOut",
    "SubjectRule",
    "UsedOut",
]


class AdoptionRow(Struct, kw_only=True):
    """Adoption row."""

    task: str
    made_by: str
    agent_id: str | None
    made: int
    accepted: int
    edited: int
    discarded: int
    open: int
    changed: float | None


class CopilotAdoption(Struct, kw_only=True):
    """Copilot adoption."""

    tasks: list[AdoptionRow]
    agents: list[AdoptionRow]


class CopilotIn(Struct, kw_only=True):
    """Copilot in."""

    task: Literal["draft", "summary", "rewrite", "translate", "next"]
    text: str | UnsetType = UNSET
    tone: Literal["polite", "short", "friendly", "formal"] | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    message_id: str | UnsetType | None = UNSET


class CopilotOut(Struct, kw_only=True):
    """Copilot out."""

    id: str
    task: str  # draft, summary, rewrite, translate, next
    made_by: str  # model, embedded
    reason: str | None
    detail: str | None
    model: str
    text: str
    sentences: list[CopilotSentence]
    sources: list[SourceOut]
    summary: CopilotSummary | None
    steps: list[CopilotStep]


class CopilotPoint(Struct, kw_only=True):
    """Copilot point."""

    text: str
    message_ids: list[str]


class CopilotSentence(Struct, kw_only=True):
    """Copilot sentence."""

    text: str
    sources: list[int]
    kind: str | None = None  # claim, courtesy, unsupported
    breaks: bool | None = None


class CopilotStep(Struct, kw_only=True):
    """Copilot step."""

    kind: str  # reply, ask, wait, hurry, macro, article, close, calm
    why: str
    values: dict[str, str] | None = None
    text: str | None = None
    id: str | None = None


class CopilotSummary(Struct, kw_only=True):
    """Copilot summary."""

    problem: list[CopilotPoint]
    tried: list[CopilotPoint]
    state: list[CopilotPoint]
    question: list[CopilotPoint]


class FateIn(Struct, kw_only=True):
    """Fate in."""

    fate: Literal["inserted", "discarded"]


class FieldRule(Struct, kw_only=True):
    """Field rule."""

    field: str  # subject, messages, notes, customer, articles, answers, macros
    allowed: str  # none, local, cloud


class HiddenValue(Struct, kw_only=True):
    """Hidden value."""

    token: str
    value: str


class HideIn(Struct, kw_only=True):
    """Hide in."""

    text: str


class HideOut(Struct, kw_only=True):
    """Hide out."""

    text: str
    values: list[HiddenValue]


class NumberRuleBody(Struct, kw_only=True):
    """Number rule body."""

    prefix: str | UnsetType = UNSET
    least: int | UnsetType = UNSET
    most: int | UnsetType = UNSET
    letters: bool | UnsetType = UNSET


class PolicyBody(Struct, kw_only=True):
    """Policy body."""

    allowed: str  # none, local, cloud
    per_minute: int | UnsetType = UNSET
    month_tokens: int | UnsetType | None = UNSET
    month_cost: float | UnsetType | None = UNSET
    currency: str | UnsetType = UNSET
    kept_days: int | UnsetType = UNSET
    numbers: list[NumberRuleBody] | UnsetType = UNSET
    unhidden: list[str] | UnsetType = UNSET
    fields: list[FieldRule] | UnsetType = UNSET
    rules: list[SubjectRule] | UnsetType = UNSET


class SaidOut(Struct, kw_only=True):
    """Said out."""

    role: str
    content: str


class SentOut(Struct, kw_only=True):
    """Sent out."""

    id: str
    at: dt.datetime
    place: str
    host: str
    model: str
    task: str
    agent_id: str | None
    agent_name: str
    ticket_id: str | None
    hidden: dict[str, int]
    outcome: str  # sending, answered, failed, cancelled
    reason: str | None
    detail: str | None
    tokens_in: int
    tokens_out: int
    cost: float
    took_ms: int | None
    said: list[SaidOut] | None = None
    answer: str | None = None


class SentOutPage(Struct, kw_only=True):
    """Sent out page."""

    items: list[SentOut]
    next_cursor: str | None = None


class ServerIn(Struct, kw_only=True):
    """Server in."""

    url: str
    model: str
    key: str | UnsetType | None = UNSET
    quiet_seconds: int | UnsetType = UNSET
    whole_seconds: int | UnsetType = UNSET
    price_in: float | UnsetType = UNSET
    price_out: float | UnsetType = UNSET
    hides: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ServerOut(Struct, kw_only=True):
    """Server out."""

    place: str  # local, cloud
    url: str
    model: str
    key_set: bool
    quiet_seconds: int
    whole_seconds: int
    price_in: float
    price_out: float
    hides: bool
    active: bool
    updated_at: dt.datetime


class ServerTried(Struct, kw_only=True):
    """Server tried."""

    ok: bool
    reason: str | None
    detail: str | None
    answer: str
    took_ms: int


class SettledOut(Struct, kw_only=True):
    """Settled out."""

    id: str
    fate: str  # open, inserted, accepted, edited, discarded


class SetupOut(Struct, kw_only=True):
    """Setup out."""

    servers: list[ServerOut]
    policy: PolicyBody
    used: list[UsedOut]
    kinds: list[str]


class SourceOut(Struct, kw_only=True):
    """Source out."""

    number: int
    kind: str  # article, answer, macro, message
    id: str
    title: str
    excerpt: str
    ticket_id: str | None
    ticket_number: int | None


class SubjectRule(Struct, kw_only=True):
    """Subject rule."""

    kind: str  # brand, contact
    id: str
    allowed: str  # none, local, cloud


class UsedOut(Struct, kw_only=True):
    """Used out."""

    place: str
    calls: int
    tokens: int
    cost: float
