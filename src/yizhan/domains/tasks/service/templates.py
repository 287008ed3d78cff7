"""Checklist templates: made, changed, removed. What is on tickets stays as it is."""

from __future__ import annotations

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.tasks import errors, events, repository, schemas
from yizhan.domains.tasks.types import Template
from yizhan.kernel.tx import Tx

PERMISSION = "checklist:manage"
MOST = 200
_FIELDS = ("name", "items")


async def listed(tx: Tx) -> list[Template]:
    """By name."""
    permissions.require_staff(tx.actor)
    return await repository.templates(tx)


async def get(tx: Tx, template_id: int) -> Template:
    """Errors: ChecklistTemplateNotFound."""
    permissions.require_staff(tx.actor)
    found = await repository.get(tx, Template, template_id)
    if found is None:
        raise errors.ChecklistTemplateNotFound
    return found


async def create(tx: Tx, new: schemas.ChecklistTemplateIn) -> Template:
    """Errors: TooManyTemplates."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "templates")
    if len(await repository.templates(tx)) >= MOST:
        raise errors.TooManyTemplates
    row = Template(
        id=tx.new_id(),
        name=new.name.strip(),
        items=new.items,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await repository.put(tx, row)
    changes = changing.said(changing.differences(None, row, *_FIELDS))
    tx.emit(events.ChecklistTemplateCreated(checklist_template_id=row.id, changes=changes))
    return row


async def update(tx: Tx, template_id: int, *, change: schemas.ChecklistTemplateChange) -> Template:
    """Errors: ChecklistTemplateNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "templates")
    old = await get(tx, template_id)
    values = changing.given(change, "name")
    if change.items is not UNSET:
        values["items"] = change.items
    new = changing.replaced(old, values)
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    new = msgspec.structs.replace(new, version=old.version + 1, updated_at=tx.now)
    await repository.put(tx, new)
    tx.emit(
        events.ChecklistTemplateChanged(
            checklist_template_id=new.id, changes=changing.said(changes)
        )
    )
    return new


async def delete(tx: Tx, template_id: int) -> None:
    """Errors: ChecklistTemplateNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "templates")
    row = await get(tx, template_id)
    await repository.remove(tx, row)
    tx.emit(events.ChecklistTemplateDeleted(checklist_template_id=row.id, name=row.name))
