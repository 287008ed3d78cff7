"""``yizhan doctor``: looks at what an installation needs, and says how to cure what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg

from yizhan.app import runtime
from yizhan.app.doctor import address, channels, database, machine, measured
from yizhan.app.doctor.cures import CURES
from yizhan.domains.system.types import Check
from yizhan.kernel import errors, migrate
from yizhan.kernel.config import Config

Probe = Callable[[Config, asyncpg.Connection], Awaitable[Check]]

DATABASE: tuple[Probe, ...] = (
    database.server,
    database.fence,
    database.clock,
    database.zones,
    database.queue,
    database.readers,
    database.backup,
    database.held,
    channels.fetching,
    channels.sending,
)


async def examine(config: Config) -> list[Check]:
    """All checks; those of the database only when it can be reached."""
    checks = [machine.python(), machine.binaries(config), machine.storage_key(config)]
    checks.append(machine.disk(config))
    checks.append(await asyncio.to_thread(machine.port, config))  # it may ask this very process
    checks += [machine.proxy(config), machine.collector(config)]
    checks += [await machine.storage(config), await machine.fanout(config)]
    checks.append(await asyncio.to_thread(machine.models))
    checks.append(await asyncio.to_thread(address.address, config))
    try:
        async with runtime.database_up(config) as dsn:
            checks += await _asked(config, dsn)
    except (OSError, TimeoutError, errors.YizhanError, asyncpg.PostgresError) as error:
        checks.append(Check("database", ok=False, detail=str(error), cure=CURES["database"]))
    return checks


async def _asked(config: Config, dsn: str) -> list[Check]:
    connection = await asyncpg.connect(dsn, timeout=15)
    try:
        checks = [await database.migrations(dsn)]
        # Of a schema that is not this release's, only what does not depend on it is asked.
        whole = checks[0].ok and bool(await migrate.applied(dsn))
        checks += [
            await probe(config, connection)
            for probe in DATABASE
            if whole or probe in database.ANY_SCHEMA
        ]
        if whole:
            checks += await measured.measured(config, dsn)
    finally:
        await connection.close()
    return checks


__all__ = ["CURES", "examine"]
