"""Days of reports that have not been counted yet."""

from __future__ import annotations

from yizhan.domains.analytics.service import counting, rolling
from yizhan.kernel import jobs

_AGAIN_SECONDS = 30


@jobs.job(rolling.JOB)
async def count_days(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Count them, from today to the oldest; again is harmless. After an upgrade all workspaces ask for it
    at once: one at a time, or the places of a worker would all be taken."""
    if not await rolling.gently(ctx.database, workspace_id, consumer=counting.CONSUMER):
        raise jobs.Retry(_AGAIN_SECONDS, "another workspace is being counted")
