"""A brand's pages: opened, described, found by their name in an address."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.channels import service as channels
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands
from yizhan.domains.identity.types import Brand
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge import tree
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.portal import errors, events, repository, schemas
from yizhan.domains.portal.types import DEFAULT_LOCALES, Portal, Site
from yizhan.kernel import colors
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_FIELDS = ("slug", "active", "titles", "intros", "locales", "new_tickets", "categories", "sso_url")


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
        categories=None if row.categories is None else [str(one) for one in row.categories],
        can_mail=await channels.carrier(tx, brand_id=brand.id) is not None,
        url=f"{base}/help/{row.slug}",
        sso=await repository.sso_secret(tx, brand.id) is not None,
        sso_url=row.sso_url,
        sso_address=f"{base}/help/{row.slug}/sso",
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
        categories=None,
        sso_url="",
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
    if given.get("categories") is not None:
        given["categories"] = await _categories(tx, given["categories"])
    holder = await repository.slug_holder(tx, given.get("slug", old.slug))
    if holder not in (None, (tx.workspace_id, brand_id)):
        raise errors.PortalNameTaken(field="slug")
    new = msgspec.structs.replace(old, **given, updated_at=tx.now)
    changes: dict[str, list[Any]] = {
        name: [_plain(getattr(old, name)) if known else None, _plain(getattr(new, name))]
        for name in _FIELDS
        if known is None or getattr(old, name) != getattr(new, name)
    }
    if changes:
        await repository.set_portal(tx, new)
        tx.emit(events.PortalChanged(portal_id=brand_id, changes=changes))
    return await _out(tx, brand, base=base)


def _plain(value: Any) -> Any:
    """Ids travel as text."""
    return (
        [str(one) if isinstance(one, int) else one for one in value]
        if isinstance(value, list)
        else value
    )


async def _categories(tx: Tx, wanted: list[str]) -> list[int]:
    """Errors: CategoryUnknown."""
    known = {one.id for one in await knowledge.tree(tx, Viewer(agent=True))}
    found = sorted({int(one) for one in wanted})
    if not known.issuperset(found):
        raise errors.CategoryUnknown(field="categories")
    return found


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
        sso = await repository.sso_secret(tx, brand_id) is not None
        shown = None
        if row is not None and row.categories is not None:
            shown = tree.below(await knowledge.tree(tx, Viewer(agent=True)), row.categories)
    if row is None:
        raise errors.PortalNotFound
    return Site(
        workspace_id=workspace_id,
        portal=row,
        brand_id=brand_id,
        brand=brand.name,
        color=colors.safe(brand.color),
        logo_file_id=brand.logo_file_id,
        can_mail=can_mail,
        sso=sso,
        categories=shown,
        base=edge.config.url,
    )
