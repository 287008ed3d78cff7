"""The customer's mood beside a ticket, as whoever reads messages says it."""

from __future__ import annotations

from typing import Literal

from yizhan.kernel.tx import Tx

Mood = Literal["negative", "grave"]


async def put(tx: Tx, ticket_id: int, mood: Mood | None) -> None:
    """Keep it with the ticket's row, where lists read it for nothing. Nobody has changed the ticket
    by it, so that its version stays."""
    await tx.db.execute(
        "UPDATE ticket SET mood = $3 WHERE workspace_id = $1 AND id = $2 AND mood IS DISTINCT FROM $3",
        tx.workspace_id,
        ticket_id,
        mood,
    )
