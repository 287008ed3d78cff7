"""Why this agent, or why nobody yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from yizhan.domains.routing import explain, needs, pool
from yizhan.domains.routing.repository import agents, asked, config, queue
from yizhan.domains.routing.schemas import reasons
from yizhan.domains.routing.types import RULE, Place
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_MOST_MEMBERS = 200
_By = Literal["distribution", "agent", "token", "rule"]
# Uses event_ticket.
_GIVEN = """
SELECT at, type, actor, data FROM event
WHERE workspace_id = $1 AND ticket_id = $2 AND type IN ('ticket.assigned', 'ticket.created')
  AND data->'changes'->'assignee_id'->>1 = $3
ORDER BY id DESC LIMIT 1
"""


async def of_ticket(tx: Tx, ticket_id: int) -> reasons.TicketAssignment:
    """Errors: TicketNotFound."""
    ticket = await tickets.get(tx, ticket_id)
    place = None if ticket.assignee_id else await queue.place(tx, ticket_id)
    return reasons.TicketAssignment(
        state=await _state(tx, ticket),
        team_id=_text(ticket.team_id),
        agent_id=_text(ticket.assignee_id),
        waiting=await _waiting(tx, place) if place else None,
        given=await _given(tx, ticket, ticket.assignee_id) if ticket.assignee_id else None,
    )


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


async def _state(
    tx: Tx, ticket: Ticket
) -> Literal["assigned", "waiting", "by_hand", "no_team", "idle"]:
    if ticket.assignee_id is not None:
        return "assigned"
    if ticket.status_category not in ("new", "open") or ticket.snoozed_until is not None:
        return "idle"
    if ticket.team_id is None:
        return "no_team"
    return "waiting" if await asked.truths(tx, [ticket.id]) else "by_hand"


async def _waiting(tx: Tx, place: Place) -> reasons.WaitingOut:
    basis = msgspec.convert(place.basis, needs.Basis)
    now = needs.at(basis, entered=place.entered_at, now=tx.now)
    wanted = explain.skills(
        basis,
        now,
        names={skill.id: skill.name for skill in await config.skills(tx)},
        rules={rule.id: rule.name for rule in await config.rules(tx)},
    )
    spoken = basis.language and needs.language_word(basis.language) in now.need
    members, ids = await agents.members(tx, place.team_id, most=_MOST_MEMBERS)
    considered = [
        explain.agent(
            seen,
            team_id=place.team_id,
            wanted=wanted,
            language=basis.language if spoken else None,
            channel=place.channel,
            cost=place.cost,
        )
        for seen in await pool.look(tx, ids, rights_of_all=True)
    ]
    return reasons.WaitingOut(
        since=place.since,
        before=await queue.before(tx, place),
        cost=place.cost,
        skills=wanted,
        language=basis.language,
        language_required=basis.language_required,
        loosened=list(now.loosened),
        loosens_at=now.next_at,
        sticky_agent_id=_text(place.sticky_id),
        members=members,
        agents=explain.nearest(considered),
        hindrances=explain.count(considered),
    )


async def _given(tx: Tx, ticket: Ticket, agent_id: int) -> reasons.GivenOut | None:
    row = await tx.db.fetchrow(_GIVEN, tx.workspace_id, ticket.id, str(agent_id))
    if row is None:
        return None
    cause: dict[str, Any] = row["data"].get("cause") or {}
    ours = cause.get("rule") == RULE
    names = {skill.id: skill.name for skill in await config.skills(tx)} if ours else {}
    return reasons.GivenOut(
        at=row["at"],
        by=_by(row["actor"], ours=ours),
        actor_id=_text(row["actor"].get("id")) if not ours else None,
        actor_name="" if ours else row["actor"].get("name") or "",
        # Decisions of earlier versions were by turn alone.
        why=cause.get("why", "turn") if ours else None,
        fitting=cause.get("fitting") if ours else None,
        waited_seconds=_waited(cause, row["at"]) if ours else None,
        preferred_met=bool(cause.get("preferred_met", True)),
        language=cause.get("language") if ours else None,
        loosened=cause.get("loosened", []) if ours else [],
        skills=[
            reasons.DecidedSkill(name=names.get(int(one["skill_id"]), ""), **one)
            for one in (cause.get("skills", ()) if ours else ())
        ],
        candidates=msgspec.convert(
            cause.get("candidates", []) if ours else [], list[reasons.GivenCandidate]
        ),
    )


def _by(actor: dict[str, Any], *, ours: bool) -> _By:
    if ours:
        return "distribution"
    kind = actor.get("kind")
    return kind if kind in ("agent", "token") else "rule"


def _waited(cause: dict[str, Any], at: datetime) -> int | None:
    since = cause.get("since")
    if since is None:
        return None
    return max(0, int((at - datetime.fromisoformat(since)).total_seconds()))
