"""Surveys follow what becomes of tickets."""

from __future__ import annotations

from yizhan.domains.surveys import fields
from yizhan.domains.surveys.service import asking
from yizhan.domains.tickets import events as tickets
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

fields.register()


@events.on(tickets.TicketStatusChanged)
async def follow(tx: Tx, event: tickets.TicketStatusChanged) -> None:
    """A ticket is done, or it is not any more."""
    change = event.changes.get("status_category")
    if change is not None:
        await asking.follow(tx, event.ticket_id, category=str(change[1]))
