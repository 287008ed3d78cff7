"""The tree of categories."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands
from yizhan.domains.knowledge import errors, events, repository, schemas
from yizhan.domains.knowledge.types import Category
from yizhan.kernel.tx import Tx

_FIELDS = ("names", "parent_id", "brand_id", "position")


async def listed(tx: Tx) -> list[Category]:
    permissions.require(tx.actor, "knowledge:read")
    return await repository.categories(tx)


async def get(tx: Tx, category_id: int) -> Category:
    """Errors: CategoryNotFound."""
    for one in await repository.categories(tx):
        if one.id == category_id:
            return one
    raise errors.CategoryNotFound


def number(value: str | None) -> int | None:
    return None if value is None else int(value)


async def _check(tx: Tx, values: dict[str, Any], *, own: int | None) -> None:
    if values.get("brand_id") is not None:
        await brands.get(tx, values["brand_id"])
    parent = values.get("parent_id")
    if parent is None:
        return
    above = {one.id: one.parent_id for one in await repository.categories(tx)}
    if parent not in above:
        raise errors.CategoryNotFound
    step: int | None = parent
    for _ in range(len(above) + 1):
        if step is None:
            return
        if step == own:
            break
        step = above.get(step)
    raise errors.CategoryLoop


async def create(tx: Tx, data: schemas.CategoryIn) -> Category:
    """Errors: CategoryNotFound for the one above, NotFound for the brand."""
    permissions.require(tx.actor, "knowledge:publish")
    row = Category(
        id=tx.new_id(),
        parent_id=number(data.parent_id),
        brand_id=number(data.brand_id),
        names=data.names,
        position=data.position,
        created_at=tx.now,
    )
    await _check(tx, {"parent_id": row.parent_id, "brand_id": row.brand_id}, own=None)
    await repository.insert(tx, "knowledge_category", row)
    changes = {name: [None, getattr(row, name)] for name in _FIELDS}
    tx.emit(events.CategoryChanged(knowledge_category_id=row.id, changes=changes))
    return row


async def change(tx: Tx, category_id: int, *, data: schemas.CategoryChange) -> Category:
    """Errors: CategoryNotFound, CategoryLoop."""
    permissions.require(tx.actor, "knowledge:publish")
    old = await get(tx, category_id)
    values: dict[str, Any] = {}
    for name in _FIELDS:
        given = getattr(data, name)
        if given is not UNSET:
            values[name] = number(given) if name.endswith("_id") else given
    await _check(tx, values, own=category_id)
    changes = {
        name: [getattr(old, name), new] for name, new in values.items() if new != getattr(old, name)
    }
    if changes:
        values = {name: pair[1] for name, pair in changes.items()}
        await repository.update(tx, "knowledge_category", category_id, values=values)
        tx.emit(events.CategoryChanged(knowledge_category_id=category_id, changes=changes))
    return msgspec.structs.replace(old, **values)


async def delete(tx: Tx, category_id: int) -> None:
    """Errors: CategoryNotFound, CategoryInUse."""
    permissions.require(tx.actor, "knowledge:publish")
    old = await get(tx, category_id)
    if await repository.category_used(tx, category_id):
        raise errors.CategoryInUse
    await repository.remove_category(tx, category_id)
    changes = {"names": [old.names, None]}
    tx.emit(events.CategoryChanged(knowledge_category_id=category_id, changes=changes))
