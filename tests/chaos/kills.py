"""Scenarios: parts of the desk are killed, stopped for a while, or asked to end, under load."""

from __future__ import annotations

import asyncio
import os
import signal
from functools import partial

import asyncpg

from tests.chaos import town
from tests.chaos.stage import PARTS, Scenario, Stage, scenario
from tests.extensions.channels.email.servers import MailServers
from tests.support import served as serving


@scenario("kill-each-part", within=90)
async def kill_each_part(stage: Stage) -> None:
    """kill -9 of web, worker, database and keeper in turn, in an order of the seed, twice."""
    for _ in range(2):
        for part in stage.rng.sample(PARTS, k=len(PARTS)):
            await stage.work(stage.rng.randrange(5, 40))
            await stage.kill(part)
            await stage.recover()
    await stage.work(20)


def kill_each_once(mail: MailServers) -> Scenario:
    """The short form: no outgoing webhooks, and what a killed sender holds may stay ``sending``."""
    return Scenario(
        "kill-each-once",
        _each_once,
        within=90,
        opened=partial(town.opened, mail=mail, hooks=False),
        quiet=90,
        leases=False,
    )


async def _each_once(stage: Stage) -> None:
    for part in ("worker", "database", "web"):
        await stage.work(10)
        await stage.kill(part)
        await stage.recover()
    await stage.work(10)


@scenario("kill-web-often", within=60)
async def kill_web_often(stage: Stage) -> None:
    """kill -9 of web in the middle of requests, twelve times."""
    for _ in range(12):
        await stage.work(stage.rng.randrange(2, 15))
        await stage.kill("web")
        await stage.recover()
    await stage.work(10)


@scenario("kill-worker-often", within=60, quiet=420)
async def kill_worker_often(stage: Stage) -> None:
    """kill -9 of the worker while answers leave; what it held is sent once or called unknown."""
    for _ in range(6):
        await stage.work(stage.rng.randrange(5, 25))
        await asyncio.sleep(stage.rng.uniform(0, 0.5))
        await stage.kill("worker")
        await stage.recover()
    await stage.work(10)


@scenario("kill-all-at-once", within=120)
async def kill_all_at_once(stage: Stage) -> None:
    """Power cut: every part within a few milliseconds; the supervisor brings all back."""
    await stage.work(30)
    for part in PARTS:
        await stage.kill(part)
    await stage.recover(seconds=150)
    await stage.work(20)


@scenario("database-restarts", within=60)
async def database_restarts(stage: Stage) -> None:
    """Fast and immediate shutdowns, and every connection ended by an administrator."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGINT):
        await stage.work(stage.rng.randrange(5, 30))
        await stage.kill("database", sign=sign)
        await asyncio.sleep(0.5)
        await stage.recover()
    await stage.work(10)
    async with stage.town.connected() as connection:
        ended: int = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    stage.notes["ended"] = ended
    await stage.recover()
    await stage.work(10)


@scenario("stop-in-order", within=90)
async def stop_in_order(stage: Stage) -> None:
    """SIGTERM to web and worker while they work: what runs is finished, the supervisor starts anew."""
    for part in ("web", "worker", "worker", "web"):
        await stage.work(stage.rng.randrange(5, 30))
        old = stage.desk.part(part)
        await stage.kill(part, sign=signal.SIGTERM)
        await asyncio.to_thread(
            serving.until,
            partial(_replaced, stage, part, old=old),
            seconds=60,
            what=f"{part} ends when asked",
        )
        await stage.recover()
    await stage.work(10)


def _replaced(stage: Stage, part: str, *, old: int) -> bool:
    return stage.desk.part(part) not in {0, old}


@scenario("worker-paused", within=60, quiet=300)
async def worker_paused(stage: Stage) -> None:
    """SIGSTOP of the worker for longer than its lease of jobs; a second worker takes over; SIGCONT."""
    await stage.work(20)
    second = await _second_worker(stage)
    try:
        await stage.work(10)
        pid = stage.desk.part("worker")
        os.kill(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(45)
        finally:
            os.kill(pid, signal.SIGCONT)
        await stage.work(30)
        await asyncio.sleep(5)
    finally:
        second.terminate()
        await asyncio.wait_for(second.wait(), 60)


@scenario("web-paused-in-a-transaction", within=60)
async def web_paused(stage: Stage) -> None:
    """A transaction of a frozen process holds no reader of the log back for longer than its limit."""
    async with stage.town.connected() as connection:
        await connection.execute("SET ROLE yizhan_app")
        await connection.execute(
            f"BEGIN; SET LOCAL yizhan.workspace = '{stage.town.workspace_id}';"
        )
        await connection.execute("SELECT pg_current_xact_id()")
        await stage.work(40)
        await asyncio.sleep(75)
        try:
            await connection.execute("COMMIT")
            stage.wrong.append("an idle transaction was left alone for 75 s")
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            pass
    await stage.work(10)


async def _second_worker(stage: Stage) -> asyncio.subprocess.Process:
    """Another worker on the same database, as on a second machine."""
    return await asyncio.create_subprocess_exec(
        *serving.command("worker", "--data", stage.desk.data),
        env={**serving.environment_of_parts(), "YIZHAN_DATABASE_URL": stage.town.dsn},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
