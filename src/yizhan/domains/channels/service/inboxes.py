"""Inboxes: to add, to change, to check."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import msgspec

from yizhan.domains.channels import errors, forms, registry, repository
from yizhan.domains.channels.contract import Check
from yizhan.domains.channels.events import InboxCreated, InboxDeleted, InboxUpdated
from yizhan.domains.channels.service import hosts
from yizhan.domains.channels.service.means import Means, open_inbox, place, secrets_of
from yizhan.domains.channels.types import Inbox
from yizhan.domains.identity import permissions
from yizhan.kernel.crypto import CannotDecrypt, Vault
from yizhan.kernel.tx import Tx

_CHECK_SECONDS = 45


async def list_inboxes(tx: Tx) -> list[Inbox]:
    """All inboxes: every agent sees by which way a ticket came."""
    permissions.require_staff(tx.actor)
    return await repository.inboxes(tx)


async def get_inbox(tx: Tx, inbox_id: int) -> Inbox:
    permissions.require_staff(tx.actor)
    inbox = await repository.inbox(tx, inbox_id)
    if inbox is None:
        raise errors.InboxNotFound
    return inbox


def secrets_set(tx: Tx, vault: Vault, inbox: Inbox) -> list[str]:
    """The names of the secrets that are stored; [] when the key does not open them."""
    try:
        return sorted(secrets_of(vault, inbox, workspace_id=tx.workspace_id))
    except CannotDecrypt:
        return []


async def _check_places(tx: Tx, *, brand_id: int, team_id: int | None) -> None:
    if not await repository.exists(tx, "brand", brand_id):
        raise errors.InboxNeedsBrand
    if team_id is not None and not await repository.exists(tx, "team", team_id):
        raise errors.TeamUnknown


def _seal(
    vault: Vault, values: dict[str, Any], *, workspace_id: int, inbox_id: int
) -> bytes | None:
    if not values:
        return None
    raw = msgspec.json.encode(values)
    return vault.encrypt(raw, workspace_id=workspace_id, place=place(inbox_id))


async def create_inbox(
    tx: Tx,
    vault: Vault,
    *,
    name: str,
    channel_id: str,
    brand_id: int,
    team_id: int | None = None,
    settings: dict[str, Any] | None = None,
    active: bool = True,
) -> Inbox:
    """Errors: UnknownChannel, SettingsInvalid, InboxNeedsBrand, TeamUnknown."""
    permissions.require(tx.actor, "channel:manage")
    channel = registry.get(channel_id)
    if channel not in registry.offered() or not channel.manifest.has_inbox:
        raise errors.UnknownChannel
    await _check_places(tx, brand_id=brand_id, team_id=team_id)
    full = forms.plain(forms.convert(channel, settings or {}))
    shown, hidden = forms.split(channel, full)
    inbox_id = tx.new_id()
    inbox = Inbox(
        id=inbox_id,
        channel=channel_id,
        name=name.strip(),
        brand_id=brand_id,
        team_id=team_id,
        public_key=secrets.token_urlsafe(18),
        settings=shown,
        secrets=_seal(vault, hidden, workspace_id=tx.workspace_id, inbox_id=inbox_id),
        active=active,
        cursor={},
        last_in_at=None,
        last_out_at=None,
        last_error=None,
        last_error_at=None,
        version=1,
        created_at=tx.now,
    )
    await repository.insert_inbox(tx, inbox)
    tx.emit(
        InboxCreated(
            inbox_id=inbox_id,
            channel=channel_id,
            changes={"name": [None, inbox.name], "active": [None, active]},
        )
    )
    return inbox


async def change_inbox(tx: Tx, vault: Vault, inbox_id: int, *, values: dict[str, Any]) -> Inbox:
    """``values``: name, brand_id, team_id, active, settings. Secrets that are not sent stay.

    An empty secret is taken away. Settings that are not sent stay as they are.
    """
    permissions.require(tx.actor, "channel:manage")
    old = await repository.inbox(tx, inbox_id, lock=True)
    if old is None:
        raise errors.InboxNotFound
    fields = {k: v for k, v in values.items() if k != "settings" and getattr(old, k) != v}
    changes = {k: [getattr(old, k), v] for k, v in fields.items()}
    if "settings" in values:
        shown, sealed, named = _resettle(tx, vault, old, sent=values["settings"])
        fields |= {"settings": shown, "secrets": sealed}
        if named:
            changes["settings"] = [None, named]
    inbox = msgspec.structs.replace(old, **fields)
    await _check_places(tx, brand_id=inbox.brand_id, team_id=inbox.team_id)
    if not changes:
        return old
    await repository.update_inbox(tx, inbox)
    tx.emit(InboxUpdated(inbox_id=inbox_id, changes=changes))
    return await get_inbox(tx, inbox_id)


def _resettle(
    tx: Tx, vault: Vault, old: Inbox, *, sent: dict[str, Any]
) -> tuple[dict[str, Any], bytes | None, list[str]]:
    """The new settings, the new sealed secrets, and the names of what changed."""
    channel = registry.get(old.channel)
    empty = dict.fromkeys(forms.secret_names(channel), "")
    before = empty | old.settings | secrets_of(vault, old, workspace_id=tx.workspace_id)
    after = forms.plain(forms.convert(channel, before | sent))
    shown, hidden = forms.split(channel, after)
    named = sorted(name for name in after if after[name] != before.get(name))
    return shown, _seal(vault, hidden, workspace_id=tx.workspace_id, inbox_id=old.id), named


async def delete_inbox(tx: Tx, inbox_id: int) -> None:
    """Its tickets stay; nothing comes in or goes out by it any more."""
    permissions.require(tx.actor, "channel:manage")
    inbox = await repository.inbox(tx, inbox_id, lock=True)
    if inbox is None:
        raise errors.InboxNotFound
    await repository.delete_inbox(tx, inbox_id)
    tx.emit(InboxDeleted(inbox_id=inbox_id, name=inbox.name))


async def check_inbox(means: Means, inbox: Inbox, *, workspace_id: int) -> list[Check]:
    """Ask the channel whether it works. Talks to the outside: no transaction may be open."""
    ready = open_inbox(means.vault, inbox, workspace_id=workspace_id)
    if not ready.channel.offers("check"):
        return [Check("settings", ok=True)]
    host = hosts.InboxHost(means, ready)
    try:
        found = await asyncio.wait_for(
            ready.channel.connector.check(ready.settings, host), timeout=_CHECK_SECONDS
        )
    except TimeoutError:
        return [Check("time_out", ok=False, detail=f"no answer in {_CHECK_SECONDS} s")]
    except Exception as error:
        return [Check("failed", ok=False, detail=f"{type(error).__name__}: {error}"[:300])]
    return list(found)
