"""Brands: faces towards customers. A deleted one is kept, because tickets name it."""

from __future__ import annotations

from yizhan.domains.identity import errors, events, permissions, schemas
from yizhan.domains.identity.repository import organisation
from yizhan.domains.identity.service import changing
from yizhan.domains.identity.types import Brand
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_FIELDS = ("name", "color", "logo_file_id", "locale", "sender_name", "signature")


async def listed(tx: Tx) -> list[Brand]:
    permissions.require_staff(tx.actor)
    return await organisation.brands(tx)


async def get(tx: Tx, brand_id: int) -> Brand:
    """Errors: NotFound, also for a brand that was deleted."""
    found = await organisation.brand(tx, brand_id)
    if found is None or not found.active:
        raise NotFound
    return found


async def create(tx: Tx, new: schemas.BrandIn) -> Brand:
    permissions.require(tx.actor, "brand:manage")
    values = changing.given(new, *_FIELDS)
    brand = Brand(id=tx.new_id(), active=True, created_at=tx.now, **values)
    await changing.check_file(tx, brand.logo_file_id)
    await organisation.add_brand(tx, brand)
    changes = changing.differences(None, brand, *_FIELDS)
    tx.emit(events.BrandCreated(brand_id=brand.id, changes=changes))
    return brand


async def update(tx: Tx, brand_id: int, *, change: schemas.BrandChange) -> Brand:
    permissions.require(tx.actor, "brand:manage")
    await organisation.lock_workspace(tx)  # two changes at once: neither undoes the other
    old = await get(tx, brand_id)
    new = changing.replaced(old, changing.given(change, *_FIELDS))
    if changes := changing.differences(old, new, *_FIELDS):
        await changing.check_file(tx, new.logo_file_id)
        await organisation.set_brand(tx, new)
        tx.emit(events.BrandUpdated(brand_id=brand_id, changes=changes))
    return new


async def delete(tx: Tx, brand_id: int) -> None:
    """Errors: LastBrand."""
    permissions.require(tx.actor, "brand:manage")
    await organisation.lock_workspace(tx)
    brand = await get(tx, brand_id)
    if len(await organisation.brands(tx)) == 1:
        raise errors.LastBrand
    await organisation.set_brand(tx, changing.replaced(brand, {"active": False}))
    tx.emit(events.BrandDeleted(brand_id=brand_id))
