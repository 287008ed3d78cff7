"""A running desk within this process: database, files, keys; used by web, worker and commands."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from yizhan.app import discovery
from yizhan.kernel import crypto, db, logs, migrate, postgres
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge
from yizhan.kernel.storage import Disk


@contextlib.asynccontextmanager
async def open_edge(config: Config, *, dsn: str) -> AsyncIterator[Edge]:
    """Connect to a database that is up and migrated."""
    discovery.load()
    database = await db.connect(dsn, pool=config.pool)
    try:
        yield Edge(
            config=config,
            database=database,
            store=Disk(config.data / "files"),
            vault=crypto.open_vault(config),
        )
    finally:
        await database.close()


@contextlib.asynccontextmanager
async def database_up(config: Config) -> AsyncIterator[str]:
    """The address of a database that answers: the configured one, or the embedded one."""
    if config.database_url:
        yield config.database_url
        return
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
