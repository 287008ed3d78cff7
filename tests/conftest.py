"""Fixtures of all tests: a real PostgreSQL, a fresh workspace, the API without a socket."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.support.desk import Desk, open_desk
from yizhan.app import discovery
from yizhan.kernel import db, migrate
from yizhan.kernel.postgres import testing
from yizhan.kernel.tx import Tx

TEMPLATE = "yizhan_template"


@pytest.fixture(scope="session")
def cluster_dsn() -> Iterator[str]:
    """The address of a PostgreSQL of this worker's own; connects as its owner."""
    with testing.throwaway() as cluster:
        yield cluster.dsn


def named(dsn: str, database: str) -> str:
    """The same server, another database."""
    head, _, query = dsn.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{database}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
async def template(cluster_dsn: str) -> str:
    """A migrated database to clone."""
    owner = await asyncpg.connect(cluster_dsn)
    try:
        await owner.execute("SELECT pg_advisory_lock(7)")
        exists = await owner.fetchval("SELECT true FROM pg_database WHERE datname = $1", TEMPLATE)
        if not exists:
            await owner.execute(f"CREATE DATABASE {TEMPLATE}_new")
            await migrate.run(named(cluster_dsn, f"{TEMPLATE}_new"))
            await owner.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")
    finally:
        await owner.close()
    return TEMPLATE


@asynccontextmanager
async def cloned(cluster_dsn: str, template: str) -> AsyncIterator[str]:
    """A fresh database like the template, gone afterwards."""
    name = f"t_{secrets.token_hex(6)}"
    owner = await asyncpg.connect(cluster_dsn)
    try:
        await owner.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield named(cluster_dsn, name)
        await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await owner.close()


@pytest.fixture
async def dsn(cluster_dsn: str, template: str) -> AsyncIterator[str]:
    """A fresh, migrated database of this test's own."""
    async with cloned(cluster_dsn, template) as made:
        yield made


@pytest.fixture
async def database(dsn: str) -> AsyncIterator[db.Database]:
    """A pool on a fresh database, with everything registered."""
    discovery.load()
    opened = await db.connect(dsn, pool=8)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(database: db.Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """A workspace with an administrator, the API, and jobs that run when told to."""
    async with open_desk(database, tmp_path) as opened:
        yield opened


class _Rollback(Exception):
    """Ends a test's transaction without a commit."""


@pytest.fixture
async def tx(desk: Desk) -> AsyncIterator[Tx]:
    """A transaction of the administrator that is rolled back."""
    try:
        async with desk.begin() as opened:
            yield opened
            raise _Rollback
    except _Rollback:
        pass
