# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``assignment``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncAssignment:
    """Operations of ``assignment``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_leave(self, agent_id: Id) -> models.LeaveList:
        """List an agent's leave.

        What is not over, the earliest first.

        Errors: AgentUnknown.
        """
        return await self._transport.call(
            models.LeaveList, "GET", "/api/v1/agents/{}/leave", agent_id
        )

    async def add_leave(
        self, agent_id: Id, body: models.LeaveIn, *, idempotency_key: str | None = None
    ) -> models.LeaveOut:
        """Add leave.

        Within it the agent is given nothing, also when online.

        Errors: AgentUnknown, LeaveInvalid.
        """
        return await self._transport.call(
            models.LeaveOut,
            "POST",
            "/api/v1/agents/{}/leave",
            agent_id,
            body=body,
            key=idempotency_key,
        )

    async def remove_leave(self, agent_id: Id, leave_id: Id) -> None:
        """Take leave back.

        From now on it does not count.

        Errors: LeaveNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/agents/{}/leave/{}", agent_id, leave_id)

    async def get_agent_profile(self, agent_id: Id) -> models.AgentProfileOut:
        """See what an agent can do and when.

        Skills, languages, shifts, limits, and whether they work now.

        Errors: AgentUnknown, CalendarInvalid.
        """
        return await self._transport.call(
            models.AgentProfileOut, "GET", "/api/v1/agents/{}/profile", agent_id
        )

    async def update_agent_profile(
        self, agent_id: Id, body: models.AgentProfileChange
    ) -> models.AgentProfileOut:
        """Change what an agent can do and when.

        Waiting tickets that fit now are given out at once; nothing is taken away.

        Errors: AgentUnknown, CalendarInvalid, ProfileInvalid, SkillNotFound.
        """
        return await self._transport.call(
            models.AgentProfileOut, "PATCH", "/api/v1/agents/{}/profile", agent_id, body=body
        )

    async def get_priority_settings(self) -> models.PrioritySettingsOut:
        """See what makes a ticket next.

        The weights, and how soon nobody is overtaken any more.
        """
        return await self._transport.call(
            models.PrioritySettingsOut, "GET", "/api/v1/assignment/priority"
        )

    async def set_priority_settings(
        self, body: models.PriorityWeights
    ) -> models.PrioritySettingsOut:
        """Set what makes a ticket next.

        All weights at once; open tickets are ordered anew at once.

        Errors: PriorityInvalid, UnknownReference.
        """
        return await self._transport.call(
            models.PrioritySettingsOut, "PUT", "/api/v1/assignment/priority", body=body
        )

    async def preview_priority(
        self, body: models.PriorityPreviewIn, *, idempotency_key: str | None = None
    ) -> models.PriorityPreview:
        """Try weights on what waits.

        The line before and after; nothing is stored.

        Errors: PriorityInvalid, UnknownReference.
        """
        return await self._transport.call(
            models.PriorityPreview,
            "POST",
            "/api/v1/assignment/priority/preview",
            body=body,
            key=idempotency_key,
        )

    async def list_assignment_rules(self) -> models.AssignmentRuleList:
        """List assignment rules.

        What tickets need of an agent, by condition.

        Errors: AssignmentRuleInvalid, ConditionInvalid.
        """
        return await self._transport.call(
            models.AssignmentRuleList, "GET", "/api/v1/assignment/rules"
        )

    async def create_assignment_rule(
        self, body: models.AssignmentRuleIn, *, idempotency_key: str | None = None
    ) -> models.AssignmentRuleOut:
        """Add an assignment rule.

        All rules that hold for a ticket count together; without a condition it holds for all.

        Errors: AssignmentRuleInvalid, ConditionInvalid, SkillNotFound.
        """
        return await self._transport.call(
            models.AssignmentRuleOut,
            "POST",
            "/api/v1/assignment/rules",
            body=body,
            key=idempotency_key,
        )

    async def update_assignment_rule(
        self, assignment_rule_id: Id, body: models.AssignmentRuleChange
    ) -> models.AssignmentRuleOut:
        """Change an assignment rule.

        What waits is looked at again.

        Errors: AssignmentRuleInvalid, AssignmentRuleNotFound, ConditionInvalid, SkillNotFound.
        """
        return await self._transport.call(
            models.AssignmentRuleOut,
            "PATCH",
            "/api/v1/assignment/rules/{}",
            assignment_rule_id,
            body=body,
        )

    async def delete_assignment_rule(self, assignment_rule_id: Id) -> None:
        """Remove a rule.

        What waits is looked at again.

        Errors: AssignmentRuleNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/assignment/rules/{}", assignment_rule_id)

    async def get_assignment_weights(self) -> models.AssignmentWeights:
        """See what tickets cost.

        Of an agent's capacity, by channel.
        """
        return await self._transport.call(
            models.AssignmentWeights, "GET", "/api/v1/assignment/weights"
        )

    async def set_assignment_weights(
        self, body: models.AssignmentWeights
    ) -> models.AssignmentWeights:
        """Set what tickets cost.

        All channels at once; one that is not named costs what is usual.

        Errors: UnknownReference.
        """
        return await self._transport.call(
            models.AssignmentWeights, "PUT", "/api/v1/assignment/weights", body=body
        )

    async def list_skills(self) -> models.SkillList:
        """List skills.

        By name, with how many agents have each.
        """
        return await self._transport.call(models.SkillList, "GET", "/api/v1/skills")

    async def create_skill(
        self, body: models.SkillIn, *, idempotency_key: str | None = None
    ) -> models.SkillOut:
        """Add a skill.

        Nobody has it yet.

        Errors: SkillNameTaken.
        """
        return await self._transport.call(
            models.SkillOut, "POST", "/api/v1/skills", body=body, key=idempotency_key
        )

    async def update_skill(self, skill_id: Id, body: models.SkillChange) -> models.SkillOut:
        """Change a skill.

        Its name or description.

        Errors: SkillNameTaken, SkillNotFound.
        """
        return await self._transport.call(
            models.SkillOut, "PATCH", "/api/v1/skills/{}", skill_id, body=body
        )

    async def delete_skill(self, skill_id: Id) -> None:
        """Remove a skill.

        Agents lose it; refused while a rule asks for it.

        Errors: SkillInUse, SkillNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/skills/{}", skill_id)

    async def get_team_assignment(self, team_id: Id) -> models.TeamAssignmentOut:
        """See how a team gives out tickets.

        Stickiness, language, and what loosens when nobody fits.
        """
        return await self._transport.call(
            models.TeamAssignmentOut, "GET", "/api/v1/teams/{}/assignment", team_id
        )

    async def update_team_assignment(
        self, team_id: Id, body: models.TeamAssignmentChange
    ) -> models.TeamAssignmentOut:
        """Change how a team gives out.

        What waits is looked at again. The mode is the team's own setting.

        Errors: AssignmentInvalid.
        """
        return await self._transport.call(
            models.TeamAssignmentOut, "PATCH", "/api/v1/teams/{}/assignment", team_id, body=body
        )

    async def get_ticket_assignment(self, ticket_id: Id) -> models.TicketAssignment:
        """Explain a ticket's assignment.

        Why this agent, or why nobody yet.

        Errors: CalendarInvalid, TicketNotFound.
        """
        return await self._transport.call(
            models.TicketAssignment, "GET", "/api/v1/tickets/{}/assignment", ticket_id
        )

    async def list_ticket_decisions(self, ticket_id: Id) -> models.DecisionList:
        """Make decisions again.

        Who got the ticket before which others, and whether it comes out the same from what was
        kept.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.DecisionList, "GET", "/api/v1/tickets/{}/decisions", ticket_id
        )

    async def get_ticket_priority(self, ticket_id: Id) -> models.TicketPriority:
        """Explain a ticket's score.

        What every part brings, and what the score would be without it.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.TicketPriority, "GET", "/api/v1/tickets/{}/priority", ticket_id
        )
