"""Use cases of webhooks: manage them, look at deliveries, send again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.webhooks import (
    errors,
    events,
    matching,
    outbox,
    repository,
    schemas,
)
from yizhan.domains.webhooks.types import Delivery, NewDelivery, Webhook
from yizhan.kernel import egress, log, pagination, signing
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

PERMISSION = "webhook:manage"
OLD_SECRET_SIGNS = timedelta(hours=24)
_REPLAY_JOB = "webhooks.replay"


async def _get(tx: Tx, webhook_id: int, *, lock: bool = False) -> Webhook:
    permissions.require(tx.actor, PERMISSION)
    row = await repository.webhook(tx, webhook_id, lock=lock)
    if row is None:
        raise errors.WebhookNotFound
    return row


def _seal(tx: Tx, vault: Vault, secret: bytes, *, webhook_id: int) -> bytes:
    place = f"webhook.secret.{webhook_id}"
    return vault.encrypt(secret, workspace_id=tx.workspace_id, place=place)


async def every(tx: Tx) -> list[Webhook]:
    """All webhooks of the workspace."""
    permissions.require(tx.actor, PERMISSION)
    return await repository.webhooks(tx)


async def create(
    tx: Tx, wanted: schemas.WebhookIn, *, vault: Vault, allow: Iterable[str] = ()
) -> tuple[Webhook, str]:
    """Add a webhook. Returns it and its secret, which is shown only now."""
    permissions.require(tx.actor, PERMISSION)
    url = str(egress.Guard(allow).parse(wanted.url))
    patterns = matching.check(wanted.events)
    webhook_id, secret = tx.new_id(), signing.new_secret()
    row = Webhook(
        id=webhook_id,
        name=wanted.name,
        url=url,
        events=patterns,
        secret=_seal(tx, vault, secret, webhook_id=webhook_id),
        active=wanted.active,
        disabled_reason=None,
        created_at=tx.now,
        previous_secret=None,
        previous_until=None,
        failing_since=None,
        failed_at=None,
    )
    await repository.insert(tx, row)
    tx.emit(events.WebhookCreated(webhook_id=webhook_id, url=url, events=patterns))
    return row, signing.shown(secret)


async def update(
    tx: Tx, webhook_id: int, *, changes: schemas.WebhookChanges, allow: Iterable[str] = ()
) -> Webhook:
    """Change a webhook. Switched on again, it goes on with what was still waiting."""
    row = await _get(tx, webhook_id, lock=True)
    values: dict[str, Any] = {
        name: value
        for name, value in msgspec.structs.asdict(changes).items()
        if value is not msgspec.UNSET
    }
    if "url" in values:
        values["url"] = str(egress.Guard(allow).parse(values["url"]))
    if "events" in values:
        values["events"] = matching.check(values["events"])
    values = {name: value for name, value in values.items() if value != getattr(row, name)}
    if not values:
        return row
    names = sorted(values)
    if values.get("active"):
        values |= {"disabled_reason": None, "failing_since": None, "failed_at": None}
    await repository.update(tx, webhook_id, **values)
    if values.get("active") or "url" in values:
        await outbox.wake(tx, webhook_id)
    tx.emit(events.WebhookUpdated(webhook_id=webhook_id, fields=names))
    return msgspec.structs.replace(row, **values)


async def rotate(tx: Tx, webhook_id: int, *, vault: Vault) -> tuple[Webhook, str]:
    """Replace the secret. The old one signs besides for a day, so that receivers can follow."""
    row = await _get(tx, webhook_id, lock=True)
    fresh = signing.new_secret()
    values = {
        "secret": _seal(tx, vault, fresh, webhook_id=webhook_id),
        "previous_secret": row.secret,
        "previous_until": tx.now + OLD_SECRET_SIGNS,
    }
    await repository.update(tx, webhook_id, **values)
    tx.emit(events.WebhookSecretRotated(webhook_id=webhook_id))
    return msgspec.structs.replace(row, **values), signing.shown(fresh)


async def delete(tx: Tx, webhook_id: int) -> None:
    """Remove a webhook and its log."""
    await _get(tx, webhook_id, lock=True)
    await repository.delete(tx, webhook_id)
    tx.emit(events.WebhookDeleted(webhook_id=webhook_id))


async def deliveries(
    tx: Tx,
    webhook_id: int,
    *,
    state: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> pagination.Page[Delivery]:
    """The delivery log, newest first."""
    await _get(tx, webhook_id)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await repository.deliveries(
        tx, webhook_id, state=state, before=key[0] if key else None, limit=size + 1
    )
    return pagination.page(rows, size, lambda row: (row.id,))


async def _again(tx: Tx, hook: Webhook, row: NewDelivery) -> Delivery:
    if not hook.active:
        raise errors.WebhookInactive
    (delivery_id,) = await repository.add_deliveries(tx, [row])
    await outbox.wake(tx, hook.id)
    written = await repository.delivery(tx, hook.id, delivery_id)
    if written is None:
        raise errors.DeliveryNotFound
    return written


async def replay_one(tx: Tx, webhook_id: int, *, delivery_id: int) -> Delivery:
    """Send one delivery again, as a new entry of the log with the same message id."""
    hook = await _get(tx, webhook_id)
    old = await repository.delivery(tx, webhook_id, delivery_id)
    if old is None:
        raise errors.DeliveryNotFound
    return await _again(
        tx, hook, NewDelivery(hook.id, old.event_id, old.ticket_id, old.type, old.body)
    )


async def replay(
    tx: Tx, webhook_id: int, *, after: str | None = None, since: datetime | None = None
) -> None:
    """Send again everything that matches, behind a cursor or since a moment, in the background."""
    hook = await _get(tx, webhook_id)
    if not hook.active:
        raise errors.WebhookInactive
    if (after is None) == (since is None):
        raise errors.ReplayUnclear
    start = await log.before(tx, since) if since else log.Position.parse(after)
    until = await log.end(tx)
    tx.defer(_REPLAY_JOB, webhook_id=webhook_id, after=str(start), until=str(until))


async def test(tx: Tx, webhook_id: int) -> Delivery:
    """Send a test event; its outcome shows in the log."""
    hook = await _get(tx, webhook_id)
    body = matching.body_of_test(webhook_id, tx.now)
    return await _again(tx, hook, NewDelivery(hook.id, tx.new_id(), None, matching.TEST, body))
