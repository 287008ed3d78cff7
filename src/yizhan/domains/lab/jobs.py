"""Background work of the lab."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
import structlog

from yizhan.domains.lab import measuring
from yizhan.domains.lab.repository import changes, runs, sets
from yizhan.domains.lab.service import changes as guarding
from yizhan.domains.lab.service import gathering, managing
from yizhan.domains.lab.service import runs as running
from yizhan.domains.lab.types import Asked, Change, Gathering, Run, Said, Set
from yizhan.kernel import jobs
from yizhan.kernel.storage import FileMissing
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

_TOGETHER: Final = 16
_OF_ARTICLES: Final = frozenset({"article", "questions"})
_one = asyncio.Semaphore(1)  # two would only slow each other and the reading of messages down


@jobs.job(gathering.JOB)
async def gather(
    ctx: jobs.Context,
    *,
    workspace_id: int,
    set_id: int,
    agent_id: int | None = None,
    token_id: int | None = None,
) -> None:
    """Take cases from resolved tickets that the asker sees."""
    async with ctx.begin(workspace_id) as tx:
        actor = await gathering.on_behalf(tx, agent_id=agent_id, token_id=token_id)
        await gathering.run(tx, set_id, actor=actor)


@jobs.job(running.JOB)
async def run(ctx: jobs.Context, *, workspace_id: int, run_id: int) -> None:
    """Measure a set. Killed anywhere it begins again."""
    async with _one:
        await _run(ctx, workspace_id, run_id)


@jobs.job(guarding.JOB)
async def check(ctx: jobs.Context, *, workspace_id: int, change_id: int) -> None:
    """Measure the sets that a change concerns, as it would be, and decide."""
    async with ctx.begin(workspace_id) as tx:
        waiting = [one.id for one in await runs.of_change(tx, change_id)]
    async with _one:
        for run_id in waiting:
            await _run(ctx, workspace_id, run_id)
    async with ctx.begin(workspace_id) as tx:
        overtaken = await _overtaken(ctx, tx, change_id)
        if overtaken is None:
            await guarding.decide(tx, change_id)
        else:
            await guarding.again(tx, overtaken)


async def _overtaken(ctx: jobs.Context, tx: Tx, change_id: int) -> Change | None:
    """The change, where others that concern the same articles were made since it was measured: two that
    are published at once are harmless each and may be worse together. Their sets are held meanwhile, so
    that of two that get here at once the second sees the first.
    """
    change = await changes.get(tx, change_id)
    if change is None or change.kind not in _OF_ARTICLES or change.state != "checking":
        return None
    for run in await runs.of_change(tx, change_id):
        golden = await sets.get(tx, run.set_id, lock=True)
        base = None if run.base_id is None else await runs.get(tx, run.base_id)
        if golden is None or base is None or run.state != "done":
            continue
        now = await measuring.bench(ctx, tx, golden, tried=measuring.Tried())
        if now.fingerprint != base.fingerprint:
            return change
    return None


@jobs.job(managing.NIGHTLY)
async def nightly(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Take new cases and measure, for each set that wants it; again tomorrow."""
    async with ctx.begin(workspace_id) as tx:
        wanted = [row for row in await sets.sets(tx) if row.nightly]
        await managing.tonight(tx)
    for row in wanted:
        async with ctx.begin(workspace_id) as tx:
            await sets.change(tx, row.id, gathering=Gathering(state="running", at=tx.now))
            await gathering.run(tx, row.id, actor=tx.actor)
            if (await sets.counts(tx)).get(row.id, (0, 0))[0]:
                await running.start(tx, row.id, cause="nightly")


async def _run(ctx: jobs.Context, workspace_id: int, run_id: int) -> None:
    async with ctx.begin(workspace_id) as tx:
        begun = await running.begin(tx, run_id)
        if begun is None:
            return
        row, golden, asked = begun
        change = None if row.change_id is None else await changes.get(tx, row.change_id)
        tried = measuring.Tried(change=change, version_id=row.version_id)
        bench = await measuring.bench(ctx, tx, golden, tried=tried)
    row = msgspec.structs.replace(row, fingerprint=bench.fingerprint, measured=bench.measured)
    try:
        base = await _base(ctx, workspace_id, row, golden=golden, asked=asked)
        said = await _answers(ctx, workspace_id, bench, run_id=row.id, asked=asked)
    except (FileMissing, measuring.CannotMeasure) as error:
        logger.warning("lab_run_failed", run_id=row.id, error=str(error))
        reason = error.reason if isinstance(error, measuring.CannotMeasure) else "model_missing"
        async with ctx.begin(workspace_id) as tx:
            await running.fail(tx, row.id, reason=reason)
        return
    if said is None:
        return
    async with ctx.begin(workspace_id) as tx:
        await running.finish(tx, row, golden=golden, asked=asked, said=said, base=base)


async def _base(
    ctx: jobs.Context, workspace_id: int, row: Run, *, golden: Set, asked: list[Asked]
) -> Run | None:
    """What a run is compared with: the one before, or, where something is tried, what is in use now."""
    async with ctx.begin(workspace_id) as tx:
        if row.change_id is None and row.version_id is None:
            return await runs.base(tx, row)
        bench = await measuring.bench(ctx, tx, golden, tried=measuring.Tried())
        known = await runs.same(tx, golden.id, snapshot=row.snapshot, fingerprint=bench.fingerprint)
        if known is not None:
            return known
        await sets.get(tx, golden.id, lock=True)
        base = await running.add_base(tx, golden, snapshot=row.snapshot, total=len(asked))
    base = msgspec.structs.replace(base, fingerprint=bench.fingerprint, measured=bench.measured)
    try:
        said = await _answers(ctx, workspace_id, bench, run_id=base.id, asked=asked)
    except measuring.CannotMeasure as error:
        # What is in use does not answer: whatever takes its place is no worse.
        async with ctx.begin(workspace_id) as tx:
            await running.fail(tx, base.id, reason=error.reason)
        return None
    if said is None:
        return None
    async with ctx.begin(workspace_id) as tx:
        return await running.finish(tx, base, golden=golden, asked=asked, said=said, base=None)


async def _answers(
    ctx: jobs.Context,
    workspace_id: int,
    bench: measuring.Bench,
    *,
    run_id: int,
    asked: list[Asked],
) -> list[Said] | None:
    """A few at a time. None when it was cancelled meanwhile."""
    said: list[Said] = []
    for start in range(0, len(asked), _TOGETHER):
        said += await bench.answer(asked[start : start + _TOGETHER])
        async with ctx.begin(workspace_id) as tx:
            if not await running.progress(tx, run_id, done=len(said)):
                return None
    return said
