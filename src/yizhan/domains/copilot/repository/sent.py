"""What left, and what it took, in the database."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from yizhan.domains.copilot.types import Place, Sent, Settings, Used
from yizhan.kernel.tx import Tx

_SENT = tuple(field.name for field in msgspec.structs.fields(Sent))

# One row is locked for the whole month's sum, so that two questions cannot both take what is left.
_TAKE = """
INSERT INTO copilot_usage AS u (workspace_id, month, place, calls, tokens, cost)
VALUES ($1, $2, $3, 1, $4, $5)
ON CONFLICT (workspace_id, month, place)
DO UPDATE SET calls = u.calls + 1, tokens = u.tokens + $4, cost = u.cost + $5
"""


def month_of(now: datetime) -> date:
    """The first of a moment's month, in UTC."""
    return date(now.year, now.month, 1)


async def used(tx: Tx, *, month: date) -> list[Used]:
    """By place."""
    return await tx.db.fetch_as(
        Used,
        "SELECT place, calls, tokens, cost FROM copilot_usage WHERE workspace_id = $1 AND month = $2"
        " ORDER BY place",
        tx.workspace_id,
        month,
    )


async def take(tx: Tx, place: Place, *, tokens: int, cost: float, within: Settings) -> bool:
    """Count a question before it leaves. False when the month has not so much left."""
    await tx.db.execute("SELECT pg_advisory_xact_lock($1)", tx.workspace_id ^ 0x636F70696C6F74)
    month = month_of(tx.now)
    so_far = await used(tx, month=month)
    all_tokens = tokens + sum(one.tokens for one in so_far)
    all_cost = cost + sum(one.cost for one in so_far)
    if within.month_tokens is not None and all_tokens > within.month_tokens:
        return False
    if within.month_cost is not None and all_cost > within.month_cost:
        return False
    await tx.db.execute(_TAKE, tx.workspace_id, month, place, tokens, cost)
    return True


async def correct(tx: Tx, place: Place, *, month: date, tokens: int, cost: float) -> None:
    """Put right by how much the guess was wrong."""
    await tx.db.execute(
        "UPDATE copilot_usage SET tokens = greatest(0, tokens + $4), cost = greatest(0, cost + $5)"
        " WHERE workspace_id = $1 AND month = $2 AND place = $3",
        tx.workspace_id,
        month,
        place,
        tokens,
        cost,
    )


async def add(tx: Tx, row: Sent) -> None:
    values = msgspec.structs.asdict(row)
    places = ", ".join(f"${number}" for number in range(2, len(values) + 2))
    await tx.db.execute(
        f"INSERT INTO copilot_sent (workspace_id, {', '.join(values)}) VALUES ($1, {places})",
        tx.workspace_id,
        *values.values(),
    )


async def settle(
    tx: Tx, sent_id: int, *, outcome: str, reason: str | None, detail: str | None, answer: str,
    tokens_in: int, tokens_out: int, cost: float, took_ms: int,
) -> None:  # fmt: skip
    """What became of it."""
    await tx.db.execute(
        "UPDATE copilot_sent SET outcome = $3, reason = $4, detail = $5, answer = $6, tokens_in = $7,"
        " tokens_out = $8, cost = $9, took_ms = $10 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        sent_id,
        outcome,
        reason,
        detail,
        answer,
        tokens_in,
        tokens_out,
        cost,
        took_ms,
    )


async def listed(
    tx: Tx, *, before: int | None, limit: int, ticket_id: int | None, outcome: str | None
) -> list[Sent]:
    """The newest first."""
    return await tx.db.fetch_as(
        Sent,
        f"SELECT {', '.join(_SENT)} FROM copilot_sent WHERE workspace_id = $1"
        " AND ($2::bigint IS NULL OR id < $2) AND ($4::bigint IS NULL OR ticket_id = $4)"
        " AND ($5::text IS NULL OR outcome = $5) ORDER BY id DESC LIMIT $3",
        tx.workspace_id,
        before,
        limit,
        ticket_id,
        outcome,
    )


async def one(tx: Tx, sent_id: int) -> Sent | None:
    return await tx.db.fetchrow_as(
        Sent,
        f"SELECT {', '.join(_SENT)} FROM copilot_sent WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        sent_id,
    )


async def forget(tx: Tx, *, before: int, most: int = 200) -> None:
    """Drop what is older than it may be kept, some at a time. Ids follow time: the primary key serves."""
    await tx.db.execute(
        "DELETE FROM copilot_sent WHERE workspace_id = $1 AND id IN (SELECT id FROM copilot_sent"
        " WHERE workspace_id = $1 AND id < $2 ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)",
        tx.workspace_id,
        before,
        most,
    )
