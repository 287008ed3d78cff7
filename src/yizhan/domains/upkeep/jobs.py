"""Looking at everything: when somebody asks for it, and each night."""

from __future__ import annotations

import structlog

from yizhan.domains.upkeep import errors
from yizhan.domains.upkeep.repository import checks
from yizhan.domains.upkeep.service import checking, looking
from yizhan.kernel import jobs

logger = structlog.get_logger(__name__)


@jobs.job(checking.JOB)
async def check(ctx: jobs.Context, *, workspace_id: int, check_id: int) -> None:
    """Killed anywhere it begins again; vectors that were made are kept."""
    async with ctx.begin(workspace_id) as tx:
        row = await checks.one(tx, int(check_id))
    if row is None or row.state != "running":
        return
    try:
        await looking.Run(ctx, workspace_id, int(check_id)).run()
    except looking.Cancelled:
        return
    except (ValueError, TypeError, KeyError, ArithmeticError):
        # The same material would fail again: say so instead of trying for hours.
        logger.exception("knowledge_check_failed", check_id=int(check_id))
        async with ctx.begin(workspace_id) as tx:
            await checking.end(tx, int(check_id), state="failed")


@jobs.job(checking.NIGHTLY_JOB)
async def nightly(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Once a day."""
    async with ctx.begin(workspace_id) as tx:
        await checking.plan(tx)
        try:
            await checking.start(tx, cause="nightly")
        except errors.CheckRuns:
            return
