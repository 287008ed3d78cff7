"""The leader of the database freezes or dies under load: `make ha`.

What clients were told is in their journal. With a synchronous replica nothing of it may be lost. The
same with an asynchronous one is the control: it must show loss, or this test would
not see any.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import asyncpg
import pytest

from tests.chaos import sinks
from tests.chaos.clients import Doors, Load
from tests.chaos.journal import Journal, Work
from tests.cluster import desks, parts, patroni
from tests.cluster.desks import Machines, reached
from tests.cluster.patroni import Cluster, Member
from tests.support.served import free_port, until

pytestmark = [pytest.mark.ha, pytest.mark.timeout(900)]

logger = logging.getLogger("yizhan.ha")
logging.getLogger("mail.log").setLevel(logging.WARNING)

NEEDED = ("patroni", "etcd", "haproxy")
REPORT = os.environ.get("YIZHAN_HA_REPORT", "")


@dataclass
class Log:
    """What one fail-over did, for the report."""

    case: str
    acknowledged_before: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    kept_without_answer: int = 0
    letters: int = 0
    letters_twice: list[str] = field(default_factory=list)
    letters_missing: list[str] = field(default_factory=list)
    unknown: int = 0
    seconds_without_writes: float = 0.0  # the longest between two acknowledgements
    answers: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def tell(self) -> None:
        said = asdict(self) | {"lost": len(self.lost), "twice": len(self.twice)}
        logger.info("%s", json.dumps(said))
        if REPORT:
            with Path(REPORT).open("a") as file:
                file.write(json.dumps(said) + "\n")


@dataclass
class Scene:
    """A desk on a cluster, its clients, and the mail server that its answers go to."""

    cluster: Cluster
    machines: Machines
    letters: sinks.Letters
    journal: Journal
    load: Load
    log: Log

    async def fetch(self, sql: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.cluster.dsn, timeout=10)
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()

    def done(self) -> int:
        return sum(work.acknowledged for work in self.journal.works())

    async def worked(self, count: int, *, seconds: float = 120) -> None:
        """So many more things were acknowledged."""
        wanted = self.done() + count

        async def so_many() -> bool:
            return self.done() >= wanted

        await reached(so_many, seconds=seconds)

    async def leading(self) -> Member:
        """Who leads, after some work."""
        await self.worked(150)
        self.log.acknowledged_before = self.done()
        return self.cluster.leader()

    async def again(self) -> None:
        """Until work goes on; the longest time in which nothing was acknowledged is noted."""
        last, seen, longest = time.monotonic(), self.done(), 0.0
        wanted = seen + 40

        async def so_many() -> bool:
            nonlocal last, seen, longest
            if (now := self.done()) > seen:
                longest = max(longest, time.monotonic() - last)
                last, seen = time.monotonic(), now
            return seen >= wanted

        await reached(so_many, seconds=180)
        self.log.seconds_without_writes = round(longest, 1)


@contextlib.asynccontextmanager
async def scene(case: str, *, synchronous: bool) -> AsyncIterator[Scene]:
    """All of it, working."""
    if reason := parts.missing(*NEEDED):
        assert not os.environ.get("CI"), reason
        pytest.skip(reason)
    letters, smtp_port = sinks.Letters(), free_port()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(parts.place("ha"))
        stack.enter_context(sinks.mail_server(letters, smtp_port))
        cluster = stack.enter_context(patroni.cluster(folder, synchronous=synchronous))
        settings = {"YIZHAN_DATABASE_URL": cluster.dsn}
        machines = stack.enter_context(desks.desk(folder, settings, webs=1, workers=1))
        _mailing(machines, smtp_port)
        journal = stack.enter_context(Journal(folder / "journal"))
        load = Load(Doors(machines.url(0), machines.token), journal, seed=11, pause=0.03)
        stage = Scene(cluster, machines, letters, journal, load, Log(case))
        load.start()
        try:
            yield stage
        finally:
            for task in load._tasks:
                task.cancel()
            await asyncio.gather(*load._tasks, return_exceptions=True)


def _mailing(machines: Machines, smtp_port: int) -> None:
    """Answers leave at once, to a mail server that counts."""
    with machines.api(machines.url(0)) as api:
        assert api.patch(
            "/api/v1/workspace", json={"settings": {"undo_send_seconds": 0}}
        ).is_success
        brands = api.get("/api/v1/brands").json()
        brand = (brands["items"] if isinstance(brands, dict) else brands)[0]["id"]
        settings = {
            "address": "support@brand.example",
            "smtp_host": "127.0.0.1",
            "smtp_port": smtp_port,
            "smtp_security": "none",
            "smtp_username": "",
            "quote_previous": False,
            "timeout_seconds": 15,
        }
        made = {"name": "Mail", "channel": "email", "brand_id": brand, "settings": settings}
        answer = api.post("/api/v1/inboxes", json=made)
        assert answer.is_success, answer.text


_SAID = """
SELECT 'ticket' AS kind, subject AS said, NULL AS delivery FROM ticket
UNION ALL SELECT 'reply', m.body_text, d.state FROM message m
  LEFT JOIN delivery d ON d.workspace_id = m.workspace_id AND d.message_id = m.id
WHERE m.direction = 'out'
"""


async def judge(stage: Scene) -> Log:
    """Stops the clients, waits until answers have left, and counts."""
    log = stage.log
    await stage.load.stop(seconds=180)

    async def all_left() -> bool:
        rows = await stage.fetch(
            "SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending')"
        )
        return bool(rows[0][0] == 0)

    await reached(all_left, seconds=420)
    rows = await stage.fetch(_SAID)
    works = [work for work in stage.journal.works() if work.kind in ("ticket", "reply")]
    counted = {work.key: _times(work, rows) for work in works}
    log.acknowledged = sum(work.acknowledged for work in works)
    log.lost = [work.key for work in works if work.acknowledged and not counted[work.key]]
    log.twice = [key for key, times in counted.items() if times > 1]
    log.kept_without_answer = sum(
        1 for work in works if not work.acknowledged and counted[work.key]
    )
    replies = {work.key for work in works if work.kind == "reply"}
    states = {
        key: row["delivery"]
        for row in rows
        for key in sinks.WORD.findall(row["said"])
        if key in replies
    }
    log.letters = len(stage.letters.words)
    log.letters_twice = [key for key, times in stage.letters.words.items() if times > 1]
    log.letters_missing = [
        key for key, state in states.items() if state == "sent" and key not in stage.letters.words
    ]
    log.unknown = sum(state == "unknown" for state in states.values())
    log.answers = dict(sorted(stage.load.answers.items()))
    log.wrong = stage.load.wrong
    log.tell()
    return log


def _times(work: Work, rows: list[asyncpg.Record]) -> int:
    return sum(row["kind"] == work.kind and work.key in row["said"] for row in rows)


def _nothing_lost(log: Log) -> None:
    assert (log.lost, log.twice) == ([], [])
    assert (log.letters_twice, log.letters_missing) == ([], [])
    assert log.wrong == [], "an answer that no fault excuses"


async def test_a_killed_leader_costs_nothing_that_was_acknowledged() -> None:
    async with scene("synchronous, leader killed", synchronous=True) as stage:
        dead = await stage.leading()
        dead.kill()
        await stage.again()
        await stage.worked(100)
        dead.process.start()  # the machine comes back, and follows
        await stage.worked(50)
        log = await judge(stage)
        _nothing_lost(log)
        until(lambda: stage.cluster.has_replica(synchronous=True), seconds=120, what="it follows")


async def test_a_frozen_leader_is_replaced_and_writes_nothing_when_it_thaws() -> None:
    async with scene("synchronous, leader frozen, thawed later", synchronous=True) as stage:
        frozen = await stage.leading()
        frozen.freeze()
        await stage.again()
        await stage.worked(50)
        frozen.thaw()
        await stage.worked(100)
        assert stage.cluster.leader() is not frozen
        _nothing_lost(await judge(stage))


async def test_a_replica_that_lags_loses_nothing_when_it_is_waited_for() -> None:
    async with scene(
        "synchronous, line to the replica stalls, then leader killed", synchronous=True
    ) as stage:
        _nothing_lost(await _lagging(stage))


async def test_the_control_without_a_synchronous_replica_shows_loss() -> None:
    async with scene(
        "asynchronous, line to the replica stalls, then leader killed", synchronous=False
    ) as stage:
        log = await _lagging(stage)
        assert log.lost, "this test would not see loss"
        assert 500 not in log.answers, "what is new is not stopped by what is gone"


async def _lagging(stage: Scene) -> Log:
    """The line to the replica stalls, clients go on for a moment, then the leader dies."""
    leader = await stage.leading()
    leader.stall_senders()
    with contextlib.suppress(
        AssertionError
    ):  # shorter than wal_receiver_timeout: nobody reconnects
        await stage.worked(60, seconds=3)
    stage.log.acknowledged_before = stage.done()
    leader.kill()
    await stage.again()
    await stage.worked(100)
    return await judge(stage)
