"""What conditions can ask about work on tickets, and where work goes when tickets become one."""

from __future__ import annotations

from yizhan.domains.tasks import fields
from yizhan.domains.tasks.service import carrying
from yizhan.domains.tickets import events as tickets
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

fields.register()


@events.on(tickets.TicketMerged)
async def take_along(tx: Tx, event: tickets.TicketMerged) -> None:
    """See :func:`carrying.along`."""
    await carrying.along(
        tx, event.ticket_id, into_id=event.into_id, operation_id=event.operation_id
    )


@events.on(tickets.OperationUndone)
async def bring_back(tx: Tx, event: tickets.OperationUndone) -> None:
    """See :func:`carrying.back`."""
    if event.kind == "merge":
        await carrying.back(tx, event.operation_id)
