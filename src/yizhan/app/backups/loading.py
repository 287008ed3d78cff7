"""Rows of a backup into an empty database, in one transaction: all of them or none."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app.backups import content, errors, folder

_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
ORDER BY 1
"""
_FENCED = """
SELECT relname::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relforcerowsecurity ORDER BY 1
"""
_TIMELESS = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
CONSUMERS = """
UPDATE consumer c SET xid = e.xid FROM event e WHERE e.workspace_id = c.workspace_id AND e.id = c.id
"""
CONSUMERS_OF = CONSUMERS + "AND c.workspace_id = $1"
_BURN = """
DO $$ BEGIN
  SET synchronous_commit = off;
  FOR i IN 1..{count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
END $$
"""


async def load(
    connection: asyncpg.Connection[Any], parts: Sequence[folder.TablePart], path: Path
) -> None:
    """Put all tables in. Indexes are made after the rows, which is several times faster.

    Errors: :class:`.BackupDamaged`.
    """
    async with connection.transaction():
        await connection.execute(_TIMELESS)
        fenced = [row[0] for row in await connection.fetch(_FENCED)]
        indexes = await connection.fetch(_INDEXES)
        names = [table.name for table in await content.tables(connection)]
        for name in fenced:  # an owner that is no superuser could not copy into them
            await connection.execute(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
        for name in names:
            await connection.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        await connection.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))
        for part in parts:
            await _copy(connection, part, path)
        await connection.execute(CONSUMERS)
        for index in indexes:
            await connection.execute(index["made"])
        for name in names:
            await connection.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        for name in fenced:
            await connection.execute(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')


async def _copy(connection: asyncpg.Connection[Any], part: folder.TablePart, path: Path) -> None:
    hashed = hashlib.sha256()

    async def rows() -> AsyncIterator[bytes]:
        async for data in folder.unpacked(path / part.path):
            hashed.update(data)
            yield data

    await connection.copy_to_table(part.name, source=rows(), columns=list(part.columns))
    if hashed.hexdigest() != part.sha256:
        raise errors.BackupDamaged(f"{part.path} does not hold the rows that were backed up.")


async def continue_numbers(connection: Any, sequences: dict[str, int]) -> None:
    """Sequences go on where they were; transactions begin above those that the log names.

    Readers of the log stop below the oldest transaction that runs, so an event of a number that is
    yet to come would not be seen until then.
    """
    for name, value in sequences.items():
        if await connection.fetchval("SELECT to_regclass($1)", f'public."{name}"') is not None:
            await connection.execute("SELECT setval($1::regclass, $2)", f'public."{name}"', value)
    highest = await connection.fetchval("SELECT max(xid::text::bigint) FROM event")
    await pass_numbers(connection, highest or 0)
    await connection.execute("ANALYZE")


async def pass_numbers(connection: Any, highest: int) -> None:
    """Take and throw away numbers of transactions until a certain one lies behind us."""
    now = await connection.fetchval("SELECT pg_current_xact_id()::text::bigint")
    if highest >= now:
        await connection.execute(_BURN.format(count=int(highest - now) + 1))
