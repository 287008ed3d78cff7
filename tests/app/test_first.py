"""An empty installation can be signed in to, once and by one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg

from yizhan.app import first
from yizhan.kernel.config import Config


async def test_two_first_starts_at_once_make_one_workspace(dsn: str, tmp_path: Path) -> None:
    config = Config(data=tmp_path, pool=2)
    made = await asyncio.gather(*(first.ensure(config, dsn=dsn) for _ in range(2)))
    assert sorted(len(result) for result in made) == [0, 1]
    owner = await asyncpg.connect(dsn)
    try:
        assert await owner.fetchval("SELECT count(*) FROM workspace") == 1
        assert await owner.fetchval("SELECT count(*) FROM agent") == 1
    finally:
        await owner.close()
    assert await first.ensure(config, dsn=dsn) == {}
