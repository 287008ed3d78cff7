"""Brings the database up, then serves the web."""

from __future__ import annotations

import asyncio
import os
import sys

from yizhan.app import front, runtime
from yizhan.kernel import config as configuration
from yizhan.kernel import migrate, process


def serve() -> None:
    """Serve until a signal. Starts the embedded database when none is configured."""
    config = configuration.load()
    asyncio.run(_serve(config))


async def _serve(config: configuration.Config) -> None:
    await runtime.await_database(config)
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        os.environ["YIZHAN_DSN"] = dsn
        if config.database_url:
            _become_front()
        front.serve(config)  # not replaced: this process holds the embedded database


def _become_front() -> None:
    """Replace this process, which had to load the whole desk, by the server's parent alone."""
    os.environ[process.PARENT] = str(os.getppid())
    os.execv(sys.executable, [sys.executable, "-m", "yizhan.app.front", "web"])  # noqa: S606 -- ourselves
