"""Taking back a note that nobody outside has seen."""

from __future__ import annotations

from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets.service import access
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx


async def retract_note(tx: Tx, message_id: int) -> None:
    """Remove an internal note with its files and what makes it findable.

    Errors: MessageNotFound, also for what is not a note; those of access.
    """
    ticket_id: int | None = await tx.db.fetchval(
        "SELECT ticket_id FROM message WHERE workspace_id = $1 AND id = $2 AND direction = 'note'",
        tx.workspace_id,
        message_id,
    )
    if ticket_id is None:
        raise errors.MessageNotFound
    ticket = await access.locked(tx, ticket_id, permission="ticket:note")
    gone = await tx.db.fetchval(
        "WITH m AS (DELETE FROM message WHERE workspace_id = $1 AND id = $2 RETURNING id),"
        " a AS (DELETE FROM attachment WHERE workspace_id = $1 AND message_id = $2),"
        " d AS (DELETE FROM search_doc WHERE workspace_id = $1 AND kind = 'message' AND id = $2)"
        " SELECT id FROM m",
        tx.workspace_id,
        message_id,
    )
    if gone is None:
        raise errors.MessageNotFound
    await repository.set_fields(tx, ticket.id, message_count=sql.Expr("message_count - 1"))
    tx.emit(events.MessageRetracted(ticket_id=ticket.id, message_id=message_id))
