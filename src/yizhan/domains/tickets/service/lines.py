"""Lines of the system within a conversation."""

from __future__ import annotations

from typing import Any

from yizhan.domains.tickets import events, repository
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx


async def note_relation(tx: Tx, ticket_id: int, related_id: int) -> None:
    """Tell the agents of a ticket that another may belong to it; nobody joins by this."""
    related = await repository.ticket(tx, related_id)
    if related is not None:
        await system_line(
            tx,
            ticket_id,
            f"related:{related.number}",
            meta={"related_ticket": str(related.id), "number": related.number},
        )


async def system_line(tx: Tx, ticket_id: int, code: str, *, meta: dict[str, Any]) -> int:
    """A line of the system in the conversation. The interface words it from its code."""
    message_id = tx.new_id()
    await repository.write(
        tx,
        sql.Insert(
            "message",
            {
                "workspace_id": tx.workspace_id,
                "id": message_id,
                "ticket_id": ticket_id,
                "direction": "system",
                "visibility": "internal",
                "author_kind": "system",
                "channel": "system",
                "body_text": code,
                "meta": meta,
                "created_at": tx.now,
            },
        ),
    )
    tx.emit(events.MessageNoted(ticket_id=ticket_id, message_id=message_id))
    return message_id
