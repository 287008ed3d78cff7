"""Approvals as readers see them."""

from __future__ import annotations

from collections.abc import Collection

from yizhan.domains.tasks import repository as items
from yizhan.domains.tasks.approvals import repository, schemas
from yizhan.domains.tickets.service import personal
from yizhan.kernel.tx import Tx


async def of_items(tx: Tx, item_ids: Collection[int]) -> dict[int, schemas.ApprovalOut]:
    """Of those items that are approvals; one small read where none is."""
    found = await repository.approvals(tx, list(item_ids)) if item_ids else {}
    if not found:
        return {}
    answers = await repository.answers(tx, list(found))
    ids = [one.agent_id for one in answers]
    ids += [row.asked_by for row in found.values() if row.asked_by is not None]
    names = await items.names(tx, ids)
    return {
        key: schemas.approval_out(
            row,
            [one for one in answers if one.item_id == key],
            names=names,
            reader=tx.actor.agent_id,
        )
        for key, row in found.items()
    }


async def waiting(tx: Tx) -> schemas.WaitingApprovals:
    """What waits for the reader, on tickets that they may see."""
    rows = await repository.waiting(tx, personal.agent_of(tx))
    names = await items.names(tx, [row["asked_by"] for row in rows if row["asked_by"]])
    return schemas.WaitingApprovals(
        [
            schemas.WaitingApproval(
                item_id=str(row["id"]),
                text=row["text"],
                due_at=row["due_at"],
                asked_at=row["asked_at"],
                asked_by_name=names.get(row["asked_by"], ""),
                ticket_id=str(row["ticket_id"]),
                ticket_number=row["number"],
                ticket_subject=row["subject"],
            )
            for row in rows
        ]
    )
