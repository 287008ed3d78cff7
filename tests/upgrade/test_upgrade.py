"""An installation of each earlier release comes up under this one, and everything recounts."""

from __future__ import annotations

import argparse
import asyncio
import tarfile
from pathlib import Path

import asyncpg
import pytest

from tests.conftest import named
from tests.support.desk import eventually
from tests.upgrade import old
from yizhan.app.backups import folder, restoring
from yizhan.app.commands import verify
from yizhan.kernel import config as configuration
from yizhan.kernel import migrate
from yizhan.kernel.storage import Disk


def unpacked(release: old.Release, place: Path) -> Path:
    """The backup of a release."""
    with tarfile.open(release.fixture) as packed:
        packed.extractall(place, filter="data")
    return place / "backup"


@pytest.mark.parametrize("release", old.releases(), ids=lambda release: release.name)
async def test_an_earlier_release_comes_up(
    release: old.Release, cluster_dsn: str, tmp_path: Path
) -> None:
    path = unpacked(release, tmp_path)
    owner = await asyncpg.connect(cluster_dsn)
    name = f"upgrade_{release.name.replace('-', '_')}"
    await owner.execute(f"CREATE DATABASE {name}")
    config = configuration.load(
        environment={}, data=tmp_path / "data", database_url=named(cluster_dsn, name), port=0
    )
    store = Disk(config.data / "files")
    done = await restoring.restore(config, store=store, path=path)
    assert done["sha256"] == folder.load(path).sha256
    newest = migrate.available()[-1].name
    assert newest in done["upgraded"]
    checked = await verify.run(argparse.Namespace(workspace=None), config)
    assert checked["ok"], checked
    await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await owner.close()


async def test_older_code_starts_on_a_newer_schema(dsn: str) -> None:
    """Going back is starting the release before; only what takes something away forbids it."""
    owner = await asyncpg.connect(dsn)
    newer = "INSERT INTO migration (number, name, sha256, needs) VALUES ($1, 'later.sql', '', $2)"
    await owner.execute(newer, 9998, migrate.available()[-1].number)
    assert await migrate.run(dsn) == []
    await owner.execute(newer, 9999, 9998)
    with pytest.raises(migrate.SchemaTooNew):
        await migrate.run(dsn)
    await owner.close()


async def test_a_migration_gives_way_and_comes_again(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for a lock holds up all behind it, so it does not wait for long."""
    owner, user = await asyncpg.connect(dsn), await asyncpg.connect(dsn)
    later = migrate.Migration(9990, "9990_later.sql", "ALTER TABLE brand ADD COLUMN later int")
    monkeypatch.setattr(migrate, "available", lambda: [later])
    busy = user.transaction()
    await busy.start()
    await user.execute("SELECT 1 FROM brand")
    migrating = asyncio.create_task(migrate.run(dsn))
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'brand'::regclass"
    await eventually(lambda: owner.fetchval(waiting))
    await owner.execute("SELECT count(*) FROM brand")  # behind it in the queue, and served
    await busy.rollback()
    assert await migrating == ["9990_later.sql"]
    await owner.close()
    await user.close()
