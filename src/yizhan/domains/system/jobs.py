"""What the worker does for the installation's own state."""

from __future__ import annotations

from yizhan.domains.system import recording
from yizhan.domains.system.service import held
from yizhan.kernel import jobs


@jobs.job(held.JOB)
async def settle_held(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Send or set aside what is held since a restore, as was decided."""
    await held.settle(ctx.database, workspace_id)


runners = [recording.run]
