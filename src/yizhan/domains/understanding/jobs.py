"""Messages are read behind the log, some together, in a thread of the worker."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

import structlog

from yizhan.domains.tickets.events import MessageReceived
from yizhan.domains.understanding import messages, repository
from yizhan.domains.understanding.reading import machine, shipped
from yizhan.domains.understanding.reading.heads import Heads
from yizhan.domains.understanding.service import knowing
from yizhan.domains.understanding.training import repository as versions
from yizhan.kernel import events, jobs
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

READ: Final = "understanding.read"
TOGETHER: Final = 16
_AGAIN_SECONDS: Final = 1.0


@events.consumer("understanding")
async def hear(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Behind the log instead of within the request: receiving waits for nothing, and what came in a
    rush is read together. The cursor moves with the jobs, so that none is lost or asked twice."""
    ids = [
        int(event.data["message_id"])
        for event in batch
        if event.type == events.tag_of(MessageReceived) and not event.data.get("automatic")
    ]
    for start in range(0, len(ids), TOGETHER):
        # Behind answers to customers; a rush in one workspace stands behind the rest of the others.
        tx.defer(READ, priority=-2 if start else -1, message_ids=ids[start : start + TOGETHER])


@jobs.job(READ)
async def read(ctx: jobs.Context, *, workspace_id: int, message_ids: list[int]) -> None:
    """Read messages that a customer wrote."""
    if not ctx.config.understanding:
        return
    async with ctx.begin(workspace_id) as tx:
        settings, _ = await repository.settings(tx)
        if not settings.on:
            return
        asked = await messages.load(tx, message_ids)
        using = await versions.using(tx)
    if not asked:
        return
    heads = Heads(
        models=await machine.models(ctx.store, workspace_id, using),
        settings=settings,
        words=machine.words(settings.lexicon),
        categories=shipped.categories(),
    )
    found = await machine.run(ctx.config.data, heads, asked)
    for one, (readings, ms) in zip(asked, found, strict=True):
        try:
            async with ctx.begin(workspace_id) as tx:
                await knowing.take_in(tx, one, readings=readings, ms=ms, settings=settings)
        except knowing.Moved as moved:
            raise jobs.Retry(_AGAIN_SECONDS) from moved


async def warm(edge: Edge) -> None:
    """Load what messages are read with as the worker starts, so that the first does not wait for it."""
    if not edge.config.understanding:
        return
    began = time.monotonic()
    await machine.warm(edge.config.data)
    logger.info("understanding_warm", seconds=round(time.monotonic() - began, 2))


runners = [warm]
