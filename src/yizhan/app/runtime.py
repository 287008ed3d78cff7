"""A running desk within this process: database, files, keys; used by web, worker and commands."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from yizhan.app import discovery
from yizhan.app.backups import place
from yizhan.kernel import crypto, db, logs, migrate, postgres, storage
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge


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


@contextlib.asynccontextmanager
async def open(config: Config) -> AsyncIterator[Edge]:
    """Everything for a command: start the database if need be, migrate, connect."""
    logs.set_up(config.log_level)
    async with database_up(config) as dsn:
        await migrate.run(dsn)
        async with open_edge(config, dsn=dsn) as edge:
            yield edge
