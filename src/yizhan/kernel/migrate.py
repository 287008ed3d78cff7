"""Migrations: numbered SQL files, forward only, each in a transaction, one process at a time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from importlib import resources

import asyncpg
import msgspec

from yizhan.kernel import errors

_LOCK = 0x79697A68616E  # "yizhan"
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")

_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class SchemaTooNew(errors.Conflict):
    """The database was migrated by a newer release; start that one, or restore a backup."""


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
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_TABLE)
        seen = {row[0] for row in await connection.fetch("SELECT number FROM migration")}
        known = available()
        if seen - {migration.number for migration in known}:
            raise SchemaTooNew
        names = []
        for migration in known:
            if migration.number not in seen and (only is None or migration.number in only):
                await _apply(connection, migration)
                names.append(migration.name)
        return names
    finally:
        await connection.close()


async def _apply(connection: asyncpg.Connection[asyncpg.Record], migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute("SET LOCAL lock_timeout = '5s'")
        await connection.execute(migration.sql)
        await connection.execute(
            "INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)",
            migration.number,
            migration.name,
            migration.sha256,
        )
