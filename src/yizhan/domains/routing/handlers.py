"""Whatever may make a ticket wait or an agent free leads to a distribution."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.routing import distribution, fields, intake, pool, ranking, touch
from yizhan.domains.routing.repository import config
from yizhan.domains.sla import registry as sla
from yizhan.kernel import events, timers
from yizhan.kernel.tx import Tx

fields.register()


@sla.provide_follower
async def promised(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """Promises were set again without an event of each ticket: look at these scores at once."""
    await ranking.hasten(tx, ticket_ids)
    await timers.advance(
        tx, kind=distribution.TICK_JOB, key="", due=tx.now, job=distribution.TICK_JOB
    )


@events.consumer("routing")
async def react(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """The log is read by one reader a workspace, in order and without gaps, so no wake-up is lost
    and a burst of events costs one distribution."""
    touched = touch.of(batch)
    if not touched:
        return
    await config.hold(tx)
    await ranking.begin(tx)
    if await config.begin(tx):
        await distribution.start(tx)
    if touched.weighed:
        await ranking.weigh(tx)
    tickets, agents = await touch.spread(tx, touched)
    await intake.refresh(tx, tickets)
    await pool.refresh(tx, agents)
    await distribution.run(tx)
