"""The log's events become deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.webhooks import outbox, repository
from yizhan.domains.webhooks.types import Webhook
from yizhan.kernel import events, holding
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
    restored = await holding.of(tx)
    woken: set[int] = set()
    for hook in hooks:
        younger = [event for event in batch if event.id > hook.id]
        if restored is not None:
            younger = await _without_held(tx, hook, younger, restored=restored)
        woken |= await outbox.enqueue(tx, [hook], younger)
    for webhook_id in sorted(woken):
        await outbox.wake(tx, webhook_id)


async def _without_held(
    tx: Tx, hook: Webhook, batch: Sequence[events.Logged], *, restored: holding.Hold
) -> list[events.Logged]:
    """What happened before a restore is told only when somebody says so."""
    older = [event for event in batch if restored.covers_id(event.id)]
    if older and restored.state == "hold":
        await outbox.enqueue(tx, [hook], older, state="held")
    return [event for event in batch if not restored.covers_id(event.id)]
