"""After a restore nothing goes out by itself until somebody says so."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.app.test_backup import empty, installed
from tests.domains.channels import fakes
from tests.domains.webhooks.sink import Sink, listening
from tests.support import desk as support
from tests.support.desk import Desk
from yizhan.app import doctor
from yizhan.app.backups import making, restoring
from yizhan.app.commands import held as command
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing
from yizhan.kernel import crypto, db, jobs
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge
from yizhan.kernel.storage import Disk

__all__ = ["empty"]  # a fixture

ALLOW = ("127.0.0.1/32",)
ran: list[int] = []


@jobs.job("test.outgoing", outgoing=True)
async def tell(_ctx: jobs.Context, *, workspace_id: int, number: int) -> None:
    """Tells somebody outside."""
    del workspace_id
    ran.append(number)


@dataclass
class Twice:
    """The desk that is gone, what it still had to say, and its backup."""

    old: Desk
    fake: fakes.FakeInbox
    sink: Sink
    path: Path
    ticket: str
    message: str
    second: str


@pytest.fixture
async def twice(desk: Desk, tmp_path: Path) -> AsyncIterator[Twice]:
    """An answer, an event for another system and a job wait when the backup is made."""
    ran.clear()
    fake = await fakes.add_inbox(desk)
    await fake.say("你好", number="m1")
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    async with listening() as sink:
        desk.edge.config = msgspec.structs.replace(desk.edge.config, egress_allow=ALLOW)
        made = await desk.api.post(
            "/api/v1/webhooks", json={"url": sink.url, "events": ["message.*"]}
        )
        assert made.status_code == 201, made.text
        message = await fakes.answer(desk, ticket["id"], "已经寄出")
        second = await fakes.answer(desk, ticket["id"], "单号 42")
        async with desk.as_system() as tx:
            tx.defer("test.outgoing", number=1)
        path = tmp_path / "backup"
        await making.make(installed(desk), dsn=desk.database.dsn, store=desk.edge.store, path=path)
        yield Twice(desk, fake, sink, path, ticket["id"], message["id"], second["id"])


@contextlib.asynccontextmanager
async def restored(twice: Twice, place: Config, *, hold: bool = True) -> AsyncIterator[Desk]:
    """The desk out of the backup, with the token that worked in the old one."""
    store = Disk(place.data / "files")
    await restoring.restore(place, store=store, path=twice.path, hold=hold)
    database = await db.connect(place.database_url, pool=4)
    config = Config(data=place.data, understanding=False, egress_allow=ALLOW)
    edge = Edge(config=config, database=database, store=store, vault=crypto.open_vault(config))
    try:
        with support._application(edge) as app:
            async with support.client(app) as api:
                api.headers["Authorization"] = twice.old.api.headers["Authorization"]
                yield Desk(edge, twice.old.created, api)
    finally:
        await database.close()


async def held(desk: Desk) -> dict[str, Any]:
    answer = await desk.api.get("/api/v1/system/held")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found | {one["kind"]: one["count"] for one in found["waiting"]}


async def state(desk: Desk, ticket: str, message: str) -> tuple[str, str | None]:
    rows = await fakes.messages(desk, ticket)
    delivery = next(row for row in rows if row["id"] == message)["delivery"]
    return delivery["state"], delivery["error"]


async def unwell(place: Config) -> set[str]:
    return {check.name for check in await doctor.examine(place) if not check.ok}


async def test_what_waited_is_held_until_it_is_sent(twice: Twice, empty: Config) -> None:
    async with restored(twice, empty) as desk:
        await desk.run_jobs()
        assert (twice.fake.outside.sent, ran) == ([], [])
        assert {one["type"] for one in twice.sink.accepted} == {"message.delivery_changed"}
        assert await state(desk, twice.ticket, twice.message) == ("held", "restored")
        found = await held(desk)
        assert (found["state"], found["messages"], found["others"]) == ("hold", 2, 1)
        assert found["webhooks"] >= 1
        assert "held" in await unwell(empty)
        # What people write now goes, what the desk writes by itself waits with the rest.
        await fakes.answer(desk, twice.ticket, "刚写的")
        async with desk.as_system() as tx:
            await tickets.reply(
                tx, int(twice.ticket), outgoing=Outgoing(body="您满意吗？", automatic=True)
            )
        await desk.run_jobs()
        assert [sent.text for sent in twice.fake.outside.sent] == ["刚写的"]
        assert (await held(desk))["messages"] == 3

        said = await desk.api.post("/api/v1/system/held", json={"decision": "send"})
        assert said.status_code == 200, said.text
        await desk.run_jobs()
        texts = [sent.text for sent in twice.fake.outside.sent]
        assert texts == ["刚写的", "已经寄出", "单号 42", "您满意吗？"]
        assert await state(desk, twice.ticket, twice.message) == ("sent", None)
        assert ran == [1]
        queued = [one for one in twice.sink.accepted if one["type"] == "message.queued"]
        assert len(queued) == 4
        assert (await held(desk))["total"] == 0
        assert "held" not in await unwell(empty)
        other = await desk.api.post("/api/v1/system/held", json={"decision": "discard"})
        assert (other.status_code, other.json()["code"]) == (409, "held_already_decided")


async def test_what_is_set_aside_is_never_sent_by_itself(twice: Twice, empty: Config) -> None:
    async with restored(twice, empty) as desk:
        await desk.run_jobs()
        path = f"/api/v1/messages/{twice.second}/retry"  # a person wants this one
        assert (await desk.api.post(path, json={})).status_code == 409
        assert (await desk.api.post(path, json={"confirm_duplicate": True})).status_code < 300
        arguments = argparse.Namespace(send=False, discard=True, hold=False, workspace=None)
        (told,) = (await command.run(arguments, empty))["workspaces"]  # before any worker starts
        assert (told["state"], told["total"]) == ("discard", 0)
        await desk.run_jobs()
        assert ([sent.text for sent in twice.fake.outside.sent], ran) == (["单号 42"], [])
        assert not [one for one in twice.sink.accepted if one["type"] == "message.queued"]
        assert await state(desk, twice.ticket, twice.message) == ("unknown", "restored")
        path = f"/api/v1/messages/{twice.message}/retry"
        assert (await desk.api.post(path, json={})).status_code == 409
        assert (await desk.api.post(path, json={"confirm_duplicate": True})).status_code < 300
        await desk.run_jobs()
        assert [sent.text for sent in twice.fake.outside.sent] == ["单号 42", "已经寄出"]


async def test_a_restore_that_sends_at_once(twice: Twice, empty: Config) -> None:
    async with restored(twice, empty, hold=False) as desk:
        await desk.run_jobs()
        assert [sent.text for sent in twice.fake.outside.sent] == ["已经寄出", "单号 42"]
        assert (await held(desk))["state"] is None
        assert ran == [1]
