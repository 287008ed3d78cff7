"""What was done with tickets, and taking it back: later, by another process, exactly once."""

from __future__ import annotations

from yizhan.domains.tickets import errors, events
from yizhan.domains.tickets.relations import (
    incidents,
    linking,
    repository,
    unmerging,
    unsplitting,
)
from yizhan.domains.tickets.relations.types import Operation
from yizhan.domains.tickets.service import access
from yizhan.kernel.tx import Tx


async def of_ticket(tx: Tx, ticket_id: int) -> list[Operation]:
    """What stands of what was done with a ticket, the newest first."""
    await access.ticket(tx, ticket_id)
    return await repository.standing(tx, [ticket_id])


async def undo(tx: Tx, operation_id: int) -> Operation:
    """Take an operation back; a second time changes nothing. ``left_alone`` names what stayed.

    Errors: OperationNotFound, OperationStands, those of access.
    """
    operation = await repository.operation(tx, operation_id, lock=True)
    if operation is None:
        raise errors.OperationNotFound
    try:
        await access.ticket(tx, operation.ticket_id)
    except errors.TicketNotFound as error:
        raise errors.OperationNotFound from error
    if operation.undone_at is not None:
        return operation
    left = await _take_back(tx, operation)
    for ticket_id in dict.fromkeys((operation.ticket_id, operation.other_id)):
        if ticket_id is not None:
            tx.emit(
                events.OperationUndone(
                    ticket_id=ticket_id,
                    operation_id=operation.id,
                    kind=operation.kind,
                    left_alone=left,
                )
            )
    return await repository.end_operation(tx, operation.id, left_alone=left)


async def _take_back(tx: Tx, operation: Operation) -> list[str]:
    if operation.kind == "merge":
        return await unmerging.undo(tx, operation)
    if operation.kind == "split":
        return await unsplitting.undo(tx, operation)
    if operation.kind == "answer":
        return await incidents.undo(tx, operation)
    return await linking.undo(tx, operation)
