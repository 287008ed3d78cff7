"""What happens to promises, and to the policies and calendars that make them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class SlaWarning(events.Event, frozen=True, tag="sla.warning"):
    """Little time is left for a target."""

    ticket_id: int
    policy_id: int
    target: str
    kind: str
    cycle: int
    due_at: datetime


class SlaBreached(events.Event, frozen=True, tag="sla.breached"):
    """A target was not met in time."""

    ticket_id: int
    policy_id: int
    target: str
    kind: str
    cycle: int
    due_at: datetime


class SlaMet(events.Event, frozen=True, tag="sla.met"):
    """A target was met, in time or late."""

    ticket_id: int
    policy_id: int
    target: str
    kind: str
    cycle: int
    due_at: datetime | None
    breached: bool
    elapsed_minutes: int


class SlaEscalationDue(events.Event, frozen=True, tag="sla.escalation_due"):
    """A step of a policy is due: people to tell, and actions to run."""

    ticket_id: int
    policy_id: int
    target: str
    kind: str
    cycle: int
    due_at: datetime
    step: str
    after_minutes: int
    agent_ids: list[int]
    team_ids: list[int]
    actions: list[dict[str, Any]]


class SlaPolicyCreated(events.Event, frozen=True, tag="sla_policy.created"):
    """A new policy."""

    sla_policy_id: int
    changes: Changes


class SlaPolicyChanged(events.Event, frozen=True, tag="sla_policy.changed"):
    """A policy says something else; running clocks follow."""

    sla_policy_id: int
    changes: Changes


class SlaPolicyDeleted(events.Event, frozen=True, tag="sla_policy.deleted"):
    """A policy is gone; its running clocks end."""

    sla_policy_id: int
    name: str


class SlaPoliciesOrdered(events.Event, frozen=True, tag="sla_policy.ordered"):
    """Policies are asked in another order."""

    sla_policy_ids: list[int]


class SlaCalendarCreated(events.Event, frozen=True, tag="sla_calendar.created"):
    """A new calendar."""

    sla_calendar_id: int
    changes: Changes


class SlaCalendarChanged(events.Event, frozen=True, tag="sla_calendar.changed"):
    """A calendar has other hours; running clocks follow."""

    sla_calendar_id: int
    changes: Changes


class SlaCalendarDeleted(events.Event, frozen=True, tag="sla_calendar.deleted"):
    """A calendar that no policy used is gone."""

    sla_calendar_id: int
    name: str
