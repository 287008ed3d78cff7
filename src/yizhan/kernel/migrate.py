"""Migrations: numbered SQL files, forward only, each in a transaction, one process at a time.

They add first, so that code of the release before still runs on the schema: it may serve while they are
applied, be restarted after, and be gone back to. One that takes something away says in a line
``-- needs: NNNN`` which migration code must know to run on what it leaves.

An index on a table that may be large is built while others write: a file with the line ``-- concurrently``
holds only such indexes and runs outside of a transaction (see :mod:`yizhan.kernel.indexing`).
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Collection
from importlib import resources

import asyncpg
import msgspec
import structlog

from yizhan.kernel import errors, indexing

logger = structlog.get_logger(__name__)

_LOCK = 0x79697A68616E  # "yizhan"
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_NEEDS = re.compile(r"^-- needs: (\d{4})$", re.MULTILINE)
_CONCURRENTLY = re.compile(r"^-- concurrently$", re.MULTILINE)

# Whoever waits for a lock has all others wait behind it: never for longer than this, but often.
_LOCK_SECONDS = 1
_TRIES = 60
_PAUSE = 0.5  # seconds
_LOOK_AGAIN = 0.1  # seconds
_TELL_EVERY = 100

_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
)
"""
_COLUMN = "ALTER TABLE migration ADD COLUMN needs int NOT NULL DEFAULT 0"
_HAS_COLUMN = """
SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'migration'::regclass AND attname = 'needs')
"""


class SchemaTooNew(errors.Conflict):
    """The database was migrated by a release that this one cannot follow; start that one."""


class DatabaseRefused(errors.Unavailable):
    """The database cannot be reached, or does not let us in."""


async def _open(dsn: str) -> asyncpg.Connection[asyncpg.Record]:
    try:
        return await asyncpg.connect(dsn)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseRefused(f"The database cannot be reached: {error}") from error


class Migration(msgspec.Struct, frozen=True):
    """One file of ``yizhan/migrations``."""

    number: int
    name: str
    sql: str

    @property
    def needs(self) -> int:
        """What code must know to run on the schema behind this one; 0: any code."""
        found = _NEEDS.search(self.sql)
        return int(found[1]) if found else 0

    @property
    def concurrently(self) -> bool:
        """Whether it builds indexes beside writers, outside of a transaction."""
        return _CONCURRENTLY.search(self.sql) is not None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def available() -> list[Migration]:
    """All migrations that this release knows, in order."""
    found = [
        Migration(int(match.group(1)), entry.name, entry.read_text("utf-8"))
        for entry in resources.files("yizhan.migrations").iterdir()
        if (match := _NAME.fullmatch(entry.name))
    ]
    return sorted(found, key=lambda migration: migration.number)


async def applied(dsn: str) -> list[int]:
    """Numbers of the migrations that the database has seen."""
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("SELECT to_regclass('migration')") is None:
            return []
        return [
            row[0] for row in await connection.fetch("SELECT number FROM migration ORDER BY number")
        ]
    finally:
        await connection.close()


async def run(dsn: str, *, only: Collection[int] | None = None) -> list[str]:
    """Apply what is missing and return its names. Safe to call from several processes at once.

    ``only``: these numbers, for a schema as an earlier release had it.

    Errors: :class:`SchemaTooNew`, :class:`DatabaseRefused`.
    """
    connection = await _open(dsn)
    try:
        await _alone(connection)
        await connection.execute(_TABLE)
        if not await connection.fetchval(_HAS_COLUMN):
            await _patiently(connection, _COLUMN)
        rows = await connection.fetch("SELECT number, needs FROM migration")
        seen = {row["number"] for row in rows}
        known = available()
        if max((row["needs"] for row in rows), default=0) > known[-1].number:
            raise SchemaTooNew
        names = []
        for migration in known:
            if migration.number not in seen and (only is None or migration.number in only):
                await _apply(connection, migration, dsn=dsn)
                names.append(migration.name)
        return names
    finally:
        await connection.close()


async def _alone(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """One at a time. Asked for again and again: who waits within a statement has a snapshot, and an
    index that is built beside writers would wait for that one in turn."""
    tries = 0
    while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
        if tries % _TELL_EVERY == _TELL_EVERY - 1:
            logger.info("migration_waits", why="another process migrates")
        tries += 1
        await asyncio.sleep(_LOOK_AGAIN)


async def _apply(
    connection: asyncpg.Connection[asyncpg.Record], migration: Migration, *, dsn: str
) -> None:
    if migration.concurrently:
        await indexing.build(connection, migration.sql, dsn=dsn)
        await _patiently(connection, "", applied=migration)
    else:
        await _patiently(connection, migration.sql, applied=migration)


async def _patiently(
    connection: asyncpg.Connection[asyncpg.Record], sql: str, *, applied: Migration | None = None
) -> None:
    """Run it in a transaction that gives way to whoever has a lock, again and again."""
    for left in range(_TRIES, 0, -1):
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
                if sql:
                    await connection.execute(sql)
                if applied is not None:
                    await connection.execute(
                        "INSERT INTO migration (number, name, sha256, needs) VALUES ($1, $2, $3, $4)",
                        *(applied.number, applied.name, applied.sha256, applied.needs),
                    )
        except asyncpg.LockNotAvailableError:
            if left == 1:
                raise
            await asyncio.sleep(_PAUSE)
        else:
            return
