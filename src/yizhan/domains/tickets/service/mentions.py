"""Naming people and teams in a message: they follow the ticket and are told."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.tickets import events
from yizhan.domains.tickets.types import Mention, Ticket
from yizhan.kernel.tx import Tx


async def tell(tx: Tx, ticket: Ticket, *, message_id: int, named: Sequence[Mention]) -> None:
    """Make the named agents watchers and say that they were named. Unknown ids are left out."""
    agents = [int(mention.id) for mention in named if mention.kind == "agent"]
    teams = [int(mention.id) for mention in named if mention.kind == "team"]
    if not agents and not teams:
        return
    agents = [
        row[0]
        for row in await tx.db.fetch(
            "SELECT id FROM agent WHERE workspace_id = $1 AND id = ANY($2) AND active",
            tx.workspace_id,
            agents,
        )
    ]
    teams = [
        row[0]
        for row in await tx.db.fetch(
            "SELECT id FROM team WHERE workspace_id = $1 AND id = ANY($2) AND active",
            tx.workspace_id,
            teams,
        )
    ]
    for agent_id in agents:
        await watch(tx, ticket.id, agent_id=agent_id)
    tx.emit(
        events.MessageMentioned(
            ticket_id=ticket.id, message_id=message_id, agent_ids=agents, team_ids=teams
        )
    )


async def watch(tx: Tx, ticket_id: int, *, agent_id: int) -> bool:
    """Follow a ticket. Following twice changes nothing. Returns whether it is new."""
    added = await tx.db.fetchval(
        "INSERT INTO watcher (workspace_id, ticket_id, agent_id) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING true",
        tx.workspace_id,
        ticket_id,
        agent_id,
    )
    if added:
        tx.emit(events.WatchersChanged(ticket_id=ticket_id, changes={"watchers": [None, agent_id]}))
    return bool(added)


async def unwatch(tx: Tx, ticket_id: int, *, agent_id: int) -> bool:
    """No longer follow a ticket. Returns whether somebody did."""
    removed = await tx.db.fetchval(
        "DELETE FROM watcher WHERE workspace_id = $1 AND ticket_id = $2 AND agent_id = $3 RETURNING true",
        tx.workspace_id,
        ticket_id,
        agent_id,
    )
    if removed:
        tx.emit(events.WatchersChanged(ticket_id=ticket_id, changes={"watchers": [agent_id, None]}))
    return bool(removed)
