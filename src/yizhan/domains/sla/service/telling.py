"""News of a clock as an event, and who is told of it."""

from __future__ import annotations

from yizhan.domains.sla import events, plan, repository
from yizhan.domains.sla.types import SlaNotify
from yizhan.kernel import events as kernel_events


def event(ticket_id: int, place: repository.Place, *, news: plan.News) -> kernel_events.Event:
    """What is written to the log. Only a clock that was met can be without a due time."""
    one = news.clock
    if news.what == "met":
        return events.SlaMet(
            ticket_id=ticket_id,
            policy_id=one.policy_id,
            target=one.target,
            kind=one.kind,
            cycle=one.cycle,
            due_at=one.due_at,
            breached=one.breached_at is not None,
            elapsed_minutes=news.elapsed,
        )
    due_at = one.due_at or one.started_at
    if news.step is None:
        kind = events.SlaWarning if news.what == "warning" else events.SlaBreached
        return kind(
            ticket_id=ticket_id,
            policy_id=one.policy_id,
            target=one.target,
            kind=one.kind,
            cycle=one.cycle,
            due_at=due_at,
        )
    agents, teams = told(news.step.notify, place)
    return events.SlaEscalationDue(
        ticket_id=ticket_id,
        policy_id=one.policy_id,
        target=one.target,
        kind=one.kind,
        cycle=one.cycle,
        due_at=due_at,
        step=news.step.key,
        after_minutes=news.step.after,
        agent_ids=agents,
        team_ids=teams,
        actions=list(news.step.actions),
    )


def told(notify: SlaNotify, place: repository.Place) -> tuple[list[int], list[int]]:
    """Agents and teams to tell. Where nobody works on a ticket yet, its team stands in."""
    agents = [int(one) for one in notify.agents]
    teams = [int(one) for one in notify.teams]
    if notify.assignee and place.assignee_id is not None:
        agents.append(place.assignee_id)
    alone = notify.assignee and place.assignee_id is None
    if (notify.team or alone) and place.team_id is not None:
        teams.append(place.team_id)
    return sorted(set(agents)), sorted(set(teams))
