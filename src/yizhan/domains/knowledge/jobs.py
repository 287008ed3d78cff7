"""The worker reads articles, so that they are found by what is meant."""

from __future__ import annotations

from typing import Final

from yizhan.domains.knowledge import meaning
from yizhan.domains.knowledge.types import READ_ALL_JOB
from yizhan.kernel import jobs
from yizhan.learning import embedding

_TOGETHER: Final = 16


@jobs.job(READ_ALL_JOB)
async def read_all(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Reads what is published and not read yet, and forgets what is no longer shown."""
    encoder = embedding.default()
    if encoder is None:
        return
    async with ctx.begin(workspace_id) as tx:
        await meaning.forget(tx)
    while True:
        async with ctx.begin(workspace_id) as tx:
            rows = await meaning.unread(tx, encoder=encoder.name, most=_TOGETHER)
        if not rows:
            return
        vectors = await meaning.understood(rows, encoder)
        async with ctx.begin(workspace_id) as tx:
            await meaning.keep(tx, rows, encoder=encoder.name, vectors=vectors)
