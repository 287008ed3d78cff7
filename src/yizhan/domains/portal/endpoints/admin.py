"""Setting up help pages, and what a customer may see on them."""

from __future__ import annotations

from litestar import delete, get, post, put

from yizhan.domains.portal import schemas
from yizhan.domains.portal.service import places, signing, sso
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


@post("/portals/{brand_id:int}/sso-secret", summary="Let a website sign customers in", tags=_TAGS)
async def create_portal_secret(tx: Tx, edge: Edge, brand_id: int) -> schemas.PortalSecret:
    """A new secret that the brand's website signs with; the old one no longer works."""
    return schemas.PortalSecret(await sso.new_secret(tx, brand_id, vault=edge.vault))


@delete("/portals/{brand_id:int}/sso-secret", summary="End sign-in by a website", tags=_TAGS)
async def delete_portal_secret(tx: Tx, brand_id: int) -> None:
    """Who is signed in stays so."""
    await sso.forget_secret(tx, brand_id)


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


routes = [
    list_portals,
    change_portal,
    create_portal_secret,
    delete_portal_secret,
    get_portal_role,
    change_portal_role,
]
