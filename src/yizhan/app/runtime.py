"""A running desk within this process: database, files, keys; used by web, worker and commands."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import asyncpg
import structlog

from yizhan.app import discovery
from yizhan.app.backups import place
from yizhan.kernel import crypto, db, logs, migrate, postgres, storage
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

logger = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def open_edge(config: Config, *, dsn: str) -> AsyncIterator[Edge]:
    """Connect to a database that is up and migrated; through the pooler, where there is one."""
    discovery.load()
    pooled = bool(config.database_direct_url)
    database = await db.connect(
        config.database_url if pooled else dsn,
        pool=config.pool,
        direct=dsn if pooled else "",
        nats=config.nats_url,
    )
    try:
        yield Edge(
            config=config,
            database=database,
            store=storage.opened(config),
            vault=crypto.open_vault(config),
        )
    finally:
        await database.close()


@contextlib.asynccontextmanager
async def database_up(config: Config) -> AsyncIterator[str]:
    """The address of a database that answers: the configured one past any pooler, or the embedded one."""
    if config.database_url:
        yield config.database_direct_url or config.database_url
        return
    place.require_whole(config.data)
    cluster = postgres.ensure(config.data)
    try:
        yield cluster.dsn
    finally:
        cluster.stop()


async def await_database(config: Config, *, seconds: float = 60) -> None:
    """Wait for a database that is somebody else's to start: a fail-over is no reason to give up.

    Returns also when it did not come: whoever needs it then says what is wrong.
    """
    dsn = config.database_direct_url or config.database_url
    deadline = time.monotonic() + seconds
    while dsn and time.monotonic() < deadline:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(dsn, timeout=5)
            await connection.close()
            return
        logger.warning("database_away")
        await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def open(config: Config) -> AsyncIterator[Edge]:
    """Everything for a command: start the database if need be, migrate, connect."""
    logs.set_up(config.log_level)
    async with database_up(config) as dsn:
        await migrate.run(dsn)
        async with open_edge(config, dsn=dsn) as edge:
            yield edge
