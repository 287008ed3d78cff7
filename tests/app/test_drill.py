"""A drill says whether a backup comes back, and the doctor says when none does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.app.test_backup import installed, work
from tests.support.desk import Desk
from yizhan.app.backups import drill, making, records
from yizhan.app.commands import drill as command
from yizhan.app.commands import verify
from yizhan.kernel.config import Config


async def verified(there: Config) -> dict[str, Any]:
    return await command._verified(there)


@pytest.mark.chaos  # starts a whole desk: `make upgrade`
async def test_a_drill_of_the_newest_backup(desk: Desk, tmp_path: Path) -> None:
    await work(desk)
    config, path = installed(desk, understanding=False), tmp_path / "backups" / "one"
    made = await making.make(config, dsn=desk.database.dsn, store=desk.edge.store, path=path)
    found = await drill.newest(path.parent, dsn=None)
    assert found == await drill.newest(None, dsn=desk.database.dsn) == path
    done = await drill.run(config, path=path, scratch=tmp_path, verify=verified)
    assert (done["ok"], done["sha256"], done["rows"]) == (True, made["sha256"], made["rows"])
    assert 0 < done["restore_seconds"] < done["rto_seconds"]
    left = await asyncio.to_thread(lambda: list(tmp_path.glob("yizhan-drill-*")))
    assert left == []
    assert verify.show(done["verify"]) in command.show(done)


async def test_when_the_doctor_warns(dsn: str) -> None:
    owner = await asyncpg.connect(dsn)

    async def said() -> tuple[bool, str]:
        detail, well = await records.fault(owner)
        return well, detail

    assert await said() == (True, "no backup yet")
    await owner.execute("UPDATE migration SET applied_at = now() - interval '8 days'")
    assert await said() == (False, "no backup yet")
    await records.keep(owner, kind="backup", ok=True, path=Path("/one"))
    assert (await said())[0]
    await records.keep(owner, kind="drill", ok=False, path=Path("/one"), detail="differs: files")
    assert await said() == (False, "the last drill failed: differs: files")
    await records.keep(owner, kind="drill", ok=True, path=Path("/one"))
    assert (await said())[0]
    old = records.OLDEST_BACKUP + timedelta(hours=1)
    await owner.execute("UPDATE backup_log SET at = at - $1::interval", old)
    assert not (await said())[0]
    await owner.close()
