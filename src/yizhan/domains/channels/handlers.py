"""Reactions of channels to what happens to tickets: answers go out."""

from __future__ import annotations

from yizhan.domains.channels import repository
from yizhan.domains.channels.service import deliveries, reach
from yizhan.domains.tickets import registry
from yizhan.domains.tickets.events import (
    MessageCancelled,
    MessageQueued,
    MessageRetried,
    MessagesMoved,
)
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

registry.provide_reach(reach.of)


@events.on(MessageQueued)
async def on_queued(tx: Tx, event: MessageQueued) -> None:
    """An answer waits to be sent."""
    await deliveries.enqueue(tx, event)


@events.on(MessageRetried)
async def on_retried(tx: Tx, event: MessageRetried) -> None:
    """A person asked to send it again."""
    await deliveries.enqueue(tx, event)


@events.on(MessageCancelled)
async def on_cancelled(tx: Tx, event: MessageCancelled) -> None:
    """An answer was taken back."""
    await deliveries.withdraw(tx, event)


@events.on(MessagesMoved)
async def on_moved(tx: Tx, event: MessagesMoved) -> None:
    """What answers a message finds it where it is now."""
    if event.way == "in":
        await repository.follow_messages(tx, event.message_ids)
