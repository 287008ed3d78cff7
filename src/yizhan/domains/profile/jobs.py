"""Looking at all customers: each day, and after the rules changed."""

from __future__ import annotations

from yizhan.domains.profile.handlers import DAY
from yizhan.domains.profile.service import staging
from yizhan.kernel import jobs, timers


@jobs.job(staging.DAILY_JOB)
async def daily(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Time alone makes a customer dormant, or no longer new."""
    await _everybody(ctx, workspace_id)
    async with ctx.begin(workspace_id) as tx:
        due = tx.now + DAY
        await timers.advance(tx, kind=staging.DAILY_JOB, key="", due=due, job=staging.DAILY_JOB)


@jobs.job(staging.ALL_JOB)
async def everybody(ctx: jobs.Context, *, workspace_id: int) -> None:
    """The rules changed."""
    await _everybody(ctx, workspace_id)


async def _everybody(ctx: jobs.Context, workspace_id: int) -> None:
    after: int | None = 0
    while after is not None:
        async with ctx.begin(workspace_id) as tx:
            after = await staging.all_of(tx, after=after)
