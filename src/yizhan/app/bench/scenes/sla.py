"""Promises that are broken at known moments: how late the desk says so."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yizhan.app.bench import limit, load
from yizhan.app.bench.scenes import staff
from yizhan.app.bench.stage import Stage
from yizhan.domains.sla import schemas
from yizhan.domains.sla.service import clocks, policies
from yizhan.domains.sla.types import PerPriority, SlaTarget
from yizhan.domains.tickets.types import PRIORITIES
from yizhan.kernel import jobs
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

_MINUTES = 60  # of the promise
_RECORDED = 20
_BURST = 1_000_000.0  # a second, where no rate is asked for: all at once
_AHEAD = timedelta(seconds=3)
_MADE = 2000  # rows of tickets, promises and timers a second at least, on a machine that others use
_PATIENCE = 60.0  # seconds without news after which the rest is given up
_TABLES = ("ticket", "sla_ticket", "sla_clock")
_TIMERS = """
INSERT INTO timer (workspace_id, kind, key, due_at, job, payload)
SELECT workspace_id, $2, ticket_id::text, tick_at, $3, jsonb_build_object('ticket_id', ticket_id::text)
FROM sla_ticket WHERE workspace_id = $1 AND ticket_id > $4
"""


async def run(stage: Stage) -> load.Result:
    """The limit is pgbench sending what one timer's work sends."""
    workspace_id = await staff.workspace(stage, "sla")
    actor = system(workspace_id)
    async with stage.edge.database.begin(actor) as tx:
        target = SlaTarget(
            key="first",
            kind="first_response",
            minutes=PerPriority(**dict.fromkeys(PRIORITIES, _MINUTES)),
            warn_minutes=0,
        )
        await policies.create(tx, schemas.SlaPolicyIn(name="Bench", targets=[target]))
    pattern = await staff.ticket(stage, workspace_id)
    old = stage.edge.database.new_id()
    with tempfile.TemporaryDirectory() as folder:
        await _copies(stage, workspace_id, pattern=pattern, first=old, count=_RECORDED, due=None)
        recorded = await limit.record_work(
            stage.edge,
            [_tick(workspace_id, old + n) for n in range(1, _RECORDED + 1)],
            folder=Path(folder),
            workspace_id=workspace_id,
        )
        stage.statements = recorded.statements
        first = await stage.limit(recorded.paths)
        async with stage.worker():
            result = await _measure(stage, workspace_id, pattern=pattern)
        result.limit_rate = max(first, await stage.limit(recorded.paths))
    return result


def _tick(workspace_id: int, ticket_id: int) -> limit.Work:
    async def tick(edge: Edge) -> None:
        context = jobs.Context(edge.database, edge.store, edge.config, edge.vault)
        await jobs.run_one(
            context, clocks.TICK_JOB, {"workspace_id": workspace_id, "ticket_id": str(ticket_id)}
        )

    return tick


async def _copies(
    stage: Stage, workspace_id: int, *, pattern: int, first: int, count: int, due: datetime | None
) -> None:
    """Tickets whose promise breaks one after the other from a moment on; None: long broken."""
    rate = stage.order.rate or _BURST
    now = datetime.now(UTC)
    since = (due or now - timedelta(days=2)) - timedelta(minutes=_MINUTES)
    made: datetime = await stage.owner.fetchval(
        "SELECT started_at FROM sla_clock WHERE workspace_id = $1 AND ticket_id = $2",
        workspace_id,
        pattern,
    )
    by = f"make_interval(secs => {(since - made).total_seconds():.6f} + n / {rate:.6f})"
    for table in _TABLES:
        key = "id" if table == "ticket" else "ticket_id"
        given = await staff.shift(stage, table, by)
        new = f"{first:d} + n"
        given |= {
            "id": new,
            "ticket_id": new,
            "number": f"{first % 10**9:d} + n",
        }
        where = f"t.{key} = {pattern:d}"
        await staff.copy(
            stage, table, workspace_id=workspace_id, where=where, count=count, given=given
        )
    if due is not None:
        await stage.owner.execute(_TIMERS, workspace_id, clocks.TIMER, clocks.TICK_JOB, first)


async def _measure(stage: Stage, workspace_id: int, *, pattern: int) -> load.Result:
    count = stage.order.tickets
    first = stage.edge.database.new_id()
    # Copied ahead of time: making the rows is not what is measured.
    due = datetime.now(UTC) + timedelta(seconds=count / _MADE) + _AHEAD
    await _copies(stage, workspace_id, pattern=pattern, first=first, count=count, due=due)
    await stage.owner.execute("ANALYZE timer, sla_ticket, sla_clock, ticket, pgqueuer")
    late = datetime.now(UTC) - due
    async with stage.measured():
        await _until_done(stage, workspace_id, first=first, count=count)
    rows = await stage.owner.fetch(
        "SELECT e.at, c.due_at FROM event e JOIN sla_clock c"
        " ON c.workspace_id = e.workspace_id AND c.ticket_id = e.ticket_id"
        " WHERE e.workspace_id = $1 AND e.type = 'sla.breached' AND e.ticket_id > $2",
        workspace_id,
        first,
    )
    lags = [(row["at"] - row["due_at"]).total_seconds() * 1000 for row in rows]
    result = load.Result(lags, 0, 0.0)
    last = max((row["at"] for row in rows), default=due)
    result.seconds = max((last - due).total_seconds(), 1e-9)
    if len(rows) != count:
        result.failed(f"{count} promises were broken, {len(rows)} times it was said")
    if late > timedelta():
        result.failed(
            f"the rows were made {late.total_seconds():.0f} s too late: lags are too long"
        )
    if lags and min(lags) < 0:
        result.failed("one was said before it was due")
    result.more = {"timers": count}
    return result


async def _until_done(stage: Stage, workspace_id: int, *, first: int, count: int) -> None:
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < _PATIENCE:
        found = await stage.owner.fetchval(
            "SELECT count(*) FROM event WHERE workspace_id = $1 AND type = 'sla.breached' AND ticket_id > $2",
            workspace_id,
            first,
        )
        if found >= count:
            return
        if found != seen:
            seen, since = found, time.monotonic()
        await asyncio.sleep(0.5)
