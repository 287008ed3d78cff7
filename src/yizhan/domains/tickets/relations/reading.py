"""How a ticket belongs to others, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.tickets.relations import operations, repository, schemas, types
from yizhan.domains.tickets.relations.incidents import Target
from yizhan.domains.tickets.service import access
from yizhan.kernel.tx import Tx


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.Relations:
    """Links, merged tickets and what can be taken back. Errors: those of access."""
    await access.ticket(tx, ticket_id)
    links = await repository.links(tx, ticket_id)
    stubs = await repository.stubs(tx, ticket_id)
    briefs = await repository.brief(tx, [*(link.other(ticket_id) for link in links), *stubs])
    shown = [
        schemas.LinkOut(_role(link, ticket_id), schemas.brief_out(briefs[link.other(ticket_id)]))
        for link in links
        if link.other(ticket_id) in briefs
    ]
    merged = [schemas.brief_out(briefs[number]) for number in stubs if number in briefs]
    return schemas.Relations(
        links=shown,
        merged=merged,
        operations=[schemas.operation_out(op) for op in await operations.of_ticket(tx, ticket_id)],
        hidden=len(links) + len(stubs) - len(shown) - len(merged),
    )


def _role(link: types.Link, ticket_id: int) -> types.Role:
    role: types.Role = msgspec.convert(link.role_of(link.other(ticket_id)), types.Role)
    return role


async def incidents_out(tx: Tx, targets: Sequence[Target]) -> list[schemas.IncidentOut]:
    """Incidents with what is known of their tickets."""
    briefs = await repository.brief(tx, [target.ticket_id for target in targets])
    return [
        schemas.incident_out(target, briefs[target.ticket_id])
        for target in targets
        if target.ticket_id in briefs
    ]
