"""What happens to presence, to what agents can do, and to how tickets are given out.

Decisions are in ``ticket.assigned``, with their cause.
"""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class PresenceChanged(events.Event, frozen=True, tag="presence.changed"):
    """An agent came, went away or left."""

    agent_id: int
    state: str
    previous: str
    automatic: bool = False


class AssignmentRequested(events.Event, frozen=True, tag="assignment.requested"):
    """Somebody asked to hand a ticket to whoever's turn it is."""

    ticket_id: int
    team_id: int
    cause: dict[str, Any] = {}


class AssignmentDecided(events.Event, frozen=True, tag="assignment.decided"):
    """What a decision of the desk was made from: enough to make it again.

    ``record``: the weights, the ticket and those passed over with what they were scored by, the agents
    among whom was chosen. ``outcome``: what follows from it. ``changes``: what would have changed it.
    """

    ticket_id: int
    agent_id: int
    record: dict[str, Any]
    outcome: dict[str, Any]
    changes: list[dict[str, Any]]


class AssignmentPriorityChanged(events.Event, frozen=True, tag="assignment_priority.changed"):
    """What counts how much for who is next changed; all open tickets are ordered anew."""

    changes: Changes


class AssignmentLoosened(events.Event, frozen=True, tag="assignment.loosened"):
    """Nobody had all that a waiting ticket needs: from now on it needs less."""

    ticket_id: int
    team_id: int
    loosened: list[
        str
    ]  # preferred: preferred skills and language; level: required levels minus one
    minutes: int


class SkillCreated(events.Event, frozen=True, tag="skill.created"):
    """A new skill."""

    skill_id: int
    changes: Changes


class SkillChanged(events.Event, frozen=True, tag="skill.changed"):
    """A skill has another name or description."""

    skill_id: int
    changes: Changes


class SkillDeleted(events.Event, frozen=True, tag="skill.deleted"):
    """A skill is gone, with everybody's level in it."""

    skill_id: int
    name: str


class AgentProfileChanged(events.Event, frozen=True, tag="agent.profile_changed"):
    """An agent's skills, languages, shifts or limits changed."""

    agent_id: int
    changes: Changes


class AgentLeaveAdded(events.Event, frozen=True, tag="agent.leave_added"):
    """An agent will not work for some time, on their own clock."""

    agent_id: int
    leave_id: int
    begins: str
    ends: str


class AgentLeaveRemoved(events.Event, frozen=True, tag="agent.leave_removed"):
    """An agent's leave was taken back."""

    agent_id: int
    leave_id: int


class AssignmentRuleCreated(events.Event, frozen=True, tag="assignment_rule.created"):
    """A new rule says what some tickets need."""

    assignment_rule_id: int
    changes: Changes


class AssignmentRuleChanged(events.Event, frozen=True, tag="assignment_rule.changed"):
    """A rule asks for something else, or of other tickets."""

    assignment_rule_id: int
    changes: Changes


class AssignmentRuleDeleted(events.Event, frozen=True, tag="assignment_rule.deleted"):
    """A rule is gone."""

    assignment_rule_id: int
    name: str


class TeamAssignmentChanged(events.Event, frozen=True, tag="team.assignment_changed"):
    """A team gives out its tickets in another way."""

    team_id: int
    changes: Changes


class AssignmentWeightsChanged(events.Event, frozen=True, tag="assignment_weights.changed"):
    """A ticket of some channel costs more or less than before."""

    changes: Changes
