# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``assignment``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "AgentProfileChange",
    "AgentProfileOut",
    "AssignmentRuleChange",
    "AssignmentRuleIn",
    "AssignmentRuleList",
    "AssignmentRuleOut",
    "AssignmentWeights",
    "ChannelLimit",
    "ChannelWeight",
    "ConsideredAgent",
    "DecidedSkill",
    "DecisionChange",
    "DecisionList",
    "DecisionOut",
    "GivenCandidate",
    "GivenOut",
    "Hindrance",
    "LeaveIn",
    "LeaveList",
    "LeaveOut",
    "NeededSkill",
    "PreviewTicket",
    "PriorityPreview",
    "PriorityPreviewIn",
    "PrioritySettingsOut",
    "PriorityWeights",
    "PromiseFact",
    "ScoreFacts",
    "ScorePart",
    "ScoredTicket",
    "ShiftWeek",
    "SkillChange",
    "SkillHolder",
    "SkillIn",
    "SkillLevel",
    "SkillList",
    "SkillNeed",
    "SkillOut",
    "TeamAssignmentChange",
    "TeamAssignmentOut",
    "TicketAssignment",
    "TicketPriority",
    "TierValue",
    "WaitingOut",
]


class AgentProfileChange(Struct, kw_only=True):
    """Agent profile change."""

    skills: list[SkillLevel] | UnsetType = UNSET
    languages: list[str] | UnsetType = UNSET
    time_zone: str | UnsetType | None = UNSET
    shifts: ShiftWeek | UnsetType = UNSET
    limits: list[ChannelLimit] | UnsetType = UNSET


class AgentProfileOut(Struct, kw_only=True):
    """Agent profile out."""

    agent_id: str
    skills: list[SkillLevel]
    languages: list[str]
    time_zone: str | None
    shifts: ShiftWeek
    limits: list[ChannelLimit]
    on_shift: bool
    on_leave: bool
    next_change_at: dt.datetime | None


class AssignmentRuleChange(Struct, kw_only=True):
    """Assignment rule change."""

    name: str | UnsetType = UNSET
    needs: list[SkillNeed] | UnsetType = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


class AssignmentRuleIn(Struct, kw_only=True):
    """Assignment rule in."""

    name: str
    needs: list[SkillNeed]
    condition: dict[str, Any] | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


class AssignmentRuleList(Struct, kw_only=True):
    """Assignment rule list."""

    items: list[AssignmentRuleOut]


class AssignmentRuleOut(Struct, kw_only=True):
    """Assignment rule out."""

    id: str
    name: str
    active: bool
    condition: dict[str, Any]
    needs: list[SkillNeed]
    problem: str | None


class AssignmentWeights(Struct, kw_only=True):
    """Assignment weights."""

    items: list[ChannelWeight]


class ChannelLimit(Struct, kw_only=True):
    """Channel limit."""

    channel: str
    most: int


class ChannelWeight(Struct, kw_only=True):
    """Channel weight."""

    channel: str
    weight: int


class ConsideredAgent(Struct, kw_only=True):
    """Considered agent."""

    agent_id: str
    name: str
    fits: bool
    load: int
    capacity: int
    hindrances: list[Hindrance]


class DecidedSkill(Struct, kw_only=True):
    """Decided skill."""

    skill_id: str
    name: str
    level: int
    required: bool
    has: int


class DecisionChange(Struct, kw_only=True):
    """Decision change."""

    kind: str  # without, longer, agent
    ticket_id: str | None = None
    number: int | None = None
    agent_id: str | None = None
    factor: str | None = None  # value, emotion, complexity, importance, risk, waiting, None
    points: float | None = None
    minutes: int | None = None


class DecisionList(Struct, kw_only=True):
    """Decision list."""

    items: list[DecisionOut]


class DecisionOut(Struct, kw_only=True):
    """Decision out."""

    id: str
    at: dt.datetime
    agent_id: str
    score: float
    sticky: bool
    line: list[ScoredTicket]
    agents: list[str]
    changes: list[DecisionChange]
    reproduced: bool


class GivenCandidate(Struct, kw_only=True):
    """Given candidate."""

    agent_id: str
    load: int
    capacity: int
    last_given_at: dt.datetime | None


class GivenOut(Struct, kw_only=True):
    """Given out."""

    at: dt.datetime
    by: str  # distribution, agent, token, rule
    actor_id: str | None
    actor_name: str
    why: str | None  # turn, sticky, None
    fitting: int | None
    waited_seconds: int | None
    preferred_met: bool
    language: str | None
    loosened: list[str]
    skills: list[DecidedSkill]
    candidates: list[GivenCandidate]


class Hindrance(Struct, kw_only=True):
    """Hindrance."""

    code: str
    skill_id: str | None = None
    skill: str | None = None
    needs: int | None = None
    has: int | None = None
    until: dt.datetime | None = None


class LeaveIn(Struct, kw_only=True):
    """Leave in."""

    begins: str
    ends: str
    note: str | UnsetType = UNSET


class LeaveList(Struct, kw_only=True):
    """Leave list."""

    items: list[LeaveOut]


class LeaveOut(Struct, kw_only=True):
    """Leave out."""

    id: str
    begins: str
    ends: str
    note: str


class NeededSkill(Struct, kw_only=True):
    """Needed skill."""

    skill_id: str
    name: str
    level: int
    level_now: int
    required: bool
    rules: list[str]


class PreviewTicket(Struct, kw_only=True):
    """Preview ticket."""

    ticket_id: str
    number: int
    subject: str
    before: int
    after: int
    score_before: float
    score_after: float


class PriorityPreview(Struct, kw_only=True):
    """Priority preview."""

    scope: str  # queue, open
    items: list[PreviewTicket]
    total: int
    moved: int
    points: dict[str, float]
    reach_minutes: int


class PriorityPreviewIn(Struct, kw_only=True):
    """Priority preview in."""

    weights: PriorityWeights
    limit: int | UnsetType = UNSET


class PrioritySettingsOut(Struct, kw_only=True):
    """Priority settings out."""

    weights: PriorityWeights
    usual: PriorityWeights
    points: dict[str, float]
    reach_minutes: int
    updating: bool


class PriorityWeights(Struct, kw_only=True):
    """Priority weights."""

    value: int
    emotion: int
    complexity: int
    importance: int
    risk: int
    waiting: int
    waiting_minutes: int
    vip: int | UnsetType = UNSET
    tier_field: str | UnsetType | None = UNSET
    tiers: list[TierValue] | UnsetType = UNSET


class PromiseFact(Struct, kw_only=True):
    """Promise fact."""

    kind: str
    due_at: dt.datetime


class ScoreFacts(Struct, kw_only=True):
    """Score facts."""

    vip: bool | None = None
    tier: str | None = None
    negative: float | None = None
    grave: bool | None = None
    complexity: str | None = None
    priority: str | None = None
    urgent: bool | None = None
    promise: PromiseFact | None = None


class ScorePart(Struct, kw_only=True):
    """Score part."""

    factor: str  # value, emotion, complexity, importance, risk, waiting
    share: float
    most: float
    points: float
    without: float


class ScoredTicket(Struct, kw_only=True):
    """Scored ticket."""

    ticket_id: str
    number: int | None
    score: float
    parts: dict[str, float]


class ShiftWeek(Struct, kw_only=True):
    """Shift week."""

    mon: list[list[Any]] | UnsetType = UNSET
    tue: list[list[Any]] | UnsetType = UNSET
    wed: list[list[Any]] | UnsetType = UNSET
    thu: list[list[Any]] | UnsetType = UNSET
    fri: list[list[Any]] | UnsetType = UNSET
    sat: list[list[Any]] | UnsetType = UNSET
    sun: list[list[Any]] | UnsetType = UNSET


class SkillChange(Struct, kw_only=True):
    """Skill change."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET


class SkillHolder(Struct, kw_only=True):
    """Skill holder."""

    agent_id: str
    level: int


class SkillIn(Struct, kw_only=True):
    """Skill in."""

    name: str
    description: str | UnsetType = UNSET


class SkillLevel(Struct, kw_only=True):
    """Skill level."""

    skill_id: str
    level: int


class SkillList(Struct, kw_only=True):
    """Skill list."""

    items: list[SkillOut]


class SkillNeed(Struct, kw_only=True):
    """Skill need."""

    skill_id: str
    level: int | UnsetType = UNSET
    required: bool | UnsetType = UNSET


class SkillOut(Struct, kw_only=True):
    """Skill out."""

    id: str
    name: str
    description: str
    agents: int
    rules: int
    holders: list[SkillHolder]


class TeamAssignmentChange(Struct, kw_only=True):
    """Team assignment change."""

    sticky_days: int | UnsetType = UNSET
    language: Literal["ignored", "preferred", "required"] | UnsetType = UNSET
    preferred_minutes: int | UnsetType = UNSET
    lower_minutes: int | UnsetType | None = UNSET


class TeamAssignmentOut(Struct, kw_only=True):
    """Team assignment out."""

    team_id: str
    mode: str  # manual, round_robin
    sticky_days: int
    language: str  # ignored, preferred, required
    preferred_minutes: int
    lower_minutes: int | None


class TicketAssignment(Struct, kw_only=True):
    """Ticket assignment."""

    state: str  # assigned, waiting, by_hand, no_team, idle
    team_id: str | None
    agent_id: str | None
    waiting: WaitingOut | None
    given: GivenOut | None


class TicketPriority(Struct, kw_only=True):
    """Ticket priority."""

    state: str  # scored, idle, pending
    at: dt.datetime
    score: float | None = None
    since: dt.datetime | None = None
    per_hour: float | None = None
    full_at: dt.datetime | None = None
    parts: list[ScorePart] | None = None
    facts: ScoreFacts | None = None
    ahead: int | None = None


class TierValue(Struct, kw_only=True):
    """Tier value."""

    value: str
    percent: int


class WaitingOut(Struct, kw_only=True):
    """Waiting out."""

    since: dt.datetime
    before: int
    cost: int
    skills: list[NeededSkill]
    language: str | None
    language_required: bool
    loosened: list[str]
    loosens_at: dt.datetime | None
    sticky_agent_id: str | None
    members: int
    agents: list[ConsideredAgent]
    hindrances: dict[str, int]
