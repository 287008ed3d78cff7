"""Days of reports that have not been counted yet."""

from __future__ import annotations

from yizhan.domains.analytics.service import counting, rolling
from yizhan.kernel import jobs


@jobs.job(rolling.JOB)
async def count_days(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Count them, from today to the oldest; again is harmless."""
    await rolling.complete(ctx.database, workspace_id, consumer=counting.CONSUMER)
