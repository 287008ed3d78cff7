"""What becomes of an answer: taken back, sent, received, read, failed, or nobody knows."""

from __future__ import annotations

from typing import Any

from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets.service import access
from yizhan.kernel import sql, text
from yizhan.kernel.tx import Tx

# How far along a state is. A later notice about an earlier stage changes nothing.
_RANK = {
    "queued": 0,
    "sending": 1,
    "held": 2,
    "unknown": 3,
    "sent": 4,
    "delivered": 5,
    "read": 6,
}
_DOUBTFUL = ("unknown", "held")  # it may have reached the customer already
_MAY_FAIL = ("queued", "sending", "held", "sent", "unknown", "delivered")


def moves_on(old: str | None, new: str) -> bool:
    """Whether a delivery may go from one state to another."""
    if old in (None, "cancelled") or old == new:
        return False
    if new == "failed":
        return old in _MAY_FAIL
    if old == "failed":
        return new == "queued"
    return new == "queued" or _RANK.get(new, -1) > _RANK.get(str(old), -1)


async def _message(tx: Tx, message_id: int) -> Any:
    row = await tx.db.fetchrow(
        "SELECT id, ticket_id, conversation_id, delivery_state, undo_until, channel FROM message"
        " WHERE workspace_id = $1 AND id = $2 AND direction = 'out' FOR NO KEY UPDATE",
        tx.workspace_id,
        message_id,
    )
    if row is None:
        raise errors.MessageNotFound
    return row


async def set_state(
    tx: Tx, message_id: int, *, state: str, error: str | None = None, external_id: str | None = None
) -> bool:
    """Record how far an answer got. Returns whether anything changed. For the channels domain."""
    row = await _message(tx, message_id)
    if not moves_on(row["delivery_state"], state):
        return False
    values: dict[str, Any] = {
        "delivery_state": state,
        "delivery_error": error,
        "delivery_at": tx.now,
    }
    if external_id is not None:
        values["external_id"] = external_id
    await repository.write(
        tx, sql.Update("message", {"workspace_id": tx.workspace_id, "id": message_id}, values)
    )
    if state != "sending":
        tx.emit(
            events.MessageDeliveryChanged(
                ticket_id=row["ticket_id"],
                message_id=message_id,
                conversation_id=row["conversation_id"],
                state=state,
                error=error,
            )
        )
    return True


async def cancel(tx: Tx, message_id: int) -> None:
    """Take an answer back while it can be. Errors: CannotUndo."""
    row = await _message(tx, message_id)
    ticket = await access.locked(tx, row["ticket_id"], permission="ticket:reply")
    waiting = row["delivery_state"] == "queued" and row["undo_until"] is not None
    if not waiting or row["undo_until"] <= tx.now:
        raise errors.CannotUndo
    await repository.write(
        tx,
        sql.Update(
            "message",
            {"workspace_id": tx.workspace_id, "id": message_id},
            {"delivery_state": "cancelled", "delivery_at": tx.now},
        ),
    )
    await repository.set_fields(tx, ticket.id, **await _without_it(tx, ticket.id))
    tx.emit(
        events.MessageCancelled(
            ticket_id=ticket.id, message_id=message_id, conversation_id=row["conversation_id"]
        )
    )


async def _without_it(tx: Tx, ticket_id: int) -> dict[str, Any]:
    """How the ticket stands when an answer was taken back: its last words, since when it waits."""
    row = await tx.db.fetchrow(
        "SELECT body_text, first_reply_at FROM (SELECT min(created_at) FILTER (WHERE direction = 'out'"
        "   AND NOT automatic) AS first_reply_at, max(id) AS last FROM message WHERE workspace_id = $1"
        "   AND ticket_id = $2 AND direction IN ('in', 'out')"
        "   AND delivery_state IS DISTINCT FROM 'cancelled') s"
        " LEFT JOIN message m ON m.workspace_id = $1 AND m.id = s.last",
        tx.workspace_id,
        ticket_id,
    )
    return {
        "waiting_since": await repository.waiting_since(tx, ticket_id),
        "first_reply_at": row["first_reply_at"] if row else None,
        "preview": text.preview((row["body_text"] if row else None) or ""),
    }


async def retry(tx: Tx, message_id: int, *, confirm_duplicate: bool = False) -> None:
    """Send a failed answer again; a doubtful one only when the risk of a double is accepted."""
    row = await _message(tx, message_id)
    ticket = await access.locked(tx, row["ticket_id"], permission="ticket:reply")
    state = row["delivery_state"]
    if state != "failed" and not (state in _DOUBTFUL and confirm_duplicate):
        raise errors.CannotRetry
    conversation = await repository.conversation(tx, row["conversation_id"])
    await repository.write(
        tx,
        sql.Update(
            "message",
            {"workspace_id": tx.workspace_id, "id": message_id},
            {
                "delivery_state": "queued",
                "delivery_error": None,
                "delivery_at": tx.now,
                "undo_until": None,
            },
        ),
        repository.change(tx, ticket.id),
    )
    tx.emit(
        events.MessageRetried(
            ticket_id=ticket.id,
            message_id=message_id,
            conversation_id=row["conversation_id"],
            inbox_id=conversation.inbox_id if conversation else None,
        )
    )
