"""Taking a split back."""

from __future__ import annotations

from yizhan.domains.tickets import errors
from yizhan.domains.tickets.relations import linking, merging, moving, splitting
from yizhan.domains.tickets.relations import repository as relations
from yizhan.domains.tickets.relations.types import Link, Operation
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


async def undo(tx: Tx, operation: Operation) -> list[str]:
    """The messages go back to their conversations, with what was said since. The number that was
    given out stays, as an empty closed stub that points back.

    Errors: OperationStands, those of access.
    """
    new_id = operation.other_id or 0
    origin, made = await access.both(
        tx, operation.ticket_id, second=new_id, permission="ticket:edit", other="ticket:edit"
    )
    kept = operation.undo
    talks = {int(new): int(old) for old, new in kept["conversations"]}
    ids = [int(number) for number, _ in kept["messages"]]
    await _check(tx, operation, origin, made, ids)
    everything = await tx.db.fetch(
        "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY id",
        tx.workspace_id,
        made.id,
    )
    await moving.messages(tx, [row[0] for row in everything], to=origin.id)
    for number, conversation_id in kept["messages"]:
        await splitting.rethread(
            tx, [int(number)], to=int(conversation_id) if conversation_id else None
        )
    for new, old in talks.items():
        await _return_thread(tx, new, old=old)
    await tx.db.execute(
        "UPDATE conversation SET ticket_id = $3 WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        made.id,
        origin.id,
    )
    link = Link("split", origin.id, made.id)
    if await relations.drop_link(tx, link):
        linking.tell(tx, link, linked=False)
    await merging.close(tx, made, into=origin, operation_id=operation.id)
    await moving.recount(tx, origin.id, back_to=moving.Mark.read(kept["mark"]))
    moved = [row[0] for row in everything]
    moving.tell(tx, moved, source=made.id, target=origin.id, operation_id=operation.id)
    return []


async def _check(
    tx: Tx, operation: Operation, origin: Ticket, made: Ticket, ids: list[int]
) -> None:
    """Nothing was built on the new ticket since. Errors: OperationStands."""
    later = await relations.standing(tx, [made.id], after=operation.id)
    elsewhere = await tx.db.fetchval(
        "SELECT count(*) FROM message WHERE workspace_id = $1 AND id = ANY($2) AND ticket_id <> $3",
        tx.workspace_id,
        ids,
        made.id,
    )
    if later or elsewhere or made.merged_into is not None or origin.merged_into is not None:
        later = later or await relations.standing(tx, [origin.id], after=operation.id)
        raise errors.OperationStands(
            reason="moved_on", operations=[{"id": str(op.id), "kind": op.kind} for op in later]
        )


async def _return_thread(tx: Tx, new: int, *, old: int) -> None:
    """A conversation in which something was said since comes along; an unused one goes."""
    used = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM message WHERE workspace_id = $1 AND conversation_id = $2"
        " AND delivery_state IS DISTINCT FROM 'cancelled')",
        tx.workspace_id,
        new,
    )
    if used:
        return
    await tx.db.execute(
        "UPDATE message SET conversation_id = $3 WHERE workspace_id = $1 AND conversation_id = $2",
        tx.workspace_id,
        new,
        old,
    )
    await tx.db.execute(
        "DELETE FROM conversation WHERE workspace_id = $1 AND id = $2", tx.workspace_id, new
    )
