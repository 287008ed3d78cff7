"""What the copilot made, and what became of it, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.copilot.types import Answer
from yizhan.kernel import ids
from yizhan.kernel.tx import Tx


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it is kept."""

    id: int
    ticket_id: int
    agent_id: int | None
    task: str
    body: str
    fate: str


_MADE = ", ".join(field.name for field in msgspec.structs.fields(Made))


async def add(tx: Tx, row: Answer, *, ticket_id: int, agent_id: int | None) -> None:
    await tx.db.execute(
        "INSERT INTO copilot_answer (workspace_id, id, at, ticket_id, agent_id, task, made_by, reason,"
        " model, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tx.workspace_id,
        row.id,
        tx.now,
        ticket_id,
        agent_id,
        row.task,
        row.made_by,
        row.reason,
        row.model,
        row.text[:20_000],
    )


async def one(tx: Tx, answer_id: int) -> Made | None:
    return await tx.db.fetchrow_as(
        Made,
        f"SELECT {_MADE} FROM copilot_answer WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        tx.workspace_id,
        answer_id,
    )


async def inserted(tx: Tx, ticket_id: int, *, agent_id: int, since: datetime) -> Made | None:
    """What an agent put into the editor last and has not sent yet. Uses copilot_answer_inserted."""
    return await tx.db.fetchrow_as(
        Made,
        f"SELECT {_MADE} FROM copilot_answer WHERE workspace_id = $1 AND ticket_id = $2"
        " AND agent_id = $3 AND fate = 'inserted' AND at > $4 ORDER BY id DESC LIMIT 1 FOR UPDATE",
        tx.workspace_id,
        ticket_id,
        agent_id,
        since,
    )


async def settle(
    tx: Tx, answer_id: int, *, fate: str, distance: int | None = None, message_id: int | None = None
) -> None:
    await tx.db.execute(
        "UPDATE copilot_answer SET fate = $3, distance = $4, message_id = $5, settled_at = $6"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        answer_id,
        fate,
        distance,
        message_id,
        tx.now,
    )


async def reopen(tx: Tx, message_id: int) -> None:
    """The answer was not sent after all. Uses copilot_answer_message."""
    await tx.db.execute(
        "UPDATE copilot_answer SET fate = 'inserted', distance = NULL, message_id = NULL,"
        " settled_at = NULL WHERE workspace_id = $1 AND message_id = $2",
        tx.workspace_id,
        message_id,
    )


async def figures(tx: Tx, *, since: datetime, until: datetime, by_agent: bool) -> list[Any]:
    """How often what was made, by what, and what became of it."""
    agent = "agent_id" if by_agent else "NULL::bigint AS agent_id"
    return await tx.db.fetch(
        f"""SELECT task, made_by, {agent}, count(*) AS made,
            count(*) FILTER (WHERE fate = 'accepted') AS accepted,
            count(*) FILTER (WHERE fate = 'edited') AS edited,
            count(*) FILTER (WHERE fate = 'discarded') AS discarded,
            count(*) FILTER (WHERE fate IN ('open', 'inserted')) AS open,
            avg(distance::float / greatest(1, length(body))) FILTER (WHERE distance IS NOT NULL)
                AS changed
        FROM copilot_answer WHERE workspace_id = $1 AND id >= $2 AND id < $3
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST LIMIT 1000""",
        tx.workspace_id,
        _first(since),
        _first(until),
    )


def _first(moment: datetime) -> int:
    return ids.first_at(int(moment.timestamp() * 1000))
