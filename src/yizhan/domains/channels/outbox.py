"""SQL of what goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.domains.channels.types import Delivery
from yizhan.kernel import holding
from yizhan.kernel.tx import Tx

JOB = "channels.deliver"
_HELD = """(d.state = 'held' OR (d.state IN ('queued', 'sending') AND d.created_at <= $2))"""
_DELIVERY = """message_id, conversation_id, inbox_id, state, attempts, not_before, leased_until,
error, created_at"""


async def add(
    tx: Tx, message_id: int, *, conversation_id: int, inbox_id: int, not_before: datetime
) -> None:
    """A message that waits; a second time it waits anew."""
    await tx.db.execute(
        """INSERT INTO delivery (workspace_id, message_id, conversation_id, inbox_id, state,
            not_before, created_at) VALUES ($1, $2, $3, $4, 'queued', $5, $6)
        ON CONFLICT (workspace_id, message_id) DO UPDATE SET state = 'queued', inbox_id = $4,
            not_before = $5, leased_until = NULL, attempts = 0, error = NULL, done_at = NULL,
            created_at = $6""",
        tx.workspace_id,
        message_id,
        conversation_id,
        inbox_id,
        not_before,
        tx.now,
    )


async def get(tx: Tx, message_id: int) -> Delivery | None:
    """Held until the end of the transaction."""
    return await tx.db.fetchrow_as(
        Delivery,
        f"SELECT {_DELIVERY} FROM delivery WHERE workspace_id = $1 AND message_id = $2 FOR UPDATE",
        tx.workspace_id,
        message_id,
    )


async def earlier_open(tx: Tx, delivery: Delivery) -> bool:
    """Whether an earlier message of the conversation has not left yet. Index delivery_open."""
    found: bool = await tx.db.fetchval(
        """SELECT EXISTS (SELECT FROM delivery WHERE workspace_id = $1 AND conversation_id = $2
            AND message_id < $3 AND state IN ('queued', 'sending'))""",
        tx.workspace_id,
        delivery.conversation_id,
        delivery.message_id,
    )
    return found


async def claim(tx: Tx, message_id: int, *, until: datetime) -> None:
    await tx.db.execute(
        """UPDATE delivery SET state = 'sending', leased_until = $3, attempts = attempts + 1
        WHERE workspace_id = $1 AND message_id = $2""",
        tx.workspace_id,
        message_id,
        until,
    )


async def again(tx: Tx, message_id: int, *, not_before: datetime, error: str) -> None:
    await tx.db.execute(
        """UPDATE delivery SET state = 'queued', leased_until = NULL, not_before = $3, error = $4
        WHERE workspace_id = $1 AND message_id = $2""",
        tx.workspace_id,
        message_id,
        not_before,
        error[:1000],
    )


async def finish(
    tx: Tx,
    message_id: int,
    *,
    state: str,
    error: str | None = None,
    external_id: str | None = None,
) -> None:
    await tx.db.execute(
        """UPDATE delivery SET state = $3, leased_until = NULL, error = $4,
            external_id = coalesce($5, external_id), done_at = $6
        WHERE workspace_id = $1 AND message_id = $2""",
        tx.workspace_id,
        message_id,
        state,
        error,
        external_id,
        tx.now,
    )


async def held(tx: Tx, *, before: datetime | None) -> holding.Count:
    """How many are held, or will be when they are looked at; since when the oldest waits.
    Indexes delivery_held and delivery_open."""
    (found,) = await tx.db.fetch_as(
        holding.Count,
        "SELECT count(*) AS count, min(d.created_at) AS oldest FROM delivery d"
        f" WHERE d.workspace_id = $1 AND {_HELD}",
        tx.workspace_id,
        before,
    )
    return found


async def take_held(tx: Tx, *, most: int, before: datetime | None = None) -> list[Any]:
    """Some of them, the oldest first, until the end of the transaction."""
    return await tx.db.fetch(
        f"""SELECT d.message_id, d.conversation_id, d.inbox_id, m.delivery_state
        FROM delivery d JOIN message m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
        WHERE d.workspace_id = $1 AND {_HELD} ORDER BY d.message_id LIMIT $3 FOR UPDATE OF d""",
        tx.workspace_id,
        before,
        most,
    )


CONTENT = """
SELECT m.id, m.ticket_id, t.number, t.subject, m.conversation_id, m.body_text, m.body_html,
       m.author_name, m.author_kind, m.author_id, m.addressing, m.automatic, m.created_at,
       m.meta, coalesce(c.external_key, (
           SELECT o.external_key FROM conversation o WHERE o.workspace_id = $1
           AND o.id = (c.meta->>'split_from')::bigint)) AS external_key, c.reply_to,
       c.contact_id, k.name AS contact_name,
       coalesce(k.locale, b.locale, 'en') AS locale, b.id AS brand_id,
       coalesce(b.name, '') AS brand_name, coalesce(b.sender_name, '') AS sender_name,
       coalesce(b.signature, '') AS brand_signature,
       coalesce(a.signature, '') AS agent_signature
FROM message m
JOIN ticket t ON t.workspace_id = m.workspace_id AND t.id = m.ticket_id
JOIN conversation c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
JOIN contact k ON k.workspace_id = m.workspace_id AND k.id = c.contact_id
LEFT JOIN brand b ON b.workspace_id = m.workspace_id AND b.id = t.brand_id
LEFT JOIN agent a ON a.workspace_id = m.workspace_id AND a.id = m.author_id
     AND m.author_kind = 'agent'
WHERE m.workspace_id = $1 AND m.id = $2 AND m.direction = 'out' AND m.visibility = 'public'
"""


async def content(tx: Tx, message_id: int) -> Any:
    """All that an outgoing message is made of. Internal ones are not found, whatever was asked.

    Where a conversation was split from is asked for by itself: as a join behind row-level security no
    index serves it, and all conversations are read.
    """
    return await tx.db.fetchrow(CONTENT, tx.workspace_id, message_id)


async def files(tx: Tx, message_id: int) -> list[Any]:
    return await tx.db.fetch(
        """SELECT f.id, f.name, f.content_type, f.sha256, a.inline, a.content_id
        FROM attachment a JOIN file f ON f.workspace_id = a.workspace_id AND f.id = a.file_id
        WHERE a.workspace_id = $1 AND a.message_id = $2 ORDER BY a.position, f.id""",
        tx.workspace_id,
        message_id,
    )


async def answered(tx: Tx, conversation_id: int, *, before: int) -> Any:
    """The customer's last message before ours: it is quoted below the answer."""
    return await tx.db.fetchrow(
        """SELECT m.id, m.author_name, m.body_text, m.body_html, m.created_at, m.addressing
        FROM message m WHERE m.workspace_id = $1 AND m.conversation_id = $2 AND m.id < $3
          AND m.direction = 'in' ORDER BY m.id DESC LIMIT 1""",
        tx.workspace_id,
        conversation_id,
        before,
    )


async def sent_since(tx: Tx, conversation_id: int, *, moment: datetime) -> int:
    """Our messages in a conversation since a moment, those that wait included."""
    count: int = await tx.db.fetchval(
        """SELECT count(*) FROM message WHERE workspace_id = $1 AND conversation_id = $2
        AND direction = 'out' AND created_at >= $3
        AND delivery_state NOT IN ('cancelled', 'failed')""",
        tx.workspace_id,
        conversation_id,
        moment,
    )
    return count


async def message_meta(tx: Tx, message_id: int) -> Any:
    """(ticket, automatic, state) of an outgoing message."""
    return await tx.db.fetchrow(
        """SELECT ticket_id, automatic, delivery_state FROM message
        WHERE workspace_id = $1 AND id = $2 AND direction = 'out'""",
        tx.workspace_id,
        message_id,
    )


async def count_automatic(tx: Tx, address: str, *, since: datetime) -> int:
    count: int = await tx.db.fetchval(
        """SELECT count(*) FROM auto_reply WHERE workspace_id = $1 AND address = $2 AND at > $3""",
        tx.workspace_id,
        address,
        since,
    )
    return count


async def hold_address(tx: Tx, address: str) -> None:
    """One automatic answer to an address at a time, so that the count holds in parallel."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"auto_reply|{tx.workspace_id}|{address}",
    )


async def note_automatic(tx: Tx, address: str, *, message_id: int) -> None:
    await tx.db.execute(
        """INSERT INTO auto_reply (workspace_id, address, at, message_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING""",
        tx.workspace_id,
        address,
        tx.now,
        message_id,
    )


async def last_in_automatic(tx: Tx, conversation_id: int) -> bool:
    """Whether the customer's last message was written by a machine."""
    found: bool | None = await tx.db.fetchval(
        """SELECT automatic FROM message WHERE workspace_id = $1 AND conversation_id = $2
        AND direction = 'in' ORDER BY id DESC LIMIT 1""",
        tx.workspace_id,
        conversation_id,
    )
    return bool(found)


async def carriers(tx: Tx, *, channels: list[str], brand_id: int | None) -> int | None:
    """The first active inbox of these channels, of the ticket's brand if it has one."""
    found: int | None = await tx.db.fetchval(
        """SELECT id FROM inbox WHERE workspace_id = $1 AND active AND channel = ANY($2)
        ORDER BY (brand_id IS NOT DISTINCT FROM $3) DESC, created_at, id LIMIT 1""",
        tx.workspace_id,
        channels,
        brand_id,
    )
    return found


async def brand_of(tx: Tx, ticket_id: int) -> int | None:
    found: int | None = await tx.db.fetchval(
        "SELECT brand_id FROM ticket WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return found
