"""Tickets can be found; a subject that changes stays findable."""

from __future__ import annotations

from yizhan.domains.tickets import events as tickets
from yizhan.domains.tickets import repository
from yizhan.domains.tickets.searching import service
from yizhan.kernel import events, finding, query
from yizhan.kernel.tx import Tx


@finding.kind("ticket", title={"zh": "工单", "en": "Tickets"}, position=10)
async def find_tickets(
    tx: Tx, wanted: query.Query, limit: int, cursor: str | None
) -> finding.Found:
    """See :func:`service.find`."""
    return await service.find(tx, wanted, limit, cursor)


@events.on(tickets.TicketUpdated)
async def index_subject(tx: Tx, event: tickets.TicketUpdated) -> None:
    """A new subject is found like a message of the ticket, from now on."""
    if "subject" not in event.changes:
        return
    await repository.write(
        tx,
        repository.search_doc(
            tx,
            message_id=tx.new_id(),
            ticket_id=event.ticket_id,
            content=str(event.changes["subject"][1]),
            internal=False,
        ),
    )
