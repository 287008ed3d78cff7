"""Finding tickets and customers, only among those that the actor may see."""

from __future__ import annotations

from yizhan.domains.contacts import service as contacts
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import listing, schemas
from yizhan.kernel.tx import Tx


async def everything(
    tx: Tx, q: str, *, kinds: list[str], limit: int = 20
) -> list[schemas.SearchHit]:
    """Tickets first, then customers, as far as the kinds ask for them."""
    permissions.require(tx.actor, "search:use")
    found: list[schemas.SearchHit] = []
    if q.strip() and "ticket" in kinds:
        found += await _tickets(tx, q, limit=limit)
    if q.strip() and "contact" in kinds and permissions.can(tx.actor, "contact:read"):
        found += await _contacts(tx, q, limit=limit)
    return found[:limit] if len(kinds) == 1 else found


async def _tickets(tx: Tx, q: str, *, limit: int) -> list[schemas.SearchHit]:
    page = await listing.page(tx, listing.Filter(q=q, limit=limit))
    return [
        schemas.SearchHit(
            kind="ticket",
            id=row.id,
            number=row.number,
            title=row.subject,
            snippet=row.preview,
            at=row.last_message_at,
        )
        for row in page.items
    ]


async def _contacts(tx: Tx, q: str, *, limit: int) -> list[schemas.SearchHit]:
    page = await contacts.list_contacts(tx, q=q, limit=limit)
    return [
        schemas.SearchHit(
            kind="contact",
            id=str(person.id),
            number=None,
            title=person.name,
            snippet="",
            at=person.updated_at,
        )
        for person in page.items
    ]
