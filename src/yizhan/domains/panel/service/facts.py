"""What a source is told: as much of a customer and a ticket as it is allowed to know."""

from __future__ import annotations

from yizhan.domains.contacts import errors as contact_errors
from yizhan.domains.contacts.service import companies, people
from yizhan.domains.panel import registry
from yizhan.domains.panel.contract import CustomerFacts, Question, Reach, TicketFacts
from yizhan.domains.panel.types import PanelSource
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


class Known:
    """Everything there is to tell; each source gets its part of it."""

    def __init__(self, ticket: TicketFacts, customer: CustomerFacts) -> None:
        self.ticket = ticket
        self.customer = customer

    def question(self, source: PanelSource, *, workspace_id: int) -> Question:
        """No weak identities; the ticket only where answers are kept for it, or not kept at all."""
        kind = registry.find(source.kind)
        with_ticket = source.about == "ticket" or (kind is not None and kind.manifest.local)
        told = self.customer
        strong = tuple(one for one in told.identities if one.strength >= source.least_strength)
        return Question(
            workspace_id=str(workspace_id),
            customer=CustomerFacts(
                id=told.id,
                name=told.name,
                company=told.company,
                locale=told.locale,
                tags=told.tags,
                identities=strong,
                fields=told.fields,
            ),
            ticket=self.ticket if with_ticket else None,
        )


async def of(tx: Tx, ticket: Ticket) -> Known:
    """Errors: ContactNotFound, Forbidden without the right to see customers."""
    contact = await people.get(tx, ticket.requester_id)
    held = (await people.identities(tx, [contact.id])).get(contact.id, [])
    company = ""
    if contact.company_id is not None:
        try:
            company = (await companies.get_company(tx, contact.company_id)).name
        except contact_errors.CompanyNotFound:
            company = ""
    return Known(
        TicketFacts(
            id=str(ticket.id),
            number=ticket.number,
            subject=ticket.subject,
            channel=ticket.channel,
            tags=tuple(ticket.tags),
            fields=ticket.fields,
        ),
        CustomerFacts(
            id=str(contact.id),
            name=contact.name,
            company=company,
            locale=contact.locale or "",
            tags=tuple(contact.tags),
            identities=tuple(Reach(one.kind, one.value, one.strength) for one in held),
            fields=contact.fields,
        ),
    )


def invented() -> Known:
    """Somebody to try a source with, where no ticket is named."""
    reaches = (
        Reach("external_id", "C-1001", 3),
        Reach("email", "sample@example.com", 3),
        Reach("phone", "+8613800000000", 3),
    )
    return Known(
        TicketFacts(id="1", number=1001, subject="Sample", channel="email"),
        CustomerFacts(id="1", name="Sample", company="Sample Ltd", identities=reaches),
    )
