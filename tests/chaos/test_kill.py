"""kill -9 of web, worker and database while mails pour in: each ends once, and somebody can see where.

The short form is in ``test_short.py``, with all kinds of work.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.chaos import ledger
from tests.chaos.mails import ADDRESS, Mail, Maildir, flood
from tests.extensions.channels.email import servers as mail_servers
from tests.support import served as serving
from tests.support.served import Served

VICTIMS = ("worker", "database", "web")
SEED = int(os.environ.get("YIZHAN_CHAOS_SEED", "7"))
MANY = int(os.environ.get("YIZHAN_CHAOS_MAILS", "2000"))

logger = logging.getLogger("yizhan.chaos")

pytestmark = pytest.mark.servers


@pytest.fixture
def servers() -> Iterator[mail_servers.MailServers]:
    if reason := mail_servers.missing():
        pytest.skip(reason)
    with mail_servers.MailServers.start() as started:
        yield started


@contextlib.asynccontextmanager
async def connected(desk: Served) -> AsyncIterator[asyncpg.Connection[Any]]:
    connection = await asyncpg.connect(desk.dsn, timeout=5)
    try:
        yield connection
    finally:
        await connection.close()


async def _count(desk: Served, condition: str) -> int | None:
    """How many envelopes; None while the database is away."""
    try:
        async with connected(desk) as connection:
            found = await connection.fetchval(f"SELECT count(*) FROM envelope WHERE {condition}")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
        return None
    return int(found)


async def _reached(desk: Served, count: int, *, seconds: float) -> None:
    """Wait until so many envelopes are done."""
    deadline = time.monotonic() + seconds
    while (done := await _count(desk, "state <> 'received'")) is None or done < count:
        assert time.monotonic() < deadline, f"{done} of {count} after {seconds:g} s"
        await asyncio.sleep(0.05)


def _plan(kills: int, *, rng: random.Random) -> list[tuple[float, str, float]]:
    """When (as a share of the mails), whom, and how long after that moment."""
    victims = [VICTIMS[n % len(VICTIMS)] for n in range(kills)]
    rng.shuffle(victims)
    moments = sorted(rng.uniform(0.02, 0.9) for _ in range(kills))
    return [(at, who, rng.uniform(0, 0.3)) for at, who in zip(moments, victims, strict=True)]


async def _rampage(desk: Served, *, kills: int, mails: int) -> None:
    for at, victim, after in _plan(kills, rng=random.Random(SEED)):
        await _reached(desk, int(at * mails), seconds=180)
        await asyncio.sleep(after)  # the random moment itself
        pid = await asyncio.to_thread(serving.until, partial(desk.part, victim))
        with contextlib.suppress(ProcessLookupError):  # it had just ended with another one
            os.kill(pid, signal.SIGKILL)
        logger.info("killed %s at %.0f %%", victim, at * 100)


def _fill(box: Maildir, mails: list[Mail], *, pause: float) -> threading.Thread:
    thread = threading.Thread(target=box.fill, args=(mails,), kwargs={"pause": pause})
    thread.start()
    return thread


async def _survive(
    folder: Path, servers: mail_servers.MailServers, mails: list[Mail], *, kills: int
) -> None:
    box = Maildir(servers.root / "mail" / ADDRESS / "Maildir")
    box.fill(mails[: len(mails) // 3])
    with serving.served(folder) as desk:
        desk.add_inbox("email", servers.settings(ADDRESS))
        begun = time.monotonic()
        feeder = _fill(box, mails[len(mails) // 3 :], pause=0.01)
        await _rampage(desk, kills=kills, mails=len(mails))
        await _reached(desk, len(mails), seconds=300)
        feeder.join()
        await _settled(desk)
        took = time.monotonic() - begun
        logger.info(
            "%d mails (%d deliveries), %d kills: %.1f s", len(mails), box.count, kills, took
        )
        async with connected(desk) as connection:
            assert await ledger.problems(connection, mails) == []
            await _finds_planted_faults(connection, mails)
        assert serving.run("verify", "--data", desk.data)["ok"]


async def _settled(desk: Served) -> None:
    """Nothing waits any more: every envelope is done and every one of the mailbox was looked at."""
    deadline = time.monotonic() + 60
    while await _count(desk, "state = 'received'") != 0:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


_MESSAGE = "SELECT id FROM message WHERE direction = 'in' ORDER BY id LIMIT 1"
_PLANTED = {
    "message gone": f"DELETE FROM message WHERE id = ({_MESSAGE})",
    "never stored": "DELETE FROM envelope WHERE id = (SELECT max(id) FROM envelope)",
    "without a reason": "UPDATE envelope SET reason = NULL WHERE state = 'quarantine'",
    "without an envelope": (
        "INSERT INTO message (workspace_id, id, ticket_id, direction, visibility, author_kind,"
        " channel, external_id, created_at) SELECT workspace_id, 1, ticket_id, direction,"
        f" visibility, author_kind, channel, external_id, now() FROM message WHERE id = ({_MESSAGE})"
    ),
    "another mail's words": f"UPDATE message SET body_text = '' WHERE id = ({_MESSAGE})",
}


async def _finds_planted_faults(connection: asyncpg.Connection[Any], mails: list[Mail]) -> None:
    """A check that cannot fail proves nothing."""
    for complaint, statement in _PLANTED.items():
        planted = connection.transaction()
        await planted.start()
        await connection.execute(statement)
        found = await ledger.problems(connection, mails)
        await planted.rollback()
        assert any(complaint in line for line in found), (complaint, found)


@pytest.mark.chaos
@pytest.mark.timeout(1800)
async def test_every_one_of_many_mails_ends_once(
    tmp_path: Path, servers: mail_servers.MailServers
) -> None:
    await _survive(tmp_path, servers, flood(MANY, seed=SEED), kills=12)
