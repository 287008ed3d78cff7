"""The log's events become deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.webhooks import outbox, repository
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.consumer("webhooks")
async def collect(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Write a delivery for each webhook that existed before the event and asks for it.

    Ids follow time, so a webhook's id tells which events are younger than it, whatever moment an
    imported event claims to be from.
    """
    hooks = [hook for hook in await repository.webhooks(tx) if hook.active]
    if not hooks:
        return
    woken: set[int] = set()
    for hook in hooks:
        younger = [event for event in batch if event.id > hook.id]
        woken |= await outbox.enqueue(tx, [hook], younger)
    for webhook_id in sorted(woken):
        await outbox.wake(tx, webhook_id)
