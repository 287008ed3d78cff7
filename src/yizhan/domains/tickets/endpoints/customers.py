"""The tickets of a customer."""

from __future__ import annotations

from litestar import Response, get

from yizhan.domains.contacts import service as contacts
from yizhan.domains.tickets import listing, schemas
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


routes = [list_tickets_of_contact]
