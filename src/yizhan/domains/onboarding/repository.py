"""Exercises in the database."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.onboarding.types import Practice
from yizhan.kernel.tx import Tx

_COLUMNS = ", ".join(field.name for field in msgspec.structs.fields(Practice))
# What stays of an exercise: the log, who made it, and what other systems were told, which is nothing.
_KEPT = ("event", "practice", "webhook_delivery")
# Uses practice_own.
RUNNING = "SELECT ticket_id FROM practice WHERE workspace_id = $1 AND removed_at IS NULL"
_HANGING = """
SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attname = $1 AND NOT a.attisdropped AND c.relname <> ALL($2)
  AND EXISTS (SELECT FROM pg_attribute w WHERE w.attrelid = c.oid AND w.attname = 'workspace_id')
ORDER BY c.relname
"""


async def add(tx: Tx, one: Practice) -> None:
    await tx.db.execute(
        f"INSERT INTO practice (workspace_id, {_COLUMNS}, started_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tx.workspace_id,
        *msgspec.structs.astuple(one),
        tx.now,
    )


async def of_agent(tx: Tx, agent_id: int) -> list[Practice]:
    """An agent's exercises. Uses practice_own."""
    return await tx.db.fetch_as(
        Practice,
        f"SELECT {_COLUMNS} FROM practice"
        " WHERE workspace_id = $1 AND agent_id = $2 AND removed_at IS NULL ORDER BY ticket_id",
        tx.workspace_id,
        agent_id,
    )


async def hold(tx: Tx, ticket_id: int) -> Practice | None:
    """An exercise that is still there, held until the end of the transaction."""
    return await tx.db.fetchrow_as(
        Practice,
        f"SELECT {_COLUMNS} FROM practice"
        " WHERE workspace_id = $1 AND ticket_id = $2 AND removed_at IS NULL FOR UPDATE",
        tx.workspace_id,
        ticket_id,
    )


async def among(tx: Tx, ids: Sequence[int]) -> set[int]:
    """Which of some tickets and customers belong to exercises, or did."""
    rows = await tx.db.fetch(
        "SELECT ticket_id FROM practice WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])"
        " UNION ALL"
        " SELECT contact_id FROM practice WHERE workspace_id = $1 AND contact_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ids),
    )
    return {row[0] for row in rows}


async def advance(tx: Tx, ticket_id: int, *, step: int, done: bool) -> None:
    await tx.db.execute(
        "UPDATE practice SET step = $3, done = $4 WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
        step,
        done,
    )


async def answer(tx: Tx, ticket_id: int, message_id: int) -> str | None:
    """What the agent wrote; None when it was taken back."""
    found: str | None = await tx.db.fetchval(
        "SELECT body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND id = $3"
        " AND delivery_state IS DISTINCT FROM 'cancelled'",
        tx.workspace_id,
        ticket_id,
        message_id,
    )
    return found


async def clear(tx: Tx, one: Practice) -> None:
    """Delete a ticket, whatever hangs on it, and its invented customer. What a later release hangs
    on tickets is found by the names of columns."""
    here = "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2"
    hanging = {row[0] for row in await tx.db.fetch(_HANGING, "ticket_id", list(_KEPT))}
    for row in await tx.db.fetch(_HANGING, "message_id", [*_KEPT, *hanging]):
        await tx.db.execute(
            f"DELETE FROM {row[0]} WHERE workspace_id = $1 AND message_id IN ({here})",
            tx.workspace_id,
            one.ticket_id,
        )
    for table in sorted(hanging):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND ticket_id = $2",
            tx.workspace_id,
            one.ticket_id,
        )
    for table, number in (("ticket", one.ticket_id), ("search_doc", one.ticket_id)):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND id = $2", tx.workspace_id, number
        )
    await _forget_customer(tx, one.contact_id)
    await tx.db.execute(
        "UPDATE practice SET removed_at = $3 WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        one.ticket_id,
        tx.now,
    )


async def _forget_customer(tx: Tx, contact_id: int) -> None:
    """Unless an agent has given the invented customer a ticket of their own."""
    used = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM ticket WHERE workspace_id = $1 AND requester_id = $2)",
        tx.workspace_id,
        contact_id,
    )
    if used:
        return
    for table, column in (("identity", "contact_id"), ("search_doc", "id"), ("contact", "id")):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = $2",
            tx.workspace_id,
            contact_id,
        )
