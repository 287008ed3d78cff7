"""Webhooks and their deliveries in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from yizhan.domains.webhooks.types import Delivery, NewDelivery, State, TicketFacts, Webhook
from yizhan.kernel import holding, ids
from yizhan.kernel.tx import Tx

_WEBHOOK = """id, name, url, events, secret, active, disabled_reason, created_at, previous_secret,
    previous_until, failing_since, failed_at"""
_DELIVERY = """d.id, d.webhook_id, d.event_id, d.ticket_id, d.type, d.body, d.state, d.attempts,
    d.next_at, d.status, d.response, d.error, d.duration_ms, d.created_at, d.done_at"""

_ADD = """
INSERT INTO webhook_delivery (workspace_id, id, webhook_id, event_id, ticket_id, lane, type, body,
    state, next_at, created_at)
SELECT $1, u.id, u.webhook_id, u.event_id, u.ticket_id, coalesce(u.ticket_id, 0), u.type, u.body,
    $9, $8, $8
FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
    WITH ORDINALITY AS u (id, webhook_id, event_id, ticket_id, type, body, place)
ORDER BY u.place
"""

# The first open delivery of each lane, when it is due and nobody sends it.
_CLAIM = f"""
UPDATE webhook_delivery d SET leased_until = $4
FROM (
    SELECT id FROM webhook_delivery o
    WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'pending' AND next_at <= $3
      AND (leased_until IS NULL OR leased_until <= $3)
      AND NOT EXISTS (
          SELECT FROM webhook_delivery e
          WHERE e.workspace_id = $1 AND e.webhook_id = $2 AND e.state = 'pending'
            AND e.lane = o.lane AND e.position < o.position)
    ORDER BY position LIMIT $5
) head
WHERE d.workspace_id = $1 AND d.id = head.id
RETURNING {_DELIVERY}
"""

_NEXT = """
SELECT min(greatest(o.next_at, coalesce(o.leased_until, o.next_at))) FROM (
    SELECT DISTINCT ON (lane) next_at, leased_until FROM webhook_delivery
    WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'pending' ORDER BY lane, position
) o
"""


async def webhooks(tx: Tx) -> list[Webhook]:
    """All webhooks, oldest first."""
    return await tx.db.fetch_as(
        Webhook,
        f"SELECT {_WEBHOOK} FROM webhook WHERE workspace_id = $1 ORDER BY id",
        tx.workspace_id,
    )


async def webhook(tx: Tx, webhook_id: int, *, lock: bool = False) -> Webhook | None:
    """One webhook; locked, its deliveries are claimed and settled by nobody else."""
    return await tx.db.fetchrow_as(
        Webhook,
        f"SELECT {_WEBHOOK} FROM webhook WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        webhook_id,
    )


async def insert(tx: Tx, row: Webhook) -> None:
    """Add a webhook."""
    await tx.db.execute(
        "INSERT INTO webhook (workspace_id, id, name, url, events, secret, active, created_by,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tx.workspace_id, row.id, row.name, row.url, row.events, row.secret, row.active,
        tx.actor.agent_id, row.created_at,
    )  # fmt: skip


async def update(tx: Tx, webhook_id: int, **values: Any) -> None:
    """Change columns, named by our own code."""
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, start=3))
    await tx.db.execute(
        f"UPDATE webhook SET {sets} WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        webhook_id,
        *values.values(),
    )


async def delete(tx: Tx, webhook_id: int) -> None:
    """Remove a webhook and its deliveries."""
    for table, column in (("webhook_delivery", "webhook_id"), ("webhook", "id")):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = $2",
            tx.workspace_id,
            webhook_id,
        )


async def tickets(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, TicketFacts]:
    """Number and status of tickets, by id."""
    rows = await tx.db.fetch_as(
        TicketFacts,
        "SELECT id, number, status FROM ticket WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row.id: row for row in rows}


async def add_deliveries(
    tx: Tx, rows: Sequence[NewDelivery], *, state: State = "pending"
) -> list[int]:
    """Write deliveries in this order. Returns their ids."""
    fresh = [tx.new_id() for _ in rows]
    await tx.db.execute(
        _ADD,
        tx.workspace_id,
        fresh,
        [row.webhook_id for row in rows],
        [row.event_id for row in rows],
        [row.ticket_id for row in rows],
        [row.type for row in rows],
        [row.body for row in rows],
        tx.now,
        state,
    )
    return fresh


async def claim(
    tx: Tx, webhook_id: int, *, now: datetime, lease: timedelta, most: int
) -> list[Delivery]:
    """Take deliveries that may be sent now, at most one of a ticket."""
    return await tx.db.fetch_as(
        Delivery, _CLAIM, tx.workspace_id, webhook_id, now, now + lease, most
    )


_HELD = "(state = 'held' OR (state = 'pending' AND created_at <= $2))"


async def held(tx: Tx, *, before: datetime | None) -> holding.Count:
    """How many are held since a restore, or will be; since when the oldest waits."""
    (found,) = await tx.db.fetch_as(
        holding.Count,
        "SELECT count(*) AS count, min(created_at) AS oldest FROM webhook_delivery"
        f" WHERE workspace_id = $1 AND {_HELD}",
        tx.workspace_id,
        before,
    )
    return found


async def hold(tx: Tx, webhook_id: int, *, before: datetime) -> None:
    """What is older waits for somebody's decision and stands in nobody's way."""
    await tx.db.execute(
        "UPDATE webhook_delivery SET state = 'held', leased_until = NULL"
        " WHERE workspace_id = $1 AND webhook_id = $3 AND state = 'pending' AND created_at <= $2",
        tx.workspace_id,
        before,
        webhook_id,
    )


async def release_held(tx: Tx, *, most: int) -> list[int]:
    """Let some go, the oldest first, as if they had just come. Returns their webhooks."""
    rows = await tx.db.fetch(
        "UPDATE webhook_delivery SET state = 'pending', attempts = 0, next_at = $2, created_at = $2"
        " WHERE workspace_id = $1 AND id IN (SELECT id FROM webhook_delivery WHERE workspace_id = $1"
        " AND state = 'held' ORDER BY position LIMIT $3) RETURNING webhook_id",
        tx.workspace_id,
        tx.now,
        most,
    )
    return [row["webhook_id"] for row in rows]


async def discard_held(tx: Tx, *, before: datetime, reason: str, most: int) -> int:
    """End some without sending them. Returns how many."""
    rows = await tx.db.fetch(
        "UPDATE webhook_delivery SET state = 'failed', error = $3, done_at = $4, leased_until = NULL"
        " WHERE workspace_id = $1 AND id IN (SELECT id FROM webhook_delivery WHERE workspace_id = $1"
        f" AND {_HELD} ORDER BY position LIMIT $5) RETURNING id",
        *(tx.workspace_id, before, reason, tx.now, most),
    )
    return len(rows)


async def next_due(tx: Tx, webhook_id: int) -> datetime | None:
    """When there is something to send again; a lease that runs out counts."""
    moment: datetime | None = await tx.db.fetchval(_NEXT, tx.workspace_id, webhook_id)
    return moment


async def save(tx: Tx, row: Delivery) -> None:
    """Write what an attempt came to, and give the lease back."""
    await tx.db.execute(
        "UPDATE webhook_delivery SET state = $3, attempts = $4, next_at = $5, status = $6,"
        " response = $7, error = $8, duration_ms = $9, done_at = $10, leased_until = NULL"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id, row.id, row.state, row.attempts, row.next_at, row.status, row.response,
        row.error, row.duration_ms, row.done_at,
    )  # fmt: skip


async def give_up_open(tx: Tx, webhook_id: int, *, error: str, now: datetime) -> None:
    """End everything that is still open."""
    await tx.db.execute(
        "UPDATE webhook_delivery SET state = 'failed', error = $3, done_at = $4,"
        " leased_until = NULL WHERE workspace_id = $1 AND webhook_id = $2 AND state = 'pending'",
        tx.workspace_id,
        webhook_id,
        error,
        now,
    )


async def forget(tx: Tx, webhook_id: int, *, before: datetime, most: int = 100) -> None:
    """Drop old entries of the log, some at a time. Index webhook_delivery_recent."""
    await tx.db.execute(
        "DELETE FROM webhook_delivery WHERE workspace_id = $1 AND id IN ("
        " SELECT id FROM webhook_delivery WHERE workspace_id = $1 AND webhook_id = $2 AND id < $3"
        " AND state <> 'pending' ORDER BY id LIMIT $4)",
        tx.workspace_id,
        webhook_id,
        ids.first_at(int(before.timestamp() * 1000)),
        most,
    )


async def deliveries(
    tx: Tx, webhook_id: int, *, state: str | None, before: int | None, limit: int
) -> list[Delivery]:
    """The log of a webhook, newest first."""
    return await tx.db.fetch_as(
        Delivery,
        f"SELECT {_DELIVERY} FROM webhook_delivery d"
        " WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND ($3::text IS NULL OR d.state = $3)"
        " AND ($4::bigint IS NULL OR d.id < $4) ORDER BY d.id DESC LIMIT $5",
        tx.workspace_id,
        webhook_id,
        state,
        before,
        limit,
    )


async def delivery(tx: Tx, webhook_id: int, delivery_id: int) -> Delivery | None:
    """One delivery of a webhook."""
    return await tx.db.fetchrow_as(
        Delivery,
        f"SELECT {_DELIVERY} FROM webhook_delivery d"
        " WHERE d.workspace_id = $1 AND d.webhook_id = $2 AND d.id = $3",
        tx.workspace_id,
        webhook_id,
        delivery_id,
    )
