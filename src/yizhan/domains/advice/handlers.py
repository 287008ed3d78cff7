"""An answer leaves, or does not after all; a ticket is done."""

from __future__ import annotations

from yizhan.domains.advice import service
from yizhan.domains.advice.repository import take_back
from yizhan.domains.tickets.events import MessageCancelled, MessageQueued, TicketStatusChanged
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.on(MessageQueued)
async def note_sent(tx: Tx, event: MessageQueued) -> None:
    """Which articles does it carry?"""
    if not event.automatic:
        await service.sent(tx, event.ticket_id, message_id=event.message_id)


@events.on(MessageCancelled)
async def forget_sent(tx: Tx, event: MessageCancelled) -> None:
    """It carried them nowhere."""
    await take_back(tx, event.message_id)


@events.on(TicketStatusChanged)
async def note_done(tx: Tx, event: TicketStatusChanged) -> None:
    """Was it an article, and does it stay so?"""
    if event.changes.get("status_category", [None, None])[1] in ("resolved", "closed"):
        await service.settle(tx, event.ticket_id)
