"""What the API takes and gives of presence and assignment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.routing.types import (
    Leave,
    Minutes,
    Presence,
    Profile,
    Rule,
    Skill,
    SkillLevel,
    SkillNeed,
    State,
)

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Day = Annotated[list[tuple[Clock, Clock]], Meta(max_length=12)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Channel = Annotated[str, Meta(min_length=1, max_length=60)]
Local = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")]
Zone = Annotated[str, Meta(min_length=1, max_length=64)]
# Written by people as tickets.filters understands it.
Condition = dict[str, Any]
Needs = Annotated[list[SkillNeed], Meta(min_length=1, max_length=20)]


class PresenceChoice(msgspec.Struct, forbid_unknown_fields=True):
    """Whether you take work."""

    state: State


class PresenceOut(msgspec.Struct, kw_only=True):
    """Your presence now. Load and capacity are in points: a channel's tickets cost its weight."""

    state: State
    capacity: int
    load: int


class AgentState(msgspec.Struct, kw_only=True):
    """A colleague's presence."""

    id: str
    state: State
    capacity: int
    load: int


class AgentStates(msgspec.Struct):
    """Everybody's presence."""

    items: list[AgentState]


class SkillIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new skill."""

    name: Name
    description: Annotated[str, Meta(max_length=500)] = ""


class SkillChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    name: Name | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET


class SkillHolder(msgspec.Struct, kw_only=True):
    """Who has a skill, and how well: 1 learns it, 5 teaches it."""

    agent_id: str
    level: int


class SkillOut(msgspec.Struct, kw_only=True):
    """A skill, who has it and how many rules ask for it."""

    id: str
    name: str
    description: str
    agents: int
    rules: int
    holders: list[SkillHolder]


class SkillList(msgspec.Struct):
    """All skills by name."""

    items: list[SkillOut]


class ShiftWeek(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Shifts of each weekday. One that ends at or before its beginning goes over midnight."""

    mon: Day = []
    tue: Day = []
    wed: Day = []
    thu: Day = []
    fri: Day = []
    sat: Day = []
    sun: Day = []


class ChannelLimit(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """At most so many tickets of a channel at once."""

    channel: Channel
    most: Annotated[int, Meta(ge=0, le=1000)]


class AgentProfileChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. Each list replaces the one before."""

    skills: Annotated[list[SkillLevel], Meta(max_length=200)] | UnsetType = UNSET
    languages: Annotated[list[Language], Meta(max_length=50)] | UnsetType = UNSET
    time_zone: Zone | UnsetType | None = UNSET
    shifts: ShiftWeek | UnsetType = UNSET
    limits: Annotated[list[ChannelLimit], Meta(max_length=100)] | UnsetType = UNSET


class AgentProfileOut(msgspec.Struct, kw_only=True):
    """What an agent can do and when. Without a shift they work whenever they are online."""

    agent_id: str
    skills: list[SkillLevel]
    languages: list[str]
    time_zone: str | None  # null: the workspace's
    shifts: ShiftWeek
    limits: list[ChannelLimit]
    on_shift: bool
    on_leave: bool
    next_change_at: datetime | None


class LeaveIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Time in which an agent does not work, as wall-clock time in their time zone."""

    begins: Local
    ends: Local
    note: Annotated[str, Meta(max_length=200)] = ""


class LeaveOut(msgspec.Struct, kw_only=True):
    """Time in which an agent does not work."""

    id: str
    begins: Local
    ends: Local
    note: str


class LeaveList(msgspec.Struct):
    """Leave that is not over, the earliest first."""

    items: list[LeaveOut]


class AssignmentRuleIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What tickets for which a condition holds need of an agent. All rules that hold count together."""

    name: Name
    needs: Needs
    condition: Condition | None = None
    active: bool = True


class AssignmentRuleChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    name: Name | UnsetType = UNSET
    needs: Needs | UnsetType = UNSET
    condition: Condition | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET


class AssignmentRuleOut(msgspec.Struct, kw_only=True):
    """A rule. ``problem`` says why its condition can no longer be asked."""

    id: str
    name: str
    active: bool
    condition: Condition
    needs: list[SkillNeed]
    problem: str | None


class AssignmentRuleList(msgspec.Struct):
    """All rules by name."""

    items: list[AssignmentRuleOut]


class TeamAssignmentChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    sticky_days: Annotated[int, Meta(ge=0, le=365)] | UnsetType = UNSET
    language: Literal["ignored", "preferred", "required"] | UnsetType = UNSET
    preferred_minutes: Minutes | UnsetType = UNSET
    lower_minutes: Minutes | UnsetType | None = UNSET


class TeamAssignmentOut(msgspec.Struct, kw_only=True):
    """How a team gives out its tickets.

    A customer's last agent comes first if it was within ``sticky_days``. Preferred skills (and the
    language, where it is preferred) are waited for ``preferred_minutes``; after ``lower_minutes``
    required levels are one lower; null: never.
    """

    team_id: str
    mode: Literal["manual", "round_robin"]
    sticky_days: int
    language: Literal["ignored", "preferred", "required"]
    preferred_minutes: int
    lower_minutes: int | None


class ChannelWeight(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a ticket of a channel costs of an agent's capacity."""

    channel: Channel
    weight: Annotated[int, Meta(ge=1, le=100)]


class AssignmentWeights(msgspec.Struct, forbid_unknown_fields=True):
    """What tickets cost; a channel that is not named costs what is usual."""

    items: Annotated[list[ChannelWeight], Meta(max_length=200)]


def presence_out(found: Presence) -> PresenceOut:
    """One's own presence as the API shows it."""
    return PresenceOut(state=found.state, capacity=found.capacity, load=found.load)


def agent_state(found: Presence) -> AgentState:
    """A colleague's presence as the API shows it."""
    return AgentState(
        id=str(found.agent_id), state=found.state, capacity=found.capacity, load=found.load
    )


def skill_out(row: Skill) -> SkillOut:
    return SkillOut(
        id=str(row.id),
        name=row.name,
        description=row.description,
        agents=row.agents,
        rules=row.rules,
        holders=msgspec.convert(row.holders, list[SkillHolder]),
    )


def leave_out(row: Leave) -> LeaveOut:
    return LeaveOut(
        id=str(row.id),
        begins=row.begins.strftime("%Y-%m-%dT%H:%M"),
        ends=row.ends.strftime("%Y-%m-%dT%H:%M"),
        note=row.note,
    )


def rule_out(row: Rule, *, problem: str | None) -> AssignmentRuleOut:
    return AssignmentRuleOut(
        id=str(row.id),
        name=row.name,
        active=row.active,
        condition=row.condition,
        needs=row.needs,
        problem=problem,
    )


def limits_out(row: Profile) -> list[ChannelLimit]:
    return [ChannelLimit(channel=key, most=row.limits[key]) for key in sorted(row.limits)]
