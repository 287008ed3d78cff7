"""Timers and long work of promises."""

from __future__ import annotations

from yizhan.domains.sla.service import clocks, recompute
from yizhan.kernel import jobs


@jobs.job(clocks.TICK_JOB)
async def tick(ctx: jobs.Context, *, workspace_id: int, ticket_id: int | str) -> None:
    """Something of a ticket is due now."""
    async with ctx.begin(workspace_id) as tx:
        await clocks.tick(tx, int(ticket_id))


@jobs.job(recompute.JOB)
async def run(ctx: jobs.Context, *, workspace_id: int, run_id: int | str) -> None:
    """Set running clocks again, batch by batch; a new worker goes on where the last one was."""
    while True:
        async with ctx.begin(workspace_id) as tx:
            if not await recompute.step(tx, int(run_id)):
                return


@jobs.job(recompute.CUSTOMERS_JOB)
async def customers(
    ctx: jobs.Context, *, workspace_id: int, contact_id: str = "", company_id: str = ""
) -> None:
    """What is known of a customer or a company changed: another policy may hold now."""
    async with ctx.begin(workspace_id) as tx:
        await recompute.of_customer(
            tx, contact_id=int(contact_id or 0), company_id=int(company_id or 0)
        )
