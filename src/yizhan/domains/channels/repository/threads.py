"""SQL of references, participants and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yizhan.kernel.tx import Tx


async def add_refs(
    tx: Tx,
    *,
    external_ids: Sequence[str],
    inbox_id: int,
    message_id: int,
    ticket_id: int,
    conversation_id: int,
    direction: str,
) -> None:
    """Ids by which the outside knows a message."""
    ids = list(dict.fromkeys(i for i in external_ids if i and "\x00" not in i))
    if not ids:
        return
    await tx.db.execute(
        """INSERT INTO message_ref (workspace_id, external_id, inbox_id, message_id, ticket_id,
            conversation_id, direction, created_at)
        SELECT $1, e, $3, $4, $5, $6, $7, $8 FROM unnest($2::text[]) AS u (e)
        ON CONFLICT DO NOTHING""",
        tx.workspace_id,
        ids,
        inbox_id,
        message_id,
        ticket_id,
        conversation_id,
        direction,
        tx.now,
    )


async def refs(
    tx: Tx, inbox_id: int, *, external_ids: Sequence[str], direction: str | None = None
) -> list[Any]:
    """Messages of this inbox known by these ids, newest first."""
    return await tx.db.fetch(
        """SELECT external_id, message_id, ticket_id, conversation_id FROM message_ref
        WHERE workspace_id = $1 AND external_id = ANY($3) AND inbox_id = $2
          AND ($4::text IS NULL OR direction = $4) ORDER BY message_id DESC""",
        tx.workspace_id,
        inbox_id,
        list(external_ids),
        direction,
    )


async def follow_messages(tx: Tx, message_ids: Sequence[int]) -> None:
    """The ids that the outside knows lead to where the messages are now."""
    await tx.db.execute(
        """UPDATE message_ref r SET ticket_id = m.ticket_id, conversation_id = m.conversation_id
        FROM message m WHERE r.workspace_id = $1 AND r.message_id = ANY($2)
          AND m.workspace_id = $1 AND m.id = r.message_id AND m.conversation_id IS NOT NULL""",
        tx.workspace_id,
        list(message_ids),
    )


async def thread_ids(tx: Tx, conversation_id: int, *, before: int) -> list[tuple[str, str]]:
    """(external id, direction) of the conversation's messages, oldest first: for References."""
    rows = await tx.db.fetch(
        """SELECT r.external_id, r.direction FROM message m
        JOIN LATERAL (SELECT external_id, direction FROM message_ref
                      WHERE workspace_id = $1 AND message_id = m.id LIMIT 1) AS r ON true
        WHERE m.workspace_id = $1 AND m.conversation_id = $2 AND m.id < $3
        ORDER BY m.id DESC LIMIT 40""",
        tx.workspace_id,
        conversation_id,
        before,
    )
    return [(row[0], row[1]) for row in reversed(rows)]


async def participants(tx: Tx, ticket_id: int) -> set[str]:
    rows = await tx.db.fetch(
        "SELECT lower(address) FROM participant WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return {row[0] for row in rows}


async def add_participants(tx: Tx, ticket_id: int, *, people: Sequence[tuple[str, str]]) -> None:
    await tx.db.execute(
        """INSERT INTO participant (workspace_id, ticket_id, address, name)
        SELECT $1, $2, a, n FROM unnest($3::text[], $4::text[]) AS u (a, n)
        ON CONFLICT DO NOTHING""",
        tx.workspace_id,
        ticket_id,
        [address for address, _ in people],
        [name for _, name in people],
    )


async def automatic_since(tx: Tx, contact_id: int, *, since: datetime) -> int:
    """Automatic messages of a contact, over the indexes of conversation and message."""
    count: int = await tx.db.fetchval(
        """SELECT count(*) FROM conversation c JOIN message m
            ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
        WHERE c.workspace_id = $1 AND c.contact_id = $2 AND m.automatic AND m.direction = 'in'
          AND m.created_at > $3""",
        tx.workspace_id,
        contact_id,
        since,
    )
    return count


async def conversation(tx: Tx, conversation_id: int) -> Any:
    return await tx.db.fetchrow(
        """SELECT id, ticket_id, inbox_id, channel, contact_id, external_key, reply_to
        FROM conversation WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        conversation_id,
    )


async def identity_id(tx: Tx, contact_id: int, *, kind: str, value: str) -> int | None:
    found: int | None = await tx.db.fetchval(
        """SELECT id FROM identity WHERE workspace_id = $1 AND contact_id = $2 AND kind = $3
        AND value = $4 ORDER BY strength DESC LIMIT 1""",
        tx.workspace_id,
        contact_id,
        kind,
        value,
    )
    return found


async def add_receipt(
    tx: Tx,
    *,
    message_id: int,
    kind: str,
    state: str,
    detail: str,
    recipient: str,
    envelope_id: int | None,
) -> None:
    await tx.db.execute(
        """INSERT INTO receipt (workspace_id, id, message_id, kind, state, detail, recipient,
            envelope_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        tx.workspace_id,
        tx.new_id(),
        message_id,
        kind,
        str(state),
        detail,
        recipient,
        envelope_id,
        tx.now,
    )


async def close_delivery(tx: Tx, message_id: int, *, state: str, error: str | None) -> None:
    """What the outside knows ends our own doubt, never an answer that is being sent."""
    await tx.db.execute(
        """UPDATE delivery SET state = $3, error = $4, done_at = $5
        WHERE workspace_id = $1 AND message_id = $2 AND state IN ('unknown', 'held', 'sent')""",
        tx.workspace_id,
        message_id,
        state,
        error,
        tx.now,
    )


async def outgoing(tx: Tx, message_id: int) -> tuple[int, int] | None:
    """(message, ticket) of one of our messages."""
    row = await tx.db.fetchrow(
        """SELECT id, ticket_id FROM message
        WHERE workspace_id = $1 AND id = $2 AND direction = 'out'""",
        tx.workspace_id,
        message_id,
    )
    return None if row is None else (row[0], row[1])


async def latest_outgoing(tx: Tx, conversation_id: int) -> tuple[int, int] | None:
    """Our newest message of a conversation that has left."""
    row = await tx.db.fetchrow(
        """SELECT id, ticket_id FROM message WHERE workspace_id = $1 AND conversation_id = $2
        AND direction = 'out' AND delivery_state NOT IN ('queued', 'held', 'cancelled')
        ORDER BY id DESC LIMIT 1""",
        tx.workspace_id,
        conversation_id,
    )
    return None if row is None else (row[0], row[1])


async def ticket_number(tx: Tx, ticket_id: int) -> int | None:
    """The number by which people call a ticket."""
    found: int | None = await tx.db.fetchval(
        "SELECT number FROM ticket WHERE workspace_id = $1 AND id = $2", tx.workspace_id, ticket_id
    )
    return found
