"""Far timers: one row each, moved into the job queue when due. Moving one is one indexed write."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import asyncpg

from yizhan.kernel import errors, jobs
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_BATCH = 1000
_TOGETHER = 50  # of a job that takes many
_EVERY_SECONDS = 0.5

_SCHEDULE = """
INSERT INTO timer (workspace_id, kind, key, due_at, job, payload) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, kind, key)
DO UPDATE SET due_at = excluded.due_at, job = excluded.job, payload = excluded.payload
"""

_ADVANCE = _SCHEDULE.replace(
    "due_at = excluded.due_at", "due_at = least(timer.due_at, excluded.due_at)"
)


async def schedule(
    tx: Tx, *, kind: str, key: str, due: datetime, job: str, payload: dict[str, Any] | None = None
) -> None:
    """Run a job at a time. A second call for the same kind and key moves the timer."""
    await tx.db.execute(_SCHEDULE, tx.workspace_id, kind, key, due, job, payload or {})


async def advance(
    tx: Tx, *, kind: str, key: str, due: datetime, job: str, payload: dict[str, Any] | None = None
) -> None:
    """Run a job at a time, unless its timer rings earlier anyway."""
    await tx.db.execute(_ADVANCE, tx.workspace_id, kind, key, due, job, payload or {})


async def cancel(tx: Tx, *, kind: str, key: str) -> None:
    """Forget a timer, if there is one."""
    await tx.db.execute(
        "DELETE FROM timer WHERE workspace_id = $1 AND kind = $2 AND key = $3",
        tx.workspace_id,
        kind,
        key,
    )


async def due_at(tx: Tx, *, kind: str, key: str) -> datetime | None:
    """When a timer rings; None when it is not set."""
    found: datetime | None = await tx.db.fetchval(
        "SELECT due_at FROM timer WHERE workspace_id = $1 AND kind = $2 AND key = $3",
        tx.workspace_id,
        kind,
        key,
    )
    return found


async def fire(database: Database) -> int:
    """Move everything that is due into the queue. Returns how many."""
    total = 0
    while True:
        rows = await database.lookup(
            "SELECT yizhan_fire_timers($1, $2, $3)", _BATCH, jobs.taking_many(), _TOGETHER
        )
        count: int = rows[0][0]
        total += count
        if count < _BATCH:
            break
    if total:
        database.notifier.poke(0, emitted=False, queued=True)
    return total


async def run(database: Database) -> None:
    """Fire timers for as long as the worker lives. Several may run at once."""
    while True:
        try:
            await fire(database)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable):
            await asyncio.sleep(1)
        await asyncio.sleep(_EVERY_SECONDS)
