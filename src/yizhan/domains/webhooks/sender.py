"""Sending what is due for one webhook, with no transaction open while the network is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from yizhan.domains.webhooks import matching, outbox
from yizhan.domains.webhooks.types import Delivery, Outcome, Webhook
from yizhan.kernel import clock, egress, errors, signing
from yizhan.kernel.actor import system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database

_SECONDS = 15.0
_HEAD_BYTES = 2048


def keys_of(vault: Vault, workspace_id: int, hook: Webhook, *, now: datetime) -> list[bytes]:
    """The keys that sign now, the newest first."""
    sealed = [hook.secret]
    if hook.previous_secret is not None and hook.previous_until and now < hook.previous_until:
        sealed.append(hook.previous_secret)
    return [vault.decrypt(one, workspace_id=workspace_id, place=hook.place) for one in sealed]


async def _attempt(
    client: egress.Client, hook: Webhook, row: Delivery, *, keys: Sequence[bytes], now: datetime
) -> Outcome:
    headers = signing.headers(
        keys, message_id=matching.message_id(row.event_id), moment=now, body=row.body
    )
    began = time.perf_counter()

    def spent() -> int:
        return round((time.perf_counter() - began) * 1000)

    try:
        answer = await client.request(
            "POST",
            hook.url,
            headers=headers,
            content=row.body.encode(),
            seconds=_SECONDS,
            most_bytes=_HEAD_BYTES,
            cut=True,
        )
    except errors.YizhanError as error:
        return Outcome(error=f"{error.code}: {error.detail}", duration_ms=spent())
    # A text column takes no NUL, and a receiver may answer anything.
    text = answer.body.decode("utf-8", "replace").replace("\x00", "")
    return Outcome(status=answer.status, response=text, duration_ms=spent())


async def pump(
    database: Database,
    vault: Vault,
    client: egress.Client,
    *,
    workspace_id: int,
    webhook_id: int,
    now: Callable[[], datetime] = clock.now,
) -> int:
    """Send until nothing is due. Returns the number of attempts."""
    actor = system(workspace_id, name="webhooks")
    attempts = 0
    while True:
        async with database.begin(actor) as tx:
            hook, work = await outbox.claim(tx, webhook_id, now=now())
        if hook is None or not work:
            return attempts
        keys = keys_of(vault, workspace_id, hook, now=now())
        outcomes = await asyncio.gather(
            *(_attempt(client, hook, row, keys=keys, now=now()) for row in work)
        )
        async with database.begin(actor) as tx:
            await outbox.settle(
                tx, webhook_id, results=list(zip(work, outcomes, strict=True)), now=now()
            )
        attempts += len(work)
