"""A ticket made by an agent or through the API."""

from __future__ import annotations

import msgspec

from yizhan.domains.contacts import errors as contact_errors
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Contact, Identity
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, repository
from yizhan.domains.tickets.service import receive, reply
from yizhan.domains.tickets.types import Outgoing, Receipt, Received
from yizhan.kernel.tx import Tx


class Requester(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a ticket is from, as the maker of the ticket says."""

    id: int | None = None
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    name: str = ""


class RequesterMissing(contact_errors.IdentityInvalid):
    """A ticket needs a requester: an id, an e-mail, a phone number or an external id."""


async def create(
    tx: Tx, *, requester: Requester, incoming: Received, from_agent: bool = False
) -> Receipt:
    """Make a ticket with the requester's words, or with ours, which are then sent to the requester.

    Errors: RequesterMissing, UnknownValue for a team or brand that is not there.
    """
    permissions.require(tx.actor, "ticket:create")
    await _check(tx, incoming)
    contact, address = await _contact(tx, requester)
    known = msgspec.structs.replace(
        incoming,
        contact_id=contact.id,
        author_name=contact.name or address,
        reply_to=address or None,
    )
    if not from_agent:
        return await receive.receive(tx, known)
    receipt = await receive.begin(tx, known, spoken=False)
    message_id = await reply.write(
        tx, receipt.ticket_id, outgoing=Outgoing(body=incoming.text, body_html=incoming.html)
    )
    return msgspec.structs.replace(receipt, message_id=message_id)


async def _contact(tx: Tx, requester: Requester) -> tuple[Contact, str]:
    """The contact, and the address by which it can be answered ("" when there is none)."""
    if requester.id is not None:
        contact = await contacts.get(tx, requester.id)
        mine = (await contacts.identities(tx, [contact.id])).get(contact.id, [])
        address = next((i.value for i in mine if i.kind == "email"), "")
        return contact, address
    given = [
        Identity(kind=kind, value=value, strength=KNOWN, source="api")
        for kind, value in (
            ("external_id", requester.external_id),
            ("email", requester.email),
            ("phone", requester.phone),
        )
        if value
    ]
    if not given:
        raise RequesterMissing
    contact = await contacts.resolve(tx, given, name=requester.name, source="api")
    return contact, requester.email or ""


async def _check(tx: Tx, incoming: Received) -> None:
    known, _ = await repository.unit_of_team(tx, incoming.team_id)
    if not known:
        raise errors.UnknownValue(field="team_id")
    if incoming.brand_id is not None and not await repository.exists(
        tx, "brand", incoming.brand_id
    ):
        raise errors.UnknownValue(field="brand_id")
