"""Presence, skills, shifts and assignment over HTTP."""

from __future__ import annotations

from typing import Annotated

from litestar import delete, get, patch, post, put
from litestar.params import QueryParameter

from yizhan.domains.identity.errors import UnknownReference
from yizhan.domains.routing import presence
from yizhan.domains.routing.errors import PriorityInvalid
from yizhan.domains.routing.schemas import priority, reasons, setup
from yizhan.domains.routing.service import (
    explaining,
    priorities,
    profiles,
    rules,
    settings,
    skills,
)
from yizhan.kernel.tx import Tx

_AGENTS = ["agents"]
_TAGS = ["assignment"]
_IDS = r"^[0-9]{1,19}(,[0-9]{1,19}){0,99}$"
_LARGEST = 2**63 - 1


@put("/presence", summary="Say whether you take work", tags=_AGENTS)
async def set_presence(tx: Tx, data: setup.PresenceChoice) -> setup.PresenceOut:
    """Online agents of round-robin teams get waiting tickets at once."""
    return setup.presence_out(await presence.choose(tx, state=data.state))


@get("/agents/states", summary="See who is at work", tags=_AGENTS)
async def list_agent_states(tx: Tx) -> setup.AgentStates:
    """State, capacity and load of every agent."""
    return setup.AgentStates([setup.agent_state(row) for row in await presence.everybody(tx)])


@get("/skills", summary="List skills", tags=_TAGS)
async def list_skills(tx: Tx) -> setup.SkillList:
    """By name, with how many agents have each."""
    return setup.SkillList([setup.skill_out(row) for row in await skills.listed(tx)])


@post("/skills", summary="Add a skill", tags=_TAGS)
async def create_skill(tx: Tx, data: setup.SkillIn) -> setup.SkillOut:
    """Nobody has it yet."""
    return setup.skill_out(await skills.create(tx, data))


@patch("/skills/{skill_id:int}", summary="Change a skill", tags=_TAGS)
async def update_skill(tx: Tx, skill_id: int, data: setup.SkillChange) -> setup.SkillOut:
    """Its name or description."""
    return setup.skill_out(await skills.update(tx, skill_id, change=data))


@delete("/skills/{skill_id:int}", summary="Remove a skill", tags=_TAGS)
async def delete_skill(tx: Tx, skill_id: int) -> None:
    """Agents lose it; refused while a rule asks for it."""
    await skills.delete(tx, skill_id)


@get("/agents/{agent_id:int}/profile", summary="See what an agent can do and when", tags=_TAGS)
async def get_agent_profile(tx: Tx, agent_id: int) -> setup.AgentProfileOut:
    """Skills, languages, shifts, limits, and whether they work now."""
    return await profiles.get(tx, agent_id)


@patch("/agents/{agent_id:int}/profile", summary="Change what an agent can do and when", tags=_TAGS)
async def update_agent_profile(
    tx: Tx, agent_id: int, data: setup.AgentProfileChange
) -> setup.AgentProfileOut:
    """Waiting tickets that fit now are given out at once; nothing is taken away."""
    return await profiles.update(tx, agent_id, change=data)


@get("/agents/{agent_id:int}/leave", summary="List an agent's leave", tags=_TAGS)
async def list_leave(tx: Tx, agent_id: int) -> setup.LeaveList:
    """What is not over, the earliest first."""
    return setup.LeaveList([setup.leave_out(row) for row in await profiles.leave(tx, agent_id)])


@post("/agents/{agent_id:int}/leave", summary="Add leave", tags=_TAGS)
async def add_leave(tx: Tx, agent_id: int, data: setup.LeaveIn) -> setup.LeaveOut:
    """Within it the agent is given nothing, also when online."""
    return setup.leave_out(await profiles.add_leave(tx, agent_id, data))


@delete("/agents/{agent_id:int}/leave/{leave_id:int}", summary="Take leave back", tags=_TAGS)
async def remove_leave(tx: Tx, agent_id: int, leave_id: int) -> None:
    """From now on it does not count."""
    await profiles.remove_leave(tx, agent_id, leave_id)


@get("/assignment/rules", summary="List assignment rules", tags=_TAGS)
async def list_assignment_rules(tx: Tx) -> setup.AssignmentRuleList:
    """What tickets need of an agent, by condition."""
    return setup.AssignmentRuleList(await rules.listed(tx))


@post("/assignment/rules", summary="Add an assignment rule", tags=_TAGS)
async def create_assignment_rule(tx: Tx, data: setup.AssignmentRuleIn) -> setup.AssignmentRuleOut:
    """All rules that hold for a ticket count together; without a condition it holds for all."""
    return await rules.create(tx, data)


@patch(
    "/assignment/rules/{assignment_rule_id:int}", summary="Change an assignment rule", tags=_TAGS
)
async def update_assignment_rule(
    tx: Tx, assignment_rule_id: int, data: setup.AssignmentRuleChange
) -> setup.AssignmentRuleOut:
    """What waits is looked at again."""
    return await rules.update(tx, assignment_rule_id, change=data)


@delete("/assignment/rules/{assignment_rule_id:int}", summary="Remove a rule", tags=_TAGS)
async def delete_assignment_rule(tx: Tx, assignment_rule_id: int) -> None:
    """What waits is looked at again."""
    await rules.delete(tx, assignment_rule_id)


@get("/assignment/weights", summary="See what tickets cost", tags=_TAGS)
async def get_assignment_weights(tx: Tx) -> setup.AssignmentWeights:
    """Of an agent's capacity, by channel."""
    return await settings.weights(tx)


@put("/assignment/weights", summary="Set what tickets cost", tags=_TAGS)
async def set_assignment_weights(tx: Tx, data: setup.AssignmentWeights) -> setup.AssignmentWeights:
    """All channels at once; one that is not named costs what is usual."""
    return await settings.set_weights(tx, data)


@get("/teams/{team_id:int}/assignment", summary="See how a team gives out tickets", tags=_TAGS)
async def get_team_assignment(tx: Tx, team_id: int) -> setup.TeamAssignmentOut:
    """Stickiness, language, and what loosens when nobody fits."""
    return await settings.of_team(tx, team_id)


@patch("/teams/{team_id:int}/assignment", summary="Change how a team gives out", tags=_TAGS)
async def update_team_assignment(
    tx: Tx, team_id: int, data: setup.TeamAssignmentChange
) -> setup.TeamAssignmentOut:
    """What waits is looked at again. The mode is the team's own setting."""
    return await settings.update(tx, team_id, change=data)


@get("/tickets/{ticket_id:int}/assignment", summary="Explain a ticket's assignment", tags=_TAGS)
async def get_ticket_assignment(tx: Tx, ticket_id: int) -> reasons.TicketAssignment:
    """Why this agent, or why nobody yet."""
    return await explaining.of_ticket(tx, ticket_id)


_WEIGHED = {"errors": (PriorityInvalid, UnknownReference)}


@get("/assignment/priority", summary="See what makes a ticket next", tags=_TAGS)
async def get_priority_settings(tx: Tx) -> priority.PrioritySettingsOut:
    """The weights, and how soon nobody is overtaken any more."""
    return await priorities.settings(tx)


@put("/assignment/priority", summary="Set what makes a ticket next", tags=_TAGS, opt=_WEIGHED)
async def set_priority_settings(
    tx: Tx, data: priority.PriorityWeights
) -> priority.PrioritySettingsOut:
    """All weights at once; open tickets are ordered anew at once."""
    return await priorities.change(tx, data)


@post(
    "/assignment/priority/preview",
    summary="Try weights on what waits",
    tags=_TAGS,
    status_code=200,
    opt=_WEIGHED,
)
async def preview_priority(tx: Tx, data: priority.PriorityPreviewIn) -> priority.PriorityPreview:
    """The line before and after; nothing is stored."""
    return await priorities.preview(tx, data)


@get("/assignment/scores", summary="List the scores of tickets", tags=["tickets"])
async def list_ticket_scores(
    tx: Tx, ids: Annotated[str, QueryParameter(pattern=_IDS, max_length=2000)]
) -> priority.TicketScores:
    """Ids with commas between them, at most 100: how much each deserves to be next, now."""
    asked = [int(one) for one in ids.split(",")]
    return await priorities.scores(tx, [one for one in asked if one <= _LARGEST])


@get("/tickets/{ticket_id:int}/priority", summary="Explain a ticket's score", tags=_TAGS)
async def get_ticket_priority(tx: Tx, ticket_id: int) -> priority.TicketPriority:
    """What every part brings, and what the score would be without it."""
    return await priorities.of_ticket(tx, ticket_id)


@get("/tickets/{ticket_id:int}/decisions", summary="Make decisions again", tags=_TAGS)
async def list_ticket_decisions(tx: Tx, ticket_id: int) -> priority.DecisionList:
    """Who got the ticket before which others, and whether it comes out the same from what was kept."""
    return await priorities.decisions(tx, ticket_id)


routes = [
    get_priority_settings,
    set_priority_settings,
    preview_priority,
    list_ticket_scores,
    get_ticket_priority,
    list_ticket_decisions,
    set_presence,
    list_agent_states,
    list_skills,
    create_skill,
    update_skill,
    delete_skill,
    get_agent_profile,
    update_agent_profile,
    list_leave,
    add_leave,
    remove_leave,
    list_assignment_rules,
    create_assignment_rule,
    update_assignment_rule,
    delete_assignment_rule,
    get_assignment_weights,
    set_assignment_weights,
    get_team_assignment,
    update_team_assignment,
    get_ticket_assignment,
]
