"""Setting up help pages, and what a customer may see on them."""

from __future__ import annotations

from litestar import get, put

from yizhan.domains.portal import schemas
from yizhan.domains.portal.service import places, signing
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["portal"]


@get("/portals", summary="List help pages", tags=_TAGS)
async def list_portals(tx: Tx, edge: Edge) -> schemas.PortalList:
    """One for each brand; they are closed until they are opened."""
    return schemas.PortalList(await places.listed(tx, base=edge.config.url))


@put("/portals/{brand_id:int}", summary="Open, close or describe help pages", tags=_TAGS)
async def change_portal(
    tx: Tx, edge: Edge, brand_id: int, data: schemas.PortalIn
) -> schemas.PortalOut:
    """Absent fields stay. 409 ``portal_name_taken`` when another brand has the name."""
    return await places.change(tx, brand_id, data=data, base=edge.config.url)


@get("/contacts/{contact_id:int}/portal", summary="A customer's role", tags=_TAGS)
async def get_portal_role(tx: Tx, contact_id: int) -> schemas.PortalRole:
    """Whether they see their company's tickets on the help pages."""
    return schemas.PortalRole(company_tickets=await signing.role(tx, contact_id))


@put("/contacts/{contact_id:int}/portal", summary="Change a customer's role", tags=_TAGS)
async def change_portal_role(
    tx: Tx, contact_id: int, data: schemas.PortalRole
) -> schemas.PortalRole:
    """Let them see their company's tickets on the help pages, or no longer."""
    await signing.set_role(tx, contact_id, company_tickets=data.company_tickets)
    return schemas.PortalRole(company_tickets=await signing.role(tx, contact_id))


routes = [list_portals, change_portal, get_portal_role, change_portal_role]
