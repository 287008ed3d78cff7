# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``copilot``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import HeldChange

__all__ = [
    "AdoptionRow",
    "CopilotAdoption",
    "CopilotIn",
    "CopilotOut",
    "CopilotPoint",
    "CopilotSentence",
    "CopilotSkillIn",
    "CopilotSkillList",
    "CopilotSkillOut",
    "CopilotStep",
    "CopilotSummary",
    "CopilotTaskIn",
    "CopilotTaskOut",
    "FateIn",
    "FieldRule",
    "HiddenValue",
    "HideIn",
    "HideOut",
    "LadderRules",
    "LadderRung",
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
    "SkillAnswer",
    "SkillCases",
    "SkillDecisionOut",
    "SkillDecisionOutPage",
    "SkillDecisions",
    "SkillMissing",
    "SkillStanding",
    "SkillStep",
    "SkillWeek",
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


class CopilotSkillIn(Struct, kw_only=True):
    """Copilot skill in."""

    ceiling: Literal["off", "shadow", "suggest", "approve", "act"]
    intents: dict[str, Literal["off", "shadow", "suggest", "approve", "act"]] | UnsetType = UNSET
    confidence: float | UnsetType | None = UNSET
    asks_model: bool | UnsetType = UNSET
    prompts: dict[str, str] | UnsetType = UNSET


class CopilotSkillList(Struct, kw_only=True):
    """Copilot skill list."""

    items: list[CopilotSkillOut]
    ladder: LadderRules
    tasks: list[CopilotTaskOut]


class CopilotSkillOut(Struct, kw_only=True):
    """Copilot skill out."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    version: str
    needs: list[str]
    actions: list[str]
    highest: str  # shadow, suggest, approve, act
    by_intent: bool
    settles: bool
    may_ask_model: bool
    ceiling: str  # off, shadow, suggest, approve, act
    intents: dict[str, str]
    confidence: float | None
    usual_confidence: float
    asks_model: bool
    prompts: dict[str, str]
    usual_prompts: dict[str, str]
    held: HeldChange | None
    standings: list[SkillStanding]
    weeks: list[SkillWeek]
    cases: SkillCases


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


class CopilotTaskIn(Struct, kw_only=True):
    """Copilot task in."""

    prompts: dict[str, str] | UnsetType = UNSET


class CopilotTaskOut(Struct, kw_only=True):
    """Copilot task out."""

    id: str
    task: str  # draft, summary, rewrite, translate, next
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    version: str
    needs: list[str]
    may_ask_model: bool
    prompts: dict[str, str]
    usual_prompts: dict[str, str]
    held: HeldChange | None
    cases: SkillCases
    made: int
    accepted: int
    edited: int
    discarded: int
    open: int


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


class LadderRules(Struct, kw_only=True):
    """Ladder rules."""

    suggest: LadderRung | UnsetType = UNSET
    approve: LadderRung | UnsetType = UNSET
    act: LadderRung | UnsetType = UNSET
    newest: int | UnsetType = UNSET
    least: int | UnsetType = UNSET
    slack: float | UnsetType = UNSET
    in_a_row: int | UnsetType = UNSET


class LadderRung(Struct, kw_only=True):
    """Ladder rung."""

    results: int
    share: float


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
    held: dict[str, HeldChange]


class SkillAnswer(Struct, kw_only=True):
    """Skill answer."""

    do: Literal["accept", "edit", "discard"]


class SkillCases(Struct, kw_only=True):
    """Skill cases."""

    cases: int
    passed: int
    precision: float
    recall: float


class SkillDecisionOut(Struct, kw_only=True):
    """Skill decision out."""

    id: str
    at: dt.datetime
    skill: str
    name: dict[str, str]
    version: str
    prompt_version: str
    model: str
    made_by: str  # model, embedded
    reason: str | None
    ticket_id: str
    ticket_number: int | None
    ticket_subject: str
    message_id: str
    intent: str
    inputs: dict[str, Any]
    output: dict[str, Any]
    steps: list[SkillStep]
    confidence: float
    why: str
    why_title: dict[str, str]
    level: str  # shadow, suggest, approve, act
    took_ms: float
    fate: str  # shadow, open, done, accepted, edited, discarded, undone, lapsed, failed
    failure: str | None
    run_id: str | None
    verdict: str | None  # right, wrong, unclear, None
    judged_by: str | None  # compared, person, undo, reopened, time, None
    judged_at: dt.datetime | None


class SkillDecisionOutPage(Struct, kw_only=True):
    """Skill decision out page."""

    items: list[SkillDecisionOut]
    next_cursor: str | None = None


class SkillDecisions(Struct, kw_only=True):
    """Skill decisions."""

    items: list[SkillDecisionOut]


class SkillMissing(Struct, kw_only=True):
    """Skill missing."""

    level: str  # shadow, suggest, approve, act
    results: int
    share: float
    low: float
    allowed: bool
    evaluated: bool


class SkillStanding(Struct, kw_only=True):
    """Skill standing."""

    intent: str
    title: dict[str, str]
    level: str  # shadow, suggest, approve, act
    since: dt.datetime | None
    why: str
    judged: int
    right: int
    low: float
    high: float
    missing: SkillMissing | None


class SkillStep(Struct, kw_only=True):
    """Skill step."""

    action: str
    params: dict[str, Any]


class SkillWeek(Struct, kw_only=True):
    """Skill week."""

    week: dt.datetime
    judged: int
    right: int


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
