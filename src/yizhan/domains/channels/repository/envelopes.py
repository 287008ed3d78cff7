"""SQL of envelopes: what came in, raw."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.domains.channels.types import Envelope
from yizhan.kernel.tx import Tx

_ENVELOPE = """id, inbox_id, dedupe_key, state, reason, detail, sha256, size, content_type, meta,
summary, attempts, message_id, ticket_id, occurred_at, received_at, done_at"""


async def add_envelope(
    tx: Tx,
    inbox_id: int,
    *,
    dedupe_key: str,
    sha256: str,
    size: int,
    content_type: str,
    meta: dict[str, Any],
    occurred_at: datetime | None,
) -> int | None:
    """The new envelope's id, None when this inbox has had it before."""
    row: int | None = await tx.db.fetchval(
        """INSERT INTO envelope (workspace_id, id, inbox_id, dedupe_key, state, sha256, size,
            content_type, meta, occurred_at, received_at)
        VALUES ($1, $2, $3, $4, 'received', $5, $6, $7, $8, $9, $10)
        ON CONFLICT (workspace_id, inbox_id, dedupe_key) DO NOTHING RETURNING id""",
        tx.workspace_id,
        tx.new_id(),
        inbox_id,
        dedupe_key,
        sha256,
        size,
        content_type,
        meta,
        occurred_at,
        tx.now,
    )
    return row


async def envelope_by_key(tx: Tx, inbox_id: int, *, dedupe_key: str) -> Envelope | None:
    return await tx.db.fetchrow_as(
        Envelope,
        f"""SELECT {_ENVELOPE} FROM envelope
        WHERE workspace_id = $1 AND inbox_id = $2 AND dedupe_key = $3""",
        tx.workspace_id,
        inbox_id,
        dedupe_key,
    )


async def envelope(tx: Tx, envelope_id: int, *, lock: bool = False) -> Envelope | None:
    return await tx.db.fetchrow_as(
        Envelope,
        f"SELECT {_ENVELOPE} FROM envelope WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        envelope_id,
    )


async def envelopes(tx: Tx, *, state: str, before: int | None, limit: int) -> list[Envelope]:
    """Newest first, over the index envelope_state."""
    return await tx.db.fetch_as(
        Envelope,
        f"""SELECT {_ENVELOPE} FROM envelope WHERE workspace_id = $1 AND state = $2
        AND state <> 'message' AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4""",
        tx.workspace_id,
        state,
        before,
        limit,
    )


async def earlier_waiting(tx: Tx, envelope: Envelope, *, order_key: str) -> int | None:
    """An envelope of the same order that came before and is not done."""
    found: int | None = await tx.db.fetchval(
        """SELECT id FROM envelope WHERE workspace_id = $1 AND inbox_id = $2 AND state = 'received'
        AND state <> 'message' AND meta->>'order_key' = $3 AND id < $4 ORDER BY id LIMIT 1""",
        tx.workspace_id,
        envelope.inbox_id,
        order_key,
        envelope.id,
    )
    return found


async def finish_envelope(
    tx: Tx,
    envelope_id: int,
    *,
    state: str,
    reason: str | None = None,
    detail: str | None = None,
    summary: dict[str, Any] | None = None,
    message_id: int | None = None,
    ticket_id: int | None = None,
) -> None:
    await tx.db.execute(
        """UPDATE envelope SET state = $3, reason = $4, detail = $5,
            summary = coalesce($6, summary), message_id = $7, ticket_id = $8, done_at = $9
        WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        envelope_id,
        state,
        reason,
        detail,
        summary,
        message_id,
        ticket_id,
        tx.now,
    )


async def count_attempt(tx: Tx, envelope_id: int, *, detail: str) -> int:
    count: int = await tx.db.fetchval(
        """UPDATE envelope SET attempts = attempts + 1, detail = $3
        WHERE workspace_id = $1 AND id = $2 RETURNING attempts""",
        tx.workspace_id,
        envelope_id,
        detail[:1000],
    )
    return count


async def release_envelope(tx: Tx, envelope_id: int) -> None:
    await tx.db.execute(
        """UPDATE envelope SET state = 'received', reason = NULL, attempts = 0, done_at = NULL,
            meta = meta || '{"released": true}', handled_by = $3
        WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        envelope_id,
        tx.actor.stamp(),
    )


async def discard_envelope(tx: Tx, envelope_id: int) -> None:
    await tx.db.execute(
        """UPDATE envelope SET state = 'discarded', done_at = $4, handled_by = $3
        WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        envelope_id,
        tx.actor.stamp(),
        tx.now,
    )


async def envelope_of_message(tx: Tx, message_id: int) -> tuple[int, Envelope] | None:
    """(ticket, envelope) of a message that came in raw."""
    row = await tx.db.fetchrow(
        "SELECT ticket_id, envelope_id FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    if row is None or row["envelope_id"] is None:
        return None
    found = await envelope(tx, row["envelope_id"])
    return None if found is None else (row["ticket_id"], found)
