"""Presence, what agents can do, what teams and rules ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

State = Literal["online", "away", "offline"]
RULE = "round_robin"  # in the cause of an assignment that was the desk's own
Level = Annotated[int, Meta(ge=1, le=5)]
IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
MOST_MINUTES = 525_600
Minutes = Annotated[int, Meta(ge=0, le=MOST_MINUTES)]


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an agent takes work, and how much there is already."""

    agent_id: int
    state: State
    capacity: int
    load: int
    automatic: bool = False  # away because the connection was lost


class Skill(msgspec.Struct, frozen=True, kw_only=True):
    """Something that not everybody can do."""

    id: int
    name: str
    description: str
    agents: int = 0  # how many have it
    rules: int = 0  # how many ask for it
    holders: list[dict[str, Any]] = []  # agent_id, level


class SkillLevel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How well somebody can do something: 1 learns it, 5 teaches it."""

    skill_id: IdText
    level: Level


class SkillNeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skill that a rule asks for. One that is not required is waited for and then let go."""

    skill_id: IdText
    level: Level = 1
    required: bool = True


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Tickets for which a condition holds need these skills."""

    id: int
    name: str
    active: bool
    condition: dict[str, Any]
    needs: list[SkillNeed]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent can do and when."""

    agent_id: int
    skills: list[SkillLevel]
    languages: list[str]
    time_zone: str | None  # null: the workspace's
    shifts: dict[str, list[tuple[str, str]]]
    limits: dict[str, int]


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """Time in which somebody does not work, on their own clock."""

    id: int
    agent_id: int
    begins: datetime
    ends: datetime
    note: str


class AssignmentSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a team gives out its tickets."""

    sticky_days: Annotated[int, Meta(ge=0, le=365)] = 7
    language: Literal["ignored", "preferred", "required"] = "ignored"
    preferred_minutes: Minutes = 5
    lower_minutes: Minutes | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as it waits, for its reasons."""

    ticket_id: int
    team_id: int
    since: datetime
    entered_at: datetime
    channel: str
    cost: int
    basis: dict[str, Any]
    step: int
    next_step_at: datetime | None
    sticky_id: int | None
