"""Layouts: saved in versions, published, tried, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.fields import repository as definitions
from yizhan.domains.fields.layouts import differences, errors, events, repository
from yizhan.domains.fields.layouts.types import FIELD, ITEMS, NEEDED, Content, Layout, Place
from yizhan.domains.identity import permissions
from yizhan.kernel.errors import Forbidden
from yizhan.kernel.tx import Tx

MANAGE = catalog.MANAGE
MOST = 200


async def listed(tx: Tx) -> list[Layout]:
    """Those of all places. Errors: Forbidden."""
    permissions.require(tx.actor, MANAGE)
    return await repository.layouts(tx)


async def get(tx: Tx, layout_id: int) -> Layout:
    """Errors: Forbidden, LayoutNotFound."""
    permissions.require(tx.actor, MANAGE)
    found = await repository.layouts(tx, layout_id=layout_id)
    if not found:
        raise errors.LayoutNotFound
    return found[0]


async def _held(tx: Tx, layout_id: int) -> Layout:
    permissions.require(tx.actor, MANAGE)
    await repository.lock(tx)
    return await get(tx, layout_id)


async def create(tx: Tx, place: Place, content: Content, *, publish: bool = False) -> Layout:
    """Errors: Forbidden, LayoutInvalid, TooManyLayouts."""
    permissions.require(tx.actor, MANAGE)
    await repository.lock(tx)
    others = await repository.layouts(tx)
    if len(others) >= MOST:
        raise errors.TooManyLayouts
    layout = Layout(
        id=tx.new_id(),
        place=place,
        position=max((one.position for one in others), default=0) + 1,
        active=True,
        version=1,
        published=None,
        draft=content,
        live=None,
        updated_at=tx.now,
    )
    return await _save(tx, None, layout, publish=publish)


async def change(
    tx: Tx,
    layout_id: int,
    *,
    changed: Mapping[str, Any],
    version: int | None = None,
    publish: bool = False,
) -> Layout:
    """The next version. Errors: Forbidden, LayoutNotFound, LayoutChanged, LayoutInvalid."""
    old = await _held(tx, layout_id)
    if version is not None and version != old.version:
        raise errors.LayoutChanged(version=old.version)
    return await _next(tx, old, msgspec.structs.replace(old.draft, **changed), publish=publish)


async def _next(
    tx: Tx, old: Layout, content: Content, *, publish: bool, restored_from: int | None = None
) -> Layout:
    if content == old.draft:
        return await _publish(tx, old, old.version, content) if publish else old
    new = msgspec.structs.replace(old, draft=content, version=old.version + 1, updated_at=tx.now)
    return await _save(tx, old, new, publish=publish, restored_from=restored_from)


async def _save(
    tx: Tx,
    old: Layout | None,
    new: Layout,
    *,
    publish: bool,
    restored_from: int | None = None,
) -> Layout:
    await _check(tx, new)
    await repository.put(tx, new)
    await repository.keep(tx, new, restored_from=restored_from)
    different = differences.between(old.draft if old else None, new.draft)
    tx.emit(
        events.LayoutSaved(
            layout_id=new.id,
            name=new.draft.name,
            place=new.place,
            version=new.version,
            differences=msgspec.to_builtins(different),
            restored_from=restored_from,
        )
    )
    return await _publish(tx, new, new.version, new.draft) if publish else new


async def _check(tx: Tx, layout: Layout) -> None:
    items = [item for group in layout.draft.groups for item in group.items]
    if len(set(items)) < len(items):
        raise errors.LayoutInvalid("Something stands twice in this layout.")
    known = await _keys(tx)
    unknown = [
        one
        for one in items
        if (
            one.removeprefix(FIELD) not in known
            if one.startswith(FIELD)
            else one not in ITEMS[layout.place]
        )
    ]
    if unknown:
        raise errors.LayoutInvalid(f"There is no “{unknown[0]}” to show here.", items=unknown)
    if missing := [one for one in NEEDED[layout.place] if one not in items]:
        raise errors.LayoutInvalid(
            f"Without “{missing[0]}” nothing can be made here.", items=missing
        )
    roles = layout.draft.role_ids
    if roles and len(await definitions.existing(tx, "role", roles)) < len(set(roles)):
        raise errors.LayoutInvalid("There is no such role.")


async def _keys(tx: Tx) -> set[str]:
    """The fields of tickets that are in use."""
    return {
        one.key for one in await definitions.fields(tx) if one.object == "ticket" and one.active
    }


async def publish(tx: Tx, layout_id: int, *, version: int | None = None) -> Layout:
    """Show a version to agents: the newest, or the one before after a mistake.

    Errors: Forbidden, LayoutNotFound.
    """
    old = await _held(tx, layout_id)
    if version is None or version == old.version:
        return await _publish(tx, old, old.version, old.draft)
    kept = await repository.versions(tx, layout_id, version=version)
    if not kept:
        raise errors.LayoutNotFound
    return await _publish(tx, old, version, kept[0].content)


async def _publish(tx: Tx, layout: Layout, version: int, content: Content) -> Layout:
    if layout.published == version:
        return layout
    new = msgspec.structs.replace(layout, published=version, live=content, updated_at=tx.now)
    await repository.put(tx, new)
    await repository.mark_published(tx, layout.id, version=version)
    tx.emit(
        events.LayoutPublished(
            layout_id=layout.id, name=content.name, version=version, before=layout.published
        )
    )
    return new


async def withdraw(tx: Tx, layout_id: int) -> Layout:
    """Agents no longer see it; its newest version is a draft. Errors: Forbidden, LayoutNotFound."""
    old = await _held(tx, layout_id)
    if old.published is None:
        return old
    new = msgspec.structs.replace(old, published=None, live=None, updated_at=tx.now)
    await repository.put(tx, new)
    tx.emit(events.LayoutWithdrawn(layout_id=old.id, name=old.draft.name, version=old.published))
    return new


async def delete(tx: Tx, layout_id: int) -> None:
    """Errors: Forbidden, LayoutNotFound."""
    old = await _held(tx, layout_id)
    await repository.put(tx, msgspec.structs.replace(old, active=False, updated_at=tx.now))
    tx.emit(events.LayoutDeleted(layout_id=old.id, name=old.draft.name))


async def order(tx: Tx, place: Place, ids: list[int]) -> None:
    """Which comes first where two fit equally well. Errors: Forbidden, LayoutInvalid."""
    permissions.require(tx.actor, MANAGE)
    await repository.lock(tx)
    mine = [one.id for one in await repository.layouts(tx) if one.place == place]
    if sorted(ids) != sorted(mine):
        raise errors.LayoutInvalid("An order names every layout of a place once.")
    if ids != mine:
        await repository.set_order(tx, ids)
        tx.emit(events.LayoutsOrdered(layout_ids=ids))


async def restore(tx: Tx, layout_id: int, *, version: int, publish: bool = False) -> Layout:
    """A version comes back as a new one. What is gone since, fields and roles, stays out.

    Errors: Forbidden, LayoutNotFound, LayoutInvalid where it was only for roles that are gone.
    """
    old = await _held(tx, layout_id)
    kept = await repository.versions(tx, layout_id, version=version)
    if not kept:
        raise errors.LayoutNotFound
    content = kept[0].content
    roles = await definitions.existing(tx, "role", content.role_ids)
    left = tuple(one for one in content.role_ids if one in roles)
    if content.role_ids and not left:
        raise errors.LayoutInvalid("The roles that this version was for are gone.")
    keys = await _keys(tx)
    groups = tuple(
        msgspec.structs.replace(
            group,
            items=[
                one
                for one in group.items
                if not one.startswith(FIELD) or one.removeprefix(FIELD) in keys
            ],
        )
        for group in content.groups
    )
    back = msgspec.structs.replace(content, role_ids=left, groups=groups)
    return await _next(tx, old, back, publish=publish, restored_from=version)


async def try_out(tx: Tx, layout_id: int | None) -> None:
    """One's own screens show a draft, until told otherwise. Errors: Forbidden, LayoutNotFound."""
    permissions.require(tx.actor, MANAGE)
    if tx.actor.agent_id is None:
        raise Forbidden("Only a person can try a layout.")
    if layout_id is not None:
        await get(tx, layout_id)
    await repository.try_out(tx, tx.actor.agent_id, layout_id=layout_id)
