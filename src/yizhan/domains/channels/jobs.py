"""Background work of channels."""

from __future__ import annotations

from yizhan.domains.channels import outbox
from yizhan.domains.channels.service import deliveries, pipeline, pollers
from yizhan.kernel import jobs


@jobs.job("channels.process")
async def process(ctx: jobs.Context, *, workspace_id: int, envelope_id: int) -> None:
    """Look into what came in."""
    await pipeline.process(ctx, workspace_id, envelope_id=envelope_id)


@jobs.job(outbox.JOB)
async def deliver(ctx: jobs.Context, *, workspace_id: int, message_id: int) -> None:
    """Send an answer."""
    await deliveries.deliver(ctx, workspace_id, message_id=message_id)


fetchers = [pollers.run]  # apart, so that they can have processes of their own
