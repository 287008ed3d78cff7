"""Indexes on large tables: writers go on meanwhile, and a death in the middle is made good."""

from __future__ import annotations

import asyncio
import sys

import asyncpg
import pytest

from tests.support.desk import eventually
from yizhan.kernel import indexing, migrate

SQL = """-- Looks for brands by their name.
-- concurrently
CREATE INDEX CONCURRENTLY later_name ON brand (workspace_id, name);
CREATE INDEX CONCURRENTLY later_locale ON brand (workspace_id, locale);
"""
LATER = migrate.Migration(9990, "9990_later.sql", SQL)
VALID = "SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass($1)"
BUILDING = "SELECT pid FROM pg_stat_progress_create_index WHERE relid = 'brand'::regclass"
WRITE = "UPDATE brand SET name = name"

# The start of a release, in a process of its own that can be killed.
START = f"""
import asyncio, sys
from yizhan.kernel import migrate
later = migrate.Migration(9990, "9990_later.sql", {SQL!r})
migrate.available = lambda: [later]
asyncio.run(migrate.run(sys.argv[1]))
"""


async def test_writers_go_on_and_a_death_in_the_middle_is_made_good(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, held, writer = [await asyncpg.connect(dsn) for _ in range(3)]
    busy = held.transaction()
    await busy.start()
    await held.execute(WRITE)  # it stays open: the index has to wait for it
    started = await asyncio.create_subprocess_exec(sys.executable, "-c", START, dsn)
    await eventually(lambda: owner.fetchval(BUILDING))
    await writer.execute("SET lock_timeout = '5s'")
    await writer.execute(WRITE)  # nobody stands behind the index
    started.kill()
    await started.wait()
    assert await owner.fetchval(VALID, "later_name") is False
    monkeypatch.setattr(migrate, "available", lambda: [LATER])
    again = asyncio.create_task(migrate.run(dsn))
    await asyncio.sleep(0)
    await busy.rollback()
    assert await again == ["9990_later.sql"]
    assert await owner.fetchval(VALID, "later_name") is True
    assert await owner.fetchval(VALID, "later_locale") is True
    assert await migrate.run(dsn) == []
    for connection in (owner, held, writer):
        await connection.close()


async def test_several_starts_at_once_build_it_once(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits for its turn is nobody that the index would wait for."""
    monkeypatch.setattr(migrate, "available", lambda: [LATER])
    done = await asyncio.gather(*(migrate.run(dsn) for _ in range(3)))
    assert sorted(map(len, done)) == [0, 0, 1]


def test_nothing_else_is_let_in_and_progress_is_said_in_words() -> None:
    with pytest.raises(indexing.NotAnIndex):
        indexing.statements(SQL + "UPDATE brand SET name = 'x';")
    row = {
        "phase": "building index: scanning table",
        **dict.fromkeys(("tuples_done", "tuples_total"), 0),
        "blocks_done": 25,
        "blocks_total": 100,
        "current_locker_pid": 7,
    }
    assert indexing.said(row) == {
        "phase": "building index: scanning table",
        "percent": 25,
        "waits_for": 7,
    }
