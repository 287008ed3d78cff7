"""Roles: named sets of grants. Nobody makes, changes or gives one that exceeds their own rights."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from yizhan.domains.identity import errors, events, permissions, schemas
from yizhan.domains.identity.repository import organisation, people
from yizhan.domains.identity.service import authentication, changing
from yizhan.domains.identity.types import ANY, Role
from yizhan.kernel.actor import Actor, Grant
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_FIELDS = ("name", "grants")
ADMIN = "admin"


async def listed(tx: Tx) -> list[Role]:
    _require_view(tx.actor)
    return await people.roles(tx)


async def named(tx: Tx) -> list[Role]:
    """For their names only: what they allow is not everybody's business."""
    permissions.require_staff(tx.actor)
    return await people.roles(tx)


def _require_view(actor: Actor) -> None:
    if not permissions.can(actor, "role:manage"):
        permissions.require(actor, "agent:manage")


async def get(tx: Tx, role_id: int) -> Role:
    found = await people.role(tx, role_id)
    if found is None:
        raise NotFound
    return found


def require_covered(actor: Actor, grants: Iterable[Grant]) -> None:
    """Errors: ExceedsOwnRights."""
    if not permissions.covers(actor, tuple(grants)):
        raise errors.ExceedsOwnRights


def spelled_out(role: Role) -> list[Grant]:
    """A role's grants for people: "everything" as every permission there is."""
    found: list[Grant] = []
    for grant in role.grants:
        if grant.permission == ANY:
            found.extend(Grant(name) for name in permissions.PERMISSIONS)
        else:
            found.append(grant)
    return found


async def _parsed(tx: Tx, given: Iterable[schemas.GrantIn]) -> tuple[Grant, ...]:
    """Grants as they are kept. Errors: InvalidValue, UnknownReference."""
    grants: dict[Grant, None] = {}
    for one in given:
        known = permissions.PERMISSIONS.get(one.permission)
        if known is None:
            raise errors.InvalidValue("grants", f"no permission is named {one.permission}")
        if one.scope not in known.scopes:
            allowed = ", ".join(known.scopes)
            raise errors.InvalidValue("grants", f"{one.permission} has the scopes {allowed}")
        if one.unit_id is not None and one.scope != "unit":
            raise errors.InvalidValue("grants", "only the scope unit names a unit")
        unit_id = None if one.unit_id is None else int(one.unit_id)
        grants[Grant(one.permission, one.scope, unit_id)] = None
    for unit_id in {grant.unit_id for grant in grants}:
        await changing.check_unit(tx, unit_id)
    return tuple(grants)


async def create(tx: Tx, new: schemas.RoleIn) -> Role:
    permissions.require(tx.actor, "role:manage")
    grants = await _parsed(tx, new.grants)
    require_covered(tx.actor, grants)
    role = Role(id=tx.new_id(), name=new.name.strip(), system=None, grants=grants)
    await people.add_role(tx, role)
    changes = changing.differences(None, role, *_FIELDS)
    tx.emit(events.RoleCreated(role_id=role.id, changes=changes))
    return role


async def update(tx: Tx, role_id: int, *, change: schemas.RoleChange) -> Role:
    """Errors: SystemRole for the administrator's, ExceedsOwnRights."""
    permissions.require(tx.actor, "role:manage")
    await organisation.lock_workspace(tx)  # two changes at once: neither undoes the other
    old = await get(tx, role_id)
    if old.system == ADMIN:
        raise errors.SystemRole
    values = changing.given(change, "name")
    if change.grants is not UNSET:
        values["grants"] = await _parsed(tx, change.grants)
    new = changing.replaced(old, values)
    require_covered(tx.actor, (*old.grants, *new.grants))
    if changes := changing.differences(old, new, *_FIELDS):
        await people.set_role(tx, new)
        tx.emit(events.RoleChanged(role_id=role_id, changes=changes))
        authentication.forget_after(tx)
    return new


def is_renamed(role: Role) -> bool:
    """Whether a role no longer has the name that came with the workspace."""
    names, _ = permissions.DEFAULT_ROLES.get(role.system or "", ({}, ()))
    return role.name not in names.values()


async def translate(tx: Tx, *, locale: str) -> None:
    """Give the roles that came with the workspace their names in its language, unless renamed."""
    for role in await people.roles(tx):
        if role.system is None or is_renamed(role):
            continue
        new = changing.replaced(role, {"name": permissions.DEFAULT_ROLES[role.system][0][locale]})
        if changes := changing.differences(role, new, *_FIELDS):
            await people.set_role(tx, new)
            tx.emit(events.RoleChanged(role_id=role.id, changes=changes))


async def delete(tx: Tx, role_id: int) -> None:
    """Errors: SystemRole, RoleInUse."""
    permissions.require(tx.actor, "role:manage")
    await organisation.lock_workspace(tx)
    role = await get(tx, role_id)
    if role.system is not None:
        raise errors.SystemRole
    require_covered(tx.actor, role.grants)
    if await people.role_in_use(tx, role_id):
        raise errors.RoleInUse
    await people.delete_role(tx, role_id)
    tx.emit(events.RoleDeleted(role_id=role_id))
