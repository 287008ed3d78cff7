"""A desk of one's own for measuring: a throwaway database, the API without a socket, many tickets."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx2

from tests.support.desk import Desk, open_desk
from yizhan.app import discovery
from yizhan.kernel import db, migrate
from yizhan.kernel.postgres import testing

__all__ = ["Desk", "beside", "fill", "opened", "plain"]

_TICKETS = """
INSERT INTO ticket (workspace_id, id, number, subject, status, status_category, priority, type, tags, channel,
  brand_id, requester_id, preview, fields, created_at, updated_at)
SELECT $1, $3 + n, $3 + n, 'Ticket ' || n, 'open', 'open', 'normal', 'question', '{}', 'api', $4, $5, 'Please',
  $6::jsonb, now() - n * interval '1 minute', now() - n * interval '1 minute'
FROM generate_series(1, $2::int) n
"""
_FIRST = 1_000_000
_dsn: dict[int, str] = {}  # by database: where its owner connects


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Desk]:
    """An empty desk."""
    discovery.load()
    with testing.throwaway() as cluster, tempfile.TemporaryDirectory() as folder:
        await migrate.run(cluster.dsn)
        database = await db.connect(cluster.dsn)
        try:
            async with open_desk(database, Path(folder), rate_per_minute=0) as desk:
                _dsn[id(database)] = cluster.dsn
                yield desk
        finally:
            await database.close()


@contextlib.asynccontextmanager
async def beside(desk: Desk) -> AsyncIterator[Desk]:
    """Another workspace in the same database and process."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_desk(desk.database, Path(folder), rate_per_minute=0) as other:
            yield other


async def fill(
    desk: Desk, *, tickets: int, fields: dict[str, Any] | None = None, first: int = _FIRST
) -> None:
    """So many open tickets, by the short way."""
    requester = await desk.api.post("/api/v1/contacts", json={"name": "Many"})
    owner = await asyncpg.connect(_dsn[id(desk.database)])
    try:
        brand = await owner.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 LIMIT 1", desk.workspace_id
        )
        stored = json.dumps(fields or {})
        await owner.execute(
            _TICKETS, desk.workspace_id, tickets, first, brand, int(requester.json()["id"]), stored
        )
        await owner.execute("VACUUM ANALYZE ticket")
    finally:
        await owner.close()


def plain(desk: Desk) -> httpx2.AsyncClient:
    """The API without what tests check of each answer."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(desk.app),
        base_url="http://desk.test",
        headers=desk.api.headers,
    )
