"""The worker goes on until it is told to stop."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.desk import Desk
from yizhan.app import worker
from yizhan.kernel.http import Edge


async def test_what_has_an_end_does_not_end_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = asyncio.Event()

    async def warm(_edge: Edge) -> None:
        ended.set()

    monkeypatch.setattr(worker, "runners", lambda: [warm])
    stop = asyncio.Event()
    working = asyncio.create_task(worker.work(desk.edge, stop=stop))
    await ended.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    assert not working.done()
    stop.set()
    await working
