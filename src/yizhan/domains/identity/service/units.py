"""The tree of units. Each keeps its path from the root, so that a subtree is one condition."""

from __future__ import annotations

from yizhan.domains.identity import errors, events, permissions, schemas
from yizhan.domains.identity.repository import organisation
from yizhan.domains.identity.service import authentication, changing
from yizhan.domains.identity.types import Unit
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_FIELDS = ("name", "parent_id", "kind")
_DEEPEST = 32


async def listed(tx: Tx) -> list[Unit]:
    permissions.require_staff(tx.actor)
    return await organisation.units(tx)


async def get(tx: Tx, unit_id: int) -> Unit:
    found = await organisation.unit(tx, unit_id)
    if found is None:
        raise NotFound
    return found


async def _parent(tx: Tx, parent_id: int | None) -> Unit:
    """The unit to hang something below; without a wish the root. Errors: UnknownReference."""
    found = (
        await organisation.root_unit(tx)
        if parent_id is None
        else await organisation.unit(tx, parent_id)
    )
    if found is None:
        raise errors.UnknownReference("There is no such unit.")
    if len(found.path) >= _DEEPEST:
        raise errors.InvalidValue("parent_id", f"at most {_DEEPEST} levels")
    return found


async def create(tx: Tx, new: schemas.UnitIn) -> Unit:
    permissions.require(tx.actor, "unit:manage")
    await organisation.lock_workspace(tx)
    values = changing.given(new, *_FIELDS)
    parent = await _parent(tx, values["parent_id"])
    unit_id = tx.new_id()
    values["parent_id"] = parent.id
    unit = Unit(id=unit_id, path=[*parent.path, unit_id], **values)
    await organisation.add_unit(tx, unit)
    changes = changing.differences(None, unit, *_FIELDS)
    tx.emit(events.UnitCreated(unit_id=unit_id, changes=changes))
    authentication.forget_after(tx)
    return unit


async def update(tx: Tx, unit_id: int, *, change: schemas.UnitChange) -> Unit:
    """Rename or move, with everything below. Errors: RootUnit, UnitCycle."""
    permissions.require(tx.actor, "unit:manage")
    await organisation.lock_workspace(tx)  # two moves at once could make a cycle
    old = await get(tx, unit_id)
    new = changing.replaced(old, changing.given(change, *_FIELDS))
    changes = changing.differences(old, new, *_FIELDS)
    if "parent_id" in changes:
        if old.parent_id is None:
            raise errors.RootUnit
        parent = await _parent(tx, new.parent_id)
        if unit_id in parent.path:
            raise errors.UnitCycle
        await organisation.move_units(tx, unit_id, below=parent.path)
        new = changing.replaced(new, {"path": [*parent.path, unit_id]})
    if changes:
        await organisation.set_unit(tx, new)
        tx.emit(events.UnitUpdated(unit_id=unit_id, changes=changes))
        authentication.forget_after(tx)
    return new


async def delete(tx: Tx, unit_id: int) -> None:
    """Errors: RootUnit, UnitInUse."""
    permissions.require(tx.actor, "unit:manage")
    await organisation.lock_workspace(tx)
    unit = await get(tx, unit_id)
    if unit.parent_id is None:
        raise errors.RootUnit
    if await organisation.unit_in_use(tx, unit_id):
        raise errors.UnitInUse
    await organisation.delete_unit(tx, unit_id)
    tx.emit(events.UnitDeleted(unit_id=unit_id))
    authentication.forget_after(tx)
