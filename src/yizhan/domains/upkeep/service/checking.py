"""A check from the wish to its findings: asked for in a transaction, done by a job, step by step."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from yizhan.domains.identity import permissions
from yizhan.domains.upkeep import errors, events
from yizhan.domains.upkeep.repository import checks, findings
from yizhan.domains.upkeep.types import Cause, Check, CheckState, Found, Stage
from yizhan.kernel import clock, timers
from yizhan.kernel.tx import Tx

PERMISSION: Final = "knowledge:edit"
JOB: Final = "upkeep.check"
NIGHTLY_JOB: Final = "upkeep.nightly"
DAILY: Final = timedelta(days=1)
ABANDONED: Final = timedelta(hours=2)
"""A check that has told nothing for so long was lost with its process."""


async def start(tx: Tx, *, cause: Cause = "button") -> Check:
    """Look at everything in the background. Errors: CheckRuns."""
    permissions.require(tx.actor, PERMISSION)
    found = await checks.begin(tx, cause=cause)
    if found is None:
        running = await checks.newest(tx)
        if running is None or tx.now - running.started_at < ABANDONED:
            raise errors.CheckRuns
        await end(tx, running.id, state="failed")
        found = await checks.begin(tx, cause=cause)
        if found is None:
            raise errors.CheckRuns
    tx.defer(JOB, check_id=found.id, priority=-2)
    tx.emit(events.KnowledgeCheckStarted(check_id=found.id, cause=cause))
    return found


async def cancel(tx: Tx, check_id: int) -> Check:
    """Errors: CheckNotFound, CheckOver."""
    permissions.require(tx.actor, PERMISSION)
    found = await checks.one(tx, check_id, lock=True)
    if found is None:
        raise errors.CheckNotFound
    if found.state != "running":
        raise errors.CheckOver
    await end(tx, check_id, state="cancelled")
    changed = await checks.one(tx, check_id)
    return changed or found


async def tell(tx: Tx, check_id: int, *, stage: Stage, done: int, total: int) -> bool:
    """Note how far it is. False when it was cancelled meanwhile."""
    row = await checks.one(tx, check_id, lock=True)
    if row is None or row.state != "running":
        return False
    await checks.change(tx, check_id, stage=stage, done=done, total=total)
    return True


async def finish(tx: Tx, check_id: int, *, found: list[Found], looked_at: dict[str, int]) -> None:
    """Keep what was found, unless the check was cancelled meanwhile."""
    row = await checks.one(tx, check_id, lock=True)
    if row is None or row.state != "running":
        return
    await findings.put(tx, found)
    await checks.change(tx, check_id, looked_at=looked_at)
    await end(tx, check_id, state="done")


async def end(tx: Tx, check_id: int, *, state: CheckState) -> None:
    await checks.change(tx, check_id, state=state, finished_at=tx.now)
    counts = {str(kind): count for kind, count in (await findings.counts(tx)).items()}
    tx.emit(events.KnowledgeCheckEnded(check_id=check_id, state=state, found=counts))


async def plan(tx: Tx) -> None:
    """A check in the coming night, unless one is planned. What is written of the past is no reason to hurry."""
    due = max(tx.now, clock.now()) + DAILY
    await timers.advance(tx, kind=NIGHTLY_JOB, key="", due=due, job=NIGHTLY_JOB)
