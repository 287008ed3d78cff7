"""Fetching: one process a mailbox, a cursor that never runs ahead of what is stored."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import msgspec
import pytest

from tests.domains.channels import fakes
from tests.support.desk import Desk, eventually
from yizhan.domains.channels import repository
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import Pulled, RawItem
from yizhan.domains.channels.service import pollers


@contextlib.asynccontextmanager
async def _running(desk: Desk, count: int = 1) -> AsyncIterator[None]:
    tasks = [
        asyncio.create_task(pollers.Pollers(desk.edge, look_seconds=0.05).run())
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _wait_there(fake: fakes.FakeInbox, count: int, *, start: int = 0) -> None:
    fake.outside.waiting += [
        msgspec.json.encode({"type": "message", "id": f"p{n}", "from": "u1", "text": f"line {n}"})
        for n in range(start, start + count)
    ]


async def test_what_waits_outside_is_fetched_once_by_any_number_of_processes(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    _wait_there(fake, 25)

    async def all_in() -> bool:
        return len(await fake.envelopes()) == 25

    async with _running(desk, 3):
        await eventually(all_in)
        _wait_there(fake, 5, start=25)

        async def more_in() -> bool:
            return len(await fake.envelopes()) == 30

        await eventually(more_in)
    assert (await fakes.reload(fake)).cursor == {"next": 30}
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    texts = [m["body_text"] for m in await fakes.messages(desk, ticket["id"])]
    assert texts == [f"line {n}" for n in range(30)]


async def test_process_that_lost_the_lease_writes_nothing(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ready = await channels.load(desk.edge, desk.workspace_id, inbox_id=fake.inbox.id)
    async with desk.as_system() as tx:
        assert await repository.take_lease(tx, fake.inbox.id, holder="other", seconds=60, version=1)
        assert not await repository.take_lease(
            tx, fake.inbox.id, holder="me", seconds=60, version=1
        )
    late = Pulled((RawItem("k", b"{}"),), {"next": 99})
    with pytest.raises(pollers.LeaseLost):
        await pollers.store(desk.edge, ready, pulled=late, holder="me")
    assert await fake.envelopes() == {}
    assert (await fakes.reload(fake)).cursor == {}


async def test_new_settings_take_over(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    async with _running(desk):
        _wait_there(fake, 1)
        await eventually(lambda: fake.outside.fetches > 0)
        await desk.api.patch(
            f"/api/v1/inboxes/{fake.inbox.id}", json={"settings": {"account": "elsewhere"}}
        )
        elsewhere = fakes.connector.outside("elsewhere")
        before = elsewhere.fetches
        await eventually(lambda: elsewhere.fetches > before)
        await desk.api.patch(f"/api/v1/inboxes/{fake.inbox.id}", json={"active": False})

        async def given_back() -> bool:
            async with desk.as_system() as tx:
                return (await tx.db.fetchval("SELECT poller FROM inbox")) is None

        await eventually(given_back)


async def test_broken_outside_is_shown_and_tried_again(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    fake.outside.broken = "mailbox is locked"

    async def shown() -> bool:
        return "mailbox is locked" in ((await fakes.reload(fake)).last_error or "")

    async with _running(desk):
        await eventually(shown)
    found = (await desk.api.get(f"/api/v1/inboxes/{fake.inbox.id}")).json()
    assert "mailbox is locked" in found["state"]["last_error"]
