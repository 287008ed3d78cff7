"""Starts granian with our settings."""

from __future__ import annotations

import asyncio
import os

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings

from yizhan.app import runtime
from yizhan.kernel import config as configuration
from yizhan.kernel import migrate

# Streams are requests that never end; the default would stop at about a thousand of them.
_BACKPRESSURE = 30_000


def serve() -> None:
    """Serve until a signal. Brings the database up first, when it is ours and not running."""
    config = configuration.load()
    asyncio.run(_serve_with_database(config))


async def _serve_with_database(config: configuration.Config) -> None:
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        os.environ["YIZHAN_DSN"] = dsn
        await asyncio.to_thread(lambda: None)
        _granian(config)


def _granian(config: configuration.Config) -> None:
    Granian(
        "yizhan.app.web:application",
        address=config.host,
        port=config.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=max(1, config.workers),
        loop=Loops.uvloop,
        backlog=4096,
        backpressure=_BACKPRESSURE,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
        websockets=True,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
