"""Deliveries against a receiver that can be down: everything arrives once, in order."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook as Receiver

from tests.domains.webhooks.sink import Sink
from tests.support import desk as support
from yizhan.domains.tickets import events as tickets
from yizhan.domains.webhooks import errors, handlers, jobs, outbox, schemas, sender, service
from yizhan.domains.webhooks.types import Delivery, Webhook
from yizhan.kernel import clock, egress, events, log
from yizhan.kernel import jobs as kernel_jobs
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.storage import Disk

ALLOW = ("127.0.0.1/32",)


class Desk:
    """A workspace with a webhook and a clock that tests move."""

    def __init__(self, database: Database, workspace_id: int) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.vault = Vault(b"k" * 32)
        self.ahead = timedelta()
        self.tickets: list[int] = []

    def now(self) -> datetime:
        return clock.now() + self.ahead

    async def hook(self, url: str, *, patterns: Sequence[str] = ("*",)) -> tuple[Webhook, str]:
        async with self.database.begin(system(self.workspace_id)) as tx:
            return await service.create(
                tx,
                schemas.WebhookIn(url=url, events=list(patterns)),
                vault=self.vault,
                allow=ALLOW,
            )

    async def happen(self, ticket_id: int, number: int) -> None:
        async with self.database.begin(system(self.workspace_id)) as tx:
            tx.emit(
                tickets.TicketUpdated(ticket_id=ticket_id, changes={"step": [number - 1, number]})
            )

    async def collect(self) -> None:
        """Run the log's reader up to what was written before this call."""
        async with self.database.begin(system(self.workspace_id)) as tx:
            last = await tx.db.fetchval(
                "SELECT max(id) FROM event WHERE workspace_id = $1", self.workspace_id
            )
        consumer = next(one for one in events.consumers() if one.run is handlers.collect)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            await log.catch_up(self.database, consumer, self.workspace_id)
            async with self.database.begin(system(self.workspace_id)) as tx:
                seen = await tx.db.fetchval(
                    "SELECT id FROM consumer WHERE workspace_id = $1 AND name = 'webhooks'",
                    self.workspace_id,
                )
            if seen is not None and seen >= last:
                return
            await asyncio.sleep(0.02)
        pytest.fail("the log's reader did not reach the end")

    async def pump(self, hook: Webhook) -> int:
        async with egress.Client(ALLOW) as client:
            return await sender.pump(
                self.database,
                self.vault,
                client,
                workspace_id=self.workspace_id,
                webhook_id=hook.id,
                now=self.now,
            )

    async def look(self, hook: Webhook) -> Webhook:
        async with self.database.begin(system(self.workspace_id)) as tx:
            return next(row for row in await service.every(tx) if row.id == hook.id)

    async def log(self, hook: Webhook) -> list[Delivery]:
        async with self.database.begin(system(self.workspace_id)) as tx:
            return (await service.deliveries(tx, hook.id, limit=200)).items


@pytest.fixture
async def desk(desk: support.Desk) -> Desk:
    """The common desk, as these tests use it."""
    return Desk(desk.database, desk.workspace_id)


def steps(sink: Sink, ticket_id: int) -> list[int]:
    """What a receiver knows of a ticket, in the order of arrival."""
    found = []
    for body in sink.accepted:
        data = body["data"]
        assert isinstance(data, dict)
        if data.get("ticket_id") == str(ticket_id):
            found.append(data["changes"]["step"][1])
    return found


async def test_what_happens_arrives_signed(desk: Desk, sink: Sink) -> None:
    ticket_id = desk.database.new_id()
    await desk.happen(ticket_id, 0)
    hook, secret = await desk.hook(sink.url)
    await desk.happen(ticket_id, 1)
    await desk.collect()
    await desk.pump(hook)
    assert steps(sink, ticket_id) == [1], "what was before the webhook is not sent"
    headers, body = sink.requests[0]
    assert Receiver(secret).verify(body, headers)["type"] == "ticket.updated"
    (row,) = await desk.log(hook)
    assert (row.state, row.status, row.response, row.attempts) == ("delivered", 200, "thanks", 1)
    assert row.duration_ms is not None
    assert await desk.pump(hook) == 0, "once is enough"


async def test_a_receiver_that_was_down_gets_all_once_and_in_order(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url)
    mine = [desk.database.new_id() for _ in range(4)]
    moves = [(ticket_id, step) for step in range(5) for ticket_id in mine]
    sink.status = 503
    for ticket_id, step in moves[:10]:
        await desk.happen(ticket_id, step)
    await desk.collect()
    assert await desk.pump(hook) == 4, "one attempt a ticket; the later ones wait for the earlier"
    for ticket_id, step in moves[10:]:
        await desk.happen(ticket_id, step)
    await desk.collect()
    choose = random.Random(7)
    for _ in range(12):
        desk.ahead += timedelta(minutes=choose.randint(0, 90))
        sink.status = choose.choice([500, 503, 404, 302])
        await desk.pump(hook)
    assert sink.accepted == []
    assert (await desk.look(hook)).health == "failing"
    sink.status = 200
    desk.ahead += timedelta(hours=3)
    await desk.pump(hook)
    for ticket_id in mine:
        assert steps(sink, ticket_id) == [0, 1, 2, 3, 4]
    assert len({body["id"] for body in sink.accepted}) == len(sink.accepted) == 20
    assert (await desk.look(hook)).health == "ok"


async def test_many_senders_at_once_send_each_thing_once(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url)
    mine = [desk.database.new_id() for _ in range(6)]
    for step in range(4):
        for ticket_id in mine:
            await desk.happen(ticket_id, step)
    await desk.collect()
    await asyncio.gather(*(desk.pump(hook) for _ in range(5)))
    for ticket_id in mine:
        assert steps(sink, ticket_id) == [0, 1, 2, 3]
    assert len(sink.requests) == 24


async def test_after_a_day_a_delivery_is_given_up_and_the_next_one_follows(
    desk: Desk, sink: Sink
) -> None:
    hook, _ = await desk.hook(sink.url)
    ticket_id = desk.database.new_id()
    await desk.happen(ticket_id, 1)
    await desk.collect()
    sink.status = 500
    while desk.ahead < timedelta(hours=25):
        await desk.pump(hook)
        desk.ahead += timedelta(minutes=30)
    (row,) = await desk.log(hook)
    assert (row.state, row.status) == ("failed", 500)
    assert row.attempts > 10
    assert (await desk.look(hook)).health == "failed"
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        kinds = await tx.db.fetch(
            "SELECT type FROM event WHERE workspace_id = $1", desk.workspace_id
        )
    assert [row[0] for row in kinds].count("webhook.failed") == 1
    sink.status = 200
    await desk.happen(ticket_id, 2)
    await desk.collect()
    await desk.pump(hook)
    assert steps(sink, ticket_id) == [2]
    assert (await desk.look(hook)).health == "ok"


async def test_a_sender_that_dies_leaves_a_timer_behind(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url)
    ticket_id = desk.database.new_id()
    await desk.happen(ticket_id, 1)
    await desk.collect()
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        _, work = await outbox.claim(tx, hook.id, now=desk.now())
        due = await tx.db.fetchval("SELECT due_at FROM timer WHERE kind = $1", outbox.JOB)
    assert len(work) == 1, "claimed, and then the process ended"
    assert await desk.pump(hook) == 0, "while the lease holds nobody else sends it"
    assert due <= desk.now() + outbox.LEASE
    desk.ahead += outbox.LEASE + timedelta(seconds=1)
    assert await desk.pump(hook) == 1
    assert steps(sink, ticket_id) == [1]


async def test_gone_switches_a_webhook_off(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url)
    for step in (1, 2):
        await desk.happen(desk.database.new_id(), step)
    await desk.collect()
    sink.status = 410
    assert await desk.pump(hook) == 2
    after = await desk.look(hook)
    assert (after.active, after.disabled_reason, after.health) == (False, "gone", "disabled")
    assert {row.state for row in await desk.log(hook)} == {"failed"}
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        with pytest.raises(errors.WebhookInactive):
            await service.test(tx, hook.id)


async def test_one_delivery_and_a_part_of_the_log_can_be_sent_again(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url, patterns=["ticket.*"])
    ticket_id = desk.database.new_id()
    for step in (1, 2, 3):
        await desk.happen(ticket_id, step)
    await desk.collect()
    await desk.pump(hook)
    newest = (await desk.log(hook))[0]
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        again = await service.replay_one(tx, hook.id, delivery_id=newest.id)
    assert again.event_id == newest.event_id
    await desk.pump(hook)
    assert steps(sink, ticket_id) == [1, 2, 3, 3]
    assert sink.accepted[2]["id"] == sink.accepted[3]["id"]
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        until = str(await log.end(tx))
    config = Config(egress_allow=ALLOW)
    context = kernel_jobs.Context(desk.database, Disk(config.data), config, desk.vault)
    after = str(sink.accepted[0]["cursor"])
    await jobs.replay(
        context, workspace_id=desk.workspace_id, webhook_id=hook.id, after=after, until=until
    )
    await desk.pump(hook)
    assert steps(sink, ticket_id)[4:] == [2, 3], "only what is behind the cursor"


async def test_both_secrets_sign_while_one_is_replaced(desk: Desk, sink: Sink) -> None:
    hook, old = await desk.hook(sink.url)
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        _, new = await service.rotate(tx, hook.id, vault=desk.vault)
        await service.test(tx, hook.id)
    await desk.pump(hook)
    headers, body = sink.requests[0]
    for secret in (old, new):
        assert Receiver(secret).verify(body, headers)["type"] == "webhook.test"


async def test_a_webhook_inside_the_network_is_refused(desk: Desk) -> None:
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        for url in ("http://169.254.169.254/", "http://localhost/", "ftp://example.com/x"):
            with pytest.raises(egress.EgressRefused):
                await service.create(tx, schemas.WebhookIn(url=url), vault=desk.vault)


async def test_the_delivery_log_goes_back_a_month(desk: Desk, sink: Sink) -> None:
    hook, _ = await desk.hook(sink.url)
    await desk.happen(desk.database.new_id(), 1)
    await desk.collect()
    await desk.pump(hook)
    desk.ahead += outbox.KEPT + timedelta(minutes=1)
    await desk.happen(desk.database.new_id(), 2)
    await desk.collect()
    await desk.pump(hook)
    assert len(sink.accepted) == 2
    assert [row.state for row in await desk.log(hook)] == []
