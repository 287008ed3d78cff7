"""What does not go out since a restore, and what becomes of it."""

from __future__ import annotations

from yizhan.domains.identity import permissions
from yizhan.domains.system import errors, events, schemas
from yizhan.kernel import holding
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

PERMISSION = "workspace:manage"
JOB = "system.settle_held"
AT_ONCE = 200
_KINDS = ("messages", "webhooks", "others")


async def show(tx: Tx) -> schemas.HeldOut:
    """Counted now. Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    hold = await holding.of(tx)
    found = {keeper.kind: await keeper.count(tx, hold) for keeper in holding.keepers()}
    waiting = [
        schemas.HeldKindOut(kind, found[kind].count, found[kind].oldest)
        for kind in _KINDS
        if kind in found
    ]
    return schemas.HeldOut(
        state=None if hold is None else hold.state,
        restored_at=None if hold is None else hold.at,
        total=sum(one.count for one in waiting),
        waiting=waiting,
    )


async def decide(tx: Tx, decision: holding.Decision) -> schemas.HeldOut:
    """Send or set aside all that is held; a job does it, some at a time. Said twice it is done once.

    Errors: Forbidden, HeldAlreadyDecided.
    """
    before = await show(tx)
    if before.state not in (None, "hold", decision):
        raise errors.HeldAlreadyDecided
    if before.state == decision or (before.state is None and not before.total):
        return before
    await holding.decide(tx, decision)
    tx.emit(
        events.HeldDecided(
            decision=decision, waiting={one.kind: one.count for one in before.waiting}
        )
    )
    tx.defer(JOB)
    return await show(tx)


async def settle(database: Database, workspace_id: int) -> int:
    """Do what was decided, each part in a transaction of its own. Returns how many."""
    total = 0
    for keeper in holding.keepers():
        while True:
            async with database.begin(system(workspace_id)) as tx:
                taken = await _some(tx, keeper)
            total += taken
            if taken < AT_ONCE:
                break
    return total


async def _some(tx: Tx, keeper: holding.Keeper) -> int:
    hold = await holding.of(tx)
    if hold is None or hold.state == "hold":
        return 0
    if hold.state == "send":
        return await keeper.release(tx, AT_ONCE)
    return await keeper.discard(tx, hold, AT_ONCE)
