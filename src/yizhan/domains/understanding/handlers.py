"""What is known of tickets follows their messages; conditions can ask for it."""

from __future__ import annotations

from yizhan.domains.tickets import events as tickets
from yizhan.domains.understanding import fields, repository
from yizhan.domains.understanding.events import MessageUnderstood
from yizhan.domains.understanding.service import knowing
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

fields.register()


@events.on(tickets.MessagesMoved)
async def follow(tx: Tx, event: tickets.MessagesMoved) -> None:
    """Readings go with their messages; both tickets are told of the move, each counts itself."""
    await repository.follow_messages(tx, event.message_ids)
    settings, _ = await repository.settings(tx)
    if await repository.hold(tx, event.ticket_id):
        changes = await knowing.settle(tx, event.ticket_id, settings=settings)
        if changes:
            tx.emit(
                MessageUnderstood(
                    ticket_id=event.ticket_id, message_id=max(event.message_ids), changes=changes
                )
            )
