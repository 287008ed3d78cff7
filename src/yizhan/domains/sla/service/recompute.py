"""Running clocks follow a changed policy or calendar, in the background, with progress."""

from __future__ import annotations

from typing import Any

from yizhan.domains.identity import permissions
from yizhan.domains.sla import registry
from yizhan.domains.sla.service import clocks
from yizhan.domains.sla.types import Recomputation
from yizhan.domains.tickets import repository as tickets
from yizhan.kernel.tx import Tx

JOB = "sla.recompute"
CUSTOMERS_JOB = "sla.recheck_customer"
_BATCH = 25
_COLUMNS = "id, cause, total, done, changed, position, started_at, finished_at"
# Uses ticket_counts and the primary key: only tickets on which clocks can run.
_ACTIVE = "workspace_id = $1 AND status_category IN ('new', 'open', 'waiting')"


async def start(tx: Tx, *, cause: dict[str, Any]) -> int:
    """Begin anew; one that still runs is ended, because this one does its work too."""
    await tx.db.execute(
        "UPDATE sla_recomputation SET finished_at = $2 WHERE workspace_id = $1 AND finished_at IS NULL",
        tx.workspace_id,
        tx.now,
    )
    run_id = tx.new_id()
    await tx.db.execute(
        "INSERT INTO sla_recomputation (workspace_id, id, cause, total, started_at)"
        f" SELECT $1, $2, $3, (SELECT count(*) FROM ticket WHERE {_ACTIVE}), $4",
        tx.workspace_id,
        run_id,
        cause,
        tx.now,
    )
    tx.defer(JOB, run_id=str(run_id))
    return run_id


async def anything(tx: Tx) -> bool:
    """Whether the workspace has a policy at all."""
    found: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM sla_policy WHERE workspace_id = $1 AND active)", tx.workspace_id
    )
    return found


async def step(tx: Tx, run_id: int) -> bool:
    """The next few tickets. Returns whether there is more to do."""
    run = await tx.db.fetchrow_as(
        Recomputation,
        f"SELECT {_COLUMNS} FROM sla_recomputation WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        tx.workspace_id,
        run_id,
    )
    if run is None or run.finished_at is not None:
        return False
    rows = await tx.db.fetch(
        f"SELECT id FROM ticket WHERE {_ACTIVE} AND id > $2 ORDER BY id LIMIT {_BATCH:d}"
        " FOR NO KEY UPDATE",
        tx.workspace_id,
        run.position,
    )
    changed = [row[0] for row in rows if await clocks.follow(tx, row[0])]
    await registry.tell_followers(tx, changed)
    await tx.db.execute(
        "UPDATE sla_recomputation SET done = done + $3, changed = changed + $4, position = $5, finished_at = $6"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        run_id,
        len(rows),
        len(changed),
        rows[-1][0] if rows else run.position,
        None if rows else tx.now,
    )
    return bool(rows)


async def latest(tx: Tx) -> Recomputation | None:
    """The last one that was begun, running or done."""
    permissions.require(tx.actor, "sla:manage")
    return await tx.db.fetchrow_as(
        Recomputation,
        f"SELECT {_COLUMNS} FROM sla_recomputation WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
    )


async def of_customer(tx: Tx, *, contact_id: int, company_id: int) -> None:
    """The open tickets of a person, or of a company's people."""
    rows = await tx.db.fetch(
        "SELECT t.id FROM ticket t JOIN contact c ON c.workspace_id = t.workspace_id"
        " AND c.id = t.requester_id WHERE t.workspace_id = $1"
        " AND t.status_category IN ('new', 'open', 'waiting')"
        " AND (c.id = $2 OR c.company_id = $3) ORDER BY t.id",
        tx.workspace_id,
        contact_id,
        company_id,
    )
    changed = [
        row[0]
        for row in rows
        if await tickets.lock_ticket(tx, row[0]) is not None and await clocks.follow(tx, row[0])
    ]
    await registry.tell_followers(tx, changed)
