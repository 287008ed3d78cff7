"""When a workspace trains by itself."""

from __future__ import annotations

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.understanding.training import errors, events, repository, schemas
from yizhan.domains.understanding.training.service import labels, versions
from yizhan.domains.understanding.training.types import Settings
from yizhan.kernel.tx import Tx

_FIELDS = ("weekly", "after_labels", "promote", "target", "category_field")
_WITH_OPTIONS = ("choice", "tree")


async def get(tx: Tx) -> Settings:
    versions.may_read(tx)
    return await repository.settings(tx)


async def update(tx: Tx, change: schemas.LearningChange) -> Settings:
    """Errors: LearningInvalid for a field that holds no category."""
    permissions.require(tx.actor, versions.PERMISSION)
    old = await repository.settings(tx)
    new = changing.replaced(old, changing.given(change, *_FIELDS))
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    await _check(tx, new.category_field)
    new = msgspec.structs.replace(new, version=old.version + 1)
    await repository.put_settings(tx, new)
    tx.emit(events.LearningChanged(changes=changing.said(changes)))
    return new


async def _check(tx: Tx, key: str | None) -> None:
    if key is None or key == labels.TYPE:
        return
    field = (await catalog.of(tx, "ticket")).all.get(key)
    if field is None or not field.active or field.type not in _WITH_OPTIONS:
        raise errors.LearningInvalid(
            field="category_field", reason="a ticket field with choices, or type"
        )
