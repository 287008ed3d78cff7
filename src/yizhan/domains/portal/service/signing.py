"""Customers sign in by a link in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog

from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import Address, DeliveryState, OutboundMessage
from yizhan.domains.channels.service.means import Means
from yizhan.domains.contacts import normal
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import PROVEN, Identity
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands
from yizhan.domains.portal import errors, events, repository, words
from yizhan.domains.portal.types import Customer, Site
from yizhan.kernel import crypto, jobs
from yizhan.kernel.actor import system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

LINK_MINUTES = 20
SESSION_DAYS = 30
JOB = "portal.send_link"
_PER_ADDRESS = 3  # links in a quarter of an hour
_PER_WORKSPACE = 500  # links in an hour
_PURPOSE = "portal.link"
_SIZE = 32
logger = structlog.get_logger(__name__)


def token_of(vault: Vault, workspace_id: int, *, link_id: int) -> str:
    """What stands in the link: its number, signed."""
    mac = vault.sign(str(link_id), workspace_id=workspace_id, purpose=_PURPOSE, size=_SIZE)
    return f"{link_id}-{mac}"


def link_in(vault: Vault, workspace_id: int, *, token: str) -> int | None:
    """The number of a token that we made for this workspace."""
    number, _, mac = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 20 and mac.isascii()):
        return None
    good = vault.signed(number, mac, workspace_id=workspace_id, purpose=_PURPOSE, size=_SIZE)
    return int(number) if good else None


async def ask(tx: Tx, site: Site, *, address: str, locale: str) -> None:
    """Send a link to an address, known or not. Too many of them: silence, the answer is the same."""
    if not contacts.is_address(address):
        return
    # As it will be known: a letter that only looks like another must not get the other one's link.
    kept = normal.email(address)
    mine, everybodys = await repository.links_since(
        tx, kept, moment=tx.now - timedelta(minutes=15), of_all=tx.now - timedelta(hours=1)
    )
    if mine >= _PER_ADDRESS or everybodys >= _PER_WORKSPACE:
        logger.info("portal_link_refused", workspace_id=tx.workspace_id)
        return
    await repository.forget_links(tx, before=tx.now - timedelta(days=7))
    link_id = await repository.add_link(
        tx,
        brand_id=site.brand_id,
        address=kept,
        locale=locale,
        expires_at=tx.now + timedelta(minutes=LINK_MINUTES),
    )
    tx.defer(JOB, key=f"portal_link:{link_id}", link_id=link_id)


async def send(means: Means, workspace_id: int, *, link_id: int) -> None:
    """Mail a link. Errors: Retry while the mail server has trouble and the link is still good."""
    async with means.database.begin(system(workspace_id)) as tx:
        row = await repository.link(tx, link_id)
        if row is None or row["used_at"] is not None or row["expires_at"] <= tx.now:
            return
        if not await repository.mark_sent(tx, link_id):
            return
        brand = await brands.get(tx, row["brand_id"])
        place = await repository.portal(tx, brand.id)
    if place is None:
        return
    said = words.of(row["locale"])
    token = token_of(means.vault, workspace_id, link_id=link_id)
    url = f"{means.config.url}/help/{place.slug}/{row['locale']}/enter?token={token}"
    message = OutboundMessage(
        id=link_id,
        workspace_id=workspace_id,
        ticket_id=link_id,
        ticket_number=0,
        conversation_id=link_id,
        conversation_key=None,
        text=said["mail_text"].format(brand=brand.name, url=url, minutes=LINK_MINUTES),
        html=None,
        subject=said["mail_subject"].format(brand=brand.name),
        author_name=brand.name,
        to=(Address(row["address"]),),
        automatic=True,
        locale=row["locale"],
        brand_name=brand.name,
    )
    receipt = await channels.send_direct(means, message, brand_id=brand.id)
    if receipt.state is DeliveryState.FAILED:
        logger.warning("portal_link_not_sent", workspace_id=workspace_id, detail=receipt.detail)
        if receipt.retry_after is not None:
            async with means.database.begin(system(workspace_id)) as tx:
                await repository.unmark_sent(tx, link_id)
            raise jobs.Retry(receipt.retry_after, receipt.detail[:100])


async def enter(tx: Tx, site: Site, *, vault: Vault, token: str) -> str | None:
    """A session for whoever holds a good link; its token. Errors: LinkUsedUp, whatever is wrong.

    None for a link that came back in a mail, quoted or forwarded: agents, and whoever else reads that
    ticket, hold it as well. That it was tried stays in the audit log.
    """
    link_id = link_in(vault, site.workspace_id, token=token)
    address = await repository.use_link(tx, link_id, brand_id=site.brand_id) if link_id else None
    if address is None:
        raise errors.LinkUsedUp
    if link_id is not None and (ticket_id := await _told(tx, link_id, token=token)) is not None:
        tx.emit(events.PortalLinkRefused(portal_id=site.brand_id, ticket_id=ticket_id))
        return None
    identity = Identity(
        kind="email", value=address, strength=PROVEN, verified=True, source="portal"
    )
    session = await begin(tx, site, given=[identity])
    if session is None:
        raise errors.LinkUsedUp
    return session


async def _told(tx: Tx, link_id: int, *, token: str) -> int | None:
    return await repository.told_in(tx, link_id, secret=token.partition("-")[2].lower())


async def begin(
    tx: Tx, site: Site, *, given: Sequence[Identity], name: str = "", locale: str | None = None
) -> str | None:
    """A session for whoever these are of; its token. None for somebody who is blocked."""
    contact = await contacts.resolve(tx, given, name=name, locale=locale, source="portal")
    if contact.blocked:
        return None
    session = crypto.token()
    await repository.add_session(
        tx,
        contact_id=contact.id,
        brand_id=site.brand_id,
        token_hash=crypto.digest(session),
        expires_at=tx.now + timedelta(days=SESSION_DAYS),
    )
    tx.emit(events.PortalSignedIn(contact_id=contact.id, portal_id=site.brand_id))
    return session


async def customer(tx: Tx, site: Site, *, session: str) -> Customer | None:
    """Who is signed in by this session; nobody when it ended or they were blocked."""
    row = await repository.customer(tx, crypto.digest(session), brand_id=site.brand_id)
    if row is None or row["blocked"]:
        return None
    return Customer(**{name: value for name, value in row.items() if name != "blocked"})


async def leave(tx: Tx, one: Customer) -> None:
    await repository.end_session(tx, one.session_id)


async def role(tx: Tx, contact_id: int) -> bool:
    """Whether a customer sees their company's tickets. Errors: ContactNotFound."""
    await contacts.get(tx, contact_id)
    return await repository.role(tx, contact_id)


async def set_role(tx: Tx, contact_id: int, *, company_tickets: bool) -> None:
    """Errors: ContactNotFound, Forbidden."""
    await contacts.get(tx, contact_id)
    permissions.require(tx.actor, "company:edit")
    old = await repository.role(tx, contact_id)
    if old != company_tickets:
        await repository.set_role(tx, contact_id, company_tickets=company_tickets)
        changes = {"company_tickets": [old, company_tickets]}
        tx.emit(events.PortalRoleChanged(contact_id=contact_id, changes=changes))
