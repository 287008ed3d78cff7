"""The worker reads articles, so that they are found by what is meant."""

from __future__ import annotations

from typing import Final

from yizhan.domains.knowledge import meaning
from yizhan.domains.knowledge.types import READ_ALL_JOB
from yizhan.kernel import jobs
from yizhan.learning import embedding

_TOGETHER: Final = 16


# Workspaces whose articles are being read here, and whether something came up meanwhile.
_reading: dict[int, bool] = {}


@jobs.job(READ_ALL_JOB)
async def read_all(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Reads what is published and not read yet, and forgets what is no longer shown.

    Publishing many articles asks for it many times: one job reads, the others leave it their part
    instead of standing in the way of answers to customers.
    """
    encoder = embedding.fast()
    if encoder is None:
        return
    if workspace_id in _reading:
        _reading[workspace_id] = True
        return
    try:
        _reading[workspace_id] = True
        while _reading[workspace_id]:
            _reading[workspace_id] = False
            await _read(ctx, workspace_id, encoder)
    finally:
        del _reading[workspace_id]


async def _read(ctx: jobs.Context, workspace_id: int, encoder: embedding.Embedder) -> None:
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
