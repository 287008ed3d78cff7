"""Whatever may make a ticket wait or an agent free leads to a distribution."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.routing import distribution, intake, pool, touch
from yizhan.domains.routing.repository import config
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.consumer("routing")
async def react(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """The log is read by one reader a workspace, in order and without gaps, so no wake-up is lost
    and a burst of events costs one distribution."""
    touched = touch.of(batch)
    if not touched:
        return
    await config.hold(tx)
    if await config.begin(tx):
        await distribution.start(tx)
    else:
        tickets, agents = await touch.spread(tx, touched)
        await intake.refresh(tx, tickets)
        await pool.refresh(tx, agents)
    await distribution.run(tx)
