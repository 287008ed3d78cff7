"""Removes what only has to be kept for a while: answers to repeated requests, old queue logs."""

from __future__ import annotations

import asyncio

import asyncpg
import structlog

from yizhan.kernel import errors
from yizhan.kernel.db import Database

logger = structlog.get_logger(__name__)

_EVERY_SECONDS = 1800


async def once(database: Database) -> None:
    """Remove what is due. Several processes may do it at once."""
    await database.lookup("SELECT yizhan_upkeep()")


async def run(database: Database) -> None:
    """Do it twice an hour for as long as the worker lives."""
    while True:
        try:
            await once(database)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable):
            logger.warning("upkeep_failed")
        await asyncio.sleep(_EVERY_SECONDS)
