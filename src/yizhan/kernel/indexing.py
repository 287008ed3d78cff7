"""Indexes on large tables, built while others write.

Outside of a transaction, so a death in the middle leaves an index that is not valid: whoever comes next
drops it and builds it again. One that is there and valid is left alone, so a file can be run again.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import structlog

from yizhan.kernel import errors

logger = structlog.get_logger(__name__)

_TELL_SECONDS = 5.0
_COMMENT = re.compile(r"--[^\n]*")
_STATEMENT = re.compile(r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+([a-z_][a-z0-9_]*)\s+ON\s")

_VALID = """
SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relname = $1 AND c.relnamespace = 'public'::regnamespace
"""
_PROGRESS = """
SELECT phase, blocks_done, blocks_total, tuples_done, tuples_total, current_locker_pid
FROM pg_stat_progress_create_index WHERE pid = $1
"""
# It waits for whoever is in the middle of something, however long; nobody waits behind it. A server that
# nobody listens to any more stops within a second, so that the next start need not wait for it.
_SESSION = """
SET lock_timeout = 0; SET statement_timeout = 0; SET client_connection_check_interval = '1s'
"""


class NotAnIndex(errors.Invalid):
    """A migration that is marked ``-- concurrently`` holds CREATE INDEX CONCURRENTLY and nothing else."""


def statements(sql: str) -> list[tuple[str, str]]:
    """Name and statement of each index of a file. Errors: :class:`NotAnIndex`."""
    found = []
    for piece in _COMMENT.sub("", sql).split(";"):
        statement = piece.strip()
        if not statement:
            continue
        match = _STATEMENT.match(statement)
        if match is None:
            raise NotAnIndex(f"Not such a statement: {statement[:80]}")
        found.append((match[1], statement))
    return found


async def build(connection: asyncpg.Connection[Any], sql: str, *, dsn: str) -> None:
    """Build what is missing of a file's indexes, one after the other. Errors: :class:`NotAnIndex`."""
    wanted = statements(sql)
    await connection.execute(_SESSION)
    try:
        for name, statement in wanted:
            valid = await connection.fetchval(_VALID, name)
            if valid:
                continue
            if valid is not None:
                logger.warning("index_was_interrupted", index=name)
                await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            async with _telling(connection, name, dsn=dsn):
                await connection.execute(statement)
    finally:
        with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await connection.execute("RESET ALL")


@contextlib.asynccontextmanager
async def _telling(
    connection: asyncpg.Connection[Any], name: str, *, dsn: str
) -> AsyncIterator[None]:
    logger.info("index_building", index=name)
    teller = asyncio.create_task(_tell(connection.get_server_pid(), name, dsn=dsn))
    try:
        yield
    finally:
        teller.cancel()
        await asyncio.gather(teller, return_exceptions=True)
    logger.info("index_built", index=name)


async def _tell(pid: int, name: str, *, dsn: str) -> None:
    """How far it is, and for whom it waits, every few seconds."""
    await asyncio.sleep(_TELL_SECONDS)
    beside = await asyncpg.connect(dsn)
    try:
        while True:
            row = await beside.fetchrow(_PROGRESS, pid)
            if row is not None:
                logger.info("index_building", index=name, **said(dict(row)))
            await asyncio.sleep(_TELL_SECONDS)
    finally:
        await beside.close()


def said(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the server's progress in a few words. Pure."""
    kind = "tuples" if row["tuples_total"] else "blocks"
    total = row[f"{kind}_total"]
    found = {"phase": row["phase"]}
    if total:
        found["percent"] = round(100 * row[f"{kind}_done"] / total)
    if row["current_locker_pid"]:
        found["waits_for"] = row["current_locker_pid"]
    return found
