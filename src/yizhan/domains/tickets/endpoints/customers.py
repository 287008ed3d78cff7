"""The tickets of a customer."""

from __future__ import annotations

from litestar import Response, get

from yizhan.domains.contacts import service as contacts
from yizhan.domains.tickets import listing, schemas
from yizhan.domains.tickets.service import timeline
from yizhan.kernel import http, pagination
from yizhan.kernel.tx import Tx


@get(
    "/contacts/{contact_id:int}/tickets",
    summary="A customer's tickets",
    tags=["contacts"],
    responses=http.gives(pagination.Page[schemas.TicketRow]),
)
async def list_tickets_of_contact(
    tx: Tx, contact_id: int, limit: int | None = None, cursor: str | None = None
) -> Response[bytes]:
    """Those that you may see, newest movement first."""
    await contacts.get(tx, contact_id)
    wanted = listing.Filter(view="all", contact=str(contact_id), limit=limit, cursor=cursor)
    return http.raw_json(await listing.page_json(tx, wanted))


@get(
    "/contacts/{contact_id:int}/timeline",
    summary="A customer's messages over all channels",
    tags=["contacts"],
)
async def read_timeline(
    tx: Tx, contact_id: int, limit: int | None = None, cursor: str | None = None
) -> pagination.Page[schemas.TimelineItem]:
    """What was said with them, in tickets that you may see, newest first."""
    await contacts.get(tx, contact_id)
    return await timeline.page(tx, contact_id, limit=limit, cursor=cursor)


routes = [list_tickets_of_contact, read_timeline]
