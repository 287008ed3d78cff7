"""Timers of routing."""

from __future__ import annotations

from yizhan.domains.routing import distribution, presence, ranking
from yizhan.domains.routing.repository import config
from yizhan.kernel import jobs


@jobs.job(presence.AWAY_JOB)
async def away(ctx: jobs.Context, *, workspace_id: int, agent_id: int | str) -> None:
    """The grace after the last sign of life has passed."""
    async with ctx.begin(workspace_id) as tx:
        await presence.lapse(tx, int(agent_id))


@jobs.job(distribution.TICK_JOB)
async def tick(ctx: jobs.Context, *, workspace_id: int) -> None:
    """A shift turns, needs loosen, or there was too much for one go."""
    async with ctx.begin(workspace_id) as tx:
        await distribution.turn(tx)


@jobs.job(distribution.SWEEP_JOB)
async def sweep(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Look again at what still waits."""
    async with ctx.begin(workspace_id) as tx:
        await distribution.distribute(tx)


@jobs.job(ranking.FILL_JOB)
async def score_all(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Score what was open before there were scores, a batch at a time."""
    more = True
    while more:
        async with ctx.begin(workspace_id) as tx:
            await config.hold(tx)
            more = await ranking.fill(tx)
