"""Approvals in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tasks.approvals.types import Answer, Approval
from yizhan.kernel.tx import Tx

_COLUMNS = "item_id, agent_ids, team_id, role_id, everybody, state, round, asked_by, asked_at"
_PUT = """
INSERT INTO approval (workspace_id, item_id, agent_ids, team_id, role_id, everybody, state, round, asked_by, asked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (workspace_id, item_id) DO UPDATE SET agent_ids = excluded.agent_ids, team_id = excluded.team_id,
    role_id = excluded.role_id, everybody = excluded.everybody, state = excluded.state, round = excluded.round,
    asked_by = excluded.asked_by, asked_at = excluded.asked_at
"""
_ANSWERS = """
SELECT a.item_id, a.round, a.agent_id, a.state, a.comment, a.answered_at FROM approval_answer a
JOIN approval p ON p.workspace_id = a.workspace_id AND p.item_id = a.item_id AND p.round = a.round
WHERE a.workspace_id = $1 AND a.item_id = ANY($2::bigint[]) ORDER BY a.item_id, a.answered_at, a.agent_id
"""
_PEOPLE = """
SELECT a.id FROM agent a WHERE a.workspace_id = $1 AND a.active AND (
    EXISTS (SELECT 1 FROM team_member m WHERE m.workspace_id = $1 AND m.team_id = $2 AND m.agent_id = a.id)
    OR EXISTS (SELECT 1 FROM agent_role r WHERE r.workspace_id = $1 AND r.role_id = $3 AND r.agent_id = a.id))
ORDER BY a.id LIMIT 1000
"""
# Uses the partial index approval_answer_waiting.
_WAITING = """
SELECT i.id, i.text, i.due_at, p.asked_by, p.asked_at, t.id AS ticket_id, t.number, t.subject
FROM approval_answer a
JOIN approval p ON p.workspace_id = a.workspace_id AND p.item_id = a.item_id AND p.round = a.round
JOIN checklist_item i ON i.workspace_id = a.workspace_id AND i.id = a.item_id
JOIN ticket t ON t.workspace_id = a.workspace_id AND t.id = i.ticket_id
WHERE a.workspace_id = $1 AND a.agent_id = $2 AND a.state = 'waiting' AND p.state = 'waiting'
  AND t.status_category <> 'closed' AND t.merged_into IS NULL AND {visible}
ORDER BY i.due_at NULLS LAST, p.asked_at LIMIT 200
"""


async def approvals(tx: Tx, item_ids: Sequence[int]) -> dict[int, Approval]:
    """By item; items that are none are missing."""
    rows = await tx.db.fetch(
        f"SELECT {_COLUMNS} FROM approval WHERE workspace_id = $1 AND item_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(item_ids),
    )
    return {row["item_id"]: msgspec.convert(dict(row), Approval) for row in rows}


async def put(tx: Tx, row: Approval) -> None:
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        row.item_id,
        row.agent_ids,
        row.team_id,
        row.role_id,
        row.everybody,
        row.state,
        row.round,
        row.asked_by,
        row.asked_at,
    )


async def forget(tx: Tx, item_id: int) -> None:
    """The item is gone."""
    for table in ("approval_answer", "approval"):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND item_id = $2",
            tx.workspace_id,
            item_id,
        )


async def answers(tx: Tx, item_ids: Sequence[int]) -> list[Answer]:
    """Those of the present round, in the order in which they were given."""
    rows = await tx.db.fetch(_ANSWERS, tx.workspace_id, list(item_ids))
    return [msgspec.convert(dict(row), Answer) for row in rows]


async def ask(tx: Tx, item_id: int, *, round: int, agent_ids: Sequence[int]) -> None:
    """Wait for what each of them says."""
    await tx.db.execute(
        "INSERT INTO approval_answer (workspace_id, item_id, round, agent_id, state, comment)"
        " SELECT $1, $2, $3, unnest($4::bigint[]), 'waiting', ''",
        tx.workspace_id,
        item_id,
        round,
        list(agent_ids),
    )


async def answer(tx: Tx, given: Answer) -> None:
    await tx.db.execute(
        "UPDATE approval_answer SET state = $5, comment = $6, answered_at = $7"
        " WHERE workspace_id = $1 AND item_id = $2 AND round = $3 AND agent_id = $4",
        tx.workspace_id,
        given.item_id,
        given.round,
        given.agent_id,
        given.state,
        given.comment,
        given.answered_at,
    )


async def people(tx: Tx, *, team_id: int | None, role_id: int | None) -> list[int]:
    """Active agents of a team, and those with a role."""
    if team_id is None and role_id is None:
        return []
    return [row[0] for row in await tx.db.fetch(_PEOPLE, tx.workspace_id, team_id, role_id)]


async def waiting(tx: Tx, agent_id: int) -> list[Any]:
    """What waits for an agent's answer on tickets that they may see, what is due first."""
    visible, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    return await tx.db.fetch(_WAITING.format(visible=visible), tx.workspace_id, agent_id, *values)


async def setting(tx: Tx, name: str, *, default: str) -> str:
    """A word of the workspace's settings."""
    found: str = await tx.db.fetchval(
        "SELECT coalesce(settings->>$2, $3) FROM workspace WHERE workspace_id = $1",
        tx.workspace_id,
        name,
        default,
    )
    return found


async def needed(tx: Tx, ticket_id: int) -> list[Any]:
    """Items of a ticket that must be done and are not, in order."""
    return await tx.db.fetch(
        "SELECT id, text FROM checklist_item WHERE workspace_id = $1 AND ticket_id = $2"
        " AND needed AND done_at IS NULL ORDER BY position, id",
        tx.workspace_id,
        ticket_id,
    )
