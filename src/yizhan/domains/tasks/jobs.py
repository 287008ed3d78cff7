"""Timers of work on tickets."""

from __future__ import annotations

from yizhan.domains.tasks.service import checklists, reminders
from yizhan.kernel import jobs


@jobs.job(reminders.DUE_JOB)
async def remind(ctx: jobs.Context, *, workspace_id: int, reminder_id: int | str) -> None:
    """Somebody wanted to be told now."""
    async with ctx.begin(workspace_id) as tx:
        await reminders.ring(tx, int(reminder_id))


@jobs.job(checklists.DUE_JOB)
async def item_due(ctx: jobs.Context, *, workspace_id: int, item_id: int | str) -> None:
    """An item of a checklist is due."""
    async with ctx.begin(workspace_id) as tx:
        await checklists.ring(tx, int(item_id))
