"""What working with channels needs besides a transaction: the store, the vault, the settings."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from yizhan.domains.channels import errors, forms, registry, repository
from yizhan.domains.channels.types import Inbox
from yizhan.kernel import forms as kernel_forms
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.storage import Store


class Means(Protocol):
    """What a process has: the edge of HTTP and the context of a job both are this."""

    @property
    def database(self) -> Database: ...
    @property
    def store(self) -> Store: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def config(self) -> Config: ...


class Ready(msgspec.Struct, frozen=True):
    """An inbox with its channel and its settings, secrets opened: for a connector's eyes only."""

    workspace_id: int
    inbox: Inbox
    channel: registry.Channel
    settings: Any


def place(inbox_id: int) -> str:
    """Where an inbox's secrets belong; elsewhere they do not open."""
    return f"inbox.secrets.{inbox_id}"


def secrets_of(vault: Vault, inbox: Inbox, *, workspace_id: int) -> dict[str, Any]:
    """The secret settings. Errors: CannotDecrypt."""
    if inbox.secrets is None:
        return {}
    raw = vault.decrypt(inbox.secrets, workspace_id=workspace_id, place=place(inbox.id))
    found: dict[str, Any] = msgspec.json.decode(raw)
    return found


def open_inbox(vault: Vault, inbox: Inbox, *, workspace_id: int) -> Ready:
    """Errors: UnknownChannel, SettingsInvalid (a newer version asks for more), CannotDecrypt."""
    channel = registry.get(inbox.channel)
    known = kernel_forms.names(channel.settings)
    # A secret that was taken away is empty, also where the form asks for one: nothing verifies then.
    empty = dict.fromkeys(forms.secret_names(channel), "")
    values = empty | inbox.settings | secrets_of(vault, inbox, workspace_id=workspace_id)
    settings = forms.convert(channel, {k: v for k, v in values.items() if k in known})
    return Ready(workspace_id, inbox, channel, settings)


async def load(means: Means, workspace_id: int, *, inbox_id: int) -> Ready:
    """An inbox in a transaction of its own. Errors: InboxNotFound, and those of open_inbox."""
    async with means.database.begin(system(workspace_id)) as tx:
        inbox = await repository.inbox(tx, inbox_id)
    return opened(means, inbox, workspace_id=workspace_id)


def opened(means: Means, inbox: Inbox | None, *, workspace_id: int) -> Ready:
    """An inbox as it was read, ready. Errors: InboxNotFound, and those of open_inbox."""
    if inbox is None:
        raise errors.InboxNotFound
    return open_inbox(means.vault, inbox, workspace_id=workspace_id)


async def load_by_key(means: Means, key: str, *, channel: str | None = None) -> Ready:
    """An active inbox by the key in its address. Errors: InboxNotFound, and those of open_inbox."""
    rows = await means.database.lookup("SELECT * FROM yizhan_inbox_by_key($1)", key)
    if not rows or not rows[0]["active"] or channel not in (None, rows[0]["channel"]):
        raise errors.InboxNotFound
    return await load(means, rows[0]["workspace_id"], inbox_id=rows[0]["inbox_id"])
