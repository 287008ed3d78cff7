"""Checks in the database."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.upkeep.types import Cause, Check
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_READ = ", ".join(Check.__struct_fields__)


async def begin(tx: Tx, *, cause: Cause) -> Check | None:
    """A new one; None while another runs."""
    row = await tx.db.fetchrow(
        "INSERT INTO knowledge_check (workspace_id, id, state, cause, stage, started_by, started_at)"
        " VALUES ($1, $2, 'running', $3, 'waiting', $4, $5)"
        f" ON CONFLICT (workspace_id) WHERE state = 'running' DO NOTHING RETURNING {_READ}",
        tx.workspace_id,
        tx.new_id(),
        cause,
        tx.actor.stamp(),
        tx.now,
    )
    return None if row is None else msgspec.convert(dict(row), Check)


async def one(tx: Tx, check_id: int, *, lock: bool = False) -> Check | None:
    row = await tx.db.fetchrow(
        f"SELECT {_READ} FROM knowledge_check WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        check_id,
    )
    return None if row is None else msgspec.convert(dict(row), Check)


async def newest(tx: Tx) -> Check | None:
    row = await tx.db.fetchrow(
        f"SELECT {_READ} FROM knowledge_check WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
    )
    return None if row is None else msgspec.convert(dict(row), Check)


async def change(tx: Tx, check_id: int, **values: Any) -> None:
    where = {"workspace_id": tx.workspace_id, "id": check_id}
    statement, args = sql.statement(sql.Update("knowledge_check", where, values))
    await tx.db.execute(statement, *args)
