"""Work goes with its ticket: into the one that a merge leaves, and back when that is undone."""

from __future__ import annotations

from yizhan.domains.tasks import repository
from yizhan.kernel.tx import Tx


async def along(tx: Tx, ticket_id: int, *, into_id: int, operation_id: int) -> None:
    """Time, checklist and waiting reminders of a ticket are those of the other one from now on."""
    for kind in repository.CARRIED:
        await repository.carry(
            tx, kind, source=ticket_id, target=into_id, operation_id=operation_id
        )


async def back(tx: Tx, operation_id: int) -> None:
    """What a merge took along, and what still is where it put it, goes home. Twice is once."""
    for kind in repository.CARRIED:
        await repository.carry_back(tx, kind, operation_id=operation_id)
    await repository.forget_moves(tx, operation_id)
