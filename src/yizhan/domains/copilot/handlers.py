"""An answer leaves, or does not after all."""

from __future__ import annotations

from yizhan.domains.copilot.repository import answers
from yizhan.domains.copilot.service import fates
from yizhan.domains.tickets.events import MessageCancelled, MessageQueued
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.on(MessageQueued)
async def note_sent(tx: Tx, event: MessageQueued) -> None:
    """Is it what the copilot made?"""
    if not event.automatic:
        await fates.sent(tx, event.ticket_id, message_id=event.message_id)


@events.on(MessageCancelled)
async def forget_sent(tx: Tx, event: MessageCancelled) -> None:
    """It is in the editor again."""
    await answers.reopen(tx, event.message_id)
