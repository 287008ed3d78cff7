"""Which ticket an actor may touch: what cannot be seen is not there, what may not be done is refused."""

from __future__ import annotations

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, repository
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


def resource(ticket: Ticket) -> permissions.Resource:
    """What the permission function needs to know of a ticket."""
    return permissions.Resource(
        unit_id=ticket.unit_id, team_id=ticket.team_id, assignee_id=ticket.assignee_id
    )


def check(tx: Tx, ticket: Ticket | None, permission: str) -> Ticket:
    """The ticket, if it may be seen and this may be done to it."""
    if ticket is None or not permissions.can(tx.actor, "ticket:read", resource(ticket)):
        raise errors.TicketNotFound
    if permission != "ticket:read":
        permissions.require(tx.actor, permission, resource(ticket))
    return ticket


async def ticket(tx: Tx, ticket_id: int, *, permission: str = "ticket:read") -> Ticket:
    """Load a ticket for reading."""
    return check(tx, await repository.ticket(tx, ticket_id), permission)


async def locked(tx: Tx, ticket_id: int, *, permission: str) -> Ticket:
    """Load a ticket for changing. Errors: TicketNotFound, Forbidden, TicketMerged."""
    return held(tx, await repository.lock_ticket(tx, ticket_id), permission)


def held(tx: Tx, ticket: Ticket | None, permission: str) -> Ticket:
    """The same for a ticket that this transaction has locked already."""
    found = check(tx, ticket, permission)
    if found.merged_into is not None:
        raise errors.TicketMerged(merged_into=str(found.merged_into))
    return found


async def both(
    tx: Tx, first: int, *, second: int, permission: str, other: str
) -> tuple[Ticket, Ticket]:
    """Two tickets for changing, also merged ones, locked in one order so that nobody waits in a ring."""
    found = {key: await repository.lock_ticket(tx, key) for key in sorted({first, second})}
    for ticket in found.values():
        check(tx, ticket, "ticket:read")
    return check(tx, found[first], permission), check(tx, found[second], other)
