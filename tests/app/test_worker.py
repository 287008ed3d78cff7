"""The worker goes on until it is told to stop, and forgets nothing when it does."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from tests.support.desk import Desk
from yizhan.app import worker
from yizhan.kernel import jobs, queue_worker
from yizhan.kernel.http import Edge


async def test_what_has_an_end_does_not_end_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = asyncio.Event()

    async def warm(_edge: Edge) -> None:
        ended.set()

    monkeypatch.setattr(worker, "runners", lambda *_: [warm])
    stop = asyncio.Event()
    working = asyncio.create_task(worker.work(desk.edge, stop=stop))
    await ended.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    assert not working.done()
    stop.set()
    await working


async def test_a_job_that_the_end_of_a_worker_cuts_off_is_done_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: asyncio.Queue[int] = asyncio.Queue()

    async def endless(_ctx: jobs.Context, *, workspace_id: int) -> None:
        begun.put_nowait(workspace_id)
        await asyncio.Event().wait()

    monkeypatch.setattr(
        "yizhan.kernel.jobs._registered", {**jobs.registered(), "test.endless": endless}
    )
    async with desk.begin() as tx:
        tx.defer("test.endless", key="test.endless")
    for _ in range(3):
        one = queue_worker.Worker(desk.context)
        working = asyncio.create_task(one.run())
        async with asyncio.timeout(60):
            assert await begun.get() == desk.workspace_id
        one.stop()
        with suppress(TimeoutError, asyncio.CancelledError):  # it would wait for ever
            await asyncio.wait_for(working, timeout=0.5)
