"""Policies, targets, clocks. Minutes are those of the policy's calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from yizhan.domains.sla.calendar import Holiday
from yizhan.domains.tickets.filters import EVERYTHING, Condition

Kind = Literal["first_response", "next_response", "resolution", "update", "assignment"]
State = Literal["running", "paused", "done", "none"]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
IdText = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,19}$")]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=525_600)]
MOST_MINUTES = 525_600


class PerPriority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes by priority; none: no promise."""

    low: Minutes | None = None
    normal: Minutes | None = None
    high: Minutes | None = None
    urgent: Minutes | None = None


class SlaTarget(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One promise of a policy."""

    key: Key
    kind: Kind
    minutes: PerPriority
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""  # for people; empty: that of its kind
    pausable: bool = True
    warn_minutes: Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)] | None = None


class SlaPause(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the clocks of a policy stand still."""

    categories: list[Literal["new", "open", "waiting"]] = msgspec.field(
        default_factory=lambda: ["waiting"]
    )
    statuses: list[Annotated[str, msgspec.Meta(max_length=60)]] = []
    snoozed: bool = False


class SlaNotify(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told: whoever works on the ticket, its team, further people and teams."""

    assignee: bool = True
    team: bool = False
    agents: Annotated[list[IdText], msgspec.Meta(max_length=100)] = []
    teams: Annotated[list[IdText], msgspec.Meta(max_length=100)] = []


class Escalation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens so many minutes behind a due time; before it with a negative number."""

    key: Key
    after: Annotated[int, msgspec.Meta(ge=-MOST_MINUTES, le=MOST_MINUTES)]
    targets: Annotated[list[Key], msgspec.Meta(max_length=20)] = []  # none: every target
    notify: SlaNotify = msgspec.field(default_factory=SlaNotify)
    actions: Annotated[list[dict[str, Any]], msgspec.Meta(max_length=20)] = []


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy says."""

    condition: Condition = EVERYTHING
    targets: tuple[SlaTarget, ...] = ()
    pause: SlaPause = msgspec.field(default_factory=SlaPause)
    escalations: tuple[Escalation, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A policy as it is now."""

    id: int
    name: str
    position: int
    active: bool
    calendar_id: int | None
    body: Body
    version: int
    revision: int
    created_at: datetime
    updated_at: datetime


class StoredCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar as people wrote it."""

    id: int
    name: str
    time_zone: str
    hours: dict[str, list[tuple[str, str]]]
    holidays: list[Holiday]
    version: int
    revision: int
    created_at: datetime
    updated_at: datetime


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a target on a ticket."""

    target: str
    cycle: int
    kind: Kind
    policy_id: int
    policy_revision: int
    calendar_revision: int | None
    minutes: int
    started_at: datetime
    ended_at: datetime | None = None
    met: bool = False
    paused_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    escalated: tuple[str, ...] = ()

    @property
    def id(self) -> tuple[str, int]:
        return self.target, self.cycle


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The next promise of a ticket, for lists."""

    policy_id: int | None
    policy_revision: int | None
    state: State
    target: str | None = None
    kind: Kind | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    breached: bool = False
    tick_at: datetime | None = None


class Recomputation(msgspec.Struct, frozen=True, kw_only=True):
    """Running clocks being set again."""

    id: int
    cause: dict[str, Any]
    total: int
    done: int
    changed: int
    position: int
    started_at: datetime
    finished_at: datetime | None
