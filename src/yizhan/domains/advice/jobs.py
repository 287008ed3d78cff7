"""Seven days after a ticket was done; learning from answers."""

from __future__ import annotations

from yizhan.domains.advice import service
from yizhan.domains.advice.service import learning
from yizhan.domains.advice.service.noting import STANDS_JOB
from yizhan.kernel import jobs


@jobs.job(STANDS_JOB)
async def stands(ctx: jobs.Context, *, workspace_id: int, ticket_id: int) -> None:
    """Whether it stayed done."""
    async with ctx.begin(workspace_id) as tx:
        await service.stands(tx, int(ticket_id))


@jobs.job(learning.JOB)
async def learn(ctx: jobs.Context, *, workspace_id: int, again: bool = False) -> None:
    """From answers that were accepted."""
    await learning.run(ctx, workspace_id, again=bool(again))
