"""Why this agent, or why nobody yet, as the API gives it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from yizhan.domains.routing.types import Level


class NeededSkill(msgspec.Struct, kw_only=True):
    """A skill that a ticket asks for."""

    skill_id: str
    name: str
    level: Level
    level_now: int  # after loosening; 0: no longer needed
    required: bool
    rules: list[str]  # names of the rules that ask for it


class Hindrance(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Why an agent cannot have a ticket now."""

    code: Literal[
        "inactive",
        "offline",
        "away",
        "off_shift",
        "on_leave",
        "no_permission",
        "skill",
        "language",
        "full",
        "channel_full",
    ]
    skill_id: str | None = None
    skill: str | None = None
    needs: int | None = None
    has: int | None = None
    until: datetime | None = None


class ConsideredAgent(msgspec.Struct, kw_only=True):
    """An agent of the team as distribution sees them."""

    agent_id: str
    name: str
    fits: bool
    load: int
    capacity: int
    hindrances: list[Hindrance]


class WaitingOut(msgspec.Struct, kw_only=True):
    """A ticket that waits to be given out."""

    since: datetime
    before: int  # tickets of the team that wait for longer
    cost: int
    skills: list[NeededSkill]
    language: str | None
    language_required: bool
    loosened: list[str]
    loosens_at: datetime | None
    sticky_agent_id: str | None
    members: int
    agents: list[ConsideredAgent]  # those who are nearest to it, at most 50
    hindrances: dict[str, int]  # how many of the agents each keeps away


class DecidedSkill(msgspec.Struct, kw_only=True):
    """A skill that was asked for, and the level of the agent who got the ticket."""

    skill_id: str
    name: str
    level: int
    required: bool
    has: int


class GivenCandidate(msgspec.Struct, kw_only=True):
    """Somebody who could have had the ticket."""

    agent_id: str
    load: int
    capacity: int
    last_given_at: datetime | None


class GivenOut(msgspec.Struct, kw_only=True):
    """Who made an agent responsible, and why."""

    at: datetime
    by: Literal["distribution", "agent", "token", "rule"]
    actor_id: str | None
    actor_name: str
    why: Literal["turn", "sticky"] | None
    fitting: int | None
    waited_seconds: int | None
    preferred_met: bool
    language: str | None
    loosened: list[str]
    skills: list[DecidedSkill]
    candidates: list[GivenCandidate]


class TicketAssignment(msgspec.Struct, kw_only=True):
    """Why this agent, or why nobody yet.

    ``state``: *assigned* to somebody; *waiting* to be given out; *by_hand*, because the team does it
    by hand; *no_team*; *idle*, because it is snoozed, waits for the customer or is done.
    """

    state: Literal["assigned", "waiting", "by_hand", "no_team", "idle"]
    team_id: str | None
    agent_id: str | None
    waiting: WaitingOut | None
    given: GivenOut | None
