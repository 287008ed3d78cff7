"""Workspaces: how one begins, and its settings."""

from __future__ import annotations

import re
import zoneinfo
from typing import Any

import msgspec

from yizhan.domains.identity import errors, events, permissions, schemas
from yizhan.domains.identity.repository import organisation, people
from yizhan.domains.identity.service import authentication, changing, passwords, roles
from yizhan.domains.identity.types import LOCALES, Brand, Locale, Role, Unit, Workspace
from yizhan.kernel import crypto
from yizhan.kernel.crypto import Vault
from yizhan.kernel.errors import Conflict, NotFound
from yizhan.kernel.tx import Tx

_SLUG_LENGTH = 40
_FIELDS = ("name", "locale", "time_zone", "settings", "setup_done")
_SETTING_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MOST_SETTINGS_BYTES = 32_000
# Settings with bounds; a domain may keep further ones of its own.
_BOUNDS = {
    "undo_send_seconds": (0, 120),
    "reopen_days": (0, 3650),
    "change_set_days": (1, 3650),
}
# Settings that are one of a few words.
_WORDS = {
    "open_children": ("ask", "refuse", "allow"),
    "open_items": ("refuse", "ask", "allow"),
    "own_approval": ("refuse", "allow"),
}


class SlugTaken(Conflict):
    """No free address was found for this workspace; choose another name."""


class Admin(msgspec.Struct, frozen=True, kw_only=True):
    """The first administrator of a new workspace."""

    email: str
    name: str
    password: str


class Created(msgspec.Struct, frozen=True, kw_only=True):
    """A new workspace and what came with it. ``roles`` maps admin, lead, agent, viewer to ids."""

    workspace: Workspace
    brand_id: int
    unit_id: int
    roles: dict[str, int]
    admin_id: int | None


def slug_of(name: str, *, number: int) -> str:
    """An address from a name; a name without Latin letters gets one from its number."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_SLUG_LENGTH].strip("-")
    return slug or f"desk-{number % 36**6:x}"


def _place(workspace_id: int) -> str:
    return f"workspace.secret.{workspace_id}"


async def create(
    tx: Tx,
    *,
    vault: Vault,
    name: str,
    slug: str | None = None,
    locale: Locale = "zh-CN",
    time_zone: str = "Asia/Shanghai",
    admin: Admin | None = None,
) -> Created:
    """Begin the workspace of this transaction: ``database.begin(system(database.new_id()))``.

    Errors: SlugTaken, WeakPassword, InvalidValue.
    """
    _check_place(locale=locale, time_zone=time_zone)
    if not name.strip():
        raise errors.InvalidValue("name", "a workspace needs one")
    wanted = slug or slug_of(name, number=tx.workspace_id)
    secret = vault.encrypt(
        crypto.token().encode(), workspace_id=tx.workspace_id, place=_place(tx.workspace_id)
    )
    tries = [wanted] if slug else [wanted, *(f"{wanted}-{n}" for n in range(2, 100))]
    for candidate in tries:
        if await organisation.add_workspace(
            tx, slug=candidate, name=name, locale=locale, time_zone=time_zone, secret=secret
        ):
            break
    else:
        raise SlugTaken
    made = await _add_roles(tx, locale=locale)
    brand_id, unit_id = await _add_ground(tx, name=name, locale=locale)
    admin_id = await _add_admin(tx, admin, role_id=made["admin"], locale=locale)
    tx.emit(
        events.WorkspaceCreated(
            workspace_id=tx.workspace_id,
            slug=candidate,
            name=name,
            locale=locale,
            brand_id=brand_id,
            unit_id=unit_id,
        )
    )
    return Created(
        workspace=await current(tx),
        brand_id=brand_id,
        unit_id=unit_id,
        roles=made,
        admin_id=admin_id,
    )


async def _add_roles(tx: Tx, *, locale: str) -> dict[str, int]:
    made = {}
    for key, (names, grants) in permissions.DEFAULT_ROLES.items():
        role = Role(id=tx.new_id(), name=names[locale], system=key, grants=grants)
        await people.add_role(tx, role)
        made[key] = role.id
    return made


async def _add_ground(tx: Tx, *, name: str, locale: Locale) -> tuple[int, int]:
    brand = Brand(
        id=tx.new_id(),
        name=name,
        color="#1f6feb",
        logo_file_id=None,
        locale=locale,
        sender_name=name,
        signature="",
        active=True,
        created_at=tx.now,
    )
    await organisation.add_brand(tx, brand)
    unit_id = tx.new_id()
    unit = Unit(id=unit_id, parent_id=None, kind="company", name=name, path=[unit_id])
    await organisation.add_unit(tx, unit)
    return brand.id, unit_id


async def _add_admin(tx: Tx, admin: Admin | None, *, role_id: int, locale: str) -> int | None:
    if admin is None:
        return None
    passwords.check_strength(admin.password, email=admin.email)
    agent_id = tx.new_id()
    await people.add_agent(
        tx,
        agent_id=agent_id,
        email=admin.email.strip(),
        name=admin.name,
        password_hash=await passwords.hash_of(admin.password),
        locale=locale,
        capacity=10,
    )
    await people.set_roles(tx, agent_id, role_ids=[role_id])
    fields = {"email": admin.email, "name": admin.name, "role_ids": [role_id]}
    tx.emit(
        events.AgentCreated(agent_id=agent_id, changes={k: [None, v] for k, v in fields.items()})
    )
    return agent_id


async def current(tx: Tx) -> Workspace:
    """The workspace of the transaction. Errors: NotFound."""
    found = await organisation.workspace(tx)
    if found is None:
        raise NotFound
    return found


async def shown(tx: Tx) -> Workspace:
    """The workspace for those who work in it."""
    permissions.require_staff(tx.actor)
    return await current(tx)


async def secret(tx: Tx, *, vault: Vault) -> bytes:
    """The workspace's own secret, for signatures that end with it."""
    sealed = await organisation.workspace_secret(tx)
    return vault.decrypt(sealed, workspace_id=tx.workspace_id, place=_place(tx.workspace_id))


async def update(tx: Tx, change: schemas.WorkspaceChange) -> Workspace:
    """Change name, place, settings (merged; null removes one) or the state of the set-up."""
    permissions.require(tx.actor, "workspace:manage")
    await organisation.lock_workspace(tx)  # two changes at once: neither undoes the other
    old = await current(tx)
    values = changing.given(change, *_FIELDS)
    if "settings" in values:
        values["settings"] = _merged(old.settings, values["settings"])
    new = changing.replaced(old, values)
    _check_place(locale=new.locale, time_zone=new.time_zone)
    if changes := changing.differences(old, new, *_FIELDS):
        await organisation.set_workspace(tx, new)
        if new.locale != old.locale:
            await roles.translate(tx, locale=new.locale)
        tx.emit(events.WorkspaceUpdated(workspace_id=tx.workspace_id, changes=changes))
        authentication.forget_after(tx)
    return new


def _check_place(*, locale: str, time_zone: str) -> None:
    if locale not in LOCALES:
        raise errors.InvalidValue("locale", f"one of {', '.join(LOCALES)}")
    try:
        zoneinfo.ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise errors.InvalidValue("time_zone", "no such time zone") from error


def _merged(old: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    for name, value in change.items():
        field = f"settings.{name}"
        if not _SETTING_NAME.fullmatch(name):
            raise errors.InvalidValue("settings", "names are lower-case words")
        if name in _BOUNDS and value is not None:
            low, high = _BOUNDS[name]
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not whole or not low <= value <= high:
                raise errors.InvalidValue(field, f"a whole number from {low} to {high}")
        if name in _WORDS and value is not None and value not in _WORDS[name]:
            raise errors.InvalidValue(field, f"one of {', '.join(_WORDS[name])}")
    merged = {k: v for k, v in {**old, **change}.items() if v is not None}
    if len(msgspec.json.encode(merged)) > _MOST_SETTINGS_BYTES:
        raise errors.InvalidValue("settings", "too large")
    return merged
