"""The alarm of a snoozed ticket."""

from __future__ import annotations

from datetime import datetime

from yizhan.kernel import timers
from yizhan.kernel.tx import Tx


async def set_for(tx: Tx, ticket_id: int, until: datetime | None) -> None:
    """Wake a snoozed ticket then, or no longer."""
    if until is None:
        await timers.cancel(tx, kind="snooze", key=str(ticket_id))
    else:
        await timers.schedule(
            tx,
            kind="snooze",
            key=str(ticket_id),
            due=until,
            job="tickets.wake",
            payload={"ticket_id": ticket_id},
        )
