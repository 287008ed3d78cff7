"""The continuous archive of a real server: any moment comes back, exactly as far as it was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest

from tests.support.desk import eventually
from yizhan.app.backups import archiving, errors, records, slots, winding
from yizhan.app.backups.shelf import Base, Reach, Shelf
from yizhan.kernel import config as configuration
from yizhan.kernel import crypto, migrate, postgres
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Disk


@pytest.fixture
async def config(tmp_path: Path) -> AsyncIterator[Config]:
    """A migrated installation with an embedded database of its own."""
    found = configuration.load(
        environment={}, data=tmp_path / "data", wal_archive=str(tmp_path / "archive"), port=0
    )
    async with postgres.Cluster(found.data, settings={"fsync": "off"}) as cluster:
        crypto.open_vault(found)
        await migrate.run(cluster.dsn)
        yield found


async def write(connection: asyncpg.Connection, number: int) -> datetime:
    """A committed line of the journal; returns a moment after it and before all others."""
    await connection.execute("INSERT INTO journal VALUES ($1)", number)
    after: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return after


async def test_a_moment_of_the_past(config: Config, tmp_path: Path) -> None:
    info = msgspec.json.decode((config.data / "postgres.json").read_bytes())
    archivist = archiving.Archivist(config, dsn=info["dsn"])
    owner = await asyncpg.connect(info["dsn"])
    try:
        await owner.execute("CREATE TABLE journal (number int)")
        early = await write(owner, 0)
        await archivist.step()
        sha256 = await Disk(config.data / "files").put(7, b"came after the base")
        await owner.execute(
            "INSERT INTO file (workspace_id, id, name, content_type, size, sha256, owner_kind)"
            " VALUES (7, 1, 'a', 'text/plain', 19, $1, 'system')",
            sha256,
        )
        moments = [await write(owner, number) for number in range(1, 21)]
        await archivist.step()
        said, well = await records.fault(owner)
        assert well, said
        await archivist.end()
        await switched_off_and_on(archivist, owner, dsn=info["dsn"])
    finally:
        await owner.close()
        await archivist.end()
    path = aside(Path(config.wal_archive))
    there = msgspec.structs.replace(config, data=tmp_path / "there", wal_archive="")
    store = Disk(there.data / "files")
    reach = Shelf(path).reach()
    assert reach is not None
    for outside in (early, reach.at + timedelta(seconds=1)):
        with pytest.raises(errors.MomentOutside):
            await winding.restore(there, store=store, path=path, until=outside)
    done = await winding.restore(there, store=store, path=path, until=moments[9])
    assert await journal(there) == list(range(11))
    assert (there.data / "key").read_bytes() == (config.data / "key").read_bytes()
    assert (done["files"], done["missing"]) == (1, [])
    assert await store.get(7, sha256) == b"came after the base"


async def switched_off_and_on(
    archivist: archiving.Archivist, owner: asyncpg.Connection, *, dsn: str
) -> None:
    """Nothing is held back for an archive that nobody wants; later it begins anew beside the old one."""
    slot = "SELECT NOT active FROM pg_replication_slots"
    await eventually(lambda: owner.fetchval(slot))
    await slots.drop(dsn)
    assert await owner.fetchval(slot) is None
    await owner.execute("SELECT pg_switch_wal()")
    await archivist.step()
    assert len(archivist.shelf.all_bases()) == 1


def aside(path: Path) -> Path:
    return next(path.glob("before-*"))


async def journal(config: Config) -> list[int]:
    async with postgres.Cluster(config.data) as cluster:
        owner = await asyncpg.connect(cluster.dsn)
        rows = await owner.fetch("SELECT number FROM journal ORDER BY 1")
        assert await owner.fetchval("SHOW restore_command") == ""
        await owner.close()
    return [row["number"] for row in rows]


def test_what_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "archive")
    begin = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    shelf.wal.mkdir(parents=True)
    for day in range(10):
        at = begin + timedelta(days=day)
        name, wal = f"b{day}", f"{1:08X}{0:08X}{day * 2:08X}"
        (shelf.bases / name).mkdir(parents=True)
        shelf.write(f"bases/{name}/base.json", Base(name, at, at, wal))
        for number in range(day * 2, day * 2 + 2):
            (shelf.wal / f"{1:08X}{0:08X}{number:08X}").touch()
    now = begin + timedelta(days=9, hours=1)
    shelf.prune(keep=timedelta(days=3), now=now)
    # The first moment that is kept is three days ago: the base before it leads there.
    assert [base.name for base in shelf.all_bases()] == ["b6", "b7", "b8", "b9"]
    assert min(file.name for file in shelf.wal.iterdir()).endswith(f"{12:08X}")
    shelf.write("reach.json", Reach(now))
    assert shelf.base_for(now - timedelta(days=1)).name == "b8"
    shelf.prune(keep=timedelta(days=3), now=now + timedelta(days=99))
    assert [base.name for base in shelf.all_bases()] == ["b9"]


async def test_the_doctor_hears_of_an_archive_that_cannot_be_written(
    dsn: str, tmp_path: Path
) -> None:
    (tmp_path / "archive").write_bytes(b"not a folder")
    config = configuration.load(
        environment={}, data=tmp_path / "data", wal_archive=str(tmp_path / "archive"), port=0
    )
    stop = asyncio.Event()
    running = asyncio.create_task(archiving.Archivist(config, dsn=dsn).run(stop=stop))
    owner = await asyncpg.connect(dsn)
    await eventually(lambda: owner.fetchval("SELECT EXISTS (SELECT FROM archive_state)"))
    said, well = await records.fault(owner)
    assert not well
    assert "archive" in said
    stop.set()
    await running
    await owner.close()
