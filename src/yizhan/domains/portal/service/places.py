"""A brand's pages: opened, described, found by their name in an address."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.channels import service as channels
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands
from yizhan.domains.identity.types import Brand
from yizhan.domains.portal import errors, events, repository, schemas
from yizhan.domains.portal.types import DEFAULT_LOCALES, Portal, Site
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_FIELDS = ("slug", "active", "titles", "intros", "locales", "new_tickets")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_PLAIN = "#1558c0"


async def listed(tx: Tx, *, base: str) -> list[schemas.PortalOut]:
    """One for each brand."""
    permissions.require_staff(tx.actor)
    return [await _out(tx, brand, base=base) for brand in await brands.listed(tx)]


async def _out(tx: Tx, brand: Brand, *, base: str) -> schemas.PortalOut:
    row = await repository.portal(tx, brand.id) or await _suggested(tx, brand)
    return schemas.PortalOut(
        brand_id=str(brand.id),
        slug=row.slug,
        active=row.active,
        titles=row.titles,
        intros=row.intros,
        locales=row.locales,
        new_tickets=row.new_tickets,
        can_mail=await channels.carrier(tx, brand_id=brand.id) is not None,
        url=f"{base}/help/{row.slug}",
    )


async def _suggested(tx: Tx, brand: Brand) -> Portal:
    """As it would be opened: the first brand has the workspace's name."""
    first = (await brands.listed(tx))[0].id == brand.id
    slug: str = await tx.db.fetchval(
        "SELECT slug FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    holder = await repository.slug_holder(tx, slug)
    if not first or holder is not None:
        slug = f"{slug}-{brand.id % 100_000}"
    return Portal(
        id=brand.id,
        slug=slug,
        active=False,
        titles={},
        intros={},
        locales=sorted(DEFAULT_LOCALES, key=lambda one: one != brand.locale),
        new_tickets=True,
        updated_at=tx.now,
    )


async def change(tx: Tx, brand_id: int, *, data: schemas.PortalIn, base: str) -> schemas.PortalOut:
    """Errors: NotFound for the brand, PortalNameTaken."""
    permissions.require(tx.actor, "brand:manage")
    brand = await brands.get(tx, brand_id)
    known = await repository.portal(tx, brand_id)
    old = known or await _suggested(tx, brand)
    given = {name: getattr(data, name) for name in _FIELDS if getattr(data, name) is not UNSET}
    if "locales" in given:
        given["locales"] = list(dict.fromkeys(given["locales"]))
    holder = await repository.slug_holder(tx, given.get("slug", old.slug))
    if holder not in (None, (tx.workspace_id, brand_id)):
        raise errors.PortalNameTaken(field="slug")
    new = msgspec.structs.replace(old, **given, updated_at=tx.now)
    changes: dict[str, list[Any]] = {
        name: [getattr(old, name) if known else None, getattr(new, name)]
        for name in _FIELDS
        if known is None or getattr(old, name) != getattr(new, name)
    }
    if changes:
        await repository.set_portal(tx, new)
        tx.emit(events.PortalChanged(portal_id=brand_id, changes=changes))
    return await _out(tx, brand, base=base)


async def open_site(edge: Edge, slug: str) -> Site:
    """The pages of that name, while they are open. Errors: PortalNotFound."""
    rows = await edge.database.lookup("SELECT * FROM yizhan_portal($1)", slug[:80])
    if not rows or not rows[0]["active"]:
        raise errors.PortalNotFound
    workspace_id, brand_id = rows[0]["workspace_id"], rows[0]["id"]
    async with edge.database.begin(system(workspace_id)) as tx:
        brand = await brands.get(tx, brand_id)
        row = await repository.portal(tx, brand_id)
        can_mail = await channels.carrier(tx, brand_id=brand_id) is not None
    if row is None:
        raise errors.PortalNotFound
    return Site(
        workspace_id=workspace_id,
        portal=row,
        brand_id=brand_id,
        brand=brand.name,
        color=brand.color if _COLOR.fullmatch(brand.color) else _PLAIN,
        logo_file_id=brand.logo_file_id,
        can_mail=can_mail,
        base=edge.config.url,
    )
