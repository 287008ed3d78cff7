"""Timers and long work of promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yizhan.domains.sla.service import clocks, recompute
from yizhan.kernel import jobs


@jobs.job(clocks.TICK_JOB, together=True)
async def tick(
    ctx: jobs.Context,
    *,
    workspace_id: int,
    ticket_id: int | str = 0,
    many: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Something of a ticket, or of some, is due now."""
    ids = [int(one["ticket_id"]) for one in many] or [int(ticket_id)]
    try:
        async with ctx.begin(workspace_id) as tx:
            await clocks.tick(tx, ids)
    except Exception:
        if len(ids) == 1:
            raise
        # One of them is at fault, or held by somebody who waits for another: each by itself.
        async with ctx.begin(workspace_id) as tx:
            for one in ids:
                tx.defer(clocks.TICK_JOB, ticket_id=str(one))


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
