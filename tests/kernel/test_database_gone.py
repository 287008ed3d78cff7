"""A server that ends, starts, follows another one or is full says so, and that is what callers are told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import asyncpg
import pytest

from yizhan.kernel import db
from yizhan.kernel.actor import system

# admin_shutdown, crash_shutdown, cannot_connect_now, connection_failure, too_many_connections
_CODES = ("57P01", "57P02", "57P03", "08006", "53300")


@contextlib.asynccontextmanager
async def _refusing(code: str) -> AsyncIterator[str]:
    """A server that answers every connection with an error. Gives its address."""
    fields = f"SFATAL\0C{code}\0Mnot now\0\0".encode()
    refusal = b"E" + (len(fields) + 4).to_bytes(4) + fields

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(refusal)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://yizhan@127.0.0.1:{port}/yizhan?sslmode=disable"


@pytest.mark.parametrize("code", _CODES)
async def test_a_server_that_takes_nobody_is_down(code: str) -> None:
    async with (
        _refusing(code) as dsn,
        asyncpg.create_pool(dsn, min_size=0, max_size=1) as pool,
    ):
        database = db.Database(pool, dsn)
        with pytest.raises(db.DatabaseDown):
            async with database.begin(system(7)):
                pass
        with pytest.raises(db.DatabaseDown):
            await database.lookup("SELECT 1")


async def test_a_server_that_ends_or_takes_no_writes_is_down(database: db.Database) -> None:
    for code in (*_CODES, "25006"):  # read_only_sql_transaction
        with pytest.raises(db.DatabaseDown):
            async with database.begin(system(7)) as tx:
                await tx.db.execute(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$")
    with pytest.raises(db.DatabaseDown):
        async with database.begin(system(7)) as tx:
            await tx.db.execute("SET TRANSACTION READ ONLY; DELETE FROM ticket")
    async with database.begin(system(7)) as tx:  # and works again
        assert await tx.db.fetchval("SELECT 1") == 1
