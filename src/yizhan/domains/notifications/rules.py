"""Who should be told of an event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yizhan.domains.notifications.types import Kind, TicketFacts, Wanted
from yizhan.kernel import events

_ESCALATION = "sla.escalation_due"
_RUN_ENDED = "lab_run.ended"
_NAMING: dict[str, Kind] = {  # they say themselves who is told
    "message.mentioned": "mention",
    _ESCALATION: "sla",
    "checklist.added": "task",
    "checklist.changed": "task",
    "approval.asked": "approval",
    "approval.decided": "approved",
    "ticket.turned_negative": "mood",
    "ai_skill.level_changed": "skill",
    _RUN_ENDED: "lab",
}
# Somebody's own, else a matter of whoever has the ticket.
_PERSONAL: dict[str, Kind] = {
    "reminder.due": "reminder",
    "checklist.item_due": "task_due",
    "survey.answered": "rating",
}
_BAD = "bad"
KINDS = frozenset({"ticket.assigned", "message.received", *_NAMING, *_PERSONAL})


def _ids(value: object) -> list[int]:
    return [int(one) for one in value] if isinstance(value, list) else []


def teams_in(batch: Iterable[events.Logged]) -> set[int]:
    """Teams whose members must be known."""
    return {
        team
        for event in batch
        if event.type in _NAMING
        for team in _ids(event.data.get("team_ids"))
    }


def _link(event: events.Logged) -> str | None:
    """Where a notice leads that concerns no ticket."""
    return f"/admin/lab/runs/{event.data['run_id']}" if event.type == _RUN_ENDED else None


def _told(
    event: events.Logged, ticket: TicketFacts | None, members: Mapping[int, Sequence[int]]
) -> tuple[Kind, list[int]]:
    if event.type in _NAMING:
        teams = _ids(event.data.get("team_ids"))
        of_teams = [agent for team in teams for agent in members.get(team, ())]
        kind = _NAMING[event.type]
        if kind == "approved" and not event.data.get("approved"):
            kind = "declined"
        if kind == "skill" and event.data.get("why") == "earned":
            kind = "skill_earned"
        return kind, _ids(event.data.get("agent_ids")) + of_teams
    if ticket is None:
        return "reply", []
    if event.type in _PERSONAL:
        return _PERSONAL[event.type], _responsible(event, ticket)
    if event.type == "ticket.assigned":
        _, new = event.data.get("changes", {}).get("assignee_id") or (None, None)
        return "assigned", [] if new is None else [int(new)]
    if event.data.get("automatic") or event.data.get("new_ticket"):
        return "reply", []
    own = [] if ticket.assignee_id is None else [ticket.assignee_id]
    return "reply", own + ticket.watchers


def _responsible(event: events.Logged, ticket: TicketFacts) -> list[int]:
    own = event.data.get("agent_id")
    if event.type == "survey.answered":
        # Only what is bad news, and only when it becomes that; whoever has the ticket now comes first.
        if event.data.get("rating") != _BAD or event.data.get("before") == _BAD:
            return []
        own = ticket.assignee_id or own
    found = own if own is not None else ticket.assignee_id
    return [] if found is None else [int(found)]


def wanted(
    event: events.Logged,
    *,
    tickets: Mapping[int, TicketFacts],
    members: Mapping[int, Sequence[int]],
) -> list[Wanted]:
    """Who should be told of this event: everybody once, and nobody of their own doing."""
    ticket, link = tickets.get(event.ticket_id or 0), _link(event)
    if event.type not in KINDS or (ticket is None and link is None):
        return []
    kind, agents = _told(event, ticket, members)
    acting = event.actor.get("id") if event.actor.get("kind") == "agent" else None
    message_id = event.data.get("message_id")
    return [
        Wanted(
            agent_id=agent_id,
            kind=kind,
            ticket_id=None if ticket is None else ticket.id,
            link=link,
            message_id=None if message_id is None else int(message_id),
            actor=event.actor,
            at=event.at,
            text=str(event.data.get("note") or event.data.get("text") or ""),
        )
        for agent_id in dict.fromkeys(agents)
        if str(agent_id) != str(acting)
    ]
