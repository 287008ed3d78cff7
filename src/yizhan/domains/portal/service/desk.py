"""What customers do with their tickets."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import CLAIMED, Identity
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.portal import errors, repository
from yizhan.domains.portal.types import Customer, MessageLine, Sent, Site, TicketLine, Written
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import KeptFile, Received, StoredFile
from yizhan.kernel.storage import FileMissing, Store
from yizhan.kernel.tx import Tx

CHANNEL = "web"
LANE = "portal"  # a typed address finds only those who typed the same one here
PAGE = 30
_MOST_MESSAGES = 200


def viewer(site: Site) -> Viewer:
    """What articles this visitor may read."""
    one = site.customer
    if one is None:
        return Viewer(brand_id=site.brand_id, categories=site.categories)
    return Viewer(
        customer=True,
        tags=frozenset(one.tags),
        brand_id=site.brand_id,
        categories=site.categories,
    )


def company_of(one: Customer) -> int | None:
    """The company whose tickets this customer may see."""
    return one.company_id if one.company_tickets else None


def signed_in(site: Site) -> Customer:
    """Errors: SignInNeeded."""
    if site.customer is None:
        raise errors.SignInNeeded
    return site.customer


async def mine(
    tx: Tx, site: Site, *, company: bool, before: int | None
) -> tuple[list[TicketLine], bool]:
    """One's own tickets, or the company's, the newest first; and whether there are more."""
    one = signed_in(site)
    rows = await repository.tickets(
        tx,
        brand_id=site.brand_id,
        contact_id=one.contact_id,
        company_id=company_of(one) if company else None,
        before=before,
        limit=PAGE + 1,
    )
    return rows[:PAGE], len(rows) > PAGE


async def ticket(tx: Tx, site: Site, *, number: int) -> TicketLine:
    """Errors: PortalNotFound for what is not this customer's, as for what is not there."""
    one = signed_in(site)
    found = await repository.ticket(
        tx,
        number,
        brand_id=site.brand_id,
        contact_id=one.contact_id,
        company_id=company_of(one),
    )
    if found is None:
        raise errors.PortalNotFound
    return found


async def messages(tx: Tx, line: TicketLine) -> list[MessageLine]:
    return await repository.messages(tx, line.id, most=_MOST_MESSAGES)


async def file(tx: Tx, site: Site, *, file_id: int) -> tuple[str, str, str]:
    """Name, type and content of a file on a ticket that this customer may see. Errors: FileMissing."""
    signed_in(site)
    found, numbers = await repository.file_tickets(tx, file_id)
    if found is not None:
        for number in numbers:
            try:
                await ticket(tx, site, number=number)
            except errors.PortalNotFound:
                continue
            return found["name"], found["content_type"], found["sha256"]
    raise FileMissing


async def keep(store: Store, site: Site, *, files: Sequence[Sent]) -> tuple[KeptFile, ...]:
    """Lay what came with a form into the store: before any transaction."""
    return tuple(
        [
            await tickets.put_file(
                store,
                site.workspace_id,
                name=one.name,
                content_type=one.content_type,
                content=one.content,
            )
            for one in files
        ]
    )


async def _recorded(tx: Tx, files: Sequence[KeptFile]) -> tuple[StoredFile, ...]:
    return tuple([StoredFile((await tickets.record_file(tx, one)).id) for one in files])


async def answer(tx: Tx, site: Site, *, number: int, said: Written) -> int:
    """The customer goes on; the number of the ticket that it went to. Errors: PortalNotFound."""
    one = signed_in(site)
    line = await ticket(tx, site, number=number)
    conversation_id = await repository.conversation_of(tx, line.id, contact_id=one.contact_id)
    receipt = await tickets.receive(
        tx,
        Received(
            channel=CHANNEL,
            contact_id=one.contact_id,
            author_name=one.name or one.address,
            text=said.text,
            brand_id=site.brand_id,
            conversation_id=conversation_id,
            subject=line.subject,
            client_id=said.client_id,
            files=await _recorded(tx, said.files),
            sender_verdict="pass",
        ),
    )
    return receipt.ticket_number


async def begin(tx: Tx, site: Site, *, said: Written) -> int:
    """A new ticket's number: of who is signed in, or of whoever typed an address.

    The same page sent twice is one ticket.
    """
    one, address = site.customer, said.address
    who = f"contact:{one.contact_id}" if one else f"typed:{address.lower()}"
    key = f"portal:{who}:{said.client_id}"
    known = await repository.begun_by(tx, key)
    if known is not None:
        return known
    if one is None:
        typed = Identity(kind="email", value=address, scope=LANE, strength=CLAIMED, source="portal")
        contact = await contacts.resolve(tx, [typed], name=said.name, source="portal")
        contact_id, author, reply_to = contact.id, contact.name or address, address
    else:
        contact_id, author, reply_to = one.contact_id, one.name or one.address, one.address
    receipt = await tickets.receive(
        tx,
        Received(
            channel=CHANNEL,
            contact_id=contact_id,
            author_name=author,
            text=said.text,
            subject=said.subject,
            brand_id=site.brand_id,
            reply_to=reply_to or None,
            conversation_key=key,
            client_id=said.client_id,
            files=await _recorded(tx, said.files),
            sender_verdict="pass" if one is not None else "none",
        ),
    )
    return receipt.ticket_number
