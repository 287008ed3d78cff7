"""Readers of the log: whatever was written reaches each of them, told of or not, also after a fault."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tests.support.desk import Desk, eventually
from yizhan.kernel import events, log
from yizhan.kernel.tx import Tx


class _Reading:
    """A reader that keeps what it was given, and fails once at a chosen event."""

    def __init__(self, *, fails_at: int = 0) -> None:
        self.seen: list[int] = []
        self.fails_at = fails_at
        self.consumer = events.Consumer("tested", self._take, 3)

    async def _take(self, _tx: Tx, batch: Sequence[events.Logged]) -> None:
        if self.fails_at and self.fails_at in {one.id for one in batch}:
            self.fails_at = 0
            raise ValueError("once")
        self.seen += [one.id for one in batch]


async def _brands(desk: Desk, *names: str) -> list[int]:
    for name in names:
        await desk.api.post("/api/v1/brands", json={"name": name})
    return [one.id for one in await desk.events()]


async def test_all_is_read_in_order_without_any_notice_and_after_a_fault(desk: Desk) -> None:
    written = await _brands(desk, "A", "B", "C", "D", "E")
    reading = _Reading(fails_at=written[4])
    running = asyncio.create_task(log.Reader(desk.database, [reading.consumer]).run())
    try:
        await eventually(lambda: len(reading.seen) >= len(written))
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert reading.seen == written


async def test_a_reader_is_given_each_event_once(desk: Desk) -> None:
    reading = _Reading()
    written = await _brands(desk, "A")
    await log.catch_up(desk.database, reading.consumer, desk.workspace_id)
    assert reading.seen == written
    written = await _brands(desk, "B", "C")
    await log.catch_up(desk.database, reading.consumer, desk.workspace_id)
    await log.catch_up(desk.database, reading.consumer, desk.workspace_id)
    assert reading.seen == written


async def test_the_end_of_the_log_is_its_last_event(desk: Desk) -> None:
    written = await _brands(desk, "A", "B")
    async with desk.as_system() as tx:
        assert (await log.end(tx))[1] == written[-1]
