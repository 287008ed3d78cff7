"""Background work of learning."""

from __future__ import annotations

import contextlib
import time

import structlog

from yizhan.domains.understanding.reading import machine
from yizhan.domains.understanding.training import process, repository, work
from yizhan.domains.understanding.training.service import schedule, training
from yizhan.kernel import jobs
from yizhan.kernel.confined import GaveUp

logger = structlog.get_logger(__name__)

_TOLD_EVERY = 0.5  # seconds: how soon a cancelled training ends


@jobs.job(training.JOB)
async def train(ctx: jobs.Context, *, workspace_id: int, version_id: int) -> None:
    """Train a version. Killed anywhere it begins again; the vectors made until then are kept."""
    begun = time.monotonic()
    async with ctx.begin(workspace_id) as tx:
        prepared = await training.prepare(tx, int(version_id))
        target = (await repository.settings(tx)).target
    if prepared is None:
        return
    row, examples, rival = prepared
    order = await training.order(
        ctx.store,
        workspace_id,
        row=row,
        examples=examples,
        rival=rival,
        target=target,
        cache=str(machine.cache(ctx.config.data)),
    )
    try:
        result = await _work(ctx, workspace_id, version_id=row.id, order=order)
    except GaveUp as error:
        logger.warning("training_failed", version_id=row.id, error=str(error))
        async with ctx.begin(workspace_id) as tx:
            await training.fail(tx, row.id, reason="process_died")
        return
    if result is not None:
        seconds = time.monotonic() - begun
        await _keep(ctx, workspace_id, version_id=row.id, result=result, seconds=seconds)


async def _work(
    ctx: jobs.Context, workspace_id: int, *, version_id: int, order: work.Order
) -> work.Result | None:
    """None when it was cancelled."""
    told = 0.0
    async with contextlib.aclosing(process.run(order)) as frames:
        async for frame in frames:
            if isinstance(frame, work.Result):
                return frame
            if time.monotonic() - told < _TOLD_EVERY:
                continue
            told = time.monotonic()
            async with ctx.begin(workspace_id) as tx:
                if not await training.progress(tx, version_id, told=frame):
                    return None
    raise GaveUp("ended without a result")


async def _keep(
    ctx: jobs.Context, workspace_id: int, *, version_id: int, result: work.Result, seconds: float
) -> None:
    model = await ctx.store.put(workspace_id, result.model)
    measured = None
    if result.measured:
        measured = await ctx.store.put(workspace_id, result.measured)
    async with ctx.begin(workspace_id) as tx:
        await training.finish(
            tx, version_id, result=result, names=(model, measured), seconds=seconds
        )


@jobs.job(schedule.JOB)
async def look_for_labels(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Start the trainings that are due; where nothing is read, none is."""
    if not ctx.config.understanding:
        return
    async with ctx.begin(workspace_id) as tx:
        await schedule.look(tx)
