"""Whatever happens to a ticket, its clocks follow in the same transaction."""

from __future__ import annotations

from yizhan.domains.contacts import events as contacts
from yizhan.domains.sla import fields
from yizhan.domains.sla.service import clocks, recompute
from yizhan.domains.tickets import events as tickets
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

_HEARD = (
    tickets.TicketCreated,
    tickets.TicketUpdated,
    tickets.TicketAssigned,
    tickets.TicketStatusChanged,
    tickets.MessageReceived,
    tickets.MessageQueued,
    tickets.MessageCancelled,
)

fields.register()


@events.on(*_HEARD)
async def follow(tx: Tx, event: events.Event) -> None:
    """Once for all that a transaction has said of a ticket so far: at the last of it."""
    ticket_id: int = getattr(event, "ticket_id", 0)
    for later in reversed(tx.emitted):
        if isinstance(later, _HEARD) and later.ticket_id == ticket_id:
            if later is event:
                await clocks.follow(tx, ticket_id)
            return


@events.on(contacts.ContactUpdated)
async def follow_contact(tx: Tx, event: contacts.ContactUpdated) -> None:
    """A VIP, another company: another policy may hold for what is open."""
    if await recompute.anything(tx):
        tx.defer(
            recompute.CUSTOMERS_JOB,
            key=f"sla:contact:{event.contact_id}",
            contact_id=str(event.contact_id),
        )


@events.on(contacts.CompanyUpdated)
async def follow_company(tx: Tx, event: contacts.CompanyUpdated) -> None:
    """A company that became another tier takes its people's tickets along."""
    if await recompute.anything(tx):
        tx.defer(
            recompute.CUSTOMERS_JOB,
            key=f"sla:company:{event.company_id}",
            company_id=str(event.company_id),
        )
