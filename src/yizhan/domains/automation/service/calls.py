"""Calls of actions to the outside: with what they are signed, so that a receiver knows whose they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from yizhan.domains.automation import events, repository
from yizhan.domains.automation.types import CallSecret
from yizhan.domains.identity import permissions
from yizhan.kernel import signing
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

PERMISSION = "webhook:manage"
OLD_SECRET_SIGNS = timedelta(hours=24)
_PLACE = "call.secret"


def _opened(tx: Tx, vault: Vault, sealed: bytes) -> bytes:
    return vault.decrypt(sealed, workspace_id=tx.workspace_id, place=_PLACE)


async def keys(tx: Tx, *, vault: Vault) -> list[bytes]:
    """The keys that sign now, the newest first. The first call of a workspace makes the first one."""
    row = await repository.call_secret(tx) or await _make(tx, vault)
    sealed = [row.secret]
    if row.previous_secret is not None and row.previous_until and tx.now < row.previous_until:
        sealed.append(row.previous_secret)
    return [_opened(tx, vault, one) for one in sealed]


async def made_at(tx: Tx) -> datetime | None:
    """Since when the present secret signs; None before the first call."""
    permissions.require(tx.actor, PERMISSION)
    row = await repository.call_secret(tx)
    return None if row is None else row.made_at


async def rotate(tx: Tx, *, vault: Vault) -> str:
    """A new secret, shown only now. The old one signs besides for a day, so that receivers can follow."""
    permissions.require(tx.actor, PERMISSION)
    old = await repository.call_secret(tx)
    row = await _make(tx, vault, old=old)
    tx.emit(events.CallSecretRotated())
    return signing.shown(_opened(tx, vault, row.secret))


async def _make(tx: Tx, vault: Vault, *, old: CallSecret | None = None) -> CallSecret:
    fresh = CallSecret(
        id=tx.new_id(),
        secret=vault.encrypt(signing.new_secret(), workspace_id=tx.workspace_id, place=_PLACE),
        previous_secret=None if old is None else old.secret,
        previous_until=None if old is None else tx.now + OLD_SECRET_SIGNS,
        made_at=tx.now,
    )
    if old is None:
        return await repository.first_call_secret(tx, fresh)
    return await repository.replace_call_secret(tx, fresh)
