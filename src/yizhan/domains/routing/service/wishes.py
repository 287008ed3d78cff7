"""Handing one ticket to whoever's turn it is, also in a team that otherwise does it by hand."""

from __future__ import annotations

from typing import Any

from yizhan.domains.routing import errors
from yizhan.domains.routing.events import AssignmentRequested
from yizhan.domains.routing.repository import config
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


async def hand_out(
    tx: Tx, ticket_id: int, *, team_id: int | None = None, cause: dict[str, Any] | None = None
) -> Ticket:
    """Take a ticket off its agent and let the desk choose one of the team; without a team its own.

    The choice follows this transaction at once, or as soon as somebody who fits has room.
    Errors: those of changing a ticket, NoTeam.
    """
    ticket = await tickets.get(tx, ticket_id)
    wanted = ticket.team_id if team_id is None else team_id
    if wanted is None:
        raise errors.NoTeam
    after = await tickets.assign(tx, ticket_id, to=None, team_id=wanted, cause=cause)
    await config.wish(tx, ticket_id, wanted)
    tx.emit(AssignmentRequested(ticket_id=ticket_id, team_id=wanted, cause=cause or {}))
    return after


async def withdraw(tx: Tx, ticket_id: int) -> None:
    """Ask for it no longer."""
    await config.drop_wishes(tx, [ticket_id])


async def asked_for(tx: Tx, ticket_id: int, *, team_id: int) -> bool:
    """Whether somebody asked for this already and it has not happened yet."""
    return await config.wished(tx, ticket_id) == team_id
